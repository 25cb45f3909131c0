"""The door: whoever tries a password too often waits, and every try is in the journal.

Waiting time is counted by a clock that nobody can move; of the time before this start the wall's clock tells. One that
was set back tells of no time at all, so that nobody waits longer than from the first try on.
"""

import math
import platform
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sanad.domain.errors import Refused
from sanad.domain.staff import Failures, Person, as_meant

if TYPE_CHECKING:
    from sanad.store.store import Store


class Door:
    """Proves that somebody is who he says, or refuses him."""

    def __init__(self, *, store: "Store", steady: Callable[[], float]) -> None:
        """``steady`` counts seconds that no hand moves."""
        self._store = store
        self._steady = steady
        self._since: dict[int, float] = {}

    def prove(self, user: str, password: str, person: Person | None) -> None:
        """That the password is the person's, who was found under ``user``, or not.

        Of somebody unknown, and of one whose account is closed, it takes as long and says the same.

        Raises:
            Refused: it is not (``staff.wrong``); there is to wait (``staff.wait``); the person's row is not what the
                journal last said of it (``staff.changed_outside``).
        """
        from sanad.store import passwords

        with self._store.reading() as records:
            agrees = person is None or records.staff.agrees(person.id)
            kept = records.staff.password(person.id) if person and agrees else None
        if not agrees:
            self._tell(user, person, "changed_outside")
            raise Refused.because("staff.changed_outside")

        def right() -> bool:
            return passwords.is_right(as_meant(password), kept) and person is not None and person.active

        self.attempt(user, person, right, "staff.wrong")

    def attempt(self, user: str, person: Person | None, right: Callable[[], bool], otherwise: str) -> None:
        """Let a try count. Nothing is looked at before the time is over.

        Raises:
            Refused: it is not ``right`` (the code is ``otherwise``), or there is to wait (``staff.wait``).
        """
        from sanad.store.attempts import WRONG

        now = self._store.now()
        if seconds := max(self._left(failures, now) for failures in self._failures(user)):
            self._tell(user, person, "wait")
            raise Refused.because("staff.wait", seconds=seconds)
        if not right():
            self._tell(user, person, WRONG)
            for failures in self._failures(user):
                self._since[failures.seq] = self._steady()
            raise Refused.because(otherwise)

    def about(self, user: str, person: Person | None) -> dict[str, object]:
        """Who tried, and where. A name that nobody has may be a password typed into the wrong field: it is not told."""
        return {"user": person.user if person else "", "tried": _fingerprint(user), "machine": platform.node()}

    def _tell(self, user: str, person: Person | None, why: str) -> None:
        from sanad.store.attempts import REFUSE

        self._store.tell(REFUSE, {**self.about(user, person), "why": why})

    def _failures(self, user: str) -> tuple[Failures, Failures]:
        """Of the user, and of the machine."""
        with self._store.reading() as records:
            return (
                records.attempts.failures("tried", _fingerprint(user)),
                records.attempts.failures("machine", platform.node()),
            )

    def _left(self, failures: Failures, now: datetime) -> int:
        """Seconds that are still to wait after these failures."""
        if failures.last_at is None or not failures.wait:
            return 0
        passed = max((now - failures.last_at).total_seconds(), 0.0)
        since = self._since.setdefault(failures.seq, self._steady() - passed)
        return max(math.ceil(failures.wait - (self._steady() - since)), 0)


def _fingerprint(user: str) -> str:
    """A name as it was tried, told so that it can be counted and not read."""
    from sanad.store.staff import user_key

    return sha256(user_key(user).encode()).hexdigest()[:16]
