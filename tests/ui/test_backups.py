"""A backup is carried away: the first with its passphrase, later ones at one press; and what is told of their age."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.staff import Credentials, Role
from sanad.services import Services
from sanad.store import vault, watch
from sanad.store.backup import KEY_FILE
from sanad.store.folder import DataFolder
from sanad.ui.application import Program
from sanad.ui.backups.page import BackupsPage
from sanad.ui.fields.box import LineBox
from sanad.ui.preview import PreviewPage
from sanad.ui.rail import Place
from tests.backups import refusal
from tests.ui.backups import PHRASE, Sticks, carry, go_to_backups, go_to_restore, notices, press, sticks, texts
from tests.ui.conftest import MANAGER, PASSWORD, Open, close, settle, type_text
from tests.ui.conftest import press as press_key
from tests.ui.people import sign_in

Sample = Callable[..., None]
__all__ = ["sticks"]


def backups_on(stick: Path) -> list[str]:
    """The names of the backups on a stick."""
    return sorted(path.name for path in stick.glob("*.age") if path.name != "office-key.age")


def aged(tmp_path: Path, days: int) -> None:
    """Have the last backups of the office be so many days old."""
    memory = DataFolder(tmp_path / "data").backed_up
    told = json.loads(memory.read_text("utf-8"))
    for kept in told.values():
        kept["made_at"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    memory.write_text(json.dumps(told), "utf-8")


def test_the_first_backup_is_made_by_keys_alone(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """Passphrase twice, one press, and it is on the stick, read back; the recovery sheet is at hand at once."""
    sample()
    stick = sticks.plug()
    program = open_program()
    page = go_to_backups(program, qtbot)
    assert page.carry.passphrase.isVisible()
    page.carry.passphrase.first.setFocus()
    type_text(PHRASE)
    press_key(Qt.Key.Key_Tab)
    type_text(PHRASE)
    assert QApplication.focusWidget() is page.carry.passphrase.again
    page.carry.start.setFocus(Qt.FocusReason.TabFocusReason)
    press_key(Qt.Key.Key_Space)
    settle(qtbot, program)
    (name,) = backups_on(stick)
    assert {path.name for path in stick.iterdir()} == {name, "office-key.age", "READ-ME.txt"}
    ((told, tone),) = notices(page.carry)
    assert (name in told, str(stick) in told, tone) == (True, True, "")
    assert page.carry.passphrase.isHidden()
    assert not page.carry.passphrase.first.text(), "a passphrase is not kept on the screen"
    assert name in page._facts["backup"].said.text()
    assert program.look.words.text("bar.backup", ago="").strip(" :") in texts(program.window.bar.backup)[0]

    press(page.key, "key.sheet", program)
    settle(qtbot, program)
    shown = program.window.pages.currentWidget()
    assert isinstance(shown, PreviewPage)
    assert shown.document.pageCount() == 1


def test_two_passphrases_must_agree(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """None, two that differ, one that is too short: told at their boxes, and nothing is written."""
    sample()
    stick = sticks.plug()
    program = open_program()
    page = go_to_backups(program, qtbot)
    asked = page.carry.passphrase
    for first, again, box in (("", "", asked.first), (PHRASE, "another", asked.again), ("short", "short", asked.first)):
        asked.first.setText(first)
        asked.again.setText(again)
        page.carry.start.click()
        settle(qtbot, program)
        assert box.property("wrong") == "true"
        assert QApplication.focusWidget() is box
        assert notices(page.carry) == []
    assert list(stick.iterdir()) == []


def test_a_stick_shows_by_itself_when_it_is_plugged_in(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """And goes when it is pulled out; another folder may be chosen all the same."""
    sample()
    program = open_program()
    page = go_to_backups(program, qtbot)
    assert page.carry.places.place() is None
    assert not page.carry.start.isEnabled()
    stick = sticks.plug()
    qtbot.waitUntil(lambda: page.carry.places.place() == stick, timeout=6000)
    assert page.carry.start.isEnabled()
    sticks.pull(stick)
    qtbot.waitUntil(lambda: page.carry.places.place() is None, timeout=6000)
    page.carry.places.offer(stick.parent)
    assert page.carry.places.place() == stick.parent
    settle(qtbot, program)


def test_the_next_backup_takes_one_press(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """No passphrase is asked for once there is a key; Ctrl+B begins, and the tooltip says so."""
    sample()
    stick = sticks.plug()
    program = open_program()
    page = carry(program, qtbot)
    assert "Ctrl+B" in page.carry.start.toolTip()
    page.carry.start.click()
    settle(qtbot, program)
    assert len(backups_on(stick)) == 2
    assert [tone for _, tone in notices(page.carry)] == [""]


def test_a_backup_that_fails_says_what_to_do(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """A stick that went in the meantime: told in red where one looks, and the button is ready for the next try."""
    sample()
    stick = sticks.plug()
    program = open_program()
    page = carry(program, qtbot)
    for path in stick.iterdir():
        path.unlink()
    stick.rmdir()
    page.carry.start.click()
    settle(qtbot, program)
    ((told, tone),) = notices(page.carry)
    assert tone == "stop"
    assert str(stick) in told
    assert page.carry.start.isEnabled()
    stick.mkdir()


def test_a_backup_can_be_stopped(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window goes on meanwhile and shows how far it is; stopped, nothing half-made is left."""
    sample()
    stick = sticks.plug()
    program = open_program()
    page = carry(program, qtbot)
    held, moved = threading.Event(), watch.Watch.moved

    def slowly(self: watch.Watch, size: int) -> None:
        held.wait(10)
        moved(self, size)

    monkeypatch.setattr(watch, "STRIDE", 1)
    monkeypatch.setattr(watch.Watch, "moved", slowly)
    before = sorted(stick.iterdir())
    page.carry.start.click()
    qtbot.waitUntil(page.carry.work.isVisible)
    qtbot.waitUntil(lambda: page.carry.work.bar.maximum() > 0)
    assert page.carry.work.bar.accessibleName()
    page.carry.work.stop.click()
    held.set()
    settle(qtbot, program)
    ((told, tone),) = notices(page.carry)
    assert (told, tone) == (program.look.words.text("problem.backup.cancelled"), "amber")
    assert sorted(stick.iterdir()) == before


