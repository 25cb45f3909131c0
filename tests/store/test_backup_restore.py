"""A backup is restored whole or refused whole; what lay there before is kept, wherever the power goes."""

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sanad import bootstrap
from sanad.bootstrap import build
from sanad.domain.errors import Bug, Refused
from sanad.services.backups import Restores
from sanad.store import archive, copies, database, manifest, restore, swap, upgrade
from sanad.store.backup import KEY_FILE
from sanad.store.folder import DATA_FILE, DataFolder, write_whole
from tests.backups import PHRASE, Office, block, cheap_keys, everything, forged, opened, pay, refusal, sealed
from tests.builders import TODAY, Clock, a_family
from tests.soak import backup as soak
from tests.store.test_backup import a_paper, deaths


def restores(clock: Clock | None = None) -> Restores:
    """What needs no open data folder."""
    return bootstrap.build(None, clock or Clock(), who="علي").restores


def put_back(office: Office, **watching: Any) -> str | None:
    """Restore the office's backup over its data, a day later; where the data of before are."""
    clock = Clock()
    clock.move(days=1)
    return restores(clock).restore(office.backup, PHRASE, office.data, **watching).aside


def families(folder: Path) -> int:
    """How many families the folder holds, after a look whether it all agrees."""
    with build(folder, Clock(), who="x") as services:
        assert [line for line in services.health.checks() if not line.ok] == []
        return services.households.count()


def both(office: Office, code: str, passphrase: str = PHRASE) -> None:
    """Neither verify nor restore takes the backup; the data stay as they are, to the byte."""
    before = everything(office.data)
    assert refusal(lambda: restores().verify(office.backup, passphrase, office.data)) == code
    assert refusal(lambda: restores().restore(office.backup, passphrase, office.data)) == code
    assert everything(office.data) == before
    assert not (office.data / "passing").exists()


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


def test_the_recovery_sheet_opens_without_key_file_and_passphrase(office: Office) -> None:
    """C17: the drill, from the sheet to the restored data."""
    with build(office.data, Clock()) as services:
        letters = services.backups.recovery_key(PHRASE)
    (office.stick / KEY_FILE).unlink()
    assert restores().restore(office.backup, letters.lower(), office.data).manifest.families == 2


def test_two_restores_within_a_second_keep_both(office: Office) -> None:
    """No set aside is ever written over."""
    assert put_back(office) != put_back(office)
    assert len(list(DataFolder(office.data).before_restores.iterdir())) == 2


def test_what_a_crash_left_goes_aside_with_its_file(office: Office) -> None:
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


def test_numbers_given_out_since_are_passed_over(office: Office) -> None:
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


def test_a_series_that_began_since_is_passed_over_too(office: Office) -> None:
    """Next year's first receipt was given out before the restore."""
    with contextlib.closing(sqlite3.connect(office.data / DATA_FILE)) as raw:
        raw.execute("INSERT INTO numbers VALUES ('receipt-2027', 4)")
        raw.commit()
    put_back(office)
    assert families(office.data) == 2
    with contextlib.closing(sqlite3.connect(office.data / DATA_FILE)) as raw:
        assert raw.execute("SELECT last FROM numbers WHERE series = 'receipt-2027'").fetchone() == (4,)


def test_numbers_of_other_data_are_not_passed_over(office: Office, tmp_path: Path) -> None:
    """Data that did not come from this backup tell nothing about its numbers."""
    other = tmp_path / "other"
    with build(other, Clock()) as services:
        services.offices.set_up(an_office_like(office))
        for _ in range(3):
            pay(services)
    put_back(Office(other, office.stick, office.backup))
    with contextlib.closing(sqlite3.connect(other / DATA_FILE)) as raw:
        assert raw.execute("SELECT last FROM numbers WHERE series = 'receipt-2026'").fetchone() == (1,)


def an_office_like(office: Office) -> Any:
    """The settings in the office's data."""
    with build(office.data, Clock()) as services:
        return services.offices.read()


