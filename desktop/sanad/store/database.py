"""The data file, opened so that an acknowledged act survives a power cut: two engines, one of which writes.

The one writing connection does every checkpoint; all others only read. SQLite before 3.51.3 can damage a file in its
write-ahead mode when two connections write or checkpoint at once, so there is never a second writer.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as Busy
from sqlalchemy.pool import QueuePool

from sanad.domain.errors import Bug, Refused
from sanad.store import driver as drivers
from sanad.store import faults
from sanad.store.driver import PLAIN, Driver, told

APPLICATION_ID = 0x53414E44
"""Written in the header of every data file of ours: ``SAND``."""

Settings = Mapping[str, tuple[str, str | int]]
"""By name: what a setting of SQLite is set to, and what it must say when asked again."""

_LONGEST_LOG = 16 * 1024 * 1024
"""Bytes to which the write-ahead log shrinks again after a long look at the file held it."""

_PRAGMAS: Settings = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("5000", 5000),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", 0),
    "secure_delete": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "journal_size_limit": (str(_LONGEST_LOG), _LONGEST_LOG),
}
"""What holds on every connection."""

_LOOKS: Settings = {"query_only": ("ON", 1)}
"""What holds beside them on a connection that only reads."""

_STRIDE = 10_000
"""Steps of SQLite's own machine, a millisecond of work, after which long looks ask whether to go on."""

_IN_PASSING, _CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(TRUNCATE)"


def connect(
    file: Path, *, mode: str = "rw", differently: Settings = MappingProxyType({}), driver: Driver = PLAIN
) -> sqlite3.Connection:
    """A connection with every setting in force; those in ``differently`` are added, or take the usual one's place.

    ``mode`` is SQLite's: ``rw`` never makes a file that is not there, ``rwc`` does.

    Raises:
        Bug: a setting did not take.
        Error: the library's own, where the file cannot be opened.
    """
    connection = driver.open(file, mode=mode)
    try:
        settings = {**_PRAGMAS, **differently}
        connection.execute("PRAGMA busy_timeout = 5000")  # before the one that may have to wait
        for name, (value, _) in settings.items():
            connection.execute(f"PRAGMA {name} = {value}")
        refused = {name for name, (_, expected) in settings.items() if told(connection, name) != expected}
        if refused:
            raise Bug(f"the database did not take the settings {sorted(refused)}")
    except BaseException:
        connection.close()
        raise
    return connection


def is_logged(file: Path) -> bool:
    """Whether something stands in a log beside a file. Without one, all stands in the file itself.

    It can then be looked at as it lies (``immutable``) while nobody writes: nothing appears beside it, and a full disk
    need not have room for the index of a log.
    """
    logs = (file.with_name(f"{file.name}{tail}") for tail in ("-wal", "-journal"))
    return any(log.exists() and log.stat().st_size for log in logs)


class Database:
    """The open data file. ``writing`` and ``reading`` are the only ways to it."""

    def __init__(self, file: Path, driver: Driver = PLAIN) -> None:
        self._file = file
        self._folder = file.parent
        self._driver = driver
        self._failed = self._damaged = False
        self._still = False
        self._writer = self._engine(lambda: connect(file, driver=driver), "BEGIN IMMEDIATE", size=1)
        self._reader = self._engine(self._look, "BEGIN", size=4)

    @property
    def failing(self) -> bool:
        """Whether the disk failed since the file was opened; nothing more is written then."""
        return self._failed

    @property
    def damaged(self) -> bool:
        """Whether a part of the file was met that cannot be read; nothing more is written then."""
        return self._damaged

    def condemn(self) -> None:
        """A look through the whole file found a part of it damaged."""
        self._damaged = True

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes, committed when the block ends well and undone otherwise.

        Raises:
            Refused: the disk is full, failing or not writable, a part of the file is damaged, or another program holds
                it. Nothing was written.
        """
        if self._failed:
            raise Refused.because("data.disk_failing", folder=str(self._folder))
        if self._damaged:
            raise Refused.because("data.damaged", folder=str(self._folder))
        with self._writer.begin() as connection:
            if self._still:  # there is room again, so from now on a look may miss what stands in the log
                self._still = False
                self._reader.dispose()
            yield connection

    def refuse_unwritable(self) -> None:
        """See to it that SQLite did not open the file to be read alone, of which it says nothing.

        A full disk, or another program that holds the file, keeps nobody from reading: that is told when one writes.

        Raises:
            Refused: the file cannot be written (``data.not_writable``).
        """
        try:
            with self._writer.connect() as trial:  # which is undone when it is closed
                trial.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        except Refused as refused:
            if refused.problems[0].code == "data.not_writable":
                self.close()
                raise

    @contextmanager
    def reading(self, cancelled: Callable[[], bool] | None = None) -> Iterator[Connection]:
        """One look at the file as it stood when the block began; a long one asks now and then if it is ``cancelled``.

        Raises:
            Refused: it was (``health.stopped``); or a part of the file is damaged, or the disk fails.
        """
        with self._reader.connect() as connection, connection.begin() as looking:
            raw = cast("sqlite3.Connection", connection.connection.driver_connection)
            raw.set_progress_handler(cancelled, _STRIDE)
            try:
                yield connection
            finally:
                raw.set_progress_handler(None, 0)
                looking.rollback()  # a damaged page that was met would be told once more by a commit

    def settle(self) -> None:
        """Bring into the file what stands in the log, as far as nobody reads it there; waits for nobody.

        Where somebody writes, that is left to the next rest.
        """
        writes = cast("QueuePool", self._writer.pool).checkedout()
        if not writes and not self._failed and not self._damaged:
            self._checkpoint(_IN_PASSING)

    def close(self) -> None:
        """Bring everything into the one file and let go of it."""
        self._reader.dispose()
        try:
            self._checkpoint(_CHECKPOINT)
        finally:
            self._writer.dispose()

    def _checkpoint(self, how: str) -> None:
        try:
            # a checkpoint cannot run inside a transaction, so it goes past the engine's BEGIN
            raw = self._writer.raw_connection()
            try:
                raw.cursor().execute(how)
            finally:
                raw.close()
        except drivers.errors(DBAPIError, Refused, Busy) as error:
            # everything acknowledged is in the log, which the next start reads
            self._failed = self._failed or faults.is_failing(error, self._folder)

    def _look(self) -> sqlite3.Connection:
        try:
            return connect(self._file, differently=_LOOKS, driver=self._driver)
        except drivers.errors() as error:
            if is_logged(self._file) or not faults.lacks_room(error, self._folder):
                raise
        self._still = True
        return self._driver.open(self._file, mode="ro", immutable=True)

    def _engine(self, creator: Callable[[], sqlite3.Connection], begin: str, *, size: int) -> Engine:
        engine = self._driver.engine(
            creator=creator, poolclass=QueuePool, pool_size=size, max_overflow=0, pool_timeout=30
        )

        @event.listens_for(engine, "begin")
        def begin_transaction(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        @event.listens_for(engine, "handle_error")
        def tell_apart(context: ExceptionContext) -> None:
            error, asked = context.original_exception, context.statement or ""
            self._failed = self._failed or faults.is_failing(error, self._folder)
            if faults.is_of_index(error, asked):
                raise Refused.because(faults.SEARCH_BROKEN) from error
            self._damaged = self._damaged or faults.is_damage(error)
            if isinstance(error, drivers.errors()):
                raise faults.of_sqlite(error, self._folder) from error

        return engine
