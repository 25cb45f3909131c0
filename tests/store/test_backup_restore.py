"""A backup is restored whole or refused whole; what lay there before is kept, wherever the power goes."""

import contextlib
import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.listing import Ending
from sanad.store import swap
from sanad.store.backup import KEY_FILE
from sanad.store.folder import DATA_FILE, DataFolder, write_whole
from tests.backup_acts import a_paper, deaths, families, measured, put_back, restores
from tests.backups import PHRASE, Office, cheap_keys, everything, forged, pay, refusal
from tests.builders import TODAY, Clock, a_family, a_voucher, an_office
from tests.drivers import tool_on
from tests.paper.printing import read_back
from tests.past import PAST, as_then
from tests.soak import backup as soak

# ------------------------------------------------------------ done


def test_what_a_backup_holds_is_shown_first(office: Office) -> None:
    """Office, moment, families, last receipt; the data are not touched."""
    before = everything(office.data)
    told = restores().look(office.backup, PHRASE)
    assert (told.office("ar"), told.families, told.last_receipt) == ("جمعية النموذج الخيرية", 2, "2026-000001")
    assert told.made_at == Clock().moment
    assert everything(office.data) == before


def test_a_sound_backup_is_verified_without_a_trace(office: Office, tmp_path: Path) -> None:
    """With a data folder and on a machine that has none."""
    before = everything(office.data)
    told: list[tuple[int, int]] = []
    assert restores().verify(office.backup, PHRASE, office.data, progress=lambda *at: told.append(at)).families == 2
    assert told[-1][0] == told[-1][1]
    assert restores().verify(office.backup, PHRASE, tmp_path / "nowhere").families == 2
    assert everything(office.data) == before
    assert not (tmp_path / "nowhere").exists()
    assert not (office.data / "passing").exists()


def test_verify_leaves_what_else_is_on_its_way(office: Office) -> None:
    """Another piece of work may have its copy beside."""
    other = DataFolder(office.data).passing / "backup"
    other.mkdir(parents=True)
    restores().verify(office.backup, PHRASE, office.data)
    assert other.exists()


def test_a_restore_puts_the_backup_in_place_and_keeps_the_rest(office: Office) -> None:
    """The family that came since is aside, the journal says who restored what and when."""
    with build(office.data, Clock()) as services:
        a_family(services)
    aside = put_back(office)
    assert aside == str(office.data / "before-restore" / "2026-11-23-090000")
    with build(office.data, Clock(), who="x") as services:
        last = services.today.lines(TODAY).last
        assert last is not None
        assert (last.operation, last.who) == ("backups.restore", "علي")
        assert last.after["backup"] == office.backup.name
    assert families(office.data) == 2
    shutil.move(aside, office.data.parent / "aside")
    assert families(office.data.parent / "aside") == 3


def test_a_restore_into_a_new_machine(office: Office, tmp_path: Path) -> None:
    """An empty place gets the data, nothing aside, and can be backed up to the same stick without a passphrase."""
    fresh = tmp_path / "fresh" / "data"
    assert restores().restore(office.backup, PHRASE, fresh).aside is None
    assert families(fresh) == 2
    assert not DataFolder(fresh).before_restores.exists()
    with build(fresh, Clock()) as services:
        assert services.backups.make(office.stick).manifest.families == 2


def test_c17_the_recovery_sheet_opens_without_key_file_and_passphrase(office: Office) -> None:
    """C17: the drill, from the sheet to the restored data."""
    with build(office.data, Clock()) as services:
        letters = services.backups.recovery_key(PHRASE)
    (office.stick / KEY_FILE).unlink()
    assert restores().restore(office.backup, letters.lower(), office.data).manifest.families == 2


def test_two_restores_within_a_second_keep_both(office: Office) -> None:
    """No set aside is ever written over."""
    assert put_back(office) != put_back(office)
    assert len(list(DataFolder(office.data).before_restores.iterdir())) == 2


def test_c12_what_a_crash_left_goes_aside_with_its_file(office: Office) -> None:
    """C12: the log beside the present file never meets the restored one, and the present set stays whole."""
    services = build(office.data, Clock())
    a_family(services)
    crashed = office.data.parent / "crashed"
    shutil.copytree(office.data, crashed)
    services.close()
    left = Office(crashed, office.stick, office.backup)
    assert (crashed / f"{DATA_FILE}-wal").stat().st_size
    aside = put_back(left)
    assert aside is not None
    assert (Path(aside) / f"{DATA_FILE}-wal").exists()
    assert families(crashed) == 2
    shutil.move(aside, office.data.parent / "aside")
    assert families(office.data.parent / "aside") == 3


@pytest.mark.parametrize("broken", ["missing", "noise", "empty"])
def test_a_restore_where_the_data_are_lost(broken: str, office: Office) -> None:
    """That is what it is for: a damaged or missing file is no obstacle."""
    file = office.data / DATA_FILE
    if broken == "missing":
        file.unlink()
    else:
        file.write_bytes(b"\x00" * 40_000 if broken == "noise" else b"")
    assert refusal(lambda: build(office.data, Clock())) in ("data.missing", "data.not_ours", "data.damaged")
    aside = put_back(office)
    assert (aside is None) == (broken == "missing")
    assert families(office.data) == 2


