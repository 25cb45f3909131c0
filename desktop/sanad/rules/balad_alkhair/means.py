"""Income and wealth beside the office's appendix 1, and the monthly aid that fills the gap (B-P-8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sanad.domain.household import IncomeKind, Member, ObligationKind
from sanad.domain.limits import Limits
from sanad.domain.money import Money
from sanad.rules.worksheet import Worksheet

APPENDIX = "appendix_1"
"""The figure that the office sets; the regulation's own table is not in the source."""

READINGS = ("household_means", "the_due", "counted_live_with_the_family", "appendix_unset")
WORDINGS = (
    "nobody",
    "the_household",
    "members",
    *(f"income_{kind}" for kind in IncomeKind),
    *(f"obligation_{kind}" for kind in ObligationKind),
    "income",
    "obligations",
    "net_income",
    "pension",
    "treatment_cost",
    "pension_and_treatment",
    "wealth",
    "wealth_limit",
    "combined_limit",
    "monthly_maximum",
    "income_above",
    "wealth_above",
    "combined_above",
    "due",
    "something_due",
)


@dataclass(frozen=True, slots=True)
class Means:
    """What the household lives on and what it is held against; None is not known, ``missing`` says why."""

    net: Fraction | None
    pension: Fraction | None
    wealth: Fraction | None
    wealth_limit: Fraction | None
    combined_limit: Fraction | None
    monthly_maximum: Fraction | None
    missing_for_due: tuple[str, ...]
    missing: tuple[str, ...]

    def within(self, *, below: bool) -> bool | None:
        """Whether every limit is kept, three-valued; ``below``: income has to lie below the pension, not at it."""
        over = self._over()
        kept = [None if excess is None else excess <= 0 for excess in over.values()]
        if False in kept or (below and over["income_above"] == 0):
            return False
        return None if None in kept else True

    def tell_what_is_over(self, sheet: Worksheet) -> None:
        """Write by how much each limit is passed, so that a family hears how near it is."""
        for name, excess in self._over().items():
            if excess is not None and excess > 0:
                sheet.step(name, excess)

    def _over(self) -> dict[str, Fraction | None]:
        """By how much each limit is passed; below zero where it is not, None where it is not known."""
        over = {"income_above": _less(self.net, self.pension), "wealth_above": _less(self.wealth, self.wealth_limit)}
        if self.combined_limit is not None and self.net is not None and self.wealth is not None:
            over["combined_above"] = self.net + self.wealth - self.combined_limit
        return over

    def due(self, sheet: Worksheet) -> Fraction | None:
        """B-P-8: what the net income lacks to the pension, within the pension and the month's maximum."""
        if self.net is None or self.pension is None:
            ask_for(sheet, self.missing_for_due)
            return None
        sheet.assume("the_due")
        due = min(max(self.pension - self.net, Fraction(0)), self.pension)
        if self.monthly_maximum is not None:
            due = min(due, sheet.step("monthly_maximum", self.monthly_maximum))
        return sheet.step("due", due, net=self.net, pension=self.pension)


def ask_for(sheet: Worksheet, missing: Iterable[str]) -> None:
    """Write down what is missing; of the office's own table, where it is filled in as well."""
    for place in missing:
        sheet.lacks(place)
        if place.startswith(APPENDIX):
            sheet.assume("appendix_unset")


def household_means(sheet: Worksheet, *, treated: bool) -> Means:
    """The household's means and limits, written down as far as they are known; ``treated``: with a patient's cost."""
    limits: Limits | None = sheet.office(APPENDIX, needed=False)
    lacking: list[str] = []
    counted = _counted(sheet, lacking)
    net = _net_income(sheet, counted, lacking)
    pension = _pension(sheet, limits, counted, lacking)
    if treated:
        pension = _with_treatment(sheet, pension, lacking)
    for_due = tuple(lacking)
    wealth = _told(sheet, "wealth", sheet.case.household.wealth)
    wealth_limit = None if limits is None else _told(sheet, "wealth_limit", limits.wealth_limit)
    if wealth is None:
        lacking.append("household.wealth")
    if limits is not None and wealth_limit is None:
        lacking.append(f"{APPENDIX}.wealth_limit")
    return Means(
        net=net,
        pension=pension,
        wealth=wealth,
        wealth_limit=wealth_limit,
        combined_limit=None if limits is None else _told(sheet, "combined_limit", limits.combined_limit),
        monthly_maximum=None if limits is None else _exact(sheet, limits.monthly_maximum),
        missing_for_due=for_due,
        missing=tuple(lacking),
    )


