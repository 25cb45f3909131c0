"""What one run of the program remembers of wrong tries: no clock that is set makes it pass, no full disk forgotten."""

from collections.abc import Callable
from time import monotonic


class Recall:
    """How many wrong ones each had in a row, and how long ago the last was, by a clock that no hand moves."""

    def __init__(self, steady: Callable[[], float]) -> None:
        """``steady`` counts seconds."""
        self._steady = steady
        self._tries: dict[str, tuple[int, float]] = {}

    def look(self, who: str, kept: int, ago: float) -> tuple[int, float]:
        """The wrong ones of ``who`` in a row, and the seconds since the last.

        So many are ``kept`` elsewhere, the last of them so many seconds ``ago`` by another clock: where they are news
        to this run, it counts on from there.
        """
        now = self._steady()
        known, since = self._tries.get(who, (0, now))
        if kept > known:
            known, since = self._tries[who] = kept, now - ago
        return known, now - since

    def note(self, who: str, count: int) -> None:
        """One more was wrong, just now: so many in a row are they by it."""
        self._tries[who] = count, self._steady()

    def forget(self, who: str) -> None:
        """One was right."""
        self._tries.pop(who, None)


THIS_RUN = Recall(monotonic)
"""Of those who are counted by nothing that lives as long as the program."""
