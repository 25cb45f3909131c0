"""What a revision of the guide would change: in one sentence, aid by aid of each family, and the button to adopt it."""

from collections.abc import Callable
from enum import IntEnum, auto
from heapq import nlargest
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView

from sanad.domain.changes import Done
from sanad.domain.money import Money
from sanad.domain.revision import AdoptedRevision, Given, RevisionPreview
from sanad.ui.desk import Desk
from sanad.ui.households.list_page import FamiliesTable
from sanad.ui.settings.guide_form import Tried
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import embedded, isolated, label

Index = QModelIndex | QPersistentModelIndex

SHOWN = 8
"""Families that are seen at once."""
ROW = 40


class Column(IntEnum):
    """What is shown of a family, in reading order."""

    NUMBER = 0
    NAME = auto()
    AID = auto()
    BEFORE = auto()
    AFTER = auto()
    DIFFERENCE = auto()


class ChangesModel(QAbstractTableModel):
    """What a revision changes, an aid of a family in a row."""

    def __init__(self, desk: Desk, preview: RevisionPreview) -> None:
        super().__init__()
        self._desk = desk
        self._changes = preview.changes
        desk.screen.turned.connect(self._veil)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many aids change."""
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """What is shown of each."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        change, desk = self._changes[index.row()], self._desk
        match Column(index.column()):
            case Column.NUMBER:
                return isolated(desk.words.digits_shown(change.file_number))
            case Column.NAME:
                return desk.screen.name(change.name)
            case Column.AID:
                aid = desk.guide.aids.get(change.aid)
                return desk.said(aid) if aid else change.aid
            case Column.BEFORE:
                return _given(change.before, desk)
            case Column.AFTER:
                return _given(change.after, desk)
            case Column.DIFFERENCE:
                return signed(change.difference, desk)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.words.text(f"guide.column.{Column(section).name.lower()}")
        return None

    def _veil(self) -> None:
        last = len(self._changes) - 1
        self.dataChanged.emit(self.index(0, Column.NAME), self.index(last, Column.NAME))


class Preview(QFrame):
    """What was tried; ``adopted`` is told what was adopted, ``refused`` why it was not."""

    def __init__(
        self,
        desk: Desk,
        found: Tried,
        adopted: Callable[[Done[AdoptedRevision]], None],
        refused: Callable[[Problems], None],
    ) -> None:
        super().__init__()
        self.setProperty("role", "inline")
        words, preview = desk.words, found.preview
        whole = column(self, margins=12, spacing=8)
        whole.addWidget(label(_sentence(preview, desk), "strong", wraps=True))
        if preview.changes:
            whole.addWidget(_table(desk, preview))
        stood = words.text("guide.stood", stood=preview.stood, aside=len(preview.set_aside))
        whole.addWidget(label(stood, "hint", wraps=True))
        since = isolated(words.date(preview.since))
        whole.addWidget(label(words.text("guide.adopt.hint", since=since), "hint", wraps=True))
        self.adopt = button(words.text("guide.adopt", since=since), "main")
        whole.addWidget(self.adopt, alignment=Qt.AlignmentFlag.AlignLeading)
        key, policies, said = str(uuid4()), desk.services.policies, words.text("guide.this")

        def failed(problems: Problems) -> None:
            self.adopt.setEnabled(True)
            refused(problems)

        def press() -> None:
            self.adopt.setEnabled(False)
            desk.tasks.run(lambda: policies.adopt(found.text, key=key, file=said), adopted, failed)

        self.adopt.clicked.connect(press)


def signed(amount: Money, desk: Desk) -> str:
    """An amount more or less, with its sign."""
    plus = "+" if amount > Money(0) else ""
    return isolated(f"{plus}{desk.money(amount)}")


def _given(what: Given, desk: Desk) -> str:
    outcome = desk.words.choice("outcome", what.outcome)
    return f"{outcome} {isolated(desk.money(what.amount))}" if what.amount else outcome


def _sentence(preview: RevisionPreview, desk: Desk) -> str:
    words, on = desk.words, isolated(desk.words.date(preview.on))
    families = words.count("guide.families", preview.considered)
    if not preview.changes:
        return words.text("guide.changes.none", on=on, families=families)
    difference = embedded(f"{signed(preview.difference, desk)} {words.symbol(desk.office.currency)}")
    return words.count("guide.changes", preview.families, on=on, families=families, difference=difference)


def _table(desk: Desk, preview: RevisionPreview) -> FamiliesTable:
    table = FamiliesTable()
    table.setModel(ChangesModel(desk, preview))
    table.setAccessibleName(desk.words.text("guide.changes.table"))
    _fit(table)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + ROW * min(len(preview.changes), SHOWN) + 4)
    return table


def _fit(table: FamiliesTable) -> None:
    """Make each column as wide as its longest texts: the window would stand still while Qt measures every cell."""
    table.ensurePolished()
    header, model = table.horizontalHeader(), table.model()
    header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
    for each in set(Column) - {Column.NAME}:
        cells = [model.index(row, each) for row in range(model.rowCount())]
        longest = nlargest(SHOWN, cells, key=lambda cell: len(cell.data()))
        wide = max(table.sizeHintForIndex(cell).width() for cell in longest)
        header.resizeSection(each, max(wide, header.sectionSizeHint(each)))
