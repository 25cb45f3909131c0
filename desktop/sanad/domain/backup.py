"""Backups as they are told: what one holds, where it lies, which drive takes it, when the last was made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sanad.domain.health import Standing, last_number

AGEING = 3
"""Days without a verified backup after which one is due soon."""
LATE = 7
"""Days without a verified backup after which the reminder turns red."""
SHEET_YEAR = 365
"""Days after which the recovery sheet is to be taken out of its envelope and tried."""


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
        return last_number(self.numbers, "receipt")

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
class Comparison:
    """A backup beside the data that a restore would put aside.

    ``present`` tells of those data as a manifest does, ``made_at`` being when the last act was recorded; it is None
    where there are none, or where they are ``damaged`` and cannot be read. ``continues``: they went on from this very
    backup, so that what they have more is what would be lost.
    """

    backup: Manifest
    present: Manifest | None
    damaged: bool
    continues: bool

    @property
    def lost_entries(self) -> int:
        """How many recorded acts the backup does not hold."""
        return self._more(lambda told: told.journal_entries)

    @property
    def lost_families(self) -> int:
        """How many families it does not hold."""
        return self._more(lambda told: told.families)

    @property
    def lost_receipts(self) -> int:
        """How many receipts it does not hold, though they stand on paper."""
        return self._more(lambda told: told.counts.get("receipts", 0))

    @property
    def lost_paid(self) -> int:
        """What those receipts come to, in minor units of the present data's currency."""
        return self._more(lambda told: told.totals.get("receipts", 0))

    def _more(self, count: Callable[[Manifest], int]) -> int:
        if self.present is None:
            return 0
        return max(0, count(self.present) - count(self.backup)) if self.continues else count(self.present)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore that was done, or undone: what the data are now.

    ``aside`` is where what lay there before is kept; None where nothing did. ``before`` is the verified backup that was
    made of it; None where it was not sound, or there was no key to encrypt to.
    """

    manifest: Manifest
    aside: str | None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last restore, while what lay there before can still be put back.

    ``backup`` is the name of the file that was restored ``at``; ``since`` counts the acts recorded after it, which
    undoing puts aside.
    """

    backup: str
    at: datetime
    since: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that lies somewhere and could be restored, by its name alone: nothing in it was looked at.

    ``made_at`` is when its file was written, ``drive`` the name of the drive that carries it; ``own`` says that it is
    one of those beside the data.
    """

    path: str
    name: str
    made_at: datetime
    size: int
    drive: str = ""
    own: bool = False


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
    ``changed`` tells whether anything was recorded since the later of them. ``sheet_at`` is when the recovery sheet was
    last printed or tried, None where it never was.
    """

    on: date
    has_key: bool
    carried: Kept | None
    own: Kept | None
    changed: bool
    sheet_at: datetime | None = None

    @property
    def days(self) -> int | None:
        """Days since the last one that was carried away; None when there never was one."""
        return None if self.carried is None else self.carried.days(self.on)

    @property
    def late(self) -> bool:
        """Whether a reminder is due in red: no key, never carried away, or too long ago."""
        return not self.has_key or self.days is None or self.days > LATE

    @property
    def standing(self) -> Standing:
        """How much care the backups want."""
        if self.late:
            return Standing.STOP
        return Standing.CARE if self.days is not None and self.days > AGEING else Standing.FINE
