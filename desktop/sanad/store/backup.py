"""A backup is made: copied, checked, encrypted, read back to its last byte, and only then named.

It grows on its drive as a ``.part``; a name that ends in ``.age`` stands only over what was read back whole. The plain
copy that is made on the way (``twin``) never lies there, and is removed.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO

from pyrage.x25519 import Identity

from sanad.domain.backup import Backup, Manifest, Part
from sanad.domain.errors import Problem, Refused
from sanad.store import archive, drives, envelope, faults, health, manifest, thinning, twin, vault
from sanad.store.archive import Lying
from sanad.store.columns import NONSENSE
from sanad.store.folder import DataFolder, make_own, open_own, settle, write_whole
from sanad.store.office_keys import OfficeKey
from sanad.store.patience import put
from sanad.store.thinning import Named
from sanad.store.twin import Source, Twin
from sanad.store.watch import Watch

KEY_FILE = "office-key.age"
NOTE = "READ-ME.txt"

_ATTACHMENT = 64  # letters of a SHA-256


def make(source: Source, to: Path, key: OfficeKey, note: str, at: datetime, watch: Watch) -> Backup:
    """Make one backup in the folder ``to``, beside it the key's own file and the note on how to open it.

    Raises:
        Refused: ``to`` cannot be read or written, has no room, or holds the backups of another key; the data do
            not agree with themselves; what was written reads back different; it was stopped. No backup was made then.
    """
    there = _backups_in(to, key)
    folder = source.folder
    try:
        papers = sorted(_attachments(folder))
        of_papers = sum(path.stat().st_size for path in papers)
        with ExitStack() as passing:
            with source.snapshot() as snapshot:  # let go of as soon as it is copied: a look holds what is written
                size = twin.size_of(snapshot)
                watch.expect(4 * size + 2 * of_papers)
                _refuse_without_room(to, envelope.length(size + of_papers + 1024 * (len(papers) + 8)))
                copy = passing.enter_context(twin.taken(source, key.public, snapshot, watch))
            beside = passing.enter_context(ThreadPoolExecutor(max_workers=1, thread_name_prefix="check"))
            checked = beside.submit(_refuse_unsound, copy)
            told = _measured(copy, at, (*copy.parts, *(_paper(path, folder.path) for path in papers)), checked)

            def where(part: Part) -> Lying:
                return copy.where.get(part.name, folder.path / part.name)

            return _carry(told, where, to, key, note, there, checked, watch)
    except OSError as error:
        raise faults.of_system(error, folder.path) from error


def named_in(folder: Path) -> list[Named]:
    """The backups that stand in a folder under their final names, by their sequence."""
    return sorted(filter(None, (Named.read(path.name) for path in folder.iterdir())))


def own_place(folder: DataFolder, key: OfficeKey) -> Path:
    """The folder of the backups that the program makes by itself, made where it is missing.

    Backups of another key that lie there, as after a restore of another office's, are left as they are.

    Raises:
        Refused: it cannot be made.
    """
    place, beside = folder.backups, folder.backups / KEY_FILE
    try:
        if _is_of_another(beside, key):
            place /= key.public[-8:]
        make_own(place)
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    return place


def replace_key(place: Path, key: OfficeKey) -> None:
    """Have the backups that lie in a folder open with today's passphrase."""
    with contextlib.suppress(OSError):  # the next backup there does it again
        if (place / KEY_FILE).exists():
            write_whole(place / KEY_FILE, key.sealed)


def open_new(path: Path) -> IO[bytes]:
    """A new file on the drive that the backup goes to."""
    return open_own(path)


def _backups_in(to: Path, key: OfficeKey) -> list[Named]:
    try:
        there = named_in(to)
        if there and _is_of_another(to / KEY_FILE, key):
            raise Refused.because("backup.other_office", folder=str(to))
    except OSError as error:
        raise _not_finished(to, error) from error
    return there


def _is_of_another(beside: Path, key: OfficeKey) -> bool:
    """Whether backups lie with another key's file; one that a cut left torn tells nothing, and is written anew."""
    if not beside.exists():
        return False
    content = beside.read_bytes()
    return not key.is_of(content) and vault.is_whole(content)


def _refuse_without_room(to: Path, needed: int) -> None:
    try:
        drives.refuse_without_room(to, needed)
    except OSError as error:  # the drive's, of which the disk of the data knows nothing
        raise _not_finished(to, error) from error


