"""The doctor finds what does not agree, and names it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sanad.domain.errors import Problem, Refused
from sanad.services import Services
from sanad.store import health
from tests.builders import a_key, a_request, a_voucher
from tests.drivers import tool_on

NAMES = [
    "integrity",
    "foreign_keys",
    "schema",
    "journal",
    "numbers",
    "money",
    "posted",
    "assessments",
    "policies",
    "staff",
    "search",
]


@pytest.fixture
def paid(services: Services) -> Services:
    """A voucher that was received, and one that was issued again after a void."""
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن", voucher.issued_on, key=a_key())
    wrong = services.payments.issue(
        voucher.decision, "2026-12", "حسن", voucher.method, voucher.issued_on, key=a_key()
    ).value
    services.payments.cancel(wrong.id, "خطأ في الشهر", voucher.issued_on, key=a_key())
    services.payments.issue(voucher.decision, "2026-12", "حسن", voucher.method, voucher.issued_on, key=a_key())
    return services


def changed(folder: Path, *statements: str) -> None:
    """The file changed behind the program's back, guards put back in their place."""
    with closing(tool_on(folder / "sanad.sqlite3")) as tool:
        guards = list(tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name, _ in guards:
            tool.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            tool.execute(statement)
        for _, sql in guards:
            tool.execute(sql)
        tool.commit()


def found(services: Services) -> dict[str, list[tuple[str, str]]]:
    """By check, the codes and places of what it found."""
    return {
        line.name: [(problem.code, problem.where) for problem in line.problems]
        for line in services.health.checks()
        if not line.ok
    }


def test_a_sound_file_passes_every_check(paid: Services) -> None:
    """After a year's worth of acts in small nothing is found, and the library's version is told."""
    lines = paid.health._store.checks()
    assert [line.name for line in lines] == NAMES
    assert [line.problems for line in lines if not line.ok] == []
    assert lines[0].values == {"version": sqlite3.sqlite_version}


@pytest.mark.parametrize(
    ("statements", "check", "problem"),
    [
        (
            ["PRAGMA ignore_check_constraints = ON", "INSERT INTO numbers VALUES ('file-x', 0)"],
            "integrity",
            ("health.damaged", ""),
        ),
        (["DELETE FROM members"], "foreign_keys", ("health.points_at_nothing", "incomes")),
        (["CREATE TABLE stranger (id INTEGER)"], "schema", ("health.schema_differs", "stranger")),
        (["DROP INDEX vouchers_by_month"], "schema", ("health.schema_differs", "vouchers_by_month")),
        (["UPDATE journal SET why = 'x' WHERE seq = 3"], "journal", ("health.journal_broken", "")),
        (
            ["UPDATE numbers SET last = last + 1 WHERE series = 'receipt-2026'"],
            "numbers",
            ("health.number_gap", "receipt-2026"),
        ),
        (["DELETE FROM numbers WHERE series = 'voucher-2026'"], "numbers", ("health.number_gap", "voucher-2026")),
        (
            ["UPDATE vouchers SET number = '2026-000009' WHERE number = '2026-000003'"],
            "numbers",
            ("health.number_gap", "voucher-2026"),
        ),
        (["UPDATE receipts SET amount = 29000"], "money", ("health.receipt_differs", "2026-000001")),
        (["UPDATE decisions SET amount = 31000"], "money", ("health.amounts_differ", "2026-000001")),
        (["UPDATE decisions SET computed = 1"], "money", ("health.amounts_differ", "2026-000001")),
        (["UPDATE decisions SET first_month = '2027-01'"], "money", ("health.amounts_differ", "2026-000001")),
        (["DELETE FROM cancellations"], "money", ("health.paid_twice", "2026-000003")),
        (
            ["UPDATE vouchers SET payee = 'آخر' WHERE number = '2026-000001'"],
            "posted",
            ("health.changed_outside", "vouchers"),
        ),
        (["DELETE FROM receipts"], "posted", ("health.changed_outside", "receipts")),
        (["DELETE FROM cancellations"], "posted", ("health.changed_outside", "cancellations")),
        (["UPDATE decisions SET reason = ''"], "posted", ("health.changed_outside", "decisions")),
        (["DELETE FROM household_words"], "search", ("health.search_incomplete", "")),
    ],
    ids=lambda part: part[0][:50] if isinstance(part, list) else None,
)
def test_f11_h9_what_was_changed_outside_is_named(
    paid: Services, folder: Path, statements: list[str], check: str, problem: tuple[str, str]
) -> None:
    """Each kind of damage is found by its check, at its place."""
    changed(folder, *statements)
    assert problem in found(paid)[check]


def test_a_check_that_cannot_read_fails_alone(paid: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged page stops the check that meets it; the others still answer."""

    def unreadable(_: object) -> list[Problem]:
        raise Refused.because("data.damaged", folder="here")

    monkeypatch.setitem(health._CHECKS, "money", unreadable)
    assert found(paid) == {"money": [("data.damaged", "")]}


def test_a_request_without_a_voucher_is_no_fault(services: Services) -> None:
    """A spine that has only begun is sound."""
    a_request(services)
    assert found(services) == {}
