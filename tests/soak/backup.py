"""Damaged backups by the hundred: every one refused, and the data that were there not changed by a byte.

Run as ``make soak-backup`` for a thousand; the suite does some sixty. Each round takes a whole backup and cuts it,
flips bits, swaps blocks, puts something behind it, or hands over another file, a wrong passphrase, a damaged key; then
asks for a verification and for two restores, over the data and into a new folder.
"""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.store.backup import KEY_FILE
from tests.backups import PHRASE, cheap_keys, everything, make_office
from tests.builders import Clock, a_family

BLOCK = 4096


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


def soak(rounds: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Damage a backup so many times; how often each refusal was met.

    Raises:
        AssertionError: one was not refused, or the data were changed.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder / "memory"))  # nothing of this in the memory of whoever runs it
        return _soak(rounds, folder, random.Random(seed))  # noqa: S311  # the same damages every time


def _soak(rounds: int, folder: Path, dice: random.Random) -> Counter[str]:
    office = make_office(folder)
    with build(office.data, Clock()) as services:
        a_family(services)  # the live data have gone on since
    fresh = folder / "fresh"
    told: Counter[str] = Counter()
    before, whole, key = everything(office.data), office.backup.read_bytes(), (office.stick / KEY_FILE).read_bytes()
    clock = Clock()
    restores = build(None, clock, who="x").restores
    for number in range(rounds):
        clock.move(days=1)  # no wrong passphrase makes the next one wait
        passphrase, sealed, content = PHRASE, key, whole
        if number % 20 == 0:
            passphrase = f"wrong words number {number}"
        elif number % 20 == 10:
            sealed = dice.choice((_cut, _flip))(dice, key)
        else:
            content = dice.choice(DAMAGES)(dice, whole)
        office.backup.write_bytes(content)
        (office.stick / KEY_FILE).write_bytes(sealed)
        for ask, to in ((restores.restore, office.data), (restores.restore, fresh), (restores.verify, office.data)):
            told[_refused(partial(ask, office.backup, passphrase, to))] += 1
        assert everything(office.data) == before, f"round {number} changed the data"
        assert not fresh.exists() or not everything(fresh), f"round {number} left something in a new folder"
        shutil.rmtree(fresh, ignore_errors=True)
    return told


def _refused(call: Callable[[], object]) -> str:
    try:
        call()
    except Refused as refused:
        return refused.problems[0].code
    raise AssertionError("a damaged backup was taken")


def main(rounds: int) -> None:
    """Print what came of so many damaged backups."""
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-soak-") as folder, cheap_keys():
        told = soak(rounds, Path(folder))
    print(f"soak-backup: {rounds} damaged backups, each offered three times: all refused, the data untouched")
    print(", ".join(f"{code} {count}" for code, count in told.most_common()))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
