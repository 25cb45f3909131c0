"""An office with a backup, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups import Office, cheap_keys, make_office


@pytest.fixture(scope="session")
def first_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The one that is copied."""
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(first_office: Office, tmp_path: Path) -> Iterator[Office]:
    """An office of this test's own, whose keys cost little to open."""
    with cheap_keys():
        yield first_office.copied(tmp_path)
