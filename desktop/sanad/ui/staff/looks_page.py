"""Who opened which family, printed, searched, came in and was turned away: for whoever answers for the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from sanad.domain.listing import JournalLine
from sanad.domain.staff import MOST_LOOKS
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.households.list_page import FamiliesTable
from sanad.ui.today.history import told
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import isolated, label

PAUSE = 300
"""Milliseconds without a key before it is read: who looked is sought in the whole journal, and whoever works waits."""

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is shown of a look, in reading order."""

    AT = 0
    WHO = auto()
    WHAT = auto()
    FAMILY = auto()


@dataclass(frozen=True)
class _Looks:
    """The looks, the latest first, the file numbers of the families they were at, and what was asked for."""

    lines: tuple[JournalLine, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, bool] = ("", False)


class LooksModel(QAbstractTableModel):
    """Entries of the journal, one a row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._looks = _Looks()

    def show(self, looks: _Looks) -> None:
        """Show these."""
        self.beginResetModel()
        self._looks = looks
        self.endResetModel()

    def family(self, row: int) -> str:
        """The family that a row is about; nothing if it is about none or many."""
        about = self._looks.lines[row].households
        return about[0] if len(about) == 1 else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many are shown."""
        return 0 if parent.isValid() else len(self._looks.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """What is shown of each."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line, words = self._looks.lines[index.row()], self._desk.words
        match Column(index.column()):
            case Column.AT:
                return isolated(words.digits_shown(f"{line.at.astimezone():%H:%M %d/%m/%Y}"))
            case Column.WHO:
                return str(line.after.get("user") or line.who)
            case Column.WHAT:
                count = line.after.get("count")
                return f"{told(line, words)} ({words.number(count)})" if isinstance(count, int) else told(line, words)
            case Column.FAMILY:
                numbers = [self._looks.numbers.get(each, "") for each in line.households]
                return words.text("list.comma").join(isolated(words.digits_shown(each)) for each in numbers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.words.text(f"looks.column.{Column(section).name.lower()}")
        return None


class LooksPage(QWidget):
    """``opened`` names the family of the row that was chosen."""

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._of_refused = False
        self._wanted = ("", False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.reload)
        text = desk.words.text
        whole = column(self, spacing=12)
        head = row()
        head.addWidget(label(text("looks.hint"), "hint", wraps=True), 1)
        self.refused = keyed(button(text("looks.refused")), "Ctrl+K")
        self.refused.clicked.connect(self._turn)
        head.addWidget(self.refused)
        self.wanted = LineBox(role="box")
        self.wanted.setPlaceholderText(text("looks.find"))
        self.wanted.setAccessibleName(text("looks.find"))
        self.wanted.setFixedWidth(260)
        head.addWidget(self.wanted)
        whole.addLayout(head)
        self.model = LooksModel(desk)
        self.wanted.textChanged.connect(lambda _text: self._pause.start())
        self.cut = label(desk.words.text("looks.cut", most=MOST_LOOKS), "hint", wraps=True)
        self.cut.hide()
        whole.addWidget(self.cut)
        self.table = FamiliesTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(text("settings.tab.looks"))
        self.table.chosen.connect(self._open)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        for which, width in ((Column.AT, 170), (Column.WHO, 160), (Column.FAMILY, 160)):
            self.table.setColumnWidth(which, width)
        framed, inner = card(spacing=0)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        whole.addWidget(framed, 1)

    def reload(self) -> None:
        """Read anew who looked, or who was turned away; of all, or of what is typed."""
        self._pause.stop()
        households, asked = self._desk.services.households, self._asked()
        self._wanted = asked
        found, refused = asked

        def read() -> _Looks:
            if asked != self._wanted:  # something else was asked for while this waited for its turn
                return _Looks(asked=asked)
            lines = tuple(households.looks(found=found, refused=refused))
            return _Looks(lines, households.file_numbers({each for line in lines for each in line.households}), asked)

        self._desk.tasks.run(read, self._show)

    def _show(self, looks: _Looks) -> None:
        if looks.asked == self._wanted == self._asked():  # or somebody typed on
            self.cut.setVisible(len(looks.lines) >= MOST_LOOKS)
            self.model.show(looks)

    def _asked(self) -> tuple[str, bool]:
        return self.wanted.text(), self._of_refused

    def _turn(self) -> None:
        """From those who looked to those who were turned away, or back; the button says what it leads to."""
        self._of_refused = not self._of_refused
        self.refused.setText(self._desk.words.text("looks.seen" if self._of_refused else "looks.refused"))
        keyed(self.refused, "Ctrl+K")
        self.reload()

    def _open(self, number: int) -> None:
        if family := self.model.family(number):
            self.opened.emit(family)
