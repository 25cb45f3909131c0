"""Papers as pictures, drawn by the PDF engine of the program's own preview: every machine sees the same."""

from collections.abc import Sequence

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

A4 = (595.3, 841.9)
STEP = 17
"""Between two of the sixteen greys in which pictures are kept."""


def pictures(pdf: bytes, dots: float) -> list[Image.Image]:
    """Each page in greys on white, at ``dots`` to the inch."""
    held = QByteArray(pdf)
    file = QBuffer(held)
    file.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(file)
    size = QSize(round(A4[0] * dots / 72), round(A4[1] * dots / 72))
    drawn = [_flat(document.render(number, size)) for number in range(document.pageCount())]
    document.close()
    file.close()
    return drawn


def _flat(image: QImage) -> Image.Image:
    """On white: what is not drawn is clear."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    bits = bytes(rgba.constBits())
    clear = Image.frombuffer("RGBA", (rgba.width(), rgba.height()), bits, "raw", "RGBA", rgba.bytesPerLine(), 1)
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat.convert("L")


def in_a_row(pages: Sequence[Image.Image], *, columns: int = 0, gap: int = 0) -> Image.Image:
    """Pages beside each other, ``columns`` to a row (all in one unless said), on grey."""
    columns = columns or len(pages)
    wide, high = max(page.width for page in pages), max(page.height for page in pages)
    rows = -(-len(pages) // columns)
    sheet = Image.new("L", (columns * (wide + gap) + gap, rows * (high + gap) + gap), 150)
    for number, page in enumerate(pages):
        at = (gap + number % columns * (wide + gap), gap + number // columns * (high + gap))
        sheet.paste(page, at)
    return sheet


def in_few_greys(picture: Image.Image) -> Image.Image:
    """The picture in sixteen greys, as small as it can be kept."""
    few = picture.point(lambda grey: grey // STEP)
    kept = Image.frombytes("P", few.size, few.tobytes())
    kept.putpalette([grey * STEP for grey in range(16) for _ in "rgb"])
    return kept
