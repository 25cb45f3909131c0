"""Which backups stay: recent days, weeks and months, never fewer than three, and a wrong clock takes none."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanad.store.thinning import FEWEST, Named, superseded

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2004, 1, 1), date(2046, 12, 31))
SETS = st.lists(st.tuples(st.integers(1, 400), DAYS), max_size=40).map(lambda made: [Named(*one) for one in made])


def daily(days: int, a_day: int = 1) -> list[Named]:
    """A backup so many times on each day up to today."""
    made = (TODAY - timedelta(days=ago) for ago in range(days - 1, -1, -1) for _ in range(a_day))
    return [Named(number, day) for number, day in enumerate(made, 1)]


def test_a_name_is_read_as_it_is_written() -> None:
    """And nothing else is taken for one."""
    assert Named(7, TODAY).name == "sanad-2026-11-22-007.age"
    assert Named.read("sanad-2026-11-22-1007.age") == Named(1007, TODAY)
    for other in ("sanad-2026-02-30-001.age", "sanad-2026-11-22-001.age.part", "Sanad-2026-11-22-001.age", "a.age"):
        assert Named.read(other) is None


def test_two_years_of_daily_backups() -> None:
    """Seven days, four weeks, twelve months remain of them."""
    everything = daily(730, 2)
    kept = sorted(set(everything) - set(superseded(everything, TODAY)))
    assert [one.day for one in kept[-8:]] == [TODAY - timedelta(days=ago) for ago in (6, 5, 4, 3, 2, 1, 0, 0)]
    assert len({(one.day.year, one.day.month) for one in kept}) == 12
    assert 7 + 4 + 8 <= len(kept) <= 7 + 4 + 12 + FEWEST


def test_three_of_one_day_stay() -> None:
    """Though a day counts once."""
    everything = daily(1, 5)
    assert superseded(everything, TODAY) == tuple(everything[:2])
    assert superseded(everything[:3], TODAY) == ()


@pytest.mark.parametrize("years", [-20, 20])
def test_c18_a_clock_that_is_years_wrong_takes_none_of_the_wanted(years: int) -> None:
    """C18: today's idea of the day hardly matters."""
    everything = daily(40)
    wrong = TODAY.replace(year=TODAY.year + years)
    right = set(everything) - set(superseded(everything, TODAY))
    assert right <= set(everything) - set(superseded(everything, wrong))


@settings(max_examples=200)
@given(SETS, DAYS)
def test_the_last_three_and_the_future_always_stay(made: list[Named], today: date) -> None:
    """Whatever lies there and whatever the clock says; and thinning twice takes no more."""
    gone = superseded(made, today)
    left = set(made) - set(gone)
    assert set(sorted(set(made))[-FEWEST:]) <= left
    assert all(one.day <= today for one in gone)
    assert superseded(left, today) == ()