def test_another_passphrase_opens_the_key(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Asked for the one of now and twice for the new one; a wrong one is told where one stands."""
    sample()
    sticks.plug()
    program = open_program()
    page = carry(program, qtbot)
    new = "خمس كلمات أخرى غيرها 77"
    press(page.key, "key.change", program)
    settle(qtbot, program)
    boxes = page.key.findChildren(type(page.carry.passphrase.first))
    for said, wrong in (
        ((PHRASE, new, "else"), True),
        (("not the one 12", new, new), True),
        ((PHRASE, new, new), False),
    ):
        for box, text in zip(boxes, said, strict=True):
            box.setText(text)
        press(page.key, "key.change.record", program)
        settle(qtbot, program)
        assert bool(page.key._asked.count()) is wrong
    assert program.services is not None
    backups = program.services.backups
    assert refusal(lambda: backups.recovery_key(PHRASE)) == "backup.wrong_passphrase"
    assert backups.recovery_key(new).startswith("AGE-SECRET-KEY-1")


def test_c17_what_is_lost_with_the_passphrase_is_said_in_red(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """Where it is typed for the first time; and then that its sheet is to be printed now."""
    sample()
    sticks.plug()
    program = open_program()
    text = program.look.words.text
    page = go_to_backups(program, qtbot)
    (lost,) = (each for each in page.findChildren(QLabel) if each.text() == text("backups.first.lost"))
    assert (lost.isVisible(), lost.property("role")) == (True, "problem")
    carry(program, qtbot)
    assert (text("key.print_now"), "stop") in notices(page.key)


def test_c17_the_recovery_sheet_is_tried_where_it_is_asked_for(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Today says in red that it was never printed; a mistyped key is told at its box, and the right one remembered."""
    sample()
    stick = sticks.plug()
    with build(tmp_path / "data") as services:
        services.backups.make(stick, passphrase=PHRASE)
    letters = str(vault.unseal((stick / KEY_FILE).read_bytes(), PHRASE))
    program = open_program()
    text = program.look.words.text
    assert text("today.sheet.unprinted") in texts(program.window.navigation.today)
    page = go_to_backups(program, qtbot)
    press(page.key, "key.trial", program)
    settle(qtbot, program)
    (box,) = page.key.findChildren(LineBox)
    for typed, told in ((letters[:-1], text("problem.backup.sheet_mistyped")), (letters, text("key.tried"))):
        box.setText(typed)
        press(page.key, "key.trial.record", program)
        settle(qtbot, program)
        assert told in (*texts(page.key), *(said for said, _tone in notices(page.key)))
    program.window.rail.button(Place.TODAY).click()
    settle(qtbot, program)
    assert text("today.sheet.unprinted") not in texts(program.window.navigation.today)


def test_without_a_key_today_says_so_in_red(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """The line stands first, and its button leads to the place of backups."""
    sample()
    program = open_program()
    words = program.look.words
    today = program.window.navigation.today
    assert words.text("today.backup.no_key") in texts(today)
    assert words.text("bar.no_backup") in texts(program.window.bar)
    press(today, "today.backup.open", program)
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), BackupsPage)
    assert program.window.rail.button(Place.BACKUPS).isChecked()


