"""What is shipped decides what is computed and printed, so nothing starts by a file that somebody changed."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Problem, Refused
from sanad.services.shipped import KINDS, LIST, changed, written
from tests.builders import Clock

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file.relative_to(ROOT).as_posix() for kind in KINDS for file in ROOT.glob(kind))


def told(folder: Path) -> list[tuple[str, str]]:
    """What is wrong, and with which file."""
    return [(problem.code, problem.where) for problem in changed(folder)]


def flip(file: Path, place: int) -> None:
    """Turn one bit of a file."""
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def test_an_untouched_folder_is_sound(program_folder: Path) -> None:
    """As it was shipped, each file by its name."""
    assert told(program_folder) == []
    assert len((program_folder / LIST).read_text("utf-8").splitlines()) == len(FILES) >= 20


def test_g9_i9_any_turned_bit_of_any_file_is_found(program_folder: Path) -> None:
    """In the first byte, in the last, and anywhere between."""
    chance = random.Random(2026)  # noqa: S311  # where the bits are turned, not a secret
    for name in FILES:
        file = program_folder / name
        size = file.stat().st_size
        for place in (0, size - 1, chance.randrange(size)):
            flip(file, place)
            assert told(program_folder) == [("shipped.changed", name)]
            flip(file, place)


def test_g9_a_guide_that_was_edited_by_hand_is_refused_at_the_start(program_folder: Path, folder: Path) -> None:
    """With the data and without; as soon as the file is as it was, everything goes on."""
    guide = program_folder / "resources/policies/karzakan-2020/policy.toml"
    as_shipped = guide.read_text("utf-8")
    guide.write_text(as_shipped.replace('"65.000"', '"95.000"'), "utf-8")
    for place in (None, folder):
        with pytest.raises(Refused) as refused:
            build(place)
        assert [(found.code, found.values) for found in refused.value.problems] == [
            ("shipped.changed", {"file": "resources/policies/karzakan-2020/policy.toml"})
        ]
    assert not folder.exists()
    guide.write_text(as_shipped, "utf-8")
    build(folder).close()


def test_i9_what_was_taken_away_or_put_there_is_named(program_folder: Path) -> None:
    """All at once; and a list that is gone is no list that agrees."""
    (program_folder / "forms/visit.toml").unlink()
    added = program_folder / "resources/policies/of-nobody"
    shutil.copytree(program_folder / "resources/policies/kcmuslims", added)
    assert told(program_folder) == [
        ("shipped.missing", "forms/visit.toml"),
        ("shipped.added", "resources/policies/of-nobody/cases.toml"),
        ("shipped.added", "resources/policies/of-nobody/policy.toml"),
    ]
    (program_folder / LIST).unlink()
    assert told(program_folder) == [("shipped.missing", LIST)]


def test_a_file_that_cannot_be_read_is_not_as_it_was(program_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad sector under a font is told like any other change."""

    def fails(file: Path) -> bytes:
        if file.name == "visit.toml":
            raise OSError(5, "Input/output error")
        return b""

    monkeypatch.setattr(Path, "read_bytes", fails)
    assert ("shipped.changed", "forms/visit.toml") in told(program_folder)


def test_the_doctor_looks_again(folder: Path, program_folder: Path, clock: Clock) -> None:
    """A file that was changed while the program ran is found by the doctor."""
    with build(folder, clock) as services:
        flip(program_folder / "forms/visit.toml", 100)
        found = {line.name: line.problems for line in services.health.checks()}
    assert found["shipped"] == (Problem("shipped.changed", "forms/visit.toml", {"file": "forms/visit.toml"}),)


def test_the_list_is_the_one_of_the_tools(program_folder: Path) -> None:
    """Anybody can check it without us: it reads as `sha256sum` writes it."""
    run = subprocess.run(
        ["sha256sum", "--check", "--quiet", LIST], cwd=program_folder, capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, b"")
    assert written(program_folder) == (program_folder / LIST).read_text("utf-8")
