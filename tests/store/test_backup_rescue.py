"""A backup that is carried away succeeds where the disk of the data takes nothing more: then it is needed most."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.services import Services
from sanad.store import backup, reserve, twin
from sanad.store.driver import Driver
from sanad.store.folder import DATA_FILE, DataFolder
from tests.backup_acts import families, make, restores, verified
from tests.backups import PHRASE, Office, cheap_keys, everything, refusal
from tests.builders import Clock, a_family, an_office
from tests.disks import fill_up
from tests.drivers import ENCRYPTING_LIBRARY


@contextmanager
def opened(office: Office) -> Iterator[Services]:
    """The office, open."""
    with build(office.data, Clock(), who="صفاء") as services:
        yield services


def written(folder: Path) -> dict[str, bytes]:
    """Every file of a data folder, but for the index of the log, in which also those who only read leave a mark."""
    return {name: content for name, content in everything(folder).items() if not name.endswith("-shm")}


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def fail(services: Services) -> None:
    """Have the disk of the data fail once, as the program learns it from a write."""
    services.health._store._database._failed = True


def room(monkeypatch: pytest.MonkeyPatch, of: dict[Path, int]) -> None:
    """These folders have so many bytes free, all others plenty."""
    usage = shutil.disk_usage
    told = {path: SimpleNamespace(free=free, total=free, used=0) for path, free in of.items()}
    monkeypatch.setattr(shutil, "disk_usage", lambda path: told.get(Path(path)) or usage(path))


@pytest.fixture
def two_disks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders under the memory lie on another disk than the data."""
    memory, stat = places.memory(), Path.stat

    def told(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = stat(path, follow_symlinks=follow_symlinks)
        parts = list(found)
        if path == memory:
            parts[2] += 1  # the device
        return os.stat_result(parts) if path == memory else found

    monkeypatch.setattr(Path, "stat", told)


@pytest.mark.parametrize("disks", [1, 2])
def test_a11_b1_a_full_disk_lets_a_backup_be_carried_away(
    disks: int, small_disk: Path, tmp_path: Path, clock: Clock, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a byte is free where the data lie; the stick gets a backup that verifies and restores.

    Where the full disk is the only one, that of an encrypted folder is refused with what is needed, and nothing else.
    """
    if disks == 1:
        monkeypatch.setenv("XDG_STATE_HOME", str(small_disk / "state"))
    stick, data, fresh = tmp_path / "stick", small_disk / "data", tmp_path / "fresh"
    stick.mkdir()
    with cheap_keys(), build(data, clock, who="x") as services:
        services.offices.set_up(an_office())
        a_family(services)
        services.backups.make_key(PHRASE)
        fill_up(small_disk)
        before = written(data)
        if library == ENCRYPTING_LIBRARY and disks == 1:
            assert refusal(lambda: services.backups.make(stick)) == "backup.no_room"
            assert names_in(stick) == []
            return
        made = services.backups.make(stick)
        assert written(data) == before
        fresh.mkdir()
        assert names_in(stick) == ["READ-ME.txt", "office-key.age", "sanad-2026-11-22-001.age"]
        assert restores().verify(Path(made.path), PHRASE, fresh) == made.manifest
        restores().restore(Path(made.path), PHRASE, fresh)
        assert families(fresh) == 1


def test_a11_after_a_failed_write_a_backup_is_carried_away(office: Office) -> None:
    """No file stays changed where the data lie, but for the one that remembers the backup."""
    with opened(office) as services:
        a_family(services)
        fail(services)
        before = written(office.data)
        made = verified(services.backups.make(office.stick), office)
        assert made.manifest.families == 3
        after = written(office.data)
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == {"sanad.backups"}


def test_a11_no_backup_by_itself_is_written_to_a_disk_that_fails(office: Office) -> None:
    """None is due there, whatever was recorded since."""
    with opened(office) as services:
        a_family(services)
        fail(services)
        assert services.backups.when_due(closing=True) is None
    assert not DataFolder(office.data).backups.exists()


def test_a11_a_disk_that_fails_before_there_is_a_key_gives_a_backup_with_one(
    services: Services, tmp_path: Path, folder: Path
) -> None:
    """The key that the data cannot keep goes with the backup; whoever restores it has both."""
    stick, fresh = tmp_path / "stick", tmp_path / "fresh"
    stick.mkdir()
    a_family(services)
    fail(services)
    assert refusal(lambda: services.backups.make(stick)) == "backup.key_needed"
    with cheap_keys():
        made = services.backups.make(stick, passphrase=PHRASE)
        assert not services.backups.has_key()
        restores().restore(Path(made.path), PHRASE, fresh)
        assert families(fresh) == 1
        with build(fresh, Clock(), who="x") as again:
            assert again.backups.has_key()
            verified(again.backups.make(stick), Office(fresh, stick, Path(made.path)))


def test_the_copy_lies_in_the_memory_of_the_user_on_another_disk(
    office: Office, two_disks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is room, it is not the disk that is full, and nothing of it stays."""
    copied, taken = [], twin._copy

    def seen(snapshot: object, driver: object, copy: Path, watch: object) -> None:
        copied.append(copy)
        taken(snapshot, driver, copy, watch)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(twin, "_copy", seen)
    room(monkeypatch, {office.data: 0})
    with opened(office) as services:
        verified(services.backups.make(office.stick), office)
    assert [copy.parent.parent.parent for copy in copied] == [places.memory()]
    assert not DataFolder(places.memory()).passing.exists()


def test_a_memory_that_does_not_tell_its_room_takes_no_copy(
    office: Office, plain_only: None, two_disks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its disk answers no more: the copy is made elsewhere."""
    usage = shutil.disk_usage

    def told(path: Path) -> object:
        if path == places.memory():
            raise OSError(errno.EIO, "Input/output error")
        return SimpleNamespace(free=0) if path == office.data else usage(path)

    monkeypatch.setattr(shutil, "disk_usage", told)
    with opened(office) as services:
        verified(services.backups.make(office.stick), office)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a11_b1_a_copy_that_the_disk_does_not_take_is_made_in_memory(
    error: int, office: Office, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk said that there is room, and took nothing; of an encrypted folder the reason is told."""

    def failing(*_: object) -> None:
        raise OSError(error, "not taken")

    monkeypatch.setattr(twin, "_copy", failing)
    if library == ENCRYPTING_LIBRARY:
        told = "data.disk_full" if error == errno.ENOSPC else "data.disk_failing"
        assert refusal(lambda: make(office)) == told
    else:
        verified(make(office), office)


def test_a_copy_that_sqlite_cannot_write(office: Office, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made in memory instead; where it cannot be, the error is told like any other of the data folder."""
    opened = Driver.open

    def full(driver: Driver, file: Path, **more: Any) -> sqlite3.Connection:
        connection = opened(driver, file, **more)
        if file.parent.name == "backup":
            connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(Driver, "open", full)
    if library != ENCRYPTING_LIBRARY:
        verified(make(office), office)
        monkeypatch.setattr(twin, "LARGEST_HELD", 0)
    assert refusal(lambda: make(office)) in ("data.disk_full", "data.not_writable")


def test_a_large_copy_that_the_disk_does_not_take_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own memory does not hold it either."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(twin, "LARGEST_HELD", 0)
    monkeypatch.setattr(twin, "_copy", full)
    with opened(office) as services:
        assert refusal(lambda: services.backups.make(office.stick)) == "data.disk_full"


def test_what_no_memory_holds_takes_the_room_that_was_kept_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine has little memory: the reserve is given up, once; then it is told what is needed."""
    monkeypatch.setattr(twin, "LARGEST_HELD", 0)
    folder, given = DataFolder(office.data), []
    reserve.keep(folder, reserve.SIZE)
    release = reserve.release

    def released(of: DataFolder) -> bool:
        given.append(release(of))
        room(monkeypatch, {office.data: 10**9 if given == [True] else 0})
        return given[-1]

    monkeypatch.setattr(reserve, "release", released)
    room(monkeypatch, {office.data: 0})
    with opened(office) as services:
        verified(services.backups.make(office.stick), office)
        room(monkeypatch, {office.data: 0})
        assert refusal(lambda: services.backups.make(office.stick)) == "backup.no_room"
    assert given == [True, False]


def test_a_machine_short_of_memory_holds_no_copy(
    office: Office, plain_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that would press all else out of memory is not begun."""
    room(monkeypatch, {office.data: 0})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=100_000))
    with opened(office) as services:
        assert refusal(lambda: services.backups.make(office.stick)) == "backup.no_room"


def test_a_backup_in_memory_can_be_stopped(office: Office, plain_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops it is not made to wait for a second try."""
    monkeypatch.setattr("sanad.store.watch.STRIDE", 1)
    with opened(office) as services:
        assert refusal(lambda: services.backups.make(office.stick, cancelled=lambda: True)) == "backup.cancelled"
        room(monkeypatch, {office.data: 0})
        assert refusal(lambda: services.backups.make(office.stick, cancelled=lambda: True)) == "backup.cancelled"


def test_b7_while_the_stick_is_written_nothing_holds_the_log(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow stick takes minutes: what is recorded meanwhile is brought into the file, down to the last page."""
    told: list[object] = []
    make = backup.open_new

    with opened(office) as services:
        database = services.health._store._database

        def slow(path: Path) -> object:
            a_family(services)
            raw = database._writer.raw_connection()
            cursor = raw.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            told.extend(cursor.fetchall())
            raw.close()
            return make(path)

        monkeypatch.setattr(backup, "open_new", slow)
        made = services.backups.make(office.stick)
    assert told == [(0, 0, 0)]
    assert made.manifest.families == 2
    verified(made, office)


def test_b7_at_rest_the_log_is_brought_into_the_file(services: Services, folder: Path, library: str) -> None:
    """What was recorded stands in the data file itself, and not only in the log beside it."""
    a_family(services)
    before = (folder / DATA_FILE).stat().st_mtime_ns
    services.backups.when_due()
    assert (folder / DATA_FILE).stat().st_mtime_ns > before
    assert (folder / f"{DATA_FILE}-wal").stat().st_size < 64 * 2**20
