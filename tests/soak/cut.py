"""Power cuts by the hundred while the office works: what was acknowledged is on the disk, not only in memory.

Run as ``make soak-cut`` for two hundred; the suite does a few. The data folder lies on an ext4 file system inside an
image, which holds only what the system has flushed: at a random instant the office is stopped, what it acknowledged is
noted, and the image is copied. The copy is what a machine would find after the lights went out; it is mounted (the file
system replays its journal), opened, and looked through. Of every ten cuts, one begins with an empty disk.

Whether the harness can see a loss at all is shown by a control: the same with SQLite's usual ``synchronous = NORMAL``
must lose acknowledged acts, or the run is void. Needs root, a loop device and ``mkfs.ext4``.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sanad.bootstrap import build
from sanad.store import database
from sanad.store.upgrade import newest_schema
from tests.builders import Clock
from tests.soak.acts import set_up, work
from tests.soak.births import Tell, apart, born, ended_well, remember_in
from tests.soak.watching import WORKING, Watched, examine, lost

SIZE = 48 * 2**20
"""Bytes of the disk that loses its power."""
SHORTEST, LONGEST = 0.05, 1.2
"""Seconds of work before the cut."""
CONTROLS = 10
"""Of so many cuts, one more is made as the control."""
MEMORY = Path("/dev/shm")  # noqa: S108  # an image in memory never reorders what it is told to keep


def missing() -> str:
    """What this machine lacks for a cut; empty where it can be done."""
    if sys.platform != "linux" or os.geteuid():
        return "needs Linux and root"
    if shutil.which("mkfs.ext4") is None:
        return "needs mkfs.ext4"
    with TemporaryDirectory(prefix="sanad-cut-") as place:
        image, at = Path(place) / "disk", Path(place) / "at"
        _format(image)
        at.mkdir()
        tried = subprocess.run(["mount", "-o", "loop", image, at], capture_output=True, check=False)
        if tried.returncode:
            return "needs a loop device"
        subprocess.run(["umount", at], check=True)
    return ""


@dataclass(frozen=True, slots=True)
class Bench:
    """The images and the places where they are mounted."""

    path: Path

    @property
    def empty(self) -> Path:
        """A disk with nothing on it."""
        return self.path / "empty"

    @property
    def ready(self) -> Path:
        """A disk with an office that was set up."""
        return self.path / "ready"

    @contextmanager
    def mounted(self, image: Path) -> Iterator[Path]:
        """The disk of an image, as a folder that is the same for each; the computer's memory of the data is on it."""
        at = self.path / "at"
        at.mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", "loop", image, at], check=True)
        try:
            remember_in(at / "memory")
            yield at
        finally:
            subprocess.run(["umount", at], check=True)


def soak(cuts: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Cut the power so many times, and once more for every ten as the control; what was counted.

    Raises:
        AssertionError: something acknowledged was lost, something was half, or the control lost nothing.
    """
    dice = random.Random(seed)  # noqa: S311  # the same moments every time, as far as the machine allows
    newest_schema()  # made once for all that are born from here
    bench = Bench(folder)
    _format(bench.empty)
    shutil.copyfile(bench.empty, bench.ready)
    with bench.mounted(bench.ready) as at:
        apart(lambda: set_up(at / "data"))
    told: Counter[str] = Counter(cuts=cuts)
    for number in range(cuts):
        watched = _cut(bench, dice, fresh=number % 10 == 9)
        told += watched.found
        told["acknowledged"] += len(watched.answers)
        if number % CONTROLS == 0:
            watched = _cut(bench, dice, control=True)
            told += watched.found
            told["acknowledged by the control"] += len(watched.answers)
    assert told["lost by the control"], "the control lost nothing: the run is void"
    return told


def _cut(bench: Bench, dice: random.Random, *, fresh: bool = False, control: bool = False) -> Watched:
    """One cut, and the look at what it left."""
    disk, left, watched = bench.path / "disk", bench.path / "left", Watched()
    shutil.copyfile(bench.empty if fresh else bench.ready, disk)
    seed, moment = dice.getrandbits(32), dice.uniform(SHORTEST, LONGEST)
    with bench.mounted(disk) as at:
        os.sync()
        pid, pipe = born(lambda tell: _live(at / "data", seed, tell, control=control))
        with pipe as ear:
            watched.until_work(ear)
            time.sleep(moment)
            os.kill(pid, signal.SIGSTOP)
            os.waitpid(pid, os.WUNTRACED)
            for line in ear.so_far():
                watched.hear(line)
            shutil.copyfile(disk, left)  # the lights go out
            os.kill(pid, signal.SIGKILL)
        ended_well(pid)
    with bench.mounted(left) as at:
        pid, pipe = born(lambda tell: _look(at / "data", watched, tell, control=control))
        with pipe as ear:
            for line in ear:
                watched.hear(line)
        assert ended_well(pid), "the look after the cut failed"
    return watched


def _live(folder: Path, seed: int, tell: Tell, *, control: bool) -> None:
    if control:
        database._PRAGMAS = {**database._PRAGMAS, "synchronous": ("NORMAL", 1)}
    set_up(folder)  # where it was set up before, nothing is written
    with build(folder, Clock(), who="x") as services:
        tell(f"{WORKING}\n".encode())
        work(services, random.Random(seed), tell)  # noqa: S311  # as above


def _look(folder: Path, watched: Watched, tell: Tell, *, control: bool) -> None:
    with build(folder, Clock(), who="x") as services:
        if control:
            gone = len(lost(services, watched))
            tell(f'={{"wrong": [], "lost by the control": {gone}, "controls that lost": {int(gone > 0)}}}\n'.encode())
        else:
            assert services.offices.read() is not None, "the office was set up before the work began"
            examine(services, watched, tell)


def _format(image: Path) -> None:
    with image.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)


def main(cuts: int) -> None:
    """Print what came of so many cuts, or what the machine lacks for them."""
    if lacks := missing():
        print(f"soak-cut: not run here: it {lacks}")
        return
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-cut-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        told = soak(cuts, Path(folder))
    print(f"soak-cut: {cuts} power cuts, {told['acknowledged']} acknowledged acts: 0 lost, 0 half, none paid twice")
    print(
        f"the control (synchronous = NORMAL) lost {told['lost by the control']} of "
        f"{told['acknowledged by the control']}, in {told['controls that lost']} of {-(-cuts // CONTROLS)} cuts"
    )
    print(", ".join(f"{name} {count}" for name, count in told.items() if "control" not in name))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
