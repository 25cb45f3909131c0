"""What holds for every request under the Kuwait regulation, whatever is known of it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from sanad.domain.assessment import Assessment, Outcome
from sanad.domain.case import Case, Waiver
from sanad.domain.facts import FactKind
from sanad.domain.household import Household, Income, IncomeKind, Member, Obligation, ObligationKind, Relation, Sex
from sanad.domain.limits import Limits
from sanad.domain.money import KWD, Money
from sanad.rules.assess import assess
from tests.builders import TODAY
from tests.rules.packs import policy_of

NAME = "balad-alkhair-2021"
policy = cache(lambda: policy_of(NAME))

MONEY = st.integers(0, 900_000).map(Money)
TRUTH = st.sampled_from([True, False, None])
WITH_DEFAULT = {"barred_until", "documents", "application", "resident"}
"""The facts that count only when they are stated."""
BY_KIND: dict[FactKind, st.SearchStrategy[object]] = {
    FactKind.YES_NO: st.booleans(),
    FactKind.MONEY: MONEY,
    FactKind.DATE: st.dates(date(2024, 1, 1), TODAY),
    FactKind.YES_OR_KIND: st.booleans(),
    FactKind.YES_OR_AMOUNT: st.booleans() | MONEY,
    FactKind.CHOICE: st.sampled_from(["primary", "intermediate", "secondary", "institute", "university"]),
    FactKind.UNTIL: st.just("for_good") | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
}


@st.composite
def facts(draw: st.DrawFn, aid: str) -> dict[str, object]:
    """Any of the facts, mostly as the applicant would wish them."""
    kinds = policy().aids_offered[aid].facts
    names = draw(st.sets(st.sampled_from(sorted(kinds))))
    return {name: draw(BY_KIND[kinds[name]]) for name in sorted(names)}


@st.composite
def members(draw: st.DrawFn, number: int) -> Member:
    """A person of whom anything may be unknown."""
    return Member(
        id=number,
        relation=Relation.HEAD if number == 1 else Relation.SON,
        sex=Sex.FEMALE if number == 1 else Sex.MALE,
        birth_date=draw(st.none() | st.dates(date(1930, 1, 1), TODAY)),
        lives_with_family=draw(st.sampled_from([True, True, True, False, None])),
        include=draw(st.sampled_from([None, None, None, True, False])),
    )


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    """A table of the office, some of its rows empty."""
    return Limits(
        pension=MappingProxyType(draw(st.dictionaries(st.integers(1, 10), MONEY, min_size=5))),
        wealth_limit=draw(st.none() | MONEY),
        combined_limit=draw(st.none() | MONEY),
        monthly_maximum=draw(st.none() | MONEY),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A request of any kind, of which anything may be unknown."""
    pack = policy()
    aid = draw(st.sampled_from(["monthly", "monthly", "tuition", "food_basket"]))
    size = draw(st.integers(1, 4))
    who = st.none() | st.integers(1, size)
    category = draw(st.none() | st.sampled_from(sorted(pack.categories)))
    clause = "B-5-8" if aid == "tuition" else pack.categories[category or "widow"].clause
    household = Household(
        members=tuple(draw(members(number)) for number in range(1, size + 1)),
        incomes=draw(
            st.none() | st.lists(st.builds(Income, st.sampled_from(IncomeKind), MONEY, who), max_size=3).map(tuple)
        ),
        obligations=draw(
            st.none()
            | st.lists(st.builds(Obligation, st.sampled_from(ObligationKind), MONEY, TRUTH, who), max_size=3).map(tuple)
        ),
        wealth=draw(st.none() | MONEY),
    )
    appendix = draw(st.none() | limits())
    return Case(
        policy=NAME,
        aid=aid,
        on=TODAY,
        household=household,
        applicant=draw(who),
        category=category,
        grade=draw(st.sampled_from([None, 1, 1, 1, 2])),
        fund=draw(st.sampled_from([None, "zakat", "khayrat"])),
        waivers=draw(st.sampled_from([(), (Waiver(clause, "لجنة المساعدات", "لسبب مدوّن"),)])),
        office={} if appendix is None else {"appendix_1": appendix},
        facts=draw(facts(aid)),
    )


@st.composite
def well_known(draw: st.DrawFn) -> Case:
    """A request of which all is known and nothing speaks against, but for what the household owns and earns."""
    case = draw(cases())
    pleasant = {
        name: name not in UNWELCOME
        for name, kind in policy().aids_offered[case.aid].facts.items()
        if kind is FactKind.YES_NO
    }
    money = {"treatment_cost": Money(0), "fees": Money(100_000), "fees_paid_by_others": Money(0)}
    told = {**pleasant, **money, "stage": "primary", "absent_since": TODAY - timedelta(days=200)}
    category = case.category if case.category in BORN else draw(st.sampled_from(sorted(BORN)))
    born = BORN[category]
    household = replace(
        case.household,
        members=tuple(
            replace(member, lives_with_family=True, include=None, birth_date=born) for member in case.household.members
        ),
        incomes=case.household.incomes or (),
        obligations=case.household.obligations or (),
        wealth=Money(0),
    )
    appendix = Limits(
        pension=MappingProxyType({size: Money(400_000 + 80_000 * size) for size in range(1, 11)}),
        wealth_limit=Money(3_000_000),
        monthly_maximum=draw(st.none() | MONEY),
    )
    dropped = draw(st.sets(st.sampled_from(sorted(told)), max_size=2))
    return replace(
        case,
        applicant=1,
        grade=1,
        category=category,
        household=household,
        office={"appendix_1": appendix},
        facts={name: value for name, value in told.items() if name not in dropped},
    )


