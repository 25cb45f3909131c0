"""The program killed by the hundred while the office works: nothing that was acknowledged is lost, nothing is half.

Run as ``make soak-kill`` for a thousand; the suite does some twenty. In each round a process is born of a warm one,
opens the folder and looks through it after the kill before; says again the form that was on its way then, and the last
one that paid; goes to work, and is killed at a random moment: of every ten, one already while it opens and looks.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from sanad.bootstrap import build
from sanad.store.upgrade import newest_schema
from tests.builders import Clock
from tests.soak.acts import set_up, work
from tests.soak.births import Tell, apart, born, ended_well, remember_in
from tests.soak.watching import WORKING, Watched, examine

OF_A_FOLDER = 100
"""Kills, after which a new folder is begun: what is looked through each time stays small."""
LONGEST = 0.3
"""Seconds of work, or of opening and looking, before the kill, at most."""


def soak(kills: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Kill the program so many times at its work; what was counted.

    Raises:
        AssertionError: something acknowledged was lost, something was half, or the same form paid twice.
    """
    dice = random.Random(seed)  # noqa: S311  # the same moments every time, as far as the machine allows
    remember_in(folder / "memory")
    newest_schema()  # made once for all that are born from here
    told: Counter[str] = Counter(kills=kills)
    for begun in range(0, kills, OF_A_FOLDER):
        place, watched = folder / f"office-{begun}", Watched()
        apart(lambda at=place: set_up(at))  # type: ignore[misc]  # what it is called with stands there
        for number in range(begun, min(kills, begun + OF_A_FOLDER)):
            _kill(place, watched, dice, early=number % 10 == 9)
        _look(place, watched)
        told += watched.found
        told["acknowledged"] += len(watched.answers)
    return told


def _kill(place: Path, watched: Watched, dice: random.Random, *, early: bool) -> None:
    seed, moment = dice.getrandbits(32), dice.random() * LONGEST
    pid, pipe = born(lambda tell: _live(place, watched, seed, tell))
    with pipe as ear:
        if not early:
            watched.until_work(ear)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        for line in ear:
            watched.hear(line)
    assert not ended_well(pid)


def _live(place: Path, watched: Watched, seed: int, tell: Tell) -> None:
    """What a process does from its birth to its kill."""
    with build(place, Clock(), who="x") as services:
        examine(services, watched, tell)
        tell(f"{WORKING}\n".encode())
        work(services, random.Random(seed), tell)  # noqa: S311  # as above


def _look(place: Path, watched: Watched) -> None:
    """What the last kill of a folder left."""

    def look(tell: Tell) -> None:
        with build(place, Clock(), who="x") as services:
            examine(services, watched, tell)

    pid, pipe = born(look)
    with pipe as ear:
        for line in ear:
            watched.hear(line)
    assert ended_well(pid)


def main(kills: int) -> None:
    """Print what came of so many kills."""
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-soak-") as folder:
        told = soak(kills, Path(folder))
    print(f"soak-kill: {kills} kills, {told['acknowledged']} acknowledged acts: 0 lost, 0 half, none paid twice")
    print(", ".join(f"{name} {count}" for name, count in told.items()))
    print(f"the doctor found nothing in {told['looks']} looks; {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
