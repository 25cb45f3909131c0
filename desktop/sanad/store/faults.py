"""Which failures of the file the user can mend, told apart where they are born; all others are bugs of ours."""

import errno
import math
import shutil
import sqlite3
from pathlib import Path

from sanad.domain.errors import Bug, Refused
from sanad.domain.health import STOPPED
from sanad.store.patience import is_held
from sanad.store.tables import WORDS

HEADROOM = 16 * 1024 * 1024
"""Bytes asked for when the disk is full: the write-ahead log and the largest single operation fit in them twice."""

SEARCH_BROKEN = "health.search_broken"
"""The code of a search index that does not agree with itself. It is made of the families, and can be made anew."""

_FULL = frozenset({sqlite3.SQLITE_FULL})
_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_FAILING = frozenset({sqlite3.SQLITE_IOERR})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_STOPPED = frozenset({sqlite3.SQLITE_INTERRUPT})
_UNTOLD = frozenset({None, sqlite3.SQLITE_ERROR})
_SAID = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}
"""SQLite's own words for what the library that encrypts tells without its code, while it copies a file."""


def of_sqlite(error: BaseException, folder: Path) -> Refused | Bug:
    """What an error of the database means for the person at the desk, whichever library raised it."""
    primary = _primary(error)
    if primary in _FULL:
        return disk_full(folder)
    if primary in _NOT_WRITABLE:
        return Refused.because("data.not_writable", folder=str(folder))
    if primary in _HELD:
        return Refused.because("data.held", folder=str(folder))
    if is_failing(error, folder):
        return Refused.because("data.disk_failing", folder=str(folder))
    if primary in _FAILING:
        return disk_full(folder)
    if primary in _DAMAGED:
        return Refused.because("data.damaged", folder=str(folder))
    if primary in _STOPPED:
        return Refused.because(STOPPED)
    return Bug(f"the database refused what we asked of it: {type(error).__name__}: {error}")


def of_system(error: OSError, folder: Path) -> Refused:
    """What an error of the file system means for the person at the desk."""
    if is_full(error):
        return disk_full(folder)
    if error.errno == errno.EIO:
        return Refused.because("data.disk_failing", folder=str(folder))
    if is_held(error):
        return Refused.because("data.held", folder=str(folder))
    return Refused.because("data.not_writable", folder=str(folder))


def disk_full(folder: Path) -> Refused:
    """There is no room left; says how many MB are needed and where."""
    return Refused.because("data.disk_full", folder=str(folder), megabytes=math.ceil(HEADROOM / 10**6))


def is_full(error: OSError) -> bool:
    """Whether there was no room for what was to be written."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def lacks_room(error: BaseException, folder: Path) -> bool:
    """Whether the database found no room on the disk, be it only for the index of its log."""
    told = of_sqlite(error, folder)
    return isinstance(told, Refused) and told.problems[0].code == "data.disk_full"


def is_failing(error: BaseException, folder: Path) -> bool:
    """Whether the disk itself failed, after which nothing more may be written to it.

    The library that encrypts does not tell apart a disk that failed and one without room for the index of the
    write-ahead log: there, the room on the disk decides.
    """
    if _primary(error) not in _FAILING:
        return False
    return getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_IOERR or _has_room(folder)


def is_damage(error: BaseException) -> bool:
    """Whether what stands in the file cannot be read."""
    return _primary(error) in _DAMAGED


def is_of_index(error: BaseException, asked: str) -> bool:
    """Whether the search index does not agree with itself; the file in which it lies is sound then.

    The library that encrypts tells that as damage of any kind: there, what was ``asked`` decides.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.Error):
        return code == sqlite3.SQLITE_CORRUPT_VTAB
    return code == sqlite3.SQLITE_CORRUPT and WORDS in asked


def is_foreign(error: BaseException) -> bool:
    """Whether the file is none of SQLite's, or cannot be read with this key."""
    return _primary(error) == sqlite3.SQLITE_NOTADB


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free >= HEADROOM
    except OSError:  # it cannot even be asked
        return True


def _primary(error: BaseException) -> int | None:
    """The kind of the error, without its detail; None where it is none of SQLite's."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return sqlite3.SQLITE_FULL  # the index of the write-ahead log is the first that finds no room
    if code in _UNTOLD:
        return _SAID.get(str(error), code)
    return None if code is None else code & 0xFF
