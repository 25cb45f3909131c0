"""What a restore refuses, and that it touches nothing then."""

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Bug, Refused
from sanad.store import archive, copies, epoch, manifest, restore
from sanad.store.backup import KEY_FILE
from sanad.store.folder import DATA_FILE
from tests.backup_acts import a_paper, both, measured, put_back, restores
from tests.backups import PHRASE, Office, block, everything, forged, opened, refusal, sealed
from tests.builders import Clock
from tests.drivers import tool_on

# ------------------------------------------------------------ refused


def test_c7_a_wrong_passphrase_is_not_damage(office: Office) -> None:
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


def test_c8_a_damaged_or_hostile_key_file(office: Office) -> None:
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


def test_c8_a_backup_that_asks_for_too_much_work(office: Office) -> None:
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
def test_i5_a_hostile_archive_is_refused(way: str, office: Office) -> None:
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
def test_c6_a_manifest_that_tells_another_story(said: dict[str, Any], office: Office) -> None:
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
def test_c13_a_backup_of_a_newer_program(said: dict[str, Any], office: Office) -> None:
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
def test_i5_parts_under_names_that_are_not_ours(parts: list[tuple[str, str]], office: Office) -> None:
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
def test_i6_a_hostile_data_file_is_refused(way: str, office: Office) -> None:
    """I6: its schema is ours word for word, and everything in it agrees."""
    file = office.data.parent / "evil.sqlite3"
    file.write_bytes(opened(office)[1])
    with contextlib.closing(tool_on(file)) as raw:
        raw.executescript(EVIL[way])
    said = {} if "step" in way or "view for" in way else measured(file)
    forged(office, file.read_bytes(), **said)
    both(office, "backup.damaged")


def test_i6_damaged_pages_in_a_rightly_sealed_backup(office: Office) -> None:
    """A data file that was damaged before it was backed up by a hostile hand."""
    good = opened(office)[1]
    for place in range(4096, len(good), 24 * 4096):
        forged(office, good[:place] + b"\xff" * 4096 + good[place + 4096 :])
        both(office, "backup.damaged")
    forged(office, good[:-4096])
    both(office, "backup.damaged")


def test_c11_a_folder_in_use_is_not_restored_into(office: Office) -> None:
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
        (sqlite3.OperationalError("disk I/O error"), "data.disk_failing"),
        (sqlite3.OperationalError("no such table: numbers"), None),
    ],
)
def test_a_data_folder_that_fails_on_the_way(
    error: Exception, code: str | None, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the two sets change places nothing was touched."""

    def failing(*_: object, **__: object) -> None:
        raise error

    before = everything(office.data)
    monkeypatch.setattr(epoch, "begin", failing)
    with pytest.raises(Refused if code else Bug):
        put_back(office)
    after = everything(office.data)
    assert {path: after[path] for path in before} == before
    assert all(path.startswith("backups/") for path in after.keys() - before.keys())


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
