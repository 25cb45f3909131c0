"""A refusal says what it hangs on: how far the share lies above a limit, and how much less income would lift it."""

from fractions import Fraction

import pytest

from sanad.domain.assessment import Assessment, Outcome, Step
from sanad.domain.money import BHD
from tests.rules.families import HEAD, WIFE, a_case, a_child, earns, found

FOUR = (HEAD, WIFE, a_child(3), a_child(4))


def named(assessment: Assessment, name: str) -> Step | None:
    """The step of that name, if it was written."""
    return next((step for step in assessment.steps if step.name == name), None)


@pytest.mark.parametrize("aid", ["monthly", "seasonal"])
def test_a_share_above_the_seasonal_limit_is_told_by_how_much(aid: str) -> None:
    """83.200 against 80: 3.200 of share, and 12.800 of the family's net income."""
    refused = found(a_case(*FOUR, incomes=[earns("332.800")], aid=aid))
    step = named(refused, "above_seasonal")
    assert step is not None
    assert (refused.outcome, step.clause, step.exact) == (Outcome.NOT_ELIGIBLE, "K-SEAS-1", Fraction(16, 5))
    for text in (step.note.ar, step.note.en):
        assert [amount in text for amount in ("3.200", "80.000", "12.800")] == [True] * 3


def test_what_is_told_would_lift_the_refusal() -> None:
    """With just so much less income the family is on the limit; with a fils less than that it is not."""
    assert found(a_case(*FOUR, incomes=[earns("320.000")], aid="seasonal")).outcome is Outcome.ELIGIBLE
    assert found(a_case(*FOUR, incomes=[earns("320.001")], aid="seasonal")).outcome is Outcome.NOT_ELIGIBLE


def test_a_seasonal_share_is_told_its_way_to_monthly_aid() -> None:
    """69 against 65: 4 of share, 20 of net income; no word of the seasonal limit, which is kept."""
    refused = found(a_case(*FOUR, a_child(5), incomes=[earns("345")]))
    step = named(refused, "above_line")
    assert step is not None
    assert (refused.redirect, step.exact) == ("seasonal", Fraction(4))
    assert "20.000" in step.note.en
    assert named(refused, "above_seasonal") is None


def test_a_family_that_is_granted_aid_is_told_nothing_of_the_kind() -> None:
    """Exactly on the line nothing is above it."""
    granted = found(a_case(*FOUR, incomes=[earns("260")]))
    assert granted.amount == BHD.read("20")
    assert named(granted, "above_line") is None
