"""``sanad print`` of every paper and guide, and of many case files at once."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from sanad import places
from sanad.__main__ import main
from sanad.bootstrap import build
from tests.builders import an_office

SAMPLES = sorted(places.sample().glob("*.json"))
CASES: dict[str, dict[str, object]] = {
    "karzakan-2020": {"policy": "karzakan-2020", "aid": "monthly"},
    "balad-alkhair-2021": {"policy": "balad-alkhair-2021", "aid": "rent", "category": "widow", "grade": 1},
    "kcmuslims": {"policy": "kcmuslims", "aid": "financial", "category": "orphan"},
}
FORMS = (
    "case-study", "aid-request", "visit", "computation", "payment-voucher", "decision-letter", "apology", "referral",
    "attestation", "undertaking", "distribution-list", "receipt",
)  # fmt: skip


def ran(*arguments: object) -> int:
    """The exit status of the command."""
    return main([str(argument) for argument in arguments])


def test_the_papers_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """All twelve, the case study first."""
    assert ran("forms") == 0
    listed = [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert listed[0] == "case-study"
    assert set(FORMS) <= set(listed)


@pytest.mark.parametrize("guide", CASES)
def test_every_paper_prints_under_every_guide(guide: str, tmp_path: Path) -> None:
    """Filled as far as the case goes, and blank."""
    case = tmp_path / "case.json"
    head = {"id": 1, "relation": "head", "sex": "female", "name": "مريم"}
    said: dict[str, object] = {**CASES[guide], "on": "2026-11-22", "household": {"file_number": "7", "members": [head]}}
    case.write_text(json.dumps(said), "utf-8")
    for form in FORMS:
        for what in ([case], ["--blank", "--policy", guide]):
            out = tmp_path / "out.pdf"
            assert ran("print", form, *what, "-o", out, "--on", "2026-11-25") == 0
            assert PdfReader(out).pages
            out.unlink()


def test_many_files_make_one(tmp_path: Path) -> None:
    """A page for each receipt; one list of all families, names masked."""
    out = tmp_path / "out.pdf"
    assert ran("print", "receipt", *SAMPLES, "-o", out, "--copies", "1") == 0
    assert len(PdfReader(out).pages) == len(SAMPLES)
    assert ran("print", "distribution-list", *SAMPLES, "-o", out, "--masked") == 0
    (page,) = PdfReader(out).pages
    assert "1041" in page.extract_text()


def test_a_hijri_day_is_read_and_printed_by_the_table_whatever_an_office_has(tmp_path: Path) -> None:
    """While the window is open on an office whose days are one ahead: that needs no data, and says what was typed."""
    out = tmp_path / "out.pdf"
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office(hijri_shift=1))
        typed = ("print", "case-study", SAMPLES[0], "-o", out, "--lang", "en", "--on", "11/06/1448")
        assert ran("--data", tmp_path / "data", *typed) == 0
    text = PdfReader(out).pages[0].extract_text()
    assert "21/11/2026" in text
    assert "11/06/1448" in text


def test_one_bad_file_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with its place; so is a picture that is none."""
    out = tmp_path / "out.pdf"
    bad = tmp_path / "bad.json"
    told = json.loads(SAMPLES[0].read_text("utf-8"))
    bad.write_text(json.dumps({**told, "paper": {"amount": "-5"}}), "utf-8")
    assert ran("print", "payment-voucher", SAMPLES[0], bad, "-o", out) == 2
    assert f"{bad}: paper.amount" in capsys.readouterr().err
    assert ran("print", "apology", SAMPLES[0], "--logo", bad, "-o", out) == 2
    assert "PNG" in capsys.readouterr().err
    assert not out.exists()
