"""Where the family's share stands against the poverty line and the line of seasonal aid, as one bar."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sanad.ui.desk import Desk

_BAR = 8
_TOP = 24


class ShareBar(QWidget):
    """Reads from left to right like any number line. Hidden as long as there is nothing to show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._share = Fraction(0)
        self._line = Fraction(1)
        self._limit: Fraction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(58)

    def show_share(self, share: Fraction, line: Fraction, limit: Fraction | None) -> None:
        """The share of a person, the poverty line, and the line up to which seasonal aid goes; all in major units."""
        self._share, self._line, self._limit = share, line, limit
        parts = [self._said(share), self._said(line), *([self._said(limit)] if limit is not None else [])]
        keys = ("share", "line", "limit")
        text = self._desk.words.text
        described = [text(f"pane.bar.{key}", amount=part) for key, part in zip(keys, parts, strict=False)]
        self.setAccessibleName(text("list.comma").join(described))
        self.setToolTip("\n".join(described))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the pane, as high as two lines of figures and the bar."""
        return QSize(260, 58)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three stretches, the mark of the share, and the figures."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full = float(max(self._limit or self._line, self._share) * Fraction(6, 5)) or 1.0
        width = float(self.width())

        def x(amount: Fraction) -> float:
            return max(0.0, min(width, width * float(amount) / full))

        painter.setBrush(theme.colour("tab"))
        painter.drawRoundedRect(QRectF(0, _TOP, width, _BAR), 2, 2)
        if self._limit is not None:
            painter.setBrush(theme.colour("amber"))
            painter.setOpacity(0.45)
            painter.drawRect(QRectF(x(self._line), _TOP, x(self._limit) - x(self._line), _BAR))
            painter.setOpacity(1.0)
        painter.setBrush(theme.colour("accent_line"))
        painter.drawRoundedRect(QRectF(0, _TOP, x(self._line), _BAR), 2, 2)
        painter.setPen(QPen(theme.colour("ink"), 2))
        mark = x(self._share)
        painter.drawLine(QPointF(mark, _TOP - 4), QPointF(mark, _TOP + _BAR + 4))
        painter.setFont(theme.font(bold=True))
        self._write(painter, self._said(self._share), mark, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink_faint"))
        self._write(painter, self._desk.words.number(0), 0, _TOP + _BAR + 2)
        self._write(painter, self._short(self._line), x(self._line), _TOP + _BAR + 2)
        if self._limit is not None:
            self._write(painter, self._short(self._limit), x(self._limit), _TOP + _BAR + 2)
        painter.end()

    def _write(self, painter: QPainter, text: str, middle: float, top: float) -> None:
        wide = painter.fontMetrics().horizontalAdvance(text) + 2
        left = max(0.0, min(self.width() - wide, middle - wide / 2))
        flags = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(left, top, wide, 20), flags, text)

    def _said(self, amount: Fraction) -> str:
        return self._desk.money(self._desk.office.currency.rounded(amount))

    def _short(self, amount: Fraction) -> str:
        """A line of the guide without needless decimals."""
        return self._desk.words.number(int(amount)) if amount.denominator == 1 else self._said(amount)
