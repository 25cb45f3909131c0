"""A file of another kind or age is refused or brought to today, and never half."""

import os
import platform
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Bug, Refused
from sanad.store import health, upgrade
from sanad.store.database import APPLICATION_ID
from sanad.store.folder import DATA_FILE, DataFolder, settle
from sanad.store.upgrade import NEWEST
from tests.backups import everything
from tests.builders import Clock, a_family, an_office
from tests.drivers import tool_on

STEP = '''
"""A step of a later program."""
from alembic import op
revision = "{step}"
down_revision = "{before}"
def upgrade():
    op.execute("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")
    op.execute("{more}")
'''
LATER = f"{int(NEWEST) + 1:04}"
REBUILD = "ALTER TABLE drafts ADD COLUMN language TEXT NOT NULL DEFAULT 'ar'"


@pytest.fixture
def older(folder: Path, clock: Clock) -> Path:
    """A data folder as today's program leaves it, with one family."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        a_family(services)
    return folder


def a_later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    """The program of the day after, whose next step makes a table and does ``more``."""
    steps = tmp_path / "steps"
    shutil.copytree(upgrade.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    step = STEP.format(step=LATER, before=NEWEST, more=more)
    (steps / f"step_{LATER}.py").write_text(step, encoding="utf-8")
    monkeypatch.setattr(upgrade, "STEPS", steps)
    monkeypatch.setattr(upgrade, "NEWEST", LATER)
    monkeypatch.setattr(health, "NEWEST", LATER)


def tables_of(file: Path) -> set[str]:
    """The names of the tables in a file."""
    with closing(tool_on(file)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def refusal(folder: Path, clock: Clock) -> str:
    """The code of the one refusal that opening meets."""
    with pytest.raises(Refused) as refused:
        build(folder, clock)
    return refused.value.problems[0].code


def other_database(file: Path) -> None:
    """A SQLite file of another program."""
    with closing(tool_on(file)) as connection:
        connection.execute("CREATE TABLE notes (text TEXT)")


@pytest.mark.parametrize(
    "made",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(bytes(range(256)) * 40),
        lambda file: file.write_bytes(b"%PDF-1.7\n" + b"0" * 4096),
        other_database,
    ],
    ids=["empty", "noise", "pdf", "another program's"],
)
def test_b9_a_foreign_file_is_left_as_it_is(made: Callable[[Path], object], folder: Path, clock: Clock) -> None:
    """Whatever lies where the data file should be is refused and not changed by a byte."""
    folder.mkdir()
    made(folder / DATA_FILE)
    before = (folder / DATA_FILE).read_bytes()
    assert refusal(folder, clock) == "data.not_ours"
    assert (folder / DATA_FILE).read_bytes() == before


def test_l2_a_file_of_a_newer_program_is_left_as_it_is(older: Path, clock: Clock) -> None:
    """An older program reads nothing and writes nothing: not into the file, and not beside it."""
    with closing(tool_on(older / DATA_FILE)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    before = everything(older)
    assert refusal(older, clock) == "data.newer"
    assert everything(older) == before


def test_a_file_with_an_unreadable_page_is_told(older: Path, clock: Clock) -> None:
    """Damage at the root of the file is a refusal, not a traceback."""
    content = bytearray((older / DATA_FILE).read_bytes())
    content[100:108] = b"\xff" * 8
    (older / DATA_FILE).write_bytes(content)
    assert refusal(older, clock) == "data.damaged"


def test_l1_an_older_file_is_copied_and_then_brought_to_today(
    older: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is what the older program left; the file has the step; the family is there as before."""
    a_later_program(tmp_path, monkeypatch, REBUILD)
    with build(older, clock) as services:
        assert services.households.count() == 1
        assert [line for line in services.health.checks() if not line.ok] == []
    assert "later" in tables_of(older / DATA_FILE)
    (copy,) = DataFolder(older).before_upgrades.iterdir()
    assert copy.name == f"sanad-{NEWEST}-2026-11-22-090000.sqlite3"
    assert "later" not in tables_of(copy)
    with closing(tool_on(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM households").fetchone() == (1,)


def test_only_the_copies_of_the_last_upgrades_are_kept(
    older: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is as large as the data: three stay, the latest; what is no copy of ours is left alone."""
    kept = DataFolder(older).before_upgrades
    kept.mkdir()
    for name in ("sanad-0001-a.sqlite3", "sanad-0002-b.sqlite3", "sanad-0003-c.sqlite3", "notes.txt"):
        (kept / name).write_bytes(b"then")
    a_later_program(tmp_path, monkeypatch, REBUILD)
    build(older, clock).close()
    names = sorted(path.name for path in kept.iterdir())
    assert names == [
        "notes.txt",
        "sanad-0002-b.sqlite3",
        "sanad-0003-c.sqlite3",
        f"sanad-{NEWEST}-2026-11-22-090000.sqlite3",
    ]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("INSERT INTO incomes VALUES ('nobody', 0, 'salary', 1, NULL, '')", Bug),
        ("INSERT INTO numbers VALUES ('x', 0)", Bug),
        ("SELECT no_such_function()", Bug),
    ],
    ids=["points at nothing", "breaks a check", "is wrong"],
)
def test_a_step_that_fails_is_undone_whole(
    more: str, error: type[Exception], older: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its tables nor its number stay, and the program before can go on."""
    with monkeypatch.context() as later:
        a_later_program(tmp_path, later, more)
        with pytest.raises(error):
            build(older, clock)
    assert "later" not in tables_of(older / DATA_FILE)
    assert list(DataFolder(older).before_upgrades.iterdir()) == []
    with build(older, clock) as services:
        assert services.households.count() == 1


def test_a7_an_upgrade_that_fails_takes_no_copy_away(
    folder: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at a later step, the file is of neither program: the copy of before stays, and all those before it."""
    folder.mkdir()
    with closing(tool_on(folder / DATA_FILE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        upgrade.climb(connection, "0003")
    kept = DataFolder(folder).before_upgrades
    kept.mkdir()
    before = {f"sanad-000{step}-2026-0{step}-01-090000.sqlite3" for step in (1, 2, 3)}
    for name in before:
        (kept / name).write_bytes(b"then")
    with monkeypatch.context() as later:
        a_later_program(tmp_path, later, "SELECT no_such_function()")
        for _ in range(2):
            with pytest.raises(Bug):
                build(folder, clock)
    made = {path.name for path in kept.iterdir()} - before
    assert made == {"sanad-0003-2026-11-22-090000.sqlite3"}
    build(folder, clock).close()
    assert before < {path.name for path in kept.iterdir()}


def test_l1_the_copy_just_made_stays_though_those_of_later_programs_lie_there(
    older: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old backup was restored: by the day on which they were made, the latest stay, whatever step they are of."""
    kept = DataFolder(older).before_upgrades
    kept.mkdir()
    for name in ("0098-2026-03-01", "0099-2026-01-01", "0099-2026-02-01"):
        (kept / f"sanad-{name}-090000.sqlite3").write_bytes(b"then")
    a_later_program(tmp_path, monkeypatch, REBUILD)
    build(older, clock).close()
    assert sorted(path.name for path in kept.iterdir()) == [
        f"sanad-{NEWEST}-2026-11-22-090000.sqlite3",
        "sanad-0098-2026-03-01-090000.sqlite3",
        "sanad-0099-2026-02-01-090000.sqlite3",
    ]


def test_a_damaged_older_file_is_not_upgraded(
    older: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is checked before anything is changed; what cannot be copied soundly is refused as it is."""
    with closing(tool_on(older / DATA_FILE)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("INSERT INTO numbers VALUES ('x', 0)")
        connection.commit()
    a_later_program(tmp_path, monkeypatch, REBUILD)
    assert refusal(older, clock) == "data.damaged"
    assert "later" not in tables_of(older / DATA_FILE)


def test_a_first_start_that_was_cut_short_begins_anew(folder: Path, clock: Clock) -> None:
    """A file that was growing when the power went is thrown away; it held nothing yet."""
    folder.mkdir()
    DataFolder(folder).unfinished.write_bytes(b"half")
    build(folder, clock).close()
    assert not DataFolder(folder).unfinished.exists()
    assert (folder / DATA_FILE).exists()


def test_a_file_system_that_fails_while_making_is_told(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for a new file: refused with the folder, and no data file under its name."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrade, "settle", full)
    assert refusal(folder, clock) == "data.disk_full"
    assert not (folder / DATA_FILE).exists()


def test_windows_is_not_asked_to_bring_a_folder_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows no such request; a file is brought there as everywhere."""
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    (tmp_path / "file").write_text("x")
    settle(tmp_path)
    assert asked == []
    settle(tmp_path / "file")
    assert len(asked) == 1


def test_an_office_of_before_the_account_keeps_its_words(folder: Path, clock: Clock) -> None:
    """Steps 4 and 8 make its row anew: every word stays, the account is empty, no picture there, no day shifted."""
    folder.mkdir()
    said = ("karzakan-2020", "جمعية", "Society", "17", "ar", "arabic", "BHD", "لجنة", "Committee")
    with closing(tool_on(folder / DATA_FILE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        upgrade.climb(connection, "0003")
        connection.execute("INSERT INTO office VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)", said)
    with build(folder, clock) as services:
        office = services.offices.read()
        assert office is not None
        assert (office.name_ar, office.committee_en, office.phone, office.iban) == ("جمعية", "Committee", "17", "")
        assert office.hijri_shift == 0
        assert services.offices.logo() is None
        wrong = [line.name for line in services.health.checks() if not line.ok]
        assert wrong == ["posted"], "nobody recorded this office, and that is noticed"
