"""A data folder that is copied away tells nothing, and notices every bit that is turned in it."""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.health import Standing
from sanad.domain.staff import Credentials
from sanad.services import Services, reports
from sanad.store import at_rest, copies, health, keyring, passwords, vault
from sanad.store.driver import Driver, can_encrypt, encrypting
from sanad.store.folder import DATA_FILE, DataFolder, keep_own
from tests.backup_acts import deaths, measured, restores
from tests.backups import PHRASE, SEEDED, cheap_keys, everything, refusal, texts
from tests.builders import TODAY, Clock, a_family, a_household, a_member, a_study, an_office

USER = Credentials("safaa", "نخلة وبحر ولؤلؤ 88")
OTHER = "شراع ودانة وسدرة 99"
FLIPS = 60


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots and passwords at a little cost."""
    monkeypatch.setattr(keyring, "MEMORY", 8)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


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


def test_h1_who_knocked_in_vain_is_told_to_the_journal(encrypted: Services, at: Path) -> None:
    """Before the data are open nothing can be told to it: afterwards it is, once."""
    encrypted.close()
    for _ in range(3):
        assert refusal(lambda: build(at, Clock(), credentials=replace(USER, password=OTHER))) == "staff.wrong"
    told = []
    for _ in range(2):
        with build(at, Clock(), credentials=USER) as services, services.encryption._store.reading() as records:
            told.append([line.operation for line in records.journal.looks()].count("staff.knock"))
    assert told == [1, 1]


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


# ------------------------------------------------------------ from plain to encrypted


def plain_office(at: Path) -> str:
    """A new office whose data are not encrypted yet; its recovery code."""
    with build(at, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        return services.staff.begin(USER.user, "صفاء", USER.password).value[1]


def test_a_cut_anywhere_leaves_the_plain_or_the_encrypted_folder(tmp_path: Path) -> None:
    """Killed at every step: the next start opens the one or the other, whole; nothing of the way stays."""
    first = tmp_path / "first"
    code = plain_office(first)
    folder, seen = tmp_path / "data", set()

    def encrypt() -> None:
        with build(folder, Clock(), who="x", credentials=USER) as services:
            services.encryption.begin(USER.password, code)

    shutil.copytree(first, folder)
    for _ in deaths(encrypt):
        with build(folder, Clock(), who="x", credentials=USER) as services:
            on = services.encryption.on()
            seen.add(on)
            assert services.staff.signed_in() is not None
            assert services.offices.read() is not None
            assert [line for line in services.health.checks() if not line.ok] == []
        assert DataFolder(folder).keys.is_dir() == on
        assert not DataFolder(folder).passing.exists()
        assert on != (DATA_FILE in found_in(folder))
        shutil.rmtree(folder)
        shutil.copytree(first, folder)
    assert seen == {False, True}


@pytest.mark.parametrize("failing", ["transcribe", "settle", "finish", "_measured"])
def test_what_fails_on_the_way_leaves_the_plain_folder(at: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, or a copy that is not the same: refused, and the office goes on in the open."""
    code = plain_office(at)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def different(*_: object) -> object:
        return object()

    with build(at, Clock(), who="x", credentials=USER) as services:
        with monkeypatch.context() as patched:
            patched.setattr(at_rest, failing, different if failing == "_measured" else full)
            told = refusal(lambda: services.encryption.begin(USER.password, code))
        assert told == ("data.damaged" if failing == "_measured" else "data.disk_full")
        assert not services.encryption.on()
        assert not DataFolder(at).keys.exists()
        fill(services)
    with build(at, Clock(), who="x", credentials=USER) as services:
        assert services.households.count() == 2


