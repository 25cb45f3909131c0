"""A disk that fails at the n-th time it is asked to keep what it was given, by the hand of ``strace``."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sanad.bootstrap import build
from tests.builders import Clock
from tests.soak.acts import recorded, say, set_up, unsound
from tests.soak.failing import FORMS

ROOT = Path(__file__).resolve().parents[2]
FAILED = "data.disk_failing"


def said(folder: Path, fails_at: int) -> list[list[str]]:
    """What an office is answered whose disk fails from the so-manieth call on."""
    traced = ("strace", "-f", "-qq", "-o", str(folder.with_name("calls")), "-e", "trace=fdatasync")
    inject = ("-e", f"inject=fdatasync:error=EIO:when={fails_at}+")
    command = [*traced, *inject, sys.executable, "-m", "tests.soak.failing", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if "ptrace" in done.stderr:
        pytest.skip("no process may be traced here")
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("fails_at", [3, 4, 5, 7])
def test_a4_a11_a_disk_that_cannot_keep_is_told_and_not_written_to_again(folder: Path, fails_at: int) -> None:
    """After the failure nothing is acknowledged; what was is there; the form that failed is one act when said again."""
    set_up(folder)
    answers = said(folder, fails_at)
    taken = [line for line in answers if line[0] == "!"]
    refused = answers[len(taken) :]
    assert len(answers) == len(FORMS)
    assert {line[2] for line in refused} == {FAILED}
    with build(folder, Clock(), who="x") as services:
        assert unsound(services) == []
        there = recorded(services)
        assert [line for line in taken if there[line[1]] != line[2]] == []
        assert there.keys() - {line[1] for line in taken} <= {refused[0][1]}  # on the disk, though an error was shown
        for form in FORMS:
            known = form.key in there
            assert say(services, form).repeated == known
            assert say(services, form).repeated
        assert services.households.count() == len(FORMS)
