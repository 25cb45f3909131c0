"""Work away from the window: one thread owns the file, results come back on the window's thread."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from sanad.domain.errors import Problem, Refused

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")
Problems = tuple[Problem, ...]


class Tasks(QObject):
    """Runs calls one after another on a single thread, in the order they were asked for.

    ``refused`` and ``broke`` tell the window of what no caller took: a refusal without a ``failed``, and every error
    that is nobody's fault at the desk.
    """

    refused = Signal(tuple)
    broke = Signal(object)
    idle = Signal()

    _ended = Signal(object, object, object)
    _moved = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = 0
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(_tell, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _thread(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # nothing is asked for before the first paint

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="file")

    @property
    def busy(self) -> bool:
        """Whether anything was asked for that has not been answered yet."""
        return self._waiting > 0

    def run(
        self,
        call: Callable[..., Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Problems], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Have ``call`` done on the thread of the file; ``done`` or ``failed`` answer on the window's thread.

        Where ``progress`` is given, ``call`` is handed a function to report ``(done, of)`` with. Answers for a widget
        that was closed in the meantime are dropped.
        """
        if self._closed:
            return
        self._waiting += 1
        if progress is None:
            future = self._thread.submit(call)
        else:
            future = self._thread.submit(call, lambda part, whole: self._moved.emit(progress, part, whole))
        future.add_done_callback(lambda ended: self._ended.emit(ended, done, failed))

    def close(self) -> None:
        """Wait until everything that was asked for is done. Nothing is cut off, and nothing more is taken on."""
        self._closed = True
        self._thread.shutdown(wait=True)

    def _deliver(self, ended: "Future[Any]", done: Callable[[Any], None] | None, failed: Any) -> None:
        self._waiting -= 1
        error = ended.exception()
        if error is None:
            if done is not None and _alive(done):
                done(ended.result())
        elif isinstance(error, Refused):
            if failed is None:
                self.refused.emit(error.problems)
            elif _alive(failed):
                failed(error.problems)
        else:
            self.broke.emit(error)
        if not self._waiting:
            self.idle.emit()


def _tell(progress: Callable[[int, int], None], part: int, whole: int) -> None:
    if _alive(progress):
        progress(part, whole)


def _alive(callback: Callable[..., None]) -> bool:
    """Whether the widget that a callback belongs to still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
