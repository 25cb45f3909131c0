"""How the folder stands, in the window: the same facts as the doctor tells, and banners while something wants care."""

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.store.folder import DATA_FILE
from sanad.ui.application import Program
from sanad.ui.backups.health_page import HealthPage, Verdict
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.backups.telling import FactRow, said
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


def test_a_disk_that_lost_a_write_is_told_in_red(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """Nothing more is written to it, and a backup is asked for at once."""
    sample()
    program = open_program()
    assert program.services is not None
    program.services.health._store._database._failed = True
    assert program.window.desk is not None
    program.window.desk.keeper.look()
    settle(qtbot, program)
    assert [tone for _, tone in notices(program.window.banner)] == ["stop"]


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
