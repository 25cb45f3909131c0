"""The questions about the office: its guide, names, phone, account, language, digits, and Hijri dates."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from sanad.domain.errors import Problem, Refused
from sanad.domain.iban import grouped
from sanad.domain.money import Currency
from sanad.domain.office import Digits, Language, Office
from sanad.domain.text import Text
from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.number import NumberBox
from sanad.ui.setup.pick import Pick
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHIFTS = {-1: "office.hijri_shift.less", 0: "office.hijri_shift.none", 1: "office.hijri_shift.more"}
"""How Hijri dates go by the table, in days."""

Guides = "Sequence[tuple[str, Text, Currency]]"


class OfficeForm(QWidget):
    """Reads and shows an :class:`Office`. ``language_turned`` tells that another language was picked.

    With ``today`` it also asks how the office's Hijri dates go by the table, and shows that of the day.
    """

    language_turned = Signal(str)

    def __init__(
        self, look: Look, guides: "Sequence[tuple[str, Text, Currency]]", *, today: date | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._currencies: Mapping[str, Currency] = {id_: currency for id_, _title, currency in guides}
        words = look.words
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._wrong: dict[str, tuple[QWidget, QLabel]] = {}
        titles = [(id_, title.in_(words.language)) for id_, title, _currency in guides]
        self.guide = Pick(titles, one_a_line=True, picked=False)
        self.language = Pick([(each.value, words.choice("language", each)) for each in Language])
        self.digits = Pick([(Digits.WESTERN.value, "123"), (Digits.ARABIC.value, "١٢٣")])
        self.name_ar = _line(right_to_left=True)
        self.name_en = _line(right_to_left=False)
        self.committee_ar = _line(right_to_left=True)
        self.committee_en = _line(right_to_left=False)
        self.phone = NumberBox(words, role="box")
        self.iban = LineBox(left_to_right=True, role="box")
        self._ask("policy", "office.guide", self.guide, 0, 0, 2)
        self._ask("name_ar", "office.name_ar", self.name_ar, 1, 0)
        self._ask("name_en", "office.name_en", self.name_en, 1, 1)
        self._ask("committee_ar", "office.committee_ar", self.committee_ar, 2, 0)
        self._ask("committee_en", "office.committee_en", self.committee_en, 2, 1)
        self._ask("phone", "office.phone", self.phone, 3, 0)
        self._ask("iban", "office.iban", self.iban, 3, 1)
        self._ask("language", "office.language", self.language, 4, 0)
        self._ask("digits", "office.digits", self.digits, 4, 1)
        self.language.picked.connect(self.language_turned)
        self.hijri_shift: Pick | None = None
        self._example = label("", "hint", wraps=True)
        self._today = today
        if today is not None:
            self.hijri_shift = Pick([(str(days), words.text(key)) for days, key in _SHIFTS.items()])
            self._ask("hijri_shift", "office.hijri_shift", self.hijri_shift, 5, 0, 2)
            self._grid.addWidget(self._example, 6, 0, 1, 2)
            self.hijri_shift.picked.connect(lambda _days: self._show_example())

    def show_office(self, office: Office) -> None:
        """Show what the office is."""
        self.guide.pick(office.policy)
        self.language.pick(office.language)
        self.digits.pick(office.digits)
        if self.hijri_shift is not None:
            self.hijri_shift.pick(str(office.hijri_shift))
            self._show_example()
        self.name_ar.show_text(office.name_ar)
        self.name_en.show_text(office.name_en)
        self.committee_ar.show_text(office.committee_ar)
        self.committee_en.show_text(office.committee_en)
        self.phone.show_text(office.phone)
        self.iban.show_text(grouped(office.iban))

    def answers(self) -> tuple[str, ...]:
        """What is answered so far, for the same questions in another language."""
        return (self.guide.value(), self.digits.value(), *(box.text() for box in self._lines()))

    def show_answers(self, answers: tuple[str, ...]) -> None:
        """Show what was answered before."""
        guide, digits, *texts = answers
        self.guide.pick(guide)
        self.digits.pick(digits)
        for box, text in zip(self._lines(), texts, strict=True):
            box.show_text(text)

    def office(self) -> Office:
        """What is answered; the currency is the guide's.

        Raises:
            Refused: no guide is picked, and whatever else can be seen without asking the office.
        """
        policy = self.guide.value()
        if not policy:
            problems = [Problem("office.no_guide", "policy")]
            if not self.name_ar.text().strip() and not self.name_en.text().strip():
                problems.append(Problem("office.no_name", "name_ar"))
            raise Refused(problems)
        return Office(
            policy=policy,
            name_ar=self.name_ar.text().strip(),
            name_en=self.name_en.text().strip(),
            phone=self.phone.text().strip(),
            language=Language(self.language.value()),
            digits=Digits(self.digits.value()),
            currency=self._currencies[policy],
            committee_ar=self.committee_ar.text().strip(),
            committee_en=self.committee_en.text().strip(),
            iban=self.iban.text().strip(),
            hijri_shift=int(self.hijri_shift.value()) if self.hijri_shift else 0,
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at its question; the first has the cursor."""
        told = {problem.where: self._look.words.problem(problem) for problem in reversed(problems)}
        first: QWidget | None = None
        for where, (box, wrong) in self._wrong.items():
            text = told.get(where, "")
            wrong.setText(text)
            wrong.setVisible(bool(text))
            if isinstance(box, LineBox):
                box.mark(bool(text))
            first = first or (box if text else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_example(self) -> None:
        """What day it is by what is picked."""
        if self._today is not None and self.hijri_shift is not None:
            words = self._look.words.shifted(int(self.hijri_shift.value()))
            self._example.setText(words.text("office.hijri_shift.example", day=words.day(self._today)))

    def _lines(self) -> tuple[LineBox, ...]:
        return (self.name_ar, self.name_en, self.committee_ar, self.committee_en, self.phone, self.iban)

    def _ask(self, where: str, key: str, box: QWidget, line: int, at: int, span: int = 1) -> None:
        cell = QWidget()
        inner = column(cell, spacing=4)
        name = label(self._look.words.text(key), "soft")
        name.setBuddy(box)
        box.setAccessibleName(name.text())
        wrong = label("", "problem", wraps=True)
        wrong.hide()
        for part in (name, box, wrong):
            inner.addWidget(part)
        self._grid.addWidget(cell, line, at, 1, span, Qt.AlignmentFlag.AlignTop)
        self._wrong[where] = (box, wrong)


def _line(*, right_to_left: bool) -> LineBox:
    """A line in the direction of the language it is for, whatever the window's."""
    made = LineBox(role="box")
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    made.setLayoutDirection(direction)
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    return made
