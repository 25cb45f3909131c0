"""The families: all of them, or those that the search field found."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedWidget, QTableView, QWidget

from sanad.domain.changes import Changes, Subject
from sanad.domain.listing import FamilyRow
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.households.model import Column, FamiliesModel
from sanad.ui.staff.rights import guard
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import chip, elided, label

PAUSE = 120
"""Milliseconds without a key before a search is asked for."""
MOST_SHOWN = 200
"""Families in the list at once; whoever looks for another types a letter more."""


class FamiliesTable(QTableView):
    """A list that opens the chosen family by Enter or a double click."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list")
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class HouseholdsPage(QWidget):
    """The list of families. ``opened`` names the one that was chosen."""

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""
        self._shown: str | None = None
        self._taking = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        text = desk.words.text
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 16)
        head = row()
        head.addWidget(label(text("rail.households"), "page"))
        self._count = chip("")
        self._count.hide()
        head.addWidget(self._count)
        self._hint = elided("", "hint")
        head.addWidget(self._hint)
        head.addStretch(1)
        new = KeyButton(text("household.new"), "Ctrl+Shift+N", "main")
        new.setShortcut("")  # the window itself listens for it, wherever one is
        new.clicked.connect(self.new_wanted)
        guard(new, desk, Permission.WRITE)
        head.addWidget(new)
        whole.addLayout(head)
        self.model = FamiliesModel(desk)
        self.table = self._made_table()
        framed, inner = card(spacing=0)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(framed)
        self._stack.addWidget(self._teaching())
        self._nothing = self._nothing_found()
        self._stack.addWidget(self._nothing)
        whole.addWidget(self._stack, 1)
        desk.refresh.changed.connect(self._changed)

    def look_for(self, text: str) -> None:
        """Show the families that ``text`` finds; all of them when it is empty."""
        self._wanted = text
        self._pause.start()

    def take(self) -> None:
        """Open the first family that was found, or go down into the list when all are shown."""
        self._taking = True
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
        elif self._wanted == self._shown:
            self._take_now()

    def _take_now(self) -> None:
        self._taking = False
        if not self.model.rowCount():
            return
        if self._wanted.strip() and self.model.rowCount() == 1:
            self._open(0)
        else:
            self.table.setFocus()
            self.table.selectRow(0)

    def _open(self, number: int) -> None:
        self.opened.emit(self.model.family(number).id)

    def _ask(self) -> None:
        wanted = self._wanted
        households = self._desk.services.households
        self._desk.tasks.run(
            lambda: (wanted, households.search(wanted, limit=MOST_SHOWN), households.count()), self._found
        )

    def _found(self, answer: tuple[str, list[FamilyRow], int]) -> None:
        wanted, rows, count = answer
        if wanted != self._wanted:
            return
        self._shown = wanted
        words = self._desk.words
        self.model.show(tuple(rows))
        self._count.setText(words.number(len(rows) if wanted.strip() else count))
        self._count.setVisible(count > 0)
        self._hint.setText(words.text("households.found", text=wanted.strip()) if wanted.strip() else "")
        self._stack.setCurrentIndex(0 if rows else 2 if count else 1)
        if rows:
            self.table.selectRow(0)
        if self._taking:
            self._take_now()

    def _changed(self, changes: Changes) -> None:
        if Subject.HOUSEHOLDS in changes.subjects:
            self._ask()

    def _made_table(self) -> FamiliesTable:
        table = FamiliesTable()
        table.setModel(self.model)
        table.setAccessibleName(self._desk.words.text("rail.households"))
        table.chosen.connect(self._open)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for which, width in (
            (Column.FILE_NUMBER, 120),
            (Column.MEMBERS, 90),
            (Column.AREA, 180),
            (Column.PHONE, 150),
            (Column.SAVED, 130),
        ):
            table.setColumnWidth(which, width)
        return table

    def _teaching(self) -> QFrame:
        text = self._desk.words.text
        made, inner = card(spacing=12)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.addWidget(label(text("households.empty.title"), "heading"))
        inner.addWidget(label(text("households.empty.text"), "soft", wraps=True))
        start = button(text("today.empty.start"), "main")
        start.clicked.connect(self.new_wanted)
        guard(start, self._desk, Permission.WRITE)
        inner.addWidget(start, alignment=Qt.AlignmentFlag.AlignLeading)
        inner.addStretch(1)
        return made

    def _nothing_found(self) -> QFrame:
        text = self._desk.words.text
        made, inner = card(spacing=8)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.addWidget(label(text("households.nothing.title"), "heading"))
        inner.addWidget(label(text("households.nothing.text"), "soft", wraps=True))
        inner.addStretch(1)
        return made
