"""The office's key, its own backups, and how it stands with them."""

import errno
from datetime import date
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.services import Services
from sanad.store import backup
from sanad.store.folder import DataFolder
from tests.backups import PHRASE, cheap_keys, refusal
from tests.builders import TODAY, Clock, a_family


@pytest.fixture(autouse=True)
def _cheap() -> object:
    """Keys at little cost."""
    with cheap_keys():
        yield


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_the_first_backup_makes_the_key(services: Services, stick: Path) -> None:
    """It needs a passphrase; later ones need none, and check one that is given."""
    backups = services.backups
    assert not backups.has_key()
    assert refusal(lambda: backups.make(stick)) == "backup.key_needed"
    assert refusal(lambda: backups.recovery_key(PHRASE)) == "backup.key_needed"
    assert refusal(lambda: backups.make(stick, passphrase="short")) == "backup.passphrase_short"  # noqa: S106
    assert list(stick.iterdir()) == []
    backups.make(stick, passphrase=PHRASE)
    assert backups.has_key()
    assert backups.make(stick).manifest.families == 0
    backups.make(stick, passphrase=PHRASE)
    assert refusal(lambda: backups.make(stick, passphrase="not the one 12")) == "backup.wrong_passphrase"  # noqa: S106
    assert len(backup.named_in(stick)) == 3


def test_there_is_never_a_second_key(services: Services) -> None:
    """Backups of the first would be lost; its making is in the journal."""
    public = services.backups.make_key(PHRASE).value
    assert refusal(lambda: services.backups.make_key(PHRASE)) == "backup.has_key"
    last = services.today.lines(TODAY).last
    assert last is not None
    assert (last.operation, dict(last.after)) == ("backups.make_key", {"public": public})


def test_a_place_that_is_no_folder(services: Services, stick: Path) -> None:
    """Asked before a key is made."""
    assert refusal(lambda: services.backups.make(stick / "gone", passphrase=PHRASE)) == "backup.no_folder"
    assert not services.backups.has_key()


def test_the_recovery_key_is_the_one_of_the_backups(services: Services, stick: Path) -> None:
    """Whoever has the sheet needs nothing else; whoever has not the passphrase does not get it."""
    made = services.backups.make(stick, passphrase=PHRASE)
    letters = services.backups.recovery_key(PHRASE)
    assert len(letters) == 74
    assert services.restores.look(Path(made.path), letters).made_at == made.manifest.made_at
    assert refusal(lambda: services.backups.recovery_key("another phrase")) == "backup.wrong_passphrase"


def test_own_backups_follow_the_days(services: Services, clock: Clock) -> None:
    """After the first change of a day, and at closing if anything changed since; never without a key."""
    backups = services.backups
    a_family(services)
    assert backups.when_due() is None
    backups.make_key(PHRASE)
    first = backups.when_due()
    assert first is not None
    assert Path(first.path).parent == DataFolder(Path(first.path).parents[1]).backups
    assert backups.when_due() is None
    assert backups.when_due(closing=True) is None
    a_family(services)
    assert backups.when_due() is None
    assert backups.when_due(closing=True) is not None
    clock.move(days=1)
    assert backups.when_due() is None
    a_family(services)
    made = backups.when_due()
    assert made is not None
    assert made.manifest.families == 3


def test_the_status_counts_what_was_carried_away(services: Services, stick: Path, clock: Clock) -> None:
    """C4: by verified backups only, red after a week; the machine's own do not count."""
    backups = services.backups
    status = backups.status(TODAY)
    assert (status.has_key, status.days, status.changed, status.late) == (False, None, True, True)
    backups.make_key(PHRASE)
    backups.when_due()
    status = backups.status(TODAY)
    assert (status.days, status.changed, status.late) == (None, False, True)
    made = backups.make(stick)
    status = backups.status(TODAY)
    assert (status.days, status.changed, status.late) == (0, False, False)
    assert status.carried is not None
    assert (status.carried.name, status.carried.folder) == (Path(made.path).name, str(stick))
    assert backups.status(date(2026, 11, 29)).late is False
    assert (backups.status(date(2026, 11, 30)).days, backups.status(date(2026, 11, 30)).late) == (8, True)
    assert backups.status(date(2020, 1, 1)).days == 0
    a_family(services)
    assert backups.status(TODAY).changed


def test_a_failed_backup_does_not_count(services: Services, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reminder goes on."""
    services.backups.make_key(PHRASE)

    def pulled(path: Path) -> object:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(backup, "open_new", pulled)
    assert refusal(lambda: services.backups.make(stick)) == "backup.not_finished"
    assert services.backups.status(TODAY).carried is None


@pytest.mark.parametrize("torn", [b"", b"\x00" * 80, b"[]", b'{"own": {"name": 1}}'])
def test_what_remembers_them_may_be_torn(torn: bytes, services: Services, stick: Path, folder: Path) -> None:
    """A8: then nothing is remembered, and the next backup remembers again."""
    services.backups.make(stick, passphrase=PHRASE)
    DataFolder(folder).backed_up.write_bytes(torn)
    assert services.backups.status(TODAY).carried is None
    services.backups.make(stick)
    assert services.backups.status(TODAY).days == 0


def test_own_backups_where_none_can_be_kept(services: Services, folder: Path) -> None:
    """A file where their folder should be is told."""
    services.backups.make_key(PHRASE)
    DataFolder(folder).backups.write_bytes(b"")
    assert refusal(services.backups.when_due) == "data.not_writable"


def test_drives_are_asked_of_the_system(services: Services) -> None:
    """Whatever it tells, here and now."""
    assert isinstance(services.backups.drives(), tuple)


def test_a_restore_is_told_by_the_session_s_name(services: Services, stick: Path, tmp_path: Path) -> None:
    """Where nobody was named."""
    from sanad.store.folder import login

    made = services.backups.make(stick, passphrase=PHRASE)
    build(None).restores.restore(Path(made.path), PHRASE, tmp_path / "fresh")
    with build(tmp_path / "fresh", Clock()) as fresh:
        last = fresh.today.lines(TODAY).last
    assert last is not None
    assert last.who == login()
