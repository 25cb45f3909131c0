"""Drives that were plugged in, and the file system under a folder."""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from sanad.store import drives


def mounted(monkeypatch: pytest.MonkeyPatch, *partitions: tuple[str, str, str]) -> None:
    """The system tells of these: place, file system, options."""
    told = [SimpleNamespace(mountpoint=place, fstype=kind, opts=options) for place, kind, options in partitions]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: told)  # noqa: A006  # the library's name


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card reader without a card, and drives of some size."""

    def usage(place: Any) -> SimpleNamespace:
        if "EMPTY" in str(place):
            raise OSError(6, "No such device")
        return SimpleNamespace(free=len(str(place)) * 10**9, total=64 * 10**9)

    monkeypatch.setattr(shutil, "disk_usage", usage)


@pytest.mark.usefixtures("room")
def test_sticks_are_found_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were plugged in and can be written, the roomiest first; no disk of the machine itself."""
    mounted(
        monkeypatch,
        ("/", "ext4", "rw"),
        ("/media/safa/KEY", "vfat", "rw,nosuid"),
        ("/run/media/safa/SANAD", "exfat", "rw"),
        ("/media/safa/DVD", "iso9660", "ro"),
        ("/media/safa/EMPTY", "vfat", "rw"),
    )
    assert [(drive.label, drive.path) for drive in drives.removable()] == [
        ("SANAD", "/run/media/safa/SANAD"),
        ("KEY", "/media/safa/KEY"),
    ]
    assert drives.removable()[0].size == 64 * 10**9


@pytest.mark.usefixtures("room")
def test_sticks_are_found_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the system itself says what is removable."""
    monkeypatch.setattr(sys, "platform", "win32")
    mounted(monkeypatch, ("C:\\", "NTFS", "rw,fixed"), ("E:\\", "FAT32", "rw,removable"), ("/", "", "rw,removable"))
    assert [drive.label for drive in drives.removable()] == ["E:\\", "/"]


def test_the_nearest_file_system_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stick inside a folder of the disk is the stick's; where nothing is told, nothing is claimed."""
    stick = tmp_path / "stick"
    mounted(monkeypatch, ("/", "ext4", ""), (str(stick), "VFAT", ""), (str(tmp_path / "stick2"), "ntfs", ""))
    assert drives.file_system(stick / "backups") == "vfat"
    assert drives.file_system(stick) == "vfat"
    assert drives.file_system(tmp_path) == "ext4"
    mounted(monkeypatch)
    assert drives.file_system(tmp_path) == ""
