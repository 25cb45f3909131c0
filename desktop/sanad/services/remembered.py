"""What is read once and kept in memory until it changes, whichever thread asks for it or changes it."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """What ``read`` gives, kept until it is forgotten.

    What was forgotten while it was being read is handed to whoever asked, and not kept: it may be that of before.
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._kept: tuple[Value] | None = None
        self._forgotten = 0
        self._lock = Lock()

    def get(self) -> Value:
        """The value, read where it is not kept; whatever reading it raises."""
        if (kept := self._kept) is not None:
            return kept[0]
        forgotten_before = self._forgotten
        value = self._read()
        with self._lock:
            if self._forgotten == forgotten_before:
                self._kept = (value,)
        return value

    def forget(self) -> None:
        """The next to ask has it read anew."""
        with self._lock:
            self._forgotten += 1
            self._kept = None
