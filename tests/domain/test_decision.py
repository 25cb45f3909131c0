"""What a decision of the board must say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.decision import Decision, Grant, Verdict
from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Money

COMPUTED = Money(30_000)
GRANT = Grant(COMPUTED, "2026-11", "2027-10")


def decided(**changes: Any) -> Decision:
    """An approval of the computed amount, changed."""
    said: dict[str, Any] = {
        "id": "d", "request": "r", "assessment": "a", "verdict": Verdict.APPROVE, "decided_on": date(2026, 11, 22),
        "sitting": "14/3", "computed": COMPUTED, "grant": GRANT,
    }  # fmt: skip
    return Decision(**said | changes)


def test_the_computed_amount_needs_no_reason() -> None:
    """The rules are the reason."""
    assert decided().grant == GRANT


@pytest.mark.parametrize(
    "changes",
    [
        {"grant": Grant(Money(25_000), "2026-11")},
        {"verdict": Verdict.REFUSE, "grant": None},
        {"verdict": Verdict.POSTPONE, "grant": None},
        {"computed": None},
    ],
)
def test_anything_else_needs_a_reason(changes: dict[str, Any]) -> None:
    """Another amount, a refusal, a postponement: the family may appeal it."""
    assert decided(**changes, reason="ظرف الأسرة").reason
    for empty in ("", "  \n"):
        with pytest.raises(Refused) as refused:
            decided(**changes, reason=empty)
        assert [problem.code for problem in refused.value.problems] == ["decision.reason_missing"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"verdict": Verdict.REFUSE, "reason": "x"}, ["decision.grant_and_verdict"]),
        ({"grant": None, "reason": "x"}, ["decision.grant_and_verdict"]),
        ({"grant": Grant(Money(0), "2026-11"), "reason": "x"}, ["decision.amount_not_positive"]),
        ({"grant": Grant(COMPUTED, "2026-11", "2026-10")}, ["decision.ends_before_it_starts"]),
        ({"sitting": " "}, ["decision.sitting_missing"]),
        (
            {"grant": Grant(Money(-1), "2026-11", "2026-10"), "sitting": ""},
            [
                "decision.amount_not_positive",
                "decision.ends_before_it_starts",
                "decision.reason_missing",
                "decision.sitting_missing",
            ],
        ),
    ],
)
def test_what_contradicts_itself_is_refused_all_at_once(changes: dict[str, Any], codes: list[str]) -> None:
    """A grant belongs to an approval, is more than nothing, and ends after it begins."""
    with pytest.raises(Refused) as refused:
        decided(**changes)
    assert [problem.code for problem in refused.value.problems] == codes


MONTHS = st.tuples(st.integers(2020, 2030), st.integers(1, 12)).map(lambda at: f"{at[0]}-{at[1]:02}")


@given(MONTHS, MONTHS, MONTHS)
def test_a_grant_covers_its_months(first: str, last: str, month: str) -> None:
    """From the first to the last, both included; without a last, all that follow."""
    assert Grant(COMPUTED, first, last).covers(month) == (first <= month <= last)
    assert Grant(COMPUTED, first).covers(month) == (first <= month)


def test_a_problem_can_be_seen_from_further_out() -> None:
    """Its place grows to the left."""
    assert Problem("x", "name").under("household").where == "household.name"
    assert Problem("x", "[2].name").under("members").where == "members[2].name"
    assert Problem("x").under("members").where == "members"
    assert Problem("x", "name").under("").where == "name"
    assert str(Refused.because("x.y", "here", n=1)) == "here: x.y"
