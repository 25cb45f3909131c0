"""Damaged backups by the thousand: every one refused, and the data that were there not changed by a byte.

Run as ``make soak-backup``; the suite does a few of each. A round takes a whole backup and cuts it, flips bits, swaps
blocks, puts something behind it, or hands over another file, a wrong passphrase, a damaged key. A thousand are offered
for a verification and two restores, over the data and into a new folder; nine thousand more for a verification. Then
data files are damaged inside backups that are rightly sealed, and backups restored over what a crash left.
"""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.store import recall, restore
from sanad.store.backup import KEY_FILE
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE
from tests.backups import PHRASE, Office, cheap_keys, everything, make_office, opened
from tests.builders import Clock, a_family

BLOCK = 4096
Soak = Callable[[int, Path], Counter[str]]


def _cut(dice: random.Random, whole: bytes) -> bytes:
    return whole[: dice.randrange(len(whole))]


def _flip(dice: random.Random, whole: bytes) -> bytes:
    changed = bytearray(whole)
    for _ in range(dice.choice((1, 1, 8))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed) if bytes(changed) != whole else whole[:-1]


def _swap(dice: random.Random, whole: bytes) -> bytes:
    blocks = [whole[start : start + BLOCK] for start in range(0, len(whole), BLOCK)]
    one, other = dice.sample(range(len(blocks)), 2)
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"".join(blocks)


def _longer(dice: random.Random, whole: bytes) -> bytes:
    return whole + dice.choice((b"\0", whole[-100:], whole))


def _zeros(dice: random.Random, whole: bytes) -> bytes:
    start = dice.randrange(len(whole) - BLOCK)
    return whole[:start] + bytes(BLOCK) + whole[start + BLOCK :]


def _other(dice: random.Random, whole: bytes) -> bytes:
    return dice.choice((b"", dice.randbytes(5000), b"SQLite format 3\0" + bytes(4080), b"PK\3\4" + bytes(300)))


DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_cut, _flip, _flip, _swap, _longer, _zeros, _other)


@dataclass(frozen=True)
class Damaged:
    """A backup of an office, and the hand that damages it."""

    office: Office
    dice: random.Random
    whole: bytes
    key: bytes

    @classmethod
    def made(cls, folder: Path, seed: int) -> "Damaged":
        """A new office, whose live data have gone on since its backup."""
        office = make_office(folder)
        with build(office.data, Clock()) as services:
            a_family(services)
        key = (office.stick / KEY_FILE).read_bytes()
        return cls(office, random.Random(seed), office.backup.read_bytes(), key)  # noqa: S311  # the same every time

    def spoil(self, number: int) -> str:
        """Damage the backup, or now and then its key; the passphrase that is typed, at times a wrong one."""
        passphrase, sealed, content = PHRASE, self.key, self.whole
        if number % 20 == 0:
            passphrase = f"wrong words number {number}"
        elif number % 20 == 10:
            sealed = self.dice.choice((_cut, _flip))(self.dice, self.key)
        else:
            content = self.dice.choice(DAMAGES)(self.dice, self.whole)
        self.office.backup.write_bytes(content)
        (self.office.stick / KEY_FILE).write_bytes(sealed)
        return passphrase


