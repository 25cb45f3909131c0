"""Both libraries under one set of tests: folders encrypted without anybody asking, and files opened as they lie."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

import pytest

from sanad.domain.staff import Credentials
from sanad.services.restores import Restores
from sanad.store import keyring, knocks
from sanad.store.driver import PLAIN, Driver, encrypting
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.keyring import Keyring, unlock

PLAIN_LIBRARY, ENCRYPTING_LIBRARY = "sqlite3", "sqlcipher3"
LIBRARIES = (PLAIN_LIBRARY, ENCRYPTING_LIBRARY)

SOMEBODY = Credentials("tester", "كلمة سر للتجربة")

BARE: Mapping[str, Driver] = {PLAIN_LIBRARY: PLAIN, ENCRYPTING_LIBRARY: encrypting(bytes(range(32)))}
"""What opens a file that no folder lies around, by its library."""

_enter = knocks.enter


@contextmanager
def every_folder_encrypted() -> Iterator[None]:
    """Have each new data folder encrypted before its first file is made, and opened without a sign-in; cheaply."""

    def enter(folder: DataFolder, credentials: Credentials | None, now: datetime) -> Keyring:
        if folder.held or folder.keys.is_dir():
            return _enter(folder, credentials or SOMEBODY, now)
        keys = Keyring.begin(folder.keys)
        with keys.giving(SOMEBODY.user, SOMEBODY.password):
            return keys

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keyring, "MEMORY", 8)
        patched.setattr(knocks, "enter", enter)
        patched.setattr(Restores, "_folder", lambda _, folder: DataFolder(folder, driver_of(folder / DATA_FILE)))
        yield


def opening(library: str) -> AbstractContextManager[None]:
    """Have the folders of a process of its own be of that library."""
    return every_folder_encrypted() if library == ENCRYPTING_LIBRARY else nullcontext()


def driver_of(file: Path) -> Driver:
    """What opens a file of a data folder, or of a copy that the folder keeps."""
    for folder in (file.parent, file.parent.parent):
        if (keys := DataFolder(folder).keys).is_dir():
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(keyring, "MEMORY", 8)
                return unlock(keys, SOMEBODY.user, SOMEBODY.password).driver
    return PLAIN


def tool_on(file: Path) -> sqlite3.Connection:
    """A file as a tool opens it that has its key: no setting of ours, every statement by itself."""
    return driver_of(file).open(file, mode="rwc")
