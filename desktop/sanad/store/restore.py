"""A backup is looked into, proved, and put in the place of the present data; refused whole, or done whole.

Everything is done beside the present data first: unpacked, compared with its manifest, brought to today's step, looked
through, told to its journal. The present data are backed up, where they are sound. Only then do the two change places
(``swap``), and the present set is kept aside.
"""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyrage.x25519 import Identity

from sanad.domain.backup import Manifest, Part, Restored
from sanad.domain.errors import Bug, Problem, Refused
from sanad.store import (
    archive,
    copies,
    driver,
    drives,
    ending,
    envelope,
    epoch,
    faults,
    keyring,
    place,
    present,
    swap,
    upgrade,
    vault,
)
from sanad.store import manifest as manifests
from sanad.store.backup import KEY_FILE
from sanad.store.database import connect
from sanad.store.driver import PLAIN, Driver, transcribe
from sanad.store.folder import DATA_FILE, KEYS_FILE, DataFolder, Hold, make_own, open_own, settle, unused
from sanad.store.health import RESTORE
from sanad.store.high_water import HighWater
from sanad.store.keyring import Keyring
from sanad.store.office_keys import OfficeKey
from sanad.store.watch import Share, Watch

_AT_ONCE = 2**20
"""Bytes of a backup that are read from the drive at once; the library asks for eight thousand, time and again."""


class _EnoughSeen(Exception):
    """The manifest is all that was asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The office key as it was opened; ``sealed`` is its file beside the backup, None where the sheet's was typed."""

    identity: Identity
    sealed: bytes | None


def open_key(backup: Path, passphrase: str, unseal: Callable[[bytes, str], Identity] = vault.unseal) -> Opened:
    """The office key, by what the recovery sheet says, or from the file beside the backup by the passphrase.

    Raises:
        Refused: the backup or the file of the key is missing or unreadable; the passphrase is not the one; the key's
            file is damaged or hostile.
    """
    with _told_of(backup):
        envelope.refuse_foreign(backup)
    if identity := vault.of_sheet(passphrase):
        return Opened(identity, None)
    beside = backup.parent / KEY_FILE
    with _told_of(beside, missing="backup.key_missing"):
        with beside.open("rb") as file:
            sealed = file.read(vault.LARGEST)
        return Opened(unseal(sealed, passphrase), sealed)


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
        manifest, _ = _unpack(backup, identity, work, watch, papers=False)
    watch.ended()
    return manifest


def restore(
    backup: Path,
    key: Opened,
    folder: DataFolder,
    at: datetime,
    who: str,
    note: str,
    high_water: HighWater,
    watch: Watch,
) -> Restored:
    """Put what a backup holds in the place of the present data, which are backed up where they are sound, and kept.

    Raises:
        Refused: the backup is damaged, cut, not ours, of a newer program or not for this key; another process holds the
            data folder, or it cannot be written or has no room. Nothing was changed then.
    """
    with _told_of(backup):
        envelope.refuse_foreign(backup)
    if not folder.held:
        place.refuse_unfit(folder.path)
    with held(folder, at):
        folder = keyring.opened_by(folder, key.identity)
        make_own(folder.restored)
        with _told_of(backup, place=folder.path):
            manifest, keys = _unpack(backup, key.identity, folder.restored, watch)
            if folder.keys.is_dir() and keys is None:
                raise Refused.because("backup.not_encrypted")
        library = PLAIN if keys is None else keys.driver.unlocked
        before = present.backed_up(folder, note, at, Share(watch))
        aside = a_place_aside(folder, at)
        there = any(path.exists() for path in folder.set)
        mark = epoch.begin(
            folder.restored / DATA_FILE,
            RESTORE,
            manifest.journal_head,
            drawn=present.drawn_since(folder, manifest),
            known=high_water,
            after={
                "backup": backup.name,
                "made_at": manifest.made_at.isoformat(),
                "journal_head": manifest.journal_head,
                "aside": aside.name if there else "",
                "before": Path(before.path).name if before else "",
            },
            at=at,
            who=who,
            opened_by=None if key.sealed is None else OfficeKey(str(key.identity.to_public()), key.sealed, at),
            driver=library,
        )
        if keys is not None:
            _encrypt(folder.restored, keys)
        swap.into_place(folder, aside)
        folder.remember(at)
        high_water.note(mark)
    watch.ended()
    return Restored(manifest, str(aside) if there else None, before.path if before else None)


