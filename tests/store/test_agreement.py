"""Each row is what the journal last said of it; whatever is not, is told by its table and what it is of."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.case import CaseStudy, Document, FollowUp, Research
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Problem
from sanad.domain.health import Record
from sanad.domain.household import Dwelling, DwellingKind, Household
from sanad.domain.money import Money
from sanad.services import Services
from sanad.store import agreement, retelling
from sanad.store.folder import DATA_FILE
from sanad.store.journal import sealed
from sanad.store.retelling import UNTOLD
from sanad.store.tables import schema
from tests.backups import PHRASE, cheap_keys
from tests.builders import (
    TODAY,
    Clock,
    a_decision,
    a_family,
    a_household,
    a_key,
    a_member,
    a_request,
    a_study,
    a_voucher,
    an_office,
)
from tests.drivers import tool_on
from tests.revisions import a_revision

FULL = CaseStudy(
    household=Household(
        file_number="٧ / أ",
        phone="1744 0000",
        spouses_share=False,
        members=(a_member(name="عبد الله حسن", civil_id="٨٠٠٥ ١٢٣٤٥", birth_date=date(1980, 5, 12), poor=False),),
        incomes=None,
        obligations=(),
        dwelling=Dwelling(DwellingKind.FLAT, rooms=3),
        wealth=Money(7),
    ),
    request_date=TODAY,
    registered=True,
    research=Research("رأي", "", TODAY, "صفاء"),
    follow_ups=(FollowUp(TODAY, "صفاء", "زيارة"), FollowUp()),
    documents=(Document("id_card", "waived", None, "المجلس", "مسنة"),),
    facts={"months": 3, "rent": Money(5), "since": TODAY, "share": Fraction(1, 3), "rows": ({"a": None}, {"a": True})},
)
"""A file in which every kind of column says something."""

SAYING = {
    "applicant": 1,
    "waivers": [
        {"clause": "K-NO-6", "by": "المجلس", "reason": "نصح"},
        {"clause": "K-NO-5", "by": "المجلس", "reason": "ضرورة"},
    ],
    "facts": {"unaccepted_travel_on": "2020-01-02", "unsupported": ["K-NO-5"], "documents": True},
}
"""What a request may say, every kind of it."""

MARKS = ("seq", "at", "who", "operation", "subjects", "households", "before", "after", "why")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office in which every table that is told of has rows."""
    at = tmp_path_factory.mktemp("agreeing")
    with cheap_keys(), build(at / "data", Clock(), who="صفاء") as services:
        services.offices.set_up(an_office())
        _fill(services, at / "stick")
    return at / "data"


@pytest.fixture
def office(made: Path, folder: Path, plain_only: None) -> Iterator[Services]:
    """A copy of it for this test, open."""
    shutil.copytree(made, folder)
    with build(folder, Clock(), who="صفاء") as services:
        yield services


def _fill(services: Services, stick: Path) -> None:
    services.policies.adopt(a_revision(), key=a_key())
    family = a_family(services, FULL)
    services.households.correct(family.id, 1, a_study(a_household(children=1)), key=a_key())
    request = a_request(services, a_family(services))
    services.requests.receive(request.household, "seasonal", TODAY, saying=SAYING, key=a_key())
    services.assessments.assess(request.id, TODAY, key=a_key())
    services.requests.correct(request.id, Money(5_000), {"facts": {"documents": True}}, key=a_key())
    services.assessments.assess(request.id, TODAY, key=a_key())
    services.decisions.decide(request.id, Verdict.POSTPONE, TODAY, "13/1", reason="وثائق ناقصة", key=a_key())
    decision = a_decision(services, request, Grant(Money(30_000), "2026-11", "2027-02"))
    for month in ("2026-11", "2026-12"):
        voucher = a_voucher(services, decision, month)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
        services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
    services.health._store.tell("households.open", {}, about=[family.id])
    stick.mkdir()
    services.backups.make(stick, passphrase=PHRASE)
    services.backups.change_passphrase(PHRASE, "خمس كلمات لا تُنسى أبداً")


def differing(services: Services) -> list[tuple[str, object]]:
    """Of all that differs, the table and the id."""
    with services.health._store._database.reading() as connection:
        return [(problem.where, problem.values["id"]) for problem in agreement.differing(connection)]


def changed(folder: Path, *statements: str) -> None:
    """The file changed by somebody who takes its guards away, and puts them back."""
    with closing(tool_on(folder / DATA_FILE)) as tool:
        tool.execute("PRAGMA foreign_keys = OFF")
        guards = tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            tool.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            tool.execute(statement)
        for _, sql in guards:
            tool.execute(sql)


def rewritten(folder: Path, entry: Callable[[dict[str, Any]], None]) -> None:
    """The journal with each entry changed, and its chain made anew."""
    names, previous, statements = ", ".join(MARKS), "", []
    with closing(tool_on(folder / DATA_FILE)) as tool:
        rows = tool.execute(f"SELECT {names} FROM journal ORDER BY seq").fetchall()  # noqa: S608  # written above
    for row in rows:
        said = dict(zip(MARKS, row, strict=True))
        entry(said)
        previous = sealed(said, previous)
        after = said["after"].replace("'", "''")
        statements.append(f"UPDATE journal SET after = '{after}', seal = '{previous}' WHERE seq = {said['seq']}")  # noqa: S608  # a test's
    changed(folder, *statements)


