"""Buttons that tell their key."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sanad.ui.widgets.labels import label, retone


def button(text: str, role: str = "", *, icon: QIcon | None = None) -> QPushButton:
    """A plain button in one of the roles of the style sheet."""
    made = QPushButton(text)
    if icon is not None and (sizes := icon.availableSizes()):
        made.setIconSize(sizes[0])
    if role:
        made.setProperty("role", role)
    if icon is not None:
        made.setIcon(icon)
    made.setAutoDefault(True)  # Enter presses it
    return made


def keyed(made: QPushButton, key: str, *, hint: str = "") -> QPushButton:
    """Have a key press a button, and its tooltip tell the key; ``hint`` stands there in the place of its text."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    made.setShortcut(QKeySequence(key))
    made.setToolTip(f"{hint or made.accessibleName() or made.text()} ({shown})")
    return made


class KeyButton(QPushButton):
    """A button that shows the key that presses it, in a small box beside its text and in its tooltip."""

    def __init__(self, text: str, key: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        if role:
            self.setProperty("role", role)
        self.setAutoDefault(True)  # Enter presses it, as Space does
        self.setAccessibleName(text)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{text} ({shown})")
        self.setShortcut(QKeySequence(key))
        self._words = label(text, "button-text", tone=role)
        self._key = label(shown, "key")
        self._key.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 12, 4)
        row.setSpacing(8)
        for part in (self._words, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, alignment=Qt.AlignmentFlag.AlignCenter)
        self.setMinimumHeight(34)

    def sizeHint(self) -> QSize:
        """As wide as text and key need."""
        return self._row.sizeHint().expandedTo(QSize(0, 34))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its text."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the text faint while the button is off."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            retone(self._words, tone=self._role if self.isEnabled() else "off")

    def words(self) -> QLabel:
        """The label that carries the text."""
        return self._words