def test_an_older_backup_is_brought_to_today(office: Office) -> None:
    """C14: one of the first released step is restored and migrated; it had no office key yet."""
    file = office.data.parent / "older.sqlite3"
    with contextlib.closing(database.connect(file, mode="rwc", differently=upgrade.STEPPING)) as old:
        old.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        upgrade.climb(old, "0001")
    forged(office, file.read_bytes(), step="0001", **measured(file))
    assert restores().verify(office.backup, PHRASE, office.data).step == "0001"
    put_back(office)
    assert families(office.data) == 0


def measured(file: Path) -> dict[str, Any]:
    """What the manifest of a data file says of it."""
    from sanad.store.copies import looking
    from sanad.store.manifest import measure

    with looking(file) as connection:
        told = measure(connection, Clock().moment, ())
    names = ("office_ar", "office_en", "currency", "counts", "totals", "numbers", "journal_head", "journal_entries")
    return {name: getattr(told, name) for name in names}


# ------------------------------------------------------------ refused


def test_a_wrong_passphrase_is_not_damage(office: Office) -> None:
    """C7: nothing is written."""
    both(office, "backup.wrong_passphrase", "four other words 12")


def test_a_missing_key_file_and_a_missing_backup(office: Office) -> None:
    """Each is told with its name."""
    (office.stick / KEY_FILE).unlink()
    both(office, "backup.key_missing")
    office.backup.unlink()
    both(office, "backup.missing")


def test_a_backup_that_cannot_be_read(office: Office) -> None:
    """A folder of that name, or a drive that is gone."""
    office.backup.unlink()
    office.backup.mkdir()
    both(office, "backup.unreadable")


def test_a_damaged_or_hostile_key_file(office: Office) -> None:
    """C8: told apart from a wrong passphrase."""
    key = office.stick / KEY_FILE
    whole = key.read_bytes()
    key.write_bytes(whole[:-3])
    both(office, "backup.key_damaged")
    key.write_bytes(whole.replace(b" 8\n", b" 40\n", 1))
    both(office, "backup.key_hostile")


def test_a_backup_of_another_key(office: Office, tmp_path: Path) -> None:
    """The file is whole, but nobody here can open it."""
    stick = tmp_path / "theirs"
    stick.mkdir()
    with build(tmp_path / "other", Clock()) as services:
        made = services.backups.make(stick, passphrase="four other words 12")  # noqa: S106  # made up
    shutil.copy(made.path, office.backup)
    both(office, "backup.other_key")
    assert refusal(lambda: restores().look(office.backup, PHRASE)) == "backup.other_key"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n" + b"0" * 4000,
        b"SQLite format 3\x00" + b"0" * 4000,
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 7\nAAAA\n--- AAAA\n",
        b"age-encryption.org/v1\n-> ssh-rsa AAAA\nAAAA\n--- AAAA\n",
        b"age-encryption.org/v1\n-> X25519 AAAA\n" + b"A" * 100_000,
    ],
    ids=["empty", "pdf", "sqlite", "a passphrase's", "another recipient's", "no end of a header"],
)
def test_another_file_under_the_name_of_a_backup(content: bytes, office: Office) -> None:
    """It is not ours, whatever it is."""
    office.backup.write_bytes(content)
    both(office, "backup.not_ours")


