"""The register of faults: what the design says can go wrong, and where each of these is put to the proof.

A fault has a letter for its kind and a number. A test carries the fault that it proves at the head of its name:
``test_b9_…``, or ``test_b9_d5_…`` for two. What is not proved yet stands in ``WAITING``, under its plain reason.
"""

import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

ROWS = {
    "a": 11,  # power and crash
    "b": 9,  # the disk
    "c": 19,  # sticks, backup and restore
    "d": 6,  # two at once
    "e": 20,  # what is typed
    "f": 14,  # money
    "g": 9,  # rules
    "h": 15,  # who may what
    "i": 9,  # files from elsewhere
    "j": 8,  # the clock and the calendars
    "k": 7,  # printing
    "l": 7,  # a newer program
}
KNOWN = {f"{kind}{number}" for kind, count in ROWS.items() for number in range(1, count + 1)}

WAITING = {
    "shown on Windows alone: the installer puts versions side by side": "l5",
    "shown on Windows alone: a processor or system too old for Qt": "l7",
    "payment runs and periods that are closed are not built": "f6",
    "a fund has no budget lines yet": "f3",
    "no sum is shared out among several yet": "f7",
    "the cash box is not built": "f12",
    "closing a day of payments is not built": "f13",
    "there is no import or export of Excel": "e14 i4 i8",
    "documents cannot be attached to a case yet": "i3 i7",
}

CARRIED = re.compile(r"^ *def (test_((?:[a-z][0-9]+_)+)\w+)", re.MULTILINE)


@cache
def kept() -> dict[str, list[str]]:
    """Each fault that a test's name carries, and the tests that do."""
    found: dict[str, list[str]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for name, rows in CARRIED.findall(file.read_text("utf-8")):
            for row in rows.rstrip("_").split("_"):
                found.setdefault(row, []).append(f"{file.relative_to(TESTS)}::{name}")
    return found


def listed(under: dict[str, str]) -> list[str]:
    """The faults of a list, in its order."""
    return [row for rows in under.values() for row in rows.split()]


def test_the_register_counts_every_fault() -> None:
    """The rows of the design are all there."""
    assert len(KNOWN) == 134


def test_every_fault_is_proved_or_waits_with_its_reason() -> None:
    """No fault is forgotten: a test carries it, or a reason says why none does."""
    assert sorted(KNOWN - kept().keys() - set(listed(WAITING))) == []


def test_what_is_proved_waits_no_longer() -> None:
    """A fault that a test carries has left the list of those that wait."""
    assert {row: kept()[row] for row in listed(WAITING) if row in kept()} == {}


def test_no_fault_is_made_up() -> None:
    """Tests and lists name faults of the design only, and a list names each once."""
    waiting = listed(WAITING)
    assert len(waiting) == len(set(waiting))
    assert {row: kept().get(row) for row in {*kept(), *waiting} - KNOWN} == {}
