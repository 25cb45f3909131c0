"""B2: room that is kept back is given up once, when the disk is full, so that the day can be finished."""

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from sanad.domain.errors import Refused
from sanad.domain.health import SCARCE
from sanad.services import Services
from sanad.store import reserve
from sanad.store.database import Database
from sanad.store.folder import DataFolder
from tests.backups import refusal
from tests.builders import a_family

Room = namedtuple("Room", "total used free")


def state(services: Services, name: str) -> tuple[str, str]:
    """A fact of the doctor's, and how much care it wants."""
    (fact,) = (fact for fact in services.health.facts() if fact.name == name)
    return fact.state, fact.standing


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has no room for another act."""

    def writing(self: Database) -> object:
        raise Refused.because("data.disk_full", folder="here", megabytes=17)

    monkeypatch.setattr(Database, "writing", writing)


def test_b2_room_is_kept_back_where_there_is_plenty(services: Services, folder: Path) -> None:
    """Really taken from the disk, not only said to be."""
    assert state(services, "reserve") == ("none", "fine")
    services.backups.when_due()
    kept = DataFolder(folder).reserve
    assert kept.stat().st_size == reserve.SIZE
    assert kept.stat().st_blocks * 512 >= reserve.SIZE
    assert state(services, "reserve") == ("kept", "fine")
    before = kept.stat().st_ino
    services.backups.when_due()
    assert kept.stat().st_ino == before


def test_b2_it_is_given_up_once(services: Services, folder: Path, request: pytest.FixtureRequest) -> None:
    """The act that found no room says so, and may be done again; the next that finds none is refused as ever."""
    services.backups.when_due()
    request.getfixturevalue("full")
    assert refusal(lambda: a_family(services)) == "data.reserve_released"
    assert DataFolder(folder).reserve.stat().st_size == 0
    assert refusal(lambda: a_family(services)) == "data.disk_full"
    assert state(services, "reserve") == ("released", "care")


@pytest.mark.usefixtures("full")
def test_b2_without_it_a_full_disk_is_told_as_ever(services: Services) -> None:
    """Nothing can be given up."""
    assert refusal(lambda: a_family(services)) == "data.disk_full"


def test_b2_a_nearly_full_disk_is_told_before_and_keeps_nothing_back(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under 500 MB; and what is kept back must leave as much."""
    for free, told in ((SCARCE - 1, "scarce"), (SCARCE + reserve.SIZE - 1, "enough")):
        monkeypatch.setattr(shutil, "disk_usage", lambda path, free=free: Room(10**12, 0, free))
        assert state(services, "space")[0] == told
        services.backups.when_due()
        assert not DataFolder(folder).reserve.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Room(10**12, 0, SCARCE + reserve.SIZE))
    services.backups.when_due()
    assert DataFolder(folder).reserve.exists()


def test_b2_it_is_kept_again_when_there_is_room(services: Services, folder: Path) -> None:
    """And one that was cut short does not stay."""
    services.backups.when_due()
    kept = DataFolder(folder)
    assert reserve.release(kept)
    assert not reserve.release(kept)
    kept.reserve.with_name("sanad.reserve.part").write_bytes(b"half")
    services.backups.when_due()
    assert kept.reserve.stat().st_size == reserve.SIZE
    assert not kept.reserve.with_name("sanad.reserve.part").exists()


def test_b2_a_system_without_the_call_writes_it_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows, where it is filled block by block."""
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    monkeypatch.setattr(reserve, "_BLOCK", 30_000)
    reserve.keep(DataFolder(tmp_path), 10**9)
    assert (tmp_path / "sanad.reserve").stat().st_size == reserve.SIZE


def test_b2_a_disk_that_takes_none_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not made, or not given up, and no trace is left."""

    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(reserve, "_fill", failing)
        reserve.keep(DataFolder(tmp_path), 10**9)
    assert list(tmp_path.iterdir()) == []
    reserve.keep(DataFolder(tmp_path), 10**9)
    monkeypatch.setattr(os, "truncate", failing)
    assert not reserve.release(DataFolder(tmp_path))
    assert (tmp_path / "sanad.reserve").stat().st_size == reserve.SIZE
