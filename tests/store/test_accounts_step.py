"""The step that brought accounts leaves what was there before them."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.store.database import APPLICATION_ID, connect
from sanad.store.folder import DATA_FILE
from sanad.store.upgrade import STEPPING, climb
from tests.builders import Clock, a_family


@pytest.mark.usefixtures("plain_only")
def test_a_draft_of_before_is_still_there(folder: Path, clock: Clock) -> None:
    """It is nobody's in particular, so an office without accounts finds it; and the file is sound."""
    folder.mkdir()
    with contextlib.closing(connect(folder / DATA_FILE, mode="rwc", differently=STEPPING)) as older:
        older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        climb(older, "0004")
        older.execute("INSERT INTO drafts VALUES ('new', '{}', '2026-11-20T08:00:00.000000+00:00')")
    with build(folder, clock) as services:
        (draft,) = services.drafts.kept()
        assert (draft.place, draft.payload) == ("new", "{}")
        services.drafts.discard("new")
        assert services.drafts.kept() == []
        a_family(services)
        assert [line.name for line in services.health.checks() if not line.ok] == []


@pytest.mark.usefixtures("plain_only")
def test_both_indexes_serve_what_is_asked_at_every_act(folder: Path, clock: Clock) -> None:
    """Whether there are accounts, and who did what went before, is looked up and not searched for."""
    build(folder, clock).close()
    asked = {
        "SELECT seq FROM journal WHERE operation = 'staff.begin' LIMIT 1": "journal_by_operation",
        "SELECT seq FROM operations WHERE result = 'x' AND operation = 'decisions.decide'": "operations_by_result",
    }
    with contextlib.closing(sqlite3.connect(folder / DATA_FILE)) as connection:
        for query, index in asked.items():
            plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
            assert index in plan
