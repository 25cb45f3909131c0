"""The file is opened so that what was acknowledged stays, and by nobody twice."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sanad.domain.errors import Bug, Refused
from sanad.store import database, driver
from sanad.store.database import APPLICATION_ID, Database, connect
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.upgrade import prepare
from tests.builders import Clock

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "secure_delete": 1,
    "temp_store": 2,
    "application_id": APPLICATION_ID,
}


def _write_and_fail(connection: Connection) -> None:
    connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    raise ZeroDivisionError


@pytest.fixture
def made(folder: Path, clock: Clock) -> Iterator[Database]:
    """An open data file without the services around it."""
    folder.mkdir()
    prepare(DataFolder(folder), clock())
    opened = Database(folder / DATA_FILE)
    yield opened
    opened.close()


def test_every_connection_is_set_as_the_office_needs_it(made: Database) -> None:
    """Writer and readers alike: write-ahead log, full synchronisation, foreign keys, no trust in the schema."""
    for door, only_reads in ((made.writing, 0), (made.reading, 1)):
        with door() as connection:
            told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in EXPECTED}
            assert told == EXPECTED
            assert connection.exec_driver_sql("PRAGMA query_only").scalar() == only_reads


def test_a_setting_that_does_not_take_is_a_bug(made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is not as it should be is not used."""
    with monkeypatch.context() as patched, pytest.raises(Bug, match="synchronous"):
        patched.setattr(database, "_PRAGMAS", {"synchronous": ("OFF", 2)})
        connect(folder / DATA_FILE)


def test_a_setting_that_the_library_lacks_is_told(made: Database) -> None:
    """Where memory mapping was left out of SQLite there is none, as wanted; any other silence is a setting lost."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys")
        assert driver.told(connection, "no_such_setting") is None

    class WithoutMapping:
        def execute(self, _: str) -> "WithoutMapping":
            return self

        def fetchone(self) -> None:
            return None

    assert driver.told(WithoutMapping(), "mmap_size") == 0  # type: ignore[arg-type]  # all it needs of one


def test_a_reader_cannot_write(made: Database) -> None:
    """The second engine only looks."""
    with pytest.raises(Refused) as refused, made.reading() as connection:
        connection.execute(text("DELETE FROM drafts"))
    assert refused.value.problems[0].code == "data.not_writable"


def test_a_file_that_is_not_there_is_never_made(folder: Path) -> None:
    """Opening does not create."""
    folder.mkdir()
    with pytest.raises(sqlite3.OperationalError):
        connect(folder / DATA_FILE)
    assert list(folder.iterdir()) == []


def test_a_failed_block_leaves_nothing(made: Database) -> None:
    """What was written before the failure is undone."""
    with pytest.raises(ZeroDivisionError), made.writing() as connection:
        _write_and_fail(connection)
    with made.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM numbers")).scalar() == 0


def test_d5_another_program_that_holds_the_file_is_told(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody opened the file with a tool of his own: a refusal, no half write."""
    monkeypatch.setitem(database._PRAGMAS, "busy_timeout", ("50", 50))
    folder.mkdir()
    prepare(DataFolder(folder), clock())
    opened = Database(folder / DATA_FILE)
    with closing(sqlite3.connect(folder / DATA_FILE, isolation_level=None)) as tool:
        tool.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused) as refused, opened.writing():
            pass
        tool.execute("ROLLBACK")
    assert refused.value.problems[0].code == "data.held"
    with opened.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    opened.close()


def test_a_broken_promise_of_ours_is_a_bug(made: Database) -> None:
    """A constraint that the code should have kept is not told to the user as his fault."""
    with pytest.raises(Bug, match="CHECK"), made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 0)"))


def test_closing_leaves_one_file(made: Database, folder: Path) -> None:
    """The write-ahead log is brought into the file, which can then be carried away by itself."""
    with made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    made.close()
    assert not (folder / f"{DATA_FILE}-wal").exists()
    with closing(sqlite3.connect(folder / DATA_FILE)) as plain:
        assert plain.execute("SELECT last FROM numbers").fetchone() == (1,)


def test_closing_bears_a_disk_that_no_longer_takes_anything(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the checkpoint fails the log beside the file keeps what was acknowledged, and the next start reads it."""
    with made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    monkeypatch.setattr(database, "_CHECKPOINT", "PRAGMA wal_checkpoint(")
    made.close()
    with closing(connect(folder / DATA_FILE)) as again:
        assert again.execute("SELECT last FROM numbers").fetchone() == (1,)


def test_a_number_beyond_the_file_is_not_dressed_up(made: Database) -> None:
    """What never reached SQLite is no fault of the disk."""
    with pytest.raises(OverflowError), made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', :last)"), {"last": 2**70})


WATCHED = """
import os, sys
from pathlib import Path
from sanad.bootstrap import build
live = os.path.realpath(sys.argv[1] + "/sanad.sqlite3")
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.path.realpath(arguments[0]) == live:
        os._exit(7)
sys.addaudithook(watch)
for _ in range(2):
    with build(Path(sys.argv[1])) as services:
        services.health.checks()
"""


def test_d6_nobody_reads_the_live_file_past_sqlite(folder: Path) -> None:
    """A plain open and close of the file would drop the locks that SQLite holds on it; nothing of ours does so."""
    done = subprocess.run([sys.executable, "-c", WATCHED, str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
