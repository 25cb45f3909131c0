"""``sanad doctor`` tells of each check on a line, and ends with 0, 1 or 2."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.words.catalogue import Words
from tests.builders import Clock, a_voucher, an_office


def doctor(folder: Path) -> subprocess.CompletedProcess[str]:
    """The verb run as a person runs it, in English."""
    command = [sys.executable, "-m", "sanad", "--data", str(folder), "doctor"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def filled(folder: Path, clock: Clock) -> Path:
    """A data folder with one voucher."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office())
        a_voucher(services)
    return folder


def test_a_sound_folder_is_fine(filled: Path, clock: Clock) -> None:
    """A line a check, then a line a fact, nothing on stderr, exit 0."""
    done = doctor(filled)
    assert (done.returncode, done.stderr) == (0, "")
    words = Words(places.locale(), "en")
    with build(filled, clock) as services:
        checks, facts = len(services.health.checks()), [fact.name for fact in services.health.facts()]
    lines = done.stdout.splitlines()
    assert all(line.endswith("fine") for line in lines[:checks])
    assert [line.partition(": ")[0] for line in lines[checks:]] == [words.text(f"fact.{name}") for name in facts]


def test_a_backup_that_is_late_is_no_damage(filled: Path) -> None:
    """It is told beside the checks, and the exit is 0: nothing in the file is wrong."""
    done = doctor(filled)
    assert done.returncode == 0
    assert "There is no backup key yet" in done.stdout


def test_a_new_folder_is_made(folder: Path) -> None:
    """In a place where nothing was there is an empty data folder afterwards."""
    assert doctor(folder).returncode == 0
    assert (folder / "sanad.sqlite3").exists()


def test_damage_is_told_and_ends_with_one(filled: Path) -> None:
    """The check that found it says what; of many problems some, and how many more."""
    with closing(sqlite3.connect(filled / "sanad.sqlite3")) as tool:
        for number in range(8):
            tool.execute(f"CREATE TABLE stranger{number} (id INTEGER)")
        tool.commit()
    done = doctor(filled)
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("structure of the file")]
    assert "stranger0" in line
    assert line.endswith("And 3 more.")


def test_a_folder_whose_file_is_missing_is_refused(filled: Path) -> None:
    """It says where the file was, makes none, and ends with 2."""
    (filled / "sanad.sqlite3").unlink()
    done = doctor(filled)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(filled / "sanad.sqlite3") in done.stderr
    assert not (filled / "sanad.sqlite3").exists()


def test_a_folder_in_use_is_refused(filled: Path, clock: Clock) -> None:
    """While the program is open the doctor waits outside."""
    with build(filled, clock, who="x"):
        done = doctor(filled)
    assert (done.returncode, done.stdout) == (2, "")
    assert "in use" in done.stderr
