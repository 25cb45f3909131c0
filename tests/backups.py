"""Backups for tests: an office with families and money, its stick, and backups put together by a hostile hand."""

import contextlib
import hashlib
import io
import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyrage
import pytest
from pyrage.x25519 import Identity

from sanad.bootstrap import build
from sanad.domain.backup import Manifest, Part
from sanad.domain.errors import Refused
from sanad.services import Services
from sanad.store import archive, manifest, vault
from sanad.store.backup import KEY_FILE
from sanad.store.folder import DATA_FILE
from tests.builders import TODAY, Clock, a_family, a_household, a_member, a_study, a_voucher, an_office

PHRASE = "أربع كلمات لا تُنسى 2026"
SEEDED = (
    "حسن علي أحمد",
    "زينب عبدالله الموسوي",
    "مريم عيسى جاسم",
    "800512345",
    "جمعية النموذج",
    "1744 0000",
    "33445566",
)
"""What stands in the office's data and may never be read in a backup."""


@contextlib.contextmanager
def cheap_keys() -> Iterator[None]:
    """Keys at a little cost, where the cost is not what is tested."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vault, "FACTOR", 8)
        yield


@dataclass(frozen=True)
class Office:
    """A data folder, the stick of its backups, and the first of them."""

    data: Path
    stick: Path
    backup: Path

    def copied(self, to: Path) -> "Office":
        """The same somewhere else, for a test to change."""
        shutil.copytree(self.data, to / "data")
        shutil.copytree(self.stick, to / "stick")
        return Office(to / "data", to / "stick", to / "stick" / self.backup.name)

    @property
    def identity(self) -> Identity:
        """The office key."""
        with cheap_keys():
            return vault.unseal((self.stick / KEY_FILE).read_bytes(), PHRASE)


def make_office(at: Path) -> Office:
    """An office with two families and a receipt, and its first backup."""
    data, stick = at / "data", at / "stick"
    stick.mkdir(parents=True)
    with cheap_keys(), build(data, Clock(), who="صفاء") as services:
        services.offices.set_up(an_office())
        widow = a_member(name="زينب عبدالله الموسوي", civil_id="800512345", birth_date=date(1980, 5, 12))
        a_family(services, a_study(a_household(phone="33445566", members=(widow,), incomes=(), obligations=())))
        pay(services)
        made = services.backups.make(stick, passphrase=PHRASE)
    return Office(data, stick, Path(made.path))


def pay(services: Services) -> None:
    """One more family, paid and receipted."""
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن علي أحمد", TODAY, key=voucher.id)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path, with its bytes; the lock, which is only held, is not looked at."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("sanad.lock", "sanad.in-use")
    }


def refusal(call: Callable[[], object]) -> str:
    """The code of the first problem with which a call is refused."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code


# ------------------------------------------------------------ by a hostile hand


def opened(office: Office) -> tuple[Manifest, bytes]:
    """The manifest and the data file out of the office's backup."""
    plain = io.BytesIO(pyrage.decrypt(office.backup.read_bytes(), [office.identity]))
    with tarfile.open(fileobj=plain) as tar:
        told, data = (tar.extractfile(name) for name in (archive.MANIFEST, DATA_FILE))
        assert told is not None
        assert data is not None
        return manifest.load(told.read()), data.read()


def block(name: str, content: bytes, **said: object) -> bytes:
    """A member of a tar; ``said`` overrides what its header says."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    for field, value in said.items():
        setattr(info, field, value)
    return info.tobuf(tarfile.GNU_FORMAT) + content + bytes(archive.padded(len(content)) - len(content))


def sealed(office: Office, *members: bytes, end: bytes = archive.END) -> None:
    """Put a backup of these members in the place of the office's, encrypted to its key as anybody could."""
    tar = b"".join(members) + end
    office.backup.write_bytes(pyrage.encrypt(tar, [office.identity.to_public()]))


def forged(office: Office, data: bytes, **said: object) -> None:
    """The office's backup with another data file, which its manifest fits; ``said`` overrides what that says."""
    told, _ = opened(office)
    part = Part(DATA_FILE, len(data), hashlib.sha256(data).hexdigest())
    told = replace(told, **{"parts": (part,), **said})  # type: ignore[arg-type]  # whatever a hostile hand writes
    sealed(office, block(archive.MANIFEST, manifest.dump(told)), block(DATA_FILE, data))


def texts(parts: Sequence[str]) -> Iterator[bytes]:
    """The bytes under which a text could be found."""
    for text in parts:
        yield from (text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be"))
