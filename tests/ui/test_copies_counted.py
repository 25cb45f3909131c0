"""No receipt goes out uncounted, whatever comes between the printer and the journal."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from sanad.domain.errors import Refused
from sanad.ui import preview, printer
from sanad.ui.application import Program
from sanad.ui.preview import PreviewPage
from sanad.ui.printer import Sending
from tests.ui.conftest import settle
from tests.ui.sheets import to_file
from tests.ui.test_printing import copies_told, marked, press, print_it, said, shown

__all__ = ["shown"]
PASSWORD = "ستة جمال تعبر النهر"  # noqa: S105  # of nobody


def once_refused(method: Any) -> Any:
    """The same method, refused the first time, as on a disk that is full."""
    tried: list[int] = []

    def call(*args: Any, **named: Any) -> Any:
        tried.append(1)
        if len(tried) == 1:
            raise Refused.because("data.disk_full", folder="D:", megabytes=50)
        return method(*args, **named)

    return call


def test_f14_a_receipt_counts_though_the_desk_was_locked_while_it_printed(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Print, then lock, then walk to the printer: it is told of whoever printed it, and the next one is the second."""
    program, page = shown
    assert program.services is not None
    services = program.services
    program.tasks.run(lambda: services.staff.begin("boss", "صفاء", PASSWORD))
    settle(qtbot, program)
    program.tasks.run(lambda: setattr(page, "_pdf", services.papers.again(page._pdf, page._desk.today()) or page._pdf))
    settle(qtbot, program)

    def locked(pdf: bytes, to: QPrinter) -> bool:
        services.staff.sign_out()
        return printer.paint(pdf, to)

    with monkeypatch.context() as patched:
        patched.setattr(preview, "Sending", lambda pdf, to, parent: Sending(pdf, to, parent, locked))
        page.print_on(to_file(tmp_path / "1.pdf"))
        qtbot.waitUntil(lambda: bool(said(page)), timeout=20_000)
    settle(qtbot, program)
    assert not page.send.isEnabled(), "the paper that is shown is the one that came out"
    program.tasks.run(lambda: services.staff.sign_in("boss", PASSWORD))
    settle(qtbot, program)
    assert copies_told(program) == [1]
    (row,) = services.households.search("", 5)
    latest = next(each for each in services.households.history(row.id) if each.operation == "papers.print_receipt")
    assert latest.who == "boss"
    press(page, "closed.again")
    settle(qtbot, program)
    assert page.send.isEnabled()
    assert marked(page._pdf) == 2


@pytest.mark.parametrize("method", ["given", "again"])
def test_f14_what_came_out_and_is_not_recorded_holds_up_the_next(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The disk is full just then: nothing is printed that would not say which copy it is, until it is tried again."""
    program, page = shown
    assert program.services is not None
    papers = program.services.papers
    monkeypatch.setattr(papers, method, once_refused(getattr(papers, method)))
    page.print_on(to_file(tmp_path / "1.pdf"))
    qtbot.waitUntil(lambda: bool(said(page)), timeout=20_000)
    settle(qtbot, program)
    assert not page.send.isEnabled()
    assert not page.keep.isEnabled()
    asked: list[int] = []
    monkeypatch.setattr(preview, "QPrintDialog", lambda *_: asked.append(1))
    page._ask_printer()
    assert asked == []
    press(page, "closed.again")
    settle(qtbot, program)
    assert said(page) == [page._desk.words.text("print.came_out")]
    assert page.send.isEnabled()
    assert (copies_told(program), marked(page._pdf)) == ([1], 2)


def test_f14_what_cannot_be_recorded_is_not_saved(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is there that nobody counted, and nothing of one; the next try saves and counts it."""
    program, page = shown
    assert program.services is not None
    papers = program.services.papers
    monkeypatch.setattr(papers, "given", once_refused(papers.given))
    folder = tmp_path / "papers"
    folder.mkdir()
    page.save_to(folder / "1.pdf")
    settle(qtbot, program)
    assert list(folder.iterdir()) == []
    assert page.keep.isEnabled()
    page.save_to(folder / "1.pdf")
    settle(qtbot, program)
    assert marked((folder / "1.pdf").read_bytes()) is None
    assert copies_told(program) == [1]


def test_f14_nothing_offers_to_print_while_a_paper_is_on_its_way(
    shown: tuple[Program, PreviewPage], qtbot: QtBot, tmp_path: Path
) -> None:
    """The question about the paper before goes with the next one, so that it does not send it a second time."""
    program, page = shown
    print_it(program, page, qtbot, tmp_path / "1.pdf")
    assert said(page) == [page._desk.words.text("print.came_out")]
    page.print_on(to_file(tmp_path / "2.pdf"))
    assert said(page) == []
    qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)
    assert copies_told(program) == [2, 1]
