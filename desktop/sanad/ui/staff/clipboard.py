"""What was copied in the window, taken back when somebody leaves the desk."""

from PySide6.QtGui import QGuiApplication


def forget_clipboard() -> None:
    """Take back what was copied here, so that nobody pastes it elsewhere."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
