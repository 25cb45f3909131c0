"""Facts lie in columns and come back the same."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from sanad.domain import money
from sanad.domain.household import Sex
from sanad.store import columns
from sanad.store.columns import Date, Enum, Json, Moment, Money, YesNo

DIALECT = sqlite.dialect()
FACTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.dates()
    | st.fractions()
    | st.builds(money.Money, st.integers(0, money.LARGEST)),
    lambda inner: st.lists(inner).map(tuple) | st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5).filter(lambda name: not name.startswith("$")), FACTS, max_size=4))
def test_facts_keep_their_kinds(facts: dict[str, object]) -> None:
    """Money, days, fractions, rows and lists come back as what they were, however deep."""
    column = Json()
    assert column.process_result_value(column.process_bind_param(facts, DIALECT), DIALECT) == facts


def test_a_float_is_no_fact() -> None:
    """What could have lost a fils on its way is refused before it is written."""
    with pytest.raises(TypeError, match="float"):
        Json().process_bind_param({"wealth": 1.5}, DIALECT)


@pytest.mark.parametrize("column", [Money(), Date(), Moment(), Enum(Sex), YesNo(), Json()])
def test_unknown_stays_unknown(column: Money | Date | Moment | Enum | YesNo | Json) -> None:
    """None is null, both ways."""
    assert column.process_bind_param(None, DIALECT) is None
    assert column.process_result_value(None, DIALECT) is None


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        (Money(), money.Money(12_500), 12_500),
        (Date(), date(2026, 2, 28), "2026-02-28"),
        (Enum(Sex), Sex.FEMALE, "female"),
        (YesNo(), False, 0),
        (
            Moment(),
            datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=3))),
            "2026-11-22T06:00:00.000000+00:00",
        ),
    ],
)
def test_a_value_is_kept_plainly(column: Money, value: money.Money, kept: int) -> None:
    """Each kind has one spelling in the file, and reads back as it was."""
    assert column.process_bind_param(value, DIALECT) == kept
    assert column.process_result_value(kept, DIALECT) == value


def test_moments_sort_as_text() -> None:
    """A moment is of one width and in UTC, so that the later one sorts after the earlier."""
    early, late = datetime(2026, 1, 1, 23, 59, 59, tzinfo=UTC), datetime(2026, 1, 2, 0, 0, 0, 1, tzinfo=UTC)
    written = [Moment().process_bind_param(moment, DIALECT) for moment in (late, early)]
    assert sorted(text for text in written if text) == written[::-1]


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    """Only slugs of the closed list reach the file."""
    with pytest.raises(ValueError, match="neither"):
        Enum(Sex).process_bind_param("neither", DIALECT)  # type: ignore[arg-type]  # the slip that is tested


PLAIN = st.none() | st.integers(-(2**62), 2**62) | st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=300)
@given(st.lists(PLAIN | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PLAIN)))
def test_what_seals_an_entry_has_one_spelling(value: list[object]) -> None:
    """However it is written: seals of before stay what they were."""
    assert columns.canonical_bytes(value) == columns.canonical(value).encode()


def test_every_sign_is_sealed_in_the_same_spelling() -> None:
    """Control signs and all of the first plane, one by one."""
    for code in (*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0x10FFFF):
        assert columns.canonical_bytes(chr(code)) == columns.canonical(chr(code)).encode()
