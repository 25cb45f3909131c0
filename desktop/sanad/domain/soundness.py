"""What no family's file may say, whether it was typed on the screen or read from a case file."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date

from sanad.domain.case import CaseStudy
from sanad.domain.errors import Problem
from sanad.domain.household import Household, Income, Member, Obligation, Relation
from sanad.domain.money import problems_of_amount
from sanad.domain.spelling import LONGEST_NAME, MOST_MARKS, compact

OLDEST = 120
"""Years; whoever is older has a slip in the birth date."""


def problems_of(study: CaseStudy, today: date) -> tuple[Problem, ...]:
    """Everything in the file that cannot be true, each by its path; nothing that is merely not known yet.

    ``where`` counts rows from 0: ``household.members[2].birth_date``.
    """
    household = study.household
    return (
        *_of_members(household, today),
        *_of_money_lines(household),
        *_of_registration(study),
    )


def problems_of_name(name: str, where: str) -> Iterator[Problem]:
    """A name is too long, or carries more marks than a letter can bear."""
    if len(name) > LONGEST_NAME:
        yield Problem("name.too_long", where, {"most": LONGEST_NAME})
    marks = 0
    for letter in name:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            yield Problem("name.too_many_marks", where, {"most": MOST_MARKS})
            return


def _of_members(household: Household, today: date) -> Iterator[Problem]:
    heads = [index for index, member in enumerate(household.members) if member.relation is Relation.HEAD]
    if not heads:
        yield Problem("household.no_head", "household.members")
    for index in heads[1:]:
        yield Problem("household.second_head", f"household.members[{index}].relation")
    providers = [index for index, member in enumerate(household.members) if member.provider]
    for index in providers[1:]:
        yield Problem("household.second_provider", f"household.members[{index}].provider")
    ids = Counter(member.id for member in household.members)
    civil_ids = Counter(compact(member.civil_id) for member in household.members if member.civil_id)
    for index, member in enumerate(household.members):
        where = f"household.members[{index}]"
        if ids[member.id] > 1:
            yield Problem("household.same_id", f"{where}.id", {"id": member.id})
        if member.civil_id and civil_ids[compact(member.civil_id)] > 1:
            yield Problem("household.same_civil_id", f"{where}.civil_id", {"civil_id": member.civil_id})
        yield from _of_member(member, where, today)


def _of_member(member: Member, where: str, today: date) -> Iterator[Problem]:
    yield from problems_of_name(member.name, f"{where}.name")
    if member.birth_date is not None:
        if member.birth_date > today:
            yield Problem("member.born_in_future", f"{where}.birth_date")
        elif today.year - member.birth_date.year > OLDEST:
            yield Problem("member.too_old", f"{where}.birth_date", {"most": OLDEST})
    if member.include is not None and not member.include_reason.strip():
        yield Problem("member.include_without_reason", f"{where}.include_reason")


def _of_money_lines(household: Household) -> Iterator[Problem]:
    known = {member.id for member in household.members}
    incomes, obligations = household.incomes or (), household.obligations or ()
    named: tuple[tuple[str, tuple[Income | Obligation, ...]], ...] = (
        ("incomes", incomes),
        ("obligations", obligations),
    )
    for name, lines in named:
        for index, line in enumerate(lines):
            where = f"household.{name}[{index}]"
            if line.member is not None and line.member not in known:
                yield Problem("line.unknown_member", f"{where}.member", {"member": line.member})
            yield from problems_of_amount(line.monthly, f"{where}.monthly")
    for name in ("bank_balance", "wealth"):
        if (owned := getattr(household, name)) is not None:
            yield from problems_of_amount(owned, f"household.{name}")


def _of_registration(study: CaseStudy) -> Iterator[Problem]:
    if study.monthly_registered and study.registered is False:
        yield Problem("case.monthly_but_not_registered", "monthly_registered")
