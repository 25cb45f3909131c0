"""Before a restore the present data are compared and backed up; afterwards they can be put back as they were."""

import contextlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from sanad.bootstrap import build
from sanad.domain.listing import Ending
from sanad.store import database, faults, upgrade
from sanad.store.folder import DATA_FILE, DataFolder
from tests.backup_acts import a_paper, deaths, families, put_back, restores
from tests.backups import PHRASE, Office, everything, pay, refusal
from tests.builders import TODAY, Clock, a_family
from tests.drivers import tool_on

# ------------------------------------------------------------ both sides


def test_c10_both_sides_are_told_before_a_restore(office: Office) -> None:
    """Dates, families, totals and last receipts of each, and what would be lost; the folder may be open."""
    clock = Clock()
    clock.move(days=2)
    with build(office.data, clock) as services:
        a_family(services)
        pay(services)
        told = restores().compare(office.backup, PHRASE, office.data)
    assert told.present is not None
    assert (told.backup.families, told.present.families) == (2, 4)
    assert (told.backup.last_receipt, told.present.last_receipt) == ("2026-000001", "2026-000002")
    assert (told.backup.totals["receipts"], told.present.totals["receipts"]) == (30_000, 60_000)
    assert told.present.made_at == clock()
    assert (told.continues, told.damaged) == (True, False)
    assert (told.lost_families, told.lost_receipts, told.lost_paid) == (2, 1, 30_000)
    assert told.lost_entries == told.present.journal_entries - told.backup.journal_entries


def test_c10_a_backup_of_other_data_would_lose_all(office: Office, tmp_path: Path) -> None:
    """Nothing of what lies here is in it."""
    with build(tmp_path / "other", Clock()) as services:
        a_family(services)
    told = restores().compare(office.backup, PHRASE, tmp_path / "other")
    assert (told.continues, told.lost_families, told.lost_receipts) == (False, 1, 0)


def test_c10_nothing_is_lost_where_nothing_is(office: Office, tmp_path: Path) -> None:
    """A new machine, and one whose data cannot be read."""
    told = restores().compare(office.backup, PHRASE, tmp_path / "new")
    assert (told.present, told.damaged, told.lost_entries, told.lost_paid) == (None, False, 0, 0)
    assert not (tmp_path / "new").exists()
    for content in (b"", b"\x00" * 40_000):
        (office.data / DATA_FILE).write_bytes(content)
        told = restores().compare(office.backup, PHRASE, office.data)
        assert (told.present, told.damaged) == (None, True)


def test_an_office_that_recorded_nothing_yet(office: Office, tmp_path: Path) -> None:
    """Its data are of now."""
    with build(tmp_path / "new", Clock()):
        pass
    told = restores().compare(office.backup, PHRASE, tmp_path / "new")
    assert told.present is not None
    assert (told.present.made_at, told.lost_entries) == (Clock()(), 0)


def test_what_nobody_of_ours_wrote_is_damage(office: Office) -> None:
    """A moment that is none cannot be compared."""
    with contextlib.closing(tool_on(office.data / DATA_FILE)) as raw:
        raw.execute("DROP TRIGGER journal_refuse_update")
        raw.execute("UPDATE journal SET at = 'never'")
        raw.commit()
    assert restores().compare(office.backup, PHRASE, office.data).damaged
    assert put_back(office) is not None
    assert families(office.data) == 2


# ------------------------------------------------------------ backed up first


def test_c10_the_present_is_backed_up_first(office: Office) -> None:
    """Beside the data, verified, under the same key; the journal tells which."""
    with build(office.data, Clock()) as services:
        a_family(services)
    clock = Clock()
    clock.move(days=1)
    told: list[tuple[int, int]] = []
    done = restores(clock).restore(office.backup, PHRASE, office.data, progress=lambda *at: told.append(at))
    assert done.before is not None
    assert Path(done.before).parent == office.data / "backups"
    assert restores(clock).verify(Path(done.before), PHRASE, office.data).families == 3
    with build(office.data, Clock()) as services:
        last = services.today.lines(TODAY).last
    assert last is not None
    assert last.after["before"] == Path(done.before).name
    assert [at for at, _ in told] == sorted(at for at, _ in told)
    assert told[-1][0] == told[-1][1]


