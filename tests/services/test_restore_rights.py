"""Who may put a backup in the place of the data: rows H4 and C15."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sanad.__main__ import open_services
from sanad.bootstrap import build
from sanad.cli import main
from sanad.domain.errors import Refused
from sanad.domain.staff import PERMISSIONS, Credentials, Permission, Role
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from tests.backups import cheap_keys, everything, refusal
from tests.builders import a_family
from tests.people import PASSWORD, Staffed

PHRASE = "four plain words here"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture
def backup(staffed: Staffed, tmp_path: Path) -> Path:
    """A backup of the office, which went on since."""
    (tmp_path / "stick").mkdir()
    with staffed.at_desk() as services:
        made = Path(services.backups.make(tmp_path / "stick").path)
        a_family(services)
    return made


def families(staffed: Staffed) -> int:
    """How many there are now."""
    with staffed.at_desk() as services:
        return services.households.count()


def last_who(staffed: Staffed, operation: str) -> str:
    """Who did such an act last."""
    return [who for who, done in staffed.entries() if done == operation][-1]


@pytest.mark.parametrize("role", [None, *(role for role in Role if Permission.SET_UP not in PERMISSIONS[role])])
def test_h4_nobody_restores_or_undoes_without_the_right(role: Role | None, staffed: Staffed, backup: Path) -> None:
    """Whoever sits there without it, or nobody: refused before anything is closed or read; the office works on."""
    with staffed.at_desk(role) as services:
        wanted = "staff.sign_in_needed" if role is None else "staff.not_allowed"
        assert refusal(lambda: services.restores.restore(backup, PHRASE, staffed.folder)) == wanted
        assert refusal(lambda: services.restores.undo(staffed.folder)) == wanted
        services.offices.read()
    assert families(staffed) == 1


def test_c15_the_journal_names_whoever_is_signed_in(staffed: Staffed, backup: Path) -> None:
    """A manager restores and takes it back: by the name he signs in with, not by that of the computer's account."""
    with staffed.at_desk() as services:
        services.restores.restore(backup, PHRASE, staffed.folder)
    assert families(staffed) == 0
    assert last_who(staffed, "backups.restore") == Role.MANAGER
    with staffed.at_desk() as services:
        services.restores.undo(staffed.folder)
    assert families(staffed) == 1
    assert last_who(staffed, "backups.undo") == Role.MANAGER


def test_a_wrong_passphrase_leaves_the_data_open(staffed: Staffed, backup: Path) -> None:
    """It is typed again; nothing was closed for it."""
    with staffed.at_desk() as services:
        assert refusal(lambda: services.restores.restore(backup, "wrong words", staffed.folder)) == (
            "backup.wrong_passphrase"
        )
        assert services.households.count() == 1


def test_h4_data_that_are_left_closed_are_no_way_round(staffed: Staffed, backup: Path, tmp_path: Path) -> None:
    """Neither to restore nor to undo; into an empty folder everybody may who has the passphrase."""
    reference = build(None, staffed.clock).restores
    before = everything(staffed.folder)
    assert refusal(lambda: reference.restore(backup, PHRASE, staffed.folder)) == "staff.sign_in_needed"
    assert refusal(lambda: reference.undo(staffed.folder)) == "staff.sign_in_needed"
    assert everything(staffed.folder) == before
    with staffed.at_desk() as services:
        assert refusal(lambda: services.restores.undo(tmp_path / "none")) == "backup.nothing_to_undo"
        services.restores.restore(backup, PHRASE, tmp_path / "new")
        assert services.households.count() == 1
    reference.restore(backup, PHRASE, tmp_path / "newer")


@pytest.mark.parametrize("damage", ["zeros", "step", "nobody", "not ours"])
def test_b3_data_in_which_nobody_can_be_asked_are_restored_without(damage: str, staffed: Staffed, backup: Path) -> None:
    """Where the file cannot be opened, or no manager could sign in to it, the passphrase is enough."""
    file = staffed.folder / DATA_FILE
    if damage == "zeros":
        file.write_bytes(b"\x00" * 4096)
    elif damage == "not ours":
        file.unlink()
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE other (id INTEGER)")
    elif damage == "step":
        staffed.edit("DELETE FROM alembic_version")
    else:
        staffed.edit("UPDATE staff SET name = 'x' WHERE role = 'manager'")
    build(None, staffed.clock, who="صفاء").restores.restore(backup, PHRASE, staffed.folder)
    assert families(staffed) == 0
    assert last_who(staffed, "backups.restore") == "صفاء"


def test_the_command_line_asks_who_restores(
    staffed: Staffed, backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody, a clerk, a wrong password: two, and nothing changed; the manager: done, in his name; damage: nobody."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for name, words in (("phrase", PHRASE), ("right", PASSWORD), ("wrong", "not this one at all")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    restore = ["restore", str(backup), "--passphrase-file", str(tmp_path / "phrase")]

    def answer(*who: str) -> int:
        said = ["--user", who[0], "--password-file", str(tmp_path / who[1])] if who else []
        return main.run([*said, *restore], staffed.folder, open_services)

    assert answer() == 2
    assert "--user NAME --password-file FILE" in capsys.readouterr().err
    assert answer(Role.CLERK, "right") == 2
    assert "role" in capsys.readouterr().err
    assert answer(Role.MANAGER, "wrong") == 2
    assert families(staffed) == 1
    assert answer(Role.MANAGER, "right") == 0
    assert families(staffed) == 0
    assert last_who(staffed, "backups.restore") == Role.MANAGER
    (staffed.folder / DATA_FILE).write_bytes(b"\x00" * 4096)
    assert answer() == 0
    assert families(staffed) == 0


def test_an_office_without_accounts_asks_nobody(services: Services, folder: Path, tmp_path: Path) -> None:
    """Whoever sits at the computer restores, under the name of its account."""
    (tmp_path / "stick").mkdir()
    services.backups.make_key(PHRASE)
    made = Path(services.backups.make(tmp_path / "stick").path)
    services.restores.restore(made, PHRASE, folder)
    with build(folder, who="x") as again, pytest.raises(Refused, match="nothing_to_undo"):
        again.restores.undo(tmp_path / "none")
    build(None, who="x").restores.undo(folder)


def test_the_credentials_of_a_role_open_no_way(staffed: Staffed, backup: Path) -> None:
    """A researcher who opens the data by the command line's own door is refused inside as well."""
    who = Credentials(Role.RESEARCHER, PASSWORD)
    with build(staffed.folder, staffed.clock, credentials=who, steady=staffed.steady) as services:
        assert refusal(lambda: services.restores.restore(backup, PHRASE, staffed.folder)) == "staff.not_allowed"