def test_a_backup_that_asks_for_too_much_work(office: Office) -> None:
    """Refused from its header, before the library sees it."""
    office.backup.write_bytes(b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAA\n--- AAAA\n")
    both(office, "backup.key_hostile")


def members(office: Office) -> tuple[bytes, bytes]:
    """The two members of the office's backup as they lie in its tar."""
    told, data = opened(office)
    return block(archive.MANIFEST, manifest.dump(told)), block(DATA_FILE, data)


HOSTILE: dict[str, Callable[[bytes, bytes, bytes], tuple[bytes, ...]]] = {
    "a third member": lambda told, data, plain: (told, data, block("evil.txt", b"x")),
    "only a manifest": lambda told, data, plain: (told,),
    "nothing": lambda told, data, plain: (),
    "the other order": lambda told, data, plain: (data, told),
    "two data files": lambda told, data, plain: (told, data, data),
    "out of its folder": lambda told, data, plain: (told, block("../../evil.sqlite3", plain)),
    "an absolute path": lambda told, data, plain: (told, block("/etc/passwd", plain)),
    "a device's name": lambda told, data, plain: (told, block("CON", plain)),
    "a trailing dot": lambda told, data, plain: (told, block(f"{DATA_FILE}.", plain)),
    "a twin in capitals": lambda told, data, plain: (told, block(DATA_FILE.upper(), plain)),
    "a link": lambda told, data, plain: (told, block(DATA_FILE, b"", type=b"2", linkname="/etc/passwd")),
    "a folder": lambda told, data, plain: (told, block(DATA_FILE, b"", type=b"5")),
    "another owner": lambda told, data, plain: (told, block(DATA_FILE, plain, uid=1000)),
    "a longer file": lambda told, data, plain: (told, block(DATA_FILE, plain + b"x")),
    "a changed file": lambda told, data, plain: (told, block(DATA_FILE, plain[:-1] + b"x")),
    "a manifest of noise": lambda told, data, plain: (block(archive.MANIFEST, b"\xff{"), data),
    "a manifest of a list": lambda told, data, plain: (block(archive.MANIFEST, b"[]"), data),
    "an empty manifest": lambda told, data, plain: (block(archive.MANIFEST, b""), data),
    "a manifest with a tail": lambda told, data, plain: (told[:-1] + b"x", data),
    "a manifest too large": lambda told, data, plain: (block(archive.MANIFEST, b"", size=1 << 40), data),
    "no header": lambda told, data, plain: (b"x" * 512, data),
    "noise after the file": lambda told, data, plain: (told, data, b"x" * 512),
}


@pytest.mark.parametrize("way", HOSTILE)
def test_a_hostile_archive_is_refused(way: str, office: Office) -> None:
    """I5: though rightly encrypted. Names are never taken from it."""
    told, data = members(office)
    sealed(office, *HOSTILE[way](told, data, opened(office)[1]))
    both(office, "backup.damaged")
    assert not list(office.data.parent.glob("**/evil*"))


def test_an_archive_that_ends_too_soon_or_too_late(office: Office) -> None:
    """Its two last blocks are two, and the last."""
    told, data = members(office)
    for end in (b"", bytes(512), bytes(2048), bytes(1023) + b"x"):
        sealed(office, told, data, end=end)
        both(office, "backup.damaged")


@pytest.mark.parametrize(
    "said",
    [
        {"counts": {"households": 3}},
        {"totals": {"vouchers": 1, "receipts": 1}},
        {"numbers": {}},
        {"journal_head": ""},
        {"journal_entries": 0},
        {"step": "0002"},
        {"step": "0000"},
        {"step": "000"},
        {"office_ar": "جمعية أخرى"},
        {"parts": ()},
    ],
    ids=lambda said: next(iter(said)),
)
def test_a_manifest_that_tells_another_story(said: dict[str, Any], office: Office) -> None:
    """C6: counts, totals, last numbers and the journal must be those of the file."""
    forged(office, opened(office)[1], **said)
    both(office, "backup.damaged")


def test_a_manifest_in_another_spelling(office: Office) -> None:
    """What we write has one spelling; a key that we do not know is none of ours."""
    told, data = opened(office)
    for spelt in (manifest.dump(told).replace(b":", b": ", 1), manifest.dump(told).replace(b"{", b'{"a":1,', 1)):
        sealed(office, block(archive.MANIFEST, spelt), block(DATA_FILE, data))
        both(office, "backup.damaged")


@pytest.mark.parametrize("said", [{"format": 2, "program": "9.0"}, {"step": "9999", "program": "9.0"}])
def test_a_backup_of_a_newer_program(said: dict[str, Any], office: Office) -> None:
    """C13: told with the program that made it."""
    forged(office, opened(office)[1], **said)
    both(office, "backup.newer")
    with pytest.raises(Refused) as refused:
        restores().look(office.backup, PHRASE)
    assert refused.value.problems[0].values["program"] == "9.0"


@pytest.mark.parametrize(
    "parts",
    [
        [("other.sqlite3", "")],
        [(DATA_FILE, ""), ("attachments/../evil", "0" * 64)],
        [(DATA_FILE, ""), ("attachments/" + "0" * 64, "1" * 64)],
        [(DATA_FILE, ""), ("attachments/" + "1" * 64, "1" * 64), ("attachments/" + "0" * 64, "0" * 64)],
        [(DATA_FILE, ""), ("attachments/" + "1" * 64, "1" * 64), ("attachments/" + "1" * 64, "1" * 64)],
    ],
)
def test_parts_under_names_that_are_not_ours(parts: list[tuple[str, str]], office: Office) -> None:
    """The manifest itself may name nothing but the data file and papers by their hash, in order."""
    from sanad.domain.backup import Part

    said = tuple(Part(name, 0, hashed) for name, hashed in parts)
    forged(office, opened(office)[1], parts=said)
    both(office, "backup.damaged")


def test_a_part_of_less_than_nothing(office: Office) -> None:
    """A size is never negative."""
    from sanad.domain.backup import Part

    forged(office, b"", parts=(Part(DATA_FILE, -1, ""),))
    both(office, "backup.damaged")


EVIL = {
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM drafts; END",
    "a view": "CREATE VIEW evil AS SELECT 1",
    "a table": "CREATE TABLE evil (x)",
    "a view for a table": "DROP TABLE alembic_version; CREATE VIEW alembic_version AS "
    "WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever) SELECT n AS version_num FROM forever",
    "no guard": "DROP TRIGGER journal_refuse_update",
    "another program's mark": "PRAGMA application_id = 7",
    "no step": "DELETE FROM alembic_version",
    "two steps": "INSERT INTO alembic_version VALUES ('0001')",
    "a broken chain": "DROP TRIGGER journal_refuse_update; UPDATE journal SET who = 'nobody' WHERE seq = 2; "
    "CREATE TRIGGER journal_refuse_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is sealed'); END",
    "an entry of nonsense": "INSERT INTO journal VALUES (99, '', '', 'backups.restore', '', '', '', '[1]', '', '')",
}


@pytest.mark.parametrize("way", EVIL)
def test_a_hostile_data_file_is_refused(way: str, office: Office) -> None:
    """I6: its schema is ours word for word, and everything in it agrees."""
    file = office.data.parent / "evil.sqlite3"
    file.write_bytes(opened(office)[1])
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.executescript(EVIL[way])
    said = {} if "step" in way or "view for" in way else measured(file)
    forged(office, file.read_bytes(), **said)
    both(office, "backup.damaged")


def test_damaged_pages_in_a_rightly_sealed_backup(office: Office) -> None:
    """A data file that was damaged before it was backed up by a hostile hand."""
    good = opened(office)[1]
    for place in range(4096, len(good), 24 * 4096):
        forged(office, good[:place] + b"\xff" * 4096 + good[place + 4096 :])
        both(office, "backup.damaged")
    forged(office, good[:-4096])
    both(office, "backup.damaged")


def test_a_folder_in_use_is_not_restored_into(office: Office) -> None:
    """C11: the program that is open there goes first."""
    with build(office.data, Clock()) as services:
        before = everything(office.data)
        assert refusal(lambda: restores().restore(office.backup, PHRASE, office.data)) == "data.in_use"
        assert everything(office.data) == before
        assert services.households.count() == 2


def test_a_restore_that_is_stopped(office: Office) -> None:
    """The data stay as they are."""
    a_paper(office, b"x" * 3_000_000)
    with build(office.data, Clock()) as services:
        made = services.backups.make(office.stick)
    before = everything(office.data)
    stopped = Office(office.data, office.stick, Path(made.path))
    assert refusal(lambda: put_back(stopped, cancelled=lambda: True)) == "backup.cancelled"
    assert everything(office.data) == before


def test_no_room_for_a_restore(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked before anything is unpacked; and where the room goes on the way, it is told as such."""
    before = everything(office.data)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        assert refusal(lambda: put_back(office)) == "backup.no_room"
    for number, code in ((errno.ENOSPC, "data.disk_full"), (errno.EIO, "backup.unreadable")):

        def failing(*_: object, number: int = number) -> None:
            raise OSError(number, "cannot write")

        with monkeypatch.context() as patched:
            patched.setattr(copies, "prove", failing)
            assert refusal(lambda: put_back(office)) == code
            assert refusal(lambda: restores().verify(office.backup, PHRASE, office.data)) == code
    assert everything(office.data) == before


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.EACCES, "Permission denied"), "data.not_writable"),
        (sqlite3.OperationalError("disk I/O error"), None),
    ],
)
def test_a_data_folder_that_fails_on_the_way(
    error: Exception, code: str | None, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the two sets change places nothing was touched."""

    def failing(*_: object) -> None:
        raise error

    before = everything(office.data)
    monkeypatch.setattr(restore, "_tell", failing)
    with pytest.raises(Refused if code else Bug):
        put_back(office)
    assert everything(office.data) == before


def test_an_empty_manifest_is_enough_to_see_damage(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup that ends before its manifest does tells nothing."""
    sealed(office, block(archive.MANIFEST, b"x" * 2000)[:1024], end=b"")
    assert refusal(lambda: restores().look(office.backup, PHRASE)) == "backup.damaged"


def test_no_part_is_read_for_a_look() -> None:
    """The look stops at the manifest; asking for more would be our own mistake."""
    from sanad.domain.backup import Part

    with pytest.raises(Bug):
        restore._no_part(Part(DATA_FILE, 0, ""))
    restore._unwatched(1)


# ------------------------------------------------------------ cut short


def test_a_restore_cut_anywhere_ends_with_one_of_both(office: Office) -> None:
    """A6: killed at each step, the next start has the old data or the new, whole, and says which."""
    a_paper(office, b"of the backup")
    with build(office.data, Clock()) as services:
        made = services.backups.make(office.stick)
        a_family(services)
    a_paper(office, b"of the present")
    whole = Office(office.data, office.stick, Path(made.path))
    present = office.data.parent / "present"
    shutil.copytree(office.data, present)
    seen = set()
    for _ in deaths(lambda: put_back(whole)):
        count = families(office.data)
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


@pytest.mark.parametrize(
    "mark", [b"", b"\x00" * 60, b"[]", b'{"aside": "../..", "attachments": false}', b'{"aside": 1}']
)
def test_a_mark_that_is_not_whole_moves_nothing(mark: bytes, office: Office) -> None:
    """A8: it was never finished, so neither was anything after it begun."""
    folder = DataFolder(office.data)
    before = (office.data / DATA_FILE).read_bytes()
    folder.restored.mkdir(parents=True)
    (folder.restored / DATA_FILE).write_bytes(b"never whole")
    folder.swapping.write_bytes(mark)
    swap.resume(folder)
    assert not folder.swapping.exists()
    assert (office.data / DATA_FILE).read_bytes() == before


def test_plain_copies_are_gone_at_the_next_start(office: Office) -> None:
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


def test_a_short_soak_of_damaged_backups(tmp_path: Path) -> None:
    """C5: sixty of the thousand of ``make soak-backup``, all refused."""
    with cheap_keys():
        told = soak.soak(60, tmp_path)
    assert sum(told.values()) == 180
    assert told["backup.wrong_passphrase"] >= 9
