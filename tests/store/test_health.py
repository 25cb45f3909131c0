"""The doctor finds what does not agree, and names it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Problem, Refused
from sanad.domain.health import Standing
from sanad.services import Services
from sanad.store import database, health, naming, pages, tables
from sanad.store.journal import AHEAD
from tests.backups import refusal
from tests.builders import TODAY, Clock, a_family, a_key, a_request, a_voucher
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


def found(services: Services, *heads: str) -> dict[str, list[tuple[str, str]]]:
    """By check, the codes and places of what it found; heads of the journal are looked for."""
    return {
        line.name: [(problem.code, problem.where) for problem in line.problems]
        for line in services.health.checks(heads)
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


@pytest.mark.parametrize("column", ["before", "after", "households", "at"])
@pytest.mark.parametrize("nonsense", ["nonsense", "", "7"])
def test_h9_a_garbled_last_entry_keeps_nobody_from_the_data_and_is_named(
    paid: Services, folder: Path, column: str, nonsense: str
) -> None:
    """Whatever another hand wrote over it: the folder opens, tells how it stands, and the doctor names the entry."""
    last = "seq = (SELECT max(seq) FROM journal)"
    paid.close()
    changed(folder, f"UPDATE journal SET {column} = '{nonsense}' WHERE {last}")  # noqa: S608  # our own words
    with build(folder, Clock()) as services:
        assert found(services)["journal"] == [("health.journal_broken", "")]
        assert {"journal_head", "clock"} <= {fact.name for fact in services.health.facts()}
        if column != "at":
            assert services.today.lines(TODAY).last is not None
            a_family(services)
    build(folder, Clock()).close()


def test_h9_a_garbled_entry_of_data_that_went_on_elsewhere_tells_nothing(services: Services, folder: Path) -> None:
    """How far they had gone is not known then; the facts are told all the same."""
    services.health._store.tell(AHEAD, {"count": 3, "since": Clock().moment})
    assert services.health._store.condition().ahead is not None
    changed(folder, f"UPDATE journal SET after = 'nonsense' WHERE operation = '{AHEAD}'")  # noqa: S608  # as above
    assert services.health._store.condition().ahead is None


def test_h9_a_garbled_moment_of_a_restore_is_told_with_the_heads(paid: Services, folder: Path) -> None:
    """Since when backups count cannot be read: said of that check, as of every other."""
    changed(folder, f"UPDATE journal SET operation = '{health.RESTORE}', at = 'nonsense' WHERE seq = 2")  # noqa: S608  # as above
    assert found(paid)["anchors"] == [("health.unreadable", "")]


def test_a_check_that_cannot_read_fails_alone(paid: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged page stops the check that meets it; the others still answer."""

    def unreadable(_: object) -> list[Problem]:
        raise Refused.because("data.damaged", folder="here")

    monkeypatch.setitem(health._CHECKS, "money", unreadable)
    assert found(paid) == {"money": [("data.damaged", "")]}


@pytest.mark.parametrize(
    ("tables_", "failing"),
    [
        (("vouchers", "receipts"), {"integrity", "money", "posted"}),
        (("journal",), {"integrity", "journal", "anchors", "posted"}),
        (("packs", "revisions"), {"integrity", "policies", "packs"}),
    ],
)
def test_b3_a_damaged_page_is_found_with_the_part_it_belongs_to(
    paid: Services, folder: Path, plain_only: None, tables_: tuple[str, ...], failing: set[str]
) -> None:
    """Which part cannot be read is told; whatever does not need it answers, and nothing more is written."""
    with paid.health._store.reading() as records:
        printed = records.journal.head()
    with closing(tool_on(folder / "sanad.sqlite3")) as tool:
        pages = [
            tool.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0] for name in tables_
        ]
        (size,) = tool.execute("PRAGMA page_size").fetchone()
        tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (folder / "sanad.sqlite3").open("r+b") as raw:
        for page in pages:
            raw.seek((page - 1) * size)
            raw.write(b"\xa5" * size)
    paid.health._store._database._reader.dispose()  # what it remembers of the pages goes with it
    told = found(paid, printed)
    assert told["integrity"][-1] == ("health.part_unreadable", tables_[0])
    assert failing <= told.keys() < {line.name for line in paid.health.checks()}
    assert refusal(lambda: a_request(paid)) == "data.damaged"
    (fact,) = (fact for fact in paid.health.facts() if fact.name == "file")
    assert (fact.state, fact.standing) == ("damaged", Standing.STOP)


