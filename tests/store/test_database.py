"""The file is opened so that what was acknowledged stays, and by nobody twice."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sanad.domain.errors import Bug, Refused
from sanad.store import database, driver
from sanad.store.database import APPLICATION_ID, Database, connect
from sanad.store.driver import Driver, errors
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.upgrade import prepare
from tests.builders import Clock
from tests.drivers import BARE

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
def opens(library: str) -> Driver:
    """What opens the files of this test."""
    return BARE[library]


@pytest.fixture
def made(folder: Path, clock: Clock, opens: Driver) -> Iterator[Database]:
    """An open data file without the services around it."""
    folder.mkdir()
    prepare(DataFolder(folder, opens), clock())
    opened = Database(folder / DATA_FILE, opens)
    yield opened
    opened.close()


def test_every_connection_is_set_as_the_office_needs_it(made: Database) -> None:
    """Writer and readers alike: write-ahead log, full synchronisation, foreign keys, no trust in the schema."""
    for door, only_reads in ((made.writing, 0), (made.reading, 1)):
        with door() as connection:
            told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in EXPECTED}
            assert told == EXPECTED
            assert connection.exec_driver_sql("PRAGMA query_only").scalar() == only_reads


def test_a_setting_that_does_not_take_is_a_bug(
    made: Database, folder: Path, opens: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that is not as it should be is not used."""
    with monkeypatch.context() as patched:
        patched.setattr(database, "_PRAGMAS", {"synchronous": ("OFF", 2)})
        with pytest.raises(Bug, match="synchronous"):
            connect(folder / DATA_FILE, driver=opens)


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


def test_a_file_that_is_not_there_is_never_made(folder: Path, opens: Driver) -> None:
    """Opening does not create."""
    folder.mkdir()
    with pytest.raises(errors()):
        connect(folder / DATA_FILE, driver=opens)
    assert list(folder.iterdir()) == []


def test_a_failed_block_leaves_nothing(made: Database) -> None:
    """What was written before the failure is undone."""
    with pytest.raises(ZeroDivisionError), made.writing() as connection:
        _write_and_fail(connection)
    with made.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM numbers")).scalar() == 0


def test_d5_another_program_that_holds_the_file_is_told(
    folder: Path, clock: Clock, opens: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody opened the file with a tool of his own: a refusal, no half write."""
    monkeypatch.setitem(database._PRAGMAS, "busy_timeout", ("50", 50))
    folder.mkdir()
    prepare(DataFolder(folder, opens), clock())
    opened = Database(folder / DATA_FILE, opens)
    with closing(opens.open(folder / DATA_FILE)) as tool:
        tool.execute("BEGIN EXCLUSIVE")
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


def test_closing_leaves_one_file(made: Database, folder: Path, opens: Driver) -> None:
    """The write-ahead log is brought into the file, which can then be carried away by itself."""
    with made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    made.close()
    assert not (folder / f"{DATA_FILE}-wal").exists()
    with closing(opens.open(folder / DATA_FILE)) as alone:
        assert alone.execute("SELECT last FROM numbers").fetchone() == (1,)


def test_closing_bears_a_disk_that_no_longer_takes_anything(
    made: Database, folder: Path, opens: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the checkpoint fails the log beside the file keeps what was acknowledged, and the next start reads it."""
    with made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))
    monkeypatch.setattr(database, "_CHECKPOINT", "PRAGMA wal_checkpoint(")
    made.close()
    with closing(connect(folder / DATA_FILE, driver=opens)) as again:
        assert again.execute("SELECT last FROM numbers").fetchone() == (1,)


def test_a_number_beyond_the_file_is_not_dressed_up(made: Database) -> None:
    """What never reached SQLite is no fault of the disk."""
    with pytest.raises(OverflowError), made.writing() as connection:
        connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', :last)"), {"last": 2**70})


