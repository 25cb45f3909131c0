"""The values of the guide that may be set from a day on, asked as they are in force; what they change is looked at."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLabel

from sanad.domain.errors import Problem, Refused
from sanad.domain.guide import GuideInForce, Kind, Part, Setting, Settings, Unit
from sanad.domain.limits import LARGEST_SIZE
from sanad.domain.revision import RevisionPreview
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.money import MoneyBox
from sanad.ui.fields.number import NumberBox
from sanad.ui.form_view import reveal
from sanad.ui.households.steps import day_of
from sanad.ui.tasks import Problems
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import isolated, label
from sanad.words.catalogue import Words

_FIGURE = re.compile(r"(?:amounts|counts|shares)\.[^.]+")
_DATED = re.compile(r"\.from\.[0-9-]+\[")


@dataclass(frozen=True)
class Tried:
    """A revision that stood its proof: its text, and what it would change."""

    text: str
    preview: RevisionPreview


class GuideForm(InlineForm):
    """Asks from which day, by which decision, and for every value; only what was typed otherwise is set.

    ``tried`` hands over what came of it, ``edited`` tells that this holds no more.
    """

    tried = Signal(object)
    edited = Signal()

    def __init__(self, desk: Desk, view: GuideInForce) -> None:
        super().__init__(desk, desk.words.text("guide.try"), columns=2)
        self._shown: dict[str, str] = {}
        self._unset = ""
        self._edits = self._looked_at = 0
        words = desk.words
        self._day = self.ask("from", "guide.from", DateBox(words, role="box"), text=words.date(view.on))
        self._decision = self.ask("decision", "guide.decision", LineBox(role="box"))
        for box in (self._day, self._decision):
            box.edited.connect(self._typed)
        for group in view.groups:
            self._ask_group(group)
        self._progress = label("", "hint")
        self._progress.hide()
        self.add_line(self._progress)
        self.record.clicked.connect(self._try)

    def chain(self) -> None:
        """Have Tab go through the questions to the button; to be said once the form stands in its window."""
        self._chain([box for box, _wrong, _cell in self._boxes.values()])

    def focus_unset(self) -> None:
        """The cursor in the first figure that the guide leaves to the office and nobody set; or in the first box."""
        box = self.box_at(self._unset) or self._day
        box.setFocus()
        reveal(box)

    def show_problems(self, problems: Problems) -> None:
        """Say each problem at its value, whether it was found in the revision or in the guide under it."""
        self._progress.hide()
        super().show_problems(tuple(Problem(each.code, _place(each.where), each.values) for each in problems))
        cursor = QApplication.focusWidget()
        if problems and cursor is not None and self.isAncestorOf(cursor):
            reveal(cursor)

    def _ask_group(self, group: Settings) -> None:
        words = self._desk.words
        if group.label is None:
            title = words.text("guide.scale" if group.kind is Kind.SCALE else "guide.figures")
            self.head(label(title, "section", wraps=True), *self._place_of(group.clause))
        elif len(group.settings) > 1:  # a single one says its name itself
            self.head(label(self._desk.said(group.label), "section", wraps=True), *self._place_of(group.clause))
        else:
            self.head()
        for setting in group.settings:
            box = self._box(setting)
            self.ask_named(setting.where, self._name(setting, group), box, text=setting.text)
            self._shown[setting.where] = box.text()
            box.edited.connect(self._typed)
            if (clause := self._desk.guide.clauses.get(setting.clause)) is not None:
                box.setToolTip(f"{self._desk.said(clause.place)} ({setting.clause})\n{self._desk.said(clause.wording)}")
        if group.kind is Kind.LEFT_TO_OFFICE and group.unset and not self._unset:
            self._unset = group.settings[0].where

    def _place_of(self, clause: str) -> list[QLabel]:
        known = self._desk.guide.clauses.get(clause)
        return [label(f"{self._desk.said(known.place)} ({isolated(clause)})", "hint", wraps=True)] if known else []

    def _box(self, setting: Setting) -> LineBox:
        words = self._desk.words
        if setting.unit is Unit.MONEY:
            return MoneyBox(words, self._desk.office.currency, role="box")
        return NumberBox(words, role="box")

    def _name(self, setting: Setting, group: Settings) -> str:
        words = self._desk.words
        if setting.part is Part.WHOLE:
            name = self._desk.said(setting.label)
            return words.text("guide.percent", name=name) if setting.unit is Unit.PERCENT else name
        most = setting.part is Part.PENSION and setting.number == LARGEST_SIZE
        above = setting.part is Part.PAY and setting is group.settings[-1]
        key = "pension_most" if most else "pay_above" if above else setting.part.value
        return words.text(f"guide.part.{key}", n=setting.number)

    def _typed(self) -> None:
        self._edits += 1
        self.edited.emit()

    def _try(self) -> None:
        """Read what was typed, prove it, and look which families it changes; the file stays free meanwhile."""
        cursor = QApplication.focusWidget()
        if cursor is not None and self.isAncestorOf(cursor):
            cursor.clearFocus()  # a box that is left writes out what it was given: now, not once that was looked at
            cursor.setFocus()
        self.record.setEnabled(False)
        self._looked_at = self._edits
        policies, today, words = self._desk.services.policies, self._desk.today(), self._desk.words
        said = words.text("guide.this")
        day, decision = self._day.text(), self._decision.text()
        changes = {where: self.text_at(where) for where, shown in self._shown.items() if self.text_at(where) != shown}

        def look(progress: Callable[[int, int], None]) -> Tried:
            since, problems = _day_of(words, day, today)
            try:
                text = policies.draft(since, decision, changes, file=said)
            except Refused as refused:
                raise Refused((*problems, *refused.problems)) from None
            if problems:
                raise Refused(problems)
            return Tried(text, policies.preview(text, today, file=said, progress=progress))

        self._desk.background.run(look, self._tried, self._failed, self._advance)

    def _tried(self, found: Tried) -> None:
        self._failed(())
        if self._looked_at == self._edits:
            self.tried.emit(found)

    def _failed(self, problems: Problems) -> None:
        """Say what is wrong with what was looked at; where something else is typed by now, say only that."""
        if self._looked_at == self._edits:
            self.show_problems(problems)
            return
        self.show_problems(())
        self._progress.setText(self._desk.words.text("guide.typed_meanwhile"))
        self._progress.show()

    def _advance(self, done: int, of: int) -> None:
        words = self._desk.words
        self._progress.setText(words.text("guide.trying", done=done, families=words.count("guide.families", of)))
        self._progress.show()


def _day_of(words: Words, typed: str, today: date) -> tuple[date, list[Problem]]:
    """The day that is typed; today with the problem where there is none, so that the rest is looked at as well."""
    try:
        return day_of(words, typed, "from"), []
    except Refused as refused:
        return today, [*refused.problems]


def _place(where: str) -> str:
    """The place at which a value is asked for: of a figure, or of a bracket of the guide as it would stand."""
    return f"{where}.value" if _FIGURE.fullmatch(where) else _DATED.sub(".brackets[", where)
