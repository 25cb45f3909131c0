"""What can hardly be true of the family that is being typed: told in one notice, which goes when it was settled."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from sanad.domain.errors import Problem, Refused
from sanad.forms.binding import MEMBERS
from sanad.forms.filling import SETTLED
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.sheet import Sheet
from sanad.ui.widgets.frames import Notice
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import embedded


class DoubtNotice(Notice):
    """Tells of every doubt, and what settles one."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "amber")
        self.said = text


class ReasonForm(InlineForm):
    """Asks of each member that is doubted why it is so; whoever is left out stays doubted.

    ``names`` are whole: how they may be shown turns while the questions stand there.
    """

    def __init__(self, desk: Desk, names: dict[int, str]) -> None:
        super().__init__(desk, desk.words.text("doubt.record"), columns=2)
        self._members = names
        for id_ in names:
            self.ask_named(_place(id_), self._title(id_), LineBox(role="box"))

    def name_again(self) -> None:
        """Names may be shown otherwise now."""
        for id_ in self._members:
            self.name(_place(id_), self._title(id_))

    def reasons(self) -> dict[int, str]:
        """What was typed, by member."""
        said = {id_: self.text_at(_place(id_)).strip() for id_ in self._members}
        return {id_: why for id_, why in said.items() if why}

    def _title(self, id_: int) -> str:
        return self._desk.words.text("doubt.why", name=embedded(self._desk.screen.name(self._members[id_])))


class Doubted:
    """Keeps the notice in ``place``, and what is said to it on ``sheet``."""

    def __init__(self, desk: Desk, place: QVBoxLayout, sheet: Sheet) -> None:
        self._desk = desk
        self._place = place
        self._sheet = sheet
        self._doubts: tuple[Problem, ...] = ()
        self._form: ReasonForm | None = None

    def begin(self) -> None:
        """Another file is shown: what was asked is gone with the notices."""
        self._doubts = ()
        self._form = None

    def tell(self, doubts: tuple[Problem, ...]) -> None:
        """Tell of these; the same text once only, and none where there is no doubt."""
        self._doubts = doubts
        said = self._said()
        told = self._notices()  # the one that came last may not be shown yet
        if [old.said for old in told] == ([said] if said else []):
            return
        for old in told:
            self._place.removeWidget(old)
            old.close()
            old.deleteLater()
        if said:
            notice = DoubtNotice(said)
            notice.offer(self._desk.words.text("doubt.answer"), self._ask, stays=True)
            self._place.addWidget(notice)
        elif (form := self._asked()) is not None:
            form.left.emit()

    def tell_again(self) -> None:
        """Names may be shown otherwise now."""
        self.tell(self._doubts)
        if (form := self._asked()) is not None:
            form.name_again()

    def _said(self) -> str:
        if not self._doubts:
            return ""
        words = self._desk.words
        lines = [words.problem(replace(doubt, values={"name": embedded(self._name(doubt))})) for doubt in self._doubts]
        return "\n".join([*lines, words.text("doubt.settle")])

    def _name(self, doubt: Problem) -> str:
        return self._desk.screen.name(str(doubt.values["name"]))

    def _asked(self) -> ReasonForm | None:
        """The questions, as long as they stand there."""
        return self._form if self._form is not None and isValid(self._form) else None

    def _ask(self) -> None:
        """Ask why it is so; what was asked already stays."""
        if (asked := self._asked()) is not None:
            asked.begin()
            return
        names = {_member(doubt): str(doubt.values["name"]) for doubt in self._doubts}
        form = self._form = ReasonForm(self._desk, names)
        form.left.connect(form.hide)
        form.left.connect(form.deleteLater)

        def call() -> Callable[[], Any]:
            reasons = form.reasons()

            def said() -> dict[int, str]:
                if not reasons:
                    raise Refused.because("doubt.reason_missing", _place(_member(self._doubts[0])))
                return reasons

            return said

        form.on_record(call, self._settle)
        self._place.addWidget(form)
        form.begin()

    def _settle(self, reasons: dict[int, str]) -> None:
        """Mark the doubts about these members as looked at, and write down why behind what their notes say."""
        for index, row in enumerate(self._sheet.rows(MEMBERS)):
            marks = [str(doubt.values["mark"]) for doubt in self._doubts if _member(doubt) == row["id"]]
            if marks and (why := reasons.get(int(row["id"]))):
                notes = " · ".join(filter(None, (str(row.get("notes", "")).strip(), why)))
                self._sheet.put_cell(MEMBERS, index, "notes", notes)
                settled = dict.fromkeys((*str(row.get(SETTLED, "")).split(), *marks))
                self._sheet.put_cell(MEMBERS, index, SETTLED, " ".join(settled))
        if (form := self._asked()) is not None:
            form.left.emit()

    def _notices(self) -> list[DoubtNotice]:
        held = (self._place.itemAt(at) for at in range(self._place.count()))
        return [widget for item in held if item and isinstance(widget := item.widget(), DoubtNotice)]


def _member(doubt: Problem) -> int:
    return int(str(doubt.values["member"]))


def _place(id_: int) -> str:
    return f"members[{id_}]"