def test_an_error_of_the_library_is_told(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere in the data folder."""
    code = plain_office(at)

    def failing(*_: object) -> None:
        import sqlcipher3.dbapi2

        raise sqlcipher3.dbapi2.OperationalError("database or disk is full")

    with build(at, Clock(), who="x", credentials=USER) as services:
        monkeypatch.setattr(at_rest, "transcribe", failing)
        assert refusal(lambda: services.encryption.begin(USER.password, code)) == "data.disk_full"


def test_the_office_key_that_was_made_before_opens_the_folder(at: Path, tmp_path: Path) -> None:
    """A backup of the time before does not leave it out."""
    code = plain_office(at)
    (tmp_path / "stick").mkdir()
    with cheap_keys(), build(at, Clock(), who="x", credentials=USER) as services:
        services.backups.make(tmp_path / "stick", passphrase=PHRASE)
        identity = vault.unseal((tmp_path / "stick" / "office-key.age").read_bytes(), PHRASE)
        services.encryption.begin(USER.password, code)
    assert keyring.unlock_by(DataFolder(at).keys, identity) is not None


# ------------------------------------------------------------ backups of an encrypted folder


def test_a_backup_opens_without_the_program_and_comes_back_encrypted(at: Path, tmp_path: Path) -> None:
    """Its data file is plain inside the age file; put back here, or on a new machine, the same passwords open it."""
    begun(at)
    stick, fresh = tmp_path / "stick", tmp_path / "fresh"
    stick.mkdir()
    with cheap_keys():
        with build(at, Clock(), who="x", credentials=USER) as services:
            fill(services)
            made = Path(services.backups.make(stick, passphrase=PHRASE).path)
            told = measured_of(at, services)
        for folder in (at, fresh):
            there = folder.exists()
            if there:
                assert refusal(lambda: restores().restore(made, PHRASE, at)) == "staff.sign_in_needed"
                with build(at, Clock(), who="x", credentials=USER) as services:
                    done = services.restores.restore(made, PHRASE, at)
            else:
                done = restores().restore(made, PHRASE, folder)
            assert (done.aside is not None, done.before is not None) == (there, there)
            assert DATA_FILE not in found_in(folder)
            assert refusal(lambda folder=folder: build(folder, Clock())) == "data.sign_in_needed"  # type: ignore[misc]
            with build(folder, Clock(), who="x", credentials=USER) as services:
                assert services.households.count() == 2
                assert [line for line in services.health.checks() if not line.ok] == []
                assert measured_of(folder, services)["totals"] == told["totals"]
        with build(at, Clock(), who="x", credentials=USER) as services:
            assert services.restores.undoable(at) is not None
            assert restores().undoable(at) is None, "nobody else can read it"
            services.restores.undo(at)
        assert DATA_FILE not in found_in(at)
        with build(at, Clock(), who="x", credentials=USER) as services:
            assert services.households.count() == 2


def test_h8_plain_data_that_an_encrypted_backup_put_aside_are_told(at: Path, tmp_path: Path) -> None:
    """The office reads that its data are encrypted: that those of before lie open beside them, it reads there too."""
    begun(at)
    stick, plain = tmp_path / "stick", tmp_path / "plain"
    stick.mkdir()
    with cheap_keys():
        with build(at, Clock(), who="x", credentials=USER) as services:
            made = Path(services.backups.make(stick, passphrase=PHRASE).path)
        with build(plain, Clock(), who="x") as services:
            services.offices.set_up(an_office())
            fill(services)
        restores().restore(made, PHRASE, plain)
    assert found_in(plain) != []
    for state in ("partly", "on"):
        with build(plain, Clock(), who="x", credentials=USER) as services:
            (fact,) = (fact for fact in services.health.facts() if fact.name == "encryption")
            assert (fact.state, fact.standing is Standing.FINE) == (state, state == "on")
        assert (found_in(plain) == []) == (state == "on")
        shutil.rmtree(DataFolder(plain).before_restores, ignore_errors=True)


def measured_of(at: Path, services: Services) -> dict[str, object]:
    """What a manifest tells of an encrypted folder."""
    return measured(at / DATA_FILE, services.encryption._store.folder.driver)


def test_a_plain_backup_is_not_put_into_an_encrypted_folder(at: Path, tmp_path: Path) -> None:
    """Its data would lie in the open where the office believes them encrypted; nothing is changed."""
    other, stick = tmp_path / "other", tmp_path / "stick"
    stick.mkdir()
    begun(at)
    with cheap_keys():
        with build(other, Clock(), who="x") as services:
            services.offices.set_up(an_office())
            made = Path(services.backups.make(stick, passphrase=PHRASE).path)
        before = everything(at)
        assert refusal(lambda: restores().restore(made, PHRASE, at)) == "backup.not_encrypted"
        assert everything(at) == before


def test_a_backup_is_not_made_of_torn_slots(encrypted: Services, at: Path, tmp_path: Path) -> None:
    """It could be put back and not be opened."""
    (tmp_path / "stick").mkdir()
    with cheap_keys():
        encrypted.backups.make(tmp_path / "stick", passphrase=PHRASE)
        for copy in DataFolder(at).keys.iterdir():
            copy.write_bytes(b"torn")
        assert refusal(lambda: encrypted.backups.make(tmp_path / "stick")) == "data.keys_damaged"


# ------------------------------------------------------------ who may read what lies there


@pytest.mark.skipif(os.name != "posix", reason="there, the rights of the profile's folder say so")
@pytest.mark.parametrize("encrypting_it", [False, True])
def test_nobody_else_may_read_what_we_make(at: Path, encrypting_it: bool) -> None:
    """Whatever the machine says of new files: each is ours alone, and each folder."""
    before = os.umask(0)
    try:
        if encrypting_it:
            begun(at)
        with cheap_keys(), build(at, Clock(), who="x", credentials=USER) as services:
            services.offices.set_up(an_office())
            fill(services)
            services.backups.make_key(PHRASE)
            services.backups.when_due()
            made = list(at.rglob("*"))
            assert {f"{DATA_FILE}-wal", f"{DATA_FILE}-shm", "backups"} <= {path.name for path in made}
            loose = [path.name for path in [at, *made] if path.stat().st_mode & 0o077]
    finally:
        os.umask(before)
    assert loose == []


@pytest.mark.skipif(os.name != "posix", reason="as above")
def test_files_that_stood_open_are_closed_to_others(at: Path) -> None:
    """Those of a program before this one; a file that is not there, or not ours to change, is passed over."""
    plain_office(at)
    (at / DATA_FILE).chmod(0o644)
    with build(at, Clock(), credentials=USER):
        assert (at / DATA_FILE).stat().st_mode & 0o077 == 0
    keep_own([at / "nothing"])
