"""A backup is put back: both sides first, the word typed, undone in one press; where data are missing, and afresh."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.store.folder import DataFolder
from sanad.ui.application import Program
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.setup.closed_page import ClosedPage
from sanad.ui.setup.page import SetupPage
from sanad.ui.widgets.frames import Notice
from tests.backups import everything
from tests.builders import a_household, a_study
from tests.ui.backups import (
    PHRASE,
    Sticks,
    carry,
    go_to_backups,
    go_to_restore,
    notices,
    press,
    sticks,
    texts,
)
from tests.ui.conftest import Open, settle, type_text
from tests.ui.conftest import press as press_key

Sample = Callable[..., None]
__all__ = ["sticks"]


def one_more_family(program: Program) -> None:
    """Register a family that no backup holds yet."""
    assert program.services is not None
    program.services.households.register(a_study(a_household(head="سلمان جعفر")), key="one more")


def count(program: Program) -> int:
    """How many families the open office has."""
    assert program.services is not None
    return program.services.households.count()


def look_into(page: RestorePage, program: Program, qtbot: QtBot, passphrase: str = PHRASE) -> None:
    """Type the passphrase and have both sides shown."""
    page.passphrase.setText(passphrase)
    page.look_in.click()
    settle(qtbot, program)


def say_the_word(page: RestorePage, program: Program, qtbot: QtBot) -> None:
    """Type the word that goes on, press Enter, and wait until the office is open again."""
    assert page.sides is not None
    assert QApplication.focusWidget() is page.sides.word
    assert not page.sides.go.isEnabled()
    type_text(program.look.words.text("sides.word"))
    press_key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.services is None, timeout=10_000)
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=20_000)
    settle(qtbot, program)


def test_c10_a_restore_shows_both_sides_and_is_undone_in_one_press(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Nothing happens before the word is typed; the present data are backed up first; undone, they are as before."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    before = count(program)
    one_more_family(program)
    page = go_to_restore(program, qtbot)
    page.offers.choose(page.offers.model().rowCount() - 1)
    look_into(page, program, qtbot)
    assert page.sides is not None
    seen = texts(page.sides)
    words = program.look.words
    for told in (words.number(before), words.number(before + 1), words.text("sides.present")):
        assert told in seen
    assert [tone for _, tone in notices(page.sides)] == ["stop"], "what would be lost stands in red"
    own = DataFolder(tmp_path / "data").backups
    made = len(list(own.glob("sanad-*.age")))

    say_the_word(page, program, qtbot)
    assert count(program) == before
    assert len(list(own.glob("sanad-*.age"))) > made, "the present data were not backed up first"
    (notice,) = [each for each in program.window.findChildren(Notice) if each.parent() is program.window.ground]
    undo = next(each for each in notice.findChildren(QPushButton) if each.text() == words.text("undo.open"))
    undo.click()
    qtbot.waitUntil(lambda: program.services is None, timeout=10_000)
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=20_000)
    settle(qtbot, program)
    assert count(program) == before + 1
    assert program.services is not None
    assert [line.name for line in program.services.health.checks() if not line.ok] == []


def test_a_wrong_word_restores_nothing(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Another word leaves the button off, and Enter does nothing; Esc goes back."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    page = go_to_restore(program, qtbot)
    look_into(page, program, qtbot)
    assert page.sides is not None
    type_text("نعم")
    press_key(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert program.services is not None
    assert not page.sides.go.isEnabled()
    page.left.emit()
    settle(qtbot, program)
    assert program.window.pages.currentWidget() is not page


def test_a_backup_is_checked_and_nothing_is_changed(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Verified as far as a restore would go; a wrong passphrase says so, and says nothing of the backup."""
    sample()
    stick = sticks.plug()
    program = open_program()
    carry(program, qtbot)
    page = go_to_restore(program, qtbot)
    settle(qtbot, program)
    before = everything(stick)
    page.check.click()
    assert QApplication.focusWidget() is page.passphrase, "an empty passphrase is asked for"
    page.passphrase.setText("not the one 12")
    page.check.click()
    settle(qtbot, program)
    assert notices(page) == [(program.look.words.text("problem.backup.wrong_passphrase"), "stop")]
    page.passphrase.setText(PHRASE)
    page.check.click()
    settle(qtbot, program)
    ((_, tone),) = notices(page)
    assert tone == ""
    assert everything(stick) == before