def soak(rounds: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Damage a backup so many times, and offer each three times; how often each refusal was met.

    Raises:
        AssertionError: one was not refused, or the data were changed.
    """
    with _own_memory(folder):
        damaged, clock, fresh = Damaged.made(folder, seed), Clock(), folder / "fresh"
        office, told = damaged.office, Counter[str]()
        before, restores = everything(office.data), build(None, clock, who="x").restores
        for number in range(rounds):
            _a_day_later(clock)
            passphrase = damaged.spoil(number)
            for ask, to in ((restores.restore, office.data), (restores.restore, fresh), (restores.verify, office.data)):
                told[_refused(partial(ask, office.backup, passphrase, to))] += 1
            assert everything(office.data) == before, f"round {number} changed the data"
            assert not fresh.exists() or not everything(fresh), f"round {number} left something in a new folder"
            shutil.rmtree(fresh, ignore_errors=True)
    return told


def looks(rounds: int, folder: Path, seed: int = 6) -> Counter[str]:
    """Damage a backup so many times, and ask whether it is sound; how often each refusal was met.

    Raises:
        AssertionError: one was not refused, or something was left of it.
    """
    with _own_memory(folder):
        damaged, clock = Damaged.made(folder, seed), Clock()
        office, told = damaged.office, Counter[str]()
        before, restores = everything(office.data), build(None, clock, who="x").restores
        for number in range(rounds):
            _a_day_later(clock)
            passphrase = damaged.spoil(number)
            told[_refused(partial(restores.verify, office.backup, passphrase, office.data))] += 1
        assert everything(office.data) == before, "the data were changed"
    return told


def _a_day_later(clock: Clock) -> None:
    """The program is started anew on the next day: no wrong passphrase makes the next one wait."""
    clock.move(days=1)
    recall.THIS_RUN = recall.Recall(time.monotonic)


def data_files(rounds: int, folder: Path, seed: int = 7) -> Counter[str]:
    """Damage the data file itself so many times, as a hostile hand would before it seals a backup rightly.

    Where the damage is to what nobody reads, the file is as good as it was, and taken.

    Raises:
        AssertionError: one was taken that holds something else than its manifest says.
        any other: what nobody foresaw.
    """
    with _own_memory(folder):
        damaged = Damaged.made(folder, seed)
        told, whole = opened(damaged.office)
        met: Counter[str] = Counter()
        for _ in range(rounds):
            content = damaged.dice.choice((_flip, _swap, _zeros, _cut))(damaged.dice, whole)
            file = folder / DATA_FILE
            file.write_bytes(content)
            try:
                restore._prove(file, told, PLAIN)
            except Refused as refused:
                met[refused.problems[0].code] += 1
            else:
                met["as good as it was"] += 1
    return met


def crashes(rounds: int, folder: Path, seed: int = 8) -> Counter[str]:
    """Restore over what a crash left, so many times, and undo it: nothing is ever damaged.

    Raises:
        AssertionError: the restored data, or those put back, do not agree with themselves.
    """
    with _own_memory(folder):
        office, dice = make_office(folder), random.Random(seed)  # noqa: S311  # the same every time
        met: Counter[str] = Counter()
        for number in range(rounds):
            crashed, live = folder / f"crashed-{number}", folder / f"live-{number}"
            shutil.copytree(office.data, live)
            with build(live, Clock()) as services:
                for _ in range(dice.randint(1, 3)):
                    a_family(services)
                shutil.copytree(live, crashed)
            left = crashed / f"{DATA_FILE}-wal"
            with left.open("r+b") as log:
                log.truncate(dice.randint(0, left.stat().st_size))
            if dice.random() < 0.5:
                (crashed / f"{DATA_FILE}-shm").unlink()
            restores = build(None, Clock(), who="x").restores
            restores.restore(office.backup, PHRASE, crashed)
            assert _families(crashed) == 2, f"round {number}: the restored data"
            restores.undo(crashed)
            met[f"{_families(crashed)} families put back"] += 1
            shutil.rmtree(crashed)
            shutil.rmtree(live)
    return met


def _families(folder: Path) -> int:
    with build(folder, Clock(), who="x") as services:
        assert [line for line in services.health.checks() if not line.ok] == []
        return services.households.count()


@contextmanager
def _own_memory(folder: Path) -> Iterator[None]:
    """Nothing of this in the memory of whoever runs it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder / "memory"))
        yield


def _refused(call: Callable[[], object]) -> str:
    try:
        call()
    except Refused as refused:
        return refused.problems[0].code
    raise AssertionError("a damaged backup was taken")


def main(rounds: int) -> None:
    """Print what came of so many damaged backups."""
    each: tuple[tuple[Soak, int, str], ...] = (
        (soak, rounds, "damaged backups, each offered three times: all refused, the data untouched"),
        (looks, 9 * rounds, "more, looked through: all refused"),
        (data_files, 5 * rounds, "damaged data files in backups rightly sealed: none taken but what is as good"),
        (crashes, rounds // 5, "restores over what a crash left, and undone: none damaged"),
    )
    for work, times, said in each:
        started = time.perf_counter()
        with TemporaryDirectory(prefix="sanad-soak-") as folder, cheap_keys():
            told = work(times, Path(folder))
        print(f"soak-backup: {times} {said} ({time.perf_counter() - started:.0f} s)")
        print("  " + ", ".join(f"{code} {count}" for code, count in told.most_common()), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
