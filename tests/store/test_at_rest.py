"""A data folder that is copied away tells nothing, and notices every bit that is turned in it."""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials
from sanad.services import Services, reports
from sanad.store import copies, health, keyring
from sanad.store.driver import Driver, can_encrypt, encrypting
from sanad.store.folder import DATA_FILE, DataFolder
from tests.backups import PHRASE, SEEDED, cheap_keys, everything, refusal, texts
from tests.builders import TODAY, Clock, a_family, a_household, a_member, a_study, an_office

USER = Credentials("safaa", "نخلة وبحر ولؤلؤ 88")
OTHER = "شراع ودانة وسدرة 99"
FLIPS = 60


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots at a little cost."""
    monkeypatch.setattr(keyring, "MEMORY", 8)


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """Where the data folder goes."""
    return tmp_path / "data"


def begun(at: Path) -> str:
    """A new office in ``at`` whose data are encrypted from the beginning; its recovery code."""
    with build(at, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        _, code = services.staff.begin(USER.user, "صفاء", USER.password).value
        services.encryption.begin(USER.password, code)
        return code


@pytest.fixture
def encrypted(at: Path) -> Iterator[Services]:
    """The services on an encrypted folder, its manager signed in."""
    begun(at)
    with build(at, Clock(), who="x", credentials=USER) as services:
        yield services


def fill(services: Services) -> None:
    """Two families and a receipt, with everything that may not be read."""
    widow = a_member(name="زينب عبدالله الموسوي", civil_id="800512345", birth_date=date(1980, 5, 12))
    a_family(services, a_study(a_household(phone="33445566", members=(widow,), incomes=(), obligations=())))
    a_family(services)


def copied(folder: Path, to: Path) -> Path:
    """The folder as somebody takes it along while the program runs, its locks untouched."""
    subprocess.run(["cp", "-r", str(folder), str(to)], check=True)
    return to


def found_in(folder: Path) -> list[str]:
    """The files of a folder in which something stands that may not be read there."""
    wanted = [*texts([*SEEDED, "صفاء"]), b"SQLite format 3"]
    return sorted(name for name, content in everything(folder).items() if any(text in content for text in wanted))


def test_h8_a_folder_that_was_copied_away_tells_nothing(
    encrypted: Services, at: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name, number or phone in the data file, its log and index, nor in what a backup and a report leave."""
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    stick = tmp_path / "stick"
    stick.mkdir()
    fill(encrypted)
    encrypted.drafts.keep("case", SEEDED[0])
    reports.keep(ValueError(f"no such family: {SEEDED[0]}"), at / "logs", TODAY)
    with cheap_keys():
        encrypted.backups.make(stick, passphrase=PHRASE)
    running = copied(at, tmp_path / "copied")
    assert {f"{DATA_FILE}-wal", f"{DATA_FILE}-shm"} <= {path.name for path in running.iterdir()}
    assert found_in(running) == []
    encrypted.close()
    assert found_in(at) == []
    assert found_in(temp) == []
    assert not DataFolder(at).passing.exists()


def test_h8_a_plain_folder_is_found_by_the_same_search(at: Path) -> None:
    """The search can find: where nothing is encrypted it names the data file."""
    with build(at, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        fill(services)
    assert DATA_FILE in found_in(at)


def test_a_copied_folder_is_opened_by_its_password_and_no_other(encrypted: Services, at: Path, tmp_path: Path) -> None:
    """Without one it asks, with a wrong one it refuses; elsewhere it opens as here."""
    encrypted.close()
    there = copied(at, tmp_path / "there")
    assert refusal(lambda: build(there, Clock())) == "data.sign_in_needed"
    assert refusal(lambda: build(there, Clock(), credentials=replace(USER, password=OTHER))) == "staff.wrong"
    with build(there, Clock(), credentials=USER) as services:
        assert services.staff.signed_in() is not None
        assert services.encryption.on()
        assert [line for line in services.health.checks() if not line.ok] == []


def test_another_key_reads_nothing(encrypted: Services, at: Path) -> None:
    """The slots of another folder beside this file: told as damage, never as an empty office."""
    encrypted.close()
    other = at.parent / "other"
    begun(other)
    shutil.rmtree(DataFolder(at).keys)
    shutil.copytree(DataFolder(other).keys, DataFolder(at).keys)
    before = (at / DATA_FILE).read_bytes()
    assert refusal(lambda: build(at, Clock(), credentials=USER)) == "data.damaged"
    assert (at / DATA_FILE).read_bytes() == before


def test_b3_every_turned_bit_is_noticed(encrypted: Services, at: Path) -> None:
    """Sixty bits anywhere in the file, one at a time: the doctor's first check finds all of them."""
    fill(encrypted)
    encrypted.close()
    file, chance = at / DATA_FILE, random.Random(2026)  # noqa: S311  # which bits, not a secret
    driver = keyring.unlock(DataFolder(at).keys, USER.user, USER.password).driver
    whole = file.read_bytes()
    assert sound(file, driver)
    for _ in range(FLIPS):
        content, place = bytearray(whole), chance.randrange(len(whole))
        content[place] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        assert not sound(file, driver), f"the bit at {place}"


def sound(file: Path, driver: Driver) -> bool:
    """Whether the doctor's first check passes."""
    try:
        with copies.looking(file, driver=driver) as connection:
            return health.checks(connection)[0].ok
    except Refused:
        return False


def test_a_library_that_does_not_encrypt_is_not_used(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the key would be taken and not used, nothing is written at all."""
    import sqlite3

    monkeypatch.setattr("sqlcipher3.dbapi2.connect", sqlite3.connect)
    with pytest.raises(Exception, match="does not"):
        encrypting(bytes(32)).open(at.parent / "file", mode="rwc")


def test_without_the_library_a_folder_is_told_and_not_touched(
    encrypted: Services, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that was installed without the extra says what is missing."""
    encrypted.close()
    before = everything(at)
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3.dbapi2", None)
    assert refusal(lambda: build(at, Clock(), credentials=USER)) == "data.no_encryption"
    assert everything(at) == before
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)
    assert not can_encrypt()
