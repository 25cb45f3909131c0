"""What a printer is handed: the pages that were asked for, in their own shape, on a sheet that they can be read on."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from sanad.ui import printer
from tests.ui.sheets import EDGE, LINE, PAGE, STEP, framed, inked, to_file

A4, LETTER, LEGAL, A5 = (QPageSize(getattr(QPageSize.PageSizeId, name)) for name in ("A4", "Letter", "Legal", "A5"))


@pytest.mark.parametrize(
    ("size", "scale", "turned"),
    [
        (A4, 1.0, QPageLayout.Orientation.Portrait),
        (LETTER, 279.4 / 297, QPageLayout.Orientation.Portrait),
        (LETTER, 279.4 / 297, QPageLayout.Orientation.Landscape),
        (LEGAL, 1.0, QPageLayout.Orientation.Portrait),
    ],
)
def test_k3_a_page_keeps_its_shape_on_every_sheet(
    qtbot: QtBot, tmp_path: Path, size: QPageSize, scale: float, turned: QPageLayout.Orientation
) -> None:
    """Read back: upright on the sheet that lies there, in its middle, smaller where it must be, and never stretched."""
    to = to_file(tmp_path / "out.pdf")
    to.setPageSize(size)
    to.setPageOrientation(turned)
    assert not printer.too_small(to)
    assert printer.paint(framed(), to)
    (page,) = PdfReader(tmp_path / "out.pdf").pages
    wide, high = (float(length) for length in page.mediabox.upper_right)
    points = size.sizePoints()
    assert (wide, high) == pytest.approx((points.width(), points.height()), abs=2)
    left, top, right, bottom = inked(tmp_path / "out.pdf")
    frame = ((PAGE[0] - 2 * EDGE + LINE) * scale, (PAGE[1] - 2 * EDGE + LINE) * scale)
    assert (right - left, bottom - top) == pytest.approx(frame, abs=2)
    assert (left, top) == pytest.approx((wide - right, high - bottom), abs=2)


@pytest.mark.parametrize("size", [A5, QPageSize(QSizeF(80, 297), QPageSize.Unit.Millimeter, "roll")])
def test_k3_a_sheet_on_which_nothing_can_be_read_is_too_small(tmp_path: Path, size: QPageSize) -> None:
    """Half a sheet, a roll of a till: whichever way it lies."""
    to = to_file(tmp_path / "x.pdf")
    to.setPageSize(size)
    assert printer.too_small(to)


def test_k3_the_printer_that_is_offered_has_a_sheet_for_the_paper(qtbot: QtBot) -> None:
    """Upright, and A4 or much like it, whatever stood in its settings."""
    offered = printer.new_printer("receipt")
    assert offered.pageLayout().orientation() is QPageLayout.Orientation.Portrait
    assert not printer.too_small(offered)
    assert offered.docName() == "receipt"


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(None, None, [1, 2, 3, 4]), (2, 3, [2, 3]), (4, 4, [4]), (3, 9, [3, 4])]
)
def test_k3_only_the_pages_that_were_asked_for_are_printed(
    qtbot: QtBot, tmp_path: Path, first: int | None, last: int, expected: list[int]
) -> None:
    """From and to, as the dialog says them."""
    to = to_file(tmp_path / "out.pdf")
    if first is not None:
        to.setPrintRange(QPrinter.PrintRange.PageRange)
        to.setFromTo(first, last)
    assert printer.paint(framed(4), to)
    assert [
        round((inked(tmp_path / "out.pdf", page)[0] - EDGE) / STEP) + 1 for page in range(len(expected))
    ] == expected
    assert len(PdfReader(tmp_path / "out.pdf").pages) == len(expected)


def test_a_page_that_is_no_pdf_is_not_sent(qtbot: QtBot, tmp_path: Path) -> None:
    """There is nothing to draw."""
    assert not printer.paint(b"no pdf", to_file(tmp_path / "x.pdf"))
