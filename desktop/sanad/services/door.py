"""The door: whoever tries a password too often waits, and every try is in the journal.

Waiting time is counted by a clock that nobody can move; of the time before this start the wall's clock tells. One that
was set back tells of no time at all, so that nobody waits longer than from the first try on. What the journal cannot be
told, as on a full disk, counts all the same until the program ends.
"""

import math
import platform
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
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
        from sanad.store.recall import Recall

        self._store = store
        self._recall = Recall(steady)
        self._early = 0

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

        tried = self._tried(user)
        if seconds := max(_left(count, passed) for count, passed in tried.values()):
            self._tell_of_early(user, person, max(count for count, _ in tried.values()))
            raise Refused.because("staff.wait", seconds=seconds)
        if right():
            self._early = 0
            for who in tried:
                self._recall.forget(who)
            return
        for who, (count, _) in tried.items():
            self._recall.note(who, count + 1)
        self._tell(user, person, WRONG)
        raise Refused.because(otherwise)

    def about(self, user: str, person: Person | None) -> dict[str, object]:
        """Who tried, and where. A name that nobody has may be a password typed into the wrong field: it is not told."""
        return {"user": person.user if person else "", "tried": _fingerprint(user), "machine": platform.node()}

    def _tell(self, user: str, person: Person | None, why: str) -> None:
        from sanad.store.attempts import REFUSE

        with suppress(Refused):  # a disk that takes no more changes nothing about the answer
            self._store.tell(REFUSE, {**self.about(user, person), "why": why})

    def _tell_of_early(self, user: str, person: Person | None, wrong: int) -> None:
        """Tell of the first that comes too early after a wrong one; those after it say nothing more."""
        if wrong != self._early:
            self._early = wrong
            self._tell(user, person, "wait")

    def _tried(self, user: str) -> Mapping[str, tuple[int, float]]:
        """How many went wrong in a row, and the seconds since the last: of the user, and of the machine."""
        now = self._store.now()
        asked = {"tried": _fingerprint(user), "machine": platform.node()}
        with self._store.reading() as records:
            found = {f"{of} {value}": records.attempts.failures(of, value) for of, value in asked.items()}
        return {who: self._recall.look(who, each.count, _ago(each, now)) for who, each in found.items()}


def _ago(failures: Failures, now: datetime) -> float:
    """Seconds since the last one, by the wall's clock; none where that was set back."""
    return max(now - (failures.last_at or now), timedelta()).total_seconds()


def _left(count: int, passed: float) -> int:
    """Seconds that are still to wait after so many wrong ones, the last so many seconds ago."""
    return max(math.ceil(Failures(count).wait - passed), 0)


def _fingerprint(user: str) -> str:
    """A name as it was tried, told so that it can be counted and not read."""
    from sanad.store.staff import user_key

    return sha256(user_key(user).encode()).hexdigest()[:16]
