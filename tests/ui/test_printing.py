"""A printer may break, hang, or spoil the paper: the data wait for none of it, and every receipt knows its copies."""

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad import places
from sanad.bootstrap import build
from sanad.domain.office import Language
from sanad.services import Services
from sanad.ui import preview, printer
from sanad.ui.application import Program
from sanad.ui.preview import PreviewPage
from sanad.ui.printer import Sending
from sanad.ui.widgets.frames import Notice
from sanad.words.catalogue import Words
from tests.builders import TODAY, Clock, a_decision, a_key, a_voucher, an_office
from tests.paper.printing import read_back
from tests.ui.conftest import Open, settle
from tests.ui.sheets import picture, to_file


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


def said(page: PreviewPage) -> list[str]:
    """What the page tells and asks."""
    return [notice.text for notice in page.findChildren(Notice) if notice.isVisible()]


def print_it(program: Program, page: PreviewPage, qtbot: QtBot, path: Path) -> None:
    """Print and wait until it was counted."""
    page.print_on(to_file(path))
    qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)


def marked(pdf: bytes) -> int | None:
    """Which copy a receipt says it is, on both halves of its page; None where it says nothing."""
    (text,) = read_back(pdf)
    assert "2026-000001" in text
    return copy_of(text)


def copy_of(text: str) -> int | None:
    """The number behind the mark of a copy, which is the same wherever it stands on a page."""
    found = {
        int(number)
        for number in re.findall(r"(?:نسخة معادة رقم )(\d+)|(\d+)(?: نسخة معادة رقم)", text)
        for number in number
        if number
    }
    assert len(found) <= 1
    return found.pop() if found else None


def copies_told(program: Program) -> list[int]:
    """The copies that the journal tells of the only family, the latest first."""
    assert program.services is not None
    (row,) = program.services.households.search("", 5)
    history = program.services.households.history(row.id)
    return [int(str(line.after["copy"])) for line in history if line.operation == "papers.print_receipt"]


def press(page: PreviewPage, key: str) -> None:
    """A button of the question."""
    text = page._desk.words.text(key)
    next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()


