"""The plain copy of the data that a backup is made from, and where it lies meanwhile.

As a rule it lies in the data folder, beside the file that it equals. Where that has no room, or its disk fails, it lies
in this computer's memory of the user, if that is on another disk, or as a file nowhere: a small office fits into the
machine's own memory. It never lies on the drive that the backup goes to, which is carried away.
"""

import contextlib
import hashlib
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import psutil
from sqlalchemy import Connection

from sanad.domain.backup import Part
from sanad.domain.errors import Refused
from sanad.store import copies, drives, faults, keyring, reserve
from sanad.store.archive import Lying
from sanad.store.driver import PLAIN, Driver, errors, transcribe
from sanad.store.folder import DATA_FILE, KEYS_FILE, VERIFYING, DataFolder, open_own, write_whole
from sanad.store.watch import Watch

PAGES = 2048
"""Pages of the data file that are copied between two looks at who waits."""
LARGEST_HELD = 256 * 1024 * 1024
"""Bytes of a data file that is copied into memory, where nothing else is left."""

_TIMES = 4  # what the machine must have free, as so many copies of the file: three at once, and room to work
_READ = 256 * 1024
_OF_THE_DISK = frozenset({"data.disk_full", "data.disk_failing", "data.not_writable"})


@dataclass(frozen=True, slots=True)
class Source:
    """The data that are backed up: ``snapshot`` opens them as they stand, to be copied.

    ``memory`` is where this computer remembers its user, None where nothing may lie there; ``failing`` tells that the
    disk of the folder is not to be written to.
    """

    snapshot: Callable[[], AbstractContextManager[sqlite3.Connection]]
    folder: DataFolder
    memory: Path | None = None
    failing: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """The copy: what lies where, by its name in the backup, and how the data file among it is looked into."""

    parts: tuple[Part, ...]
    where: Mapping[str, Lying]
    _looking: Callable[[], AbstractContextManager[Connection]]

    def looking(self) -> AbstractContextManager[Connection]:
        """A connection that can only read.

        Raises:
            Refused: a page of it cannot be read (``backup.unsound``).
        """
        return self._looking()


class Held:
    """A file that lies in memory alone."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def open(self, _mode: Literal["rb"], /) -> IO[bytes]:
        """The file, to be read."""
        return io.BytesIO(self._content)


def size_of(snapshot: sqlite3.Connection) -> int:
    """Bytes of the data file as it stands."""
    return int(snapshot.execute("PRAGMA page_count").fetchone()[0]) * _page_size(snapshot)


@contextlib.contextmanager
def taken(source: Source, public: str, snapshot: sqlite3.Connection, watch: Watch) -> Iterator[Twin]:
    """A copy of the ``snapshot``, gone when the block ends; the office key of ``public`` opens what it carries.

    Raises:
        Refused: there is no room for it anywhere (``backup.no_room``); the data folder cannot be written, or fails.
    """
    size = size_of(snapshot)
    holds = not source.folder.driver.encrypts and size <= LARGEST_HELD  # the library that encrypts gives no bytes
    holds = holds and size * _TIMES <= psutil.virtual_memory().available
    needed = (2 * size if source.folder.driver.encrypts else size) + faults.HEADROOM
    with ExitStack() as passing:
        yield _as_file(source, public, snapshot, watch, needed, passing, must=not holds) or _held(snapshot, watch)


def part_of(lying: Lying, name: str, watch: Watch) -> Part:
    """A file as the manifest tells of it."""
    hashed, size = hashlib.sha256(), 0
    with lying.open("rb") as file:
        while chunk := file.read(_READ):
            hashed.update(chunk)
            size += len(chunk)
            watch.moved(len(chunk))
    return Part(name, size, hashed.hexdigest())


def _as_file(
    source: Source,
    public: str,
    snapshot: sqlite3.Connection,
    watch: Watch,
    needed: int,
    passing: ExitStack,
    *,
    must: bool,
) -> Twin | None:
    """The copy as a file that ``passing`` removes; None where it finds no place, and need not."""
    folder = source.folder
    place = _place(source, needed, must=must)
    if place is None:
        return None
    name = "backup" if place is folder else f"{VERIFYING}{os.getpid()}"
    try:
        with ExitStack() as begun:
            work = begun.enter_context(place.passage(name))
            file = work / DATA_FILE
            _copy(snapshot, folder.driver, file, watch)
            where = {DATA_FILE: file}
            if folder.driver.encrypts:
                where[KEYS_FILE] = work / KEYS_FILE
                write_whole(where[KEYS_FILE], keyring.for_backup(folder.keys, public))
            parts = tuple(part_of(path, name, watch) for name, path in where.items())
            passing.push(begun.pop_all())
    except OSError as error:
        if must:
            raise faults.of_system(error, place.path) from error
        return None
    except Refused as refused:
        if must or refused.problems[0].code not in _OF_THE_DISK:
            raise
        return None
    return Twin(parts, where, lambda: copies.looking(file, "backup.unsound", driver=folder.driver.unlocked))


def _place(source: Source, needed: int, *, must: bool) -> DataFolder | None:
    """Where the copy can lie as a file. What ``must`` lie somewhere is worth the room that was kept back."""
    folder, memory = source.folder, source.memory
    if not source.failing and _room(folder.path) >= needed:
        return folder
    if memory is not None and _room(memory) >= needed and memory.stat().st_dev != folder.path.stat().st_dev:
        return DataFolder(memory)
    if not must:
        return None
    if not source.failing:
        reserve.release(folder)
    drives.refuse_without_room(folder.path, needed)
    return folder


def _room(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:  # it is not there, or answers no more
        return 0


def _copy(snapshot: sqlite3.Connection, driver: Driver, copy: Path, watch: Watch) -> None:
    """The snapshot as a plain file by itself, without a log beside it."""
    same = copy.with_name(f"{DATA_FILE}.encrypted") if driver.encrypts else copy  # page by page goes only to the same
    open_own(same).close()
    try:
        with contextlib.closing(driver.open(same)) as target:
            target.execute("PRAGMA synchronous = OFF")  # a copy that a power cut takes is made again
            _page_by_page(snapshot, target, watch)
            target.execute("PRAGMA journal_mode = DELETE")
        if driver.encrypts:
            transcribe(driver, same, driver.unlocked, copy)
            same.unlink()
    except errors() as error:
        raise faults.of_sqlite(error, copy.parent) from error


def _held(snapshot: sqlite3.Connection, watch: Watch) -> Twin:
    """The snapshot in memory."""
    with contextlib.closing(sqlite3.connect(":memory:")) as target:
        _page_by_page(snapshot, target, watch)
        image = bytearray(target.serialize())
    image[18:20] = b"\x01\x01"  # no log: the versions by which SQLite says how the file is written and read
    content = bytes(image)
    del image
    held = Held(content)

    def opened() -> sqlite3.Connection:
        raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        raw.deserialize(content)
        return raw

    part = part_of(held, DATA_FILE, watch)
    return Twin((part,), {DATA_FILE: held}, lambda: copies.looking_by(opened, "backup.unsound", PLAIN))


def _page_by_page(snapshot: sqlite3.Connection, target: sqlite3.Connection, watch: Watch) -> None:
    page = _page_size(snapshot)
    left = [snapshot.execute("PRAGMA page_count").fetchone()[0]]

    def copied(status: int, remaining: int, total: int) -> None:
        moved, left[0] = left[0] - remaining, remaining
        watch.moved(moved * page)

    snapshot.backup(target, pages=PAGES, progress=copied)


def _page_size(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA page_size").fetchone()[0])  # the library that encrypts tells it as text
