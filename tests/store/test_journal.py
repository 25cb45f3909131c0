"""What was done stays told, each entry sealing the one before it."""

from contextlib import closing
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.bootstrap import build
from sanad.domain.money import Money
from sanad.services import Services
from sanad.store.driver import errors
from sanad.store.journal import differences, told
from tests.builders import Clock, a_decision, a_family, a_household, a_key, a_member, a_study, a_voucher, an_office
from tests.drivers import tool_on

FORGED = """
    INSERT INTO journal SELECT 8, at, who, operation, subjects, households, before, after, why, seal
    FROM journal WHERE seq = 7
"""


@pytest.fixture
def filled(folder: Path, clock: Clock) -> Path:
    """A data folder with seven entries in its journal."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        a_voucher(services)
    return folder


def tampered(folder: Path, *statements: str) -> None:
    """The file changed by somebody who knows SQL and takes the guards away first."""
    with closing(tool_on(folder / "sanad.sqlite3")) as connection:
        guards = list(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def first_broken(folder: Path, clock: Clock) -> object:
    """The entry that the doctor names."""
    with build(folder, clock) as services:
        (line,) = [line for line in services.health.checks() if line.name == "journal"]
    return line.problems[0].values["seq"] if line.problems else None


def test_every_act_is_one_entry(services: Services) -> None:
    """Who, what, on whom, what it wrote, and why; the latest first in a family's history."""
    decision = a_decision(services)
    (family,) = services.households.search("")
    lines = services.households.history(family.id)
    assert [line.operation for line in lines] == [
        "decisions.decide",
        "assessments.assess",
        "requests.receive",
        "households.register",
    ]
    assert [line.seq for line in lines] == [6, 5, 3, 2], "the fourth keeps the guide it was assessed by"
    latest = lines[0]
    assert (latest.who, latest.why, latest.households) == ("صفاء", "بقرار المجلس", (family.id,))
    assert latest.at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert latest.after["id"] == decision.id
    assert latest.after["grant.amount"] == 30_000


def test_a_correction_tells_only_what_changed(services: Services, folder: Path) -> None:
    """Before and after, by path, of what reads otherwise now."""
    family = a_family(services, a_study(a_household(members=(a_member(name="حسن"),))))
    services.households.correct(family.id, 1, a_study(a_household(members=(a_member(name="محسن"),))), key=a_key())
    assert services.households.history(family.id)[0].after == {"household.members[0].name": "محسن"}


def test_the_head_stands_for_everything_before(services: Services) -> None:
    """It is empty at first, and another after each act."""
    store = services.health._store
    heads = []
    for _ in range(3):
        with store.reading() as records:
            heads.append(records.journal.head())
        a_family(services)
    assert len(set(heads)) == 3
    assert all(len(head) == 64 for head in heads)


def test_an_empty_journal_is_whole(folder: Path, clock: Clock) -> None:
    """Nothing was done, nothing is broken, nothing comes last."""
    assert first_broken(folder, clock) is None
    with build(folder, clock) as services, services.health._store.reading() as records:
        assert (records.journal.last(), records.journal.head()) == (None, "")


def test_an_untouched_journal_is_whole(filled: Path, clock: Clock) -> None:
    """The seals of a file that only the program wrote agree."""
    assert first_broken(filled, clock) is None


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE journal SET who = 'other' WHERE seq = 3", 3),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 4", 4),
        ("DELETE FROM journal WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("UPDATE journal SET seal = 'x' WHERE seq = 5", 5),
        ("UPDATE journal SET seq = 70 WHERE seq = 7", 7),
        (FORGED, 8),
    ],
)
def test_a_changed_entry_is_named(filled: Path, clock: Clock, statement: str, seq: int) -> None:
    """Edited, backdated, removed, renumbered or put in: the first entry that does not fit is told."""
    tampered(filled, "PRAGMA foreign_keys = OFF", statement)
    assert first_broken(filled, clock) == seq


@pytest.mark.parametrize(
    "table", ["journal", "operations", "assessments", "decisions", "vouchers", "receipts", "cancellations"]
)
@pytest.mark.parametrize("act", ["UPDATE {0} SET rowid = 1000", "DELETE FROM {0}"])
def test_the_file_itself_refuses_to_change_what_was_posted(
    services: Services, folder: Path, table: str, act: str
) -> None:
    """With any tool, as long as nobody takes the guards away."""
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن", voucher.issued_on, key=a_key())
    services.payments.cancel(voucher.id, "خطأ", voucher.issued_on, key=a_key())
    with closing(tool_on(folder / "sanad.sqlite3")) as tool, pytest.raises(errors()) as refused:
        tool.execute(act.format(table))
    assert str(refused.value) == f"{table} is sealed"


@given(st.dictionaries(st.sampled_from("abc"), st.integers() | st.text()), st.integers())
def test_equal_values_differ_in_nothing(value: dict[str, object], amount: int) -> None:
    """No difference is told where there is none."""
    assert differences({**value, "money": Money(amount)}, {**value, "money": Money(amount)}) == ({}, {})


def test_differences_tell_what_came_and_went() -> None:
    """A row that is new stands in after alone, one that is gone in before alone."""
    assert differences({"rows": (1, 2), "kept": True}, {"rows": (1,), "new": None}) == (
        {"rows[1]": 2, "kept": True},
        {"new": None},
    )


def test_what_is_told_is_plain_and_exact() -> None:
    """None of a kind is a statement, not silence; a fraction stays one."""
    assert told({"incomes": (), "wealth": None, "share": Fraction(1, 3)}) == {
        "incomes": [],
        "wealth": None,
        "share": "1/3",
    }
