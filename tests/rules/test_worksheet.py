"""The worksheet: what is written down, in which order, and how it reads."""

from datetime import date
from fractions import Fraction

import pytest

from sanad.domain.assessment import Finding, Outcome
from sanad.domain.errors import Refused
from sanad.domain.household import ObligationKind, Relation
from sanad.domain.money import BHD, Money
from sanad.domain.text import Text
from sanad.rules.assess import assess
from sanad.rules.telling import Telling
from tests.rules.families import HEAD, POLICY, WIFE, a_case, a_child, a_member, earns, found, owes

FAMILY = a_case(
    HEAD,
    WIFE,
    a_child(3),
    a_child(4),
    a_child(5),
    incomes=[earns("310")],
    obligations=[owes(ObligationKind.RENT, "10")],
)


def test_every_figure_that_is_read_leaves_its_clause() -> None:
    """The line, the ages, the caps: each once, with its value and where it comes from."""
    steps = {step.name: step for step in found(FAMILY).steps}
    assert (steps["line_with_provider"].clause, steps["line_with_provider"].exact) == ("K-POV-1", Fraction(65))
    assert (steps["rent_cap"].clause, steps["rent_cap"].exact) == ("K-MONTH-3", Fraction(150))
    assert (steps["child_age_limit"].clause, steps["child_age_limit"].money) == ("K-POV-4", False)
    assert len(steps) == len(found(FAMILY).steps)


def test_a_step_reads_as_a_sentence_in_both_languages() -> None:
    """With the values of the case filled in."""
    rent = next(step for step in found(FAMILY).steps if step.name == "obligation_rent")
    assert rent.note.ar == "يُخصم 10.000 من أصل 10.000، في حدود سقف الإيجار."
    assert rent.note.en == "10.000 of 10.000 is deducted, within the cap on rent."
    assert rent.label.in_("en") == "Rent"


def test_the_members_are_told_by_name_or_number() -> None:
    """And those who do not count with them."""
    named = a_member(2, Relation.BROTHER, name="علي")
    note = next(step for step in found(a_case(HEAD, named)).steps if step.name == "members").note
    assert note.ar == "يُحتسب: 1. ولا يُحتسب: علي."
    assert next(step for step in found(a_case()).steps if step.name == "members").note.en == (
        "Counted: 1. Not counted: nobody."
    )


def test_the_figures_come_in_one_order() -> None:
    """The order in which the command line shows them."""
    assert list(found(FAMILY).figures) == [
        "income",
        "obligations",
        "net_income",
        "members",
        "per_capita",
        "poverty_line",
        "need_per_person",
        "family_need",
    ]


def test_the_assessment_says_what_it_was_made_by() -> None:
    """Pack, revision, digest, day, currency."""
    assessment = found(FAMILY)
    assert (assessment.policy, assessment.revision, assessment.digest) == (POLICY.id, "2019-07-02", POLICY.digest)
    assert (assessment.on, assessment.currency, assessment.aid) == ("2026-11-22", "BHD", "monthly")


def test_a_condition_is_written_with_the_fact_it_hangs_on() -> None:
    """Met and not met."""
    (check,) = found(FAMILY).checks
    assert (check.clause, check.fact, check.result) == ("K-MONTH-5", "per_capita", Finding.MET)
    above = found(a_case(incomes=[earns("90")]))
    assert [check.result for check in above.checks] == [Finding.NOT_MET, Finding.NOT_MET]


def test_a_failure_comes_before_what_is_missing() -> None:
    """Frozen aid is refused whatever else is not known; what is missing is still named."""
    case = a_case(incomes=None, facts={"unaccepted_travel_on": date(2026, 6, 1)})
    assessment = found(case)
    assert (assessment.outcome, assessment.amount) == (Outcome.NOT_ELIGIBLE, Money(0))
    assert assessment.missing == ("household.incomes",)


@pytest.mark.parametrize(
    ("travelled", "outcome"),
    [
        (date(2025, 11, 22), Outcome.ELIGIBLE),
        (date(2025, 11, 23), Outcome.NOT_ELIGIBLE),
        (date(2026, 11, 22), Outcome.NOT_ELIGIBLE),
        (date(2026, 11, 23), Outcome.ELIGIBLE),
    ],
)
def test_travel_freezes_for_a_year(travelled: date, outcome: Outcome) -> None:
    """From its day to the day before the same date a year later; travel still to come freezes nothing."""
    assert found(a_case(facts={"unaccepted_travel_on": travelled})).outcome is outcome


@pytest.mark.parametrize(
    ("on", "outcome"), [(date(2025, 2, 28), Outcome.NOT_ELIGIBLE), (date(2025, 3, 1), Outcome.ELIGIBLE)]
)
def test_travel_on_a_leap_day_freezes_to_the_first_of_march(on: date, outcome: Outcome) -> None:
    """As birthdays do."""
    assert found(a_case(on=on, facts={"unaccepted_travel_on": date(2024, 2, 29)})).outcome is outcome


@pytest.mark.parametrize(("told", "missing"), [(False, ("documents",)), (True, ()), (None, ())])
def test_papers_count_only_if_they_are_known_not_to_be_there(told: bool | None, missing: tuple[str, ...]) -> None:
    """They can still be brought: never a refusal."""
    assessment = found(a_case(facts={"documents": told}))
    assert assessment.missing == missing
    assert assessment.outcome is (Outcome.INCOMPLETE if missing else Outcome.ELIGIBLE)


def test_an_aid_or_day_that_the_guide_does_not_know_is_refused() -> None:
    """Named at its place."""
    for case, code in [
        (a_case(aid="lottery"), "case.unknown_aid"),
        (a_case(on=date(2019, 7, 1)), "case.before_policy"),
    ]:
        with pytest.raises(Refused) as refused:
            assess(case, POLICY)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_a_wording_is_filled_when_it_is_read() -> None:
    """Amounts with the currency's places, lists with the language's comma; equal to the text it reads as."""
    telling = Telling(Text("{a} و{b}", "{a} and {b}"), BHD, {"a": Fraction(1, 3), "b": [Text("نعم", "yes"), 2, HEAD]})
    assert telling.ar == "0.333 ونعم، 2، 1"
    assert telling == Text("0.333 ونعم، 2، 1", "0.333 and yes, 2, 1")
    assert telling != Text("", "")
    assert telling != "0.333"
    assert hash(telling) == hash(Telling(Text(telling.ar, telling.en), BHD, {}))
    assert repr(telling) == repr(Text(telling.ar, telling.en))
