"""A file in which somebody wrote what we never write is told to be damaged wherever it is met."""

from contextlib import closing
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from tests.backup_acts import both, put_back
from tests.backups import Office, forged, opened, refusal
from tests.builders import Clock, a_family, a_key, a_voucher
from tests.drivers import tool_on


def written(file: Path, *statements: str) -> None:
    """The file changed by somebody who takes its guards away first, and puts them back."""
    with closing(tool_on(file)) as tool:
        guards = tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            tool.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            tool.execute(statement)
        for _, sql in guards:
            tool.execute(sql)


def found(services: Services, check: str) -> list[str]:
    """The codes of what a check finds."""
    return [problem.code for line in services.health.checks() if line.name == check for problem in line.problems]


@pytest.mark.parametrize(
    ("statement", "check", "code"),
    [
        ("UPDATE receipts SET number = 'x'", "numbers", "health.unreadable"),
        ("UPDATE members SET birth_date = 'x'", "posted", "health.changed_outside"),
        ("UPDATE households SET facts = '{'", "posted", "health.unreadable"),
        ("DELETE FROM household_words_docsize", "search", "health.search_mended"),
        ("UPDATE household_words_config SET v = 1", "search", "health.unreadable"),
        ("INSERT INTO alembic_version VALUES ('0001')", "schema", "health.schema_differs"),
    ],
)
def test_the_doctor_goes_on_after_what_it_cannot_read(
    services: Services, folder: Path, plain_only: None, statement: str, check: str, code: str
) -> None:
    """The check that meets it says so, and every other one answers."""
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن", voucher.issued_on, key=a_key())
    written(folder / DATA_FILE, statement)
    assert code in found(services, check)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = ''",
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0002')",
        "DROP TABLE alembic_version",
    ],
)
def test_a_file_whose_step_was_edited_is_told_to_be_damaged(folder: Path, clock: Clock, statement: str) -> None:
    """No step is taken on a file that no program of ours left so."""
    build(folder, clock).close()
    written(folder / DATA_FILE, statement)
    assert refusal(lambda: build(folder, clock)) == "data.damaged"


def test_c6_i6_a_backup_that_says_what_is_no_text_is_refused(office: Office) -> None:
    """Its data file is of our structure, and its manifest fits; what stands in it cannot be read."""
    _, data = opened(office)
    file = office.stick / "hostile"
    file.write_bytes(data)
    written(file, "UPDATE office SET name_ar = CAST(x'ff' AS TEXT)")
    forged(office, file.read_bytes())
    file.unlink()
    both(office, "backup.damaged")


def test_h10_the_heads_that_stand_outside_are_looked_for(office: Office, clock: Clock) -> None:
    """That of the last backup by itself, those of receipts as they are typed; a restore puts the earlier ones aside."""
    with build(office.data, clock, who="x") as services:
        with services.health._store.reading() as records:
            printed = records.journal.head()
        a_family(services)
        typed = " ".join(printed[:16].upper())
        assert [line.ok for line in services.health.checks([typed]) if line.name == "anchors"] == [True]
        (line,) = (line for line in services.health.checks([typed, "f" * 16]) if line.name == "anchors")
        assert [problem.values["head"] for problem in line.problems] == ["f" * 16]
        assert refusal(lambda: services.health.checks(["12 34"])) == "health.no_head"
        services.backups.make(office.stick)
    put_back(office)  # the first backup, which the second one went on from
    with build(office.data, clock, who="x") as services:
        assert found(services, "anchors") == []


def test_h10_an_older_copy_of_the_file_is_found(office: Office, clock: Clock) -> None:
    """The backup that was made since holds a head that the copy does not know."""
    before = (office.data / DATA_FILE).read_bytes()
    with build(office.data, clock, who="x") as services:
        a_family(services)
        services.backups.make(office.stick)
    (office.data / DATA_FILE).write_bytes(before)
    with build(office.data, clock, who="x") as services:
        assert found(services, "anchors") == ["health.head_missing"]