def _counted(sheet: Worksheet, lacking: list[str]) -> list[Member] | None:
    """The members who live with the family, and those the office counts for a reason; None while one is not known."""
    members = sheet.case.household.members
    counted: list[Member] = []
    known = True
    for place, member in enumerate(members):
        lives = member.lives_with_family if member.include is None else member.include
        if lives is None:
            lacking.append(f"household.members[{place}].lives_with_family")
            known = False
        elif lives:
            counted.append(member)
        else:
            sheet.excluded[member.id] = sheet.policy.wordings["members"].clause
    sheet.counted_ids = tuple(member.id for member in counted)
    if known and not counted:
        lacking.append("household.members")
    if not known or not counted:
        return None
    if sheet.excluded:
        sheet.assume("counted_live_with_the_family")
    left_out = [member for member in members if member.id in sheet.excluded]
    sheet.persons("members", len(counted), counted=counted, left_out=left_out or sheet.policy.wordings["nobody"].label)
    return counted


def _net_income(sheet: Worksheet, counted: list[Member] | None, lacking: list[str]) -> Fraction | None:
    """Income less obligations, both whole, of the household and its counted members."""
    household = sheet.case.household
    if household.incomes is None:
        lacking.append("household.incomes")
    if household.obligations is None:
        lacking.append("household.obligations")
    if counted is None or household.incomes is None or household.obligations is None:
        return None
    members = {member.id: member for member in counted}
    house = sheet.policy.wordings["the_household"].label
    exact = sheet.policy.currency.exact
    income = owed = Fraction(0)
    earners: dict[object, None] = {}
    for place, line in enumerate(household.incomes):
        if line.member is None or line.member in members:
            who = house if line.member is None else members[line.member]
            earners[who] = None
            income += sheet.step(f"income_{line.kind}", exact(line.monthly), at=f"[{place}]", who=who)
    for place, obligation in enumerate(household.obligations):
        if obligation.member is None or obligation.member in members:
            who = house if obligation.member is None else members[obligation.member]
            amount = exact(obligation.monthly)
            owed += sheet.step(f"obligation_{obligation.kind}", amount, at=f"[{place}]", who=who)
    sheet.assume("household_means", who=list(earners) or sheet.policy.wordings["nobody"].label)
    sheet.result("income", income)
    sheet.result("obligations", owed)
    return sheet.result("net_income", income - owed)


def _pension(
    sheet: Worksheet, limits: Limits | None, counted: list[Member] | None, lacking: list[str]
) -> Fraction | None:
    """The pension due to a household of this size, from the office's table."""
    if limits is None:
        lacking.append(APPENDIX)
        return None
    if counted is None:
        return None
    size = len(counted)
    pension = limits.pension_of(size)
    if pension is None:
        lacking.append(f"{APPENDIX}.pension.{limits.row(size)}")
        return None
    return sheet.step("pension", sheet.policy.currency.exact(pension), size=size)


def _with_treatment(sheet: Worksheet, pension: Fraction | None, lacking: list[str]) -> Fraction | None:
    """B-5-6: the pension with the month's necessary treatment that is not free to the patient."""
    cost = sheet.case.facts.get("treatment_cost")
    if not isinstance(cost, Money):
        lacking.append("treatment_cost")
        return None
    exact = sheet.step("treatment_cost", sheet.policy.currency.exact(cost))
    return None if pension is None else sheet.step("pension_and_treatment", pension + exact)


def _told(sheet: Worksheet, name: str, amount: Money | None) -> Fraction | None:
    return None if amount is None else sheet.step(name, sheet.policy.currency.exact(amount))


def _exact(sheet: Worksheet, amount: Money | None) -> Fraction | None:
    return None if amount is None else sheet.policy.currency.exact(amount)


def _less(amount: Fraction | None, limit: Fraction | None) -> Fraction | None:
    return None if amount is None or limit is None else amount - limit
