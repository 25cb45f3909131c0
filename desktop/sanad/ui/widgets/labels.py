"""Words on the window by their part: title, heading, hint, chip."""

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

_UNBROKEN = re.compile(r"\S{24}(?=\w)")  # no mark is parted from its letter
_MAY_BREAK = "\u200b"


def label(text: str = "", role: str = "", *, tone: str = "", wraps: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet. What it shows is never taken for markup."""
    return _in_role(_Wrapping(text) if wraps else QLabel(text), role, tone)


def elided(text: str = "", role: str = "", *, tone: str = "") -> QLabel:
    """A label on one line that may be as narrow as need be: what has no room is told by its tooltip."""
    return _in_role(_Elided(text), role, tone)


def close_fitting(made: QLabel) -> QLabel:
    """Have a label that wraps be as high as its words need where it stands, and no higher.

    What holds it has to ask how high it is at its width, as boxes and scrolled pages do.
    """
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
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


def tip(text: str) -> str:
    """What somebody typed, as a tooltip shows it: never taken for markup, and broken into lines where it is long."""
    if not text:
        return ""
    from html import escape  # two milliseconds, which the first paint does not wait for

    return f"<qt>{escape(text)}</qt>"


def on_button(text: str) -> str:
    """What somebody typed, as a button, menu or tab shows it: there a single & would underline the next letter."""
    return text.replace("&", "&&")


def retone(widget: QWidget, **properties: object) -> None:
    """Set properties of a widget that the style sheet asks for, and have it drawn by them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class _Wrapping(QLabel):
    """As many lines as its words need. A word as long as no word is may break anywhere, and widens nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(_UNBROKEN.sub(rf"\g<0>{_MAY_BREAK}", text))

    def text(self) -> str:
        """What it shows, as it was given."""
        return super().text().replace(_MAY_BREAK, "")


class _Elided(QLabel):
    """One line of which the end is left out where there is no room for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def text(self) -> str:
        """The whole of it, whatever is shown."""
        return self._whole

    def setToolTip(self, text: str) -> None:
        """Tell something more of it."""
        self._hint = text
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for the whole of it."""
        return QSize(self._needed(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as a line, and as narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another font need other room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _needed(self) -> int:
        around = self.width() - self.contentsRect().width()
        return self.fontMetrics().horizontalAdvance(self._whole) + around + 1

    def _fit(self) -> None:
        fits = self._needed() <= self.width()
        room = self.contentsRect().width()
        shown = self._whole if fits else self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != super().text():
            super().setText(shown)
        super().setToolTip(self._hint if fits else tip(" · ".join(filter(None, (self._whole, self._hint)))))


def _in_role(made: QLabel, role: str, tone: str) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setAlignment(leading())
    return made
