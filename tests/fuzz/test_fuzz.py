"""The fuzzing in short, as the suite runs it: everything from outside is read or refused, soon and in bounds."""

import random
import time
from contextlib import suppress

import psutil
import pytest

from sanad.domain.errors import Refused
from tests.fuzz.readers import READERS

ROUNDS = 25
SLOWEST = 10.0
"""Seconds that one input may take on a busy machine."""
MOST_GROWTH = 300 * 2**20
"""Bytes that all of a reader's inputs together may cost."""
WORDS = (
    b"\0",
    b"\xff" * 8,
    b"\xe0",
    b"\xd8\x00",
    b"9" * 40,
    b"[" * 400,
    b"-",
    b"nan",
    b"1e999",
    b"\xe2\x80\xae",
    b"{",
    b'"',
)


def changed(dice: random.Random, seed: bytes) -> bytes:
    """A sound thing with some of it cut, turned over, said twice, or something else said in between."""
    data = bytearray(seed)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 4, 40, 4096)))
        match dice.randrange(4):
            case 0:
                del data[at:end]
            case 1 if at < end:
                data[at] ^= 1 << dice.randrange(8)
            case 2:
                data[at:at] = data[at:end]
            case _:
                data[at:at] = dice.choice(WORDS)
    return bytes(data)


@pytest.mark.parametrize("name", READERS)
def test_whatever_comes_from_outside_is_read_or_refused(name: str) -> None:
    """Each reader with what it is to be given, with what no one should give it, and with both changed at random."""
    reader, dice = READERS[name], random.Random(name)  # noqa: S311  # the same changes every time
    seeds = reader.seeds()
    given = [*seeds, b"", *(changed(dice, dice.choice(seeds)) for _ in range(ROUNDS))]
    held = psutil.Process().memory_info().rss
    for data in given:
        started = time.perf_counter()
        with suppress(Refused):
            reader.read(data)
        assert time.perf_counter() - started < SLOWEST, data[:200]
        assert psutil.Process().memory_info().rss - held < MOST_GROWTH, data[:200]
