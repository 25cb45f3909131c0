"""Drives and their room: which can be carried away, what a folder has left, what its file system cannot hold."""

import shutil
import sys
from pathlib import Path

import psutil

from sanad.domain.backup import Drive
from sanad.domain.errors import Refused

FAT_LIMIT = 4 * 1024**3 - 1
"""The largest file on FAT32, in bytes."""

_FAT = frozenset({"vfat", "msdos", "fat", "fat16", "fat32"})
_CARRIED = ("/media/", "/run/media/", "/mnt/usb", "/Volumes/")
"""Under which Linux and macOS show drives that were plugged in."""


def removable() -> tuple[Drive, ...]:
    """The drives that were plugged in and can be written to, the roomiest first."""
    found = []
    for partition in psutil.disk_partitions(all=False):
        options = partition.opts.split(",")
        if "ro" in options or not _is_carried(partition.mountpoint, options):
            continue
        try:
            room = shutil.disk_usage(partition.mountpoint)
        except OSError:  # a reader without a card, or a drive that is just being pulled out
            continue
        path = Path(partition.mountpoint)
        found.append(Drive(str(path), path.name or partition.mountpoint, room.free, room.total))
    return tuple(sorted(found, key=lambda drive: -drive.free))


def refuse_without_room(folder: Path, needed: int) -> None:
    """See to it that a file of so many bytes fits into a folder, before anything is written.

    Raises:
        Refused: there is no such room (``backup.no_room``), or the drive's file system holds no file as large
            (``backup.too_large``); both with the MB needed.
    """
    megabytes = -(-needed // 10**6)
    if needed > FAT_LIMIT and file_system(folder) in _FAT:
        raise Refused.because("backup.too_large", folder=str(folder), needed=megabytes)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused.because("backup.no_room", folder=str(folder), needed=megabytes, free=free // 10**6)


def file_system(folder: Path) -> str:
    """The kind of file system on which a folder lies, in small letters; empty where the system does not tell."""
    return _mounted(folder)[0].lower()


def is_removable(folder: Path) -> bool:
    """Whether a folder lies on a drive that was plugged in and can be pulled out."""
    _, place, options = _mounted(folder)
    return _is_carried(place, options.split(","))


def _mounted(folder: Path) -> tuple[str, str, str]:
    """The drive on which a folder lies: its file system, where it is mounted, how."""
    here = folder.absolute()
    mounted = [
        (len(place.parts), (partition.fstype, partition.mountpoint, partition.opts))
        for partition in psutil.disk_partitions(all=True)
        if (place := Path(partition.mountpoint)) == here or place in here.parents
    ]
    return max(mounted, default=(0, ("", "", "")))[1]


def _is_carried(place: str, options: list[str]) -> bool:
    if sys.platform == "win32":
        return "removable" in options
    return place.startswith(_CARRIED)
