"""Wrong passphrases are counted where a restart does not forget them: after three, the next has to wait.

What is counted lies in this computer's memory of the user, by the digest of the key's file; nothing of what was typed
is kept. While the program runs, a clock that is set gains nothing, nor does a memory that cannot be written. Whoever
has the file can try elsewhere: what holds then is the cost of each try (``vault``).
"""

import contextlib
import json
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pyrage.x25519 import Identity

from sanad.domain.errors import Refused
from sanad.store import recall, vault
from sanad.store.folder import write_whole
from sanad.store.office_keys import digest

FREE = 3
"""Wrong passphrases before the first wait."""
FIRST, LONGEST = 30, 15 * 60
"""Seconds of the first wait, which doubles with each further wrong one, and of the longest."""


class _Tried(NamedTuple):
    wrong: int
    last: datetime


class Tries:
    """The wrong passphrases of each key's file."""

    def __init__(self, memory: Path, clock: Callable[[], datetime]) -> None:
        self._memory = memory
        self._clock = clock

    def unseal(self, sealed: bytes, passphrase: str) -> Identity:
        """The key that a file holds, as :func:`vault.unseal` opens it.

        Raises:
            Refused: as there; or the wait is not over (``backup.wait``, with the seconds that are left).
        """
        kept = self._memory / f"passphrase-{digest(sealed)[:32]}"
        wrong, passed = self._tried(kept)
        if (left := _wait(wrong) - passed) > 0:
            raise Refused.because("backup.wait", seconds=math.ceil(left))
        try:
            identity = vault.unseal(sealed, passphrase)
        except Refused as refused:
            if refused.problems[0].code == "backup.wrong_passphrase":
                recall.THIS_RUN.note(str(kept), wrong + 1)
                self._keep(kept, _Tried(wrong + 1, self._clock()))
            raise
        recall.THIS_RUN.forget(str(kept))
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)
        return identity

    def _tried(self, kept: Path) -> tuple[int, float]:
        """How many were wrong in a row, and the seconds since the last."""
        now = self._clock()
        told = self._told(kept) or _Tried(0, now)
        if told.last > now:  # a clock that was set back gains nothing: the wait begins anew
            told = _Tried(told.wrong, now)
            self._keep(kept, told)
        return recall.THIS_RUN.look(str(kept), told.wrong, (now - told.last).total_seconds())

    def _told(self, kept: Path) -> _Tried | None:
        try:
            told = json.loads(kept.read_text(encoding="utf-8"))
            last = datetime.fromisoformat(told["last"])
            return _Tried(int(told["wrong"]), last if last.tzinfo else last.astimezone())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, kept: Path, tried: _Tried) -> None:
        with contextlib.suppress(OSError):  # a profile that cannot be written keeps nobody from the data
            self._memory.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(kept, json.dumps({"wrong": tried.wrong, "last": tried.last.isoformat()}))


def _wait(wrong: int) -> int:
    """The seconds that the next try waits after so many wrong ones."""
    return 0 if wrong < FREE else min(LONGEST, FIRST * 2 ** min(wrong - FREE, 10))
