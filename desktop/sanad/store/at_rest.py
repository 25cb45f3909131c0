"""A plain folder becomes an encrypted one: the data file is written anew, and takes the place of the plain one.

The folder counts as encrypted from the moment at which it holds slots of a key. Until then a cut leaves the plain file;
from then on whoever starts next puts the encrypted one, which is whole, in its place.
"""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from sanad.domain.backup import Manifest
from sanad.domain.errors import Refused
from sanad.store import copies, driver, faults, manifest
from sanad.store.driver import PLAIN, Driver, transcribe
from sanad.store.folder import DATA_FILE, DataFolder, settle
from sanad.store.keyring import Keyring
from sanad.store.patience import put
from sanad.store.upgrade import schema_of


def encrypt(folder: DataFolder, user: str, password: str, code: str, office: str | None) -> Keyring:
    """Encrypt a plain data file, which nobody has open, with a new key; the plain one is gone afterwards.

    The key gets a slot for ``user``, one for the recovery code, and one for the ``office`` key of that public half.

    Raises:
        Refused: the library that encrypts is not installed (``data.no_encryption``); the folder cannot be written, has
            no room, or its file is damaged. The folder is plain then, as before.
    """
    try:
        with folder.passage("encrypting") as work:
            keys = Keyring.begin(work / folder.keys.name)
            _write_anew(folder, work / DATA_FILE, keys.driver)
            with keys.giving(user, password), keys.giving_code(code):
                pass
            if office is not None:
                keys.give_office(office)
            settle(work)
            keys.move(folder.keys)
            try:
                settle(folder.path)
                finish(folder)
            except OSError:
                keys.move(work / folder.keys.name)
                raise
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    except driver.errors() as error:
        raise faults.of_sqlite(error, folder.path) from error
    return keys


def finish(folder: DataFolder) -> None:
    """Put the encrypted file in the place of the plain one, where a cut came between."""
    if folder.keys.is_dir() and folder.encrypted.exists():
        for beside in folder.set[1:]:
            beside.unlink(missing_ok=True)  # the plain file's, which was closed
        put(folder.encrypted, folder.file)
        settle(folder.path)


def _write_anew(folder: DataFolder, passing: Path, encrypting: Driver) -> None:
    """The plain file, copied by its own library, then written anew by the one that encrypts, and compared."""
    folder.encrypted.unlink(missing_ok=True)
    with (
        contextlib.closing(PLAIN.open(folder.file)) as source,
        contextlib.closing(PLAIN.open(passing, mode="rwc")) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    transcribe(encrypting.unlocked, passing, encrypting, folder.encrypted)
    settle(folder.encrypted)
    if _measured(passing, encrypting.unlocked) != _measured(folder.encrypted, encrypting):
        raise Refused.because("data.damaged", folder=str(folder.path))


def _measured(file: Path, driver: Driver) -> tuple[Manifest, frozenset[tuple[str, str]], list[str]]:
    """What a data file holds, by counts, totals, last numbers and the journal's head; its schema; whether it agrees."""
    with copies.looking(file, "data.damaged", driver=driver) as connection:
        answers = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        told = manifest.measure(connection, datetime.min.replace(tzinfo=UTC), ())
        return told, schema_of(connection.exec_driver_sql), list(answers)
