"""A data folder belongs to one process at a time, and says what it lacks."""

import errno
import getpass
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.listing import Ending
from sanad.store import folder as folders
from sanad.store import whereabouts
from sanad.store.database import Database
from sanad.store.folder import DATA_FILE, DataFolder, Hold, login, write_whole
from sanad.store.store import Store
from tests.builders import Clock

SINCE = datetime(2026, 11, 22, 9, tzinfo=UTC)

HOLDER = """
    import sys, time
    from pathlib import Path
    from sanad.bootstrap import build
    with build(Path(sys.argv[1]), who="first"):
        print("open", flush=True)
        time.sleep(60)
"""
NOBODY = """
    import os, sys, tempfile
    from pathlib import Path
    from sanad.bootstrap import build
    from sanad.domain.errors import Refused
    with tempfile.TemporaryDirectory() as warm:
        build(Path(warm)).close()
    if os.geteuid() == 0:  # root may write anywhere, so nobody tries
        os.seteuid(65534)
    try:
        build(Path(sys.argv[1])).close()
    except Refused as refused:
        print(" ".join(problem.code for problem in refused.problems))
"""


def started(script: str, folder: Path) -> subprocess.Popen[str]:
    """Another process that runs a script on a folder."""
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refusal(folder: Path, clock: Clock) -> Problem:
    """Why the folder cannot be opened."""
    with pytest.raises(Refused) as refused:
        build(folder, clock)
    (problem,) = refused.value.problems
    return problem


