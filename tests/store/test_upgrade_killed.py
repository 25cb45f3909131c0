"""An upgrade that is killed anywhere leaves the file at one step or another, never between two, and loses no row."""

import os
import random
import shutil
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sanad.store import upgrade
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.upgrade import NEWEST, schema_at, schema_of
from tests.builders import Clock
from tests.past import as_then
from tests.store.test_upgrade_keeps import full, totals

KILLS = 12
__all__ = ["full"]


def stands_at(file: Path) -> str:
    """The step that a file says it stands at; its tables are those of that step, and it is whole."""
    with closing(PLAIN.open(file)) as look:
        (step,) = look.execute("SELECT version_num FROM alembic_version").fetchone()
        assert schema_of(look.execute) == schema_at(step)
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert look.execute("PRAGMA foreign_key_check").fetchall() == []
    return str(step)


def killed(folder: Path, after: float) -> None:
    """Upgrade the folder in a child of ours, and kill it after so many seconds."""
    child = os.fork()
    if not child:
        try:
            upgrade.prepare(DataFolder(folder), Clock()())
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a7_l3_an_upgrade_killed_anywhere_is_finished_by_the_next(full: Path, tmp_path: Path) -> None:
    """At random moments of its whole way: version and tables agree, counts and sums stay, the next start goes on."""
    old = tmp_path / "old"
    old.mkdir()
    names = as_then(full, old / DATA_FILE, "0001")
    before = totals(old / DATA_FILE, names)
    began = time.monotonic()
    shutil.copytree(old, tmp_path / "timed")
    upgrade.prepare(DataFolder(tmp_path / "timed"), Clock()())
    whole = time.monotonic() - began
    chance = random.Random(2026)  # noqa: S311  # the moments of the kills, not a secret
    seen = set()
    for round_ in range(KILLS):
        folder = tmp_path / str(round_)
        shutil.copytree(old, folder)
        killed(folder, chance.random() * 3 * whole)  # a child on a busy machine is slower
        seen.add(stands_at(folder / DATA_FILE))
        assert totals(folder / DATA_FILE, names) == before
        upgrade.prepare(DataFolder(folder), Clock()())
        assert stands_at(folder / DATA_FILE) == NEWEST
        assert totals(folder / DATA_FILE, names) == before
    assert len(seen) > 1, "no kill met the upgrade at its work"
