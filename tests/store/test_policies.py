"""What the office adopted is kept word for word, and found changed if it was."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sanad.domain.assessment import Text
from sanad.domain.changes import Changes, Subject
from sanad.domain.revision import AdoptedPack, AdoptedRevision
from sanad.services import Services
from sanad.store.policies import Policies, files_digest, text_digest
from sanad.store.store import Store
from tests.builders import a_key

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADOPTED = Changes(frozenset({Subject.POLICIES}))


def a_pack(title: str) -> AdoptedPack:
    """A pack of the office's own, of two files."""
    files = {"policy.toml": f"title = '{title}'", "forms/receipt.toml": "…"}
    return AdoptedPack("ours-2026", files_digest(files), files, AT)


def a_revision(id: str, text: str) -> AdoptedRevision:  # noqa: A002  # the word of the domain
    """A revision of that pack from the new year on."""
    return AdoptedRevision(
        id, "ours-2026", date(2027, 1, 1), Text("خط جديد", "A new line"), text_digest(text), text, AT
    )


def adopt(store: Store, adopted: AdoptedPack | AdoptedRevision) -> None:
    """Keep it, and tell the journal."""
    name = "policies.adopt_pack" if isinstance(adopted, AdoptedPack) else "policies.adopt"
    with store.operation(name, key=a_key(), said=adopted) as act:
        if isinstance(adopted, AdoptedPack):
            act.policies.add_pack(adopted)
        else:
            act.policies.add_revision(adopted)
        act.done(adopted, adopted.digest, ADOPTED)


@pytest.fixture
def store(services: Services) -> Store:
    """The open store, with a pack adopted twice and two revisions over it."""
    opened = services.health._store
    for adopted in (a_pack("old"), a_pack("new"), a_revision("r1", "line = '70'"), a_revision("r2", "line = '75'")):
        adopt(opened, adopted)
    return opened


def test_what_was_adopted_is_read_back(store: Store) -> None:
    """Every file of a pack and every revision, in the order of their adoption; of a pack the last stands."""
    with store.reading() as records:
        assert records.policies.packs() == (a_pack("old"), a_pack("new"))
        assert records.policies.pack("ours-2026") == a_pack("new")
        assert records.policies.pack("nobody's") is None
        assert [revision.text for revision in records.policies.revisions()] == ["line = '70'", "line = '75'"]
        assert records.policies.revision("r2") == a_revision("r2", "line = '75'")
        assert records.policies.broken() == ()


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("UPDATE revisions SET text = 'line = ''99''' WHERE id = 'r1'", "r1"),
        ("UPDATE packs SET files = replace(files, 'new', 'newer')", "ours-2026"),
    ],
)
def test_a_changed_word_is_found(store: Store, folder: Path, statement: str, changed: str) -> None:
    """Whoever edits an adopted text outside the program is found by its digest."""
    with closing(sqlite3.connect(folder / "sanad.sqlite3")) as tool:
        for table in ("revisions", "packs"):
            tool.execute(f"DROP TRIGGER {table}_refuse_update")
        tool.execute(statement)
        tool.commit()
    found = {line.name: line.problems for line in store.checks()}["policies"]
    assert [(problem.code, problem.values["id"]) for problem in found] == [("health.policy_changed", changed)]


def test_what_nobody_adopted_is_found(store: Store) -> None:
    """A revision put in past the journal agrees with its own digest, yet no act tells of it."""
    with store._database.writing() as connection:
        Policies(connection).add_revision(a_revision("r3", "line = '1'"))
    found = {line.name: line.problems for line in store.checks()}["policies"]
    assert [problem.values["id"] for problem in found] == ["ours-2026"]
