"""Data files as they were at the steps of past programs, filled with what an office of today holds."""

from contextlib import closing
from pathlib import Path

from sanad.store import tables
from sanad.store.database import APPLICATION_ID
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE
from sanad.store.upgrade import NEWEST, climb

PAST = [f"{step:04}" for step in range(1, int(NEWEST))]
"""Every step before today's."""


def as_then(full: Path, file: Path, step: str) -> set[str]:
    """Write what today's folder holds into a file as it was at a past step; the names of its tables."""
    with closing(PLAIN.open(file, mode="rwc")) as old, closing(PLAIN.open(full / DATA_FILE)) as today:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        climb(old, step)
        old.execute("PRAGMA foreign_keys = OFF")
        names = {name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        kept = {table.name for table in tables.schema.sorted_tables} & names
        searched = {"household_words"} & names  # the index, whose own tables SQLite fills
        for name in kept | searched:
            columns = {row[1] for row in today.execute(f"PRAGMA table_info({name})")}
            shared = [row[1] for row in old.execute(f"PRAGMA table_info({name})") if row[1] in columns]
            listed, marks = ", ".join(shared), ", ".join("?" * len(shared))
            rows = today.execute(f"SELECT {listed} FROM {name}").fetchall()  # noqa: S608  # names of our own
            old.executemany(f"INSERT INTO {name} ({listed}) VALUES ({marks})", rows)  # noqa: S608  # as above
        old.commit()
    return kept
