"""Hands a PDF to a printer, away from the window: a printer that hangs or breaks costs nobody what is on the screen."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

PRINTED_AT = 300
"""Dots per inch at which a page goes to the printer."""
PATIENCE = 30_000
"""Milliseconds within which a printer takes a paper; one that does not is told of."""
LEAST_SCALE = 0.85
"""How far a page may be made smaller: a Letter sheet takes 0.94 of it, and under this the small print is unreadable."""
MOST_SCALE = 1.2
"""A sheet that is larger than A4 by more, such as A3, is not taken unless somebody chooses it."""

_A4 = QPageSize(QPageSize.PageSizeId.A4)
_MM = QPageLayout.Unit.Millimeter


def new_printer(name: str) -> QPrinter:
    """The printer that is offered first, for a paper of that name: upright, on A4 unless its sheet is much like it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    if too_small(printer) or _scale(sheet_of(printer)) > MOST_SCALE:
        printer.setPageSize(_A4)
    return printer


def sheet_of(printer: QPrinter) -> QSizeF:
    """The sheet that lies in a printer, upright, in millimetres."""
    wide, high = sorted(printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter).toTuple())
    return QSizeF(wide, high)


def too_small(printer: QPrinter) -> bool:
    """Whether a paper would come out unreadable on the sheet of this printer, as on the labels of a label printer."""
    return _scale(sheet_of(printer)) < LEAST_SCALE


def _scale(sheet: QSizeF) -> float:
    """How much larger than A4 a sheet is, by whichever side is the tighter."""
    page = _A4.size(QPageSize.Unit.Millimeter)
    return min(sheet.width() / page.width(), sheet.height() / page.height())


def pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """The pages that were asked for, of so many, counted from 0; all of them unless some were chosen."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or printer.pageRanges().isEmpty():
        return list(range(count))
    return [page for page in range(count) if printer.pageRanges().contains(page + 1)]


def paint(pdf: bytes, printer: QPrinter) -> bool:
    """Draw the pages that were asked for on a printer; whether it took them.

    A page keeps its shape and stands in the middle of its sheet: smaller where the sheet is, never larger than it is.
    """
    held = QBuffer()
    held.setData(QByteArray(pdf))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(held)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    pages = pages_to_print(printer, document.pageCount())
    painter = QPainter()
    if not pages or not painter.begin(printer):
        return False
    for page in pages:
        if page != pages[0] and not printer.newPage():
            return False
        points = document.pagePointSize(page)
        dots = QSize(round(points.width() * PRINTED_AT / 72), round(points.height() * PRINTED_AT / 72))
        painter.drawImage(_place(points, printer), document.render(page, dots))
    return painter.end()


def _place(points: QSizeF, printer: QPrinter) -> QRectF:
    """Where a page goes on the sheet, in the printer's dots."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    size = points * (printer.resolution() / 72)
    if size.width() > sheet.width() or size.height() > sheet.height():
        size.scale(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
    return place


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
            self.deleteLater()
