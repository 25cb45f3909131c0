"""A search index that does not agree with itself harms no family's file: it is told, and made anew."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sanad.domain.errors import Refused
from sanad.domain.health import Standing
from sanad.services import Services
from sanad.store import pages
from sanad.store.database import Database
from sanad.store.folder import DATA_FILE
from sanad.store.search import Search
from tests.backups import refusal
from tests.builders import a_family, a_household, a_member, a_study
from tests.drivers import tool_on

OTHER_WORDS = "UPDATE household_words_content SET c0 = 'xyz'"
TORN = "UPDATE household_words_data SET block = x'00ff' WHERE id > 10"


@pytest.fixture
def known(services: Services) -> Services:
    """An office with a family that is found by its name."""
    a_family(services, a_study(a_household(members=(a_member(name="زينب الموسوي"),))))
    assert names(services, "زينب") == ["زينب الموسوي"]
    return services


def names(services: Services, typed: str) -> list[str]:
    """Whom the search finds."""
    return [row.name for row in services.households.search(typed)]


def broken(folder: Path, statement: str) -> None:
    """The index changed behind the program's back."""
    with closing(tool_on(folder / DATA_FILE)) as tool:
        tool.execute(statement)


def found(services: Services, *, pressed: bool = True) -> dict[str, list[str]]:
    """By check, the codes of what it found; one that nobody ``pressed`` steps aside for others."""
    lines = services.health.checks() if pressed else services.health.checks(cancelled=lambda: False)
    return {line.name: [problem.code for problem in line.problems] for line in lines if not line.ok}


def test_b3_an_index_that_differs_is_made_anew_and_the_office_goes_on_saving(known: Services, folder: Path) -> None:
    """Nothing is damaged and no backup is to be put back; at the next check all is well, and every name is found."""
    broken(folder, OTHER_WORDS)
    told = found(known)
    assert told.keys() == {"posted", "search"}
    assert told["search"] == ["health.search_broken", "health.search_mended"]
    assert not known.health._store.damaged
    (fact,) = (fact for fact in known.health.facts() if fact.name == "file")
    assert (fact.state, fact.standing) == ("sound", Standing.FINE)
    assert names(known, "زينب") == ["زينب الموسوي"]
    a_family(known)
    assert found(known) == {}


def test_b3_an_index_that_is_torn_keeps_nobody_from_the_files(known: Services, folder: Path) -> None:
    """Whoever searches is told what to do; the files are opened and saved, and after a check the search finds again."""
    broken(folder, TORN)
    assert refusal(lambda: names(known, "زينب")) == "health.search_broken"
    assert not known.health._store.damaged
    assert names(known, "") == ["زينب الموسوي"]
    assert "health.search_mended" in found(known)["search"]
    assert names(known, "زينب") == ["زينب الموسوي"]
    a_family(known)
    assert found(known) == {}


@pytest.mark.parametrize("statement", ["DELETE FROM household_words", "UPDATE household_words SET words = 'xyz'"])
def test_b3_an_index_that_agrees_with_itself_alone_is_made_anew_too(
    known: Services, folder: Path, statement: str
) -> None:
    """It lacks a family, or finds it by other words."""
    broken(folder, statement)
    assert found(known)["search"][-1] == "health.search_mended"
    assert found(known) == {}


def test_b3_a_check_that_nobody_pressed_tells_of_it_and_writes_nothing(known: Services, folder: Path) -> None:
    """It keeps nobody from writing; where SQLite looks through the index with the file, that is no damaged file."""
    broken(folder, OTHER_WORDS)
    for _ in range(2):
        assert found(known, pressed=False) == {"posted": ["health.search_differs"]}
    assert not known.health._store.damaged


@pytest.mark.parametrize("pressed", [True, False])
def test_b3_what_a_search_remembers_of_the_index_is_no_damage(known: Services, pressed: bool) -> None:
    """A family is searched for, another one saved: the connection that searched knows nothing of it; all is well."""
    a_family(known)
    assert found(known, pressed=pressed) == {}
    a_family(known)


def test_b3_an_index_that_cannot_be_made_anew_is_told(known: Services, folder: Path) -> None:
    """What the families are found by cannot be read: the index stays as it is."""
    broken(folder, "UPDATE households SET facts = '{'")
    broken(folder, "DELETE FROM household_words")
    assert found(known)["search"] == ["health.search_incomplete", "health.unreadable"]
    assert names(known, "زينب") == []


def test_what_sqlite_says_of_the_index_is_told_of_the_index_alone() -> None:
    """In its words since 3.44; a page of the index that is bad is one of the file."""
    told = [
        "malformed inverted index for FTS5 table main.household_words",
        "unable to validate the inverted index for FTS5 table main.household_words: SQL logic error",
        'fts5: checksum mismatch for table "household_words"',
        'fts5: corruption found reading blob 137438953473 from table "household_words"',
        "Tree 34 page 34: btreeInitPage() returns error code 11",
        "row 1 missing from index sqlite_autoindex_household_words_idx_1",
    ]
    asked: list[str] = []

    def execute(pragma: str) -> Iterator[tuple[str]]:
        asked.append(pragma)
        return iter([(each,) for each in told])

    assert list(pages.bad(execute)) == list(pages.bad(execute, quick=True)) == told[4:]
    assert asked == ["PRAGMA integrity_check", "PRAGMA quick_check"]


def test_what_keeps_the_index_from_being_looked_at_is_told_with_it(
    known: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks at itself only where it could be written."""

    @contextmanager
    def held(_: Database) -> Iterator[None]:
        raise Refused.because("data.held", folder="here")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(Database, "writing", held)
        assert found(known) == {"search": ["data.held"]}
    assert found(known) == {}


def test_a_damaged_page_of_the_index_is_a_damaged_file(known: Services, folder: Path, plain_only: None) -> None:
    """The index can be made anew; the page it lay on cannot be trusted."""
    with closing(tool_on(folder / DATA_FILE)) as tool:
        tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        named = "SELECT rootpage FROM sqlite_schema WHERE name = 'household_words_data'"
        ((page,), (size,)) = tool.execute(named).fetchone(), tool.execute("PRAGMA page_size").fetchone()
    with (folder / DATA_FILE).open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)
    known.health._store._database._reader.dispose()  # what it remembers of the pages goes with it
    assert "integrity" in found(known)
    assert known.health._store.damaged


def test_a_disk_that_fails_under_the_index_is_no_broken_index(known: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as what it is, and nothing is made anew on such a disk."""

    def failing(_: Search) -> None:
        raise Refused.because("data.disk_failing", folder="here")

    with monkeypatch.context() as patched:
        patched.setattr(Search, "look_through", failing)
        assert found(known) == {"search": ["data.disk_failing"]}
