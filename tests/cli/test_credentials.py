"""The command line asks who is there, once an office has accounts."""

import subprocess
import sys
from pathlib import Path

import pytest

from sanad.__main__ import open_services
from sanad.cli import main
from sanad.domain.staff import Role
from tests.people import PASSWORD, Staffed


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    """A file that says the password of everybody here."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\r\n", encoding="utf-8")
    return str(file)


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def answer(staffed: Staffed, *words: str) -> int:
    """The exit status of a verb on the office's data."""
    return main.run(words, staffed.folder, open_services)


def test_a_verb_that_reads_the_data_asks_who_is_there(staffed: Staffed, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused in one plain line that says how to say it; nothing on stdout."""
    for verb in (["doctor"], ["policies", "--preview", "none.toml"]):
        assert answer(staffed, *verb) == 2
        told = capsys.readouterr()
        assert told.out == ""
    assert answer(staffed, "doctor") == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert "--user NAME --password-file FILE" in told.err


def test_with_user_and_password_it_answers(
    staffed: Staffed, password_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the journal tells who asked."""
    assert answer(staffed, "--user", Role.AUDITOR, "--password-file", password_file, "doctor") == 0
    assert "fine" in capsys.readouterr().out
    assert ("auditor", "staff.sign_in") in staffed.entries()


def test_a_role_that_may_not_is_refused(
    staffed: Staffed, password_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clerk adopts no figures."""
    revision = tmp_path / "revision.toml"
    revision.write_text("")
    who = ("--user", Role.CLERK, "--password-file", password_file)
    assert answer(staffed, *who, "policies", "--adopt", str(revision)) == 2
    assert "role" in capsys.readouterr().err


def test_a_wrong_password_is_refused(staffed: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is read, and the folder is let go of."""
    file = tmp_path / "wrong"
    file.write_text("not this one at all")
    for user in (Role.CLERK, "nobody"):
        assert answer(staffed, "--user", user, "--password-file", str(file), "doctor") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0] == lines[1]
    with staffed.at_desk(None) as services:
        assert services.staff.needed()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["--password-file", "x"], "--user"),
        (["--user", "clerk"], "--password-file"),
        (["--user", "clerk", "--password-file", "/nowhere/at/all"], "cannot be read"),
    ],
)
def test_half_of_it_is_refused(
    staffed: Staffed, said: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user without a password where nobody can type it, a password without a user, a file that is not there."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert answer(staffed, *said, "doctor") == 2
    assert told in capsys.readouterr().err


def test_the_password_is_typed_unseen(
    staffed: Staffed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody sits at the keyboard, no file is needed."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)
    assert answer(staffed, "--user", "clerk", "doctor") == 0
    assert "fine" in capsys.readouterr().out


def test_a_backup_needs_nobody(staffed: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the office's key opens it; so whoever has the machine may carry one away. It is checked as freely."""
    stick, phrase = tmp_path / "stick", tmp_path / "phrase"
    stick.mkdir()
    phrase.write_text("four plain words here")
    assert answer(staffed, "backup", str(stick)) == 0
    made = capsys.readouterr().out.strip()
    assert answer(staffed, "verify", made, "--passphrase-file", str(phrase)) == 0


def test_what_touches_no_data_needs_nobody(staffed: Staffed, capsys: pytest.CaptureFixture[str]) -> None:
    """The guides are listed as ever."""
    assert answer(staffed, "policies") == 0
    assert "karzakan-2020" in capsys.readouterr().out


def test_the_folder_may_be_named_after_the_user(staffed: Staffed, password_file: str) -> None:
    """As a person runs it, in earnest: the order of what stands before the verb does not matter."""
    command = [sys.executable, "-m", "sanad", "--user", "auditor", "--password-file", password_file]
    done = subprocess.run(
        [*command, "--data", str(staffed.folder), "doctor"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("auditor", "staff.sign_in") in staffed.entries()