def _attachments(folder: DataFolder) -> Iterator[Path]:
    if folder.attachments.is_dir():
        yield from (path for path in folder.attachments.iterdir() if len(path.name) == _ATTACHMENT)


def _paper(path: Path, base: Path) -> Part:
    """A paper that a family brought, whose name is its hash; that it is, the reading back will show."""
    return Part(path.relative_to(base).as_posix(), path.stat().st_size, path.name)


def _refuse_changed(told: Manifest, where: Callable[[Part], Lying]) -> None:
    """See to it that the papers are what their names say: what reads back different may have been so before."""
    papers = [part for part in told.parts if "/" in part.name]
    changed = [part for part in papers if twin.part_of(where(part), part.name, Watch()) != part]
    if changed:
        raise Refused(Problem("backup.paper_changed", part.name) for part in changed)


def _refuse_unsound(copy: Twin) -> None:
    """See to it that everything in the copy agrees; this goes beside the writing."""
    with copy.looking() as connection:
        found = [line for line in health.checks(connection, quick=True) if not line.ok]
    if found:
        raise Refused(Problem("backup.unsound", line.name) for line in found)


def _measured(copy: Twin, at: datetime, parts: tuple[Part, ...], checked: Future[None]) -> Manifest:
    """What the copy holds; where that cannot be read, the check says why."""
    try:
        with copy.looking() as connection:
            return manifest.measure(connection, at, parts)
    except (Refused, *NONSENSE):
        checked.result()
        raise


def _carry(
    told: Manifest,
    where: Callable[[Part], Lying],
    to: Path,
    key: OfficeKey,
    note: str,
    there: list[Named],
    checked: Future[None],
    watch: Watch,
) -> Backup:
    """Write, read back, name, if the data were ``checked`` well; then let go of what is no longer wanted."""
    named = Named(1 + max((backup.sequence for backup in there), default=0), told.made_at.date())
    final = to / named.name
    growing = to / f"{named.name}.part"
    try:
        for leftover in to.glob("sanad-*.age.part"):
            leftover.unlink()
        for name, content in ((KEY_FILE, key.sealed), (NOTE, note.encode())):
            if not (to / name).exists() or (to / name).read_bytes() != content:
                write_whole(to / name, content)
        once = vault.make()
        with open_new(growing) as file:
            stream = archive.Stream(told, where, watch.moved)
            envelope.encrypt(stream, file, [vault.public(key.public), once.to_public()])
            file.flush()
            os.fsync(file.fileno())
        checked.result()
        looks = (_reads_the_same(growing, once, told, watch) for _ in range(2))
        if not any(looks):  # a second look before the drive is blamed
            _refuse_changed(told, where)
            raise Refused.because("backup.unreliable", folder=str(to))
        size = growing.stat().st_size
        put(growing, final)
        settle(to)
        for backup in thinning.superseded([*there, named], told.made_at.date()):
            with contextlib.suppress(OSError):  # what cannot be removed is in nobody's way
                (to / backup.name).unlink()
    except OSError as error:
        raise _not_finished(to, error) from error
    finally:
        with contextlib.suppress(OSError):  # the drive may be gone, and the part with it
            growing.unlink(missing_ok=True)
    watch.ended()
    return Backup(str(final), size, told)


def _reads_the_same(written: Path, once: Identity, told: Manifest, watch: Watch) -> bool:
    """Whether the drive gives back, to the last byte, what was written to it."""

    def same(found: Manifest) -> None:
        if found != told:
            raise Refused.because("backup.damaged")

    try:
        with (
            open_again(written) as file,
            contextlib.closing(archive.Reader(lambda part: archive.Nowhere(), watch.moved, same)) as reader,
        ):
            envelope.decrypt(file, reader, once)
            reader.finish()
    except Refused as refused:
        if refused.problems[0].code in ("backup.damaged", "backup.other_key"):
            return False
        raise
    return True


def open_again(path: Path) -> IO[bytes]:
    """The written file as the drive holds it, not as the system remembers it, where the system can be asked that."""
    file = path.open("rb")
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return file


def _not_finished(to: Path, error: OSError) -> Refused:
    last = None
    with contextlib.suppress(OSError):
        last = max(named_in(to), default=None)
    code = "backup.filled_up" if faults.is_full(error) else "backup.not_finished"
    return Refused.because(code, folder=str(to), last=last.name if last else "-")
