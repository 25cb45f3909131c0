"""Families that may be the one that is being typed, each told once, with the button that opens it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from sanad.domain.listing import Likeness, Similar
from sanad.ui.desk import Desk
from sanad.ui.widgets.frames import Notice
from sanad.ui.widgets.labels import embedded, isolated

MOST_TOLD = 3
"""Families told at once; each that is answered makes room for the next."""


class SimilarNotice(Notice):
    """Tells of one family that may be the same."""

    def __init__(self, similar: Similar, text: str) -> None:
        super().__init__(text, "amber")
        self.similar = similar


class Alike:
    """Keeps the notices in ``place``; ``opened`` is called with the family that is to be looked at."""

    def __init__(self, desk: Desk, place: QVBoxLayout, opened: Callable[[str], None]) -> None:
        self._desk = desk
        self._place = place
        self._opened = opened
        self._similar: tuple[Similar, ...] = ()
        self._apart: set[Similar] = set()
        self._recorded: set[Similar] = set()

    @property
    def apart(self) -> str:
        """Which files were looked at and are of other people, for the journal; nothing where there are none."""
        numbers = sorted(isolated(each.file_number) for each in self._similar if each in self._apart - self._recorded)
        return self._desk.words.text("similar.apart_said", numbers="، ".join(numbers)) if numbers else ""

    def begin(self) -> None:
        """Another file is typed now: what was said of the one before does not hold for it."""
        self._similar = ()
        self._apart.clear()
        self._recorded.clear()

    def record(self) -> None:
        """The file was saved, and with it what was said so far: it is not said again with the next correction."""
        self._recorded = set(self._apart)

    def tell(self, similar: tuple[Similar, ...]) -> None:
        """Tell of the first of these families; what is told already stays as it is, until it is answered."""
        self._similar = similar
        open_ = [each for each in similar if each not in self._apart][:MOST_TOLD]
        for old in self._notices():
            if old.similar not in open_:
                self._take_away(old)
        told = {old.similar for old in self._notices()}  # those that came last may not be shown yet
        for each in open_:
            if each not in told:
                notice = SimilarNotice(each, self._said(each))
                notice.offer(self._desk.words.text("similar.open"), partial(self._opened, each.household))
                if each.likeness is not Likeness.CIVIL_ID:  # one number is one person
                    notice.offer(self._desk.words.text("similar.apart"), partial(self._is_apart, each))
                self._place.addWidget(notice)

    def tell_again(self) -> None:
        """Names may be shown otherwise now."""
        for old in self._notices():
            self._take_away(old)
        self.tell(self._similar)

    def _take_away(self, old: SimilarNotice) -> None:
        self._place.removeWidget(old)
        old.close()
        old.deleteLater()

    def _is_apart(self, each: Similar) -> None:
        """It is another person; the next that may be the same is told in its place."""
        self._apart.add(each)
        self.tell(self._similar)

    def _said(self, each: Similar) -> str:
        words, screen = self._desk.words, self._desk.screen
        hidden = words.text("confidential.name")
        return words.text(
            f"similar.{each.likeness}",
            member=embedded(screen.name(each.member) or hidden),
            head=embedded(screen.name(each.head) or hidden),
            number=isolated(words.digits_shown(each.file_number)),
        )

    def _notices(self) -> list[SimilarNotice]:
        held = (self._place.itemAt(at) for at in range(self._place.count()))
        return [widget for item in held if item and isinstance(widget := item.widget(), SimilarNotice)]