def test_what_the_whole_look_finds_broken_is_written_to_no_more(paid: Services, folder: Path) -> None:
    """Though every page can be read: what stands on them is not what SQLite keeps."""
    changed(folder, "PRAGMA ignore_check_constraints = ON", "INSERT INTO numbers VALUES ('file-x', 0)")
    a_family(paid)
    assert not paid.health._store.damaged
    assert "integrity" in found(paid)
    assert paid.health._store.damaged
    assert refusal(lambda: a_family(paid)) == "data.damaged"


@pytest.mark.parametrize("code", ["data.held", "data.disk_full", "data.disk_failing"])
def test_b3_what_keeps_the_doctor_from_looking_condemns_nothing(
    paid: Services, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """Another program has the file, or the disk has no room: told as it is, and afterwards the office goes on."""

    def refused(*_: object, **__: object) -> Iterator[str]:
        raise Refused.because(code, folder="here", megabytes=17)

    with monkeypatch.context() as patched:
        patched.setattr(pages, "bad", refused)
        assert found(paid) == {"integrity": [(code, "")]}
    assert not paid.health._store.damaged
    a_family(paid)


def test_b3_what_the_doctor_cannot_make_out_condemns_nothing(paid: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours in the look is no damage of the file."""

    def wrong(*_: object, **__: object) -> Iterator[str]:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(pages, "bad", wrong)
        assert found(paid) == {"integrity": [("health.unreadable", "")]}
    assert not paid.health._store.damaged
    a_family(paid)


def test_b3_a_part_is_called_unreadable_only_where_the_file_cannot_be_read() -> None:
    """A file that another program holds is held in all its parts, and damaged in none."""

    class Held:
        """A file that nobody may read just now."""

        def execute(self, _: object) -> None:
            raise Refused.because("data.held", folder="here")

    assert list(health._unreadable(Held())) == []  # type: ignore[arg-type]  # all that is asked of one


def test_b3_every_part_of_the_file_has_its_name() -> None:
    """A table that is added wants a part that the office knows."""
    assert naming.PARTS.keys() == {*tables.schema.tables, "household_words"}


@pytest.mark.parametrize("after", [0, 3])
def test_a_look_that_is_told_to_stop_stops(paid: Services, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Wherever it is; nothing is remembered of it, and the next one goes to its end."""
    monkeypatch.setattr(database, "_STRIDE", 200)
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > after

    assert refusal(lambda: paid.health.checks(cancelled=cancelled)) == "health.stopped"
    assert len(asked) == after + 1
    assert paid.health.checked() is None
    assert paid.health.check_due()
    paid.health.checks(cancelled=lambda: False)
    assert not paid.health.check_due()


def test_b3_a_damaged_part_is_looked_for_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to stop while it looks for the parts, it stops as well."""

    class Stopping:
        """A file of which a page is bad, and a hand that stops the look after that."""

        def exec_driver_sql(self, asked: str) -> Any:
            return [("page 7 is bad",)] if asked == "PRAGMA integrity_check" else SimpleNamespace(returns_rows=False)

        def execute(self, _: object) -> Any:
            raise Refused.because("health.stopped")

    monkeypatch.setattr(health, "_CHECKS", {"integrity": health._integrity})
    assert refusal(lambda: health.checks(Stopping())) == "health.stopped"  # type: ignore[arg-type]  # all that is asked of one


@pytest.mark.parametrize(("again", "told"), [(["page 7"], ["page 7"]), ([], [])])
def test_a_page_that_was_just_being_written_is_not_called_broken(again: list[str], told: list[str]) -> None:
    """The seals of an encrypted file are read past SQLite: what is bad is bad when it is asked for again."""
    answers = iter([["page 7"], again])

    class Sealed:
        """An encrypted file that is asked for its seals."""

        def exec_driver_sql(self, _: str) -> Any:
            class Answer(list[tuple[str]]):
                returns_rows = True

            return Answer([(each,) for each in next(answers)])

    assert health._broken_seals(Sealed()) == told  # type: ignore[arg-type]  # all that is asked of one


def test_a_request_without_a_voucher_is_no_fault(services: Services) -> None:
    """A spine that has only begun is sound."""
    a_request(services)
    assert found(services) == {}
