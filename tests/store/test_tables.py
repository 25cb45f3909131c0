"""The schema that the code writes to is the one that the steps make."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Table, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateIndex, CreateTable

from sanad.store import tables, upgrade
from sanad.store.upgrade import NEWEST, newest_schema

MADE = dict(newest_schema())


def one_line(sql: object) -> str:
    """SQL without its line breaks."""
    return " ".join(str(sql).split())


@pytest.mark.parametrize("table", tables.schema.sorted_tables, ids=lambda table: table.name)
def test_the_steps_make_every_table_as_it_is_used(table: Table) -> None:
    """Columns, types, checks and indexes of ``tables`` are those of a new file, word for word."""
    assert one_line(MADE[table.name]) == one_line(CreateTable(table).compile(dialect=sqlite.dialect()))
    for index in table.indexes:
        assert one_line(MADE[str(index.name)]) == one_line(CreateIndex(index).compile(dialect=sqlite.dialect()))


def test_f8_every_table_of_ours_is_strict() -> None:
    """Only the search index and the record of steps, whose making is not ours, may be loose."""
    loose = {name for name, sql in MADE.items() if sql.startswith("CREATE TABLE") and not sql.endswith("STRICT")}
    assert {name for name in loose if not name.startswith(tables.WORDS)} == {"alembic_version"}


def test_what_was_posted_is_sealed_in_the_file() -> None:
    """Each posted table has a guard against change and one against removal."""
    for table in tables.SEALED:
        assert f"{table.name}_refuse_update" in MADE
        assert f"{table.name}_refuse_delete" in MADE


@pytest.mark.parametrize("table", tables.schema.sorted_tables, ids=lambda table: table.name)
def test_the_door_to_postgresql_stays_open(table: Table) -> None:
    """Every table compiles for a server with many desks, money as BIGINT."""
    server = PGDialect()  # type: ignore[no-untyped-call]  # the library's own gap
    sql = str(CreateTable(table).compile(dialect=server))
    assert ("amount BIGINT" in sql) == ("amount" in table.columns)


def test_no_two_series_of_checks_share_a_name() -> None:
    """The metadata makes a database by itself as well: no name is used twice."""
    engine = create_engine("sqlite://")
    tables.schema.create_all(engine)
    engine.dispose()


def test_the_newest_step_is_the_last_of_the_migrations() -> None:
    """The program works with the last step there is, and the steps form one line."""
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_no_step_lacks_its_file_name() -> None:
    """A step is found by its number."""
    names = {path.stem for path in upgrade.STEPS.glob("step_*.py")}
    assert names == {f"step_{number:04}" for number in range(1, int(NEWEST) + 1)}
