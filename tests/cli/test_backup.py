"""``sanad backup``, ``verify``, ``restore`` as they are run from outside: paths, statuses, and nothing half-done."""

import getpass
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sanad import places
from sanad.__main__ import open_services
from sanad.cli import main
from tests.backups import PHRASE, Office, everything, make_office


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office that is copied."""
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(first: Office, tmp_path: Path) -> Office:
    """An office of this test's own, whose passphrase stands in a file."""
    (tmp_path / "words").write_text(f"\ufeff{PHRASE}\r\nsecond line\n", "utf-8")
    return first.copied(tmp_path)


def sanad(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The program run as a script runs it: in English, with nobody at the keyboard."""
    return subprocess.run(
        [sys.executable, "-m", "sanad", "--data", str(data), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


def words(office: Office) -> Path:
    """The file with the passphrase."""
    return office.data.parent / "words"


def test_the_way_from_a_new_folder_to_a_new_machine(tmp_path: Path) -> None:
    """The path is printed; a second backup needs no passphrase; verified; restored elsewhere; sound there."""
    stick, phrase = tmp_path / "stick", tmp_path / "phrase"
    stick.mkdir()
    phrase.write_text("four plain words here\n")
    first = sanad(tmp_path / "data", "backup", stick, "--passphrase-file", phrase)
    assert (first.returncode, first.stderr) == (0, "")
    made = Path(first.stdout.strip())
    assert made.parent == stick
    assert made.is_file()
    assert sanad(tmp_path / "data", "backup", stick).returncode == 0
    verified = sanad(tmp_path / "none", "verify", made, "--passphrase-file", phrase)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "Families: 0" in verified.stdout
    assert not (tmp_path / "none").exists()
    restored = sanad(tmp_path / "new", "restore", made, "--passphrase-file", phrase)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert sanad(tmp_path / "new", "doctor").returncode == 0


def test_what_a_backup_holds_is_told_before_it_is_restored(office: Office) -> None:
    """Office, moment, families, last receipt; then where the data of before are."""
    done = sanad(office.data, "restore", office.backup, "--passphrase-file", words(office))
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "Office: Sample Charity Society"
    assert lines[1].startswith("Made on: 22/11/2026")
    assert lines[2:4] == ["Families: 2", "Last receipt: 2026-000001"]
    (aside,) = (office.data / "before-restore").iterdir()
    assert lines[4:] == [f"The data of before are kept in: {aside}", "The backup was restored."]


@pytest.mark.parametrize("verb", ["verify", "restore"])
def test_damage_ends_with_one(verb: str, office: Office) -> None:
    """Cut, changed, or something else: told in a line, nothing touched."""
    before = everything(office.data)
    whole = office.backup.read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:9000] + b"x" + whole[9001:], b"hello"):
        office.backup.write_bytes(content)
        done = sanad(office.data, verb, office.backup, "--passphrase-file", words(office))
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith(str(office.backup))
        assert everything(office.data) == before


def test_input_that_is_wrong_ends_with_two(office: Office) -> None:
    """A passphrase, a file or a folder that can be mended by whoever asked."""
    before = everything(office.data)
    wrong = office.data.parent / "wrong"
    wrong.write_text("these are not the words")
    for arguments in (
        ("verify", office.backup, "--passphrase-file", wrong),
        ("restore", office.backup, "--passphrase-file", wrong),
        ("verify", office.backup),
        ("verify", office.backup, "--passphrase-file", office.data / "nowhere"),
        ("verify", office.stick / "sanad-2026-01-01-001.age", "--passphrase-file", words(office)),
        ("backup", office.stick / "nowhere"),
        ("backup", office.stick, "--passphrase-file", wrong),
    ):
        done = sanad(office.data, *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert len(done.stderr.splitlines()) == 1
    assert everything(office.data) == before
    assert sanad(office.data.parent / "new", "backup", office.stick).returncode == 2


def at_the_desk(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Somebody sits at the keyboard and types this."""
    answers = iter(typed)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))


def test_the_passphrase_is_asked_for_unseen(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once where it opens something; twice where it locks, and a slip of the hand is told."""
    at_the_desk(monkeypatch, PHRASE)
    assert main.run(["verify", str(office.backup)], office.data, open_services) == 0
    new, stick = tmp_path / "new", tmp_path / "new-stick"
    stick.mkdir()
    at_the_desk(monkeypatch, "four plain words", "four plain wrods")
    assert main.run(["backup", str(stick)], new, open_services) == 2
    assert list(stick.iterdir()) == []
    at_the_desk(monkeypatch, "four plain words", "four plain words")
    assert main.run(["backup", str(stick)], new, open_services) == 0
    assert capsys.readouterr().out.endswith(".age\n")


def test_the_folder_of_the_platform_is_the_usual_one(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where none was named before the verb, and where the restored set has no data of before."""
    usual = office.data.parent / "usual"
    monkeypatch.setattr(places, "data_folder", lambda: usual)
    at_the_desk(monkeypatch, PHRASE)
    assert main.run(["restore", str(office.backup)], None, open_services) == 0
    assert "kept in" not in capsys.readouterr().out
    assert main.run(["backup", str(office.stick)], None, open_services) == 0
    assert (usual / "sanad.sqlite3").exists()
