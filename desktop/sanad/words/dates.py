"""Dates as people write them, in either calendar and either kind of digits.

The Hijri calendar is the printed Umm al-Qura table. Where the moon is seen on another evening than the table has it,
an office adds a day to the table's date or takes one away: ``shift``, -1 to 1, changes the Hijri date of a day and
never the day itself.
"""

import re
from datetime import date, timedelta

from sanad.domain.errors import Refused
from sanad.domain.spelling import cleaned, western

HIJRI_YEARS = range(1343, 1501)
"""The years of the printed Umm al-Qura calendar, 1924-08-01 to 2077-11-16."""
YEARS = range(1900, 2201)
"""The years in which a date of an office can lie: births, requests, ends of grants."""

_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_ERA = re.compile(r"\s*(?:(?P<hijri>هـ?|ه\u200d|AH)|(?P<gregorian>م|AD|CE))\.?$", re.IGNORECASE)


def read_date(text: str, where: str = "", *, shift: int = 0) -> date:
    """The date that was written: ``21/11/2026``, ``21-11-2026``, ``2026-11-21``, ``١١/٠٦/١٤٤٨ هـ``.

    The day comes before the month unless the year comes first. A year from 1343 to 1500 is of the Hijri calendar.

    Raises:
        Refused: no date can be read, there is no such day in the calendar, or the sign behind it is of the other one.
    """
    return _read(text, where, shift)[0]


def is_hijri(text: str) -> bool:
    """Whether a text is a date of the Hijri calendar."""
    try:
        return _read(text, "", 0)[1]
    except Refused:
        return False


def hijri_of(day: date, shift: int = 0) -> tuple[int, int, int] | None:
    """Year, month and day of the Hijri calendar, or None outside its printed tables."""
    from hijridate import Gregorian  # no date is read or shown before the first paint

    try:
        return Gregorian.fromdate(day + timedelta(shift)).to_hijri().datetuple()
    except OverflowError:
        return None


def _read(text: str, where: str, shift: int) -> tuple[date, bool]:
    """The day, and whether it was written as a Hijri one."""
    typed = western(cleaned(text))
    era = _ERA.search(typed)
    if era is not None:
        typed = typed[: era.start()]
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise Refused.because("date.unreadable", where, text=text)
    hijri = year in HIJRI_YEARS
    if not hijri and year not in YEARS:
        raise Refused.because("date.year", where, text=text)
    if era is not None and hijri != (era["hijri"] is not None):
        raise Refused.because("date.other_era", where, text=text)
    try:
        if hijri:
            from hijridate import Hijri  # as above

            return date(*Hijri(year, month, day).to_gregorian().datetuple()) - timedelta(shift), True
        return date(year, month, day), False
    except (ValueError, OverflowError):
        raise Refused.because("date.no_such_day", where, text=text) from None
