"""The way into a folder: a plain one stands open, an encrypted one asks for a password, and counts the wrong ones.

They are counted beside the data file, which cannot be read before the right one. A try is counted before it is made, so
that a program that is killed meanwhile gains nothing; while it runs, no clock that is set and no disk that takes no
more gains anything either. Names are not written, only digests of them. Whoever copies the folder can try elsewhere:
what holds there is the cost of each try (``keyring``).
"""

import contextlib
import hashlib
import json
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials, Failures
from sanad.store import at_rest, faults, keyring, recall, swap
from sanad.store.folder import DataFolder, write_whole
from sanad.store.keyring import Keyring
from sanad.store.staff import user_key

MACHINE = "machine"
"""Whoever knocks here; a person is known by the digest of his name."""
MOST = 1000
"""Names that are remembered in the file; of those beyond, whose last try lies longest back is forgotten."""


def enter(folder: DataFolder, credentials: Credentials | None, now: datetime) -> Keyring:
    """The key of a folder that this process holds; a keyring without one where the folder is plain.

    Raises:
        Refused: the folder is encrypted and nobody said who he is (``data.sign_in_needed``), or what he said does not
            open it (as :func:`keyring.unlock`), or too many tries went wrong (``staff.wait``); it cannot be written.
    """
    try:
        swap.resume(folder)
        at_rest.finish(folder)
        if not folder.keys.is_dir():
            return Keyring.none(folder.keys)
        if credentials is None:
            raise Refused.because("data.sign_in_needed")
        knocks = Knocks(folder.knocks)
        person = hashlib.sha256(user_key(credentials.user).encode()).hexdigest()
        knocks.begin(person, now)
        opened = keyring.unlock(folder.keys, credentials.user, credentials.password)
        opened.knocked = knocks.opened(person)
    except OSError as error:
        raise faults.of_system(error, folder.path) from error
    return opened


class Knocks:
    """The tries that went wrong in a row: of each person, and of this machine."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._failures = _read(file)

    def begin(self, person: str, now: datetime) -> None:
        """Count a try, which goes wrong unless :meth:`opened` says otherwise.

        Raises:
            Refused: the wait is not over (``staff.wait``, with the seconds that are left).
        """
        tried = {who: self._tried(who, now) for who in (person, MACHINE)}
        if left := max(_left(count, passed) for count, passed in tried.values()):
            self._settle(now)
            raise Refused.because("staff.wait", seconds=left)
        for who, (count, _) in tried.items():
            self._failures.pop(who, None)  # the last to try stands last
            self._failures[who] = Failures(count + 1, now)
            recall.THIS_RUN.note(self._in_run(who), count + 1)
        for who in list(self._failures)[:-MOST]:
            del self._failures[who]
        self._write()

    def opened(self, person: str) -> int:
        """The try was right: what went wrong before is forgotten, and how often something did on this machine."""
        wrong = self._failures.get(MACHINE, Failures(1)).count - 1
        for who in (person, MACHINE):
            self._failures.pop(who, None)
            recall.THIS_RUN.forget(self._in_run(who))
        self._write()
        return wrong

    def _tried(self, who: str, now: datetime) -> tuple[int, float]:
        """How many went wrong in a row, and the seconds since the last."""
        kept = self._failures.get(who, Failures())
        ago = max(now - _last(kept, now), timedelta())
        return recall.THIS_RUN.look(self._in_run(who), kept.count, ago.total_seconds())

    def _in_run(self, who: str) -> str:
        return f"{self._file} {who}"

    def _settle(self, now: datetime) -> None:
        """Where the clock was set back, count the wait from now on: nobody waits for a day that has been."""
        later = {who for who, failures in self._failures.items() if _last(failures, now) > now}
        for who in later:
            self._failures[who] = Failures(self._failures[who].count, now)
        if later:
            self._write()

    def _write(self) -> None:
        """Keep what was counted; a disk that takes no more keeps nobody from his data."""
        told = {who: [failures.count, _text(failures)] for who, failures in self._failures.items()}
        with contextlib.suppress(OSError):
            if told:
                write_whole(self._file, json.dumps(told))
            else:
                self._file.unlink(missing_ok=True)


def _left(count: int, passed: float) -> int:
    return max(math.ceil(Failures(count).wait - passed), 0)


def _last(failures: Failures, now: datetime) -> datetime:
    return failures.last_at or now


def _text(failures: Failures) -> str:
    return failures.last_at.isoformat() if failures.last_at else ""


def _read(file: Path) -> dict[str, Failures]:
    """What was counted; nothing where the file is missing or was written by another hand."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        told: Mapping[str, tuple[int, str]] = json.loads(file.read_text(encoding="utf-8"))
        return {who: _failures(int(count), datetime.fromisoformat(last)) for who, (count, last) in told.items()}
    return {}


def _failures(count: int, last: datetime) -> Failures:
    return Failures(count, last if last.tzinfo else last.astimezone())