def test_c10_a_present_that_cannot_be_backed_up_stops_a_restore(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no room for it: nothing is changed."""
    before = (office.data / DATA_FILE).read_bytes()
    asked: list[Path] = []

    def usage(path: Path) -> SimpleNamespace:
        asked.append(path)
        return SimpleNamespace(free=10**12 if len(asked) == 1 else 1000)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert refusal(lambda: put_back(office)) == "backup.no_room"
    assert (office.data / DATA_FILE).read_bytes() == before
    assert not (office.data / "passing").exists()


@pytest.mark.parametrize("way", ["no key", "older", "unsound", "nonsense", "no moment"])
def test_a_present_that_is_not_sound_is_kept_aside_only(way: str, office: Office) -> None:
    """That is what a backup is restored for."""
    file = office.data / DATA_FILE
    statements = {
        "unsound": "UPDATE numbers SET last = last + 1 WHERE series LIKE 'receipt%'",
        "no moment": "DROP TRIGGER office_key_refuse_update; UPDATE office_key SET made_at = 'never'",
        "nonsense": "DROP TRIGGER journal_refuse_update; UPDATE journal SET at = 'never'",
    }
    if way == "older":
        file.unlink()
        with contextlib.closing(database.connect(file, mode="rwc", differently=upgrade.STEPPING)) as old:
            old.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
            upgrade.climb(old, "0001")
    elif way == "no key":
        shutil.rmtree(office.data)
        with build(office.data, Clock()) as services:
            a_family(services)
    else:
        with contextlib.closing(tool_on(file)) as raw:
            raw.executescript(statements[way])
    done = restores().restore(office.backup, PHRASE, office.data)
    assert done.before is None
    assert done.aside is not None
    assert (Path(done.aside) / DATA_FILE).exists()
    assert families(office.data) == 2


def test_own_backups_of_another_key_are_left_alone(office: Office, tmp_path: Path) -> None:
    """A training office's data make way for the real ones, whose own backups go beside."""
    trial = tmp_path / "trial"
    with build(trial, Clock()) as services:
        services.backups.make_key("trial words for it")
        first = services.backups.when_due()
    assert first is not None
    restores().restore(office.backup, PHRASE, trial)
    with build(trial, Clock()) as services:
        made = services.backups.when_due(closing=True)
    assert made is not None
    assert Path(made.path).parent.parent == trial / "backups"
    assert Path(first.path).exists()
    assert restores().look(Path(made.path), PHRASE).families == 2


# ------------------------------------------------------------ undone


def test_c10_a_restore_is_undone(office: Office) -> None:
    """The family that came since is back, with its papers; what was restored is aside."""
    with build(office.data, Clock()) as services:
        a_family(services)
    paper = a_paper(office, b"brought since")
    assert restores().undoable(office.data) is None
    aside = put_back(office)
    told = restores().undoable(office.data)
    assert told is not None
    assert (told.backup, told.since) == (office.backup.name, 0)
    clock = Clock()
    clock.move(days=3)
    watched: list[tuple[int, int]] = []
    done = restores(clock).undo(office.data, progress=lambda *at: watched.append(at))
    assert done.manifest.families == 3
    assert families(office.data) == 3
    assert paper.read_bytes() == b"brought since"
    assert done.aside is not None
    assert Path(done.aside).is_dir()
    assert aside is not None
    assert not Path(aside).exists()
    assert watched[-1][0] == watched[-1][1]
    assert restores().undoable(office.data) is None
    assert refusal(lambda: restores().undo(office.data)) == "backup.nothing_to_undo"
    with build(office.data, Clock(), who="x") as services:
        last = services.today.lines(TODAY).last
        assert last is not None
        assert (last.operation, last.who) == ("backups.undo", "علي")
    shutil.move(done.aside, office.data.parent / "aside")
    assert families(office.data.parent / "aside") == 2


def test_c15_numbers_given_out_before_an_undo_are_passed_over(office: Office) -> None:
    """Receipt 2 was printed from the restored data; the next one of the old data is 3."""
    put_back(office)
    clock = Clock()
    clock.move(days=2)
    with build(office.data, clock) as services:
        pay(services)
    told = restores().undoable(office.data)
    assert told is not None
    assert told.since > 0
    restores(clock).undo(office.data)
    with build(office.data, clock) as services:
        pay(services)
        assert services.backups.make(office.stick).manifest.last_receipt == "2026-000003"
    assert families(office.data) == 3


def test_c12_an_undo_takes_in_what_a_crash_left(office: Office) -> None:
    """C12: the log beside the old file is part of it."""
    services = build(office.data, Clock())
    a_family(services)
    crashed = office.data.parent / "crashed"
    shutil.copytree(office.data, crashed)
    services.close()
    restores().restore(office.backup, PHRASE, crashed)
    restores().undo(crashed)
    assert families(crashed) == 3


def test_a6_an_undo_cut_anywhere_ends_with_one_of_both(office: Office) -> None:
    """A6: killed at each step, the next start has the one set or the other, whole, and both are still there."""
    with build(office.data, Clock()) as services:
        a_family(services)
    put_back(office)
    restored = office.data.parent / "restored"
    shutil.copytree(office.data, restored)
    seen, endings = set(), set()
    for _ in deaths(lambda: restores().undo(office.data)):
        begun = DataFolder(office.data).swapping.exists()
        with build(office.data, Clock(), who="x") as services:
            ending = services.today.lines(TODAY).ending
        endings.add(ending)
        count = families(office.data)
        if begun:
            assert (ending, count) == (Ending.UNDONE, 3)
        seen.add(count)
        assert not DataFolder(office.data).passing.exists()
        if count == 2:
            assert restores().undoable(office.data) is not None
        shutil.rmtree(office.data)
        shutil.copytree(restored, office.data)
    assert seen == {2, 3}
    assert {Ending.UNDONE, Ending.NOT_RESTORED} <= endings


def test_what_cannot_be_undone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay there before is damaged, gone, or has no room; nothing is changed then."""
    aside = put_back(office)
    assert aside is not None
    old = Path(aside) / DATA_FILE
    whole = old.read_bytes()
    before = everything(office.data)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        assert refusal(lambda: restores().undo(office.data)) == "backup.no_room"
    assert everything(office.data) == before
    content = bytearray(whole)
    content[39] ^= 5  # pages that are said to be free, and are not there
    old.write_bytes(content)
    assert refusal(lambda: restores().undo(office.data)) == "backup.aside_damaged"
    old.write_bytes(b"\x00" * 5000)
    assert refusal(lambda: restores().undo(office.data)) == "backup.aside_damaged"
    with monkeypatch.context() as patched:
        patched.setattr(faults, "is_damage", lambda _: False)  # any other error of the library
        assert refusal(lambda: restores().undo(office.data)) == "data.damaged"
    old.unlink()
    assert restores().undoable(office.data) is None
    assert families(office.data) == 2


@pytest.mark.parametrize("state", ["missing", "noise"])
def test_nothing_can_be_undone_where_nothing_can_be_read(state: str, office: Office) -> None:
    """The present data say what was restored; without them nothing is known of it."""
    put_back(office)
    if state == "missing":
        (office.data / DATA_FILE).unlink()
    else:
        (office.data / DATA_FILE).write_bytes(b"\x00" * 5000)
    assert restores().undoable(office.data) is None


def test_c11_an_undo_waits_for_nobody_else(office: Office) -> None:
    """C11: the program that is open there goes first."""
    put_back(office)
    with build(office.data, Clock()):
        assert refusal(lambda: restores().undo(office.data)) == "data.in_use"
