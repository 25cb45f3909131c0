"""One assessment with its whole worksheet, against the same sums in bare fractions over the same records.

Both sides count the members by the same rules, add the same lines with the same caps, and come to the same aid; the
bare side knows the figures by heart and writes nothing down. Texts of a worksheet are made only when read, so neither
reads them.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

from sanad import places
from sanad.domain.case import Case
from sanad.domain.household import IncomeKind, MaritalStatus, Member, ObligationKind, Relation, age_on
from sanad.domain.money import BHD, Money
from sanad.rules.assess import assess
from sanad.services.policies import Policies

ROUNDS = 60
CASES_A_ROUND = 50
TARGET = 3.0

LINE, WIFE_SHARE, MINIMUM = Fraction(65), Fraction(2, 5), Fraction(250)
CAPS = {
    ObligationKind.RENT: Fraction(150),
    ObligationKind.DOMESTIC_WORKER: Fraction(80),
    ObligationKind.KINDERGARTEN_FEES: Fraction(50),
}
WAGES = (IncomeKind.SALARY, IncomeKind.PENSION, IncomeKind.VARIABLE)
JUSTIFIED = (ObligationKind.PERSONAL_LOAN, ObligationKind.DOMESTIC_WORKER)


def counts(member: Member, provider: Member, on: date) -> bool:
    """Whether a member of these families counts."""
    if member is provider or member.relation in (Relation.HEAD, Relation.WIFE):
        return True
    if member.relation in (Relation.FATHER, Relation.MOTHER):
        return bool(member.poor and member.lives_with_family)
    if member.relation not in (Relation.SON, Relation.DAUGHTER) or member.birth_date is None:
        return False
    gone = (MaritalStatus.MARRIED, MaritalStatus.ENGAGED)
    left = member.relation is Relation.DAUGHTER and member.marital_status in gone
    return age_on(member.birth_date, on) < 25 and not left and not member.married_in_house


def bare(case: Case) -> Money | None:
    """The aid of a family, by sums alone."""
    household = case.household
    provider = household.provider
    assert provider is not None
    counted = {member.id: member for member in household.members if counts(member, provider, case.on)}
    income = wages = Fraction(0)
    variable = False
    for line in household.incomes or ():
        if line.member is not None and line.member not in counted:
            continue
        amount = Fraction(line.monthly.minor, 1000)
        if line.member is not None and counted[line.member].relation is Relation.WIFE:
            amount *= WIFE_SHARE
        elif line.member == provider.id and line.kind in WAGES:
            wages += amount
            variable = variable or line.kind is IncomeKind.VARIABLE
        income += amount
    if variable:
        income += max(MINIMUM - wages, Fraction(0))
    owed: dict[ObligationKind, Fraction] = {}
    for due in household.obligations or ():
        if due.kind not in JUSTIFIED or due.justified:
            owed[due.kind] = owed.get(due.kind, Fraction(0)) + Fraction(due.monthly.minor, 1000)
    debts = sum((min(amount, CAPS.get(kind, amount)) for kind, amount in owed.items()), Fraction(0))
    net = income - debts
    share = net / len(counted)
    need = LINE * len(counted) - net
    if share > LINE:
        return Money(0)
    if need <= 10:
        return Money(20_000)
    if need <= 30:
        return Money(30_000)
    return BHD.rounded(min(need, Fraction(60)))


def seconds(work: Callable[[Case], object], cases: list[Case]) -> float:
    """The time that the work takes for all the cases."""
    started = time.perf_counter()
    for case in cases:
        work(case)
    return time.perf_counter() - started


def main() -> bool:
    """Print the ratio of the medians; whether it keeps the target."""
    policies = Policies(places.policies())
    policy = policies.get("karzakan-2020")
    families = [policies.read_case(path) for path in sorted(Path(places.sample()).glob("family-*.json"))]
    for case in families:
        assert assess(case, policy).amount == bare(case), case.household.file_number
    cases = families * (CASES_A_ROUND // len(families))
    pairs = [(seconds(lambda case: assess(case, policy), cases), seconds(bare, cases)) for _ in range(ROUNDS)]
    # The ratio of each short round, so that whatever else the machine does weighs on both sides alike.
    ratio = statistics.median(ours / sums for ours, sums in pairs)
    ours, sums = (statistics.median(side) / len(cases) * 10**6 for side in zip(*pairs, strict=True))
    print(f"assessment: {ratio:.2f} (at most {TARGET}; {ours:.0f} µs against {sums:.0f} µs)")
    return ratio <= TARGET
