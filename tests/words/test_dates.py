"""Dates as people write them, read in both calendars."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Refused
from sanad.words.dates import hijri_of, read_date


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
    ],
)
def test_e16_what_is_no_date_is_refused_by_name(text: str, code: str) -> None:
    """Nothing is guessed: two-digit years, days that are not there, and years no office meets are told apart."""
    with pytest.raises(Refused) as refused:
        read_date(text, "head.birth_date")
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "head.birth_date")]


@given(st.dates(date(1924, 8, 1), date(2077, 11, 16)))
def test_a_hijri_date_reads_back_as_its_day(day: date) -> None:
    """Every day of the tables comes back from its Hijri writing."""
    found = hijri_of(day)
    assert found is not None
    assert read_date("/".join(str(part) for part in reversed(found))) == day


def test_j5_outside_the_tables_there_is_no_hijri_date() -> None:
    """Old birth dates print in one calendar rather than in a guessed one."""
    assert hijri_of(date(1920, 1, 1)) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever was pasted is a date or is refused."""
    with suppress(Refused):
        assert 1900 <= read_date(text).year <= 2200
