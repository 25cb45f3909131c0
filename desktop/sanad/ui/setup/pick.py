"""One of a few words, all in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import retone


class Pick(QWidget):
    """Arrows and Space go from word to word; Enter goes on. Once one of them is picked, one always is."""

    picked = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, one_a_line: bool = False, picked: bool = True) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = column(self, spacing=6) if one_a_line else row(self, spacing=8)
        self._buttons: dict[str, QToolButton] = {}
        for value, words in options:
            made = QToolButton()
            made.setProperty("role", "choice")
            made.setText(words)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setMinimumHeight(30)
            made.setChecked(True)  # the picked one is set bolder, and must not be cut off then
            made.setMinimumWidth(made.sizeHint().width())
            made.clicked.connect(lambda _on, value=value: self._say(value))
            self._buttons[value] = made
            inner.addWidget(made, alignment=Qt.AlignmentFlag.AlignLeading)
        inner.addStretch(1)
        self.pick(options[0][0] if options and picked else "")

    def value(self) -> str:
        """Which one is picked; nothing as long as none was."""
        return self._value

    def pick(self, value: str) -> None:
        """Pick one, telling nobody."""
        self._value = value
        for each, made in self._buttons.items():
            made.setChecked(each == value)

    def setAccessibleName(self, name: str) -> None:
        """Tell each word with the question it answers."""
        super().setAccessibleName(name)
        for made in self._buttons.values():
            made.setAccessibleName(f"{name}: {made.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from word to word."""
        forward = (Qt.Key.Key_Space, Qt.Key.Key_Down, self._key_towards_end())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() in forward:
            self._step(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._step(-1)
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

    def _key_towards_end(self) -> Qt.Key:
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return Qt.Key.Key_Left if right_to_left else Qt.Key.Key_Right

    def _step(self, by: int) -> None:
        values = list(self._buttons)
        at = values.index(self._value) if self._value else -1 if by > 0 else len(values)
        self._say(values[(at + by) % len(values)])

    def _say(self, value: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        changed = value != self._value
        self.pick(value)
        self._outline(on=self.hasFocus())
        if changed:
            self.picked.emit(value)

    def _outline(self, *, on: bool) -> None:
        at = self._value or next(iter(self._buttons), "")
        for value, made in self._buttons.items():
            retone(made, current="true" if on and value == at else "false")
