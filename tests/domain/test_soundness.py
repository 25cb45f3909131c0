"""What no family's file may say."""

from dataclasses import replace
from datetime import date

import pytest

from sanad.domain.case import CaseStudy
from sanad.domain.household import Household, Income, IncomeKind, Member, Obligation, ObligationKind, Relation, Sex
from sanad.domain.money import Money
from sanad.domain.soundness import problems_of

TODAY = date(2026, 11, 22)
HEAD = Member(id=1, relation=Relation.HEAD, sex=Sex.MALE, name="حسن", civil_id="800512345", birth_date=date(1980, 5, 1))
SON = Member(id=2, relation=Relation.SON, sex=Sex.MALE, name="علي")


def told(
    household: Household, registered: bool | None = None, monthly_registered: bool | None = None
) -> list[tuple[str, str]]:
    """What is wrong with a family's file, with the places."""
    study = CaseStudy(household=household, registered=registered, monthly_registered=monthly_registered)
    found = problems_of(study, TODAY)
    return [(problem.where, problem.code) for problem in found]


def test_a_sound_file_has_no_problem() -> None:
    """A head, a child, an income of each and one of the house: nothing to say."""
    incomes = (Income(IncomeKind.SALARY, Money(310_000), member=1), Income(IncomeKind.RENT, Money(0)))
    obligations = (Obligation(ObligationKind.RENT, Money(150_000)),)
    assert told(Household(members=(HEAD, SON), incomes=incomes, obligations=obligations)) == []


def test_a_family_has_exactly_one_head() -> None:
    """No head is told of the members, a second one at its own row."""
    assert told(Household(members=(SON,))) == [("household.members", "household.no_head")]
    two = Household(members=(HEAD, replace(SON, relation=Relation.HEAD)))
    assert told(two) == [("household.members[1].relation", "household.second_head")]


def test_a_family_has_at_most_one_provider() -> None:
    """Who bears the spending is one person."""
    both = Household(members=(replace(HEAD, provider=True), replace(SON, provider=True)))
    assert told(both) == [("household.members[1].provider", "household.second_provider")]


def test_nobody_is_in_the_file_twice() -> None:
    """The same id or the same civil id, in whatever digits and spacing, is told at each row."""
    twin = replace(SON, id=1, civil_id="٨٠٠٥ ١٢٣٤٥")
    assert told(Household(members=(HEAD, twin))) == [
        ("household.members[0].id", "household.same_id"),
        ("household.members[0].civil_id", "household.same_civil_id"),
        ("household.members[1].id", "household.same_id"),
        ("household.members[1].civil_id", "household.same_civil_id"),
    ]


@pytest.mark.parametrize(
    ("born", "codes"),
    [
        (date(2026, 11, 22), []),
        (date(2026, 11, 23), ["member.born_in_future"]),
        (date(1906, 1, 1), []),
        (date(1905, 12, 31), ["member.too_old"]),
    ],
)
def test_e17_a_birth_date_lies_within_a_life(born: date, codes: list[str]) -> None:
    """Born today is possible, tomorrow is not, nor more than 120 years ago."""
    assert [code for _, code in told(Household(members=(HEAD, replace(SON, birth_date=born))))] == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("ع" * 200, []),
        ("ع" * 201, ["name.too_long"]),
        ("ع" + "\u064e" * 8, []),
        ("ع" + "\u064e" * 9, ["name.too_many_marks"]),
    ],
)
def test_a_name_stays_readable(name: str, codes: list[str]) -> None:
    """200 letters and 8 marks on a letter are the most."""
    assert [code for _, code in told(Household(members=(HEAD, replace(SON, name=name))))] == codes


def test_an_override_of_who_counts_has_its_reason() -> None:
    """Counting somebody in or out against the guide needs the reason beside it."""
    moved = replace(SON, include=False)
    assert told(Household(members=(HEAD, moved))) == [
        ("household.members[1].include_reason", "member.include_without_reason")
    ]
    assert told(Household(members=(HEAD, replace(moved, include_reason="يدرس في الخارج")))) == []


def test_lines_of_money_belong_to_the_family_and_are_not_negative() -> None:
    """An income of a stranger and an obligation below zero are told at their rows."""
    incomes = (Income(IncomeKind.SALARY, Money(1), member=9),)
    obligations = (Obligation(ObligationKind.RENT, Money(-1)),)
    assert told(Household(members=(HEAD,), incomes=incomes, obligations=obligations)) == [
        ("household.incomes[0].member", "line.unknown_member"),
        ("household.obligations[0].monthly", "money.negative"),
    ]


def test_monthly_approval_implies_approval() -> None:
    """A family approved for monthly aid cannot be one that is not approved."""
    family = Household(members=(HEAD,))
    assert told(family, monthly_registered=True, registered=False) == [
        ("monthly_registered", "case.monthly_but_not_registered")
    ]
    assert told(family, monthly_registered=True, registered=True) == []
