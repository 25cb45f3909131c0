"""What the user can mend is told apart from what is wrong with the program."""

import errno
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from sanad.domain.errors import Bug, Refused
from sanad.store import faults

FOLDER = Path("somewhere")


def an_error(code: int | None) -> sqlite3.OperationalError:
    """An error of SQLite with that code."""
    error = sqlite3.OperationalError("told")
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_FULL, "data.disk_full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "data.disk_full"),
        (sqlite3.SQLITE_READONLY, "data.not_writable"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "data.not_writable"),
        (sqlite3.SQLITE_CANTOPEN, "data.not_writable"),
        (sqlite3.SQLITE_BUSY, "data.held"),
        (sqlite3.SQLITE_IOERR_FSYNC, "data.disk_failing"),
        (sqlite3.SQLITE_CORRUPT, "data.damaged"),
        (sqlite3.SQLITE_NOTADB, "data.damaged"),
    ],
)
def test_what_the_world_did_is_refused_with_its_folder(code: int, told: str) -> None:
    """A failure outside the program names the folder and what to do there."""
    refused = faults.of_sqlite(an_error(code), FOLDER)
    assert isinstance(refused, Refused)
    assert [(problem.code, problem.values["folder"]) for problem in refused.problems] == [(told, "somewhere")]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_ERROR, None])
def test_everything_else_is_a_bug(code: int | None) -> None:
    """A broken constraint or a wrong statement is ours, not the user's."""
    assert isinstance(faults.of_sqlite(an_error(code), FOLDER), Bug)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "data.disk_full"),
        (errno.EDQUOT, "data.disk_full"),
        (errno.EIO, "data.disk_failing"),
        (errno.EACCES, "data.not_writable"),
        (errno.EROFS, "data.not_writable"),
    ],
)
def test_failures_of_the_file_system_are_told_alike(number: int, told: str) -> None:
    """Whether the database or the system noticed it, the user reads the same sentence."""
    assert faults.of_system(OSError(number, "told"), FOLDER).problems[0].code == told


def test_a_full_disk_says_how_much_is_needed() -> None:
    """The sentence can name a number of MB."""
    assert faults.disk_full(FOLDER).problems[0].values == {"folder": "somewhere", "megabytes": 17}


def test_only_a_failing_disk_ends_all_writing() -> None:
    """A full disk can be emptied; one that fails is not trusted again."""
    assert faults.is_failing(an_error(sqlite3.SQLITE_IOERR_WRITE), FOLDER)
    assert not faults.is_failing(an_error(sqlite3.SQLITE_FULL), FOLDER)
    assert not faults.is_failing(an_error(sqlite3.SQLITE_IOERR_SHMSIZE), FOLDER)
    assert not faults.is_failing(an_error(None), FOLDER)


@pytest.mark.parametrize(
    ("free", "failing", "told"), [(10**12, True, "data.disk_failing"), (10**6, False, "data.disk_full")]
)
def test_where_a_library_tells_no_detail_the_room_on_the_disk_decides(
    free: int, failing: bool, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLCipher says of a full disk, where the index of its log finds no room, only that the disk failed."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    error = an_error(sqlite3.SQLITE_IOERR)
    assert faults.is_failing(error, tmp_path) == failing
    assert refusal_of(error) == told


def test_a_disk_that_cannot_be_asked_for_its_room_has_failed() -> None:
    """It is gone, not full."""
    assert faults.is_failing(an_error(sqlite3.SQLITE_IOERR), FOLDER / "nowhere")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "data.disk_full"),
        ("disk I/O error", "data.disk_failing"),
        ("unable to open database file", "data.not_writable"),
        ("database disk image is malformed", "data.damaged"),
        ("file is not a database", "data.damaged"),
    ],
)
@pytest.mark.parametrize("code", [None, sqlite3.SQLITE_ERROR])
def test_a_library_that_leaves_out_the_code_is_understood_by_its_words(code: int | None, said: str, told: str) -> None:
    """SQLCipher tells of a full disk without a code while it copies a file, and with a wrong one while it exports."""
    error = sqlite3.OperationalError(said)
    if code is not None:
        error.sqlite_errorcode = code
    assert refusal_of(error) == told


def test_a_file_that_is_none_of_sqlites_is_known() -> None:
    """Apart from one that is damaged further in, and from a fault of the disk."""
    assert faults.is_foreign(an_error(sqlite3.SQLITE_NOTADB))
    assert not faults.is_foreign(an_error(sqlite3.SQLITE_CORRUPT))
    assert faults.is_damage(an_error(sqlite3.SQLITE_CORRUPT))
    assert not faults.is_damage(an_error(sqlite3.SQLITE_IOERR_READ))


def refusal_of(error: sqlite3.Error) -> str:
    """The code of what an error is told as."""
    refused = faults.of_sqlite(error, FOLDER)
    assert isinstance(refused, Refused)
    return refused.problems[0].code
