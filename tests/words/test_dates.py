"""Dates as people write them, read in both calendars."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Refused
from sanad.words.dates import hijri_of, is_hijri, read_date


def codes(text: str) -> list[str]:
    """Why a text is no date; nothing where it is one."""
    try:
        read_date(text)
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21/11/2026", date(2026, 11, 21)),
        ("21-11-2026", date(2026, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        (" 1/5/1980 ", date(1980, 5, 1)),
        ("2026-11-21", date(2026, 11, 21)),
        ("2026/11/21", date(2026, 11, 21)),
        ("٢١/١١/٢٠٢٦", date(2026, 11, 21)),
        ("21/11/2026 م", date(2026, 11, 21)),
        ("\u200f21/11/2026\u200e", date(2026, 11, 21)),
        ("12/06/1448", date(2026, 11, 22)),
        ("١/٩/١٤٤٧ هـ", date(2026, 2, 18)),
        ("1447-09-01", date(2026, 2, 18)),
        ("1/9/1447 AH", date(2026, 2, 18)),
        ("21/11/2026 AD", date(2026, 11, 21)),
    ],
)
def test_e16_a_date_is_read_as_it_was_meant(text: str, day: date) -> None:
    """Day first unless the year is first; Hijri by its year; either kind of digits."""
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.unreadable"),
        ("أمس", "date.unreadable"),
        ("21/11/26", "date.unreadable"),
        ("21/11/2026 17:42", "date.unreadable"),
        ("31/11/2026", "date.no_such_day"),
        ("29/02/2025", "date.no_such_day"),
        ("30/13/1448", "date.no_such_day"),
        ("31/06/1448", "date.no_such_day"),
        ("01/01/0026", "date.year"),
        ("01/01/1600", "date.year"),
        ("01/01/9999", "date.year"),
        ("11/06/1448م", "date.other_era"),
        ("21/11/2026هـ", "date.other_era"),
        ("٢١/١١/٢٠٢٦ ه\u200d", "date.other_era"),
        ("11/06/1448 AD", "date.other_era"),
    ],
)
def test_e16_what_is_no_date_is_refused_by_name(text: str, code: str) -> None:
    """Nothing is guessed: two-digit years, days that are not there, and years no office meets are told apart."""
    with pytest.raises(Refused) as refused:
        read_date(text, "head.birth_date")
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "head.birth_date")]


FIRST, LAST = date(1924, 8, 1), date(2077, 11, 16)
"""The days of the printed Umm al-Qura tables."""


def test_j4_every_day_of_the_tables_comes_back() -> None:
    """Each from its Hijri writing; months of 29 and 30 days follow each other, but for a few in the printed books."""
    day, before = FIRST, (1343, 1, 0)
    while day <= LAST:
        found = hijri_of(day)
        assert found is not None
        year, month, of_month = found
        assert read_date(f"{of_month}/{month}/{year}") == day
        if of_month == 1 and day != FIRST:
            assert before[2] in ((29, 30) if year > 1364 else (28, 29, 30, 31))
            assert (year, month) == ((before[0], before[1] + 1) if before[1] < 12 else (before[0] + 1, 1))
        else:
            assert found == (*before[:2], before[2] + 1)
        day, before = day + timedelta(1), found
    assert before == (1500, 12, 30)


def test_j4_an_office_shifts_the_hijri_date_and_never_the_day() -> None:
    """A day ahead of the table or behind it: shown and typed alike, from the first day of the table to the last."""
    day = date(2026, 11, 21)
    assert [hijri_of(day, shift) for shift in (-1, 0, 1)] == [(1448, 6, 10), (1448, 6, 11), (1448, 6, 12)]
    for shift in (-1, 0, 1):
        assert read_date("21/11/2026", shift=shift) == day
        for days in range(-400, 400):
            year, month, of_month = hijri_of(day + timedelta(days), shift) or (0, 0, 0)
            assert read_date(f"{of_month}/{month}/{year} هـ", shift=shift) == day + timedelta(days)
    assert (hijri_of(FIRST, -1), hijri_of(LAST, 1)) == (None, None)


@pytest.mark.parametrize(
    ("text", "hijri"), [("11/06/1448", True), ("21/11/2026", False), ("31/06/1448", False), ("أمس", False)]
)
def test_e16_a_hijri_date_is_known_as_one(text: str, hijri: bool) -> None:
    """So that a box can say how it read it."""
    assert is_hijri(text) is hijri


@pytest.mark.parametrize("text", ["30/9/1446", "٣٠/٠٩/١٤٤٦", "31/1/1447", "0/1/1447", "1/0/1447", "1/13/1447"])
def test_j6_a_day_that_its_hijri_month_lacks_is_refused(text: str) -> None:
    """Ramadan of 1446 had twenty-nine days."""
    assert codes(text) == ["date.no_such_day"]
    assert read_date("29/9/1446") == date(2025, 3, 29)


def test_j6_e16_two_hundred_years_have_their_days_and_no_others() -> None:
    """Every day from the first to the thirty-first of every month, leap years and all."""
    for year in range(1900, 2101):
        for month in range(1, 13):
            for day in (28, 29, 30, 31):
                there = day <= monthrange(year, month)[1]
                assert codes(f"{day}/{month}/{year}") == ([] if there else ["date.no_such_day"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29/12/1342", "date.year"), ("1/1/1501", "date.year"), ("1/1/0001", "date.year"), ("31/12/9999", "date.year"),
        ("1/1/1343", date(1924, 8, 1)), ("30/12/1500", date(2077, 11, 16)), ("31/07/1924", date(1924, 7, 31)),
        ("17/11/2077", date(2077, 11, 17)),
    ],
)  # fmt: skip
def test_j5_at_the_edges_of_the_tables_a_plain_day_stays_one(text: str, expected: date | str) -> None:
    """What lies outside is refused as Hijri and kept as Gregorian, without a Hijri date beside it."""
    if isinstance(expected, str):
        assert codes(text) == [expected]
    else:
        assert read_date(text) == expected
        assert (hijri_of(expected) is None) == (not FIRST <= expected <= LAST)


def test_j5_outside_the_tables_there_is_no_hijri_date() -> None:
    """Old birth dates print in one calendar rather than in a guessed one."""
    assert hijri_of(date(1920, 1, 1)) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever was pasted is a date or is refused."""
    with suppress(Refused):
        assert 1900 <= read_date(text).year <= 2200
