"""A table of a form, typed into cell by cell in the order of the paper."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QSizePolicy,
    QTableView,
)
from shiboken6 import isValid

from sanad.forms.definition import Kind, Table
from sanad.forms.filling import Row
from sanad.ui.desk import Desk
from sanad.ui.fields.cells import Cells
from sanad.ui.fields.rows import CLAUSE, RowsModel
from sanad.ui.sheet import Sheet

LINE = 30
"""Pixels of a row with one line of text."""

_WIDEST = {Kind.DATE: "00/00/0000", Kind.MONEY: "00,000.000", Kind.PHONE: "0000 0000", Kind.CODE: "000000000"}
"""What a column of a kind must have room for on one line."""

_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


class FormTable(QTableView):
    """As high as its rows. Tab and Enter go from cell to cell and out at the end; Ctrl+Delete takes a row away.

    ``removed`` carries the place and text of that row, so that it can be put back; ``clause_wanted`` the clause that
    leaves a member out.
    """

    removed = Signal(int, dict)
    clause_wanted = Signal(str)
    left = Signal()

    def __init__(self, table: Table, sheet: Sheet, desk: Desk) -> None:
        super().__init__()
        self._sheet = sheet
        self._desk = desk
        self._model = RowsModel(table, sheet, desk)
        self.setModel(self._model)
        self._cells = Cells(self._model, sheet, desk, self)
        self._cells.walked.connect(self._walk)
        self.setItemDelegate(self._cells)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = max(column.lines for column in self._model.columns)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LINE if lines == 1 else 21 * lines + 12)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setFixedHeight(LINE)
        self.setWordWrap(True)
        self.verticalHeader().sectionResized.connect(self._grown)
        self.verticalHeader().sectionCountChanged.connect(self._grown)

    @property
    def rows(self) -> RowsModel:
        """The rows that are shown."""
        return self._model

    def sizeHint(self) -> QSize:
        """Every row, nothing to scroll."""
        return QSize(400, self.horizontalHeader().height() + self.verticalHeader().length() + 2)

    def minimumSizeHint(self) -> QSize:
        """Never less than every row."""
        return QSize(200, self.sizeHint().height())

    def show_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark the cells that have one."""
        self._model.show_problems(problems)

    def edit_cell(self, row: int, column: str = "") -> None:
        """Put the cursor into a cell; into the first that one types into unless it is named."""
        at = self._model.column(column)
        self._open(row, at if at >= 0 else self._model.first_typed())

    def open_place(self) -> str:
        """The place of the cell that is typed into; nothing if none is."""
        box, index = self._cells.box, self.currentIndex()
        if box is None or not index.isValid() or not isValid(box) or not box.hasFocus():
            return ""
        return f"{self._model.table.bind}[{index.row()}].{self._model.columns[index.column()].bind}"

    def enter(self, *, forward: bool) -> None:
        """Come in from the field before or behind."""
        if forward:
            self._open(0, self._model.first_typed())
        else:
            last = max(0, len(self._sheet.rows(self._model.table.bind)) - 1)
            self._open(last, len(self._model.columns) - 1, step=-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in at the first cell, Shift+Tab at the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            forward = event.reason() is Qt.FocusReason.TabFocusReason
            QTimer.singleShot(0, self, lambda: self.enter(forward=forward))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the cell, or the clause that leaves a member out."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if clause := index.data(CLAUSE):
            self.clause_wanted.emit(clause)
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._open(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell; Ctrl+Delete takes the row away."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._open(index.row(), index.column())
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.remove_current()
        else:
            super().keyPressEvent(event)

    def remove_current(self) -> None:
        """Take away the row that has the cursor; the head's stays."""
        index = self.currentIndex()
        if not index.isValid() or not self._model.table.grows or self._model.is_next(index.row()):
            return
        row: Row = self._sheet.rows(self._model.table.bind)[index.row()]
        if row.get("relation") == "head":
            return
        self._close_box()
        self.removed.emit(index.row(), self._sheet.remove_row(self._model.table.bind, index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns as the form says; no heading is cut off."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the headings anew when the font is another."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._share_width()

    def _grown(self) -> None:
        """Ask for the room that the rows need now."""
        self.updateGeometry()

    def _share_width(self) -> None:
        header, width = self.horizontalHeader(), self.viewport().width()
        font = header.font()
        font.setBold(True)
        measure, plain = QFontMetrics(font), self.fontMetrics()
        language = self._desk.words.language
        least = [
            max(
                measure.horizontalAdvance(column.label.in_(language)) + 12,
                *(plain.horizontalAdvance(word) + 14 for word in self._model.words_in(column)),
                plain.horizontalAdvance(_WIDEST.get(column.kind, "")) + 14,
            )
            for column in self._model.columns
        ]
        shares = [column.width for column in self._model.columns]
        free = max(0, width - sum(least))
        wanted = [max(0.0, width * share / sum(shares) - floor) for share, floor in zip(shares, least, strict=True)]
        total = sum(wanted) or 1.0
        widths = [floor + int(free * want / total) for floor, want in zip(least, wanted, strict=True)]
        widths[self._model.first_typed()] += width - sum(widths)
        for at, each in enumerate(widths):
            self.setColumnWidth(at, each)
        self.resizeRowsToContents()

    def _open(self, row: int, column: int, step: int = 1) -> None:
        while 0 <= column < len(self._model.columns):
            index = self._model.index(row, column)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._close_box()  # before the cursor moves: Qt must not close it while the next one opens
                self.setCurrentIndex(index)
                self.edit(index)
                return
            column += step
        self._leave(forward=step > 0)

    def _walk(self, step: int) -> None:
        index = QPersistentModelIndex(self.currentIndex())
        empty = self._model.is_next(index.row()) and step > 0
        self._close_box()
        if empty:
            self._leave(forward=True)
            return
        row, column = index.row(), index.column() + step
        while 0 <= row < self._model.rowCount():
            while 0 <= column < len(self._model.columns):
                if self._model.flags(self._model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                    self._open(row, column)
                    return
                column += step
            row += step
            column = 0 if step > 0 else len(self._model.columns) - 1
        self._leave(forward=step > 0)

    def _leave(self, *, forward: bool) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(QModelIndex())
        self.focusNextPrevChild(forward)

    def _close_box(self) -> None:
        box = self._cells.box
        self._cells.box = None
        if box is not None and isValid(box) and box.isVisible():
            self.commitData(box)
            self.closeEditor(box, _NO_HINT)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
