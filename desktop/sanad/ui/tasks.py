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
    """Runs calls one after another on a single thread ``name``, in the order they were asked for.

    ``refused`` and ``broke`` tell the window of what no caller took: a refusal without a ``failed``, and every error
    that is nobody's fault at the desk. ``denied`` tells of every refusal, whoever takes it.
    """

    refused = Signal(tuple)
    denied = Signal(tuple)
    broke = Signal(object)
    idle = Signal()

    _ended = Signal(object, object, object)
    _moved = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None, *, name: str = "file") -> None:
        super().__init__(parent)
        self._name = name
        self._under_way: set[Future[Any]] = set()
        self._waiting = 0
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(_tell, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _thread(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # nothing is asked for before the first paint

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    @property
    def closed(self) -> bool:
        """Whether nothing more is taken on; long work that asks for it stops then."""
        return self._closed

    @property
    def waited_for(self) -> bool:
        """Whether more was asked for than what is under way: work that nobody waits for steps aside then."""
        return self._waiting > 1

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
        that was closed in the meantime are dropped, and so is every answer after :meth:`close`. After an error of
        ours, which the window tells, ``failed`` is handed nothing to say: what waits for an answer can be tried again.
        """
        if self._closed:
            return
        self._waiting += 1
        if progress is None:
            future = self._thread.submit(call)
        else:
            future = self._thread.submit(call, lambda part, whole: self._moved.emit(progress, part, whole))
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        future.add_done_callback(lambda ended: self._ended.emit(ended, done, failed))

    def close(self, within: float | None = None) -> bool:
        """Wait until everything that was asked for is done, or for so many seconds; whether it is.

        Nothing is cut off, and nothing more is taken on.
        """
        from concurrent.futures import wait

        self._closed = True
        left = wait(set(self._under_way), within).not_done
        self._thread.shutdown(wait=not left)
        return not left

    def _deliver(self, ended: "Future[Any]", done: Callable[[Any], None] | None, failed: Any) -> None:
        self._waiting -= 1
        if self._closed:
            return  # whoever asked goes with the window
        error = ended.exception()
        if error is None:
            if done is not None and _alive(done):
                done(ended.result())
        elif isinstance(error, Refused):
            self.denied.emit(error.problems)
            if failed is None:
                self.refused.emit(error.problems)
            elif _alive(failed):
                failed(error.problems)
        else:
            self.broke.emit(error)
            if failed is not None and _alive(failed):
                failed(())
        if not self._waiting:
            self.idle.emit()


def _tell(progress: Callable[[int, int], None], part: int, whole: int) -> None:
    if _alive(progress):
        progress(part, whole)


def _alive(callback: Callable[..., None]) -> bool:
    """Whether the widget that a callback belongs to still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
