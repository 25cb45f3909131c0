"""The verbs on an encrypted folder: opened by user and password, told plainly without."""

import subprocess
import sys
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.store import keyring
from tests.backups import refusal
from tests.builders import Clock, an_office

PASSWORD = "نخلة وبحر ولؤلؤ 88"  # noqa: S105  # made up


@pytest.fixture
def encrypted(folder: Path) -> Path:
    """A data folder that is encrypted, its manager Safaa; slots and passwords at their real cost."""
    with build(folder, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        _, code = services.staff.begin("safaa", "صفاء", PASSWORD).value
        services.encryption.begin(PASSWORD, code)
    return folder


def sanad(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The program run as a person runs it."""
    command = [sys.executable, "-m", "sanad", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
    )


def test_the_doctor_opens_it_by_user_and_password(encrypted: Path, tmp_path: Path) -> None:
    """All is fine, exit 0; a wrong password and none at all are refused with 2, and nothing is told."""
    said = tmp_path / "password"
    said.write_text(PASSWORD + "\n", encoding="utf-8")
    done = sanad("--data", encrypted, "--user", "safaa", "--password-file", said, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    said.write_text("شيء آخر تماماً\n", encoding="utf-8")
    wrong = sanad("--data", encrypted, "--user", "safaa", "--password-file", said, "doctor")
    none = sanad("--data", encrypted, "doctor")
    assert [(run.returncode, run.stdout) for run in (wrong, none)] == [(2, ""), (2, "")]
    assert "encrypted" in none.stderr
    assert "Traceback" not in wrong.stderr + none.stderr


def test_a_try_costs_in_earnest_what_it_should(encrypted: Path) -> None:
    """The real cost, once: 64 MiB and three passes for every guess."""
    assert (keyring.PASSES, keyring.MEMORY, keyring.LANES) == (3, 64 * 1024, 1)
    assert refusal(lambda: keyring.unlock(encrypted / "keys", "safaa", "x")) == "staff.wrong"
