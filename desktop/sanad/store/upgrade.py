"""Whether the file in a data folder is ours and of which age; a new one made, an older one brought to today.

Refuse before touching, copy before changing: a foreign or newer file is left as it is to the byte, an older one is
copied into the data folder first. Alembic is imported only where a step has to be made.
"""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sanad.domain.errors import Refused
from sanad.store import driver, faults, pages, swap
from sanad.store.database import APPLICATION_ID, Settings, connect, is_logged
from sanad.store.driver import PLAIN, Driver
from sanad.store.folder import DataFolder, keep_own, make_own, open_own, settle
from sanad.store.patience import put

NEWEST = "0008"
"""The step of ``migrations`` that this program works with."""

KEPT = 3
"""Copies of the data file that stay, of the last upgrades."""

_STEP = re.compile(r"(?!0000)[0-9]{4}")

MIGRATIONS = Path(__file__).parent / "migrations"
STEPS = MIGRATIONS / "versions"

STEPPING: Settings = {"foreign_keys": ("OFF", 0)}
"""A table that is rebuilt must not take with it the rows that point at it; they are checked before the step counts."""


def prepare(folder: DataFolder, at: datetime) -> None:
    """See to it that the folder holds a file of ours at the newest step.

    Raises:
        Refused: the file is missing where one was (``data.missing``), foreign (``data.not_ours``), of a newer program
            (``data.newer``), damaged, or there is no room to make or upgrade it.
    """
    try:
        swap.resume(folder)
        folder.clear_passing()
        if not folder.file.exists():
            if folder.held:
                raise Refused.because("data.missing", file=str(folder.file))
            _make(folder)
        elif (step := _step_of(folder)) != NEWEST:
            _bring_to_today(folder, step, at)
        folder.remember(at)
        keep_own((*folder.set, folder.mark))
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    except driver.errors() as error:
        raise faults.of_sqlite(error, folder.path) from error


def _make(folder: DataFolder) -> None:
    """A new file under a passing name, given its own only when it is whole."""
    growing = folder.unfinished
    for leftover in (growing, *(growing.with_name(growing.name + tail) for tail in ("-wal", "-shm", "-journal"))):
        leftover.unlink(missing_ok=True)
    open_own(growing).close()  # SQLite gives the files that it makes beside it the same rights
    with contextlib.closing(connect(growing, differently=STEPPING, driver=folder.driver)) as fresh:
        fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        climb(fresh, NEWEST, folder.driver)
    settle(growing)
    put(growing, folder.file)
    settle(folder.path)


def _step_of(folder: DataFolder) -> str:
    """The step that a file of ours stands at; reads, never writes, and leaves nothing beside it."""
    file = folder.file
    if file.stat().st_size == 0:
        raise Refused.because("data.not_ours", file=str(file))
    try:
        with contextlib.closing(folder.driver.open(file, mode="ro", immutable=not is_logged(file))) as look:
            if look.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise Refused.because("data.not_ours", file=str(file))
            found = schema_of(look.execute)
            known = any(name == "alembic_version" for name, _ in found)
            steps = look.execute("SELECT version_num FROM alembic_version").fetchall() if known else []
    except driver.errors() as error:
        if faults.is_foreign(error) and not folder.driver.encrypts:  # with the right key, it is ours and damaged
            raise Refused.because("data.not_ours", file=str(file)) from error
        raise
    if len(steps) != 1 or not _STEP.fullmatch(step := steps[0][0]):
        raise Refused.because("data.damaged", folder=str(folder.path))
    if step > NEWEST:
        raise Refused.because("data.newer", file=str(file), step=step, newest=NEWEST)
    if step != NEWEST and found != schema_at(step):
        raise Refused.because("data.damaged", folder=str(folder.path))  # no program of ours left it so
    return str(step)


def _bring_to_today(folder: DataFolder, step: str, at: datetime) -> None:
    """Copy the file, then take the steps; the copies of before are thinned only when all of them were taken."""
    made = _copy(folder, step, at)
    try:
        with contextlib.closing(connect(folder.file, differently=STEPPING, driver=folder.driver)) as older:
            climb(older, NEWEST, folder.driver)
    except BaseException:
        with contextlib.suppress(OSError, Refused, *driver.errors()):
            if _step_of(folder) == step:  # as it was: one copy more at each start that fails would fill the disk
                made.unlink()
        raise
    _thin(folder, made)


def _copy(folder: DataFolder, step: str, at: datetime) -> Path:
    """The file as the older program left it, whole and checked, beside the one that will be changed."""
    make_own(folder.before_upgrades)
    copy = folder.before_upgrades / f"sanad-{step}-{at:%Y-%m-%d-%H%M%S}.sqlite3"
    growing = copy.with_name(f"{copy.name}.part")
    growing.unlink(missing_ok=True)
    open_own(growing).close()
    with (
        contextlib.closing(connect(folder.file, driver=folder.driver)) as source,
        contextlib.closing(folder.driver.open(growing)) as target,
    ):
        source.backup(target)
        damaged = any(pages.bad(target.execute))
    if damaged:
        raise Refused.because("data.damaged", folder=str(folder.path))
    settle(growing)
    put(growing, copy)
    return copy


def _thin(folder: DataFolder, made: Path) -> None:
    """Keep the copy just made and the latest of those before it, by the moment in their names."""
    copies = [path for path in folder.before_upgrades.glob("sanad-*.sqlite3") if path != made]
    copies.sort(key=lambda path: path.name.removeprefix("sanad-").partition("-")[2])
    for older in copies[: 1 - KEPT]:
        with contextlib.suppress(OSError):  # what cannot be removed is in nobody's way
            older.unlink()


def climb(raw: sqlite3.Connection, step: str, library: Driver = PLAIN) -> None:
    """Take every step up to ``step`` on an open file, each in one transaction with the record of it.

    Raises:
        Error: the library's own: the file could not be changed; it stands at the last step that was finished.
        Bug: a step leaves rows that point at nothing; it was undone.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import event, pool
    from sqlalchemy.exc import DBAPIError

    engine = library.engine(creator=lambda: raw, poolclass=pool.StaticPool)  # the caller closes it
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")  # the one sign that no path of ours can hold
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, step)
    except DBAPIError as error:
        raise error.orig or error from error


def newest_schema() -> frozenset[tuple[str, str]]:
    """Every table, index and guard of a file at the newest step by its name, with the words that made it."""
    return schema_at(NEWEST)


def schema_at(step: str) -> frozenset[tuple[str, str]]:
    """Every table, index and guard of a file at a step by its name, with the words that made it."""
    return _schema_by(STEPS, step)


@cache
def _schema_by(steps: Path, step: str) -> frozenset[tuple[str, str]]:
    """The same, made once by the steps of a folder."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as trial:
        climb(trial, step)
        return schema_of(trial.execute)


def schema_of(execute: Callable[[str], Iterable[Any]]) -> frozenset[tuple[str, str]]:
    """Every table, index and guard of a file by its name, with the words that made it."""
    rows = execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return frozenset((name, " ".join(sql.split())) for name, sql in rows)
