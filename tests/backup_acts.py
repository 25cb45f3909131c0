"""Hands for the tests of backups: make one, put one back, kill the work on its way."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sanad import bootstrap
from sanad.bootstrap import build
from sanad.domain.backup import Backup
from sanad.services.restores import Restores
from sanad.store.driver import PLAIN, Driver
from sanad.store.folder import DataFolder
from tests.backups import PHRASE, Office, everything, refusal
from tests.builders import Clock


def make(office: Office, **watching: Any) -> Backup:
    """Another backup on the office's stick."""
    with build(office.data, Clock(), who="صفاء") as services:
        return services.backups.make(office.stick, **watching)


def verified(made: Backup, office: Office) -> Backup:
    """The same, after it was checked as far as a restore would."""
    assert restores().verify(Path(made.path), PHRASE, office.data) == made.manifest
    return made


def names(office: Office) -> list[str]:
    """What lies on the stick."""
    return sorted(path.name for path in office.stick.iterdir())


def a_paper(office: Office, content: bytes) -> Path:
    """A paper that a family brought, kept under its own hash."""
    folder = DataFolder(office.data).attachments
    folder.mkdir(exist_ok=True)
    path = folder / hashlib.sha256(content).hexdigest()
    path.write_bytes(content)
    return path


def killed_at(count: int, work: Callable[[], object]) -> bool:
    """Do the work in a process that dies at its so-manieth call that changes a file; whether it died."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = [count]

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*said: Any, **more: Any) -> Any:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return call(*said, **more)

        return called

    try:
        for name in ("replace", "fsync", "unlink", "mkdir", "rmdir"):
            setattr(os, name, dying(getattr(os, name)))
        work()
        os._exit(0)
    finally:
        os._exit(1)


def deaths(work: Callable[[], object]) -> Iterator[int]:
    """Every place at which the work can die, one after the other."""
    count = 1
    while killed_at(count, work):
        yield count
        count += 1


def restores(clock: Clock | None = None) -> Restores:
    """What needs no open data folder."""
    return bootstrap.build(None, clock or Clock(), who="علي").restores


def put_back(office: Office, **watching: Any) -> str | None:
    """Restore the office's backup over its data, a day later; where the data of before are."""
    clock = Clock()
    clock.move(days=1)
    return restores(clock).restore(office.backup, PHRASE, office.data, **watching).aside


def families(folder: Path) -> int:
    """How many families the folder holds, after a look whether it all agrees."""
    with build(folder, Clock(), who="x") as services:
        assert [line for line in services.health.checks() if not line.ok] == []
        return services.households.count()


def both(office: Office, code: str, passphrase: str = PHRASE) -> None:
    """Neither verify nor restore takes the backup; the data stay as they are, to the byte."""
    before = everything(office.data)
    assert refusal(lambda: restores().verify(office.backup, passphrase, office.data)) == code
    assert refusal(lambda: restores().restore(office.backup, passphrase, office.data)) == code
    assert everything(office.data) == before
    assert not (office.data / "passing").exists()


def measured(file: Path, driver: Driver = PLAIN) -> dict[str, Any]:
    """What the manifest of a data file says of it."""
    from sanad.store.copies import looking
    from sanad.store.manifest import measure

    with looking(file, driver=driver) as connection:
        told = measure(connection, Clock().moment, ())
    names = ("office_ar", "office_en", "currency", "counts", "totals", "numbers", "journal_head", "journal_entries")
    return {name: getattr(told, name) for name in names}
