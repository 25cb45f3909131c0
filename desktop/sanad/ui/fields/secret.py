"""A box for what nobody else may read: a password or a passphrase, shown only while one asks for it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox


class SecretBox(LineBox):
    """Shows dots in place of letters; the eye at its end shows what was typed, and hides it again."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="box")
        self._look = look
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(self)
        self._eye.triggered.connect(self._turn)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        for made in self.findChildren(QToolButton):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw()

    @property
    def _hidden(self) -> bool:
        return self.echoMode() is QLineEdit.EchoMode.Password

    def _turn(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if self._hidden else QLineEdit.EchoMode.Password)
        self._draw()

    def _draw(self) -> None:
        said = self._look.words.text("secret.show" if self._hidden else "secret.hide")
        self._eye.setIcon(self._look.icons.icon("eye" if self._hidden else "eye-off", "ink_soft", 16))
        self._eye.setText(said)
        self._eye.setToolTip(said)
