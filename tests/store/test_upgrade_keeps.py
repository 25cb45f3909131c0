"""An upgrade keeps every row and every fils, from whatever step it begins, and what points at a table made anew."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.money import Money
from sanad.store import health, tables, upgrade
from sanad.store.columns import Money as MoneyColumn
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.upgrade import NEWEST, STEPPING
from tests.builders import TODAY, Clock, a_family, a_household, a_key, a_study, a_voucher, an_office
from tests.past import PAST, as_then

LATER = f"{int(NEWEST) + 1:04}"
REBUILDING = '''
"""A step that makes the families' table anew."""
from alembic import op
revision = "LATER"
down_revision = "NEWEST"
def upgrade():
    made = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'households'").scalar_one()
    op.execute(made.replace("households", "households_anew", 1))
    op.execute("INSERT INTO households_anew SELECT * FROM households")
    op.execute("DROP TABLE households")
    op.execute("ALTER TABLE households_anew RENAME TO households")
'''.replace("LATER", LATER).replace("NEWEST", NEWEST)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of today with two families, one of which was paid and one whose voucher is void."""
    folder = tmp_path_factory.mktemp("full") / "data"
    with build(folder, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        a_family(services, a_study(a_household(head="سلمان", bank_balance=Money(1_234_567))))
        services.payments.receive(a_voucher(services).id, "حسن", TODAY, key=a_key())
        services.payments.cancel(a_voucher(services, month="2026-12").id, "خطأ", TODAY, key=a_key())
    return folder


def totals(file: Path, names: set[str]) -> dict[str, tuple[Any, ...]]:
    """Of each table the number of its rows, and the sum of each column of money."""
    with closing(PLAIN.open(file)) as tool:
        found = {}
        for table in tables.schema.sorted_tables:
            if table.name in names:
                there = {row[1] for row in tool.execute(f"PRAGMA table_info({table.name})")}
                money = [c.name for c in table.columns if isinstance(c.type, MoneyColumn) and c.name in there]
                sums = "".join(f", sum({name})" for name in money)
                found[table.name] = tool.execute(f"SELECT count(*){sums} FROM {table.name}").fetchone()  # noqa: S608
        return found


@pytest.mark.parametrize("step", PAST)
def test_l1_every_row_and_every_fils_of_every_step_come_along(
    full: Path, tmp_path: Path, clock: Clock, step: str
) -> None:
    """Counts and sums of each table are those of before; so are they in the copy that was laid aside."""
    folder = tmp_path / "old"
    folder.mkdir()
    names = as_then(full, folder / DATA_FILE, step)
    before = totals(folder / DATA_FILE, names)
    assert before["households"][0] == 3
    assert before["receipts"] == (1, 30_000)
    upgrade.prepare(DataFolder(folder), clock())
    assert totals(folder / DATA_FILE, names) == before
    (copy,) = DataFolder(folder).before_upgrades.iterdir()
    assert totals(copy, names) == before
    with build(folder, clock, who="x") as services:
        assert services.households.count() == 3
        payments = [
            payment
            for row in services.households.search("", 10)
            for request in services.requests.of(row.id)
            for payment in request.payments
        ]
        assert sorted(payment.live for payment in payments) == [False, True]


def test_l1_every_word_of_a_member_comes_along(full: Path, tmp_path: Path, clock: Clock) -> None:
    """Step 8 makes the members' table anew: each is who they were, where they were, and no doubt was looked at."""
    folder = tmp_path / "old"
    folder.mkdir()
    as_then(full, folder / DATA_FILE, "0007")

    def members() -> list[tuple[Any, ...]]:
        with closing(PLAIN.open(folder / DATA_FILE)) as tool:
            names = [row[1] for row in tool.execute("PRAGMA table_info(members)") if row[1] != "doubts_settled"]
            listed = ", ".join(names)
            return list(tool.execute(f"SELECT {listed} FROM members ORDER BY rowid"))  # noqa: S608  # names of our own

    before = members()
    assert len(before) >= 10
    upgrade.prepare(DataFolder(folder), clock())
    assert members() == before
    with closing(PLAIN.open(folder / DATA_FILE)) as tool:
        assert tool.execute("SELECT DISTINCT doubts_settled FROM members").fetchall() == [("",)]
        assert tool.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.usefixtures("plain_only")
def test_l4_a_table_that_others_point_at_is_made_anew_and_they_stay(
    full: Path, folder: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members, lines, requests and vouchers still point at their family, and the doctor finds nothing."""
    shutil.copytree(full, folder)
    steps = tmp_path / "steps"
    shutil.copytree(upgrade.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / f"step_{LATER}.py").write_text(REBUILDING, encoding="utf-8")
    monkeypatch.setattr(upgrade, "STEPS", steps)
    for module in (upgrade, health):
        monkeypatch.setattr(module, "NEWEST", LATER)
    names = {table.name for table in tables.schema.sorted_tables}
    before = totals(folder / DATA_FILE, names)
    with build(folder, clock, who="x") as services:
        assert [line for line in services.health.checks() if not line.ok] == []
    assert totals(folder / DATA_FILE, names) == before
    assert before["members"][0] >= 10
    assert STEPPING["foreign_keys"] == ("OFF", 0)
