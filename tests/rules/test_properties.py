"""What holds for every family, whatever its members, incomes and debts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sanad.domain.assessment import Assessment, Outcome
from sanad.domain.case import Case
from sanad.domain.household import (
    Employment,
    Household,
    Income,
    IncomeKind,
    MaritalStatus,
    Member,
    Obligation,
    ObligationKind,
    Relation,
    Sex,
)
from sanad.domain.money import Money
from tests.rules.families import ON, POLICY, found

MONEY = st.integers(0, 900_000).map(Money)
TRUTH = st.sampled_from([True, False, None])
MAYBE = st.none() | st.sampled_from(MaritalStatus)
RELATIONS = [relation for relation in Relation if relation is not Relation.HEAD]
FLOOR, CAP = Money(20_000), Money(60_000)


@st.composite
def members(draw: st.DrawFn, number: int, relation: st.SearchStrategy[Relation]) -> Member:
    """A person of whom anything may be unknown."""
    return Member(
        id=number,
        relation=draw(relation),
        sex=draw(st.sampled_from(Sex)),
        birth_date=draw(st.none() | st.dates(date(1930, 1, 1), ON)),
        marital_status=draw(MAYBE),
        employment=draw(st.none() | st.sampled_from(Employment)),
        lives_with_family=draw(TRUTH),
        poor=draw(TRUTH),
        married_in_house=draw(TRUTH),
        include=draw(st.sampled_from([None, None, None, True, False])),
    )


@st.composite
def cases(draw: st.DrawFn, aid: str = "monthly") -> Case:
    """A family with lines of income and obligation, each a member's or the household's."""
    size = draw(st.integers(1, 6))
    family = [draw(members(1, st.just(Relation.HEAD)))]
    family += [draw(members(number, st.sampled_from(RELATIONS))) for number in range(2, size + 1)]
    provider = draw(st.none() | st.integers(0, size - 1))
    if provider is not None:
        family[provider] = replace(family[provider], provider=True)
    owner = st.none() | st.integers(1, size)
    income = st.builds(Income, st.sampled_from(IncomeKind), MONEY, owner)
    obligation = st.builds(Obligation, st.sampled_from(ObligationKind), MONEY, TRUTH, owner)
    household = Household(
        members=tuple(family),
        spouses_share=draw(TRUTH),
        incomes=draw(st.lists(income, max_size=4).map(tuple)),
        obligations=draw(st.lists(obligation, max_size=4).map(tuple)),
    )
    return Case(policy=POLICY.id, aid=aid, on=ON, household=household)


def settled(assessment: Assessment) -> tuple[object, ...]:
    """What an assessment comes to, without the order in which it was written down."""
    found = assessment
    return found.outcome, found.amount, found.redirect, dict(found.figures), set(found.counted), set(found.missing)


@settings(max_examples=150)
@given(cases())
def test_an_amount_lies_between_floor_and_cap(case: Case) -> None:
    """Where there is one; without it the outcome says why."""
    assessment = found(case)
    if assessment.outcome is Outcome.ELIGIBLE:
        assert assessment.amount is not None
        assert FLOOR <= assessment.amount <= CAP
    else:
        assert assessment.amount == (Money(0) if assessment.outcome is Outcome.NOT_ELIGIBLE else None)
    assert bool(assessment.missing) == (assessment.outcome is Outcome.INCOMPLETE)


@settings(max_examples=150)
@given(cases(), st.integers(1, 500_000), st.sampled_from(IncomeKind))
def test_a_larger_income_never_raises_the_aid(case: Case, more: int, kind: IncomeKind) -> None:
    """A further line of the household's: the amount stays or falls."""
    lines = (*(case.household.incomes or ()), Income(kind, Money(more)))
    richer = found(replace(case, household=replace(case.household, incomes=lines)))
    poorer = found(case)
    if poorer.amount is not None:
        assert richer.amount is not None
        assert richer.amount <= poorer.amount


@settings(max_examples=150)
@given(cases(), MONEY)
def test_the_income_of_one_who_does_not_count_changes_nothing(case: Case, amount: Money) -> None:
    """Not the figures, not the outcome."""
    plain = found(case)
    for member in plain.excluded:
        lines = (*(case.household.incomes or ()), Income(IncomeKind.SALARY, amount, member))
        changed = found(replace(case, household=replace(case.household, incomes=lines)))
        assert settled(changed) == settled(plain)


@settings(max_examples=100)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: Case, chance: Random) -> None:
    """But for the paths of what is missing, which follow the rows."""
    rows = list(case.household.members)
    lines = list(case.household.incomes or ())
    chance.shuffle(rows)
    chance.shuffle(lines)
    household = replace(case.household, members=tuple(rows), incomes=tuple(lines))
    shuffled, plain = found(replace(case, household=household)), found(case)
    assert settled(shuffled)[:-1] == settled(plain)[:-1]
    assert len(shuffled.missing) == len(plain.missing)


@settings(max_examples=150)
@given(cases(), st.data())
def test_unknown_is_never_better_than_no(case: Case, data: st.DataObject) -> None:
    """A family is never eligible by what is not known and would not be if it were denied."""
    place = data.draw(st.integers(0, len(case.household.members) - 1))
    fact = data.draw(st.sampled_from(["poor", "lives_with_family", "married_in_house"]))

    def said(value: bool | None) -> Outcome:
        rows = list(case.household.members)
        changed = {fact: value}
        rows[place] = replace(rows[place], **changed)  # type: ignore[arg-type]  # each of these facts is a bool or None
        return found(replace(case, household=replace(case.household, members=tuple(rows)))).outcome

    if said(None) is Outcome.ELIGIBLE:
        assert said(False) is Outcome.ELIGIBLE


@settings(max_examples=100)
@given(cases())
def test_monthly_and_seasonal_aid_never_go_together(case: Case) -> None:
    """And each points to the other, where it points at all."""
    monthly, seasonal = found(case), found(replace(case, aid="seasonal"))
    assert Outcome.ELIGIBLE not in (monthly.outcome, seasonal.outcome) or monthly.outcome is not seasonal.outcome
    if monthly.redirect:
        assert (monthly.redirect, seasonal.outcome) == ("seasonal", Outcome.ELIGIBLE)
    if seasonal.redirect:
        assert (seasonal.redirect, monthly.outcome) == ("monthly", Outcome.ELIGIBLE)


@settings(max_examples=60)
@given(cases())
def test_the_same_case_gives_the_same_answer(case: Case) -> None:
    """Twice, with every step, text and reading; and every step rests on a clause of the pack."""
    once, again = found(case), found(case)
    assert once == again
    for step in once.steps:
        assert step.clause in POLICY.clauses
        assert step.label.ar
        assert step.note.en


@settings(max_examples=60)
@given(cases())
def test_the_figures_add_up(case: Case) -> None:
    """Net, share and need follow from one another, exactly."""
    figures = found(case).figures
    if "family_need" in figures:
        net = Fraction(figures["net_income"])
        assert net == figures["income"] - figures["obligations"]
        assert figures["per_capita"] * figures["members"] == net
        assert figures["need_per_person"] * figures["members"] == figures["family_need"]
