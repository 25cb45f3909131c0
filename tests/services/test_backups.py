"""The office's key, its own backups, and how it stands with them."""

import errno
import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.health import Standing
from sanad.places import memory
from sanad.services import Services
from sanad.store import backup, vault
from sanad.store.folder import DataFolder
from tests.backups import PHRASE, cheap_keys, refusal
from tests.builders import TODAY, Clock, a_family
from tests.people import Runs


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
    assert (last.operation, last.after["public"]) == ("backups.make_key", public)


def test_a_place_that_is_no_folder(services: Services, stick: Path) -> None:
    """Asked before a key is made."""
    assert refusal(lambda: services.backups.make(stick / "gone", passphrase=PHRASE)) == "backup.no_folder"
    assert not services.backups.has_key()


def test_c17_the_recovery_sheet_is_to_be_printed_and_tried_once_a_year(services: Services, clock: Clock) -> None:
    """C17: in red until it is printed; then a reminder after a year, until its letters were read off it."""

    def sheet() -> tuple[str, Standing]:
        (fact,) = (fact for fact in services.health.facts() if fact.name == "sheet")
        return fact.state, fact.standing

    assert sheet() == ("no_key", Standing.FINE)
    public = services.backups.make_key(PHRASE).value
    assert sheet() == ("unprinted", Standing.STOP)
    letters = services.backups.recovery_key(PHRASE)
    assert sheet() == ("tried", Standing.FINE)
    clock.move(days=365)
    assert sheet() == ("tried", Standing.FINE)
    clock.move(days=1)
    assert sheet() == ("due", Standing.CARE)
    typed = " ".join(letters[at : at + 4].lower() for at in range(0, len(letters), 4))
    assert services.backups.try_sheet(typed, key="k").value == public
    assert sheet() == ("tried", Standing.FINE)
    assert services.backups.try_sheet(letters, key="k").repeated


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("four words of a passphrase", "backup.sheet_mistyped"),
        ("AGE-SECRET-KEY-1AAAA", "backup.sheet_mistyped"),
        (str(vault.make()), "backup.sheet_of_another"),
    ],
    ids=["none", "mistyped", "of another key"],
)
def test_c17_a_sheet_that_does_not_open_the_backups_is_told(services: Services, typed: str, code: str) -> None:
    """C17: at its box, and nothing is recorded."""
    services.backups.make_key(PHRASE)
    with pytest.raises(Refused) as refused:
        services.backups.try_sheet(typed, key="k")
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "sheet")]
    assert services.health.facts()[2].state == "unprinted"


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


def test_c4_the_status_counts_what_was_carried_away(services: Services, stick: Path, clock: Clock) -> None:
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
def test_a8_what_remembers_them_may_be_torn(torn: bytes, services: Services, stick: Path, folder: Path) -> None:
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


# ------------------------------------------------------------ another passphrase

NEW = "خمس كلمات أخرى تمامًا لا غير"


def key_file(folder: Path) -> bytes:
    """The key's file that lies with the backups of a folder."""
    return (folder / backup.KEY_FILE).read_bytes()


def test_the_passphrase_is_changed(services: Services, stick: Path, tmp_path: Path) -> None:
    """The key stays: backups of before open with the new one as well, once the stick was given another."""
    backups = services.backups
    first = backups.make(stick, passphrase=PHRASE)
    own = backups.when_due()
    assert own is not None
    letters, old = backups.recovery_key(PHRASE), key_file(stick)
    backups.change_passphrase(PHRASE, NEW)
    assert backups.recovery_key(NEW) == letters
    assert refusal(lambda: backups.recovery_key(PHRASE)) == "backup.wrong_passphrase"
    assert refusal(lambda: services.restores.look(Path(own.path), PHRASE)) == "backup.wrong_passphrase"
    assert services.restores.look(Path(own.path), NEW).families == 0
    assert key_file(stick) == old
    backups.make(stick)
    assert services.restores.look(Path(first.path), NEW) == first.manifest
    last = services.today.lines(TODAY).last
    assert last is not None
    assert last.operation == "backups.change_passphrase"
    assert [line for line in services.health.checks() if not line.ok] == []


def test_a_passphrase_is_not_changed_by_whoever_does_not_know_it(services: Services) -> None:
    """Nor to one that locks nothing, nor before there is a key."""
    backups = services.backups
    assert refusal(lambda: backups.change_passphrase(PHRASE, NEW)) == "backup.key_needed"
    backups.make_key(PHRASE)
    assert refusal(lambda: backups.change_passphrase("not the one 12", NEW)) == "backup.wrong_passphrase"
    assert refusal(lambda: backups.change_passphrase(PHRASE, "short")) == "backup.passphrase_short"
    assert len(backups.recovery_key(PHRASE)) == 74


