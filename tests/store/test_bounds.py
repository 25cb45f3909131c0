"""The file keeps money within bounds by itself: whatever the code above it may do, no such row is written."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.case import CaseStudy
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.household import Income, IncomeKind, Obligation, ObligationKind
from sanad.domain.money import LARGEST, Money
from sanad.services import Services
from sanad.store import tables
from sanad.store.columns import Money as MoneyColumn
from sanad.store.folder import DATA_FILE
from tests.builders import MONTH, TODAY, Clock, a_family, a_household, a_key, a_request, a_study, a_voucher

COLUMNS = [
    (table.name, column.name)
    for table in tables.schema.sorted_tables
    for column in table.columns
    if isinstance(column.type, MoneyColumn)
]
LEAST_ONE = {("decisions", "amount"), ("vouchers", "amount"), ("receipts", "amount")}


def rich() -> CaseStudy:
    """A family with something in every column of money."""
    owed = (Obligation(ObligationKind.RENT, Money(50_000), True),)
    return a_study(replace(a_household(), obligations=owed, bank_balance=Money(7), wealth=Money(8)))


@pytest.fixture(scope="module")
def paid(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file with a row in every table that holds money, its guards against change taken away."""
    folder = tmp_path_factory.mktemp("bounds") / "data"
    shutil.copytree(prepared, folder)
    with build(folder, Clock(), who="x") as services:
        family = a_family(services, rich())
        request = services.requests.receive(family.id, "monthly", TODAY, Money(9), key=a_key()).value
        services.requests.correct(request.id, Money(8), {}, key=a_key())
        services.assessments.assess(request.id, TODAY, key=a_key())
        grant = Grant(Money(30_000), MONTH)
        decided = services.decisions.decide(request.id, Verdict.APPROVE, TODAY, "1", grant, "نعم", key=a_key())
        services.payments.receive(a_voucher(services, decided.value).id, "حسن", TODAY, key=a_key())
    with closing(sqlite3.connect(folder / DATA_FILE)) as tool:
        for (guard,) in tool.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            tool.execute(f"DROP TRIGGER {guard}")
        tool.commit()
    return folder / DATA_FILE


@pytest.fixture
def tool(paid: Path) -> Iterator[sqlite3.Connection]:
    """Somebody's own tool on that file; what it does is undone."""
    with closing(sqlite3.connect(paid)) as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_e5_f8_no_tool_writes_an_amount_that_is_none(tool: sqlite3.Connection, table: str, column: str) -> None:
    """Nothing negative, nothing at or above the ceiling, no part of a fils, no text; a payment is more than nothing."""
    assert tool.execute(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL").fetchone()[0] > 0  # noqa: S608
    bad: list[object] = [-1, LARGEST, 2**63 - 1, 1.5, "12x", "inf", "٥٠٠"]
    if (table, column) in LEAST_ONE:
        bad.append(0)
    for value in bad:
        with pytest.raises(sqlite3.IntegrityError):
            tool.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608  # names from our own schema


@pytest.mark.parametrize(("amount", "code"), [(-1, "money.negative"), (LARGEST, "money.too_large")])
def test_e5_the_services_refuse_before_the_file_does(services: Services, amount: int, code: str) -> None:
    """At its place, in a family's lines and belongings, in a request, in a grant."""
    wrong = Money(amount)
    household = replace(a_household(), incomes=(Income(IncomeKind.SALARY, wrong, 1),), bank_balance=wrong, wealth=wrong)
    with pytest.raises(Refused) as refused:
        services.households.register(a_study(household), key=a_key())
    places = ("incomes[0].monthly", "bank_balance", "wealth")
    told = [(problem.code, problem.where) for problem in refused.value.problems]
    assert told == [(code, f"household.{place}") for place in places]
    with pytest.raises(Refused) as refused:
        services.requests.receive(a_family(services).id, "monthly", TODAY, wrong, key=a_key())
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "asked")]


@pytest.mark.parametrize(
    ("amount", "code"),
    [(0, "decision.amount_not_positive"), (-1, "decision.amount_not_positive"), (LARGEST, "money.too_large")],
)
def test_e5_nothing_is_granted_that_cannot_be_paid(services: Services, amount: int, code: str) -> None:
    """Neither nothing, nor less, nor more than any office has."""
    request = a_request(services)
    services.assessments.assess(request.id, TODAY, key=a_key())
    with pytest.raises(Refused) as refused:
        services.decisions.decide(
            request.id, Verdict.APPROVE, TODAY, "1", Grant(Money(amount), MONTH), "نعم", key=a_key()
        )
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "grant.amount")]
