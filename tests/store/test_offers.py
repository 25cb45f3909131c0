"""The backups that lie about: beside the data, in folders of other keys, on drives that come and go."""

import os
from pathlib import Path

import pytest

from sanad.domain.backup import Drive
from sanad.store import drives, offers
from sanad.store.folder import DataFolder

NAMES = ("sanad-2026-11-20-001.age", "sanad-2026-11-21-002.age", "sanad-2026-11-22-003.age")


def lay(folder: Path, name: str, minute: int) -> Path:
    """A file that looks like a backup, written at a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"x" * 7)
    os.utime(path, (minute * 60, minute * 60))
    return path


def test_every_backup_is_offered_the_last_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By when its file was written, with where it lies; what is no backup is not offered."""
    folder = DataFolder(tmp_path / "data")
    lay(folder.backups, NAMES[0], 1)
    lay(folder.backups / "qqqqqqqq", NAMES[1], 3)
    lay(folder.backups, "office-key.age", 9)
    lay(tmp_path / "stick", NAMES[2], 2)
    lay(tmp_path / "stick", "sanad-2026-11-22-004.age.part", 9)
    stick = Drive(str(tmp_path / "stick"), "STICK", 1, 1)
    gone = Drive(str(tmp_path / "gone"), "GONE", 1, 1)
    monkeypatch.setattr(drives, "removable", lambda: (stick, gone))
    found = offers.everywhere(folder)
    assert [(offer.name, offer.drive, offer.own, offer.size) for offer in found] == [
        (NAMES[1], "", True, 7),
        (NAMES[2], "STICK", False, 7),
        (NAMES[0], "", True, 7),
    ]


def test_a_backup_that_goes_while_it_is_listed_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick was pulled out between two looks."""
    path = lay(tmp_path, NAMES[0], 1)
    path.unlink()
    monkeypatch.setattr(offers, "_listed", lambda _folder: [path])
    assert list(offers.within(tmp_path)) == []