BORN = {
    "orphan": date(2015, 1, 1),
    "elderly": date(1950, 1, 1),
    **dict.fromkeys(
        ("widow", "divorced", "special_needs", "patient", "low_income", "student", "unemployed", "prisoner_family"),
        date(1980, 1, 1),
    ),
    "missing_family": date(1980, 1, 1),
}
"""For each category of the poor, a birthday that suits it."""
UNWELCOME = {
    "prophets_house",
    "remarried",
    "maintenance_due",
    "field_objection",
    "fees_covered",
    "travel_forbidden",
    "can_repay_at_home",
}
"""The facts that speak against the applicant when they are so."""


def found(case: Case) -> Assessment:
    """What the rules find."""
    return assess(case, policy())


@settings(max_examples=100)
@given(cases() | well_known(), st.data())
def test_nothing_unknown_is_taken_for_granted(case: Case, data: st.DataObject) -> None:
    """What is eligible while a fact is unknown stays so when the fact turns out false, but for stated defaults."""
    if found(case).outcome is not Outcome.ELIGIBLE:
        return
    kinds = policy().aids_offered[case.aid].facts
    unknown = sorted(name for name, kind in kinds.items() if kind is FactKind.YES_NO and name not in case.facts)
    for name in unknown:
        if name in WITH_DEFAULT:
            continue
        turned = replace(case, facts={**case.facts, name: False})
        assert found(turned).outcome is Outcome.ELIGIBLE, name


@settings(max_examples=100)
@given(cases() | well_known())
def test_outcome_amount_and_missing_agree(case: Case) -> None:
    """Missing facts go with incomplete, zero with a refusal, and nothing but eligible names an amount."""
    result = found(case)
    if result.outcome is not Outcome.NOT_ELIGIBLE:
        assert bool(result.missing) is (result.outcome is Outcome.INCOMPLETE)
    assert (result.amount == Money(0)) is (result.outcome is Outcome.NOT_ELIGIBLE)
    if result.amount is not None and result.outcome is not Outcome.NOT_ELIGIBLE:
        assert result.outcome is Outcome.ELIGIBLE
        assert case.aid in ("monthly", "tuition")
    assert result.fund in ("zakat", "khayrat")


@settings(max_examples=100)
@given(well_known())
def test_a_monthly_amount_is_reached_from_its_steps(case: Case) -> None:
    """The due is the pension less net income, within zero, the pension, and the month's maximum."""
    result = found(replace(case, aid="monthly"))
    if result.outcome is not Outcome.ELIGIBLE or result.amount is None:
        return
    steps = {step.name: step.exact for step in result.steps}
    income = sum((value for name, value in steps.items() if name.startswith("income_")), Fraction(0))
    owed = sum((value for name, value in steps.items() if name.startswith("obligation_")), Fraction(0))
    assert steps["net_income"] == steps["income"] - steps["obligations"] == income - owed
    pension = steps.get("pension_and_treatment", steps["pension"])
    due = min(max(pension - steps["net_income"], Fraction(0)), pension, steps.get("monthly_maximum", pension))
    assert KWD.exact(result.amount) == due == steps["due"]


@settings(max_examples=50)
@given(well_known(), MONEY)
def test_more_income_never_gives_more(case: Case, more: Money) -> None:
    """A larger income of a counted member never raises the monthly aid, nor makes a refused family due."""
    case = replace(case, aid="monthly")
    lines = case.household.incomes or ()
    richer = (Income(IncomeKind.SALARY, more, 1), *lines)
    before = found(replace(case, household=replace(case.household, incomes=lines)))
    after = found(replace(case, household=replace(case.household, incomes=richer)))
    assert (after.amount or Money(0)) <= (before.amount or Money(0))


@settings(max_examples=50)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: Case, chance: object) -> None:
    """Members, incomes and obligations in another order come to the same."""
    family = case.household

    def mixed(rows: tuple[object, ...] | None) -> tuple[object, ...] | None:
        if rows is None:
            return None
        shuffled = list(rows)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
        return tuple(shuffled)

    other = replace(
        family,
        members=mixed(family.members),  # type: ignore[arg-type]  # the same rows
        incomes=mixed(family.incomes),  # type: ignore[arg-type]  # the same rows
        obligations=mixed(family.obligations),  # type: ignore[arg-type]  # the same rows
    )
    first, second = found(case), found(replace(case, household=other))
    assert (first.outcome, first.amount, first.fund) == (second.outcome, second.amount, second.fund)
    assert len(first.missing) == len(second.missing)


@settings(max_examples=50)
@given(cases(), MONEY)
def test_who_is_left_out_changes_nothing_by_earning(case: Case, more: Money) -> None:
    """The income of a relative whom the office leaves out is not looked at."""
    out = Member(99, Relation.BROTHER, Sex.MALE, include=False, include_reason="يستقل بنفقته")
    with_him = replace(case.household, members=(*case.household.members, out))
    earning = replace(with_him, incomes=(*(with_him.incomes or ()), Income(IncomeKind.SALARY, more, 99)))
    silent = replace(with_him, incomes=with_him.incomes or ())
    first, second = found(replace(case, household=silent)), found(replace(case, household=earning))
    assert (first.outcome, first.amount, first.missing) == (second.outcome, second.amount, second.missing)
