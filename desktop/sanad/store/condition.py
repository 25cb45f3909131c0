"""What can be measured of an open data folder without looking through it: sizes, room, last numbers, journal head."""

import contextlib
import shutil
import stat
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, func, select

from sanad.domain.health import Ahead, Condition, Older, wanted
from sanad.store import faults, place, reserve
from sanad.store.columns import NONSENSE
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.journal import AHEAD, Journal
from sanad.store.numbers import Numbers
from sanad.store.tables import journal

_PLAIN = b"SQLite format 3\x00"
"""With which every data file begins that is not encrypted."""

MOST_KEPT = 256
"""Sets that were put aside of which is remembered what was found at the first look."""

SLACK = timedelta(minutes=5)
"""How far the machine's clock may step back between two acts: less is a time service at work, more is a wrong clock."""


def is_set_back(now: datetime, last_at: datetime | None) -> bool:
    """Whether the clock stands so far before the last entry of the journal that it must be wrong."""
    return last_at is not None and now < last_at - SLACK


FAR_AHEAD = timedelta(days=400)
"""How long after the last entry nobody takes the clock at its word: no office rests for more than a year."""


def is_far_ahead(now: datetime, last_at: datetime | None) -> bool:
    """Whether the clock stands so long after the last entry of the journal that somebody has to say it is right."""
    return last_at is not None and now > last_at + FAR_AHEAD


AHEAD_TOLD = timedelta(days=7)
"""How long it is told that the data had gone on elsewhere: whoever answers for the office comes by within it."""


def measure(
    connection: Connection, folder: DataFolder, now: datetime, *, failing: bool, damaged: bool, older: Older | None
) -> Condition:
    """The condition of a folder, as quickly as a screen wants it."""
    last_at = _last_at(connection)
    return Condition(
        now=now,
        folder=str(folder.path),
        data_size=_size(folder.set),
        own_size=_own_size(folder),
        free=shutil.disk_usage(folder.path).free,
        sqlite=str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()),
        numbers=Numbers(connection).last(),
        journal_entries=connection.execute(select(func.count()).select_from(journal)).scalar_one(),
        journal_head=Journal(connection).head(),
        last_at=last_at,
        set_back=is_set_back(now, last_at),
        failing=failing,
        damaged=damaged,
        encrypted=folder.keys.is_dir(),
        in_the_open=_in_the_open(folder),
        place=place.of(folder.path),
        reserve=reserve.standing(folder),
        older=older,
        ahead=_ahead(connection, now),
    )


def to_spare(folder: DataFolder) -> int:
    """Bytes that are free beyond those that should be.

    Raises:
        Refused: the folder cannot be looked at.
    """
    try:
        return shutil.disk_usage(folder.path).free - wanted(_size(folder.set))
    except OSError as error:
        raise faults.of_system(error, folder.path) from error


def _last_at(connection: Connection) -> datetime | None:
    """When the last thing was recorded; None before it, and where its entry does not say: that, the doctor tells."""
    with contextlib.suppress(*NONSENSE):
        last = Journal(connection).last()
        return None if last is None else last.at
    return None


def _ahead(connection: Connection, now: datetime) -> Ahead | None:
    with contextlib.suppress(*NONSENSE):
        noticed = Journal(connection).last_of(AHEAD)
        if noticed is not None and noticed.at >= now - AHEAD_TOLD:
            return Ahead(int(str(noticed.after["count"])), datetime.fromisoformat(str(noticed.after["since"])))
    return None


def _in_the_open(folder: DataFolder) -> bool:
    """Whether data of before lie in the folder that anybody can read."""
    kept = (*folder.before_restores.glob(f"*/{DATA_FILE}"), *folder.before_upgrades.glob("*.sqlite3"))
    return any(_is_plain(file) for file in kept)


def _is_plain(file: Path) -> bool:
    try:
        told = file.stat()
        return _begins_plain(file, told.st_mtime_ns, told.st_size)
    except OSError:  # gone since it was listed
        return False


@lru_cache(maxsize=MOST_KEPT)
def _begins_plain(file: Path, _changed: int, _size: int) -> bool:
    """Read once of each file: every look of the window asks, and a folder of many restores has many."""
    with file.open("rb") as opened:
        return opened.read(len(_PLAIN)) == _PLAIN


def _own_size(folder: DataFolder) -> int:
    """Bytes of the backups beside the data, and of the data as they were before restores and upgrades."""
    total = _size(file for kept in (folder.backups, folder.before_upgrades) for file in kept.rglob("*"))
    for aside in folder.before_restores.glob("*"):
        with contextlib.suppress(OSError):  # gone since it was listed
            total += _size_aside(aside, aside.stat().st_mtime_ns)
    return total


@lru_cache(maxsize=MOST_KEPT)
def _size_aside(aside: Path, _changed: int) -> int:
    """Bytes of a set that was put aside, with every paper that families brought: counted once, as it stays as it is."""
    return _size((aside, *aside.rglob("*")))


def _size(files: Iterable[Path]) -> int:
    """Bytes of the files that are there."""
    total = 0
    for file in files:
        with contextlib.suppress(OSError):  # gone since it was listed, or none of the set
            told = file.stat()
            total += told.st_size if stat.S_ISREG(told.st_mode) else 0
    return total
