"""Which backups of a folder are still wanted: by their names alone, whatever the clock says today."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

DAYS, WEEKS, MONTHS = 7, 4, 12
"""How many of each are kept: days, weeks and months on which a backup was made."""
FEWEST = 3
"""Backups that always stay: those made last, by their sequence."""

_NAME = re.compile(r"sanad-([0-9]{4})-([0-9]{2})-([0-9]{2})-([0-9]{3,9})\.age")


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """The name of a backup. ``sequence`` goes on from one day to the next, so that it tells the order by itself."""

    sequence: int
    day: date

    @property
    def name(self) -> str:
        """As it stands in a folder."""
        return f"sanad-{self.day.isoformat()}-{self.sequence:03}.age"

    @classmethod
    def read(cls, name: str) -> "Named | None":
        """The parts of a name; None where it is not that of a backup."""
        found = _NAME.fullmatch(name)
        if found is None:
            return None
        year, month, day, sequence = map(int, found.groups())
        try:
            return cls(sequence, date(year, month, day))
        except ValueError:
            return None


def superseded(backups: Iterable[Named], today: date) -> tuple[Named, ...]:
    """Those that may go: neither the last of a recent day, week or month, nor of the last three, nor of a later day.

    Days, weeks and months are counted as they occur among the backups, so a clock that is years wrong takes none away.
    """
    there = sorted(set(backups))
    past = [backup for backup in there if backup.day <= today]
    kept = {*there[-FEWEST:], *(backup for backup in there if backup.day > today)}
    kept |= _last_of(past, lambda day: day, DAYS)
    kept |= _last_of(past, lambda day: day.isocalendar()[:2], WEEKS)
    kept |= _last_of(past, lambda day: (day.year, day.month), MONTHS)
    return tuple(backup for backup in there if backup not in kept)


def _last_of(backups: Iterable[Named], span: Callable[[date], Hashable], most: int) -> set[Named]:
    """The last backup of each span, of the latest ``most`` spans."""
    last: dict[Hashable, Named] = {}
    for backup in sorted(backups, key=lambda backup: (backup.day, backup.sequence)):
        last.pop(span(backup.day), None)
        last[span(backup.day)] = backup
    return set(list(last.values())[-most:])
