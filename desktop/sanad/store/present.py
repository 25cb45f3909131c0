"""The data that a restore is about to put aside: looked at beside whoever has them open, and backed up first."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, select

from sanad.domain.backup import Backup, Comparison, Manifest
from sanad.domain.errors import Refused
from sanad.domain.staff import Permission
from sanad.store import backup, copies, manifest
from sanad.store.columns import NONSENSE
from sanad.store.database import APPLICATION_ID
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.numbers import Numbers
from sanad.store.office_keys import OfficeKeys
from sanad.store.staff import Staff
from sanad.store.tables import journal
from sanad.store.twin import Source
from sanad.store.upgrade import NEWEST
from sanad.store.watch import Watch

_UNSOUND = "present.damaged"
"""Never told to anybody: data that cannot be read are what a backup is restored for."""
_OF_THE_DATA = frozenset({_UNSOUND, "backup.unsound", "backup.paper_changed", "data.damaged", "data.disk_failing"})


@contextmanager
def looking(folder: DataFolder) -> Iterator[Connection | None]:
    """The present data as they stand; None where there are none.

    Raises:
        Refused: they are damaged or not ours (``present.damaged``).
    """
    if not folder.file.exists():
        yield None
        return
    if folder.locked:  # and not to be opened by the other library, while it may be open here
        raise Refused.because(_UNSOUND)
    logged = folder.file.with_name(
        f"{DATA_FILE}-wal"
    ).exists()  # without a log, looking leaves no trace beside the file
    with copies.looking(folder.file, _UNSOUND, live=logged, driver=folder.driver) as connection:
        (mark,) = connection.exec_driver_sql("PRAGMA application_id").one()
        if mark != APPLICATION_ID:
            raise Refused.because(_UNSOUND)
        yield connection


def asks_who(folder: DataFolder) -> bool:
    """Whether the present data can be opened, and somebody can sign in to them who may put others in their place.

    Of data that are encrypted that is known only with their key.
    """
    try:
        with looking(folder) as connection:
            if connection is None or not _opens(connection):
                return False
            people = Staff(connection)
            return people.begun() and any(
                person.may(Permission.SET_UP) and people.agrees(person.id) for person in people.people()
            )
    except (Refused, *NONSENSE):
        return False


def compare(told: Manifest, folder: DataFolder, at: datetime) -> Comparison:
    """What a backup holds beside what the folder holds; ``at`` stands for data in which nothing was recorded yet."""
    try:
        with looking(folder) as connection:
            if connection is None:
                return Comparison(told, None, damaged=False, continues=False)
            last = connection.execute(select(journal.c.at).order_by(journal.c.seq.desc()).limit(1)).scalar()
            measured = manifest.measure(connection, last or at, ())
            return Comparison(told, measured, damaged=False, continues=continues(connection, told))
    except (Refused, *NONSENSE):
        return Comparison(told, None, damaged=True, continues=False)


def continues(connection: Connection, told: Manifest) -> bool:
    """Whether the data went on from this very backup."""
    entry = select(journal.c.seal).where(journal.c.seq == told.journal_entries)
    return connection.execute(entry).scalar() == told.journal_head


def drawn_since(folder: DataFolder, told: Manifest) -> dict[str, int]:
    """The last number of each series of the present data, where they went on from this backup and can be read."""
    try:
        with looking(folder) as connection:
            ours = connection is not None and continues(connection, told)
            return Numbers(connection).last() if connection is not None and ours else {}
    except (Refused, *NONSENSE):
        return {}


def backed_up(folder: DataFolder, note: str, at: datetime, watch: Watch) -> Backup | None:
    """A verified backup of the present data beside them; None where they are not sound, or have no office key.

    Raises:
        Refused: it cannot be written, or was stopped.
    """
    try:
        with looking(folder) as connection:
            if connection is None or _step(connection) != NEWEST:
                return None  # an older program's data have nothing to be measured by; the set itself is kept aside
            key = OfficeKeys(connection).read()
            if key is None:
                return None
            raw = cast("sqlite3.Connection", connection.connection.driver_connection)
            to = backup.own_place(folder, key)
            return backup.make(Source(lambda: nullcontext(raw), folder), to, key, note, at, watch)
    except Refused as refused:
        if refused.problems[0].code in _OF_THE_DATA:
            return None
        raise
    except NONSENSE:
        return None


def _opens(connection: Connection) -> bool:
    """Whether the program opens a file of ours that tells these steps: one, and none of a newer program."""
    steps = [str(step) for (step,) in connection.exec_driver_sql("SELECT version_num FROM alembic_version")]
    return len(steps) == 1 and steps[0].isdigit() and steps[0] <= NEWEST


def _step(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
