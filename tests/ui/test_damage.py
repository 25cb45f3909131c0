"""What is wrong with the data is told by itself, over every page: nothing is written over damage, records are named."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.changes import Changes
from sanad.domain.errors import Refused
from sanad.domain.office import Digits, Language
from sanad.store import database
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE
from sanad.ui.application import Program
from sanad.ui.backups import keeper
from sanad.ui.backups.health_page import HealthPage, Verdict
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.widgets.labels import isolated
from tests.builders import TODAY, Clock, a_family, a_study, a_voucher, an_office
from tests.ui.backups import (
    PHRASE,
    Sticks,
    carry,
    go_to_backups,
    go_to_health,
    go_to_restore,
    notices,
    press,
    sticks,
    texts,
)
from tests.ui.conftest import Open, settle

Sample = Callable[..., None]
__all__ = ["sticks"]


@pytest.fixture(autouse=True)
def _at_once(_no_check: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the desk to be quiet: the first look begins at once, and again as soon as it stepped aside."""
    monkeypatch.setattr(keeper, "FIRST_CHECK", 0)
    monkeypatch.setattr(keeper, "ASIDE", 0)


@pytest.fixture
def paid(tmp_path: Path) -> Path:
    """An office with a receipt; its data file."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        voucher = a_voucher(services)
        services.payments.receive(voucher.id, "حسن", TODAY, key="receipt")
    return tmp_path / "data" / DATA_FILE


def edited(file: Path, statement: str) -> None:
    """The file changed by somebody who takes the guards away first, and puts them back."""
    with closing(sqlite3.connect(file)) as tool:
        guards = tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute(statement)
        for _, sql in guards:
            tool.execute(sql)
        tool.commit()


def overwritten(file: Path, table: str) -> None:
    """The first page of a table full of nonsense, as a dying disk leaves it."""
    with closing(PLAIN.open(file)) as tool:
        (page,) = tool.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        (size,) = tool.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


def banner(program: Program) -> list[tuple[str, str]]:
    """What stands over the page of the moment, with its tone."""
    return notices(program.window.banner)


def test_f11_f4_a_changed_receipt_is_named_in_red_at_the_start(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot
) -> None:
    """Nobody pressed anything: the banner names the receipt by its number, and leads to the page that tells more."""
    edited(paid, "UPDATE receipts SET amount = amount + 1000")
    program = open_program()
    ((told, tone),) = banner(program)
    assert tone == "stop"
    assert "2026-000001" in told
    press(program.window.banner, "banner.more", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, HealthPage)
    words = program.look.words
    assert words.text("health.not_checked") not in texts(page)
    assert (words.text("health.restore"), "stop") in notices(page)
    wrong = [each for each in page.findChildren(Verdict) if each.accessibleName().endswith(words.text("health.found"))]
    assert len(wrong) == 1
    assert any("2026-000001" in text for text in texts(page))


def test_h9_what_was_changed_is_told_with_the_last_day_on_which_it_was_not(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot
) -> None:
    """Every file, receipt and request by its number; of many some, and how many more; and the backup before them."""
    first = open_program()
    sticks.plug()
    carry(first, qtbot)
    assert first.services is not None
    last = first.services.backups.last()
    assert last is not None
    first.window.close()
    settle(qtbot, first)
    first.close()
    edited(paid, "UPDATE receipts SET received_by = 'x'")
    edited(paid, "UPDATE requests SET received_on = '2025-01-01'")
    edited(paid, "UPDATE households SET phone = '1'")
    edited(paid, "UPDATE office SET phone = '1'")
    program = open_program()
    ((told, tone),) = banner(program)
    words = program.look.words
    assert tone == "stop"
    for record, number in (("receipts", "2026-000001"), ("requests", "2026-000001"), ("households", "1")):
        values = {"record": words.text(f"record.{record}"), "number": isolated(number)}
        assert words.text("problem.health.changed_outside", **values) in told
    assert words.text("doctor.more", count=1) in told
    assert words.text("banner.agreed", made=last.made_at.astimezone()) in told
    page = go_to_health(program, qtbot)
    page.check.click()
    settle(qtbot, program)
    assert banner(program) == [(told, tone)]


def test_b3_a_damaged_page_is_told_at_the_start_and_nothing_more_is_written(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot
) -> None:
    """Which part cannot be read, and the way to a backup; a save is refused, and the file stays as it lies."""
    overwritten(paid, "receipts")
    program = open_program()
    words = program.look.words
    assert program.services is not None
    (damaged, damaged_tone), (found, found_tone) = banner(program)
    assert (damaged_tone, found_tone) == ("stop", "stop")
    assert str(paid.parent) in damaged
    assert words.choice("file_part", "payments") in found
    lying = paid.read_bytes()
    with pytest.raises(Refused, match=r"data\.damaged"):
        a_family(program.services, a_study())
    assert paid.read_bytes() == lying
    press(program.window.banner, "banner.restore", program)
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), RestorePage)


def test_b3_damage_that_an_act_meets_is_told_at_once(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any check: the page that cannot be read refuses one act, and from then on the banner says so."""
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)
    program = open_program()
    assert program.services is not None
    assert banner(program) == []
    (family,) = program.services.households.search("", 5)
    with closing(sqlite3.connect(paid)) as tool:
        tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwritten(paid, "incomes")
    program.services.health._store._database._reader.dispose()  # what it remembers of the page goes with it
    program.window.navigation.open_household(family.id)
    settle(qtbot, program)
    ((told, tone),) = banner(program)
    assert tone == "stop"
    assert str(paid.parent) in told
    with pytest.raises(Refused, match=r"data\.damaged"):
        a_family(program.services, a_study())


