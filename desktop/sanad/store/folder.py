"""What lies in a data folder, and who holds it.

One process at a time works on a data folder: the system's own lock says so and dies with the process. The file beside
it only tells the second one whom to ask. A small mark remembers that a data file was made here, so that a missing one
is told and never quietly replaced by an empty one. Whatever is made here, no other account of the machine may read it.
"""

import contextlib
import getpass
import json
import os
import platform
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout
from psutil import pid_exists

from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import Ending
from sanad.store import faults
from sanad.store.driver import PLAIN, Driver
from sanad.store.patience import put

DATA_FILE = "sanad.sqlite3"
VERIFYING = "verify-"
"""Before the number of the process that looks into a backup: the name of its place in ``passing``."""
KEYS_FILE = "sanad.keys"
"""The slots of the key of an encrypted folder."""
_UNHEARD = "unheard"
_SHOWN = frozenset({Ending.RESTORED, Ending.NOT_RESTORED})
"""What the folder shows of how it was left, until the start that sees it clears it away."""
OWN_FILE, OWN_FOLDER = 0o600, 0o700
"""What others on this machine may do with what we make: nothing. On Windows, the profile's own rights say so."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of a data folder, and the library that opens its files."""

    path: Path
    driver: Driver = field(default=PLAIN, compare=False)

    @property
    def file(self) -> Path:
        """The data file."""
        return self.path / DATA_FILE

    @property
    def unfinished(self) -> Path:
        """Where a new data file grows until it is whole."""
        return self.path / f"{DATA_FILE}.new"

    @property
    def mark(self) -> Path:
        """Says that a data file was made here."""
        return self.path / "sanad.made"

    @property
    def keys(self) -> Path:
        """Where the slots of an encrypted folder's key lie, in two copies; not there in a plain one."""
        return self.path / "keys"

    @property
    def encrypted(self) -> Path:
        """Where the data file of a folder that is being encrypted grows until it is whole."""
        return self.path / f"{DATA_FILE}.encrypted"

    @property
    def knocks(self) -> Path:
        """Counts the wrong sign-ins at an encrypted folder."""
        return self.path / "sanad.knocks"

    @property
    def before_upgrades(self) -> Path:
        """Copies of the data file as older programs left it."""
        return self.path / "before-upgrade"

    @property
    def attachments(self) -> Path:
        """Papers that families brought, each under the SHA-256 of its content."""
        return self.path / "attachments"

    @property
    def passing(self) -> Path:
        """What is made on the way to or from a backup: never kept, and cleared at every start."""
        return self.path / "passing"

    @property
    def restored(self) -> Path:
        """Where a restored set stands, whole, until it takes the place of the present one."""
        return self.passing / "restored"

    @property
    def before_restores(self) -> Path:
        """What lay here before a backup was restored, a folder each."""
        return self.path / "before-restore"

    @property
    def swapping(self) -> Path:
        """Says that a restored set is taking the place of the present one."""
        return self.path / "sanad.restoring"

    @property
    def backups(self) -> Path:
        """The backups that the program makes by itself."""
        return self.path / "backups"

    @property
    def reserve(self) -> Path:
        """Room that is kept back for a day on which the disk is full."""
        return self.path / "sanad.reserve"

    @property
    def backed_up(self) -> Path:
        """Remembers the last verified backups."""
        return self.path / "sanad.backups"

    @property
    def set(self) -> tuple[Path, ...]:
        """The data file and whatever SQLite may have left beside it; not all of them are there."""
        return tuple(self.file.with_name(f"{DATA_FILE}{tail}") for tail in ("", "-wal", "-shm", "-journal"))

    @property
    def locked(self) -> bool:
        """Whether the data are encrypted and the key to them is not at hand."""
        return self.keys.is_dir() and not self.driver.encrypts

    @property
    def held(self) -> bool:
        """Whether a data file was ever made here, as far as the folder shows."""
        return self.mark.exists() or self.file.exists() or self.file.with_name(f"{DATA_FILE}-wal").exists()

    def remember(self, made: datetime) -> None:
        """Leave the mark, if it is not there."""
        if not self.mark.exists():
            write_whole(self.mark, made.isoformat(timespec="seconds") + "\n")

    @contextmanager
    def passage(self, name: str) -> Iterator[Path]:
        """An empty place for plain copies, that only we may read and that is gone afterwards."""
        place = self.passing / name
        shutil.rmtree(place, ignore_errors=True)
        make_own(place)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            with contextlib.suppress(OSError):  # something else is on its way there
                self.passing.rmdir()

    def clear_abandoned(self) -> None:
        """Remove what a look into a backup left behind whose process is no more, where one may look for it."""
        with contextlib.suppress(OSError):  # a memory that cannot be read keeps nobody from the data
            for place in self.passing.glob(f"{VERIFYING}*"):
                process = place.name.removeprefix(VERIFYING)
                if not process.isdecimal() or not pid_exists(int(process)):
                    shutil.rmtree(place, ignore_errors=True)
            self.passing.rmdir()  # there is none, or something else is on its way there

    def clear_passing(self) -> None:
        """Remove what a backup or a restore that was cut short left behind, as far as the system lets go of it."""
        shutil.rmtree(self.passing, ignore_errors=True)


