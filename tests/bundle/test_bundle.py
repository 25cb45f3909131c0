"""The built folder starts on its own and does the main job.

Not among the tests of `make test`: building it takes minutes. `make bundle` builds it and then runs this.
"""

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from sanad.bootstrap import build
from tests.builders import an_office

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "dist" / "sanad" / ("sanad.exe" if sys.platform == "win32" else "sanad")


def started(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The built program, run to its end in a folder, without a screen and without our Python in sight."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    home = {"HOME": str(folder), "USERPROFILE": str(folder), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=kept | home,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def text_of(paper: Path) -> str:
    """The words of a PDF in plain letters."""
    return unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in PdfReader(paper).pages))


def fonts_of(paper: Path) -> set[str]:
    """The names of the fonts that a PDF asks for."""
    objects = (entry.get_object() for page in PdfReader(paper).pages for entry in _fonts(page).values())
    return {str(font["/BaseFont"]) for font in objects if isinstance(font, DictionaryObject)}


def _fonts(page: PageObject) -> DictionaryObject:
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"].get_object()
    assert isinstance(fonts, DictionaryObject)
    return fonts


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the built program has done its demonstration."""
    folder = tmp_path_factory.mktemp("bundle")
    run = started("demo", folder=folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stderr == ""
    assert len([line for line in run.stdout.splitlines() if re.match(r"\s*[\d٠-٩]+\b", line)]) >= 10
    return folder / "sanad-demo"


def test_it_fills_the_paper_of_every_family(demo: Path) -> None:
    """Ten case studies come out, each with Arabic words that can be read back and only fonts that it carries."""
    papers = sorted(demo.glob("*-case-study.pdf"))
    assert len(papers) == 10
    for paper in papers:
        assert "استمارة" in text_of(paper)
        assert all("PlexSansArabic" in name or "NotoNaskhArabic" in name for name in fonts_of(paper))


def test_it_receipts_what_was_paid(demo: Path) -> None:
    """The families with an amount have a receipt that says it in words."""
    receipts = sorted(demo.glob("*-receipt.pdf"))
    assert receipts
    assert all("فقط" in text_of(receipt) for receipt in receipts)


def test_it_draws_its_window(demo: Path) -> None:
    """The three pictures of the window are there and are pictures."""
    for name in ("today.png", "family.png", "print.png"):
        assert (demo / name).read_bytes().startswith(b"\x89PNG")


def test_its_data_folder_is_sound(demo: Path) -> None:
    """What the demonstration kept passes the program's own check."""
    run = started("--data", str(demo / "data"), "doctor", folder=demo)
    assert run.returncode == 0, run.stdout + run.stderr


def test_it_refuses_kindly(demo: Path) -> None:
    """A file that is no case is a line on stderr and status 2, in the bundle too."""
    (demo / "bad.json").write_text("no case", "utf-8")
    run = started("assess", "bad.json", folder=demo)
    assert run.returncode == 2
    assert "bad.json" in run.stderr
    assert "Traceback" not in run.stderr


def test_it_opens_an_encrypted_folder(tmp_path: Path) -> None:
    """The library that encrypts lies in the bundle where it was installed: the doctor finds all well."""
    pytest.importorskip("sqlcipher3")
    password = tmp_path / "password"
    password.write_text("نخلة وبحر ولؤلؤ 88\n", encoding="utf-8")
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office())
        said = password.read_text("utf-8").strip()
        services.encryption.begin(said, services.staff.begin("safaa", "صفاء", said).value[1])
    asked = ("--data", str(tmp_path / "data"), "--user", "safaa", "--password-file", str(password))
    run = started(*asked, "doctor", folder=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
