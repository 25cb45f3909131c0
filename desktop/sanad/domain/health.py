"""How the data folder stands: facts that are told in the window and by the doctor, each with how much care it wants."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SCARCE = 500 * 1000 * 1000
"""Bytes; with less free room the disk is nearly full, as it is with less than three times the data file."""

STOPPED = "health.stopped"
"""The code of a long look that was told to stop."""

_FIXED_SQLITE = (((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (3, 52)))
"""Branches of SQLite into which the mending of its write-ahead log went, each from one version to before another."""
_MENDED_SQLITE = (3, 53)


class Standing(StrEnum):
    """How much care a fact wants: none, some soon, or at once."""

    FINE = "fine"
    CARE = "care"
    STOP = "stop"


class Record(StrEnum):
    """What the doctor may find changed; by the table in which it lies."""

    OFFICE = "office"
    OFFICE_LOGO = "office_logo"
    OFFICE_KEY = "office_key"
    HOUSEHOLDS = "households"
    REQUESTS = "requests"
    CORRECTIONS = "corrections"
    ASSESSMENTS = "assessments"
    DECISIONS = "decisions"
    VOUCHERS = "vouchers"
    RECEIPTS = "receipts"
    CANCELLATIONS = "cancellations"
    PACKS = "packs"
    REVISIONS = "revisions"
    NUMBERS = "numbers"
    OPERATIONS = "operations"


class FilePart(StrEnum):
    """A part of the data file, as the office knows it."""

    OFFICE = "office"
    FAMILIES = "families"
    REQUESTS = "requests"
    PAYMENTS = "payments"
    GUIDES = "guides"
    PEOPLE = "people"
    JOURNAL = "journal"
    DRAFTS = "drafts"
    SEARCH = "search"


class Size(int):
    """So many bytes, read as one reads the room of a drive."""


@dataclass(frozen=True, slots=True)
class Ago:
    """A moment, told by how long before a day it was."""

    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so. Its title is ``fact.<name>``, its words ``fact.<name>.<state>``, filled with ``values``."""

    name: str
    state: str
    standing: Standing
    values: Mapping[str, object]


class Place(StrEnum):
    """What kind of place a data folder lies in; only the first is one for it."""

    FIXED = "fixed"
    NETWORK = "network"
    """A share: two computers write to it, and a broken line leaves half of what was written."""
    REMOVABLE = "removable"
    """A drive that is pulled out."""
    CLOUD = "cloud"
    """A folder that another program copies elsewhere while it is written to."""


class Reserve(StrEnum):
    """How the room stands that is kept back for a day on which the disk is full."""

    KEPT = "kept"
    RELEASED = "released"
    """It was given up; it is kept again when there is room."""
    NONE = "none"
    """Never made: there was no room for it, or the folder is not yet used from the window."""


@dataclass(frozen=True, slots=True)
class Older:
    """How the data fall short of where they stood when they were last written on this computer.

    ``receipt`` is the last one that was printed by then, empty where there was none; ``at`` the moment of the last act,
    of which ``missing`` are not there; ``numbers`` the last number of each series, which stand on papers.
    """

    receipt: str
    at: datetime
    missing: int
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """How the data had gone on, when they were opened, past where they stood when last written by this computer's user.

    So many ``entries`` were there that he had not written ``since`` then.
    """

    entries: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Condition:
    """What was measured of an open data folder. Sizes are in bytes.

    ``own_size`` is that of the backups beside the data, and of the data as they were before restores and upgrades;
    ``numbers`` the last number of each series;
    ``journal_head`` the seal of the last of ``journal_entries``, written at ``last_at``; ``set_back`` tells that the
    clock now stands before that, ``failing`` that the disk lost a write since the folder was opened, ``damaged`` that a
    part of the data file was met that cannot be read, ``encrypted`` that the file cannot be read without a key,
    ``older`` that the folder was replaced by an older copy of itself, ``ahead`` that it was found of late to have gone
    on elsewhere.
    """

    now: datetime
    folder: str
    data_size: int
    own_size: int
    free: int
    sqlite: str
    numbers: Mapping[str, int]
    journal_entries: int
    journal_head: str
    last_at: datetime | None
    set_back: bool
    failing: bool
    damaged: bool
    encrypted: bool
    in_the_open: bool
    """Whether data of before a restore or an upgrade lie beside it that are not encrypted."""
    place: Place
    reserve: Reserve
    older: Older | None
    ahead: Ahead | None

    @property
    def wanted(self) -> int:
        """Bytes that should be free."""
        return wanted(self.data_size)


def wanted(data_size: int) -> int:
    """Bytes that should be free beside a data file of this size."""
    return max(SCARCE, 3 * data_size)


def last_number(numbers: Mapping[str, int], series: str) -> str:
    """The last number of a series by year, as it is printed: ``2026-000042``; empty before the first.

    ``numbers`` is the last number drawn, by series and year: ``receipt-2026``.
    """
    years = {name.rpartition("-")[2]: last for name, last in numbers.items() if name.startswith(f"{series}-")}
    return f"{max(years)}-{years[max(years)]:06}" if years else ""


def is_mended(sqlite: str) -> bool:
    """Whether a version of SQLite is free of the fault by which two writers could damage a write-ahead log."""
    version = tuple(int(part) for part in re.findall(r"\d+", sqlite)[:3])
    return version >= _MENDED_SQLITE or any(first <= version < end for first, end in _FIXED_SQLITE)