def test_f14_k4_a_spoilt_receipt_is_printed_again_as_a_copy(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five times: the number stays, the paper says which copy it is, and the day's list lets go of it at once."""
    program, page = shown
    assert program.services is not None
    words = page._desk.words
    assert program.services.today.lines(TODAY).to_print.count == 1
    asked: list[None] = []
    monkeypatch.setattr(PreviewPage, "_ask_printer", lambda _page: asked.append(None))
    for copy in range(1, 6):
        assert marked(page._pdf) == (copy if copy > 1 else None)
        print_it(program, page, qtbot, tmp_path / f"{copy}.pdf")
        assert len(PdfReader(tmp_path / f"{copy}.pdf").pages) == 1
        assert said(page) == [words.text("print.came_out")]
        assert program.services.today.lines(TODAY).to_print.count == 0
        press(page, "print.again")
        assert len(asked) == copy, "it asks for the printer at once"
    assert copies_told(program) == [5, 4, 3, 2, 1]
    assert [line.problems for line in program.services.health.checks() if not line.ok] == []


def test_f14_two_presses_in_a_row_print_two_papers(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes to the printer the second time says that it is a copy, without anybody having asked for one."""
    program, page = shown
    sent: list[bytes] = []

    def watched(pdf: bytes, to: QPrinter) -> bool:
        sent.append(pdf)
        return printer.paint(pdf, to)

    monkeypatch.setattr(preview, "Sending", lambda pdf, to, parent: Sending(pdf, to, parent, watched))
    for number in (1, 2):
        to = to_file(tmp_path / f"{number}.pdf")
        to.setCopyCount(3)
        page.print_on(to)
        assert to.copyCount() == 1, "three alike would be two that do not say what they are"
        assert not page.send.isEnabled()
        assert not page.keep.isEnabled()
        qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)
    assert [marked(each) for each in sent] == [None, 2]
    assert picture(tmp_path / "1.pdf") != picture(tmp_path / "2.pdf"), "what the printer drew differs too"
    assert copies_told(program) == [2, 1]


def test_f14_a_saved_receipt_was_given_out(shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path) -> None:
    """A file is printed elsewhere: it counts as a copy, and what is saved or printed after it says which one it is."""
    program, page = shown
    assert program.services is not None
    for number in (1, 2):
        page.save_to(tmp_path / f"{number}.pdf")
        assert not page.send.isEnabled()
        qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
        settle(qtbot, program)
        assert said(page) == [page._desk.words.text("print.saved")]
    assert program.services.today.lines(TODAY).to_print.count == 0
    print_it(program, page, qtbot, tmp_path / "3.pdf")
    assert [marked((tmp_path / f"{number}.pdf").read_bytes()) for number in (1, 2)] == [None, 2]
    assert copies_told(program) == [3, 2, 1]
    page.save_to(tmp_path / "no such folder" / "x.pdf")
    settle(qtbot, program)
    assert page.keep.isEnabled()
    assert copies_told(program) == [3, 2, 1], "what could not be saved was not given out"


def test_f14_a_receipt_counts_even_if_its_page_was_left_before_it_came_out(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path
) -> None:
    """Esc right after Print: the paper is out, and the next one says that it is the second."""
    program, page = shown
    assert program.services is not None
    page.print_on(to_file(tmp_path / "x.pdf"))
    program.window.pages.removeWidget(page)
    page.deleteLater()
    services = program.services
    qtbot.waitUntil(lambda: services.today.lines(TODAY).to_print.count == 0, timeout=20_000)
    settle(qtbot, program)
    (row,) = services.households.search("", 5)
    (view,) = services.requests.of(row.id)
    assert marked(services.papers.receipt(view.payments[0].voucher.id, TODAY)) == 2


def test_f14_a_batch_is_drawn_anew_with_each_copy_of_its_own(services: Services) -> None:
    """One of its receipts was printed before, a draft is among them: after the batch each says which copy it is."""
    decision = a_decision(services)
    vouchers = [a_voucher(services, decision, month).id for month in ("2026-11", "2026-12", "2027-01")]
    for voucher in vouchers[:2]:
        services.payments.receive(voucher, "حسن", TODAY, key=a_key())
    single = services.papers.receipt(vouchers[0], TODAY)
    assert services.papers.given(single, key="single") == (1,)
    batch = services.papers.receipts(vouchers, TODAY, copies=1).paper
    assert batch is not None
    assert services.papers.given(batch, key="batch") == (2, 1)
    again = services.papers.again(batch, TODAY)
    assert again is not None
    assert [copy_of(page) for page in read_back(batch)] == [2, None, None]
    assert [copy_of(page) for page in read_back(again)] == [3, 2, None]


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
    print_it(program, page, qtbot, tmp_path / "well.pdf")
    assert program.services.today.lines(TODAY).to_print.count == 0
    assert copies_told(program) == [1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_k3_a_receipt_that_no_printer_takes_is_kept_in_a_file(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printer is offline; the file is the very paper that was shown."""
    program, page = shown
    assert program.services is not None
    monkeypatch.setattr(preview, "Sending", lambda pdf, to, parent: Sending(pdf, to, parent, _broken))
    page.print_on(to_file(tmp_path / "x.pdf"))
    qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    paper = page._pdf
    page.save_to(tmp_path / "kept.pdf")
    settle(qtbot, program)
    assert (tmp_path / "kept.pdf").read_bytes() == paper
    assert program.services.today.lines(TODAY).to_print.count == 0


@pytest.mark.parametrize("language", Language)
def test_k3_a_label_printer_is_refused_by_its_name_and_paper(
    shown: tuple[Program, PreviewPage],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
) -> None:
    """Nothing is sent, nothing is counted; the sentence tells which printer it is, what lies in it, and what to do."""
    program, page = shown
    assert program.services is not None
    page._desk = replace(page._desk, words=Words(places.locale(), language))
    to = to_file(tmp_path / "label.pdf")
    monkeypatch.setattr(to, "printerName", lambda: "Zebra ZD220")
    to.setPageSize(QPageSize(QSizeF(102, 51), QPageSize.Unit.Millimeter, "Label 4 x 2"))
    page.print_on(to)
    settle(qtbot, program)
    (told,) = said(page)
    assert all(part in told for part in ("Zebra ZD220", "Label 4 x 2", "51 × 102", "A4", "PDF"))
    assert page.send.isEnabled()
    assert not (tmp_path / "label.pdf").exists()
    assert copies_told(program) == []


def test_k2_letters_that_no_face_has_are_told_before_printing(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """The preview names each of them, and how it will print; a paper without such letters says nothing."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        voucher = a_voucher(services)
        services.payments.receive(voucher.id, "حسن \U0001f600 \u6f22", TODAY, key=a_key())
        other = a_voucher(services)
    program = open_program()
    assert program.services is not None
    assert program.window.desk is not None
    for id_, letters in ((voucher.id, ["\U0001f600 (U+1F600)", "\u6f22 (U+6F22)"]), (other.id, [])):
        page = PreviewPage(program.window.desk, program.services.papers.receipt(id_, TODAY), "receipt")
        program.window.pages.addWidget(page)
        program.window.pages.setCurrentWidget(page)
        assert len(said(page)) == (1 if letters else 0)
        assert all(letter in said(page)[0] for letter in letters)


def test_f14_a_receipt_is_offered_until_it_was_given_out(tmp_path: Path) -> None:
    """The next start lists it, once; the same press twice is one copy."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        voucher = a_voucher(services)
        receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
        paper = services.papers.receipt(receipt.id, TODAY)
    with build(tmp_path / "data", Clock()) as services:
        (line,) = services.today.lines(TODAY).to_print.lines
        assert (line.number, line.id) == (receipt.number, voucher.id)
        paper = services.papers.receipt(receipt.id, TODAY)
        assert services.papers.given(paper, key="once") == (1,)
        assert services.papers.given(paper, key="once") == (1,)
        assert services.today.lines(TODAY).to_print.count == 0
        assert services.papers.given(b"another paper", key="x") == ()
        assert services.papers.again(b"another paper", TODAY) is None
