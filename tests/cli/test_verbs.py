"""The command line as it is run from outside: what it prints, where problems go, its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from sanad import places
from sanad.cli import main
from tests.exchange.files import SAMPLES, a_tree

ROOT = Path(__file__).parents[2]


class Ran:
    """One run of the program: its status, and what it wrote."""

    def __init__(self, *arguments: object, folder: Path, **environment: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "sanad", *map(str, arguments)],
            cwd=folder,
            capture_output=True,
            check=False,
            env={
                **os.environ,
                "LANG": "C.UTF-8",
                "LC_ALL": "",
                "HOME": str(folder),
                "PYTHONPATH": str(ROOT / "desktop"),
            }
            | environment,
        )
        self.status = done.returncode
        self.out = done.stdout.decode()
        self.errors = done.stderr.decode()


def test_several_cases_are_assessed_one_a_line_in_their_order(tmp_path: Path) -> None:
    """The ten families of the guide's table; the same bytes each time, however the interpreter hashes."""
    ran = Ran("assess", *SAMPLES, folder=tmp_path, PYTHONHASHSEED="1")
    assert (ran.status, ran.errors) == (0, "")
    amounts = [json.loads(line)["amount"] for line in ran.out.splitlines()]
    assert amounts == [
        "30.000",
        "60.000",
        "60.000",
        "30.000",
        "60.000",
        "60.000",
        "60.000",
        "20.000",
        "60.000",
        "0.000",
    ]
    assert Ran("assess", *SAMPLES, folder=tmp_path, PYTHONHASHSEED="4242").out == ran.out


def test_one_bad_file_keeps_stdout_empty_and_tells_every_problem(tmp_path: Path) -> None:
    """Of every file, one a line: file, place, what is wrong."""
    tree = a_tree(colour="red")
    tree["household"]["incomes"][0]["monthly"] = "310.0001"
    (tmp_path / "bad.json").write_text(json.dumps(tree), "utf-8")
    (tmp_path / "none.json").write_text("[", "utf-8")
    ran = Ran("assess", SAMPLES[0], "bad.json", "none.json", "gone.json", folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.errors.splitlines() == [
        "bad.json: household.incomes[0].monthly: “310.0001” has more decimal places than BHD has, which is 3.",
        "bad.json: colour: The key “colour” is not known. Remove it or mend its spelling.",
        "none.json: Not valid JSON (line 1, column 2). A case file is expected.",
        "gone.json: There is no such file. Check its name and folder.",
    ]


def test_problems_are_told_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    """Arabic where the locale says so."""
    ran = Ran("assess", "gone.json", folder=tmp_path, LC_ALL="ar_BH.UTF-8")
    assert ran.errors == "gone.json: لا يوجد ملف بهذا الاسم. راجع اسمه ومجلده.\n"


def test_assess_makes_no_data_folder_and_imports_no_database(tmp_path: Path) -> None:
    """Not even where one is named."""
    ran = Ran("--data", tmp_path / "data", "assess", SAMPLES[0], folder=tmp_path)
    assert ran.status == 0
    assert list(tmp_path.iterdir()) == []
    code = (
        "import sys; from sanad.__main__ import main; main(['assess', sys.argv[1]]); print('sqlalchemy' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(SAMPLES[0])],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "desktop")},
    )
    assert told.stdout.decode().splitlines()[-1] == "False"


def test_the_guides_and_papers_are_listed(tmp_path: Path) -> None:
    """Id and title, one a line."""
    assert "karzakan-2020\tAid guide, Karzakan 2020" in Ran("policies", folder=tmp_path).out.splitlines()
    papers = Ran("forms", folder=tmp_path).out.splitlines()
    assert [line.partition("\t")[0] for line in papers][:1] == ["case-study"]
    assert any(line.startswith("receipt\t") for line in papers)


def test_a_case_study_is_printed_filled_and_blank(tmp_path: Path) -> None:
    """A whole PDF that can be read back; nothing on stdout."""
    ran = Ran("print", "case-study", SAMPLES[0], "-o", "out.pdf", "--on", "2026-11-22", folder=tmp_path)
    assert (ran.status, ran.out, ran.errors) == (0, "", "")
    assert len(PdfReader(tmp_path / "out.pdf").pages) >= 4
    assert Ran("print", "receipt", "--blank", "-o", "blank.pdf", folder=tmp_path).status == 0
    assert len(PdfReader(tmp_path / "blank.pdf").pages) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["print", "poem", SAMPLES[0], "-o", "out.pdf"], "There is no paper “poem”"),
        (["print", "receipt", "-o", "out.pdf"], "One case file is expected"),
        (["print", "receipt", SAMPLES[0], "--blank", "-o", "out.pdf"], "One case file is expected"),
        (["print", "receipt", SAMPLES[0], "--on", "soon", "-o", "out.pdf"], "--on: "),
        (["print", "receipt", "--blank", "--policy", "none", "-o", "out.pdf"], "karzakan-2020"),
        (["print", "receipt", SAMPLES[0], "-o", "none/out.pdf"], "none/out.pdf: Cannot write in none"),
        (["print", "receipt", SAMPLES[0]], "-o"),
        (["dance"], "dance"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: list[object], said: str, tmp_path: Path) -> None:
    """Status 2, a line that says why, and no file."""
    ran = Ran(*arguments, folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.errors
    assert "Traceback" not in ran.errors
    assert list(tmp_path.iterdir()) == []


def test_help_is_no_failure(tmp_path: Path) -> None:
    """In the language of the terminal."""
    ran = Ran("--help", folder=tmp_path, LC_ALL="ar")
    assert ran.status == 0
    assert "احتساب المساعدة" in ran.out


def test_a_bug_of_ours_is_kept_as_a_report_without_what_was_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 3 and the number of a report that names places in the program, and nothing of the family."""

    def broken(*_asked: object, **_named: object) -> object:
        raise KeyError("حسن علي أحمد 310.000")

    status = main.run(["assess", str(SAMPLES[0])], tmp_path, broken)  # type: ignore[arg-type]  # it never returns
    (report,) = (tmp_path / "logs").iterdir()
    kept = report.read_text("utf-8")
    assert status == 3
    assert report.stem.removeprefix("report-") in capsys.readouterr().err
    assert "KeyError" in kept
    assert "broken" in kept
    assert "حسن" not in kept
    assert "310" not in kept


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ar_BH.UTF-8"}, "ar"),
        ({"LANG": "ar_BH.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "AR"}, "ar"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], language: str) -> None:
    """The strongest of the three variables that is set."""
    assert main.language_of(environment) == language
    assert places.locale().is_dir()
