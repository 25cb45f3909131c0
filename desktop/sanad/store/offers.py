"""The backups that lie about: on the drives that are plugged in, and beside the data."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sanad.domain.backup import Offer
from sanad.store import drives
from sanad.store.folder import DataFolder
from sanad.store.thinning import Named


def everywhere(folder: DataFolder) -> tuple[Offer, ...]:
    """Every backup that can be seen from here, the one made last first."""
    found = [*within(folder.backups, own=True)]
    for inner in _folders(folder.backups):
        found += within(inner, own=True)
    for drive in drives.removable():
        found += within(Path(drive.path), drive=drive.label)
    return tuple(sorted(found, key=lambda offer: offer.made_at, reverse=True))


def within(folder: Path, *, drive: str = "", own: bool = False) -> Iterator[Offer]:
    """The backups that lie in a folder under their final names; none where it cannot be read."""
    for file in _listed(folder):
        if Named.read(file.name) is not None:
            with contextlib.suppress(OSError):  # it went with its drive
                yield of_file(file, drive=drive, own=own)


def of_file(file: Path, *, drive: str = "", own: bool = False) -> Offer:
    """A file that somebody says is a backup.

    Raises:
        OSError: it is not there.
    """
    told = file.stat()
    return Offer(str(file), file.name, datetime.fromtimestamp(told.st_mtime, UTC), told.st_size, drive=drive, own=own)


def _folders(folder: Path) -> list[Path]:
    return [path for path in _listed(folder) if path.is_dir()]


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
