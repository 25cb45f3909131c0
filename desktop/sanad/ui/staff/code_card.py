"""A recovery code, shown this once: read, printed, put away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QWidget

from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, frame, row
from sanad.ui.widgets.labels import isolated, label


class CodeCard(QWidget):
    """``printed`` asks for the code on paper, ``kept`` says that it was put away."""

    printed = Signal()
    kept = Signal()

    def __init__(self, look: Look, code: str) -> None:
        super().__init__()
        text = look.words.text
        whole = column(self, spacing=12)
        whole.addWidget(label(text("code.title"), "heading"))
        whole.addWidget(label(text("code.text"), wraps=True))
        box = frame("inline")
        inner = column(box, margins=16)
        self.code = label(isolated(code), "code")
        self.code.setFont(QFont(look.theme.font("title", bold=True)))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(text("code.title"))
        inner.addWidget(self.code)
        whole.addWidget(box)
        whole.addWidget(label(text("code.warning"), "problem", wraps=True))
        feet = row()
        self.put_away = button(text("code.kept"), "main")
        self.put_away.clicked.connect(self.kept)
        send = button(text("code.print"), icon=look.icons.icon("printer"))
        send.clicked.connect(self.printed)
        feet.addWidget(send)
        feet.addWidget(self.put_away)
        feet.addStretch(1)
        whole.addLayout(feet)

    def begin(self) -> None:
        """The cursor on the button that prints it: whoever presses Enter at once keeps it."""
        self.focusNextChild()


def forget_clipboard() -> None:
    """Take back what was copied here, so that nobody pastes it elsewhere."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
