"""One age file around a stream: encrypted to keys, never to a passphrase, and never held in memory.

The library turns every error of the files it is handed into a word of its own; here the error itself comes out.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

from sanad.domain.errors import Bug, Refused
from sanad.store import vault

_OPENING = b"age-encryption.org/v1\n"
_LONGEST_HEADER = 64 * 1024


class Source(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; empty at the end."""


class Target(Protocol):
    """What is written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


def length(content: int) -> int:
    """The most bytes that an encrypted stream of so many takes, for two keys."""
    return content + 16 * (content // 65536 + 1) + 2048


def encrypt(source: Source, to: Target, recipients: Sequence[Recipient]) -> None:
    """Encrypt all of ``source`` to every one of the recipients.

    Raises:
        whatever ``source`` or ``to`` raised.
    """
    reading, writing = _Reading(source), _Writing(to)
    try:
        pyrage.encrypt_io(reading, writing, recipients)
    except (pyrage.EncryptError, OSError) as error:
        raise reading.error or writing.error or Bug(f"encryption failed: {error}") from error


def decrypt(source: Source, to: Target, identity: Identity) -> None:
    """Decrypt all of ``source``; every stretch is authentic before ``to`` is handed it.

    Raises:
        Refused: it was changed, cut, or something was put behind it (``backup.damaged``); no recipient of it is
            this key (``backup.other_key``).
        whatever ``source`` or ``to`` raised.
    """
    reading, writing = _Reading(source), _Writing(to)
    try:
        pyrage.decrypt_io(reading, writing, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if known := reading.error or writing.error:
            raise known from error
        other = "No matching keys" in str(error)
        raise Refused.because("backup.other_key" if other else "backup.damaged") from error


def refuse_foreign(file: Path) -> None:
    """Look at the beginning of a file before anything is made of it.

    Raises:
        Refused: it asks for more work than ours ever do (``backup.key_hostile``); it is no backup of ours
            (``backup.not_ours``).
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        head = opened.read(_LONGEST_HEADER)
    header, ended, _ = head.partition(b"\n---")
    if not head.startswith(_OPENING):
        raise Refused.because("backup.not_ours")
    vault.refuse_hostile(header)
    if not ended or b"\n-> X25519 " not in header or b"\n-> scrypt " in header:
        raise Refused.because("backup.not_ours")


class _Reading:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = error
            raise


class _Writing:
    def __init__(self, to: Target) -> None:
        self._to = to
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._to.write(data)
        except BaseException as error:
            self.error = error
            raise
        return len(data)
