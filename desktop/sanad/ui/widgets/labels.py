"""Words on the window by their part: title, heading, hint, chip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", *, tone: str = "", wraps: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet. What it shows is never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setAlignment(leading())
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def chip(text: str, tone: str = "") -> QLabel:
    """A word in a rounded box, as high as its text."""
    made = label(text, "chip", tone=tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMinimumHeight(24)
    return made


def leading() -> Qt.AlignmentFlag:
    """Where lines begin in this office, whatever the direction of the text itself."""
    right_to_left = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def trailing() -> Qt.AlignmentFlag:
    """Where lines end in this office, whatever the direction of the text itself."""
    right_to_left = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignLeft if right_to_left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def isolated(text: str) -> str:
    """A number or date that keeps its order from left to right in any line: ``3312 4455``."""
    return f"\u2066{text}\u2069" if text else ""


def embedded(text: str) -> str:
    """A name within a sentence of the other direction: it reads by its own direction and leaves the sentence alone."""
    return f"\u2068{text}\u2069" if text else ""


def divider() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("role", "divider")
    line.setFixedHeight(1)
    return line


def retone(widget: QWidget, **properties: object) -> None:
    """Set properties of a widget that the style sheet asks for, and have it drawn by them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