def test_a_restore_that_is_refused_leaves_the_office_open(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """The stick went between the look and the word: it is said, and everything is as it was."""
    sample()
    stick = sticks.plug()
    program = open_program()
    carry(program, qtbot)
    before = count(program)
    page = go_to_restore(program, qtbot)
    page.choose(next(stick.glob("sanad-*.age")))
    settle(qtbot, program)
    look_into(page, program, qtbot)
    shutil.rmtree(stick)
    say_the_word(page, program, qtbot)
    assert count(program) == before
    assert any(tone == "stop" for _, tone in notices(program.window.ground))
    stick.mkdir()


def test_b8_missing_data_are_brought_back_from_a_backup(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """The file that was there yesterday is gone: it is said, none is made in its place, and a backup brings it back."""
    sample()
    stick = sticks.plug()
    with build(tmp_path / "data") as services:
        services.backups.make(stick, passphrase=PHRASE)
        families = services.households.count()
    data = DataFolder(tmp_path / "data").file
    data.unlink()
    program = open_program(wait=False)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosedPage), timeout=20_000)
    closed = program.window.pages.currentWidget()
    assert isinstance(closed, ClosedPage)
    assert any(str(data) in text for text in texts(closed))
    press(closed, "closed.again", program)
    qtbot.waitUntil(lambda: program.window.pages.currentWidget() is not closed, timeout=20_000)
    assert not data.exists(), "an empty file was put in its place"
    closed = program.window.pages.currentWidget()
    assert isinstance(closed, ClosedPage)
    press(closed, "closed.restore", program)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), RestorePage), timeout=20_000)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    page.left.emit()
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), ClosedPage)
    press(program.window, "closed.restore", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    assert page.offers.path() is not None
    look_into(page, program, qtbot)
    say_the_word(page, program, qtbot)
    assert count(program) == families


def test_b8_a_missing_folder_is_told_and_begun_anew_only_when_somebody_says_so(
    open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path
) -> None:
    """The same offers stand as for a file; the first page comes after a second word, and not before."""
    sample()
    data = tmp_path / "data"
    data.rename(tmp_path / "moved")
    program = open_program(wait=False)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosedPage), timeout=20_000)
    closed = program.window.pages.currentWidget()
    assert isinstance(closed, ClosedPage)
    assert any(str(data) in text for text in texts(closed))
    press(closed, "closed.restore", program)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), RestorePage), timeout=20_000)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    page.left.emit()
    settle(qtbot, program)
    press(program.window.pages, "closed.anew", program)
    settle(qtbot, program)
    assert not data.exists()
    press(program.window.pages, "closed.anew.yes", program)
    qtbot.waitUntil(lambda: program.services is not None, timeout=20_000)
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), SetupPage)
    assert everything(tmp_path / "moved")


def test_a_fresh_computer_takes_the_data_of_a_backup(
    open_program: Open, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """The first page offers it beside its questions; nothing can be lost, and it says so."""
    stick = sticks.plug()
    with build(tmp_path / "elsewhere") as services:
        services.sample.settle(services, date(2026, 11, 22))
        services.backups.make(stick, passphrase=PHRASE)
        families = services.households.count()
    program = open_program()
    first = program.window.pages.currentWidget()
    assert isinstance(first, SetupPage)
    press(first, "setup.restore", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    look_into(page, program, qtbot)
    assert page.sides is not None
    say_the_word(page, program, qtbot)
    assert count(program) == families
    assert go_to_backups(program, qtbot).key._there


def test_words_of_a_missing_file_are_told(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """A file that was chosen and is not there any more."""
    sample()
    program = open_program()
    page = go_to_restore(program, qtbot)
    assert not page.look_in.isEnabled()
    page.choose(tmp_path / "sanad-2026-01-01-001.age")
    settle(qtbot, program)
    ((told, tone),) = notices(page)
    assert (tone, "sanad-2026-01-01-001.age" in told) == ("stop", True)


def test_damaged_data_are_kept_aside(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """A file that cannot be read is said to be damaged; a backup takes its place, and it is kept as it is."""
    sample()
    stick = sticks.plug()
    with build(tmp_path / "data") as services:
        services.backups.make(stick, passphrase=PHRASE)
    data = DataFolder(tmp_path / "data")
    torn = bytes(range(256)) * 64
    data.file.write_bytes(data.file.read_bytes()[:100] + torn)
    program = open_program(wait=False)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosedPage), timeout=20_000)
    press(program.window, "closed.restore", program)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), RestorePage), timeout=20_000)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    look_into(page, program, qtbot)
    assert page.sides is not None
    assert notices(page.sides) == [(program.look.words.text("sides.damaged"), "amber")]
    say_the_word(page, program, qtbot)
    aside = [path.read_bytes() for path in data.before_restores.rglob(data.file.name)]
    assert any(torn in kept for kept in aside)
