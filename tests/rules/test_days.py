"""Months are counted as guides count them."""

from datetime import date

import pytest

from sanad.rules.days import months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 7, 22), 4, date(2026, 11, 22)),
        (date(2026, 10, 31), 4, date(2027, 3, 1)),
        (date(2027, 10, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 3, date(2026, 5, 1)),
    ],
)
def test_a_day_that_the_month_lacks_falls_on_the_first_of_the_next(day: date, months: int, later: date) -> None:
    """As a birthday of 29 February falls on 1 March in common years."""
    assert months_later(day, months) == later