@contextlib.contextmanager
def held(folder: DataFolder, at: datetime) -> Iterator[None]:
    """The folder while one set takes the place of another: nobody else has it, and no plain copy stays.

    Raises:
        Refused: another process holds it, or it cannot be written.
    """
    hold = Hold(folder, at)
    try:
        ending.found(folder, hold)
        swap.resume(folder)
        folder.clear_passing()
        yield
        hold.heard()  # other data are here now, and somebody has them put there
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    except driver.errors() as error:
        raise faults.of_sqlite(error, folder.path) from error
    finally:
        if not folder.swapping.exists():
            folder.clear_passing()
        hold.let_go()


def a_place_aside(folder: DataFolder, at: datetime) -> Path:
    """A place for the present set that nothing else has."""
    return unused(folder.before_restores / f"{at:%Y-%m-%d-%H%M%S}")


def _encrypt(restored: Path, keys: Keyring) -> None:
    """Have a plain data file out of the backup of an encrypted folder be encrypted by the key that came with it."""
    file = restored / DATA_FILE
    plain = file.replace(file.with_name(f"{DATA_FILE}.plain"))
    transcribe(keys.driver.unlocked, plain, keys.driver, file)
    plain.unlink()
    settle(file)
    settle(restored)


def _unpack(
    backup: Path, identity: Identity, into: Path, watch: Watch, *, papers: bool = True
) -> tuple[Manifest, Keyring | None]:
    """The parts of a backup as files, proved, brought to today and sound; and the key of an encrypted folder's.

    The data file comes first and is looked through while the rest is read. Without ``papers``, those that families
    brought are read to the last byte like everything else, and not kept.
    """
    found: list[Manifest] = []
    looked: list[Future[None]] = []

    def known(manifest: Manifest) -> None:
        found.append(manifest)
        kept = [part for part in manifest.parts if papers or not _is_paper(part)]
        watch.expect(archive.length(part.size for part in manifest.parts))
        drives.refuse_without_room(into, sum(part.size for part in kept) + faults.HEADROOM)

    def receive(part: Part) -> archive.Sink:
        if not papers and _is_paper(part):
            return archive.Nowhere()
        path = into / part.name  # a name of ours: the manifest was read strictly
        make_own(path.parent)
        return open_own(path)

    file = into / DATA_FILE
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="prove") as beside:

        def whole(part: Part) -> None:
            if part.name == DATA_FILE and not manifests.is_of_encrypted(found[0].parts):
                looked.append(beside.submit(_prove, file, found[0], PLAIN))

        reader = archive.Reader(receive, watch.moved, known, whole)
        _read(backup, identity, reader)
        reader.finish()
        (manifest,) = found
        for proof in looked:
            proof.result()
    if looked:
        return manifest, None
    slots = into / KEYS_FILE
    keys = keyring.of_backup(slots.read_bytes(), into / DataFolder(into).keys.name, identity)
    slots.unlink()
    keys.write()
    _prove(file, manifest, keys.driver.unlocked)
    return manifest, keys


def _is_paper(part: Part) -> bool:
    return part.name not in (DATA_FILE, KEYS_FILE)


def _prove(file: Path, manifest: Manifest, library: Driver) -> None:
    """See to it that a data file is what its manifest says, bring it to today, and see that everything agrees."""
    copies.prove(file, manifest, library)
    if manifest.step != upgrade.NEWEST:
        with contextlib.closing(connect(file, differently=upgrade.STEPPING, driver=library)) as older:
            upgrade.climb(older, upgrade.NEWEST, library)
    copies.refuse_unsound(file, library, proved=manifest.step == upgrade.NEWEST)


def _read(backup: Path, identity: Identity, reader: archive.Reader) -> None:
    with backup.open("rb", buffering=_AT_ONCE) as file, contextlib.closing(reader):
        envelope.decrypt(file, reader, identity)


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