@pytest.mark.parametrize(("days", "tone"), [(3, None), (4, "amber"), (8, "stop")])
def test_c4_a_backup_that_is_old_is_told_by_its_age(
    days: int, tone: str | None, open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """Amber after three days, red after seven, counted from what was verified; nothing until then."""
    sample()
    sticks.plug()
    with build(tmp_path / "data") as services:
        services.backups.make(tmp_path / "media" / "KINGSTON", passphrase=PHRASE)
    aged(tmp_path, days)
    program = open_program()
    today = program.window.navigation.today
    words = program.look.words
    chips = [
        each.property("tone")
        for each in today.findChildren(QLabel)
        if each.isVisible() and each.text() == words.text("today.backup.chip")
    ]
    assert chips == ([tone] if tone else [])
    assert str(days) in texts(program.window.bar.backup)[0]


def test_every_press_of_the_place_has_its_key(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """Tab walks from the stick to the button and on to key, restore and health; Ctrl+R, F9 and Esc lead on and back."""
    sample()
    sticks.plug()
    program = open_program()
    page = carry(program, qtbot)
    next(iter(page.carry.places._options.values())).setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(8):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.accessibleName() or getattr(widget, "text", str)())
        press_key(Qt.Key.Key_Tab)
    said = program.look.words.text
    order = ["backups.other_folder", "backups.carry.start", "key.sheet", "key.trial", "key.change"]
    order += ["restore.open", "health.open"]
    assert seen[1:] == [said(key) for key in order]


def test_whoever_may_not_set_up_the_office_carries_backups_all_the_same(
    open_program: Open, peopled: Path, sticks: Sticks, qtbot: QtBot
) -> None:
    """A clerk makes no key, prints no sheet and restores nothing; who may is said where the button is off."""
    stick = sticks.plug()
    program = open_program()
    sign_in(program, qtbot, "ali")
    page = go_to_backups(program, qtbot)
    assert not page.carry.start.isEnabled()
    assert not page.carry.passphrase.isVisible()
    manager = program.look.words.choice("role", Role.MANAGER)
    assert manager in page.carry._reason.text()
    assert program.services is not None
    with build_as_manager(peopled, program, qtbot) as services:
        services.backups.make(stick, passphrase=PHRASE)
    program = open_program()
    sign_in(program, qtbot, "ali")
    page = carry(program, qtbot)
    assert len(backups_on(stick)) == 2
    assert not page.key.sheet.isEnabled()
    assert manager in page.key.sheet.toolTip()
    restoring = go_to_restore(program, qtbot)
    restoring.passphrase.setText(PHRASE)
    restoring.look_in.click()
    settle(qtbot, program)
    assert restoring.sides is not None
    assert not restoring.sides.word.isEnabled()
    assert any(manager in text for text in texts(restoring.sides))


@contextmanager
def build_as_manager(folder: Path, program: Program, qtbot: QtBot) -> Iterator[Services]:
    """The folder as the manager uses it, once the window has let go of it."""
    close(program)
    with build(folder, credentials=Credentials(MANAGER, PASSWORD)) as services:
        yield services
