"""What is measured of an open folder, and that a folder which cannot be looked at is refused as such."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sanad.domain.errors import Refused
from sanad.services import Services
from sanad.store import condition
from sanad.store.folder import DATA_FILE, DataFolder


class Usage(NamedTuple):
    """As the system tells of a disk."""

    total: int
    used: int
    free: int


def test_sizes_count_what_is_there(services: Services, folder: Path) -> None:
    """The data file with its log; a file that goes while it is counted takes no room."""
    store = services.health._store
    assert store.condition().data_size >= (folder / "sanad.sqlite3").stat().st_size
    assert condition._size([folder / "sanad.sqlite3", folder / "gone"]) == (folder / "sanad.sqlite3").stat().st_size


def test_b2_what_was_kept_of_before_is_counted_too(services: Services, folder: Path) -> None:
    """Backups in every folder of theirs, and the data as they were before restores and upgrades."""
    assert services.health._store.condition().own_size == 0
    at = DataFolder(folder)
    kept = (
        at.backups / "a.age",
        at.backups / "other" / "b.age",
        at.before_restores / "then" / "c",
        at.before_upgrades / "d",
    )
    for number, file in enumerate(kept):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(10**number))
    assert services.health._store.condition().own_size == 1111


def test_b2_a_set_put_aside_is_looked_through_once(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of papers may lie in it: no later look of the window walks through them. One that is gone is none."""
    store, aside = services.health._store, DataFolder(folder).before_restores / "2026-01-01-090000"
    (aside / "attachments").mkdir(parents=True)
    (aside / "attachments" / "paper").write_bytes(bytes(1000))
    (aside / DATA_FILE).write_bytes(b"SQLite format 3\x00")
    first = store.condition()
    assert (first.own_size, first.in_the_open) == (1016, True)
    walked, opened = Path.rglob, Path.open

    def walk(path: Path, *said: str) -> Iterator[Path]:
        assert path != aside
        return walked(path, *said)

    def opens(path: Path, mode: str = "r") -> object:
        assert path.parent != aside
        return opened(path, mode)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rglob", walk)
        patched.setattr(Path, "open", opens)
        again = store.condition()
        assert (again.own_size, again.in_the_open) == (1016, True)
        shutil.rmtree(aside)
        gone = store.condition()
        assert (gone.own_size, gone.in_the_open) == (0, False)


def test_b2_the_reserve_asks_for_the_room_alone(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a backup is due is asked at every rest: what was put aside is not counted for that."""

    def counted(_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(condition, "_own_size", counted)
    services.backups.when_due()
    assert DataFolder(services.folder).reserve.exists()


def test_data_of_before_that_lie_in_the_open_are_found(services: Services, folder: Path) -> None:
    """Only those that begin as a plain data file does; one that cannot be read tells nothing."""
    at = DataFolder(folder)
    then, upgraded = at.before_restores / "then" / DATA_FILE, at.before_upgrades / "sanad-0001.sqlite3"
    assert not services.health._store.condition().in_the_open
    for file in (then, upgraded):
        file.parent.mkdir(parents=True)
        file.write_bytes(b"nothing that anybody could read")
        assert not services.health._store.condition().in_the_open
        file.write_bytes(b"SQLite format 3\x00 and more")
        assert services.health._store.condition().in_the_open
        file.unlink()
        file.mkdir()
        assert not services.health._store.condition().in_the_open


def test_b2_three_times_the_file_should_be_free(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five hundred megabytes for a small file; of a larger one, three times its size."""
    found = services.health._store.condition()
    assert found.wanted == 500 * 10**6
    monkeypatch.setattr(condition, "_size", lambda _files: 10**9)
    assert services.health._store.condition().wanted == 3 * 10**9


def test_a_folder_that_cannot_be_looked_at_is_refused(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system does not tell how much is free: a refusal that names the folder."""

    def fail(_path: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(shutil, "disk_usage", fail)
    for look in (services.health._store.condition, services.health._store.keep_reserve):
        with pytest.raises(Refused) as refused:
            look()
        assert refused.value.problems[0].code == "data.disk_failing"


def test_an_encrypted_folder_is_told_by_its_slots(services: Services, folder: Path) -> None:
    """It is one as long as the slots of its key lie in it."""
    assert services.health._store.condition().encrypted is DataFolder(folder).keys.is_dir()
