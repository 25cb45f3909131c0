"""Families and cases for the tests of the rules, and the shipped pack that reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.household import (
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
from sanad.domain.money import BHD
from sanad.rules.assess import FORMULAS, assess
from sanad.rules.reader import read_policy

PACKS = Path(__file__).parents[2] / "resources/policies"
TEXT = (PACKS / "karzakan-2020/policy.toml").read_text("utf-8")
POLICY = read_policy(TEXT, "policy.toml", FORMULAS)
ON = date(2026, 11, 22)

WOMEN = (Relation.WIFE, Relation.DAUGHTER, Relation.MOTHER, Relation.SISTER, Relation.GRANDMOTHER)


def a_member(number: int, relation: Relation, **known: Any) -> Member:
    """A person of the family; the sex is that of the relation unless said."""
    known.setdefault("sex", Sex.FEMALE if relation in WOMEN else Sex.MALE)
    return Member(id=number, relation=relation, **known)


def a_child(number: int, relation: Relation = Relation.SON, age: int = 8, **known: Any) -> Member:
    """A single child of that many years on the day."""
    known.setdefault("marital_status", MaritalStatus.SINGLE)
    return a_member(number, relation, birth_date=date(ON.year - age, 1, 1), **known)


HEAD = a_member(1, Relation.HEAD)
WIFE = a_member(2, Relation.WIFE)


def earns(amount: str, member: int | None = 1, kind: IncomeKind = IncomeKind.SALARY) -> Income:
    """A line of income."""
    return Income(kind, BHD.read(amount), member)


def owes(kind: ObligationKind, amount: str, **known: Any) -> Obligation:
    """A line of obligations."""
    return Obligation(kind, BHD.read(amount), **known)


def a_case(
    *members: Member,
    incomes: Sequence[Income] | None = (),
    obligations: Sequence[Obligation] | None = (),
    aid: str = "monthly",
    facts: Mapping[str, object] | None = None,
    on: date = ON,
    **household: Any,
) -> Case:
    """A case of these members; of the head alone unless said."""
    family = Household(
        members=members or (HEAD,),
        incomes=None if incomes is None else tuple(incomes),
        obligations=None if obligations is None else tuple(obligations),
        **household,
    )
    return Case(policy=POLICY.id, aid=aid, on=on, household=family, facts=facts or {})


def found(case: Case) -> Assessment:
    """What the shipped pack finds."""
    return assess(case, POLICY)


def income_of(case: Case) -> Fraction | int:
    """The income that counts."""
    return found(case).figures["income"]


def assumed(assessment: Assessment) -> set[str]:
    """The English labels of the assumptions, by their first words before a colon or semicolon."""
    return {label.label.en for label in assessment.assumptions}


def reads(assessment: Assessment, reading: str) -> bool:
    """Whether the result rests on one of the pack's readings."""
    return POLICY.readings[reading].label.en in assumed(assessment)


def with_member(case: Case, member: Member) -> Case:
    """The case with one more member."""
    household = replace(case.household, members=(*case.household.members, member))
    return replace(case, household=household)
