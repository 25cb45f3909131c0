"""A hundred thousand households re-assessed with worksheets, against the same sums in bare fractions; memory flat.

The households are made one batch after the other and forgotten, as a registry is streamed; the bare side is that of the
single assessment. A third run reads every text of every worksheet in both languages.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date

from sanad import places
from sanad.domain.assessment import Assessment
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
from sanad.rules.assess import assess
from sanad.services.policies import Policies
from tests.benchmarks.assessment import bare

HOUSEHOLDS = 100_000
BATCH = 500
TARGET, TARGET_READ = 3.0, 6.0
MOST_GROWTH = 8 * 2**20
"""Bytes by which the process may grow from the first tenth of the households to the last."""

ON = date(2026, 11, 22)
HEAD = Member(1, Relation.HEAD, Sex.MALE, name="حسن علي أحمد", marital_status=MaritalStatus.MARRIED)
WIFE = Member(2, Relation.WIFE, Sex.FEMALE, name="مريم عيسى جاسم", marital_status=MaritalStatus.MARRIED)
EARNED = (IncomeKind.SALARY, IncomeKind.PENSION, IncomeKind.VARIABLE, IncomeKind.RENT, IncomeKind.OTHER)


def households() -> Iterator[Case]:
    """Made-up families of one to eight, the same ones every time."""
    chance = random.Random(1448)  # noqa: S311  # nothing is to be kept secret
    for _ in range(HOUSEHOLDS):
        yield _household(chance)


def _household(chance: random.Random) -> Case:
    members = [HEAD, WIFE][: chance.choice((1, 2, 2, 2))]
    for number in range(3, 3 + chance.randrange(7)):
        relation = chance.choice((Relation.SON, Relation.DAUGHTER, Relation.SON, Relation.DAUGHTER, Relation.MOTHER))
        members.append(
            Member(
                number,
                relation,
                Sex.MALE if relation is Relation.SON else Sex.FEMALE,
                name="علي حسن علي",
                birth_date=date(1994 + chance.randrange(32), chance.randrange(1, 13), chance.randrange(1, 29)),
                marital_status=MaritalStatus.SINGLE,
                employment=Employment.STUDENT,
                lives_with_family=True,
                poor=chance.random() < 0.8,
            )
        )
    incomes = [
        Income(chance.choice(EARNED), Money(chance.randrange(400_000)), chance.choice((1, 1, None, members[-1].id)))
        for _ in range(chance.randrange(1, 4))
    ]
    obligations = [
        Obligation(kind, Money(chance.randrange(200_000)), justified=chance.random() < 0.5)
        for kind in chance.sample(tuple(ObligationKind), chance.randrange(4))
    ]
    family = Household(
        members=tuple(members), incomes=tuple(incomes), obligations=tuple(obligations), spouses_share=True
    )
    return Case(policy="karzakan-2020", aid="monthly", on=ON, household=family)


def read_texts(found: Assessment) -> int:
    """Read all that a worksheet says, in both languages."""
    letters = 0
    for step in found.steps:
        letters += len(step.label.ar) + len(step.label.en) + len(step.note.ar) + len(step.note.en)
    for check in found.checks:
        letters += len(check.label.ar) + len(check.label.en)
    for assumption in found.assumptions:
        letters += len(assumption.label.ar) + len(assumption.label.en)
    return letters


def batches() -> Iterator[list[Case]]:
    """The households, so many at once."""
    made = households()
    for _ in range(HOUSEHOLDS // BATCH):
        yield [next(made) for _ in range(BATCH)]


def seconds(work: Callable[[Case], object], cases: list[Case]) -> float:
    """The time that the work takes for all the cases."""
    started = time.perf_counter()
    for case in cases:
        work(case)
    return time.perf_counter() - started


def _memory() -> int:
    """The most memory that the process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> bool:
    """Print the ratios and the growth of memory; whether all keep their targets."""
    policy = Policies(places.policies()).get("karzakan-2020")
    ours = sums = read = 0.0
    settled = 0
    for number, cases in enumerate(batches(), 1):
        for case in cases[::50]:
            assert assess(case, policy).amount == bare(case), case
        ours += seconds(lambda case: assess(case, policy), cases)
        sums += seconds(bare, cases)
        read += seconds(lambda case: read_texts(assess(case, policy)), cases)
        if number == HOUSEHOLDS // BATCH // 10:
            settled = _memory()
    growth = _memory() - settled
    print(
        f"registry: {ours / sums:.2f} (at most {TARGET}; {HOUSEHOLDS} households, {ours:.1f} s against {sums:.1f} s), "
        f"texts read {read / sums:.2f} (at most {TARGET_READ}), memory {growth / 2**20:+.1f} MiB"
    )
    return ours / sums <= TARGET and read / sums <= TARGET_READ and growth <= MOST_GROWTH
