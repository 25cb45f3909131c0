"""Wrong passphrases are counted where a restart does not forget them: after three, the next has to wait.

What is counted lies in this computer's memory of the user, by the digest of the key's file; nothing of what was typed
is kept. Whoever has the file can try elsewhere: what holds then is the cost of each try (``vault``).
"""

import contextlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pyrage.x25519 import Identity

from sanad.domain.errors import Refused
from sanad.store import vault
from sanad.store.folder import write_whole
from sanad.store.office_keys import digest

FREE = 3
"""Wrong passphrases before the first wait."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""The first wait, which doubles with each further wrong one, and the longest."""


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
        tried = self._tried(kept)
        if tried is not None and (left := self._left(kept, tried)) > timedelta(0):
            raise Refused.because("backup.wait", seconds=-(-left // timedelta(seconds=1)))
        try:
            identity = vault.unseal(sealed, passphrase)
        except Refused as refused:
            if refused.problems[0].code == "backup.wrong_passphrase":
                self._keep(kept, _Tried(tried.wrong + 1 if tried else 1, self._clock()))
            raise
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)
        return identity

    def _left(self, kept: Path, tried: _Tried) -> timedelta:
        wait = _wait(tried.wrong)
        since = self._clock() - tried.last
        if since < timedelta(0):  # a clock that was set back gains nothing: the wait begins anew
            self._keep(kept, _Tried(tried.wrong, self._clock()))
            return wait
        return wait - since

    def _tried(self, kept: Path) -> _Tried | None:
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


def _wait(wrong: int) -> timedelta:
    """How long the next try waits after so many wrong ones."""
    return timedelta(0) if wrong < FREE else min(LONGEST, FIRST * 2 ** min(wrong - FREE, 10))
