"""The key of an encrypted data folder, and the slots in which it lies wrapped: one a person, one the office key opens.

The data file is encrypted with a key of its own, drawn at random. That key is kept only wrapped: for each person under
his password (Argon2id, AES-GCM), once under the recovery code, and once for the office key, an age key. So a password
is changed by writing one slot anew, and the backups' key opens the folder when nobody's password does.

The slots lie beside the data file, in two copies; each is whole or told as torn, and the newer whole one counts. Names
are not written there: a slot is found by a salted digest of the name that is typed.
"""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyrage
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage.x25519 import Identity

from sanad.domain.errors import Bug, Refused
from sanad.domain.staff import as_meant, as_printed
from sanad.store import faults, vault
from sanad.store.driver import KEY_LENGTH, PLAIN, Driver, encrypting
from sanad.store.folder import KEYS_FILE, DataFolder, make_own, settle, write_whole
from sanad.store.patience import put
from sanad.store.staff import user_key

COPIES = (KEYS_FILE, f"{KEYS_FILE}.2")
"""The two copies of the slots."""
FORMAT = 1
"""How the slots are written, and what a try at one costs."""
PASSES, MEMORY, LANES = 3, 64 * 1024, 1
"""Argon2id of format 1: passes, KiB, lanes; the second set that RFC 9106 recommends, on one lane."""
LARGEST = 1024 * 1024
"""Bytes of the slots; an office of a hundred has some thirty thousand."""

_ABOUT = b"sanad.keys"
_NO_ONE = bytes(16)


class _Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The key as one password opens it."""

    who: bytes
    salt: bytes
    nonce: bytes
    wrapped: bytes


class _Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The key as the office key opens it: an age file, and to which public half."""

    public: str
    wrapped: bytes


class _Slots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one copy holds; ``written`` counts the writings, so that the newer copy is known."""

    format: int
    written: int
    salt: bytes
    slots: tuple[_Slot, ...] = ()
    office: _Office | None = None

    def of(self, user: str) -> bytes:
        """The digest under which a person's slots are found."""
        return hmac.digest(self.salt, b"person " + user_key(user).encode(), "sha256")

    @property
    def of_code(self) -> bytes:
        """The digest under which the recovery code's slot is found."""
        return hmac.digest(self.salt, b"recovery code", "sha256")


