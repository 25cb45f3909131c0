"""The tar inside a backup, as a stream in both directions: nothing of it is held in memory, no name in it is a path.

A header is never read for what it says: the manifest, which comes first, tells which parts follow, and each header must
be, byte for byte, the one that we would have written. What is left for a hostile archive is to be ours.
"""

import hashlib
import tarfile
from collections.abc import Callable, Generator, Iterator
from typing import IO, Literal, Protocol

from sanad.domain.backup import Manifest, Part
from sanad.domain.errors import Refused
from sanad.store import manifest as manifests

MANIFEST = "manifest.json"
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
"""What a tar ends with."""

_CHUNK = 256 * 1024


class Sink(Protocol):
    """Where the content of one part goes."""

    def write(self, data: bytes | bytearray, /) -> object:
        """Take the next bytes."""

    def close(self) -> None:
        """No more will come."""


class Lying(Protocol):
    """Where the content of one part lies: in a file, or in memory."""

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """It, to be read."""


Receiver = Callable[[Part], Sink]
"""Opens a place for a part before its content comes."""


def header(name: str, size: int) -> bytes:
    """The one header that a part of this name and size has."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padded(size: int) -> int:
    """What a part of this size takes in the archive beside its header."""
    return -(-size // BLOCK) * BLOCK


def length(sizes: Iterator[int]) -> int:
    """The bytes of an archive of parts of these sizes."""
    return sum(BLOCK + padded(size) for size in sizes) + len(END)


class Stream:
    """An archive as a file to be read from: the manifest, then each part from where it lies."""

    def __init__(self, manifest: Manifest, where: Callable[[Part], Lying], moved: Callable[[int], None]) -> None:
        """``where`` says where a part lies; ``moved`` is told of each stretch of bytes that was read."""
        self._pieces = self._all(manifests.dump(manifest), manifest.parts, where)
        self._moved = moved
        self._rest = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``; empty at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        given, self._rest = self._rest[:size], self._rest[size:]
        self._moved(len(given))
        return bytes(given)

    def _all(self, told: bytes, parts: tuple[Part, ...], where: Callable[[Part], Lying]) -> Iterator[bytes]:
        yield header(MANIFEST, len(told)) + told + bytes(padded(len(told)) - len(told))
        for part in parts:
            yield header(part.name, part.size)
            with where(part).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
            if part.size % BLOCK:
                yield bytes(padded(part.size) - part.size)
        yield END


class Reader:
    """An archive as a file to be written to: checks every byte, and hands each part to its receiver.

    Every method raises ``Refused`` with ``backup.damaged`` as soon as a stretch of bytes is not what it must be.
    """

    def __init__(
        self,
        receive: Receiver,
        moved: Callable[[int], None],
        known: Callable[[Manifest], None],
        whole: Callable[[Part], None] = lambda part: None,
    ) -> None:
        """``known`` is told the manifest once it was read, before any part; ``whole`` each part that was received."""
        self._receive, self._moved, self._known, self._whole = receive, moved, known, whole
        self._buffer = bytearray()
        self._ended = False
        self._script = self._expected()
        self._wanted = next(self._script)

    def write(self, data: bytes, /) -> int:
        """Take the next bytes of the archive."""
        if len(data) < self._wanted:  # as nearly always: a stretch is gathered from many
            self._buffer += data
            self._wanted -= len(data)
            return len(data)
        left = memoryview(data)
        while left:
            if self._ended:
                raise Refused.because("backup.damaged")
            given, left = left[: self._wanted], left[self._wanted :]
            self._wanted -= len(given)
            self._buffer += given
            if not self._wanted:
                self._advance()
        return len(data)

    def finish(self) -> None:
        """No more will come.

        Raises:
            Refused: more had to.
        """
        if not self._ended:
            raise Refused.because("backup.damaged")

    def close(self) -> None:
        """Let go of a part that was not finished."""
        self._script.close()

    def _advance(self) -> None:
        self._moved(len(self._buffer))
        try:
            self._wanted = next(self._script)
        except StopIteration:
            self._ended = True

    def _expected(self) -> Generator[int, None, None]:
        """How many bytes come next, step by step to the end of the archive; they are looked at when all are there."""
        yield BLOCK
        size = _size_of(self._taken())
        yield padded(size)
        told = self._taken()
        if any(told[size:]):
            raise Refused.because("backup.damaged")
        manifest = manifests.load(bytes(told[:size]))
        self._known(manifest)
        for part in manifest.parts:
            yield from self._same(header(part.name, part.size))
            hashed = hashlib.sha256()
            sink = self._receive(part)
            try:
                for start in range(0, part.size, _CHUNK):
                    yield min(_CHUNK, part.size - start)
                    stretch = self._taken()
                    hashed.update(stretch)
                    sink.write(stretch)
            finally:
                sink.close()
            if hashed.hexdigest() != part.sha256:
                raise Refused.because("backup.damaged")
            self._whole(part)
            if part.size % BLOCK:
                yield from self._same(bytes(padded(part.size) - part.size))
        yield from self._same(END)

    def _taken(self) -> bytearray:
        taken, self._buffer = self._buffer, bytearray()
        return taken

    def _same(self, expected: bytes) -> Iterator[int]:
        yield len(expected)
        if self._taken() != expected:
            raise Refused.because("backup.damaged")


class Nowhere:
    """A sink for what is only to be looked at."""

    def write(self, data: bytes | bytearray, /) -> None:
        """Let go of it."""

    def close(self) -> None:
        """Nothing was opened."""


def _size_of(block: bytearray) -> int:
    """The size of the manifest by its header, which must be ours."""
    try:
        size = tarfile.TarInfo.frombuf(bytes(block), "utf-8", "strict").size
    except (tarfile.HeaderError, ValueError) as error:
        raise Refused.because("backup.damaged") from error
    if not 0 < size <= manifests.LARGEST or block != header(MANIFEST, size):
        raise Refused.because("backup.damaged")
    return size
