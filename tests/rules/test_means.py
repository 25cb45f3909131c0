"""Income, obligations, share and need, by the clauses K-MONTH-1 to K-MONTH-3 and their readings."""

from dataclasses import replace
from fractions import Fraction

import pytest

from sanad.domain.assessment import Outcome
from sanad.domain.case import Case
from sanad.domain.household import IncomeKind, MaritalStatus, ObligationKind, Relation, Sex
from tests.rules.families import HEAD, WIFE, a_case, a_child, a_member, earns, found, income_of, owes, reads

WHOLE = [kind for kind in IncomeKind if kind is not IncomeKind.VARIABLE]


@pytest.mark.parametrize("kind", WHOLE)
def test_every_fixed_income_counts_whole(kind: IncomeKind) -> None:
    """Of a person or of the household alike; charity support with the reading that ours is none."""
    case = a_case(HEAD, incomes=[earns("10.250", 1, kind), earns("20.500", None, kind)])
    assert income_of(case) == Fraction("30.75")
    assert reads(found(case), "own_aid_is_no_income") == (kind is IncomeKind.CHARITY_SUPPORT)


@pytest.mark.parametrize(
    ("wages", "counted"),
    [
        ([("90", IncomeKind.VARIABLE)], "250"),
        ([("0", IncomeKind.VARIABLE)], "250"),
        ([("250", IncomeKind.VARIABLE)], "250"),
        ([("250.001", IncomeKind.VARIABLE)], "250.001"),
        ([("100", IncomeKind.VARIABLE), ("100", IncomeKind.SALARY)], "250"),
        ([("100", IncomeKind.VARIABLE), ("100", IncomeKind.SALARY), ("100", IncomeKind.PENSION)], "300"),
        ([("100", IncomeKind.VARIABLE), ("30", IncomeKind.RENT)], "280"),
        ([("100", IncomeKind.SALARY)], "100"),
    ],
)
def test_a_provider_without_a_fixed_wage_earns_the_minimum(wages: list[tuple[str, IncomeKind]], counted: str) -> None:
    """Salary, pension and variable lines together; other means come on top; a fixed wage is never lifted."""
    assert income_of(a_case(HEAD, incomes=[earns(amount, 1, kind) for amount, kind in wages])) == Fraction(counted)


def test_the_minimum_is_only_the_providers() -> None:
    """A child's or the household's variable income counts as stated."""
    lines = [earns("40", 2, IncomeKind.VARIABLE), earns("5", None, IncomeKind.VARIABLE)]
    case = a_case(HEAD, a_child(2, age=20), incomes=lines)
    assert income_of(case) == 45
    assert not reads(found(case), "variable_minimum_holds")


@pytest.mark.parametrize(("share", "counted"), [(True, "40"), (False, "0"), (None, "40")])
def test_a_wifes_income_counts_by_what_the_spouses_agreed(share: bool | None, counted: str) -> None:
    """Any kind of income; not said is taken as agreed, and the result says so."""
    case = a_case(HEAD, WIFE, incomes=[earns("60", 2), earns("40", 2, IncomeKind.RENT)], spouses_share=share)
    assert income_of(case) == Fraction(counted)
    assert reads(found(case), "wife_share_not_said") == (share is None)


def test_a_head_who_is_the_wife_of_the_provider_shares_as_a_wife() -> None:
    """The husband provides, the wife is named head: her income is the wife's."""
    head = replace(HEAD, sex=Sex.FEMALE, marital_status=MaritalStatus.MARRIED)
    husband = a_member(2, Relation.HUSBAND, provider=True)
    assert income_of(a_case(head, husband, incomes=[earns("100", 1), earns("100", 2)], spouses_share=True)) == 140


def test_a_woman_who_provides_counts_whole_and_so_does_her_husband() -> None:
    """The share is that of a wife of a male provider only."""
    head = replace(HEAD, sex=Sex.FEMALE, marital_status=MaritalStatus.MARRIED)
    lines = [earns("100", 1), earns("50", 2)]
    assert income_of(a_case(head, a_member(2, Relation.HUSBAND), incomes=lines)) == 150


def test_the_wife_of_the_head_counts_whole_where_the_son_provides() -> None:
    """She is no wife of the provider."""
    son = a_member(3, Relation.SON, provider=True)
    assert income_of(a_case(HEAD, WIFE, son, incomes=[earns("100", 2)])) == 100