class Keyring:
    """The key of an open folder and its slots; without a ``key`` the folder is plain, and nothing has to be kept.

    Whatever writes the slots raises ``Refused`` where they cannot be written.
    """

    def __init__(self, place: Path, key: bytes | None, slots: _Slots) -> None:
        self.by_code = False
        """Whether the recovery code opened it, and nobody's password: it is good for no more than a new password."""
        self.knocked = 0
        """How often something else was tried before on this machine, since it was opened last."""
        self._place = place
        self._key = key
        self._slots = slots

    @classmethod
    def none(cls, place: Path) -> "Keyring":
        """That of a folder which is not encrypted."""
        return cls(place, None, _Slots(FORMAT, 0, b""))

    @classmethod
    def begin(cls, place: Path) -> "Keyring":
        """A new key. Nothing is written before the first slot is given."""
        return cls(place, secrets.token_bytes(KEY_LENGTH), _Slots(FORMAT, 0, secrets.token_bytes(16)))

    @property
    def encrypts(self) -> bool:
        """Whether the data file is encrypted."""
        return self._key is not None

    @property
    def driver(self) -> Driver:
        """What opens the data file."""
        return PLAIN if self._key is None else encrypting(self._key)

    @contextlib.contextmanager
    def giving(self, user: str, password: str) -> Iterator[None]:
        """A person's password becomes this one together with what is written in the block, or not at all.

        Wherever a cut comes, the data file and one of the person's slots agree: the old one goes only after the block
        ended well, and whichever of two is left over goes when the person signs in.

        Raises:
            Refused: the machine has not the memory for it at the moment (``staff.no_memory``).
        """
        with self._giving(self._slots.of(user), _spelt(password)):
            yield

    @contextlib.contextmanager
    def giving_code(self, code: str) -> Iterator[None]:
        """The recovery code becomes this one, as :meth:`giving` does it."""
        with self._giving(self._slots.of_code, _spelt_code(code)):
            yield

    def take(self, user: str) -> None:
        """Have nobody open the folder as this person any more; whoever opened it before may have kept the key."""
        gone = self._slots.of(user)
        self._keep(slot for slot in self._slots.slots if slot.who != gone)

    def keep_only(self, users: Iterable[str]) -> None:
        """Drop the slots of everybody else, such as a cut may have left, but for the recovery code's."""
        kept = {self._slots.of_code, *map(self._slots.of, users)}
        self._keep(slot for slot in self._slots.slots if slot.who in kept)

    def give_office(self, public: str) -> None:
        """Have the office key of this public half open the folder too, if it does not yet."""
        if self._key is not None and (self._slots.office is None or self._slots.office.public != public):
            wrapped = pyrage.encrypt(self._key, [vault.public(public)])
            self._write(msgspec.structs.replace(self._slots, office=_Office(public, wrapped)))

    def told(self) -> bytes:
        """The slots as they lie in a file; empty of a folder that is not encrypted."""
        return b"" if self._key is None else _dump(self._slots, self._key)

    def move(self, place: Path) -> None:
        """Have the slots lie elsewhere, in one step."""
        put(self._place, place)
        self._place = place

    def write(self) -> None:
        """Write both copies of the slots."""
        try:
            make_own(self._place)
            for name in COPIES:
                write_whole(self._place / name, self.told())
            settle(self._place)
        except OSError as error:
            raise faults.of_system(error, self._place.parent) from error

    @contextlib.contextmanager
    def _giving(self, who: bytes, password: bytes) -> Iterator[None]:
        if self._key is None:
            yield
            return
        new = _wrapped(self._key, who, password)
        self._keep((*self._slots.slots, new))
        try:
            yield
        except BaseException:
            self._keep(slot for slot in self._slots.slots if slot != new)
            raise
        self._keep_of(new)

    def _keep_of(self, last: _Slot) -> None:
        """Of whoever has this slot, keep no other."""
        self._keep(slot for slot in self._slots.slots if slot.who != last.who or slot == last)

    def _keep(self, slots: Iterable[_Slot]) -> None:
        kept = tuple(slots)
        if kept != self._slots.slots:
            self._write(msgspec.structs.replace(self._slots, slots=kept))

    def _write(self, slots: _Slots) -> None:
        before, self._slots = self._slots, msgspec.structs.replace(slots, written=slots.written + 1)
        try:
            self.write()
        except Refused:
            self._slots = before
            raise

    def _mend(self, opened: _Slot) -> None:
        """Bring both copies to what was opened, with one slot for whoever opened it; now, or when there is room."""
        with contextlib.suppress(Refused):
            self._keep_of(opened)
            whole = self.told()
            if any(_content(self._place / name) != whole for name in COPIES):
                self.write()


def unlock(place: Path, user: str, password: str) -> Keyring:
    """The key, as a person's password opens it, or the recovery code in its place.

    Raises:
        Refused: it does not, or nobody is called so (``staff.wrong``, after the same time); no copy of the slots is
            whole (``data.keys_damaged``); the machine has not the memory (``staff.no_memory``).
    """
    copies = _whole(place)
    if not copies:
        raise Refused.because("data.keys_damaged", folder=str(place.parent))
    for copy in copies:
        said = ((copy.slots.of(user), _spelt(password)), (copy.slots.of_code, _spelt_code(password)))
        for who, spelt in said:
            tried = [slot for slot in copy.slots.slots if slot.who == who]
            for slot in tried:
                keyring = copy.opened(place, _unwrapped(slot, spelt))
                if keyring is not None:
                    keyring.by_code = who == copy.slots.of_code
                    keyring._mend(slot)
                    return keyring
            if not tried:
                _stretched(spelt, _NO_ONE)
    raise Refused.because("staff.wrong")


def unlock_by(place: Path, identity: Identity) -> Keyring | None:
    """The key, as the office key opens it; None where it does not, or no copy of the slots is whole."""
    opened = (copy.by_office(place, identity) for copy in _whole(place))
    return next(filter(None, opened), None)


def opened_by(folder: DataFolder, identity: Identity) -> DataFolder:
    """The folder with the key to its data, where it is encrypted and the office key opens it."""
    keys = unlock_by(folder.keys, identity) if folder.locked else None
    return folder if keys is None else replace(folder, driver=keys.driver)


