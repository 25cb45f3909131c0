"""A printer that writes into a file, and what it drew there, read back dot by dot."""

from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

SHARP, LINE = 2, 2.0
PAGE, EDGE, STEP = (595.28, 841.89), 30.0, 20
"""Points: an A4 page, how far its frame stands from the edge, and how much further on each page after the first."""


def to_file(path: Path) -> QPrinter:
    """A printer that writes into a file."""
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def framed(pages: int = 1) -> bytes:
    """A paper of A4 pages, a black frame on each; by how far its sides stand in one tells which page it is."""
    held = BytesIO()
    canvas = Canvas(held, pagesize=PAGE)
    for number in range(pages):
        edge = EDGE + number * STEP
        canvas.setLineWidth(LINE)
        canvas.rect(edge, EDGE, PAGE[0] - 2 * edge, PAGE[1] - 2 * EDGE)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def picture(path: Path, page: int = 0) -> QImage:
    """A page of a PDF on white, ``SHARP`` dots to the point."""
    document = QPdfDocument()
    document.load(str(path))
    points = document.pagePointSize(page)
    drawn = document.render(page, (points * SHARP).toSize())
    white = QImage(drawn.size(), QImage.Format.Format_Grayscale8)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white


def inked(path: Path, page: int = 0) -> tuple[float, float, float, float]:
    """Where the ink of a page begins and ends, in points: left, top, right, bottom."""
    seen = picture(path, page)
    dots, line = bytes(seen.constBits()), seen.bytesPerLine()
    columns = [x for x in range(seen.width()) if min(dots[x::line]) < 128]
    rows = [y for y in range(seen.height()) if min(dots[y * line : y * line + seen.width()]) < 128]
    return columns[0] / SHARP, rows[0] / SHARP, (columns[-1] + 1) / SHARP, (rows[-1] + 1) / SHARP
