"""Which failures of the file the user can mend, told apart where they are born; all others are bugs of ours."""

import errno
import math
import sqlite3
from pathlib import Path

from sanad.domain.errors import Bug, Refused

HEADROOM = 16 * 1024 * 1024
"""Bytes asked for when the disk is full: the write-ahead log and the largest single operation fit in them twice."""

_FULL = frozenset({sqlite3.SQLITE_FULL})
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_FAILING = frozenset({sqlite3.SQLITE_IOERR})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def of_sqlite(error: BaseException, folder: Path) -> Refused | Bug:
    """What an error of the database means for the person at the desk."""
    primary = _primary(error)
    if primary in _FULL:
        return disk_full(folder)
    if primary in _NOT_WRITABLE:
        return Refused.because("data.not_writable", folder=str(folder))
    if primary in _HELD:
        return Refused.because("data.held", folder=str(folder))
    if primary in _FAILING:
        return Refused.because("data.disk_failing", folder=str(folder))
    if primary in _DAMAGED:
        return Refused.because("data.damaged", folder=str(folder))
    return Bug(f"the database refused what we asked of it: {type(error).__name__}: {error}")


def of_system(error: OSError, folder: Path) -> Refused:
    """What an error of the file system means for the person at the desk."""
    if is_full(error):
        return disk_full(folder)
    if error.errno == errno.EIO:
        return Refused.because("data.disk_failing", folder=str(folder))
    return Refused.because("data.not_writable", folder=str(folder))


def disk_full(folder: Path) -> Refused:
    """There is no room left; says how many MB are needed and where."""
    return Refused.because("data.disk_full", folder=str(folder), megabytes=math.ceil(HEADROOM / 10**6))


def is_full(error: OSError) -> bool:
    """Whether there was no room for what was to be written."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_failing(error: BaseException) -> bool:
    """Whether the disk itself failed, after which nothing more may be written to it."""
    return _primary(error) in _FAILING


def _primary(error: BaseException) -> int | None:
    """The kind of the error, without its detail; None where it is none of SQLite's."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return sqlite3.SQLITE_FULL  # the index of the write-ahead log is the first that finds no room
    return None if code is None else code & 0xFF
