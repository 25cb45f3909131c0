"""Which SQLite library opens the files of one data folder: the standard one, or SQLCipher with the folder's key.

One file is never opened by two libraries in one process: the locks of one are lost when the other closes it. So the
folder says its driver, and everything that lies in it, copies on their way included, is opened by that one.
"""

import contextlib
import importlib
import importlib.util
import os
import sqlite3
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from sqlalchemy import Engine, create_engine

from sanad.domain.errors import Bug, Refused

KEY_LENGTH = 32
"""Bytes of the key of a data file."""

_CIPHER = "sqlcipher3"
_CIPHER_LIBRARY = f"{_CIPHER}.dbapi2"


@dataclass(frozen=True, slots=True)
class Driver:
    """A library, and the key that it needs; without ``encrypts`` the standard one, which takes no key.

    ``key`` is the file's own, of ``KEY_LENGTH`` random bytes; None where the library that encrypts opens a plain file.
    """

    encrypts: bool = False
    key: bytes | None = field(default=None, repr=False)

    @property
    def library(self) -> ModuleType:
        """The module that speaks to the file, as DB-API 2.0 has it.

        Raises:
            Refused: the library that encrypts is not installed (``data.no_encryption``).
        """
        if not self.encrypts:
            return sqlite3
        try:
            return importlib.import_module(_CIPHER_LIBRARY)
        except ImportError as error:
            raise Refused.because("data.no_encryption") from error

    @property
    def unlocked(self) -> "Driver":
        """The same library for plain files: what goes into a backup and what comes out of one."""
        return replace(self, key=None)

    def open(self, file: Path, *, mode: str = "rw", immutable: bool = False) -> sqlite3.Connection:
        """A bare connection; ``mode`` is SQLite's, and only ``rwc`` makes a file that is not there.

        Raises:
            Bug: the library was built without encryption.
            Error: the library's own, where the file cannot be opened.
        """
        still = "&immutable=1" if immutable else ""
        uri = f"{file.absolute().as_uri()}?mode={mode}{still}"
        raw = self.library.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection = cast("sqlite3.Connection", raw)  # SQLCipher's has the same calls
        try:
            if self.encrypts:
                self._unlock(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def engine(self, **how: Any) -> Engine:
        """An engine of SQLAlchemy on connections of this library."""
        return create_engine("sqlite://", module=self.library, **how)

    def _unlock(self, connection: sqlite3.Connection) -> None:
        """The raw key costs nothing to take, unlike a passphrase; the library tells the terminal of every bad page."""
        connection.execute("PRAGMA cipher_log_level = NONE")
        if self.key is not None:
            connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        if not told(connection, "cipher_version"):
            raise Bug("the library that should encrypt the data file does not")


PLAIN = Driver()
"""The standard library."""


def encrypting(key: bytes) -> Driver:
    """The driver of an encrypted folder."""
    return Driver(encrypts=True, key=key)


def can_encrypt() -> bool:
    """Whether the library that encrypts is installed."""
    return importlib.util.find_spec(_CIPHER) is not None


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What the libraries that were used raise, and others; to be asked where an error is caught, and not before."""
    library = sys.modules.get(_CIPHER_LIBRARY)
    return (sqlite3.Error, *others) if library is None else (sqlite3.Error, library.Error, *others)


def told(connection: sqlite3.Connection, pragma: str) -> str | int | None:
    """What a connection answers when asked for one of its settings."""
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    # without memory mapping compiled in, SQLite answers mmap_size with nothing at all: none is what we want
    return 0 if row is None and pragma == "mmap_size" else row[0] if row else None


def transcribe(source: Driver, file: Path, target: Driver, copy: Path) -> None:
    """Write a whole data file anew under another key, or under none; both drivers are of the library that encrypts.

    ``copy`` is not there yet; nobody but us may read it, and no log lies beside it when it is done.

    Raises:
        OSError: it is there, or cannot be made.
        Error: the library's own.
    """
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(source.open(file)) as connection:
        key = "" if target.key is None else f"x'{target.key.hex()}'"
        connection.execute("ATTACH DATABASE ? AS written KEY ?", (str(copy), key))
        connection.execute("PRAGMA written.synchronous = OFF")  # a copy that a power cut takes is made again
        for mark in ("application_id", "user_version"):
            connection.execute(f"PRAGMA written.{mark} = {told(connection, mark)}")
        connection.execute("SELECT sqlcipher_export('written')").fetchone()
        connection.execute("DETACH DATABASE written")