class Hold:
    """A data folder held by this process until it is let go or the process dies.

    ``cut_short`` tells that whoever held it before did not live to let it go: it was killed, or the power went.
    ``unheard`` is what was finished then by somebody who told nobody. Both are owed to the office until :meth:`heard`:
    a folder that is let go of before, as where a password was mistyped, is left as it was found.
    """

    def __init__(self, folder: DataFolder, since: datetime) -> None:
        """Take the folder, making it where there is none.

        Raises:
            Refused: another process holds it (``data.in_use``), it cannot be written, or the disk has no room for the
                lock itself; without room for the note it is held all the same, so that it can be read.
        """
        self._note = folder.path / "sanad.in-use"
        self._since = since
        try:
            make_own(folder.path)
            lock = folder.path / "sanad.lock"
            self._lock = FileLock(lock, timeout=0, mode=OWN_FILE, thread_local=False, fallback_to_soft=False)
            self._lock.acquire()
        except Timeout:
            raise Refused((Problem("data.in_use", "", {"folder": str(folder.path), **self._holder()}),)) from None
        except OSError as error:
            raise faults.of_system(error, folder.path) from error
        try:
            self.cut_short = self._owed = self._note.exists()
            self.unheard = self._left()
            self._tell()
        except OSError as error:
            if faults.is_full(error):
                self._tell_nothing()
                return
            self._lock.release()
            raise faults.of_system(error, folder.path) from error

    def owe(self, ending: Ending) -> None:
        """Keep how the folder was left until somebody hears of it: what shows it is about to be cleared."""
        if ending in _SHOWN and ending is not self.unheard:
            self.unheard, self._owed = ending, True
            with contextlib.suppress(OSError):  # it is owed by this hold all the same
                self._tell()

    def heard(self) -> None:
        """The office heard how the folder was left, or went on from there."""
        self._owed = False
        if self.unheard is not None:
            self.unheard = None
            with contextlib.suppress(OSError):  # it is told once more then
                self._tell()

    def let_go(self) -> None:
        """Leave the folder to others."""
        if not self._owed:
            with contextlib.suppress(OSError):  # the note is a courtesy; the lock is what counts
                self._note.unlink(missing_ok=True)
        self._lock.release()

    def _tell(self) -> None:
        owed = {} if self.unheard is None else {_UNHEARD: self.unheard.value}
        write_whole(self._note, json.dumps({**_myself(self._since), **owed}, ensure_ascii=False))

    def _tell_nothing(self) -> None:
        """A note that lies there is of somebody who holds the folder no more: that it lies there is all it says."""
        with contextlib.suppress(OSError):
            os.truncate(self._note, 0)

    def _left(self) -> Ending | None:
        try:
            return Ending(json.loads(self._note.read_text(encoding="utf-8"))[_UNHEARD])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def _holder(self) -> dict[str, object]:
        try:
            told = json.loads(self._note.read_text(encoding="utf-8"))
            return {"pid": told["pid"], "since": datetime.fromisoformat(told["since"]), "who": told["who"]}
        except (OSError, ValueError, KeyError, TypeError):  # not yet written, or by whatever hand
            return {"pid": "?", "since": "?", "who": "?"}


def unused(first: Path) -> Path:
    """A name that nothing has: this one, or this one with a number behind it."""
    places = (first.with_name(f"{first.name}-{number}") if number else first for number in range(1000))
    return next(place for place in places if not place.exists())


def make_own(folder: Path) -> None:
    """Make a folder that only we may look into, and each above it that is missing; one that is there stays as it is."""
    if not folder.is_dir():
        make_own(folder.parent)
        folder.mkdir(mode=OWN_FOLDER, exist_ok=True)


def open_own(file: Path) -> IO[bytes]:
    """A new file that only we may read, opened to be written.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    return open(file, "xb", opener=lambda name, flags: os.open(name, flags, OWN_FILE))  # Path.open takes no opener


def keep_own(files: Iterable[Path]) -> None:
    """Take away from others what they may do with these files, of which not all need be there.

    Raises:
        OSError: the system does not let us look.
    """
    for file in files:
        with contextlib.suppress(FileNotFoundError, PermissionError):  # one of another account is as its owner has it
            if stat.S_IMODE(file.stat().st_mode) & ~OWN_FILE:
                file.chmod(OWN_FILE)


def write_whole(path: Path, content: str | bytes, *, lasting: bool = True) -> None:
    """Write a small file so that it is either the old one or the new one, on disk before this returns.

    One that need not be ``lasting`` is left to the system, and may be lost with the power.
    """
    growing = path.with_name(f"{path.name}.part")
    try:
        growing.unlink(missing_ok=True)
        with open_own(growing) as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        put(growing, path)
    except OSError:
        with contextlib.suppress(OSError):
            growing.unlink(missing_ok=True)
        raise


def login() -> str:
    """The name under which the person is signed in to the machine, or ``?`` where the machine knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _myself(since: datetime) -> dict[str, str]:
    return {"pid": str(os.getpid()), "since": since.isoformat(timespec="minutes"), "who": login()}


def settle(path: Path) -> None:
    """Have the system bring a file, or a folder's names, to the disk."""
    if path.is_dir() and platform.system() == "Windows":
        return  # there, no folder can be asked for
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