def test_papers_are_restored_and_those_of_before_kept(office: Office) -> None:
    """Each set keeps its own."""
    first = a_paper(office, b"first")
    with build(office.data, Clock()) as services:
        made = services.backups.make(office.stick)
    first.unlink()
    second = a_paper(office, b"second")
    aside = put_back(Office(office.data, office.stick, Path(made.path)))
    assert aside is not None
    assert [path.name for path in DataFolder(office.data).attachments.iterdir()] == [first.name]
    assert [path.name for path in (Path(aside) / "attachments").iterdir()] == [second.name]
    put_back(office)
    assert not DataFolder(office.data).attachments.exists()


def test_c15_numbers_given_out_since_are_passed_over(office: Office) -> None:
    """C15: receipt 2 is on somebody's paper; the next one is 3, and the doctor knows why."""
    with build(office.data, Clock()) as services:
        pay(services)
    put_back(office)
    with build(office.data, Clock(), who="x") as services:
        clock = Clock()
        clock.move(days=2)
    with build(office.data, clock, who="x") as services:
        pay(services)
        assert services.backups.make(office.stick).manifest.last_receipt == "2026-000003"
    assert families(office.data) == 3


def test_c15_the_next_receipt_says_what_was_restored(office: Office) -> None:
    """C15: by whom, when, and from the backup of which day; those before it and after it do not."""
    put_back(office)
    clock = Clock()
    clock.move(days=2)
    with build(office.data, clock, who="x") as services:
        made = [a_voucher(services) for _ in range(2)]
        for voucher in made:
            services.payments.receive(voucher.id, "حسن علي أحمد", TODAY, key=voucher.id)
        with contextlib.closing(tool_on(office.data / DATA_FILE)) as raw:
            vouchers = [id_ for (id_,) in raw.execute("SELECT voucher FROM receipts ORDER BY number")]
        printed = [read_back(services.papers.receipt(voucher, TODAY))[0] for voucher in vouchers]
    assert vouchers[1:] == [voucher.id for voucher in made]
    assert ["استُعيدت البيانات" in page for page in printed] == [False, True, False]
    assert all(part in printed[1] for part in ("23/11/2026", "علي", "من نسخة", "22/11/2026"))


def test_a_series_that_began_since_is_passed_over_too(office: Office) -> None:
    """Next year's first receipt was given out before the restore."""
    with contextlib.closing(tool_on(office.data / DATA_FILE)) as raw:
        raw.execute("INSERT INTO numbers VALUES ('receipt-2027', 4)")
        raw.commit()
    put_back(office)
    assert families(office.data) == 2
    with contextlib.closing(tool_on(office.data / DATA_FILE)) as raw:
        assert raw.execute("SELECT last FROM numbers WHERE series = 'receipt-2027'").fetchone() == (4,)


def test_numbers_of_other_data_are_not_passed_over(office: Office, tmp_path: Path) -> None:
    """Data that did not come from this backup tell nothing about its numbers."""
    other = tmp_path / "other"
    with build(other, Clock()) as services:
        services.offices.set_up(an_office_like(office))
        for _ in range(3):
            pay(services)
    put_back(Office(other, office.stick, office.backup))
    with contextlib.closing(tool_on(other / DATA_FILE)) as raw:
        assert raw.execute("SELECT last FROM numbers WHERE series = 'receipt-2026'").fetchone() == (1,)


def an_office_like(office: Office) -> Any:
    """The settings in the office's data."""
    with build(office.data, Clock()) as services:
        return services.offices.read()


