"""The demonstration from outside: the main job on the sample families, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

COMPUTED = ["30.000", "60.000", "60.000", "30.000", "60.000", "60.000", "60.000", "20.000", "60.000", "0.000"]
WITHOUT_A_SCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def demo(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the demonstration in ``folder``."""
    command = [sys.executable, "-m", "sanad", "demo"]
    return subprocess.run(command, cwd=folder, env=WITHOUT_A_SCREEN, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """The folder of one demonstration, and the columns of what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    run = demo(folder)
    assert (run.returncode, run.stderr) == (0, "")
    return folder / "sanad-demo", [line.split("\t") for line in run.stdout.splitlines()]


def test_the_table_of_the_guide_comes_out(done: tuple[Path, list[list[str]]]) -> None:
    """Rows 1 to 9 agree with the printed aid; row 10 says that the guide slipped, and why."""
    _, lines = done
    assert [line[0] for line in lines] == [str(row) for row in range(1, 11)]
    assert [line[3] for line in lines] == COMPUTED
    assert all(line[3] == line[4] and line[5] == "agrees" for line in lines[:9])
    assert lines[9][4] == "60.000"
    assert "69.000" in lines[9][5]


def test_every_paper_and_picture_is_there(done: tuple[Path, list[list[str]]]) -> None:
    """A case study for each family, a receipt for each that was paid, three pictures, and the data folder."""
    folder, _ = done
    expected = {"data", "today.png", "family.png", "print.png"}
    expected |= {f"{row:02}-case-study.pdf" for row in range(1, 11)} | {f"{row:02}-receipt.pdf" for row in range(1, 10)}
    assert {path.name for path in folder.iterdir()} == expected
    for paper in folder.glob("*.pdf"):
        pages = len(PdfReader(paper).pages)
        assert pages == 1 if "receipt" in paper.name else pages >= 8
    for picture in folder.glob("*.png"):
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_data_folder_is_sound(done: tuple[Path, list[list[str]]]) -> None:
    """What the demonstration leaves can be opened, and the doctor finds nothing."""
    folder, _ = done
    command = [sys.executable, "-m", "sanad", "--data", str(folder / "data"), "doctor"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_second_demonstration_starts_anew_and_spares_what_is_not_its_own(tmp_path: Path) -> None:
    """A folder of that name that holds other things is left alone, with a message."""
    (tmp_path / "sanad-demo").mkdir()
    (tmp_path / "sanad-demo" / "letter.txt").write_text("mine", encoding="utf-8")
    refused = demo(tmp_path)
    assert refused.returncode == 2
    assert "sanad-demo" in refused.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["sanad-demo", "letter.txt"]
