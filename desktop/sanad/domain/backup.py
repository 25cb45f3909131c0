"""Backups as they are told: what one holds, where it lies, which drive takes it, when the last was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

LATE = 7
"""Days without a verified backup after which the reminder turns red."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a backup: its name there, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, inside its encryption.

    ``step`` is that of the data file's schema; ``counts`` are rows by table, ``totals`` amounts in minor units by
    table, ``numbers`` the last number of each series; ``journal_head`` is the seal of the last of ``journal_entries``.
    """

    format: int
    program: str
    step: str
    made_at: datetime
    office_ar: str
    office_en: str
    currency: str
    counts: Mapping[str, int]
    totals: Mapping[str, int]
    numbers: Mapping[str, int]
    journal_head: str
    journal_entries: int
    parts: tuple[Part, ...]

    @property
    def families(self) -> int:
        """How many families it holds."""
        return self.counts.get("households", 0)

    @property
    def last_receipt(self) -> str:
        """The number of the last receipt, as it is printed; empty before the first."""
        drawn = {series: last for series, last in self.numbers.items() if series.startswith("receipt-")}
        if not drawn:
            return ""
        series = max(drawn)
        return f"{series.removeprefix('receipt-')}-{drawn[series]:06}"

    def office(self, language: str) -> str:
        """The office's name in ``ar`` or ``en``, or in the other where it has but one; empty before it was set up."""
        return (self.office_ar or self.office_en) if language == "ar" else (self.office_en or self.office_ar)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read back to its last byte and stands under its final name."""

    path: str
    size: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore that was done. ``aside`` is where what lay there before is kept; None where nothing did."""

    manifest: Manifest
    aside: str | None


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be carried away. Sizes are in bytes."""

    path: str
    label: str
    free: int
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A verified backup as the data folder remembers it; ``journal_head`` is that of the data it holds."""

    name: str
    folder: str
    made_at: datetime
    journal_head: str

    def days(self, on: date) -> int:
        """How many days old it is; none when the clock stands before it."""
        return max(0, (on - self.made_at.date()).days)


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """How the office stands with its backups on a day.

    ``carried`` is the last verified one that was made to a chosen place, ``own`` the last beside the data;
    ``changed`` tells whether anything was recorded since the later of them.
    """

    on: date
    has_key: bool
    carried: Kept | None
    own: Kept | None
    changed: bool

    @property
    def days(self) -> int | None:
        """Days since the last one that was carried away; None when there never was one."""
        return None if self.carried is None else self.carried.days(self.on)

    @property
    def late(self) -> bool:
        """Whether a reminder is due in red: no key, never carried away, or too long ago."""
        return not self.has_key or self.days is None or self.days > LATE