def test_b4_a_file_opened_to_be_read_alone_is_refused_and_let_go_of(
    made: Database, folder: Path, opens: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As SQLite opens one that it may not write; whoever is told can mend it and try again at once."""
    made.close()
    opened = Driver.open
    with monkeypatch.context() as patched:
        patched.setattr(Driver, "open", lambda driver, file, **_: opened(driver, file, mode="ro"))
        with pytest.raises(Refused) as refused:
            Database(folder / DATA_FILE, opens).refuse_unwritable()
    assert refused.value.problems[0].code == "data.not_writable"
    again = Database(folder / DATA_FILE, opens)
    again.refuse_unwritable()
    again.close()


def test_a_file_that_cannot_be_looked_at_is_told(made: Database, folder: Path, opens: Driver) -> None:
    """Only a full disk has it read as it lies; whatever else is wrong is said."""
    made.close()
    (folder / DATA_FILE).write_bytes(b"no data file, and of some length" * 200)
    with pytest.raises(Refused) as refused, Database(folder / DATA_FILE, opens).reading():
        pass
    assert refused.value.problems[0].code == "data.damaged"


WATCHED = """
import os, sys
from pathlib import Path
from sanad.bootstrap import build
from sanad.store import vault
from tests.builders import a_family, an_office
vault.FACTOR = 8
live = os.path.realpath(sys.argv[1] + "/sanad.sqlite3")
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.path.realpath(arguments[0]) == live:
        os._exit(7)
sys.addaudithook(watch)
folder, stick = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(2):
    with build(folder, who="x") as services:
        services.offices.set_up(an_office())
        a_family(services)
        services.health.checks()
        services.health.facts()
        services.backups.when_due(closing=True)
        made = Path(services.backups.make(stick, passphrase="four words and more").path)
        services.restores.compare(made, "four words and more", folder)
        services.restores.undoable(folder)
        services.restores.verify(made, "four words and more", folder)
        a_family(services)
        assert [line for line in services.health.checks() if not line.ok] == []
"""


def test_d6_nobody_reads_the_live_file_past_sqlite(folder: Path, tmp_path: Path, plain_only: None) -> None:
    """A plain open and close of the file would drop the locks that SQLite holds on it; nothing of ours does so.

    Neither at the opening, nor by a check, a backup, or a look at the data beside a backup.
    """
    (tmp_path / "stick").mkdir()
    run = [sys.executable, "-c", WATCHED, str(folder), str(tmp_path / "stick")]
    done = subprocess.run(run, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def a_large_write(made: Database) -> None:
    """A megabyte in one act."""
    with made.writing() as connection:
        connection.execute(text("INSERT OR REPLACE INTO office_logo VALUES (1, :picture)"), {"picture": b"x" * 2**20})


def test_b7_the_log_shrinks_again_after_a_long_look(made: Database, folder: Path) -> None:
    """While somebody reads, everything that is written stays in the log; afterwards it is as short as before."""
    log = folder / f"{DATA_FILE}-wal"
    with made.reading() as look:
        look.execute(text("SELECT count(*) FROM office_logo")).scalar()
        for _ in range(24):
            a_large_write(made)
        assert log.stat().st_size > database._LONGEST_LOG
        assert look.execute(text("SELECT count(*) FROM office_logo")).scalar() == 0
    for _ in range(3):
        a_large_write(made)
    assert log.stat().st_size <= database._LONGEST_LOG < 64 * 2**20


def test_b7_b3_at_rest_nothing_is_brought_into_a_damaged_file(made: Database, folder: Path) -> None:
    """What stands in the log stays there; in a sound file it comes into the file."""
    a_large_write(made)
    before = (folder / DATA_FILE).stat().st_size
    made.settle()
    sound = (folder / DATA_FILE).stat().st_size
    assert sound > before + 2**20 - 2**16
    with made.writing() as connection:
        connection.execute(text("CREATE TABLE larger (picture BLOB) STRICT"))
        connection.execute(text("INSERT INTO larger VALUES (:picture)"), {"picture": b"y" * 2**20})
    made.condemn()
    after = (folder / DATA_FILE).stat().st_mtime_ns, (folder / DATA_FILE).stat().st_size
    made.settle()
    assert ((folder / DATA_FILE).stat().st_mtime_ns, (folder / DATA_FILE).stat().st_size) == after


def test_b7_at_rest_nobody_waits_for_whoever_writes(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is shortened at the next rest; nor does closing, which cannot wait for ever, end in a bug of ours."""
    a_large_write(made)
    before = (folder / DATA_FILE).stat().st_size
    monkeypatch.setattr(made._writer.pool, "_timeout", 0.2)
    asked: list[str] = []
    with made.writing():
        with monkeypatch.context() as patched:
            patched.setattr(made, "_checkpoint", asked.append)
            made.settle()
        made._checkpoint(database._CHECKPOINT)
    assert asked == []
    assert (folder / DATA_FILE).stat().st_size == before
    made.settle()
    assert (folder / DATA_FILE).stat().st_size > before
    assert not made.failing


def test_l6_there_is_never_a_second_writer(made: Database) -> None:
    """Whatever the library's version: the next act waits for the connection of the one before, and looks only read."""
    assert made._writer.pool.size() == 1  # type: ignore[attr-defined]  # the kind of pool that is asked for
    assert made._writer.pool._max_overflow == 0  # type: ignore[attr-defined]  # as above
    waited = threading.Event()

    def second() -> None:
        with made.writing() as connection:
            waited.set()
            connection.execute(text("INSERT INTO numbers VALUES ('voucher-2026', 1)"))

    with made.writing():
        other = threading.Thread(target=second)
        other.start()
        assert not waited.wait(0.1)
    other.join()
    assert waited.is_set()


FEW_FILES = """
import resource, sys
from pathlib import Path
from sanad.bootstrap import build
from sanad.domain.errors import Refused
from tests.builders import Clock, a_family, an_office
folder = Path(sys.argv[1])
with build(folder, Clock(), who="x") as services:
    services.offices.set_up(an_office())
    a_family(services)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
for allowed in range(3, 40):
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    try:
        with build(folder, Clock(), who="x") as services:
            a_family(services)
            print("saved")
    except Refused as refused:
        print(refused.problems[0].code)
    except OSError:
        pass
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
with build(folder, Clock(), who="x") as services:
    a_family(services)
    print(services.households.count() >= 2, all(line.ok for line in services.health.checks()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_b4_too_many_open_files_never_end_in_a_file_that_is_only_read(folder: Path, plain_only: None) -> None:
    """SQLite then opens the file for reading alone, and says nothing; here it is told, or what is written is saved."""
    run = [sys.executable, "-c", FEW_FILES, str(folder)]
    done = subprocess.run(run, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    *told, last = done.stdout.splitlines()
    assert last == "True True"
    assert set(told) == {"data.not_writable", "saved"}
