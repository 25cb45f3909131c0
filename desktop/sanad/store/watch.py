"""Whoever waits for a long piece of work: is told how far it is, and may stop it."""

from collections.abc import Callable

from typing_extensions import override

from sanad.domain.errors import Refused

Progress = Callable[[int, int], None]
"""Told ``(done, of)`` in bytes."""

STRIDE = 1024 * 1024
"""Bytes between two tellings."""


def _nothing(done: int, of: int) -> None:
    """Nobody watches."""


class Watch:
    """Counts the bytes that went by."""

    def __init__(self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        self._progress = progress or _nothing
        self._cancelled = cancelled or (lambda: False)
        self._done = self._told = 0
        self._of = 1

    def expect(self, of: int) -> None:
        """So many bytes will go by in all."""
        self._of = max(1, of)
        self._progress(0, self._of)

    def moved(self, size: int) -> None:
        """So many more went by.

        Raises:
            Refused: it was to be stopped (``backup.cancelled``).
        """
        self._done += size
        if self._done - self._told >= STRIDE:
            self._told = self._done
            if self._cancelled():
                raise Refused.because("backup.cancelled")
            self._progress(min(self._done, self._of), self._of)

    def ended(self) -> None:
        """All is done."""
        self._progress(self._of, self._of)


class Share(Watch):
    """A piece of longer work, which alone knows how much there is and when all is done."""

    def __init__(self, whole: Watch) -> None:
        super().__init__()
        self._whole = whole

    @override
    def expect(self, of: int) -> None:
        """The whole expects it."""

    @override
    def moved(self, size: int) -> None:
        self._whole.moved(size)

    @override
    def ended(self) -> None:
        """More may come."""
