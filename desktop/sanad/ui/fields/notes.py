"""A few lines of free text."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from sanad.domain.spelling import without_unseen
from sanad.ui.widgets.labels import leading, retone

LONGEST_NOTE = 4000
"""Letters that a note takes; what is longer was pasted by mistake."""


class NotesBox(QPlainTextEdit):
    """As many lines as the paper has, more by scrolling. Ctrl+Enter begins a line; Enter and Tab go on.

    ``walked``, ``shortened`` and ``cleared`` tell what they do of a line.
    """

    edited = Signal(str)
    walked = Signal(int)
    shortened = Signal(int)
    cleared = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTabChangesFocus(True)
        option = QTextOption(leading() & ~Qt.AlignmentFlag.AlignVCenter)
        option.setTextDirection(QApplication.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(4)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 12)
        self._showing = False
        self.textChanged.connect(self._typed)

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text from its beginning."""
        if text != self.toPlainText():
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def mark(self, wrong: bool) -> None:
        """Draw it as wrong, or not."""
        retone(self, wrong="true" if wrong else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on as Tab does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
                self.insertPlainText("\n")
            else:
                self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take of what is pasted or dropped no more than a note can hold, before a page of it is laid out."""
        text = source.text()
        room = LONGEST_NOTE - len(self.toPlainText()) + len(self.textCursor().selectedText())
        if len(text) <= room:
            super().insertFromMimeData(source)
            return
        first = QMimeData()
        first.setText(text[: max(room, 0)])
        super().insertFromMimeData(first)
        self.shortened.emit(LONGEST_NOTE)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on; in a cell the table knows where to."""
        if self.property("role") != "cell":
            return super().focusNextPrevChild(forward)
        if self.isVisible():  # Qt also asks when it hides a box that has the cursor: that is nobody's Tab
            self.walked.emit(1 if forward else -1)
        return True

    def _typed(self) -> None:
        if self._showing:
            return
        text = self.toPlainText()
        if len(text) > LONGEST_NOTE:
            text = text[:LONGEST_NOTE]
            self.show_text(text)
            self.shortened.emit(LONGEST_NOTE)
        if (seen := without_unseen(text)) != text:
            cursor = self.textCursor()
            at = len(without_unseen(text[: cursor.position()]))
            self.show_text(text := seen)
            cursor.setPosition(at)
            self.setTextCursor(cursor)
            self.cleared.emit()
        self.edited.emit(text)
