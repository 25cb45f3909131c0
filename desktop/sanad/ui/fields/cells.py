"""Draws the cells of a form's table, and opens a box in the one that is typed into."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from sanad.ui.desk import Desk
from sanad.ui.fields.making import AnyBox, made
from sanad.ui.fields.rows import CLAUSE, WRONG, RowsModel
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.sheet import Sheet

Index = QModelIndex | QPersistentModelIndex

AROUND = 16
"""Pixels of a cell's width that its text cannot have."""
LEADING = 8
"""Pixels of a row's height that are not text."""


class Cells(QStyledItemDelegate):
    """One per table. ``walked`` tells that the person goes on from an open cell, or back."""

    walked = Signal(int)

    def __init__(self, model: RowsModel, sheet: Sheet, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._sheet = sheet
        self._desk = desk
        self.box: AnyBox | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The box of the column's kind, with what stands in the cell; each letter goes to the sheet at once."""
        column, row = self._model.columns[index.column()], index.row()
        box = made(column, self._sheet, self._desk, self._model.row(row))
        box.setParent(parent)
        box.show_text(self._model.text(row, column))
        box.edited.connect(lambda _text: self._model.put(row, column, box.text()))
        if not isinstance(box, YesNoBox):  # of which no cell is made
            box.walked.connect(self.walked)
        self.box = box
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The box was filled when it opened; what is typed in it is not to be overwritten."""

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """What stands in the box when it closes."""
        if isinstance(editor, AnyBox):
            self._model.put(index.row(), self._model.columns[index.column()], editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """The whole cell; notes keep their height."""
        rect = QRect(option.rect)
        rect.setHeight(max(rect.height(), editor.minimumHeight()))
        editor.setGeometry(rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the text needs at the width of its column."""
        hint = super().sizeHint(option, index)
        table = self.parent()
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if isinstance(table, QTableView) and text:
            room = QRect(0, 0, table.columnWidth(index.column()) - AROUND, 2000)
            hint.setHeight(option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + LEADING)
        return hint

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys belong to the box; what remains of Qt's filter closes the box when the cursor leaves it."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell with its text; wrong ones are tinted, left-out members carry the clause."""
        theme = self._desk.theme
        if index.data(WRONG):
            painter.fillRect(option.rect, theme.colour("stop_soft"))
        super().paint(painter, option, index)
        if index.data(WRONG):
            painter.save()
            painter.setPen(QPen(theme.colour("stop"), 2))
            painter.drawRect(QRect(option.rect).adjusted(1, 1, -1, -1))
            painter.restore()
        if index.data(CLAUSE):
            _dot(painter, option, theme.colour("amber").name())


def _dot(painter: QPainter, option: QStyleOptionViewItem, colour: str) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QPen(colour).color())
    rect = QRect(option.rect)
    right_to_left = option.direction is Qt.LayoutDirection.RightToLeft
    x = rect.left() + 8 if right_to_left else rect.right() - 13
    painter.drawEllipse(x, rect.center().y() - 2, 5, 5)
    painter.restore()
