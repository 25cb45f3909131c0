"""What happens when a backup cannot be made: the stick, the room, the hand that stops it, the data themselves."""

import contextlib
import errno
import io
import os
import shutil
import tarfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import psutil
import pyrage
import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Bug, Refused
from sanad.store import backup, copies, drives, envelope, restore, vault
from sanad.store.folder import DATA_FILE
from sanad.store.thinning import Named
from sanad.store.twin import Twin
from sanad.store.watch import Watch
from tests.backup_acts import a_paper, make, names, verified
from tests.backups import PHRASE, Office, everything, refusal
from tests.builders import Clock
from tests.drivers import tool_on

STEP = 64 * 1024


# ------------------------------------------------------------ what fails


class Failing(io.FileIO):
    """A stick that is pulled out after so many bytes."""

    def __init__(self, path: Path, after: int, error: int) -> None:
        super().__init__(path, "wb")
        self._left, self._errno = after, error

    def write(self, data: Any, /) -> int:
        """Write until nothing more is taken."""
        if len(data) > self._left:
            super().write(bytes(data)[: self._left])
            raise OSError(self._errno, "pulled out")
        self._left -= len(data)
        return super().write(data)


def test_c1_a_stick_pulled_out_leaves_no_half_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """C1: at every 64 KiB; the last good one is named, the data are untouched."""
    a_paper(office, os.urandom(5 * STEP))
    whole = Path(make(office).path).stat().st_size
    stood = names(office)
    before = everything(office.data)
    for after in range(0, whole, STEP):
        monkeypatch.setattr(backup, "open_new", lambda path, after=after: Failing(path, after, errno.EIO))
        with pytest.raises(Refused) as refused:
            make(office)
        (problem,) = refused.value.problems
        assert (problem.code, problem.values["last"]) == ("backup.not_finished", "sanad-2026-11-22-002.age")
        assert names(office) == stood
    assert everything(office.data) == before


