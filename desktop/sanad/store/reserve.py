"""Room that is kept back: a file that is given up when the disk is full, so that the day's work can be finished.

It is given up once. It is kept again when there is room for it and more.
"""

import contextlib
import os
from collections.abc import Callable
from typing import TypeVar

from sanad.domain.errors import Refused
from sanad.domain.health import Reserve
from sanad.store.folder import DataFolder, open_own

SIZE = 50 * 1000 * 1000
"""Bytes: some thousand acts, and a look through all that can be thrown away."""

_BLOCK = 1000 * 1000

Found = TypeVar("Found")


def standing(folder: DataFolder) -> Reserve:
    """Whether it is there; one that was given up leaves an empty file."""
    try:
        return Reserve.KEPT if folder.reserve.stat().st_size else Reserve.RELEASED
    except OSError:
        return Reserve.NONE


def keep(folder: DataFolder, to_spare: int) -> None:
    """Make the reserve, if it is not there and ``to_spare`` bytes allow it; a disk that fails is told elsewhere."""
    if standing(folder) is Reserve.KEPT or to_spare < SIZE:
        return
    growing = folder.reserve.with_name(f"{folder.reserve.name}.part")
    try:
        growing.unlink(missing_ok=True)
        with open_own(growing) as file:
            _fill(file.fileno())
        growing.replace(folder.reserve)
    except OSError:
        with contextlib.suppress(OSError):
            growing.unlink(missing_ok=True)


def release(folder: DataFolder) -> bool:
    """Give the room back; whether there was any."""
    if standing(folder) is not Reserve.KEPT:
        return False
    try:
        os.truncate(folder.reserve, 0)
    except OSError:
        return False
    return True


def given_up_for(folder: DataFolder, act: Callable[[], Found]) -> Found:
    """Do what a full disk may refuse; then once more with the room that was kept back.

    Raises:
        Refused: as the act.
    """
    try:
        return act()
    except Refused as refused:
        if refused.problems[0].code != "data.disk_full" or not release(folder):
            raise
        return act()


def _fill(file: int) -> None:
    """Room that is really taken: a file that is only said to be long takes none."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, SIZE)
        return
    for start in range(0, SIZE, _BLOCK):
        os.write(file, bytes(min(_BLOCK, SIZE - start)))
