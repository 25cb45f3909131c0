"""Yes, no, or not known: two words side by side, as the paper has them to tick."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from sanad.domain.spelling import folded
from sanad.ui.widgets.frames import row
from sanad.ui.widgets.labels import retone
from sanad.words.catalogue import Words


class YesNoBox(QWidget):
    """The first letter of a word ticks it, Space goes round, Delete or a second click takes the tick away."""

    edited = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = row(self, spacing=6)
        self._buttons: dict[str, QToolButton] = {}
        for value in ("yes", "no"):
            made = QToolButton()
            made.setProperty("role", "choice")
            made.setText(words.choice("yes_no", value))
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setMinimumHeight(26)
            made.clicked.connect(lambda _on, value=value: self._turn(value))
            self._buttons[value] = made
            inner.addWidget(made)
        inner.addStretch(1)
        self._value = ""

    def text(self) -> str:
        """``yes``, ``no`` or nothing."""
        return self._value

    def show_text(self, text: str) -> None:
        """Tick one of the two, or none."""
        self._value = text
        for value, made in self._buttons.items():
            made.setChecked(value == text)

    def mark(self, wrong: bool) -> None:
        """Draw it as wrong, or not."""
        for made in self._buttons.values():
            retone(made, wrong="true" if wrong else "false")

    def setAccessibleName(self, name: str) -> None:
        """Tell each word with the field it belongs to."""
        super().setAccessibleName(name)
        for made in self._buttons.values():
            made.setAccessibleName(f"{name}: {made.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by letter, Space, or the arrows; Enter goes on."""
        key, typed = event.key(), folded(event.text())
        by_letter = next(
            (value for value, b in self._buttons.items() if typed and folded(b.text()).startswith(typed)), None
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._say("")
        elif key == Qt.Key.Key_Space:
            self._say({"": "yes", "yes": "no", "no": ""}[self._value])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._say("no" if self._value == "yes" else "yes")
        elif by_letter is not None:
            self._say(by_letter)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the cursor is."""
        super().focusInEvent(event)
        self._outline(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is gone."""
        super().focusOutEvent(event)
        self._outline(on=False)

    def _outline(self, *, on: bool) -> None:
        for made in self._buttons.values():
            retone(made, current="true" if on else "false")

    def _turn(self, value: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._say("" if self._value == value else value)

    def _say(self, value: str) -> None:
        self.show_text(value)
        self.edited.emit(value)