def for_backup(place: Path, public: str) -> bytes:
    """The slots as a backup carries them: whole, and the office key of that public half opens them.

    Raises:
        Refused: no copy is whole (``data.keys_damaged``).
        Bug: the office key got no slot.
    """
    copies = _whole(place)
    if not copies:
        raise Refused.because("data.keys_damaged", folder=str(place.parent))
    newest = copies[0]
    if newest.slots.office is None or newest.slots.office.public != public:
        raise Bug("the office key does not open the folder that it is to back up")
    return newest.told()


def of_backup(told: bytes, place: Path, identity: Identity) -> Keyring:
    """The key out of the slots that a backup carries.

    Raises:
        Refused: they are not whole, or the office key does not open them (``backup.damaged``).
    """
    copy = _load(told)
    keyring = copy.by_office(place, identity) if copy else None
    if keyring is None:
        raise Refused.because("backup.damaged")
    return keyring


class _Copy(NamedTuple):
    """A copy that is whole as it lies there; whether it is the key's own shows when it is opened."""

    slots: _Slots
    mac: bytes

    def told(self) -> bytes:
        """As it lies there."""
        return _closed(self.slots, self.mac)

    def opened(self, place: Path, key: bytes | None) -> Keyring | None:
        """The keyring, if this is its key."""
        if key is None or not hmac.compare_digest(_mac(self.slots, key), self.mac):
            return None
        return Keyring(place, key, self.slots)

    def by_office(self, place: Path, identity: Identity) -> Keyring | None:
        if self.slots.office is None:
            return None
        try:
            return self.opened(place, pyrage.decrypt(self.slots.office.wrapped, [identity]))
        except pyrage.DecryptError:
            return None


def _whole(place: Path) -> list[_Copy]:
    """The copies that are whole, the newest first; two that are the same are one."""
    told = dict.fromkeys(_content(place / name) for name in COPIES)
    return sorted(filter(None, map(_load, told)), key=lambda copy: copy.slots.written, reverse=True)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST)
    except OSError:
        return b""


def _dump(slots: _Slots, key: bytes) -> bytes:
    return _closed(slots, _mac(slots, key))


def _closed(slots: _Slots, mac: bytes) -> bytes:
    told = msgspec.json.encode(slots, order="sorted") + b"\n" + mac.hex().encode() + b"\n"
    return told + hashlib.sha256(told).hexdigest().encode() + b"\n"


def _load(told: bytes) -> _Copy | None:
    """What a copy holds; None where it is torn, or was written by no program of ours."""
    try:
        body, mac, digest, end = told.split(b"\n")
        if end or hashlib.sha256(told[: -len(digest) - 1]).hexdigest().encode() != digest:
            return None
        slots = msgspec.json.decode(body, type=_Slots)
        return _Copy(slots, bytes.fromhex(mac.decode())) if slots.format == FORMAT else None
    except ValueError:  # which those of msgspec are, too
        return None


def _mac(slots: _Slots, key: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=_ABOUT).derive(key)
    return hmac.digest(derived, msgspec.json.encode(slots, order="sorted"), "sha256")


def _wrapped(key: bytes, who: bytes, spelt: bytes) -> _Slot:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    return _Slot(who, salt, nonce, AESGCM(_stretched(spelt, salt)).encrypt(nonce, key, _ABOUT + who))


def _unwrapped(slot: _Slot, spelt: bytes) -> bytes | None:
    try:
        return AESGCM(_stretched(spelt, slot.salt)).decrypt(slot.nonce, slot.wrapped, _ABOUT + slot.who)
    except (InvalidTag, ValueError):  # the latter where a hand wrote a nonce or salt of a length that is never ours
        return None


def _stretched(spelt: bytes, salt: bytes) -> bytes:
    try:
        return hash_secret_raw(spelt, salt, PASSES, MEMORY, LANES, KEY_LENGTH, Type.ID)
    except HashingError as error:
        raise Refused.because("staff.no_memory") from error


def _spelt(password: str) -> bytes:
    return as_meant(password).encode()


def _spelt_code(code: str) -> bytes:
    return as_printed(code).encode()
