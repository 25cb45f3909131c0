"""Packs and revisions are kept word for word, in the order of their adoption, and nobody changes them unnoticed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.case import UNSAID
from sanad.domain.listing import Family
from sanad.domain.revision import AdoptedPack, AdoptedRevision
from sanad.domain.text import Text
from sanad.services import Services
from sanad.store import households
from sanad.store.driver import errors
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.policies import files_digest, text_digest
from sanad.store.store import Store
from sanad.store.upgrade import climb
from tests.builders import TODAY, Clock, a_family, a_household, a_key, a_study, an_office
from tests.drivers import tool_on
from tests.revisions import a_revision

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILES = {"policy.toml": "id = 'جسرة'", "cases.toml": "on = ''"}


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    """An open data folder."""
    opened = Store(folder, clock=clock, who="صفاء", memory=folder.parent / "memory")
    yield opened
    opened.close()


def a_pack(policy: str, **more: str) -> AdoptedPack:
    """A pack of these files."""
    files = FILES | more
    return AdoptedPack(policy, files_digest(files), files, AT)


def a_kept_revision(number: str) -> AdoptedRevision:
    """A revision of that text."""
    return AdoptedRevision(number, "karzakan-2020", date(2027, 1, 1), Text("ق", "d"), text_digest(number), number, AT)


def kept(store: Store, *things: AdoptedPack | AdoptedRevision) -> None:
    """Each adopted by an act of its own."""
    from sanad.domain.changes import Changes

    for thing in things:
        with store.operation("policies.adopt", key=a_key(), said=thing) as act:
            if isinstance(thing, AdoptedPack):
                act.policies.add_pack(thing)
            else:
                act.policies.add_revision(thing)
            told = {"policy": thing.policy, "digest": thing.digest}
            act.done(thing, thing.policy, Changes(frozenset()), after=told)


def test_the_last_adoption_of_a_pack_counts(store: Store) -> None:
    """Every edition is kept; the latest is the one in force; one that was never adopted is not there."""
    first, other, second = a_pack("a"), a_pack("b"), a_pack("a", more="x")
    kept(store, first, other, second)
    with store.reading() as records:
        assert records.policies.packs() == (first, other, second)
        assert records.policies.pack("a") == second
        assert records.policies.pack("c") is None
        assert records.policies.broken() == ()


def test_revisions_come_in_the_order_of_their_adoption(store: Store) -> None:
    """And each is found by its id."""
    first, second = a_kept_revision("1"), a_kept_revision("2")
    kept(store, first, second)
    with store.reading() as records:
        assert records.policies.revisions() == (first, second)
        assert records.policies.revision("2") == second


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisions SET text = text || '#'",
        "UPDATE revisions SET digest = 'x'",
        "DELETE FROM revisions",
        "UPDATE packs SET files = '{}'",
        "DELETE FROM packs",
    ],
)
def test_the_file_refuses_to_change_them(statement: str, folder: Path, store: Store) -> None:
    """Whatever tool it is opened with."""
    kept(store, a_pack("a"), a_kept_revision("1"))
    with closing(tool_on(folder / DATA_FILE)) as tool, pytest.raises(errors(), match="is sealed"):
        tool.execute(statement)


FORGED = "INSERT INTO packs VALUES (9, 'z', ?, '{}', '2026-11-22T09:00:00.000000+00:00')"
EMPTY, NO_FILES = text_digest(""), files_digest({})


@pytest.mark.parametrize(
    ("statement", "values", "check", "code"),
    [
        ("UPDATE revisions SET text = text || ?", (" ",), "policies", "health.policy_changed"),
        ("UPDATE packs SET files = ?", ("{}",), "policies", "health.policy_changed"),
        ("UPDATE revisions SET text = '', digest = ?", (EMPTY,), "posted", "health.changed_outside"),
        (FORGED, (NO_FILES,), "posted", "health.changed_outside"),
    ],
)
def test_the_doctor_sees_what_was_changed_behind_the_guards(
    statement: str, values: tuple[str, ...], check: str, code: str, folder: Path, store: Store
) -> None:
    """A text that is not what was adopted, and an adoption that the journal does not know."""
    kept(store, a_pack("a"), a_kept_revision("1"))
    with closing(tool_on(folder / DATA_FILE)) as tool:
        for (name,) in tool.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute(statement, values)
        tool.commit()
    found = [problem.code for line in store.checks() if line.name == check for problem in line.problems]
    assert code in found


def test_all_families_are_read_in_pages(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, as it is read alone, whatever the size of a page."""
    families = [a_family(services, a_study(a_household(head=f"أسرة {number}", children=number))) for number in range(5)]
    for size in (2, 5, 200):
        monkeypatch.setattr(households, "PAGE", size)
        with services.households._store.reading() as records:
            found: list[Family] = list(records.households.every())
        assert found == families


def test_the_aids_that_a_family_asked_for(services: Services) -> None:
    """Each with the amount asked last, of the guide that is meant."""
    family = a_family(services)
    services.requests.receive(family.id, "monthly", TODAY, key=a_key())
    with services.households._store.reading() as records:
        assert records.requests.asked_of(family.id, "karzakan-2020") == {"monthly": (None, UNSAID)}
        assert records.requests.asked_of(family.id, "kcmuslims") == {}


def test_a_file_of_the_step_before_gets_both_tables(folder: Path, clock: Clock) -> None:
    """A data file that knew no adopted guides is copied, brought to today, and takes a revision."""
    at = DataFolder(folder)
    folder.mkdir()
    with closing(tool_on(at.file)) as older:
        from sanad.store.database import APPLICATION_ID

        older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        climb(older, "0001")
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        services.policies.adopt(a_revision(), key=a_key())
        assert all(line.ok for line in services.health.checks())
    (copy,) = at.before_upgrades.iterdir()
    assert copy.name.startswith("sanad-0001-")
