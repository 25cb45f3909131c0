"""What every box of a form can do, and the lines of text that most of them are."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sanad.domain.spelling import without_unseen
from sanad.ui.widgets.labels import label, leading, retone

LONGEST_LINE = 400
"""Letters that a line takes; more was pasted by mistake, and a name or number is refused long before."""


class Box(Protocol):
    """A widget that holds one field. ``edited`` tells of each change as it is typed."""

    edited: SignalInstance

    def text(self) -> str:
        """What stands in the box, as it is handed to the form."""

    def show_text(self, text: str) -> None:
        """Put a text into the box."""

    def mark(self, wrong: bool) -> None:
        """Draw the box as one that has a problem, or as any other."""


class _Seen(QValidator):
    """Takes out of what is typed or pasted the letters that nobody sees; ``found`` tells that there were some."""

    found = Signal()

    def validate(self, typed: str, cursor: int) -> tuple[QValidator.State, str, int]:
        """Everything else is taken, as it comes."""
        seen = without_unseen(typed)
        if seen == typed:
            return QValidator.State.Acceptable, typed, cursor
        self.found.emit()
        return QValidator.State.Acceptable, seen, len(without_unseen(typed[:cursor]))


class LineBox(QLineEdit):
    """One line: a name, a word, a number. Numbers and codes read from left to right, wherever they stand.

    In a cell, ``walked`` tells that one goes on to the next (1) or back (-1). ``shortened`` tells that more was typed
    or pasted than it takes, and how many letters that is; ``cleared`` that letters which nobody sees were taken out.
    """

    walked = Signal(int)
    shortened = Signal(int)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None, *, left_to_right: bool = False, role: str = "line") -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setMaxLength(LONGEST_LINE)
        if left_to_right:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(leading())
        self.edited = self.textEdited
        self.returnPressed.connect(self._go_on)
        self.inputRejected.connect(self._cut)
        seen = _Seen(self)
        seen.found.connect(self.cleared)
        self.setValidator(seen)

    def show_text(self, text: str) -> None:
        """Show the beginning of a text."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def mark(self, wrong: bool) -> None:
        """Draw it as wrong, or not."""
        retone(self, wrong="true" if wrong else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what was typed alone; Ctrl+Enter belongs to the questions that the line is one of."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on; in a cell the table knows where to."""
        if self.property("role") != "cell":
            return super().focusNextPrevChild(forward)
        if self.isVisible():  # Qt also asks when it hides a box that has the cursor: that is nobody's Tab
            self.walked.emit(1 if forward else -1)
        return True

    def _go_on(self) -> None:
        self.focusNextPrevChild(True)

    def _cut(self) -> None:
        if len(self.text()) >= self.maxLength():
            self.shortened.emit(self.maxLength())


class HintedLine(LineBox):
    """A line with a short hint at its end, such as the date in the other calendar."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, left_to_right=True, role=role)
        self._said: tuple[str, ...] = ("",)
        self._hint = label("", "hint")
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self.place_hint)

    def hint(self) -> str:
        """What the hint says."""
        return self._hint.text()

    def say(self, *texts: str) -> None:
        """Show another hint: the first of these for which there is room."""
        self._said = texts
        self.place_hint()

    def place_hint(self) -> None:
        """Stand at the end of the line, unless the text needs the room."""
        free = self.width() - self.fontMetrics().horizontalAdvance(self.text()) - 16
        for text in self._said:
            self._hint.setText(text)
            self._hint.adjustSize()
            if self._hint.width() <= free:
                break
        wide = self._hint.width()
        right_to_left = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._hint.move(2 if right_to_left else self.width() - wide - 2, (self.height() - self._hint.height()) // 2)
        self._hint.setVisible(bool(self._hint.text()) and wide <= free)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the end."""
        super().resizeEvent(event)
        self.place_hint()
