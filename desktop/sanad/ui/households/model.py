"""The families of a list, as a table."""

from enum import IntEnum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sanad.domain.listing import FamilyRow
from sanad.ui.desk import Desk
from sanad.ui.widgets.labels import isolated, tip

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is shown of a family, in reading order."""

    FILE_NUMBER = 0
    NAME = auto()
    MEMBERS = auto()
    AREA = auto()
    PHONE = auto()
    SAVED = auto()


class FamiliesModel(QAbstractTableModel):
    """Rows of :class:`FamilyRow`, in the words and digits of the office."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[FamilyRow, ...] = ()
        desk.screen.turned.connect(self._veil)

    def show(self, rows: tuple[FamilyRow, ...]) -> None:
        """Show these families."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def family(self, row: int) -> FamilyRow:
        """The family of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many families are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """What is shown of each."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and self._rows[index.row()].confidential:
            return self._desk.icons.icon("lock", "stop", 14) if index.column() == Column.FILE_NUMBER else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (Column.NAME, Column.AREA):
            return tip(self.data(index))  # there may be no room for all of it
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        family, words = self._rows[index.row()], self._desk.words
        match Column(index.column()):
            case Column.FILE_NUMBER:
                return isolated(words.digits_shown(family.file_number))
            case Column.NAME:
                if family.confidential and not family.name:
                    return words.text("confidential.name")
                return self._desk.screen.name(family.name)
            case Column.MEMBERS:
                return words.number(family.members) if family.members else ""
            case Column.AREA:
                return family.area
            case Column.PHONE:
                return isolated(words.digits_shown(self._desk.screen.number(family.phone)))
            case Column.SAVED:
                return words.date(family.saved_at.astimezone().date())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.words.text(f"households.column.{Column(section).name.lower()}")
        return None

    def _veil(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
