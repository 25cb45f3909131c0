"""What the user can mend is told apart from what is wrong with the program."""

import errno
import sqlite3
from pathlib import Path

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
    assert faults.is_failing(an_error(sqlite3.SQLITE_IOERR_WRITE))
    assert not faults.is_failing(an_error(sqlite3.SQLITE_FULL))
    assert not faults.is_failing(an_error(sqlite3.SQLITE_IOERR_SHMSIZE))
    assert not faults.is_failing(an_error(None))
