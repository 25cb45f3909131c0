"""The office's own backups: made while nobody waits, and at closing; never in the way of going home."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.changes import Done
from sanad.domain.errors import Refused
from sanad.services.backups import Backups
from sanad.store.folder import DataFolder
from sanad.ui import application
from sanad.ui.application import Program
from sanad.ui.backups import closing
from sanad.ui.backups.closing import ClosingPage
from tests.builders import a_household, a_study
from tests.ui.backups import PHRASE, Sticks, notices, press, sticks, texts
from tests.ui.conftest import Open, settle

Sample = Callable[..., None]
__all__ = ["sticks"]


@pytest.fixture
def keyed(sample: Sample, sticks: Sticks, tmp_path: Path) -> Path:
    """The folder of the own backups of an office that has a key, and no backup of its own yet."""
    sample()
    with build(tmp_path / "data") as services:
        services.backups.make(sticks.plug(), passphrase=PHRASE)
    return DataFolder(tmp_path / "data").backups


def own(folder: Path) -> list[str]:
    """The names of the own backups."""
    return sorted(path.name for path in folder.glob("sanad-*.age"))


def record(program: Program, head: str) -> None:
    """Register a family, as a page does."""
    assert program.services is not None
    done: Done[Any] = program.services.households.register(a_study(a_household(head=head)), key=head)
    program.refresh.changed.emit(done.changes)


def test_the_first_change_of_a_day_is_backed_up_silently(open_program: Open, keyed: Path, qtbot: QtBot) -> None:
    """One backup after it, none after the next, and nothing is said."""
    program = open_program()
    first = own(keyed)
    assert len(first) == 1, "what was recorded before the last closing is made up for at the start"
    record(program, "سلمان جعفر")
    settle(qtbot, program)
    assert own(keyed) == first
    assert notices(program.window) == []


def test_a_backup_that_cannot_be_made_by_itself_is_told_quietly(
    open_program: Open, keyed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An amber line over the pages, until the next one can be made."""

    def refuse(*_said: Any, **_more: Any) -> None:
        raise Refused.because("data.not_writable", folder="x")

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "when_due", refuse)
        program = open_program()
        ((told, tone),) = notices(program.window.banner)
        assert (tone, "x" in told) == ("amber", True)
        patched.undo()
    record(program, "سلمان جعفر")
    settle(qtbot, program)
    assert not program.window.banner.isVisible()


def test_closing_makes_the_backup_that_is_due(open_program: Open, keyed: Path, qtbot: QtBot) -> None:
    """What was recorded since the last one is in another when the window is gone."""
    program = open_program()
    before = own(keyed)
    record(program, "سلمان جعفر")
    settle(qtbot, program)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
    assert len(own(keyed)) == len(before) + 1


def test_closing_without_a_change_is_at_once(open_program: Open, keyed: Path, qtbot: QtBot) -> None:
    """Nothing is said, and no backup is made."""
    program = open_program()
    before = own(keyed)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
    assert own(keyed) == before


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Closing whose backup takes as long as the test wants."""
    going, honest = threading.Event(), Backups.when_due

    def slowly(self: Backups, *, closing: bool = False, **more: Any) -> Any:
        if closing:
            while not going.wait(0.02):
                if more["cancelled"]():
                    raise Refused.because("backup.cancelled")
        return honest(self, closing=closing, **more)

    monkeypatch.setattr(Backups, "when_due", slowly)
    monkeypatch.setattr(closing, "SOON", 10)
    yield going
    going.set()


def test_closing_shows_how_far_it_is_and_can_be_skipped(
    open_program: Open, keyed: Path, qtbot: QtBot, held: threading.Event
) -> None:
    """The window says what it waits for; one press, and it goes without."""
    program = open_program()
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosingPage))
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosingPage)
    qtbot.waitUntil(page.work.stop.isVisible)
    assert program.window.isVisible()
    page.work.stop.click()
    qtbot.waitUntil(lambda: not program.window.isVisible())


def test_closing_twice_goes_at_once(open_program: Open, keyed: Path, qtbot: QtBot, held: threading.Event) -> None:
    """Whoever closes again does not want to wait."""
    program = open_program()
    program.window.close()
    qtbot.wait(50)
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())


def test_closing_waits_again_in_a_window_that_was_made_anew(
    open_program: Open, keyed: Path, qtbot: QtBot, held: threading.Event
) -> None:
    """Settings were saved at the last moment: the new window stays, and closing that one makes the backup too."""
    program = open_program()
    program.window.settled.emit()
    program.window.close()
    qtbot.waitUntil(lambda: not program.tasks.busy)
    qtbot.wait(50)
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosingPage))
    assert program.window.isVisible()


def test_closing_never_waits_for_ever(
    open_program: Open, keyed: Path, qtbot: QtBot, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup that does not end lets the window go all the same."""
    monkeypatch.setattr(closing, "LONGEST", 200)
    program = open_program()
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())


def test_a_drive_that_answers_no_more_does_not_hold_the_program(
    open_program: Open, keyed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that cannot be stopped is left behind; the data are closed by then, so another start finds them."""
    monkeypatch.setattr(application, "PATIENCE", 0.1)
    program = open_program()
    stuck = threading.Event()
    program.background.run(lambda: stuck.wait(20))
    program.window.let_go()
    assert not program.close()
    with build(program.folder) as services:
        assert services.households.count()
    stuck.set()


def test_a_backup_refused_at_closing_leaves_the_choice(
    open_program: Open, keyed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why there is none is told; one may go back to work, or close all the same."""

    def refuse(*_said: Any, **_more: Any) -> None:
        raise Refused.because("data.not_writable", folder="x")

    program = open_program()
    monkeypatch.setattr(Backups, "when_due", refuse)
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosingPage))
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosingPage)
    qtbot.waitUntil(page.leave.isVisible)
    assert any("x" in text for text in texts(page))
    assert QApplication.focusWidget() is page.leave
    press(page, "closing.stay", program)
    settle(qtbot, program)
    assert program.window.pages.currentWidget() is program.window.navigation.today
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosingPage))
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosingPage)
    qtbot.waitUntil(page.leave.isVisible)
    page.leave.click()
    qtbot.waitUntil(lambda: not program.window.isVisible())


def test_the_machine_that_shuts_down_is_not_kept_waiting(
    open_program: Open, keyed: Path, qtbot: QtBot, held: threading.Event
) -> None:
    """The end of the session closes the window at once; what is due is made at the next start."""
    program = open_program()
    program._end_with_machine()
    assert not program.window.isVisible()
