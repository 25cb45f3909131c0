"""The widget of each kind of field, for the sheet and for a table's cell."""

from collections.abc import Callable

from sanad.domain.household import Sex
from sanad.forms.binding import HEAD
from sanad.forms.definition import Field, Kind
from sanad.forms.filling import IMPLIED_SEX, Row
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox, Options
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.losses import tell_losses
from sanad.ui.fields.money import MoneyBox
from sanad.ui.fields.notes import NotesBox
from sanad.ui.fields.number import NumberBox
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.sheet import Sheet

AnyBox = LineBox | NotesBox | YesNoBox
Maker = Callable[[Field, Sheet, Desk, Row | None], AnyBox]


def made(field: Field, sheet: Sheet, desk: Desk, row: Row | None = None) -> AnyBox:
    """The box of a field, named for those who do not see it; of a cell, if the ``row`` it stands in is given."""
    box = _MAKERS[field.kind](field, sheet, desk, row)
    box.setAccessibleName(field.label.in_(desk.words.language))
    if not isinstance(box, YesNoBox):
        tell_losses(box, desk.words)
    return box


def sex_of(row: Row) -> str:
    """The sex of a member as it is typed, or as the relation implies it."""
    return str(row.get("sex", "")) or str(IMPLIED_SEX.get(row.get("relation", ""), ""))


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


def _role(row: Row | None) -> str:
    return "line" if row is None else "cell"


def _line(_field: Field, _sheet: Sheet, _desk: Desk, row: Row | None) -> AnyBox:
    return LineBox(role=_role(row))


def _number(_field: Field, _sheet: Sheet, desk: Desk, row: Row | None) -> AnyBox:
    return NumberBox(desk.words, role=_role(row))


def _money(_field: Field, _sheet: Sheet, desk: Desk, row: Row | None) -> AnyBox:
    return MoneyBox(desk.words, desk.office.currency, role=_role(row))


def _date(_field: Field, _sheet: Sheet, desk: Desk, row: Row | None) -> AnyBox:
    return DateBox(desk.words, role=_role(row))


def _notes(field: Field, _sheet: Sheet, _desk: Desk, row: Row | None) -> AnyBox:
    return NotesBox(field.lines, role=_role(row))


def _choice(field: Field, sheet: Sheet, desk: Desk, row: Row | None) -> AnyBox:
    def words() -> Options:
        if row is None:
            return options(field, sheet, desk, sheet.cell("head.sex") if field.bind.startswith(HEAD) else "")
        return options(field, sheet, desk, sex_of(row))

    def also() -> Options:
        return [*options(field, sheet, desk), *options(field, sheet, desk, Sex.FEMALE)]

    return ChoiceBox(words, also, role=_role(row))


def _yes_no(field: Field, sheet: Sheet, desk: Desk, row: Row | None) -> AnyBox:
    if row is not None:
        return ChoiceBox(lambda: options(field, sheet, desk), role=_role(row))
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
KINDS = frozenset(_MAKERS)
"""The kinds that can be drawn: all of them, or a form would break the window."""
