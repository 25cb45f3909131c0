"""What the family lives on: income (K-MONTH-1), obligations (K-MONTH-3), share and need (K-MONTH-2)."""

from dataclasses import dataclass
from fractions import Fraction

from sanad.domain.household import Income, IncomeKind, Member, ObligationKind, Relation, Sex
from sanad.rules.karzakan.family import Family, counted_family, poverty_line
from sanad.rules.worksheet import Worksheet

NOTHING = Fraction(0)
WAGES = (IncomeKind.SALARY, IncomeKind.PENSION, IncomeKind.VARIABLE)
CAPS = {
    ObligationKind.RENT: "rent_cap",
    ObligationKind.DOMESTIC_WORKER: "domestic_worker_cap",
    ObligationKind.KINDERGARTEN_FEES: "kindergarten_cap",
}
JUSTIFIED = (ObligationKind.PERSONAL_LOAN, ObligationKind.DOMESTIC_WORKER)

FIGURES = ("variable_minimum", "wife_share", *CAPS.values())
READINGS = (
    "variable_minimum_holds",
    "wife_share_not_said",
    "own_aid_is_no_income",
    "caps_on_the_total",
    "obligations_of_the_uncounted",
    "need_times_members",
)
WORDINGS = (
    "the_household",
    "wife_income",
    "variable_top_up",
    "unjustified",
    *(f"income_{kind}" for kind in IncomeKind),
    *(f"obligation_{kind}" for kind in ObligationKind),
    "income",
    "obligations",
    "net_income",
    "per_capita",
    "need_per_person",
    "family_need",
)


@dataclass(frozen=True, slots=True)
class Means:
    """The share of each counted person in the net income, the line it is held against, and what the family lacks."""

    members: int
    share: Fraction
    line: Fraction
    woman_provider: bool
    family_need: Fraction


def means(sheet: Worksheet) -> Means | None:
    """K-MONTH-1 to 3 together; None while something that they need is not known (it is written down as missing)."""
    family = counted_family(sheet)
    household = sheet.case.household
    if household.incomes is None:
        sheet.lacks("household.incomes")
    if household.obligations is None:
        sheet.lacks("household.obligations")
    if family is None or household.incomes is None or household.obligations is None:
        return None
    earned = income(sheet, family)
    owed = obligations(sheet, family)
    line = poverty_line(sheet, family)
    if owed is None:
        return None
    net = sheet.result("net_income", earned - owed)
    share = sheet.result("per_capita", net / family.size)
    if line is None:
        return None
    sheet.figures["poverty_line"] = line
    sheet.result("need_per_person", line - share)
    need = sheet.result("family_need", line * family.size - net)
    sheet.assume("need_times_members")
    return Means(family.size, share, line, family.woman_provided, need)


def income(sheet: Worksheet, family: Family) -> Fraction:
    """K-MONTH-1: the household's lines and those of the members who count; a wife's by the agreed share."""
    members = {member.id: member for member in sheet.case.household.members if member.id in family.counted}
    exact = sheet.policy.currency.exact
    total = wages = NOTHING
    variable = False
    for place, line in enumerate(sheet.case.household.incomes or ()):
        member = None if line.member is None else members.get(line.member)
        if line.member is not None and member is None:
            continue  # K-POV-5: the income of a person who is not counted is not counted
        stated = exact(line.monthly)
        if member is not None and _shares_as_wife(member, family.provider):
            total += _of_a_wife(sheet, place, line, member, stated)
            continue
        if member is not None and member is family.provider and line.kind in WAGES:
            wages += stated
            variable = variable or line.kind is IncomeKind.VARIABLE
        if line.kind is IncomeKind.CHARITY_SUPPORT:
            sheet.assume("own_aid_is_no_income")
        who = sheet.policy.wordings["the_household"].label if member is None else member
        total += sheet.step(f"income_{line.kind}", stated, at=f"[{place}]", who=who)
    if variable:
        total += _top_up(sheet, family.provider, wages)
    return sheet.result("income", total)


def _shares_as_wife(member: Member, provider: Member) -> bool:
    """Whether the member is the wife of a male provider, whose income counts by the spouses' agreement."""
    if provider.sex is not Sex.MALE:
        return False
    if provider.relation is Relation.HEAD:
        return member.relation is Relation.WIFE
    return provider.relation is Relation.HUSBAND and member.relation is Relation.HEAD


def _of_a_wife(sheet: Worksheet, place: int, line: Income, wife: Member, stated: Fraction) -> Fraction:
    """K-MONTH-1: the share of a wife's income where the spouses agreed on one; taken as agreed when not said."""
    agreed = sheet.case.household.spouses_share
    if agreed is None:
        sheet.assume("wife_share_not_said")
    counted = NOTHING if agreed is False else stated * sheet.figure("wife_share")
    kind = sheet.policy.wordings[f"income_{line.kind}"].label
    return sheet.step("wife_income", counted, at=f"[{place}]", who=wife, stated=stated, kind=kind)


def _top_up(sheet: Worksheet, provider: Member, wages: Fraction) -> Fraction:
    """K-MONTH-1: what a provider without a fixed wage is taken to earn beyond what he states."""
    least = sheet.figure("variable_minimum")
    if wages >= least:
        return NOTHING
    sheet.assume("variable_minimum_holds")
    return sheet.step("variable_top_up", least - wages, who=provider, stated=wages)


def obligations(sheet: Worksheet, family: Family) -> Fraction | None:
    """K-MONTH-3: each kind on the household's total, within its cap; None while a needed finding is not known."""
    exact = sheet.policy.currency.exact
    stated: dict[ObligationKind, Fraction] = {}
    known = True
    for place, line in enumerate(sheet.case.household.obligations or ()):
        if line.member is not None and line.member not in family.counted:
            sheet.assume("obligations_of_the_uncounted")
            continue
        amount = exact(line.monthly)
        if line.kind in JUSTIFIED and not line.justified:
            if line.justified is None and amount:
                sheet.lacks(f"household.obligations[{place}].justified")
                known = False
            kind = sheet.policy.wordings[f"obligation_{line.kind}"].label
            if line.justified is False:
                sheet.step("unjustified", NOTHING, at=f"[{place}]", kind=kind, stated=amount)
            continue
        stated[line.kind] = stated.get(line.kind, NOTHING) + amount
    if not known:
        return None
    return sheet.result("obligations", sum((_within_cap(sheet, *entry) for entry in stated.items()), NOTHING))


def _within_cap(sheet: Worksheet, kind: ObligationKind, stated: Fraction) -> Fraction:
    counted = stated
    if kind in CAPS and stated > sheet.figure(CAPS[kind]):
        sheet.assume("caps_on_the_total")
        counted = sheet.figure(CAPS[kind])
    return sheet.step(f"obligation_{kind}", counted, stated=stated)
