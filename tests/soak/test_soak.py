"""The soaks in short, as the suite runs them: kills, power cuts, edits behind the program's back."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak import cut, tamper
from tests.soak.edits import EDITS

ROOT = Path(__file__).resolve().parents[2]


def told_by(soak: str, rounds: int) -> str:
    """What a soak tells of so many rounds; in a process of its own, since its children are born of it."""
    command = [sys.executable, "-m", soak, str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a2_d3_f4_kills_lose_nothing_and_pay_nothing_twice() -> None:
    """A dozen kills at random moments: what was acknowledged is there, nothing half, and no series has a gap."""
    assert "0 lost, 0 half, none paid twice" in told_by("tests.soak.kill", 12)


def test_a1_power_cuts_lose_nothing() -> None:
    """Cuts at random moments, one of them from an empty disk on; the control loses, so a loss would be seen."""
    if lacks := cut.missing():
        pytest.skip(f"a power cut {lacks}")
    told = told_by("tests.soak.cut", 3)
    assert "0 lost, 0 half, none paid twice" in told
    assert "the control (synchronous = NORMAL) lost" in told


def test_f11_h9_h10_every_edit_behind_the_program_s_back_is_found(tmp_path: Path) -> None:
    """Each kind of edit, twice: rows, structure, journal, a chain made anew, an older copy, an act forged behind."""
    told = tamper.soak(2 * len(EDITS), tmp_path)
    assert {edit.__name__ for edit in EDITS} | {"older"} == told.keys()
