"""Dates as people write them, in either calendar and either kind of digits."""

import re
from datetime import date

from sanad.domain.errors import Refused
from sanad.domain.spelling import cleaned, western

HIJRI_YEARS = range(1343, 1501)
"""The years of the printed Umm al-Qura calendar, 1924-08-01 to 2077-11-16."""
YEARS = range(1900, 2201)
"""The years in which a date of an office can lie: births, requests, ends of grants."""

_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_ERA = re.compile(r"\s*(?:هـ?|ه‍|م)\.?$")


def read_date(text: str, where: str = "") -> date:
    """The date that was written: ``21/11/2026``, ``21-11-2026``, ``2026-11-21``, ``١١/٠٦/١٤٤٨``.

    The day comes before the month unless the year comes first. A year from 1343 to 1500 is of the Hijri calendar
    and is read by the Umm al-Qura tables.

    Raises:
        Refused: no date can be read, or there is no such day in the calendar.
    """
    typed = _ERA.sub("", western(cleaned(text)))
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise Refused.because("date.unreadable", where, text=text)
    try:
        if year in HIJRI_YEARS:
            from hijridate import Hijri  # no date is read or shown before the first paint

            return date(*Hijri(year, month, day).to_gregorian().datetuple())
        if year not in YEARS:
            raise Refused.because("date.year", where, text=text)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise Refused.because("date.no_such_day", where, text=text) from None


def hijri_of(day: date) -> tuple[int, int, int] | None:
    """Year, month and day of the Umm al-Qura calendar, or None outside its printed tables."""
    from hijridate import Gregorian  # as above

    try:
        return Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:
        return None
