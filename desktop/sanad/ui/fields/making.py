"""The widget of each kind of field, for the sheet and for a table's cell."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sanad.forms.definition import Field, Kind
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox, Options
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.money import MoneyBox
from sanad.ui.fields.notes import NotesBox
from sanad.ui.fields.number import NumberBox
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.sheet import Sheet

AnyBox = LineBox | NotesBox | YesNoBox
Maker = Callable[[Field, Sheet, Desk, str], AnyBox]


def made(field: Field, sheet: Sheet, desk: Desk, *, cell: bool = False) -> AnyBox:
    """The box of a field, named for those who do not see it."""
    box = _MAKERS[field.kind](field, sheet, desk, "cell" if cell else "line")
    box.setAccessibleName(field.label.in_(desk.words.language))
    return box


def options(field: Field, sheet: Sheet, desk: Desk, sex: str = "") -> Options:
    """The words of a choice, in the form that goes with ``sex``."""
    words = desk.words
    if field.kind is Kind.YES_NO:
        return [(value, words.choice("yes_no", value)) for value in ("yes", "no")]
    if field.kind is Kind.MEMBER:
        rows = sheet.rows("household.members")
        return [(str(row["id"]), str(row.get("name", ""))) for row in rows if row.get("name")]
    if field.vocabulary == "document":
        return [(slug, text.in_(words.language)) for slug, text in desk.guide.documents.items()]
    return [(slug, words.choice(field.vocabulary, slug, sex)) for slug in field.choices]


def _line(_field: Field, _sheet: Sheet, _desk: Desk, role: str) -> AnyBox:
    return LineBox(role=role)


def _number(_field: Field, _sheet: Sheet, desk: Desk, role: str) -> AnyBox:
    return NumberBox(desk.words, role=role)


def _money(_field: Field, _sheet: Sheet, desk: Desk, role: str) -> AnyBox:
    return MoneyBox(desk.words, desk.office.currency, role=role)


def _date(_field: Field, _sheet: Sheet, desk: Desk, role: str) -> AnyBox:
    return DateBox(desk.words, role=role)


def _notes(field: Field, _sheet: Sheet, _desk: Desk, role: str) -> AnyBox:
    return NotesBox(field.lines, role=role)


def _choice(field: Field, sheet: Sheet, desk: Desk, role: str) -> AnyBox:
    def words() -> Options:
        return options(field, sheet, desk, sheet.cell("head.sex") if field.bind.startswith("head.") else "")

    return ChoiceBox(words, role=role)


def _yes_no(field: Field, sheet: Sheet, desk: Desk, role: str) -> AnyBox:
    if role == "cell":
        return ChoiceBox(lambda: options(field, sheet, desk), role=role)
    return YesNoBox(desk.words)


_MAKERS: dict[Kind, Maker] = {
    Kind.NAME: _line,
    Kind.TEXT: _line,
    Kind.NOTES: _notes,
    Kind.COUNT: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.PHONE: _number,
    Kind.CODE: _number,
    Kind.MEMBER: _choice,
}
