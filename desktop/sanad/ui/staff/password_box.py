"""A line for a password: hidden, shown on demand."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox

SHOW = "Ctrl+H"


class PasswordBox(LineBox):
    """Dots in the place of letters, until the eye is pressed. It tells the language of the keyboard while one types."""

    def __init__(self, look: Look) -> None:
        super().__init__(role="box")
        self._look = look
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = QAction(self)
        self._eye.triggered.connect(lambda: self.show_letters(on=self.echoMode() is not QLineEdit.EchoMode.Normal))
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.show_letters(on=False)
        self._keyboard = QGuiApplication.inputMethod()
        self._keyboard.localeChanged.connect(self._tell_keyboard)
        self._tell_keyboard()

    def show_letters(self, *, on: bool) -> None:
        """Show what is typed, or hide it again."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._eye.setIcon(self._look.icons.icon("eye-off" if on else "eye", "ink_soft", 16))
        self._eye.setToolTip(f"{self._look.words.text('password.hide' if on else 'password.show')} ({SHOW})")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+H turns the letters; Enter belongs to the page."""
        if event.key() == Qt.Key.Key_H and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._eye.trigger()
        else:
            super().keyPressEvent(event)

    def _tell_keyboard(self) -> None:
        """Most wrong passwords are right ones typed in the other alphabet."""
        locale = self._keyboard.locale()
        known = locale.language() is not QLocale.Language.C
        self.setPlaceholderText(locale.nativeLanguageName() if known else "")
