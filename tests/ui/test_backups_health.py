"""How the folder stands, in the window: the same facts as the doctor tells, and banners while something wants care."""

import shutil
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.health import Fact, Standing
from sanad.services.backups import Backups
from sanad.services.health import Health
from sanad.store import condition
from sanad.store.folder import DATA_FILE
from sanad.ui.application import Program
from sanad.ui.backups.health_page import HealthPage, Verdict
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.backups.telling import FactRow, said
from sanad.ui.fields.box import LineBox
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import isolated
from tests.backups import refusal
from tests.builders import a_household, a_study
from tests.ui.backups import Sticks, go_to_health, notices, press, sticks
from tests.ui.conftest import Open, settle

Sample = Callable[..., None]
Usage = namedtuple("Usage", "total used free")
__all__ = ["sticks"]


def rows(page: HealthPage) -> dict[str, str]:
    """What the page tells, by its titles."""
    return {row.title.text(): row.said.text() for row in page.findChildren(FactRow) if row.isVisible()}


def test_the_page_tells_what_the_doctor_tells(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """Every fact of the service, in its words; every check with its verdict, at one press."""
    sample()
    program = open_program()
    page = go_to_health(program, qtbot)
    assert program.services is not None
    words = program.look.words
    facts = program.services.health.facts()
    assert list(rows(page)) == [words.text(f"fact.{fact.name}") for fact in facts]
    still = [fact for fact in facts if fact.name not in ("clock", "space")]  # these go on by themselves
    assert {words.text(f"fact.{fact.name}"): said(words, fact) for fact in still}.items() <= rows(page).items()
    page.check.click()
    settle(qtbot, program)
    verdicts = [each.accessibleName() for each in page.findChildren(Verdict)]
    checks = program.services.health.checks()
    assert len(verdicts) == len(checks)
    assert all(name.endswith(words.text("health.fine")) for name in verdicts)
    assert page.check.isEnabled()


STATES = {"guarded": ("guarded", "mended"), "mended": ("mended", "guarded")}


@pytest.mark.parametrize(
    ("version", "state"),
    [("3.40.1", "guarded"), ("3.51.2", "guarded"), ("3.50.7", "mended"), ("3.51.3", "mended"), ("3.53.0", "mended")],
)
def test_l6_the_page_tells_whether_this_sqlite_has_the_fault_of_two_writers(
    version: str, state: str, open_program: Open, sample: Sample, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that came with another Python is told by its version, and in words that fit it."""
    measure = condition.measure
    monkeypatch.setattr(condition, "measure", lambda *of, **told: replace(measure(*of, **told), sqlite=version))
    sample()
    program = open_program()
    page = go_to_health(program, qtbot)
    words = program.look.words
    fits, other = (said(words, Fact("sqlite", each, Standing.FINE, {"version": version})) for each in STATES[state])
    assert rows(page)[words.text("fact.sqlite")] == fits != other
    assert version in fits


def test_damage_is_named_and_leads_to_a_backup(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """What was put into the file from outside is found; the way to restore stands beside it."""
    sample()
    with closing(sqlite3.connect(tmp_path / "data" / DATA_FILE)) as tool:
        tool.execute("CREATE TABLE stranger (id INTEGER)")
        tool.commit()
    program = open_program()
    page = go_to_health(program, qtbot)
    page.check.click()
    settle(qtbot, program)
    words = program.look.words
    assert (words.text("health.restore"), "stop") in notices(page)
    press(page, "restore.open", program)
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), RestorePage)


def test_b2_a_disk_that_is_nearly_full_is_told_before_it_is(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over every page, with what is free and what the backups take; gone when there is room again."""
    sample()
    usage = [Usage(10**11, 10**11, 499 * 10**6)]
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: usage[0])
        program = open_program()
        ((told, tone),) = notices(program.window.banner)
        assert tone == "amber"
        assert program.look.words.size(499 * 10**6) in told
        press(program.window.banner, "banner.more", program)
        settle(qtbot, program)
        page = program.window.pages.currentWidget()
        assert isinstance(page, HealthPage)
        assert told in rows(page).values()
        usage[0] = Usage(10**11, 0, 10**11)
        assert program.window.desk is not None
        program.window.desk.keeper.look()
        settle(qtbot, program)
    assert not program.window.banner.isVisible()


def test_a11_a_disk_that_fails_is_not_looked_at_without_end(
    open_program: Open, sample: Sample, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Backup and facts are refused alike: two looks overlap, and neither begins another."""
    sample()
    program = open_program()
    assert program.window.desk is not None
    kept = program.window.desk.keeper
    looks: list[int] = []

    def fails(*_said: Any, **_more: Any) -> Any:
        raise Refused.because("data.disk_failing", folder="x")

    def facts(_health: Health) -> Any:
        looks.append(1)
        fails()

    with monkeypatch.context() as failing:
        failing.setattr(Backups, "when_due", fails)
        failing.setattr(Health, "facts", facts)
        kept.remember()
        settle(qtbot, program)
    assert 2 <= len(looks) <= 3
    kept.facts = ()
    kept.look()
    settle(qtbot, program)
    assert kept.fact("disk") is not None, "a disk that was well again was looked at no more"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a11_a_disk_that_loses_a_write_is_told_in_red_at_once(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """The save that the disk would not keep is refused, and the banner asks for a backup though nobody looked."""
    import resource

    sample()
    program = open_program()
    assert program.services is not None
    assert notices(program.window.banner) == []
    program.window.navigation.open_household(program.services.households.search("", 1)[0].id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("household.resident_of", "المالكية")
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    try:
        page.save()
        settle(qtbot, program)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    folder = str(program.folder)
    words = program.look.words
    assert notices(program.window.banner) == [(words.text("fact.disk.failing", folder=isolated(folder)), "stop")]
    assert page.family is not None
    assert page.family.version == 1
    page.save()
    settle(qtbot, program)
    assert program.services.households.open(page.family.id).version == 1  # though the disk answers again


def test_j1_a_clock_that_went_back_is_told_in_red(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both times are named, before any payment is refused for it."""
    sample()
    back = datetime(2009, 1, 1, 9, tzinfo=UTC)
    opened = Program.__init__

    def with_old_clock(self: Program, *said: object) -> None:
        qt, _, folder, reference, *_ = said
        opened(self, qt, lambda: build(tmp_path / "data", lambda: back), folder, reference)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(Program, "__init__", with_old_clock)
    program = open_program()
    ((told, tone),) = notices(program.window.banner)
    assert tone == "stop"
    assert "2009" in told
    shutil.rmtree(tmp_path / "data" / "logs", ignore_errors=True)


def test_a_head_from_a_receipt_is_looked_for(open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot) -> None:
    """The letters on a receipt are found in the journal; others are not; what is no head is told at its box."""
    sample()
    program = open_program()
    page = go_to_health(program, qtbot)
    assert program.services is not None
    head = next(fact for fact in program.services.health.facts() if fact.name == "journal_head").values["head"]
    fine = program.look.words.text("health.fine")
    for typed, sound in ((str(head), True), ("0123456789abcdef", False)):
        page.head.setText(typed)
        page.check.click()
        settle(qtbot, program)
        verdicts = [each.accessibleName().endswith(fine) for each in page.findChildren(Verdict) if each.isVisible()]
        assert all(verdicts) is sound
    page.head.setText("x")
    page.check.click()
    settle(qtbot, program)
    assert page.head.property("wrong") == "true"
    assert page.check.isEnabled()


def test_h10_data_older_than_they_were_wait_for_a_word(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """An older copy in the folder's place: red over every page, nothing is recorded, until somebody says why."""
    sample()
    shutil.copytree(tmp_path / "data", tmp_path / "older")
    with build(tmp_path / "data") as services:
        services.households.register(a_study(a_household(head="سلمان جعفر")), key="one more")
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "older").replace(tmp_path / "data")
    program = open_program()
    assert [tone for _, tone in notices(program.window.banner)] == ["stop"]
    page = go_to_health(program, qtbot)
    (form,) = page.findChildren(InlineForm)
    form.record.click()
    settle(qtbot, program)
    assert program.services is not None
    services = program.services
    study = a_study(a_household(head="جعفر سلمان"))
    assert refusal(lambda: services.households.register(study, key="refused")) == "data.older"
    (box,) = form.findChildren(LineBox)
    box.setText("نُقل المكتب إلى جهاز آخر")
    form.record.click()
    settle(qtbot, program)
    assert not program.window.banner.isVisible()
    assert page.findChildren(InlineForm) == []
    services.households.register(study, key="recorded")
