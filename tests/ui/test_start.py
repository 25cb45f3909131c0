"""How the program starts: once for a data folder, and only by what was shipped."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.office import Digits, Language
from sanad.ui import application
from sanad.ui.application import Program
from sanad.ui.doorbell import ring
from sanad.ui.memory import Memory
from sanad.ui.theme import load_fonts
from tests.ui.conftest import Open, close, settle

Sample = Callable[..., None]

IMPATIENT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from sanad.ui.doorbell import ring
from sanad.ui.memory import Memory
QCoreApplication([])
print(sum(ring(Path(sys.argv[1])) for _ in range(50)))
"""


def said(program: Program) -> str:
    """What stands on the page of the moment."""
    page = program.window.pages.currentWidget()
    assert page is not None
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_d1_fifty_more_starts_bring_the_one_window_to_the_front(
    open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path
) -> None:
    """Also when it was put away; nobody answers once it is closed."""
    sample()
    program = open_program()
    program.window.showMinimized()
    command = [sys.executable, "-c", IMPATIENT, str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as impatient:
        qtbot.waitUntil(lambda: impatient.poll() is not None, timeout=30_000)
        assert impatient.communicate() == (b"50\n", b"")
    settle(qtbot, program)
    assert not program.window.isMinimized()
    assert program.window.isActiveWindow()
    program.window.close()
    program.close()
    assert not ring(tmp_path / "data")


def test_d1_a_second_process_ends_at_once(open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path) -> None:
    """The real thing: it opens no window, and says nothing."""
    sample()
    program = open_program()
    command = [sys.executable, "-m", "sanad", "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
        assert second.communicate() == (b"", b"")
        assert second.returncode == 0
    assert program.window.isVisible()


def test_d1_of_two_starts_in_one_moment_the_later_gives_way(
    open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its window was painted before the folder turned out to be held: it goes, and the other comes forward."""
    sample()
    rung: list[Path] = []

    def ringing(folder: Path) -> bool:
        rung.append(folder)
        return True

    monkeypatch.setattr(application, "ring", ringing)
    with build(tmp_path / "data"):
        later = open_program(wait=False)
        qtbot.waitUntil(lambda: not later.window.isVisible(), timeout=20_000)
    assert rung == [tmp_path / "data"]


def test_a1_a_window_that_is_closed_while_the_data_open_leaves_a_good_end(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """It goes before it is told that they are open; they are closed all the same, and the next start tells no cut."""
    sample()
    first = open_program(wait=False)
    qtbot.waitUntil(lambda: first.tasks.busy, timeout=20_000)
    close(first)
    qtbot.wait(50)
    assert first.services is None
    program = open_program()
    assert program.look.words.text("today.ended.cut") not in said(program)


def test_a_window_that_is_closed_while_the_office_is_read_does_not_come_back(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Whoever is to sit down comes too late: no window is made for a program that has ended."""
    sample(Language.ENGLISH)
    program = open_program(wait=False)
    program.door.entered.connect(lambda: close(program))
    qtbot.waitUntil(lambda: program.closed, timeout=20_000)
    qtbot.wait(50)
    assert QApplication.topLevelWidgets() == []


def test_k1_a_font_that_is_missing_or_damaged_is_named_in_the_window(
    program_folder: Path, folder: Path, open_program: Open, qtbot: QtBot
) -> None:
    """The window opens in whatever letters there are, says which files, and opens no data."""
    fonts = program_folder / "resources/fonts"
    (fonts / "IBMPlexSansArabic-Regular.ttf").unlink()
    (fonts / "NotoNaskhArabic-Bold.ttf").write_bytes(b"no font")
    load_fonts(fonts)
    program = open_program(wait=False)
    qtbot.waitUntil(lambda: "again" in vars(type(program.window.pages.currentWidget())), timeout=20_000)
    assert "IBMPlexSansArabic-Regular.ttf" in said(program)
    assert "NotoNaskhArabic-Bold.ttf" in said(program)
    assert not folder.exists()


@pytest.mark.parametrize("torn", [b"", b"\0" * 4096, b"[General]\nlang", b"\xff\xfe\x00language=\xd8", b"language=tlh"])
def test_a8_settings_that_were_torn_are_those_of_a_first_start(
    open_program: Open, sample: Sample, tmp_path: Path, torn: bytes
) -> None:
    """The window opens as it would on a new computer, and what is set then is kept."""
    sample()
    settings = tmp_path / "settings" / "sanad" / "window.ini"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(torn)
    memory = Memory()
    assert (memory.language, memory.digits, memory.dark) == (Language.ARABIC, Digits.WESTERN, False)
    program = open_program()
    program.memory.dark = True
    assert Memory().dark
