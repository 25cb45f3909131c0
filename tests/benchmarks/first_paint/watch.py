"""Tell the moment at which a program has painted its first window; imported by both sides of the benchmark.

Light on purpose: what is imported here is part of what is measured.
"""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Watch(QObject):
    """Sees the events of a window, and calls once its first paint is through.

    Not those of the application: each kind of thing that Python is shown for the first time costs its time.
    """

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass; a paint runs to its end before the next timer."""
        if self._then is not None and event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._then)
            self._then = None
        return False


def when_painted(then: Callable[[], None]) -> None:
    """Have `then` called after the first paint, whoever makes the application and the window."""
    run = QApplication.exec

    def watched() -> int:
        watch = Watch(then)
        (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
        window.installEventFilter(watch)
        return run()

    QApplication.exec = staticmethod(watched)  # type: ignore[method-assign]  # the one hook both sides pass through


def tell_and_end() -> None:
    """Print the moment, in nanoseconds of the machine's own clock, and whether the database was imported; end."""
    print(time.monotonic_ns(), "sqlalchemy" in sys.modules, flush=True)
    os._exit(0)
