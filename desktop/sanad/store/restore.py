"""A backup is looked into, proved, and put in the place of the present data; refused whole, or done whole.

Everything is done beside the present data first: unpacked, compared with its manifest, brought to today's step, looked
through, told to its journal. Only then do the two change places (``swap``), and the present set is kept aside.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pyrage.x25519 import Identity

from sanad.domain.backup import Manifest, Part, Restored
from sanad.domain.changes import Changes, Subject
from sanad.domain.errors import Bug, Problem, Refused
from sanad.store import archive, copies, drives, envelope, faults, swap, upgrade, vault
from sanad.store.backup import KEY_FILE
from sanad.store.database import Database, connect
from sanad.store.folder import DATA_FILE, DataFolder, Hold, settle
from sanad.store.health import PASSED_OVER, RESTORE
from sanad.store.store import Operation
from sanad.store.watch import Watch


class _EnoughSeen(Exception):
    """The manifest is all that was asked for."""


def open_key(backup: Path, passphrase: str) -> Identity:
    """The office key, by what the recovery sheet says, or from the file beside the backup by the passphrase.

    Raises:
        Refused: the backup or the file of the key is missing or unreadable; the passphrase is not the one; the key's
            file is damaged or hostile.
    """
    with _told_of(backup):
        envelope.refuse_foreign(backup)
    if identity := vault.of_sheet(passphrase):
        return identity
    beside = backup.parent / KEY_FILE
    with _told_of(beside, missing="backup.key_missing"):
        with beside.open("rb") as file:
            sealed = file.read(vault.LARGEST)
        return vault.unseal(sealed, passphrase)


def look(backup: Path, identity: Identity) -> Manifest:
    """What a backup says of itself; the rest of it is not looked at.

    Raises:
        Refused: it is damaged as far as that, not ours, of a newer program, or not for this key.
    """
    seen: list[Manifest] = []

    def known(manifest: Manifest) -> None:
        seen.append(manifest)
        raise _EnoughSeen

    with _told_of(backup):
        envelope.refuse_foreign(backup)
        with contextlib.suppress(_EnoughSeen):
            _read(backup, identity, archive.Reader(_no_part, _unwatched, known))
    if not seen:
        raise Refused.because("backup.damaged", file=str(backup))
    return seen[0]


def verify(backup: Path, identity: Identity, work: Path, watch: Watch) -> Manifest:
    """Do all that a restore would, in an empty place that passes, but for the change of places.

    Raises:
        Refused: as :func:`restore`, but for what concerns the data folder.
    """
    with _told_of(backup, place=work.parent):
        envelope.refuse_foreign(backup)
        manifest = _unpack(backup, identity, work, watch)
    watch.ended()
    return manifest


def restore(backup: Path, identity: Identity, folder: DataFolder, at: datetime, who: str, watch: Watch) -> Restored:
    """Put what a backup holds in the place of the present data, which are kept aside.

    Raises:
        Refused: the backup is damaged, cut, not ours, of a newer program or not for this key; another process holds the
            data folder, or it cannot be written or has no room. Nothing was changed then.
    """
    with _told_of(backup):
        envelope.refuse_foreign(backup)
    hold = Hold(folder, at)
    try:
        swap.resume(folder)
        folder.clear_passing()
        folder.restored.mkdir(mode=0o700, parents=True)
        with _told_of(backup, place=folder.path):
            manifest = _unpack(backup, identity, folder.restored, watch)
        _tell(folder, manifest, backup.name, at, who)
        aside = _aside(folder, at) if any(path.exists() for path in folder.set) else None
        swap.into_place(folder, aside or _aside(folder, at))
        folder.remember(at)
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    except sqlite3.Error as error:
        raise faults.of_sqlite(error, folder.path) from error
    finally:
        if not folder.swapping.exists():
            folder.clear_passing()
        hold.let_go()
    watch.ended()
    return Restored(manifest, str(aside) if aside else None)


def _unpack(backup: Path, identity: Identity, into: Path, watch: Watch) -> Manifest:
    """The parts of a backup as files, proved, brought to today and sound."""
    found: list[Manifest] = []

    def known(manifest: Manifest) -> None:
        found.append(manifest)
        watch.expect(archive.length(part.size for part in manifest.parts))
        drives.refuse_without_room(into, sum(part.size for part in manifest.parts) + faults.HEADROOM)

    def receive(part: Part) -> archive.Sink:
        path = into / part.name  # a name of ours: the manifest was read strictly
        path.parent.mkdir(exist_ok=True)
        return path.open("xb")

    reader = archive.Reader(receive, watch.moved, known)
    _read(backup, identity, reader)
    reader.finish()
    (manifest,) = found
    file = into / DATA_FILE
    copies.prove(file, manifest)
    if manifest.step != upgrade.NEWEST:
        with contextlib.closing(connect(file, differently=upgrade.STEPPING)) as older:
            upgrade.climb(older, upgrade.NEWEST)
    copies.refuse_unsound(file)
    return manifest


def _read(backup: Path, identity: Identity, reader: archive.Reader) -> None:
    with backup.open("rb") as file, contextlib.closing(reader):
        envelope.decrypt(file, reader, identity)


def _tell(folder: DataFolder, manifest: Manifest, name: str, at: datetime, who: str) -> None:
    """Write into the restored journal what was restored, and pass over the numbers that were given out since."""
    file = folder.restored / DATA_FILE
    drawn = _drawn_since(folder.file, manifest)
    database = Database(file)
    try:
        with database.writing() as connection:
            act = Operation(connection, RESTORE, str(uuid4()), manifest.journal_head, at, who)
            passed_over: dict[str, object] = {}
            for series, last in act.numbers.last().items():
                if drawn.get(series, 0) > last:
                    passed_over[series] = f"{last + 1}-{drawn[series]}"
            for series in drawn.keys() - act.numbers.last().keys():
                passed_over[series] = f"1-{drawn[series]}"
            for series in passed_over:
                act.numbers.pass_over(series, drawn[series])
            after = {
                "backup": name,
                "made_at": manifest.made_at.isoformat(),
                "journal_head": manifest.journal_head,
                PASSED_OVER.rstrip("."): passed_over,
            }
            act.done(None, name, Changes(frozenset(Subject)), after=after)
            act.finish()
    finally:
        database.close()
    settle(file)


def _drawn_since(present: Path, manifest: Manifest) -> Mapping[str, int]:
    """The last numbers of the present data, where they went on from this very backup and can still be read."""
    head = "SELECT count(*) FROM journal WHERE seq = ? AND seal = ?"
    try:
        with contextlib.closing(sqlite3.connect(f"{present.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            ours = connection.execute(head, (manifest.journal_entries, manifest.journal_head)).fetchone() == (1,)
            return dict(connection.execute("SELECT series, last FROM numbers")) if ours else {}
    except sqlite3.Error:  # damaged or missing: that is why a backup is restored
        return {}


def _aside(folder: DataFolder, at: datetime) -> Path:
    """A place for the present set that nothing else has."""
    first = folder.before_restores / f"{at:%Y-%m-%d-%H%M%S}"
    places = (first.with_name(f"{first.name}-{number}") if number else first for number in range(1000))
    return next(place for place in places if not place.exists())


@contextlib.contextmanager
def _told_of(file: Path, *, missing: str = "backup.missing", place: Path | None = None) -> Iterator[None]:
    """Every refusal names the file; one that cannot be read is a refusal too, as is no room in ``place``."""
    try:
        yield
    except FileNotFoundError as error:
        raise Refused.because(missing, file=str(file)) from error
    except OSError as error:
        if place is not None and faults.is_full(error):
            raise faults.disk_full(place) from error
        raise Refused.because("backup.unreadable", file=str(file)) from error
    except Refused as refused:
        named = [Problem(told.code, told.where, {"file": str(file), **told.values}) for told in refused.problems]
        raise Refused(named) from refused


def _no_part(part: Part) -> archive.Sink:
    raise Bug(f"{part.name} was not asked for")


def _unwatched(size: int) -> None:
    """Nobody waits for so little."""
