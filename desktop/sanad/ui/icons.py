"""Icons in the colours of the theme, turned round where they point and the window reads right to left."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from sanad.ui.theme import Theme

POINTING = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2", "redo-2", "log-out"})
"""Icons drawn for a reader from left to right."""

GAP = 6
"""Pixels between an icon and the words of its button."""

_SCALES = (1.0, 1.5, 2.0)


class Icons:
    """Draws the icons of ``folder``."""

    def __init__(self, folder: Path, theme: Theme, *, right_to_left: bool) -> None:
        self._folder = folder
        self._theme = theme
        self._right_to_left = right_to_left
        self._drawn: dict[tuple[str, str, int], QIcon] = {}

    def icon(self, name: str, colour: str = "ink_soft", size: int = 18) -> QIcon:
        """The icon ``name`` in the colour of a token, sharp at every scale of the screen."""
        wanted = (name, colour, size)
        if wanted not in self._drawn:
            icon = QIcon()
            for scale in _SCALES:
                icon.addPixmap(self.pixmap(name, colour, size, scale))
            self._drawn[wanted] = icon
        return self._drawn[wanted]

    def beside(self, name: str, colour: str = "ink_soft", size: int = 16) -> QIcon:
        """The icon with room towards the words that follow it in reading direction; :data:`GAP` wider than high."""
        icon = QIcon()
        for scale in _SCALES:
            wide = QPixmap(round((size + GAP) * scale), round(size * scale))
            wide.fill(Qt.GlobalColor.transparent)
            painter = QPainter(wide)
            drawn = self.pixmap(name, colour, size, scale)
            drawn.setDevicePixelRatio(1.0)
            painter.drawPixmap(round(GAP * scale) if self._right_to_left else 0, 0, drawn)
            painter.end()
            wide.setDevicePixelRatio(scale)
            icon.addPixmap(wide)
        return icon

    def pixmap(self, name: str, colour: str = "ink_soft", size: int = 18, scale: float = 1.0) -> QPixmap:
        """The icon as a picture of ``size`` logical pixels."""
        drawing = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        tinted = drawing.replace("currentColor", self._theme.colours[colour]).replace(
            'stroke-width="2"', 'stroke-width="1.75"'
        )
        side = round(size * scale)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        if self._right_to_left and name in POINTING:
            pixmap = pixmap.transformed(QTransform().scale(-1, 1))
        pixmap.setDevicePixelRatio(scale)
        return pixmap
