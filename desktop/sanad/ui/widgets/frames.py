"""Cards, sheets and notices: the frames that carry what belongs together."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.labels import close_fitting, label

HIGHEST_SHELF = 220
"""Pixels of what stands over a page; the page itself has to stay in sight."""

Box = TypeVar("Box", bound=QBoxLayout)


def frame(role: str, *, tone: str = "") -> QFrame:
    """A frame in one of the roles of the style sheet."""
    made = QFrame()
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def column(parent: QWidget | None = None, *, margins: int = 0, spacing: int = 8) -> QVBoxLayout:
    """A column of widgets, laid out in ``parent``."""
    return _laid(QVBoxLayout(parent) if parent else QVBoxLayout(), margins, spacing)


def row(parent: QWidget | None = None, *, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    """A row of widgets in reading direction, laid out in ``parent``."""
    return _laid(QHBoxLayout(parent) if parent else QHBoxLayout(), margins, spacing)


def card(*, spacing: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A white card and its column."""
    made = frame("card")
    inner = column(made, margins=16, spacing=spacing)
    return made, inner


class Notice(QFrame):
    """One sentence that stands until it is answered or closed, with what can be done about it."""

    def __init__(self, text: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        self._row = row(self, spacing=8)
        self._row.setContentsMargins(QMargins(14, 6, 8, 6))
        self.text = text
        self._row.addWidget(close_fitting(label(text, wraps=True)), 1)
        self.setAccessibleName(text)

    def offer(self, text: str, action: Callable[[], object], *, stays: bool = False) -> "Notice":
        """A button behind the sentence; pressing it also takes the notice away, unless that ``stays``."""
        made = button(text, "quiet")

        def answer() -> None:
            if not stays:
                self.close()
                self.deleteLater()
            action()

        made.clicked.connect(answer)
        self._row.addWidget(made)
        return self


class Shelf(QScrollArea):
    """Notices and short questions over a page: as high as they are together up to a limit, scrolled beyond it.

    ``column`` holds them; what was added last is in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._held = _Held(self.updateGeometry)
        self.column = column(self._held, spacing=4)
        self.setWidget(self._held)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, most: self.verticalScrollBar().setValue(most))

    def heightForWidth(self, width: int) -> int:
        """As high as what is on it, up to the limit."""
        return min(self.column.totalHeightForWidth(width), HIGHEST_SHELF)

    def sizeHint(self) -> QSize:
        """As wide as what is on it, as high as that is there."""
        wide = self.column.totalSizeHint().width()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, 0)


class _Held(QWidget):
    """What lies on a shelf; ``changed`` is called when that is more or less than before."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed

    def event(self, event: QEvent) -> bool:
        """Tell of what came and went."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)


def emptied(layout: QBoxLayout, but: type[QWidget] | tuple[()] = ()) -> None:
    """Take everything out of a layout and let it go, but widgets of a kind that stay."""
    for at in reversed(range(layout.count())):
        if (item := layout.itemAt(at)) is None or isinstance(item.widget(), but):
            continue
        layout.takeAt(at)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            emptied(inner)


def _laid(layout: Box, margins: int, spacing: int) -> Box:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout
