"""What can be measured of an open data folder without looking through it: sizes, room, last numbers, journal head."""

import contextlib
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from sanad.domain.health import Ahead, Condition, Older
from sanad.store import place, reserve
from sanad.store.folder import DataFolder
from sanad.store.journal import AHEAD, Journal
from sanad.store.numbers import Numbers
from sanad.store.tables import journal

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
    last = Journal(connection).last()
    last_at = None if last is None else last.at
    return Condition(
        now=now,
        folder=str(folder.path),
        data_size=_size(folder.set),
        own_size=_size(folder.backups.glob("*.age")),
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
        place=place.of(folder.path),
        reserve=reserve.standing(folder),
        older=older,
        ahead=_ahead(connection, now),
    )


def _ahead(connection: Connection, now: datetime) -> Ahead | None:
    noticed = Journal(connection).last_of(AHEAD)
    if noticed is None or noticed.at < now - AHEAD_TOLD:
        return None
    return Ahead(int(str(noticed.after["count"])), datetime.fromisoformat(str(noticed.after["since"])))


def _size(files: Iterable[Path]) -> int:
    """Bytes of the files that are there."""
    total = 0
    for file in files:
        with contextlib.suppress(OSError):  # gone since it was listed, or none of the set
            total += file.stat().st_size
    return total
