"""Disks that are small enough to be filled."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small() -> Iterator[Path]:
    """A disk of 2 MB, where the system lets us make one."""
    with tempfile.TemporaryDirectory() as place:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
        )
        if made.returncode:
            pytest.skip("only root may mount a small disk")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def fill_up(disk: Path) -> Path:
    """Take the last byte of a disk; the file that holds it."""
    ballast = disk / "filling"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    assert shutil.disk_usage(disk).free == 0
    return ballast