def test_b3_a_file_of_which_nothing_can_be_told_is_still_told_of(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot
) -> None:
    """Where even the last entry of the journal cannot be read, damage is the one fact, and names the last backup."""
    first = open_program()
    sticks.plug()
    carry(first, qtbot)
    assert first.services is not None
    last = first.services.backups.last()
    assert last is not None
    first.window.close()
    settle(qtbot, first)
    first.close()
    overwritten(paid, "journal")
    program = open_program()
    words = program.look.words
    told = [text for text, tone in banner(program) if tone == "stop"]
    made = f"{words.date(last.made_at.astimezone())}"
    assert any(made in text and str(paid.parent) in text for text in told)
    assert any(words.choice("file_part", "journal") in text for text in told)


def test_what_agrees_is_told_on_its_page_and_nowhere_else(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """The page tells when everything was looked through last, without anybody having pressed for it."""
    sample()
    program = open_program()
    assert banner(program) == []
    assert program.services is not None
    checked = program.services.health.checked()
    assert checked is not None
    page = go_to_health(program, qtbot)
    words = program.look.words
    at = words.digits_shown(f"{checked.at.astimezone():%H:%M %d/%m/%Y}")
    assert words.text("health.all_fine_at", at=isolated(at)) in texts(page)
    assert len(page.findChildren(Verdict)) == len(checked.lines)


def test_the_digits_of_the_office_stand_in_what_is_told(open_program: Open, paid: Path, sticks: Sticks) -> None:
    """The number reads as on the paper."""
    edited(paid, "UPDATE receipts SET amount = amount + 1000")
    with build(paid.parent, Clock()) as services:
        services.offices.set_up(an_office(language=Language.ARABIC, digits=Digits.ARABIC))
    program = open_program()
    ((told, _),) = banner(program)
    assert isolated("٢٠٢٦-٠٠٠٠٠١") in told


def test_a_check_steps_aside_for_whatever_is_waited_for(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped in its middle, nothing is told of it, and it is begun anew when the thread is free."""
    sample()
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)
    monkeypatch.setattr(keeper, "ASIDE", 3_600_000)
    monkeypatch.setattr(database, "_STRIDE", 100)  # the sample is looked through in less than one
    program = open_program()
    assert program.services is not None
    assert program.window.desk is not None
    health = program.services.health
    kept = program.window.desk.keeper
    stopped: list[bool] = []
    checks = health.checks

    def slow(*, cancelled: Callable[[], bool]) -> object:
        while not cancelled():
            pass
        stopped.append(True)
        return checks(cancelled=cancelled)

    with monkeypatch.context() as patched:
        patched.setattr(health, "checks", slow)
        kept._check_if_due()
        assert program.background.busy
        answered: list[int] = []
        program.background.run(lambda: 1, answered.append)
        settle(qtbot, program)
    assert (stopped, answered) == ([True], [1])
    assert health.checked() is None
    assert banner(program) == []
    kept._check_soon.start(0)
    qtbot.waitUntil(lambda: health.checked() is not None, timeout=20_000)
    assert not health.check_due()


def test_a_check_is_not_begun_anew_by_what_is_recorded(
    open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy day it comes to its end all the same; whether a backup is due is asked after it."""
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)
    program = open_program()
    assert program.services is not None
    assert program.window.desk is not None
    services, began, let_go = program.services, threading.Event(), threading.Event()
    went_on: list[bool] = []
    asked: list[int] = []

    def when_due(*, cancelled: Callable[[], bool]) -> None:
        asked.append(len(went_on))

    def long(*, cancelled: Callable[[], bool]) -> None:
        began.set()
        let_go.wait(30)
        went_on.append(not cancelled())

    with monkeypatch.context() as patched:
        patched.setattr(services.health, "checks", long)
        program.window.desk.keeper._check_if_due()
        qtbot.waitUntil(began.is_set)
        patched.setattr(services.backups, "when_due", when_due)
        for _ in range(3):
            program.tasks.run(
                lambda: a_family(services), lambda _made: program.refresh.changed.emit(Changes(frozenset()))
            )
            qtbot.waitUntil(lambda: not program.tasks.busy)
        program.window.desk.keeper._look_again()  # the hour strikes while it is under way
        let_go.set()
        settle(qtbot, program)
    assert (went_on, asked) == ([True], [1])


@pytest.mark.parametrize("go", [go_to_backups, go_to_restore])
def test_a_page_that_is_left_open_has_no_check_step_aside(
    go: Callable[[Program, QtBot], QWidget],
    open_program: Open,
    sample: Sample,
    sticks: Sticks,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The places of backups look for sticks time and again, and let the check come to its end all the same."""
    sample()
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)
    program = open_program()
    assert program.services is not None
    assert program.window.desk is not None
    pulse: QTimer = go(program, qtbot)._pulse  # type: ignore[attr-defined]  # both pages have one
    looks: list[int] = []
    pulse.timeout.connect(lambda: looks.append(1))
    pulse.start(5)
    went_on: list[bool] = []

    def long(*, cancelled: Callable[[], bool]) -> None:
        until = time.monotonic() + 30
        while len(looks) < 20 and time.monotonic() < until:
            time.sleep(0.01)
        went_on.append(not cancelled())

    with monkeypatch.context() as patched:
        patched.setattr(program.services.health, "checks", long)
        looks.clear()
        program.window.desk.keeper._check_if_due()
        qtbot.waitUntil(lambda: bool(went_on), timeout=40_000)
    assert went_on == [True]
    assert len(looks) >= 20


def test_f11_a_backup_that_finds_the_data_changed_has_the_record_named(
    open_program: Open, paid: Path, sticks: Sticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup that is due tells its check alone; what it met is looked for at once, and named in red."""
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)
    with build(paid.parent, Clock()) as services:
        services.backups.make(sticks.plug(), passphrase=PHRASE)
        a_family(services)
    edited(paid, "UPDATE receipts SET amount = amount + 1000")
    program = open_program()
    (found, found_tone), (_, own_tone) = banner(program)
    assert (found_tone, own_tone) == ("stop", "amber")
    assert "2026-000001" in found


def test_everything_is_looked_through_once_a_day(open_program: Open, paid: Path, sticks: Sticks, qtbot: QtBot) -> None:
    """A window may stay open for days: everything is looked at when a day went by, and not before."""
    program = open_program()
    assert program.window.desk is not None
    assert program.services is not None
    health = program.services.health
    first = health.checked()
    assert first is not None
    program.window.desk.keeper._look_again()
    settle(qtbot, program)
    assert health.checked() is first
    health._checked = replace(first, at=first.at - timedelta(days=1))
    program.window.desk.keeper._look_again()
    settle(qtbot, program)
    last = health.checked()
    assert last is not None
    assert last.at > first.at