def test_a_stick_that_fills_up_is_told_as_such(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though there seemed to be room."""
    monkeypatch.setattr(backup, "open_new", lambda path: Failing(path, STEP, errno.ENOSPC))
    assert refusal(lambda: make(office)) == "backup.filled_up"


def test_a_stick_that_is_gone_altogether(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder cannot even be listed any more: no good one can be named."""

    def pulled(path: Path) -> IO[bytes]:
        shutil.rmtree(office.stick)
        raise OSError(errno.ENODEV, "No such device")

    monkeypatch.setattr(backup, "open_new", pulled)
    with pytest.raises(Refused) as refused:
        make(office)
    assert refused.value.problems[0].values["last"] == "-"


def test_a5_a_cut_backup_is_cleared_by_the_next(office: Office) -> None:
    """A5: a part is never listed, and does not stay for ever."""
    part = office.stick / "sanad-2026-11-21-009.age.part"
    part.write_bytes(b"half")
    make(office)
    assert not part.exists()


def test_c3_a_stick_that_keeps_something_else_is_blamed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """C3: what reads back different is told, and no backup is left."""

    class Lying(io.FileIO):
        def __init__(self, path: Path) -> None:
            super().__init__(path, "wb")

        def write(self, data: Any, /) -> int:
            changed = bytearray(data)
            changed[len(changed) // 2] ^= 1
            return super().write(changed)

    stood = names(office)
    monkeypatch.setattr(backup, "open_new", Lying)
    assert refusal(lambda: make(office)) == "backup.unreliable"
    assert names(office) == stood


def test_c3_a_drive_is_blamed_only_after_a_second_look(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong reading of what is well written does not cost a backup."""
    seen = []

    def once_wrong(path: Path) -> IO[bytes]:
        seen.append(path)
        content = path.read_bytes()
        return io.BytesIO(content[:-1] if len(seen) == 1 else content)

    monkeypatch.setattr(backup, "open_again", once_wrong)
    make(office)
    assert len(seen) == 2


def test_another_backup_in_its_place_is_not_taken_for_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that gives back another file of the same key is found out by the manifest."""
    kept: list[bytes] = []
    again = backup.open_again

    def other(path: Path) -> IO[bytes]:
        with again(path) as file:
            written = file.read()
        plain = bytearray(pyrage.decrypt(written, [once[-1]]))
        with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
            told = tar.extractfile("manifest.json")
            assert told is not None
            start = plain.index(told.read())
        place = plain.index(b'"journal_entries":', start) + len(b'"journal_entries":')
        plain[place] = ord("9") if plain[place] != ord("9") else ord("8")
        kept.append(written)
        return io.BytesIO(pyrage.encrypt(bytes(plain), [once[-1].to_public()]))

    once: list[Any] = []
    make_key = vault.make

    def remembered() -> Any:
        once.append(make_key())
        return once[-1]

    monkeypatch.setattr(vault, "make", remembered)
    monkeypatch.setattr(backup, "open_again", other)
    assert refusal(lambda: make(office)) == "backup.unreliable"
    assert len(kept) == 2


def test_where_the_system_cannot_be_told_to_forget(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS know no such request; the file is read back as they give it."""
    monkeypatch.delattr(os, "posix_fadvise")
    make(office)


def test_an_error_while_reading_back_is_the_drive_s(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the data that are blamed."""

    def gone(path: Path) -> IO[bytes]:
        raise OSError(errno.EIO, "read error")

    monkeypatch.setattr(backup, "open_again", gone)
    assert refusal(lambda: make(office)) == "backup.not_finished"


def test_c2_no_room_is_told_before_anything_is_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """C2: what is needed and what there is."""
    before = everything(office.stick)
    room = SimpleNamespace(free=100_000, total=1, used=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    with pytest.raises(Refused) as refused:
        make(office)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["needed"], problem.values["free"]) == ("backup.no_room", 1, 0)
    assert everything(office.stick) == before


def test_c2_what_fat32_cannot_hold_is_told_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """C2: a file of 4 GB or more needs another file system."""
    mounted = [
        SimpleNamespace(mountpoint="/", fstype="ext4", opts="rw", device="a"),
        SimpleNamespace(mountpoint=str(office.stick), fstype="vfat", opts="rw", device="b"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: mounted)  # noqa: A006  # the library's name
    monkeypatch.setattr(drives, "FAT_LIMIT", 50_000)
    assert refusal(lambda: make(office)) == "backup.too_large"
    mounted[1].fstype = "exfat"
    make(office)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 5])
def test_a_backup_that_is_stopped_leaves_nothing(after: int, office: Office) -> None:
    """Wherever it is: copying, hashing, encrypting or reading back."""
    a_paper(office, os.urandom(3 * 1024 * 1024))
    stood, asked = names(office), []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > after

    assert refusal(lambda: make(office, cancelled=stop)) == "backup.cancelled"
    assert names(office) == stood
    assert not (office.data / "passing" / "backup").exists()


def test_data_that_do_not_agree_are_not_backed_up(office: Office) -> None:
    """A bad backup would push good ones out."""
    with contextlib.closing(tool_on(office.data / DATA_FILE)) as raw:
        raw.execute("UPDATE numbers SET last = last + 1 WHERE series LIKE 'receipt%'")
        raw.commit()
    assert refusal(lambda: make(office)) == "backup.unsound"


def test_data_whose_pages_do_not_add_up_are_not_backed_up(office: Office, plain_only: None) -> None:
    """Every page can be read, but the file's own account of them is wrong."""
    file = office.data / DATA_FILE
    content = bytearray(file.read_bytes())
    content[39] += 5  # pages that are said to be free, and are not there
    file.write_bytes(content)
    assert refusal(lambda: make(office)) == "backup.unsound"


def test_damaged_data_are_not_backed_up(office: Office) -> None:
    """A page that cannot be read is told as the data's damage, not the stick's."""
    file = office.data / DATA_FILE
    content = bytearray(file.read_bytes())
    with contextlib.closing(tool_on(file)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").fetchone()
        size = int(raw.execute("PRAGMA page_size").fetchone()[0])
    content[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(content)

    def damaged() -> None:
        with build(office.data, Clock()) as services:
            key = services.backups
            key.make(office.stick)

    assert refusal(damaged) in ("backup.unsound", "data.damaged")


def test_a_paper_that_was_changed_is_told(office: Office) -> None:
    """Its content is not what its name says."""
    a_paper(office, b"as it was").write_bytes(b"changed since")
    assert refusal(lambda: make(office)) == "backup.paper_changed"


def test_the_stick_of_another_office_is_left_alone(office: Office, tmp_path: Path) -> None:
    """Its key file would be lost, and with it its backups."""
    before = everything(office.stick)
    with build(tmp_path / "other", Clock()) as services:
        assert refusal(lambda: services.backups.make(office.stick, passphrase=PHRASE)) == "backup.other_office"
    assert everything(office.stick) == before


@pytest.mark.parametrize(
    "torn", [lambda whole: b"", lambda whole: bytes(len(whole)), lambda whole: whole[:90], lambda whole: whole[:-20]]
)
def test_a8_a_torn_key_file_on_the_stick_is_written_anew(torn: Callable[[bytes], bytes], office: Office) -> None:
    """A power cut left it empty, zeroed or short: it is not taken for another office's, and the backups open again."""
    beside = office.stick / "office-key.age"
    whole = beside.read_bytes()
    beside.write_bytes(torn(whole))
    verified(make(office), office)
    assert beside.read_bytes() == whole


def test_a_drive_that_does_not_tell_its_room_is_the_one_told_of(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was pulled out between two looks: the disk of the data is not blamed."""
    usage = shutil.disk_usage

    def gone(path: Path) -> object:
        if path == office.stick:
            raise OSError(errno.EIO, "Input/output error")
        return usage(path)

    monkeypatch.setattr(shutil, "disk_usage", gone)
    with pytest.raises(Refused) as refused:
        make(office)
    assert refused.value.problems[0].code == "backup.not_finished"
    assert refused.value.problems[0].values["folder"] == str(office.stick)


def test_a_key_without_backups_is_replaced(office: Office, tmp_path: Path) -> None:
    """A key file that opens nothing there is in nobody's way."""
    office.backup.unlink()
    with build(tmp_path / "other", Clock()) as services:
        services.backups.make(office.stick, passphrase=PHRASE)
        assert services.backups.make(office.stick).manifest.families == 0


def test_a_folder_that_cannot_be_listed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that answers with an error is told with the folder."""

    def broken(folder: Path) -> list[Named]:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(backup, "named_in", broken)
    assert refusal(lambda: make(office)) == "backup.not_finished"


def test_a_data_folder_whose_papers_cannot_be_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's error is told with the data folder, as everywhere."""

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(backup, "_attachments", broken)
    assert refusal(lambda: make(office)) == "data.disk_failing"


def test_an_error_of_the_library_s_own_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither file failed, so nobody at the desk can mend it."""
    identity = vault.make()

    def broken(*_: object) -> None:
        raise pyrage.EncryptError("no randomness")

    monkeypatch.setattr(pyrage, "encrypt_io", broken)
    with pytest.raises(Bug):
        envelope.encrypt(io.BytesIO(b"x"), io.BytesIO(), [identity.to_public()])


def test_a_full_disk_while_decrypting_is_told_as_such() -> None:
    """What the place of the plain copy raised comes out, not a word about damage."""
    identity, sealed = vault.make(), io.BytesIO()
    envelope.encrypt(io.BytesIO(b"x" * STEP), sealed, [identity.to_public()])
    sealed.seek(0)

    class Full:
        def write(self, data: bytes) -> object:
            raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(OSError, match="no space left"):
        envelope.decrypt(sealed, Full(), identity)


def test_a_copy_that_cannot_be_measured_is_told_as_what_it_is(tmp_path: Path) -> None:
    """The check of the copy found nothing, so the reason is that of the reading itself."""
    (tmp_path / DATA_FILE).write_bytes(b"no data file")
    checked: Future[None] = Future()
    checked.set_result(None)
    copy = Twin((), {}, lambda: copies.looking(tmp_path / DATA_FILE, "backup.unsound"))
    with pytest.raises(Refused) as refused:
        backup._measured(copy, Clock()(), (), checked)
    assert refused.value.problems[0].code == "backup.unsound"


def test_a_value_of_no_program_is_damage() -> None:
    """What a data file says and no column of ours can read refuses the backup, whatever it broke."""
    with pytest.raises(Refused) as refused, copies._of_no_program():
        int("text where a number belongs")
    assert refused.value.problems[0].code == "backup.damaged"


def test_a_backup_that_is_only_checked_lays_no_paper_down(office: Office, tmp_path: Path) -> None:
    """Its papers are read and held against their hashes, and none is written."""
    a_paper(office, b"scan")
    made = make(office)
    told = restore.verify(Path(made.path), office.identity, tmp_path, Watch(None, None))
    assert [part.name for part in told.parts if part.name.startswith("attachments/")]
    assert not (tmp_path / "attachments").exists()