def test_a_sound_office_agrees(office: Services) -> None:
    """Every kind of row, corrected and void ones too."""
    assert differing(office) == []


def test_a_new_file_agrees(services: Services, folder: Path, plain_only: None) -> None:
    """Also before the office was set up."""
    assert differing(services) == []
    changed(folder, "DELETE FROM journal", "DELETE FROM operations", "DELETE FROM office")
    assert differing(services) == []


def test_every_table_is_held_to_the_journal() -> None:
    """What is kept is told; what is not told is named here with its reason."""
    told = {kind.table.name for kind in retelling.POSTED} | {table.name for table, _ in retelling._LINES}
    told |= {"households", "office", "office_logo", "office_key", "operations", "numbers"}
    elsewhere = {"journal", "staff", "confidential"}  # its own chain; and what `staff` and `confidential` look at
    assert set(schema.tables) - told - elsewhere == {"drafts"}  # not said yet


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE requests SET asked = 5", "requests"),
        ("UPDATE requests SET grade = 1", "requests"),
        ("UPDATE requests SET facts = '{}'", "requests"),
        ("UPDATE requests SET waivers = '{}'", "requests"),
        ("UPDATE corrections SET facts = '{\"documents\":false}'", "corrections"),
        ("DELETE FROM corrections", "corrections"),
        ("UPDATE assessments SET household_version = 9", "assessments"),
        ('UPDATE assessments SET "row" = "row" + 10', "assessments"),
        ("UPDATE decisions SET sitting = '1/1' WHERE verdict = 'postpone'", "decisions"),
        ("DELETE FROM decisions WHERE verdict = 'postpone'", "decisions"),
        ("UPDATE vouchers SET payee = 'آخر' WHERE month = '2026-12'", "vouchers"),
        ("INSERT INTO cancellations VALUES ('nobody', '2026-11-22', 'x')", "cancellations"),
        ("UPDATE revisions SET title_en = 'x'", "revisions"),
        ("UPDATE revisions SET adopted_at = '2026-11-22T10:00:00.000000+00:00'", "revisions"),
        ("UPDATE office SET phone = '1'", "office"),
        ("UPDATE office SET currency = 'XXX'", "office"),
        ("DELETE FROM office", "office"),
        ("INSERT INTO office_logo VALUES (1, x'00')", "office_logo"),
        ("UPDATE office_key SET sealed = x'00'", "office_key"),
        ("DELETE FROM office_key", "office_key"),
        ("UPDATE numbers SET last = last + 1 WHERE series = 'file'", "numbers"),
        ("DELETE FROM numbers WHERE series = 'file'", "numbers"),
        ("INSERT INTO numbers VALUES ('other', 3)", "numbers"),
        ("UPDATE operations SET key = key || 'x' WHERE operation = 'payments.issue'", "operations"),
        ("UPDATE operations SET rowid = -1 WHERE seq = 9", "operations"),
        ("UPDATE operations SET said = 'other' WHERE seq = 3", "operations"),
        ("DELETE FROM operations WHERE seq = 3", "operations"),
        (
            "INSERT INTO operations SELECT 'other', operation, said, result, seq FROM operations WHERE seq = 3",
            "operations",
        ),
        (
            "INSERT INTO operations SELECT 'other', operation, said, result, 999 FROM operations WHERE seq = 3",
            "operations",
        ),
        ("UPDATE households SET phone = '1' WHERE \"row\" = 1", "households"),
        ('UPDATE households SET version = 9 WHERE "row" = 2', "households"),
        ('UPDATE households SET incomes_asked = 0 WHERE "row" = 1', "households"),
        ("UPDATE households SET file_key = 'x' WHERE \"row\" = 1", "households"),
        ('UPDATE households SET facts = \'{"a":1}\' WHERE "row" = 1', "households"),
        ('DELETE FROM households WHERE "row" = 2', "households"),
        ("UPDATE members SET name_key = 'x'", "households"),
        ("UPDATE members SET position = position + 10", "households"),
        ("DELETE FROM incomes", "households"),
        ("UPDATE household_words SET words = 'x' WHERE rowid = 2", "household_words"),
    ],
)
def test_whatever_a_hand_changes_is_told_by_its_table(
    office: Services, folder: Path, statement: str, table: str
) -> None:
    """Edited, removed, put in, renumbered: rows, keys of forms, series, and the words of the search."""
    changed(folder, statement)
    assert table in {where for where, _ in differing(office)}


def test_rows_in_another_order_are_told(office: Services, folder: Path) -> None:
    """Each says what it said, but the second was there first."""
    changed(
        folder,
        "UPDATE vouchers SET rowid = 100 WHERE rowid = 1",
        "UPDATE vouchers SET rowid = 1 WHERE rowid = 2",
        "UPDATE vouchers SET rowid = 2 WHERE rowid = 100",
    )
    assert differing(office) == [("vouchers", "")]


