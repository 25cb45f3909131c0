"""Every test of a data folder, on both libraries; and an office with a backup, made once for each and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.services import Services
from tests import disks
from tests.backups import Office, cheap_keys, make_office
from tests.builders import Clock, an_office
from tests.drivers import ENCRYPTING_LIBRARY, LIBRARIES, PLAIN_LIBRARY, every_folder_encrypted

_ON_A_FOLDER = {"folder", "services", "office", "small_disk"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have a test that opens a data folder run on each library, unless it is of the standard one alone."""
    names = set(metafunc.fixturenames)
    if names & _ON_A_FOLDER and "plain_only" not in names:
        metafunc.parametrize("library", LIBRARIES, indirect=True)


@pytest.fixture
def plain_only() -> None:
    """Asked for by a test that has nothing to say of an encrypted folder."""


@pytest.fixture(autouse=True)
def library(request: pytest.FixtureRequest) -> Iterator[str]:
    """The library that this test's folders are opened with."""
    chosen = getattr(request, "param", PLAIN_LIBRARY)
    if chosen == ENCRYPTING_LIBRARY:
        with every_folder_encrypted():
            yield chosen
    else:
        yield chosen


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> "dict[str, Path | Office]":
    """What was made for all tests, by its name and library."""
    return {}


@pytest.fixture
def services(
    library: str,
    made_once: "dict[str, Path | Office]",
    tmp_path_factory: pytest.TempPathFactory,
    folder: Path,
    clock: Clock,
) -> Iterator[Services]:
    """The services on a real file, for an office that is set up."""
    name = f"prepared-{library}"
    if name not in made_once:
        made = tmp_path_factory.mktemp(name) / "data"
        with build(made, Clock(), who="صفاء") as opened:
            opened.offices.set_up(an_office())
        made_once[name] = made
    found = made_once[name]
    assert isinstance(found, Path)
    shutil.copytree(found, folder)
    with build(folder, clock, who="صفاء") as opened:
        yield opened


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 2 MB."""
    with disks.small() as place:
        yield place


@pytest.fixture
def office(
    library: str, made_once: "dict[str, Path | Office]", tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Office]:
    """An office of this test's own, whose keys cost little to open."""
    name = f"office-{library}"
    if name not in made_once:
        made_once[name] = make_office(tmp_path_factory.mktemp(name))
    first = made_once[name]
    assert isinstance(first, Office)
    with cheap_keys():
        yield first.copied(tmp_path)
