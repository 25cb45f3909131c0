"""What a printed paper leaves on the disk: nothing, even if the program is killed while it is being made or printed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.services import Services
from tests.builders import TODAY, Clock, a_family, a_key, a_voucher, an_office

_PRINTING = """
import sys, time
from datetime import date
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from sanad.bootstrap import build
from sanad.paper.sheet import Sheet
from sanad.ui.printer import paint
from tests.builders import TODAY, Clock

def stuck(*_):
    print("under way", flush=True)
    time.sleep(60)

application = QGuiApplication([])
if "{at}" == "drawing":
    Sheet.finished = stuck
services = build(Path(sys.argv[1]), Clock())
paper = services.papers.{paper}(sys.argv[2], TODAY)
printer = QPrinter()
printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
printer.setOutputFileName(sys.argv[3])
QPdfDocument.render = stuck
paint(paper, printer)
"""


def listed(place: Path) -> dict[str, int]:
    """Every file under a place with its size, but for what the data file keeps of its own beside it."""
    files = (path for path in place.rglob("*") if path.is_file())
    return {
        path.relative_to(place).as_posix(): path.stat().st_size
        for path in files
        if not path.name.startswith("sanad.sqlite3-")
    }


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where passing files would go, and all that a person has of his own."""
    place = tmp_path / "temporary"
    place.mkdir()
    for name in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(place))
    return place


def a_payment(services: Services) -> tuple[str, str]:
    """A family and the voucher of its money, which was received."""
    services.offices.set_up(an_office())
    family = a_family(services)
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
    return family.id, voucher.id


def test_k7_a_paper_leaves_no_file_behind(tmp_path: Path, temporary: Path) -> None:
    """Papers are made in memory: no file is there afterwards that was not there before, whatever its name."""
    with build(tmp_path / "data", Clock()) as services:
        family, voucher = a_payment(services)
        before = listed(tmp_path)
        paper = services.papers.case_study(family, TODAY)
        assert services.papers.voucher(voucher, TODAY).startswith(b"%PDF")
        assert services.papers.receipts([voucher, voucher], TODAY).paper is not None
        assert services.papers.again(services.papers.receipt(voucher, TODAY), TODAY) is not None
        assert listed(tmp_path) == before
        services.papers.save(paper, tmp_path / "kept.pdf")
        assert listed(tmp_path) == before | {"kept.pdf": len(paper)}, "only where somebody asked for it"


@pytest.mark.parametrize(("at", "paper"), [("drawing", "case_study"), ("drawing", "receipt"), ("printing", "receipt")])
def test_k7_a_kill_while_a_paper_is_printed_leaves_no_file_behind(
    at: str, paper: str, tmp_path: Path, temporary: Path
) -> None:
    """Killed while it is drawn, or while a printer takes it: no file of it lies anywhere, nor after the next start."""
    data, spool = tmp_path / "data", tmp_path / "spool"
    spool.mkdir()
    with build(data, Clock()) as services:
        family, voucher = a_payment(services)
    before = listed(tmp_path)
    command = [sys.executable, "-c", _PRINTING.format(at=at, paper=paper)]
    command += [str(data), voucher if paper == "receipt" else family, str(spool / "printed.pdf")]
    places = f"{Path.cwd()}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": places})
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "under way"
        child.send_signal(signal.SIGKILL)
    printed = {name for name in listed(tmp_path) if name.startswith("spool/")}
    assert printed <= {"spool/printed.pdf"}, "what the printer itself was handed is its own"
    assert listed(tmp_path).keys() - printed == before.keys() | {"data/sanad.in-use"} & listed(tmp_path).keys()
    with build(data, Clock()) as services:
        services.today.lines(TODAY)  # the office hears of the kill, so no note of it stays
        services.papers.receipt(voucher, TODAY)
    assert listed(tmp_path).keys() - printed == before.keys()