def test_what_differs_is_named(office: Services, folder: Path) -> None:
    """The one voucher, and no other."""
    (id_,) = [
        view.payments[1].voucher.id
        for row in office.households.search("")
        for view in office.requests.of(row.id)
        if view.payments
    ]
    changed(folder, f"UPDATE vouchers SET payee = 'آخر' WHERE id = '{id_}'")  # noqa: S608  # an id of ours
    with office.health._store._database.reading() as connection:
        (problem,) = agreement.differing(connection)
    values = {"record": Record.VOUCHERS, "id": id_, "number": "2026-000002"}
    assert problem == Problem("health.changed_outside", "vouchers", values)


@pytest.mark.parametrize(
    ("statement", "record", "number"),
    [
        ("UPDATE requests SET received_on = '2025-01-01' WHERE number = '2026-000001'", "requests", "2026-000001"),
        ("UPDATE requests SET number = '2026-000077' WHERE number = '2026-000001'", "requests", "2026-000001"),
        ("DELETE FROM requests WHERE number = '2026-000001'", "requests", "2026-000001"),
        ("UPDATE decisions SET reason = 'x' WHERE verdict = 'approve'", "decisions", "2026-000001"),
        ("UPDATE corrections SET asked = 1", "corrections", "2026-000001"),
        ("UPDATE cancellations SET reason = 'x' WHERE rowid = 2", "cancellations", "2026-000002"),
        ("UPDATE receipts SET received_by = 'x' WHERE number = '2026-000002'", "receipts", "2026-000002"),
        ("UPDATE households SET phone = '1' WHERE file_number = '1'", "households", "1"),
        ("UPDATE households SET file_number = '9' WHERE file_number = '1'", "households", "1"),
        ("DELETE FROM households WHERE file_number = '1'", "households", "1"),
        ("UPDATE numbers SET last = 9 WHERE series = 'voucher-2026'", "numbers", "voucher-2026"),
        ("DELETE FROM operations WHERE seq = 3", "operations", "3"),
        ("UPDATE office SET phone = 'x'", "office", None),
    ],
)
def test_f11_what_differs_goes_by_the_number_on_its_paper(
    office: Services, folder: Path, statement: str, record: str, number: str | None
) -> None:
    """Nobody at the desk knows a record by its id: it is told by the number under which it was given out."""
    changed(folder, statement)
    with office.health._store._database.reading() as connection:
        found = [problem.values.get("number") for problem in agreement.differing(connection) if problem.where == record]
    assert number in found


def test_a_family_that_was_never_registered_is_told(office: Services, folder: Path) -> None:
    """Its twin with keys of its own stands in the file, and the journal knows of none."""
    with closing(tool_on(folder / DATA_FILE)) as tool:
        names = [row[1] for row in tool.execute("PRAGMA table_info(households)")]
    own = {"row": "99", "id": "'twin'", "file_number": "'99'", "file_key": "'99'"}
    said = ", ".join(own.get(name, f'"{name}"') for name in names)
    changed(folder, f'INSERT INTO households SELECT {said} FROM households WHERE "row" = 1')  # noqa: S608  # as above
    assert ("households", "twin") in differing(office)


def test_entries_of_the_first_programs_are_taken_for_what_they_tell(office: Services, folder: Path) -> None:
    """They told of no forms, numbers and seals; what they told must still be so, and new entries go on behind them."""

    def as_before(said: dict[str, Any]) -> None:
        told = json.loads(said["after"])
        later = ("seal", "household_version") if said["operation"] == "assessments.assess" else ("sealed",)
        kept = {path: value for path, value in told.items() if not path.startswith("@") and path not in later}
        kept = {path: value for path, value in kept.items() if not path.endswith(("hijri_shift", UNTOLD))}
        if told.get("aid") == "monthly":
            kept = {path: value for path, value in kept.items() if not path.startswith("particulars.")}
        said["after"] = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    rewritten(folder, as_before)
    assert differing(office) == []
    a_family(office)
    assert differing(office) == []
    assert [line.name for line in office.health._store.checks() if not line.ok] == []
    changed(folder, "UPDATE vouchers SET payee = 'آخر'", "UPDATE operations SET operation = 'x' WHERE seq = 3")
    changed(folder, "UPDATE members SET doubts_settled = 'civil_id:1'", "UPDATE office SET hijri_shift = 1")
    assert {where for where, _ in differing(office)} == {"vouchers", "operations", "households", "office"}


def test_a_file_of_the_first_programs_alone_agrees(services: Services, folder: Path, plain_only: None) -> None:
    """Where no entry tells of a form yet, none has to."""

    def as_before(said: dict[str, Any]) -> None:
        kept = {path: value for path, value in json.loads(said["after"]).items() if path[0] != "@" and path != "iban"}
        said["after"] = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    a_family(services)
    rewritten(folder, as_before)
    assert differing(services) == []
