"""A family's head and provider, and ages on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.household import Household, Member, Relation, Sex, age_on

HEAD = Member(1, Relation.HEAD, Sex.MALE)
SON = Member(2, Relation.SON, Sex.MALE)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2001, 11, 22), date(2026, 11, 21), 24),
        (date(2001, 11, 22), date(2026, 11, 22), 25),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2000, 2, 29), date(2024, 2, 28), 23),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_an_age_is_completed_years(birth: date, day: date, age: int) -> None:
    """Reached on the birthday itself; that of a leap day falls on 1 March in common years."""
    assert age_on(birth, day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_an_age_grows_by_one_at_most_from_day_to_day(birth: date, days: int) -> None:
    """And never shrinks."""
    day = birth + timedelta(days)
    assert 0 <= age_on(birth, day + timedelta(1)) - age_on(birth, day) <= 1


def test_the_provider_is_the_head_unless_said() -> None:
    """Of a family without a head there is neither."""
    provider = Member(3, Relation.DAUGHTER, Sex.FEMALE, provider=True)
    assert Household(members=(SON, HEAD)).provider is HEAD
    assert Household(members=(HEAD, provider)).provider is provider
    assert Household(members=(HEAD, provider)).head is HEAD
    assert Household(members=(SON,)).provider is None
