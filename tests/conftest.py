"""What every test stands on: no screen, and word catalogues as fresh as their texts."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sanad.bootstrap import build
from sanad.services import Services
from tests.builders import Clock, an_office

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the catalogues that were edited since `make words`."""
    for texts in ROOT.glob("resources/locale/*/LC_MESSAGES/sanad.po"):
        compiled = texts.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < texts.stat().st_mtime:
            with texts.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until a test moves it."""
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where this test's data folder goes; nothing is there yet."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office that is set up, made once and copied for each test."""
    made = tmp_path_factory.mktemp("prepared") / "data"
    with build(made, Clock(), who="صفاء") as opened:
        opened.offices.set_up(an_office())
    return made


@pytest.fixture
def services(folder: Path, clock: Clock, prepared: Path) -> Iterator[Services]:
    """The services on a real file, for an office that is set up."""
    shutil.copytree(prepared, folder)
    with build(folder, clock, who="صفاء") as opened:
        yield opened