def test_the_income_of_a_person_who_does_not_count_does_not_count() -> None:
    """A grown son's salary, however large."""
    assert income_of(a_case(HEAD, a_child(2, age=30), incomes=[earns("100", 1), earns("900", 2)])) == 100


@pytest.mark.parametrize(
    ("kind", "stated", "justified", "counted"),
    [
        (ObligationKind.HOUSING_LOAN, "400", None, "400"),
        (ObligationKind.CAR_LOAN, "400", None, "400"),
        (ObligationKind.UNIVERSITY_FEES, "400", None, "400"),
        (ObligationKind.STUDENT_ALLOWANCE, "400", None, "400"),
        (ObligationKind.OTHER_DEBT, "400", None, "400"),
        (ObligationKind.PERSONAL_LOAN, "400", True, "400"),
        (ObligationKind.PERSONAL_LOAN, "400", False, "0"),
        (ObligationKind.RENT, "150", None, "150"),
        (ObligationKind.RENT, "150.001", None, "150"),
        (ObligationKind.DOMESTIC_WORKER, "79.999", True, "79.999"),
        (ObligationKind.DOMESTIC_WORKER, "80.001", True, "80"),
        (ObligationKind.DOMESTIC_WORKER, "80", False, "0"),
        (ObligationKind.KINDERGARTEN_FEES, "50", None, "50"),
        (ObligationKind.KINDERGARTEN_FEES, "51", None, "50"),
    ],
)
def test_an_obligation_counts_within_its_cap(
    kind: ObligationKind, stated: str, justified: bool | None, counted: str
) -> None:
    """Whole, capped, or nothing without a reason."""
    case = a_case(HEAD, obligations=[owes(kind, stated, justified=justified)])
    assert found(case).figures["obligations"] == Fraction(counted)
    assert found(case).figures["net_income"] == -Fraction(counted)


def test_a_cap_holds_for_the_household_not_for_each_line() -> None:
    """Two rents are capped together, and the result names the reading."""
    case = a_case(HEAD, obligations=[owes(ObligationKind.RENT, "100"), owes(ObligationKind.RENT, "70")])
    assert found(case).figures["obligations"] == 150
    assert reads(found(case), "caps_on_the_total")


@pytest.mark.parametrize("kind", [ObligationKind.PERSONAL_LOAN, ObligationKind.DOMESTIC_WORKER])
def test_a_finding_that_is_not_made_yet_is_asked(kind: ObligationKind) -> None:
    """Unless nothing hangs on it."""
    asked = a_case(HEAD, obligations=[owes(ObligationKind.RENT, "10"), owes(kind, "20")])
    assert found(asked).missing == ("household.obligations[1].justified",)
    assert "net_income" not in found(asked).figures
    assert found(a_case(HEAD, obligations=[owes(kind, "0")])).outcome is Outcome.ELIGIBLE


def test_the_obligation_of_a_person_who_does_not_count_is_not_deducted() -> None:
    """As that person's income is not counted; the result names the reading."""
    case = a_case(HEAD, a_child(2, age=30), obligations=[owes(ObligationKind.CAR_LOAN, "90", member=2)])
    assert found(case).figures["obligations"] == 0
    assert reads(found(case), "obligations_of_the_uncounted")


@pytest.mark.parametrize(
    ("case", "missing"),
    [
        (a_case(HEAD, incomes=None), ("household.incomes",)),
        (a_case(HEAD, obligations=None), ("household.obligations",)),
        (a_case(HEAD, incomes=None, obligations=None), ("household.incomes", "household.obligations")),
        (
            a_case(replace(HEAD, sex=Sex.FEMALE)),
            ("household.members[0].marital_status",),
        ),
    ],
)
def test_everything_that_is_missing_is_named_at_once(case: Case, missing: tuple[str, ...]) -> None:
    """Absent lists are not empty ones."""
    assessment = found(case)
    assert assessment.outcome is Outcome.INCOMPLETE
    assert assessment.missing == missing
    assert assessment.amount is None


def test_nothing_is_rounded_on_the_way() -> None:
    """Row 5 of the guide's table: a share of 3331/70."""
    case = a_case(HEAD, *(a_child(number) for number in range(2, 8)), incomes=[earns("333.100")])
    figures = found(case).figures
    assert figures["per_capita"] == Fraction(3331, 70)
    assert figures["need_per_person"] == 65 - Fraction(3331, 70)
    assert figures["family_need"] == Fraction(1219, 10)
