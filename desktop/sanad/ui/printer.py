"""Hands a PDF to a printer, away from the window: a printer that hangs or breaks costs nobody what is on the screen."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

PRINTED_AT = 300
"""Dots per inch at which a page goes to the printer."""
PATIENCE = 30_000
"""Milliseconds within which a printer takes a paper; one that does not is told of."""


def paint(pdf: bytes, printer: QPrinter) -> bool:
    """Draw every page on a printer, as large as its sheet; whether the printer took them."""
    held = QBuffer()
    held.setData(QByteArray(pdf))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(held)
    painter = QPainter()
    if not document.pageCount() or not painter.begin(printer):
        return False
    for page in range(document.pageCount()):
        if page and not printer.newPage():
            return False
        sheet = printer.pageRect(QPrinter.Unit.DevicePixel)
        points = document.pagePointSize(page)
        dots = QSize(round(points.width() * PRINTED_AT / 72), round(points.height() * PRINTED_AT / 72))
        painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), document.render(page, dots))
    return painter.end()


class Sending(QObject):
    """One paper on its way. ``ended`` tells once whether the printer took it; False when it broke, or took too long."""

    ended = Signal(bool)

    _painted = Signal(bool)

    def __init__(
        self, pdf: bytes, printer: QPrinter, parent: QObject, paint: Callable[[bytes, QPrinter], bool] = paint
    ) -> None:
        super().__init__(parent)
        self._told = False
        self._painted.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(PATIENCE, self, lambda: self._tell(taken=False))

        def work() -> None:
            taken = False
            try:
                taken = paint(pdf, printer)
            finally:
                with suppress(RuntimeError):  # the window is gone by now
                    self._painted.emit(taken)

        # a printer that never answers holds its thread for ever, and must not hold the program
        Thread(target=work, name="printer", daemon=True).start()

    def _tell(self, taken: bool) -> None:
        if not self._told:
            self._told = True
            self.ended.emit(taken)
