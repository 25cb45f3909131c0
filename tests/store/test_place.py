"""B5: a data folder lies on a disk of this computer."""

from pathlib import Path

import psutil
import pytest

from sanad.bootstrap import build
from sanad.domain.health import Place
from sanad.store import place
from tests.backup_acts import restores
from tests.backups import PHRASE, Office, refusal
from tests.builders import Clock
from tests.store.test_backup_drives import mounted


@pytest.fixture(autouse=True)
def _plain_windows_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "SMB3", "smbfs", "fuse.sshfs", "davfs", "vboxsf", "9p", "afpfs", "fuse.rclone"]
)
def test_b5_a_share_is_told(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its file system, as the system tells it."""
    mounted(monkeypatch, ("/", "ext4", "rw"), (str(tmp_path), kind, "rw"))
    assert place.of(tmp_path / "data") is Place.NETWORK


def test_b5_a_share_of_windows_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two strokes before the server."""
    mounted(monkeypatch)

    class Share(type(Path())):  # type: ignore[misc]  # what Path makes here
        def absolute(self) -> "Share":
            return self

        def __str__(self) -> str:
            return "\\\\server\\office\\sanad"

    assert place.of(Share("/x")) is Place.NETWORK


def test_b5_a_stick_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By where it is mounted."""
    mounted(monkeypatch, ("/", "ext4", "rw"), ("/media/safa/KEY", "vfat", "rw"))
    assert place.of(Path("/media/safa/KEY/sanad")) is Place.REMOVABLE
    assert place.of(Path("/srv/safa/sanad")) is Place.FIXED


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - Sample Charity",
        "onedrive",
        "Dropbox",
        "Dropbox (Office)",
        "Google Drive",
        "GoogleDrive",
        "My Drive",
        "iCloudDrive",
        "Mobile Documents",
        "Nextcloud",
        "ownCloud",
        "pCloud Drive",
        "MEGA",
        "Yandex.Disk",
        "Box Sync",
        "Syncthing",
    ],
)
def test_b5_a_folder_that_is_copied_elsewhere_is_told(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name that its program gives it."""
    mounted(monkeypatch, ("/", "ext4", "rw"))
    assert place.of(Path("/srv/safa") / folder / "office" / "sanad") is Place.CLOUD


@pytest.mark.parametrize("folder", ["Boxes", "sanad", "Megaphone", "my drivers", "سند", "one drive"])
def test_b5_other_names_are_left_alone(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that only looks like one."""
    mounted(monkeypatch, ("/", "ext4", "rw"))
    assert place.of(Path("/srv/safa") / folder) is Place.FIXED


def test_b5_what_such_programs_leave_or_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder under another name, by the mark in it or the system's own variable."""
    mounted(monkeypatch, ("/", "ext4", "rw"))
    assert place.of(tmp_path / "office") is Place.FIXED
    (tmp_path / ".dropbox").touch()
    assert place.of(tmp_path / "office") is Place.CLOUD
    (tmp_path / ".dropbox").unlink()
    monkeypatch.setenv("OneDrive", str(tmp_path))
    assert place.of(tmp_path / "office") is Place.CLOUD


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Place.NETWORK, "data.on_network"),
        (Place.REMOVABLE, "data.on_removable"),
        (Place.CLOUD, "data.in_cloud"),
    ],
)
def test_b5_new_data_are_refused_there_and_moved_ones_warned_of(
    found: Place, code: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made, by a start or by a restore; data that were moved there open, and the doctor tells."""
    monkeypatch.setattr(place, "of", lambda folder: found)
    assert refusal(lambda: build(tmp_path / "new", Clock())) == code
    assert refusal(lambda: restores().restore(office.backup, PHRASE, tmp_path / "new")) == code
    assert not (tmp_path / "new").exists()
    with build(office.data, Clock()) as services:
        (fact,) = (fact for fact in services.health.facts() if fact.name == "place")
        assert (fact.state, fact.standing) == (found.value, "care")
        assert fact.values["folder"] == str(office.data)


def test_b5_this_very_place_is_a_disk_of_this_computer(tmp_path: Path) -> None:
    """As the system itself tells it, here and now."""
    assert psutil.disk_partitions(all=True)
    assert place.of(tmp_path) is Place.FIXED
