"""Numbers that are not counted with: phones, codes, and small counts; they read from left to right."""

from PySide6.QtWidgets import QWidget

from sanad.ui.fields.box import LineBox
from sanad.words.catalogue import Words


class NumberBox(LineBox):
    """Shows its digits as the office wants them; either kind is typed."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, left_to_right=True, role=role)
        self._words = words

    def show_text(self, text: str) -> None:
        """Show a number in the digits of the office."""
        super().show_text(self._words.digits_shown(text))