def test_a_changed_passphrase_is_learnt_from_the_stick(
    services: Services, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    """A backup of before the change, restored with the new passphrase: the data know it from then on."""
    made = services.backups.make(stick, passphrase=PHRASE)
    services.backups.change_passphrase(PHRASE, NEW)
    services.backups.make(stick)
    fresh = tmp_path / "fresh"
    services.restores.restore(Path(made.path), NEW, fresh)
    with build(fresh, clock) as restored:
        assert len(restored.backups.recovery_key(NEW)) == 74
        restored.backups.make(stick)
        assert [line for line in restored.health.checks() if not line.ok] == []


def test_a_key_file_beside_the_data_that_cannot_be_replaced(services: Services, folder: Path) -> None:
    """The next backup there does it again."""
    services.backups.make_key(PHRASE)
    assert services.backups.when_due() is not None
    growing = folder / "backups" / f"{backup.KEY_FILE}.part"
    growing.mkdir()
    old = key_file(folder / "backups")
    services.backups.change_passphrase(PHRASE, NEW)
    assert key_file(folder / "backups") == old


# ------------------------------------------------------------ wrong ones


def test_c7_three_wrong_passphrases_and_then_a_wait(services: Services, stick: Path, clock: Clock, runs: Runs) -> None:
    """It doubles, a restart does not forget it, the right one ends it; and none is ever called damage."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)

    def typed(passphrase: str) -> str:
        runs.begin()  # as after a restart
        again = build(None, clock, who="x").restores
        return refusal(lambda: again.look(made, passphrase))

    assert [typed(f"wrong words {number}") for number in range(3)] == ["backup.wrong_passphrase"] * 3
    assert typed(PHRASE) == "backup.wait"
    with pytest.raises(Refused) as refused:
        services.backups.recovery_key(PHRASE)
    assert refused.value.problems[0].values == {"seconds": 30}
    runs.pass_by(clock, 29)
    assert typed(PHRASE) == "backup.wait"
    runs.pass_by(clock, 1)
    assert typed("wrong words 4") == "backup.wrong_passphrase"
    runs.pass_by(clock, 59)
    assert typed(PHRASE) == "backup.wait"
    runs.pass_by(clock, 1)
    assert services.restores.look(made, PHRASE).families == 0
    assert typed("wrong words 5") == "backup.wrong_passphrase"
    assert typed("wrong words 6") == "backup.wrong_passphrase"


@pytest.mark.parametrize("days", [-400, 400])
@pytest.mark.parametrize("kept", [True, False])
def test_h14_a_clock_that_is_set_gains_nothing_at_a_passphrase(
    days: int, kept: bool, services: Services, stick: Path, clock: Clock, runs: Runs
) -> None:
    """Set back or on, only seconds that went by count; nor is anything gained where no count can be kept."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    for number in range(3):
        refusal(partial(services.restores.look, made, f"wrong words {number}"))
        if not kept:
            shutil.rmtree(memory())
    clock.move(days=days)
    assert refusal(lambda: services.restores.look(made, PHRASE)) == "backup.wait"
    runs.pass_by(clock, 29)
    assert refusal(lambda: services.restores.look(made, PHRASE)) == "backup.wait"
    runs.pass_by(clock, 1)
    assert services.restores.look(made, PHRASE).families == 0


def test_h14_a_clock_that_was_set_back_before_the_start_gains_nothing_at_a_passphrase(
    services: Services, stick: Path, clock: Clock, runs: Runs
) -> None:
    """The wait begins anew; and it never lasts longer than it would have."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    for number in range(3):
        refusal(partial(services.restores.look, made, f"wrong words {number}"))
    clock.move(days=-400)
    for passed in (0, 29):
        clock.move(seconds=passed)
        runs.begin()
        assert refusal(lambda: services.restores.look(made, PHRASE)) == "backup.wait"
    clock.move(seconds=1)
    runs.begin()
    assert services.restores.look(made, PHRASE).families == 0


def test_c7_the_key_of_the_sheet_never_waits(services: Services, stick: Path) -> None:
    """Nobody guesses it."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    letters = services.backups.recovery_key(PHRASE)
    for number in range(4):
        refusal(partial(services.restores.look, made, f"wrong words {number}"))
    assert services.restores.look(made, letters).families == 0


@pytest.mark.parametrize(
    "torn", [b"", b"[]", b'{"wrong": "x"}', b'{"wrong": 9, "last": "never"}', b'{"wrong": 9, "last": 4}']
)
def test_c7_what_counts_the_tries_may_be_torn(torn: bytes, services: Services, stick: Path) -> None:
    """Then the count begins anew."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    refusal(lambda: services.restores.look(made, "wrong words 1"))
    (kept,) = memory().glob("passphrase-*")
    kept.write_bytes(torn)
    assert services.restores.look(made, PHRASE).families == 0
    assert not kept.exists()


def test_c7_a_memory_without_a_place_of_its_clock(services: Services, stick: Path, clock: Clock) -> None:
    """A moment that was kept without its offset is read as this computer's."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    refusal(lambda: services.restores.look(made, "wrong words 1"))
    (kept,) = memory().glob("passphrase-*")
    kept.write_text(json.dumps({"wrong": 9, "last": clock().astimezone().replace(tzinfo=None).isoformat()}))
    assert refusal(lambda: services.restores.look(made, PHRASE)) == "backup.wait"


def test_c7_a_memory_that_cannot_be_written_keeps_nobody_out(services: Services, stick: Path, runs: Runs) -> None:
    """The data matter more than the count; while the program runs, it counts all the same."""
    made = Path(services.backups.make(stick, passphrase=PHRASE).path)
    shutil.rmtree(memory())
    memory().write_bytes(b"in the way")
    for number in range(3):
        assert refusal(partial(services.restores.look, made, f"wrong {number}")) == ("backup.wrong_passphrase")
    assert refusal(lambda: services.restores.look(made, PHRASE)) == "backup.wait"
    runs.steady.seconds += 30
    assert services.restores.look(made, PHRASE).families == 0