def test_d2_a_second_process_is_told_who_holds_the_folder(folder: Path, clock: Clock, plain_only: None) -> None:
    """The lock is the system's; the note beside it names the process, since when, and whose session it is."""
    with started(HOLDER, folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        problem = refusal(folder, clock)
        assert problem.code == "data.in_use"
        assert problem.values["pid"] == str(holder.pid)
        assert problem.values["who"] == login()
        assert isinstance(problem.values["since"], datetime)
        holder.send_signal(signal.SIGKILL)


def test_d3_a_lock_dies_with_its_process(folder: Path, clock: Clock, plain_only: None) -> None:
    """After a kill the folder opens at once, whatever files the dead process left."""
    with started(HOLDER, folder) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
    build(folder, clock).close()


def test_an_unreadable_note_does_not_hide_the_lock(folder: Path, clock: Clock) -> None:
    """Who holds the folder may be unknown; that it is held is not."""
    with build(folder, clock):
        (folder / "sanad.in-use").write_text("nonsense")
        assert refusal(folder, clock).values == {"folder": str(folder), "pid": "?", "since": "?", "who": "?"}


def test_the_folder_is_free_again_after_closing(folder: Path, clock: Clock) -> None:
    """Closing lets go of the lock and takes the note away."""
    build(folder, clock).close()
    assert not (folder / "sanad.in-use").exists()
    build(folder, clock).close()


def test_a_refused_file_lets_go_of_the_folder(folder: Path, clock: Clock) -> None:
    """After a refusal the same program can try again."""
    folder.mkdir()
    (folder / DATA_FILE).write_bytes(b"")
    assert refusal(folder, clock).code == "data.not_ours"
    (folder / DATA_FILE).unlink()
    build(folder, clock).close()


def test_d3_whatever_breaks_at_the_start_lets_go_of_the_folder(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a bug of ours, after the file was opened: the next try is not told that we ourselves have it."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    for room, act in (Database, "refuse_unwritable"), (Store, "_look_back"):
        with monkeypatch.context() as patched:
            patched.setattr(room, act, broken)
            with pytest.raises(ZeroDivisionError):
                build(folder, clock)
        build(folder, clock).close()


def test_d3_whatever_breaks_at_the_end_lets_go_of_the_folder(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours while everything is brought into the one file keeps nobody from opening it again."""

    def broken(*_: object, **__: object) -> None:
        raise Bug("in the middle of it")

    for room, act in (Database, "_checkpoint"), (Store, "_note"):
        services = build(folder, clock)
        with monkeypatch.context() as patched:
            patched.setattr(room, act, broken)
            with pytest.raises(Bug):
                services.close()
        build(folder, clock).close()


def test_b6_a_mark_that_cannot_be_read_at_the_start_is_told_and_lets_go_of_the_folder(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program has the mark of a restore open: a refusal that can be tried again, and no bug of ours."""
    build(folder, clock).close()
    read = Path.read_text
    DataFolder(folder).swapping.write_text("{")

    def denied(path: Path, *said: str, **more: str) -> str:
        if path == DataFolder(folder).swapping:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, *said, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", denied)
        assert refusal(folder, clock).code == "data.not_writable"
    build(folder, clock).close()
    assert not DataFolder(folder).swapping.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_b4_a_folder_that_cannot_be_written_is_told() -> None:
    """Before anything is typed: the test write at the start fails and the folder is named."""
    with tempfile.TemporaryDirectory() as home:  # not tmp_path, into which nobody but its owner may look
        Path(home).chmod(0o755)
        folder = Path(home, "data")
        folder.mkdir(mode=0o555)
        with started(NOBODY, folder) as opener:
            told, error = opener.communicate(timeout=30)
        assert (told, error) == ("data.not_writable\n", "")
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_a_memory_that_cannot_be_read_keeps_nobody_from_the_data(clock: Clock) -> None:
    """What this computer remembers lies where the user may not even look: the data open all the same."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o777)
        memory = places.memory()
        memory.mkdir(parents=True)
        memory.chmod(0o000)
        with started(NOBODY, Path(home, "data")) as opener:
            told, error = opener.communicate(timeout=30)
        memory.chmod(0o700)
        assert (told, error) == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_b4_a_file_that_cannot_be_written_is_told_at_the_start(clock: Clock) -> None:
    """SQLite opens such a file to be read, and says nothing: here nobody types a word before it is told."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        folder = Path(home, "data")
        build(folder, clock).close()
        folder.chmod(0o777)
        for path in folder.iterdir():
            path.chmod(0o666)
        (folder / DATA_FILE).chmod(0o444)
        for told_of in ("data.not_writable\n", ""):
            with started(NOBODY, folder) as opener:
                told, error = opener.communicate(timeout=30)
            assert (told, error) == (told_of, "")
            (folder / DATA_FILE).chmod(0o666)


def test_a_folder_under_a_file_is_refused(tmp_path: Path, clock: Clock) -> None:
    """A path that cannot be a folder is said so, not thrown at the user."""
    (tmp_path / "file").write_text("")
    assert refusal(tmp_path / "file" / "data", clock).code == "data.not_writable"


def test_a_note_that_cannot_be_written_gives_the_folder_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder lost its rights between the lock and the note: refused, and nothing stays locked."""

    def denied(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(folders, "write_whole", denied)
        with pytest.raises(Refused) as refused:
            Hold(DataFolder(folder), SINCE)
    assert refused.value.problems[0].code == "data.not_writable"
    Hold(DataFolder(folder), SINCE).let_go()


def test_b1_a_note_that_finds_no_room_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the folder is held all the same, and the note of a dead process names nobody, but stays owed."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder.mkdir()
    (folder / "sanad.in-use").write_text("of a process that is no more")
    with monkeypatch.context() as patched:
        patched.setattr(folders, "write_whole", full)
        hold = Hold(DataFolder(folder), SINCE)
    assert (folder / "sanad.in-use").read_text() == ""
    with pytest.raises(Refused) as refused:
        Hold(DataFolder(folder), SINCE)
    assert refused.value.problems[0].values["who"] == "?"
    hold.let_go()
    with monkeypatch.context() as patched:
        patched.setattr(folders, "write_whole", full)
        hold = Hold(DataFolder(folder), SINCE)
        assert hold.cut_short
        hold.owe(Ending.RESTORED)
        hold.heard()
    hold.let_go()
    assert not (folder / "sanad.in-use").exists()


def test_a_missing_data_file_is_never_replaced(folder: Path, clock: Clock) -> None:
    """Where a file was and is gone, that is told and no empty one appears."""
    build(folder, clock).close()
    (folder / DATA_FILE).rename(folder / "elsewhere")
    problem = refusal(folder, clock)
    assert (problem.code, problem.values) == ("data.missing", {"file": str(folder / DATA_FILE)})
    assert not (folder / DATA_FILE).exists()
    (folder / "elsewhere").rename(folder / DATA_FILE)
    build(folder, clock).close()


def test_b8_a_missing_folder_is_never_begun_anew(folder: Path, clock: Clock) -> None:
    """It was moved or deleted with its own mark: this computer knows that it was there."""
    build(folder, clock).close()
    folder.rename(folder.with_name("moved"))
    problem = refusal(folder, clock)
    assert (problem.code, problem.values) == ("data.missing", {"file": str(folder / DATA_FILE)})
    assert not folder.exists()
    folder.mkdir()
    (folder / "logs").mkdir()
    assert refusal(folder, clock).code == "data.missing"
    shutil.rmtree(folder)
    folder.with_name("moved").rename(folder)
    build(folder, clock).close()


def test_b8_what_is_known_of_a_folder_names_nothing(folder: Path, clock: Clock) -> None:
    """A digest of its path, and nothing in it; a folder elsewhere is another one."""
    build(folder, clock).close()
    (mark,) = places.memory().glob("held-*")
    assert mark.read_bytes() == b""
    assert re.fullmatch("held-[0-9a-f]{32}", mark.name)
    build(folder.with_name("other"), clock).close()


def test_b8_an_office_is_begun_anew_when_somebody_says_so(folder: Path, clock: Clock) -> None:
    """What is left at the place is kept beside it; where data lie, nothing is done."""
    for left in (False, True, True):
        build(folder, clock).close()
        restores = build(None, clock).restores
        restores.begin_anew(folder)
        assert (folder / DATA_FILE).exists()
        if left:
            (folder / DATA_FILE).unlink()
        else:
            shutil.rmtree(folder)
        assert refusal(folder, clock).code == "data.missing"
        restores.begin_anew(folder)
        assert not folder.exists()
    build(folder, clock).close()
    kept = sorted(path.name for path in folder.parent.glob("data-*"))
    assert kept == ["data-2026-11-22-090000", "data-2026-11-22-090000-1"]
    assert (folder.with_name(kept[0]) / "sanad.made").exists()


def test_b8_what_is_left_may_be_held(folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has a file of it open: it is said, and everything stays."""
    build(folder, clock).close()
    (folder / DATA_FILE).unlink()

    def denied(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(whereabouts, "put", denied)
    with pytest.raises(Refused) as refused:
        build(None, clock).restores.begin_anew(folder)
    assert refused.value.problems[0].code == "data.not_writable"
    assert refusal(folder, clock).code == "data.missing"


def test_a_log_without_its_file_counts_as_a_missing_file(folder: Path, clock: Clock) -> None:
    """The mark may be lost too; a write-ahead log alone still says that a file was here."""
    folder.mkdir()
    (folder / f"{DATA_FILE}-wal").write_bytes(b"log")
    assert refusal(folder, clock).code == "data.missing"


def test_the_mark_comes_back_with_the_file(folder: Path, clock: Clock) -> None:
    """A data file that was carried here by hand is known from then on."""
    build(folder, clock).close()
    DataFolder(folder).mark.unlink()
    build(folder, clock).close()
    assert DataFolder(folder).mark.read_text() == "2026-11-22T09:00:00+00:00\n"


def test_a_small_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails halfway the old file stands and nothing lies about."""
    file = tmp_path / "note"
    write_whole(file, "old")

    def failing(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing)
        with pytest.raises(OSError, match="Input"):
            write_whole(file, "new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"note": "old"}


def test_a_machine_that_knows_no_name_is_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sits at the desk may be unknown to the system; the program starts all the same."""

    def unknown() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert login() == "?"


def test_the_note_tells_the_truth(folder: Path) -> None:
    """Process, moment and session are those of the holder."""
    hold = Hold(DataFolder(folder), SINCE)
    told = json.loads((folder / "sanad.in-use").read_text(encoding="utf-8"))
    hold.let_go()
    assert told == {"pid": str(os.getpid()), "since": "2026-11-22T09:00+00:00", "who": login()}
