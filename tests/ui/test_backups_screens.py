"""What holds of every state of the place of backups, in both languages, at 1366 by 768: nothing cut off, all named."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanad.domain.errors import Problem
from sanad.domain.health import Fact, Size, Standing
from sanad.domain.office import Language
from sanad.ui.application import Program
from sanad.ui.backups.closing import ClosingPage
from sanad.ui.backups.restoring import RestoringPage
from sanad.ui.setup.closed_page import ClosedPage
from tests.ui.backups import PHRASE, Sticks, carry, go_to_backups, go_to_health, go_to_restore, press, sticks
from tests.ui.conftest import Open, settle
from tests.ui.test_every_screen import cut_off, unnamed

Sample = Callable[..., None]
SIZES = {"free": Size(412 * 10**6), "wanted": Size(500 * 10**6), "data": Size(41 * 10**6), "own": Size(260 * 10**6)}
__all__ = ["sticks"]


def states(program: Program, sticks: Sticks, qtbot: QtBot) -> Iterator[str]:
    """Go from state to state; the name of the one that is shown."""
    page = go_to_backups(program, qtbot)
    yield "no key and no stick"
    program.window.banner.tell((Fact("space", "scarce", Standing.CARE, SIZES),))
    settle(qtbot, program)
    yield "a disk that is nearly full"
    program.window.banner.tell(())
    stick = sticks.plug()
    qtbot.waitUntil(lambda: page.carry.places.place() == stick, timeout=6000)
    settle(qtbot, program)
    yield "a stick"
    carry(program, qtbot)
    yield "a backup was made"
    press(page.key, "key.change", program)
    settle(qtbot, program)
    yield "another passphrase is asked for"
    restore = go_to_restore(program, qtbot)
    restore.passphrase.setText(PHRASE)
    restore.check.click()
    settle(qtbot, program)
    yield "a backup was checked"
    restore.look_in.click()
    settle(qtbot, program)
    assert restore.sides is not None
    yield "both sides"
    health = go_to_health(program, qtbot)
    health.check.click()
    settle(qtbot, program)
    yield "the doctor has looked"
    yield from _alone(program, qtbot)


def _alone(program: Program, qtbot: QtBot) -> Iterator[str]:
    look, window = program.look, program.window
    restoring = RestoringPage(look, look.words.text("undoing.title"), look.words.text("undoing.working"))
    restoring.work.advance(212 * 10**6, 500 * 10**6)
    leaving = ClosingPage(look, window)
    leaving.begin()
    closed = ClosedPage(look, (Problem("data.missing", "", {"file": "/data/sanad.sqlite3"}),))
    for name, page in (("restoring", restoring), ("closing", leaving), ("closed", closed)):
        window.show_alone(page)
        settle(qtbot, program)
        yield name
    leaving.show_problems((Problem("data.not_writable", "", {"folder": "/data"}),))
    window.show_alone(leaving)
    settle(qtbot, program)
    yield "closing without a backup"


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_off_and_every_input_has_a_name(
    language: Language, open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Each state, in the office's language; the window is as wide as the office's screens throughout."""
    sample(language)
    program = open_program()
    for state in states(program, sticks, qtbot):
        assert (state, list(cut_off(program.window))) == (state, [])
        assert (state, list(unnamed(program.window))) == (state, [])
        assert program.window.width() == 1366, f"{state} makes the window wider than the office's screens"