@pytest.mark.parametrize("step", PAST)
def test_c14_an_older_backup_is_brought_to_today(step: str, plain_only: None, office: Office) -> None:
    """C14: one of every step there ever was is verified, restored and migrated, with its families and its money."""
    then, file, paid = office.data.parent / "then", office.data.parent / "older.sqlite3", step != PAST[0]
    with build(then, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        for _ in range(3):
            a_family(services)
        if paid:  # the first program kept no guide beside what was assessed, of which today's journal tells
            pay(services)
    as_then(then, file, step)
    told = measured(file)
    forged(office, file.read_bytes(), step=step, **told)
    assert restores().verify(office.backup, PHRASE, office.data).step == step
    put_back(office)
    assert families(office.data) == told["counts"]["households"] == 3 + paid
    after = measured(office.data / DATA_FILE)
    assert (after["totals"], after["numbers"]) == (told["totals"], told["numbers"])
    assert bool(after["totals"]["receipts"]) == paid


# ------------------------------------------------------------ cut short


def test_a6_a_restore_cut_anywhere_ends_with_one_of_both(office: Office) -> None:
    """A6: killed at each step, the next start has the old data or the new, whole, and says which."""
    a_paper(office, b"of the backup")
    with build(office.data, Clock()) as services:
        made = services.backups.make(office.stick)
        a_family(services)
    a_paper(office, b"of the present")
    whole = Office(office.data, office.stick, Path(made.path))
    present = office.data.parent / "present"
    shutil.copytree(office.data, present)
    seen, endings = set(), set()
    for _ in deaths(lambda: put_back(whole)):
        folder = DataFolder(office.data)
        begun, prepared = folder.swapping.exists(), folder.restored.exists()
        with build(office.data, Clock(), who="x") as services:
            count, view = services.households.count(), services.today.lines(TODAY)
        endings.add(view.ending)
        if begun or prepared:
            assert view.ending is (Ending.RESTORED if begun else Ending.NOT_RESTORED)
            assert count == (2 if begun else 3)
        if view.ending is Ending.RESTORED:
            assert view.restore is not None
            assert view.restore.after["backup"] == whole.backup.name
        papers = sorted(path.read_bytes() for path in DataFolder(office.data).attachments.iterdir())
        seen.add(count)
        with build(office.data, Clock(), who="x") as services:
            last = services.today.lines(TODAY).last
            assert last is not None
            assert (last.operation == "backups.restore") == (count == 2)
        assert papers == ([b"of the backup"] if count == 2 else [b"of the backup", b"of the present"])
        assert not DataFolder(office.data).passing.exists()
        if count == 2:
            (aside,) = DataFolder(office.data).before_restores.iterdir()
            assert {"attachments", DATA_FILE} <= {path.name for path in aside.iterdir()}
        shutil.rmtree(office.data)
        shutil.copytree(present, office.data)
    assert seen == {2, 3}
    assert {Ending.RESTORED, Ending.NOT_RESTORED} <= endings


@pytest.mark.parametrize("mark", [b"", b"\x00" * 60, b"[]", b'{"aside": "../..", "carried": []}', b'{"aside": 1}'])
def test_a8_a_mark_that_is_not_whole_moves_nothing(mark: bytes, office: Office) -> None:
    """A8: it was never finished, so neither was anything after it begun."""
    folder = DataFolder(office.data)
    before = (office.data / DATA_FILE).read_bytes()
    folder.restored.mkdir(parents=True)
    (folder.restored / DATA_FILE).write_bytes(b"never whole")
    folder.swapping.write_bytes(mark)
    swap.resume(folder)
    assert not folder.swapping.exists()
    assert (office.data / DATA_FILE).read_bytes() == before


def test_c19_plain_copies_are_gone_at_the_next_start(office: Office) -> None:
    """C19: whatever a kill left of a restore or a look is removed."""
    folder = DataFolder(office.data)
    (folder.passing / "verify-1").mkdir(parents=True)
    (folder.passing / "verify-1" / DATA_FILE).write_bytes(b"plain")
    assert families(office.data) == 2
    assert not folder.passing.exists()


def test_a_swap_that_the_system_stops_is_finished_later(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark stays with the restored set, and the next start goes on."""
    with build(office.data, Clock()) as services:
        a_family(services)
    resume, calls = swap.resume, []

    def once(folder: DataFolder) -> None:
        calls.append(folder)
        if len(calls) > 1:
            raise OSError(errno.EACCES, "Permission denied")
        resume(folder)

    with monkeypatch.context() as patched:
        patched.setattr(swap, "resume", once)
        assert refusal(lambda: put_back(office)) == "data.not_writable"
    assert DataFolder(office.data).swapping.exists()
    assert families(office.data) == 2


def test_small_files_are_whole_in_letters_and_bytes(tmp_path: Path) -> None:
    """The office key is bytes, a mark is letters."""
    write_whole(tmp_path / "a", "سند")
    write_whole(tmp_path / "b", b"\x00\xff")
    assert (tmp_path / "a").read_text("utf-8") == "سند"
    assert (tmp_path / "b").read_bytes() == b"\x00\xff"


def test_c5_a_short_soak_of_damaged_backups(tmp_path: Path) -> None:
    """C5: forty of the thousand of ``make soak-backup``, all refused."""
    with cheap_keys():
        told = soak.soak(40, tmp_path)
    assert sum(told.values()) == 120
    assert told["backup.wrong_passphrase"] >= 6


def test_c5_damaged_backups_are_told_from_sound_ones(plain_only: None, tmp_path: Path) -> None:
    """A hundred of the ten thousand of ``make soak-backup``."""
    with cheap_keys():
        assert sum(soak.looks(100, tmp_path).values()) == 100


def test_i6_damaged_data_files_in_rightly_sealed_backups(plain_only: None, tmp_path: Path) -> None:
    """A hundred of the five thousand of ``make soak-backup``: none is taken that holds something else."""
    with cheap_keys():
        met = soak.data_files(100, tmp_path)
    assert met["backup.damaged"] > 50


def test_c12_restores_over_what_a_crash_left(plain_only: None, tmp_path: Path) -> None:
    """A few of the two hundred of ``make soak-backup``: cut logs, lost indexes; none of it meets the restored file."""
    with cheap_keys():
        assert sum(soak.crashes(5, tmp_path).values()) == 5
