"""The rows of a form's table as Qt asks for them, with an empty one below to write the next into."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sanad.domain.errors import Refused
from sanad.domain.household import age_on
from sanad.forms.definition import Field, Kind, On, Table
from sanad.forms.filling import Row
from sanad.ui.desk import Desk
from sanad.ui.fields.making import options, sex_of
from sanad.ui.sheet import Sheet
from sanad.ui.widgets.labels import isolated, tip

Index = QModelIndex | QPersistentModelIndex

CLAUSE = Qt.ItemDataRole.UserRole
"""The clause by which a member does not count."""
WRONG = Qt.ItemDataRole.UserRole + 1
"""Whether a cell has a problem."""

_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.DATE, Kind.PHONE, Kind.CODE})


class RowsModel(QAbstractTableModel):
    """Shows ``sheet.rows(table.bind)`` in the words and digits of the office."""

    def __init__(self, table: Table, sheet: Sheet, desk: Desk) -> None:
        super().__init__()
        self.table = table
        self.columns = tuple(column for column in table.columns if column.on is not On.PAPER)
        self._sheet = sheet
        self._desk = desk
        self._problems: Mapping[tuple[int, str], str] = {}
        self._counted: frozenset[int] | None = None
        self._excluded: Mapping[int, str] = {}
        self._shown = self._height()
        sheet.changed.connect(self._changed)
        sheet.rows_changed.connect(self._rows_changed)
        sheet.reset.connect(self._reset)
        desk.screen.turned.connect(self._repaint)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """The rows, and the empty one if the table grows."""
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """The columns that the screen has."""
        return 0 if parent.isValid() else len(self.columns)

    def is_next(self, row: int) -> bool:
        """Whether this is the empty row below the last."""
        return row >= len(self._sheet.rows(self.table.bind))

    def column(self, name: str) -> int:
        """Where a column stands; -1 if it does not."""
        return next((at for at, column in enumerate(self.columns) if column.bind == name), -1)

    def words_in(self, column: Field) -> list[str]:
        """The single words of the choices of a column: none of them may be cut off."""
        if column.kind is not Kind.CHOICE or column.vocabulary == "document":
            return [""]
        labels = [*options(column, self._sheet, self._desk), *options(column, self._sheet, self._desk, "female")]
        return [word for _slug, label in labels for word in label.split()]

    def first_typed(self) -> int:
        """The first column that one types into."""
        return next(at for at, column in enumerate(self.columns) if not column.derived)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Whatever is not computed can be typed into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        derived = self.columns[index.column()].derived
        return flags if derived or self._desk.screen.shared else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, its problem, the clause that leaves a member out."""
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index.row(), column)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._said_of(index.row(), column)
            case Qt.ItemDataRole.ToolTipRole:
                name = self._text(index.row(), column) if column.kind in (Kind.NAME, Kind.MEMBER) else ""
                return tip(self._said_of(index.row(), column) or name)
            case Qt.ItemDataRole.ForegroundRole if self.is_next(index.row()):
                return self._desk.theme.colour("ink_faint")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case _ if role == WRONG:
                return (index.row(), column.bind) in self._problems
            case _ if role == CLAUSE and column.bind == "counted" and not self.is_next(index.row()):
                return self._excluded.get(self._sheet.rows(self.table.bind)[index.row()]["id"], "")
        return None

    def _said_of(self, row: int, column: Field) -> str:
        """What is to be said of a cell: what is wrong with it, or what stands beside it."""
        return self._problems.get((row, column.bind)) or self._aside(row, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The label of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label.in_(self._desk.words.language)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self.columns[section])
        return None

    def text(self, row: int, column: Field) -> str:
        """What is typed in a cell."""
        rows = self._sheet.rows(self.table.bind)
        return str(rows[row].get(column.bind, "")) if row < len(rows) else ""

    def row(self, number: int) -> Row:
        """What is typed in a row; empty for the one below the last."""
        rows = self._sheet.rows(self.table.bind)
        return rows[number] if number < len(rows) else {}

    def put(self, row: int, column: Field, text: str) -> None:
        """Type into a cell."""
        self._sheet.put_cell(self.table.bind, row, column.bind, text)

    def show_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark the cells that have one."""
        if problems != self._problems:
            self._problems = problems
            self._repaint()

    def show_counted(self, counted: frozenset[int] | None, excluded: Mapping[int, str]) -> None:
        """Tell of each member whether it counts, and if not by which clause."""
        self._counted, self._excluded = counted, excluded
        self._repaint()

    def _text(self, row: int, column: Field) -> str:
        words = self._desk.words
        if self.is_next(row):
            if column.bind == "order":
                return words.number(row + 1)
            return (
                words.text(f"form.next.{self.table.bind}") if self.columns.index(column) == self.first_typed() else ""
            )
        typed = self._sheet.rows(self.table.bind)[row]
        if column.derived:
            return self._derived(row, typed, column)
        text = str(typed.get(column.bind, ""))
        if column.kind in (Kind.CHOICE, Kind.YES_NO, Kind.MEMBER):
            text = dict(options(column, self._sheet, self._desk, sex_of(typed))).get(text, text)
        if column.kind in (Kind.NAME, Kind.MEMBER):
            return self._desk.screen.name(text)
        if column.kind in _FIGURES:
            shown = self._desk.screen.number(text) if column.bind in ("civil_id", "work_phone") else text
            return isolated(self._figure(column, shown))
        return text

    def _figure(self, column: Field, text: str) -> str:
        words, currency = self._desk.words, self._desk.office.currency
        if column.kind is Kind.MONEY and text.strip():
            try:
                return words.money(currency.read(text), currency)
            except Refused:
                return text
        return words.digits_shown(text)

    def _derived(self, row: int, typed: Row, column: Field) -> str:
        words = self._desk.words
        if column.bind == "order":
            return words.number(row + 1)
        if column.bind == "age":
            born = self._day(str(typed.get("birth_date", "")))
            return words.number(age_on(born, self._desk.today())) if born and born <= self._desk.today() else ""
        if self._counted is None or not str(typed.get("name", "")).strip():
            return ""
        return words.choice("yes_no", "yes" if typed["id"] in self._counted else "no")

    def _aside(self, row: int, column: Field) -> str:
        """A date in the other calendar."""
        day = self._day(self.text(row, column)) if column.kind is Kind.DATE else None
        return self._desk.words.both_dates(day) if day else ""

    def _day(self, text: str) -> date | None:
        try:
            return self._desk.words.read_date(text) if text.strip() else None
        except Refused:
            return None

    def _alignment(self, column: Field) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.MONEY else Qt.AlignmentFlag.AlignLeading
        absolute = Qt.AlignmentFlag.AlignAbsolute if column.kind is Kind.MONEY else Qt.AlignmentFlag(0)
        return side | absolute | Qt.AlignmentFlag.AlignVCenter

    def _height(self) -> int:
        return len(self._sheet.rows(self.table.bind)) + (1 if self.table.grows else 0)

    def _changed(self, bind: str) -> None:
        if bind == self.table.bind or (bind == "household.members" and self.column("member") >= 0):
            self._repaint()

    def _rows_changed(self, bind: str) -> None:
        if bind != self.table.bind:
            return
        height = self._height()
        if height > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, height - 1)
            self._shown = height
            self.endInsertRows()
        elif height < self._shown:
            self.beginRemoveRows(QModelIndex(), height, self._shown - 1)
            self._shown = height
            self.endRemoveRows()

    def _reset(self) -> None:
        self.beginResetModel()
        self._shown = self._height()
        self._problems = {}
        self.endResetModel()

    def _repaint(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(self._shown - 1, len(self.columns) - 1))
