"""What can hardly be true of the family that is being typed: told in one notice, which goes when it was settled."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from sanad.domain.errors import Problem
from sanad.ui.desk import Desk
from sanad.ui.widgets.frames import Notice
from sanad.ui.widgets.labels import embedded


class DoubtNotice(Notice):
    """Tells of every doubt, and what settles one."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "amber")
        self.said = text


class Doubted:
    """Keeps the notice in ``place``."""

    def __init__(self, desk: Desk, place: QVBoxLayout) -> None:
        self._desk = desk
        self._place = place
        self._doubts: tuple[Problem, ...] = ()

    def tell(self, doubts: tuple[Problem, ...]) -> None:
        """Tell of these; the same text once only, and none where there is no doubt."""
        self._doubts = doubts
        said = self._said()
        told = [old for old in self._notices() if not old.isHidden()]
        if [old.said for old in told] == ([said] if said else []):
            return
        for old in told:
            old.close()
            old.deleteLater()
        if said:
            self._place.addWidget(DoubtNotice(said))

    def tell_again(self) -> None:
        """Names may be shown otherwise now."""
        self.tell(self._doubts)

    def _said(self) -> str:
        if not self._doubts:
            return ""
        words, screen = self._desk.words, self._desk.screen
        lines = [
            words.problem(replace(doubt, values={"name": embedded(screen.name(str(doubt.values["name"])))}))
            for doubt in self._doubts
        ]
        return "\n".join([*lines, words.text("doubt.settle")])

    def _notices(self) -> list[DoubtNotice]:
        held = (self._place.itemAt(at) for at in range(self._place.count()))
        return [widget for item in held if item and isinstance(widget := item.widget(), DoubtNotice)]
