"""A copy of a data file, looked at without being changed or trusted."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, pool
from sqlalchemy.exc import SQLAlchemyError

from sanad.domain.backup import Manifest
from sanad.domain.errors import Problem, Refused
from sanad.store import driver as drivers
from sanad.store import health, manifest, pages
from sanad.store.columns import NONSENSE
from sanad.store.database import APPLICATION_ID
from sanad.store.driver import PLAIN, Driver
from sanad.store.upgrade import newest_schema, schema_at, schema_of

_SETTINGS = ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY")

_PROVED = ("integrity", "schema")


@contextlib.contextmanager
def looking(
    file: Path, damaged: str = "backup.damaged", *, live: bool = False, driver: Driver = PLAIN
) -> Iterator[Connection]:
    """A connection that can only read, on a file that nobody writes to, unless it is ``live`` and may have a log.

    Raises:
        Refused: a page of it cannot be read (``damaged``).
    """
    with looking_by(lambda: driver.open(file, mode="ro", immutable=not live), damaged, driver) as connection:
        yield connection


@contextlib.contextmanager
def looking_by(opened: Callable[[], sqlite3.Connection], damaged: str, driver: Driver) -> Iterator[Connection]:
    """A connection that can only read, on what ``opened`` opens by the library of ``driver``; closed afterwards.

    Raises:
        Refused: a page of it cannot be read (``damaged``).
    """
    try:
        with contextlib.closing(opened()) as raw:
            for setting in _SETTINGS:
                raw.execute(f"PRAGMA {setting}")
            engine = driver.engine(creator=lambda: raw, poolclass=pool.StaticPool)
            with engine.connect() as connection:
                yield connection
    except drivers.errors(SQLAlchemyError) as error:
        raise Refused((Problem(damaged),)) from error


def prove(file: Path, told: Manifest, driver: Driver = PLAIN) -> None:
    """See to it that a data file out of a backup is ours, of a step we know, and what its manifest says.

    Its schema is compared word for word before any of its tables is read, so no view or trigger of others ever runs.

    Raises:
        Refused: it is not, or is hollow (``backup.damaged``).
    """
    with looking(file, driver=driver) as connection, _of_no_program():
        (mark,) = connection.exec_driver_sql("PRAGMA application_id").one()
        found = schema_of(connection.exec_driver_sql)
        record = {(name, sql) for name, sql in newest_schema() if name == "alembic_version"}
        if mark != APPLICATION_ID or not record <= found:
            raise Refused.because("backup.damaged")
        steps = [step for (step,) in connection.exec_driver_sql("SELECT version_num FROM alembic_version")]
        if steps != [told.step]:
            raise Refused.because("backup.damaged")
        if found != schema_at(told.step):
            raise Refused.because("backup.damaged")
        bad = list(pages.bad(connection.exec_driver_sql, quick=True))
        measured = replace(manifest.measure(connection, told.made_at, told.parts), program=told.program)
        if bad or measured != told:
            raise Refused.because("backup.damaged")


def refuse_unsound(file: Path, driver: Driver = PLAIN, *, proved: bool = False) -> None:
    """See to it that everything in a file at the newest step agrees; one just ``proved`` has its pages and schema.

    Raises:
        Refused: something does not (``backup.damaged``).
    """
    with looking(file, driver=driver) as connection:
        left = health.checks(connection, quick=True, without=_PROVED if proved else ())
        if not all(line.ok for line in left):
            raise Refused.because("backup.damaged")


@contextlib.contextmanager
def _of_no_program() -> Iterator[None]:
    """No program of ours left a file that says what cannot be read."""
    try:
        yield
    except NONSENSE as error:
        raise Refused.because("backup.damaged") from error
