"""A printer may break, hang, or spoil the paper: the data wait for none of it, and every receipt knows its copies."""

import threading
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.ui import preview, printer
from sanad.ui.application import Program
from sanad.ui.preview import PreviewPage
from sanad.ui.printer import Sending
from sanad.ui.widgets.frames import Notice
from tests.builders import TODAY, Clock, a_key, a_voucher, an_office
from tests.paper.printing import read_back
from tests.ui.conftest import Open, settle


@pytest.fixture
def shown(open_program: Open, qtbot: QtBot, tmp_path: Path) -> tuple[Program, PreviewPage]:
    """The receipt of a payment before it is printed."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        receipt = services.payments.receive(a_voucher(services).id, "حسن", TODAY, key=a_key()).value
    program = open_program()
    assert program.services is not None
    assert program.window.desk is not None
    page = PreviewPage(program.window.desk, program.services.papers.receipt(receipt.id, TODAY), "receipt")
    program.window.pages.addWidget(page)
    program.window.pages.setCurrentWidget(page)
    return program, page


def to_file(path: Path) -> QPrinter:
    """A printer that writes into a file."""
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def said(page: PreviewPage) -> list[str]:
    """What the page tells and asks."""
    return [notice.text for notice in page.findChildren(Notice) if notice.isVisible()]


def print_it(program: Program, page: PreviewPage, qtbot: QtBot, path: Path) -> None:
    """Print and wait until it was counted."""
    page.print_on(to_file(path))
    qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)


def press(page: PreviewPage, key: str) -> None:
    """A button of the question."""
    text = page._desk.words.text(key)
    next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()


def test_f14_k4_a_spoilt_receipt_is_printed_again_as_a_copy(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path
) -> None:
    """Five times: the number stays, the paper says which copy it is, and the day's list lets go of it at once."""
    program, page = shown
    assert program.services is not None
    words = page._desk.words
    assert program.services.today.lines(TODAY).to_print.count == 1
    for copy in range(1, 6):
        print_it(program, page, qtbot, tmp_path / f"{copy}.pdf")
        assert len(PdfReader(tmp_path / f"{copy}.pdf").pages) == 1
        text = " ".join(read_back(page._pdf))
        assert "2026-000001" in text
        assert ("نسخة معادة" in text) == (copy > 1)
        assert copy == 1 or text.count(str(copy)) >= 1
        assert said(page) == [words.text("print.came_out")]
        assert program.services.today.lines(TODAY).to_print.count == 0
        press(page, "print.again")
        settle(qtbot, program)
    (row,) = program.services.households.search("", 5)
    history = program.services.households.history(row.id)
    assert [line.after["copy"] for line in history if line.operation == "papers.print_receipt"] == [5, 4, 3, 2, 1]
    assert [line.problems for line in program.services.health.checks() if not line.ok] == []


def _broken(_pdf: bytes, _printer: QPrinter) -> bool:
    raise OSError("the printer is offline")


def _hanging(_pdf: bytes, _printer: QPrinter) -> bool:
    threading.Event().wait(60)
    return True


@pytest.mark.parametrize("paint", [_broken, _hanging, lambda _pdf, _printer: False])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_k3_a_printer_that_breaks_or_hangs_costs_nothing(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paint: Any
) -> None:
    """It is told within its time; the receipt counts as not printed, and can be kept in a file; the next try works."""
    program, page = shown
    assert program.services is not None
    with monkeypatch.context() as broken:
        broken.setattr(printer, "PATIENCE", 300)
        broken.setattr(preview, "Sending", lambda pdf, to, parent: Sending(pdf, to, parent, paint))
        page.print_on(to_file(tmp_path / "x.pdf"))
        assert not page.send.isEnabled()
        qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)
    assert said(page) == [page._desk.words.text("print.failed")]
    assert program.services.today.lines(TODAY).to_print.count == 1
    page.save_to(tmp_path / "kept.pdf")
    settle(qtbot, program)
    assert (tmp_path / "kept.pdf").read_bytes() == page._pdf
    print_it(program, page, qtbot, tmp_path / "well.pdf")
    assert program.services.today.lines(TODAY).to_print.count == 0


def test_a3_a_receipt_that_was_cut_off_from_its_printing_is_offered(tmp_path: Path, open_program: Open) -> None:
    """The power went between the two: the next start lists it, once, until it is printed."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        voucher = a_voucher(services)
        receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
        paper = services.papers.receipt(receipt.id, TODAY)
    with build(tmp_path / "data", Clock()) as services:
        (line,) = services.today.lines(TODAY).to_print.lines
        assert (line.number, line.id) == (receipt.number, voucher.id)
        paper = services.papers.receipt(receipt.id, TODAY)
        assert services.papers.printed(paper, key="once") == (1,)
        assert services.papers.printed(paper, key="once") == (1,)
        assert services.today.lines(TODAY).to_print.count == 0
        assert services.papers.printed(b"another paper", key="x") == ()
        assert services.papers.again(b"another paper", TODAY) is None


def test_a_page_that_is_no_pdf_is_not_sent(qtbot: QtBot, tmp_path: Path) -> None:
    """There is nothing to draw."""
    assert not printer.paint(b"no pdf", to_file(tmp_path / "x.pdf"))
