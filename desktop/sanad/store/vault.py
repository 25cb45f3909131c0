"""The office key: an age key to which every backup is encrypted, itself kept under the office's passphrase.

The file of the key is an age file of one scrypt recipient (the age specification, version 1, of C2SP), written here
because the library picks its own cost for a passphrase: ours is fixed, 128 MiB, so that any computer of the last twenty
years opens it. For the same reason only our own code reads it, and refuses a higher cost before it is paid.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient

from sanad.domain.errors import Bug, Refused
from sanad.domain.spelling import western, without_unseen
from sanad.domain.staff import as_meant

FACTOR = 17
"""log2 of scrypt's cost: 128 MiB and well under a second."""
SHORTEST = 8
"""Signs of a passphrase; a sentence of four words is what the office is advised."""
LARGEST = 16 * 1024
"""Bytes of a key file; ours have some 300."""

_LEAST = 16 + 75 + 16  # behind the header: a nonce, the key's letters with a line end, the payload's code
_MAGIC = b"age-encryption.org/v1"
_SALT = b"age-encryption.org/v1/scrypt"
_ZERO = bytes(12)
_ONLY_CHUNK = bytes(11) + b"\x01"  # a payload of one chunk: counter 0, and it is the last
_MEMORY = 160 * 1024 * 1024
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)
_COST = re.compile(rb"^-> scrypt \S+ ([0-9]+)", re.MULTILINE)
_SECRET = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")


def make() -> Identity:
    """A new key."""
    return Identity.generate()


def public(text: str) -> Recipient:
    """The public half of a key, as it was kept.

    Raises:
        Bug: what was kept is none.
    """
    try:
        return Recipient.from_str(text)
    except RecipientError as error:
        raise Bug("the office's public key cannot be read") from error


def seal(identity: Identity, passphrase: str) -> bytes:
    """The key's own file, under a passphrase; ``age -d -i`` takes it as it is.

    Raises:
        Refused: the passphrase is too short (``backup.passphrase_short``), or memory is (``backup.no_memory``).
    """
    spelt = _spelt(passphrase)
    if len(spelt) < SHORTEST:
        raise Refused.because("backup.passphrase_short", "passphrase", least=SHORTEST)
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_stretched(spelt, salt, FACTOR)).encrypt(_ZERO, file_key, None)
    header = b"%s\n-> scrypt %s %d\n%s\n---" % (_MAGIC, _plain(salt), FACTOR, _plain(wrapped))
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    body = payload.encrypt(_ONLY_CHUNK, f"{identity}\n".encode(), None)
    return header + b" " + _plain(_mac(file_key, header)) + b"\n" + nonce + body


def unseal(sealed: bytes, passphrase: str) -> Identity:
    """The key that a file of ours holds.

    Raises:
        Refused: the passphrase is not the one (``backup.wrong_passphrase``); the file is damaged or none of ours
            (``backup.key_damaged``); it asks for more work than ours ever do (``backup.key_hostile``); the computer
            has not the memory to open it (``backup.no_memory``).
    """
    refuse_hostile(sealed)
    found = _HEADER.match(sealed)
    if found is None:
        raise Refused.because("backup.key_damaged")
    salt, factor, wrapped, mac = found.groups()
    try:
        salt, wrapped, mac = _unplain(salt), _unplain(wrapped), _unplain(mac)
    except NotBase64 as error:
        raise Refused.because("backup.key_damaged") from error
    file_key = _unwrapped(wrapped, passphrase, salt, int(factor))
    header = sealed[: found.end() - 45]  # up to the dashes: a space, the code and a line end follow
    rest = sealed[found.end() :]
    try:
        if not hmac.compare_digest(mac, _mac(file_key, header)):
            raise Refused.because("backup.key_damaged")
        body = ChaCha20Poly1305(_derived(file_key, rest[:16], b"payload")).decrypt(_ONLY_CHUNK, rest[16:], None)
        return Identity.from_str(body.decode().strip())
    except (InvalidTag, ValueError, IdentityError) as error:
        raise Refused.because("backup.key_damaged") from error


def is_whole(sealed: bytes) -> bool:
    """Whether a file has the form of a key's: one that a cut left empty, short or filled with zeros has not."""
    found = _HEADER.match(sealed)
    return found is not None and len(sealed) - found.end() >= _LEAST and any(sealed[-16:])


def of_sheet(text: str) -> Identity | None:
    """The key as it stands on the recovery sheet, however it was typed; None where the text is no such key.

    Raises:
        Refused: it is one with a letter wrong (``backup.sheet_mistyped``).
    """
    typed = "".join(western(unicodedata.normalize("NFKC", text)).split()).upper()
    if not typed.startswith("AGE-SECRET-KEY-"):
        return None
    try:
        if not _SECRET.fullmatch(typed):
            raise IdentityError("not of the right length")
        return Identity.from_str(typed)
    except IdentityError as error:
        raise Refused.because("backup.sheet_mistyped") from error


def refuse_hostile(head: bytes) -> None:
    """Refuse a header that would cost more memory or time than ours ever do.

    Raises:
        Refused: with the cost it asks for (``backup.key_hostile``).
    """
    for cost in _COST.findall(head):
        if cost.startswith(b"0") or len(cost) > 2 or int(cost) > FACTOR:
            raise Refused.because("backup.key_hostile", factor=cost[:9].decode(), most=FACTOR)


def _unwrapped(wrapped: bytes, passphrase: str, salt: bytes, factor: int) -> bytes:
    """What lies under the passphrase, as it is spelt now or as it was spelt by earlier programs."""
    for spelt in dict.fromkeys((_spelt(passphrase), _spelt_before(passphrase))):
        with suppress(InvalidTag):
            return ChaCha20Poly1305(_stretched(spelt, salt, factor)).decrypt(_ZERO, wrapped, None)
    raise Refused.because("backup.wrong_passphrase")


def _spelt(passphrase: str) -> bytes:
    """One spelling for what looks alike on the sheet where the office wrote it down; of what nobody sees, nothing.

    The boxes of the window take direction marks out before the letters are put together, so it is done here as well.
    """
    return as_meant(without_unseen(passphrase)).strip().encode()


def _spelt_before(passphrase: str) -> bytes:
    """The spelling of keys that were sealed while direction marks and joiners still counted as letters."""
    return western(unicodedata.normalize("NFC", passphrase)).strip().encode("utf-8", "ignore")


def _stretched(passphrase: bytes, salt: bytes, factor: int) -> bytes:
    try:
        return hashlib.scrypt(passphrase, salt=_SALT + salt, n=1 << factor, r=8, p=1, maxmem=_MEMORY, dklen=32)
    except (MemoryError, ValueError) as error:  # the cost is within bounds, so it is the computer that has too little
        raise Refused.because("backup.no_memory", megabytes=_MEMORY // 10**6) from error


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(secret: bytes, salt: bytes, about: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=about).derive(secret)


def _plain(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _unplain(text: bytes) -> bytes:
    """Base64 without its padding, in the one spelling that age writes."""
    data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _plain(data) != text:
        raise NotBase64("bits are set that belong to no byte")
    return data
