"""What every test stands on: no screen, and word catalogues as fresh as their texts."""

import os
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import settings

from sanad.bootstrap import build
from sanad.services import Services
from sanad.services.shipped import LIST, written
from sanad.store import reserve
from tests.builders import Clock, an_office
from tests.people import Runs, Staffed, cheap_passwords, make_staffed

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# How fast a machine is says nothing about what is right; and whoever wants to look longer asks for more examples.
settings.register_profile("usual", deadline=None, max_examples=40)
settings.load_profile("usual")

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the catalogues that were edited since `make words`, and list what was since `make shipped`.

    Once, before the runs beside each other begin.
    """
    if hasattr(session.config, "workerinput"):
        return
    for texts in ROOT.glob("resources/locale/*/LC_MESSAGES/sanad.po"):
        compiled = texts.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < texts.stat().st_mtime:
            with texts.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))
    if (ROOT / LIST).read_text("utf-8") != (listed := written(ROOT)):
        (ROOT / LIST).write_text(listed, "utf-8")


@pytest.fixture(scope="session", autouse=True)
def memories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Where this computer's memory of the user goes, apart from that of whoever runs the tests."""
    memories = (tmp_path_factory.getbasetemp() / "memories" / str(number) for number in count())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(next(memories)))
        yield memories


@pytest.fixture(autouse=True)
def _fresh_memory(memories: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A test finds nothing that another left in it, and keeps little room back."""
    monkeypatch.setenv("XDG_STATE_HOME", str(next(memories)))
    monkeypatch.setattr(reserve, "SIZE", 50_000)  # a thousand folders that each keep back 50 MB fill a disk


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until a test moves it."""
    return Clock()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The run of the program that this test is, and those that follow on it."""
    return Runs(monkeypatch)


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


@pytest.fixture
def program_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder as it lies on an office's disk, apart from ours."""
    folder = tmp_path / "program"
    for part in ("forms", "resources"):
        shutil.copytree(ROOT / part, folder / part)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder), raising=False)
    return folder


@pytest.fixture(scope="session")
def first_staffed(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """An office with somebody in each role, made once."""
    return make_staffed(tmp_path_factory.mktemp("staffed") / "data")


@pytest.fixture
def staffed(first_staffed: Staffed, folder: Path) -> Iterator[Staffed]:
    """An office with somebody in each role, of this test's own; passwords cost little here."""
    with cheap_passwords():
        yield first_staffed.copied(folder)
