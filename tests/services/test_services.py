"""The bundle that both faces receive: whole, frozen, closed in reverse."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sanad.bootstrap import build, now
from sanad.domain.errors import Bug, Refused
from sanad.services import Services
from sanad.services.cleaning import without_the_unseen
from sanad.services.today import Today
from sanad.store.folder import login
from tests.builders import TODAY, Clock, a_family, a_study

WITHOUT_DATA = """
import sys
from sanad.bootstrap import build
with build(None) as reference:
    assert reference.policies.list()
assert not {"sqlalchemy", "sqlite3", "alembic"} & set(sys.modules), "the database was imported"
"""


def test_what_needs_no_data_costs_no_database() -> None:
    """The guides are read and closed without SQLAlchemy ever being imported."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_DATA], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_alembic_is_imported_only_for_a_step(folder: Path, clock: Clock) -> None:
    """A file that is of today opens without it."""
    build(folder, clock).close()
    script = f"""
import sys
from pathlib import Path
from sanad.bootstrap import build
build(Path({str(folder)!r})).close()
assert "alembic" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_leaving_the_block_closes_what_was_opened(services: Services) -> None:
    """Once, when the face is done."""
    closed: list[str] = []
    with replace(services, closing=lambda: closed.append("store")):
        assert closed == []
    assert closed == ["store"]


def test_services_that_cannot_be_built_let_go_of_the_folder(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure after the folder was opened does not lock the program out of it."""

    def failing(self: Today, *, store: object, session: object) -> None:
        raise Bug("no such screen")

    with monkeypatch.context() as patched:
        patched.setattr(Today, "__init__", failing)
        with pytest.raises(Bug):
            build(folder, clock)
    build(folder, clock).close()


def test_the_machine_names_who_sits_at_the_desk(folder: Path, clock: Clock) -> None:
    """Where nobody was named the journal has the name of the session."""
    with build(folder, clock) as services:
        a_family(services)
        last = services.today.lines(TODAY).last
    assert last is not None
    assert last.who == login()


def test_the_clock_knows_the_offset_of_the_wall() -> None:
    """A moment without its offset could not be told from another's."""
    assert now().utcoffset() is not None


def test_cleaning_leaves_all_but_text_alone() -> None:
    """A fact that holds nothing unseen comes back equal, words of the vocabulary included."""
    study = a_study(facts={"orphans": 2})
    assert without_the_unseen(study) == study


def test_two_bundles_never_share_a_folder(services: Services, folder: Path, clock: Clock) -> None:
    """Not even within one program."""
    with pytest.raises(Refused, match="in_use"):
        build(folder, clock)
