"""Notices that nobody is at the desk any more: no key and no mouse for a while, or the computer has slept."""

import sys
from collections.abc import Callable
from time import monotonic, time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

IDLE = 5 * 60.0
"""Seconds without a key or a movement after which the desk is taken to be left."""
LOOKS = 1000
"""Milliseconds between two looks at the clocks."""
SLEPT = 10.0
"""Seconds between two looks beyond which the computer has slept: nothing keeps the window that long."""

SWITCH_DESKTOP = 0x0100
"""The right that is asked of Windows' desktop (DESKTOP_SWITCHDESKTOP)."""

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def machine_locked() -> bool:
    """Whether Windows shows its own lock; other systems tell nobody, and are covered by the idle minutes.

    While the lock is shown, programs may not open the desktop that takes input.
    """
    if sys.platform != "win32":
        return False
    import ctypes

    user32 = ctypes.WinDLL("user32")
    user32.OpenInputDesktop.restype = ctypes.c_void_p
    user32.CloseDesktop.argtypes = [ctypes.c_void_p]
    desktop = user32.OpenInputDesktop(0, False, SWITCH_DESKTOP)
    if not desktop:
        return True
    user32.CloseDesktop(desktop)
    return False


class Watch(QObject):
    """``left`` tells once that the desk was left. ``steady`` and ``wall`` count seconds, for the tests to move.

    The steady clock stands still on some systems while the computer sleeps; the wall clock tells of it there.
    ``locked`` asks whether the computer itself was locked, as by Win+L.
    """

    left = Signal()

    def __init__(
        self,
        parent: QObject,
        steady: Callable[[], float] = monotonic,
        wall: Callable[[], float] = time,
        locked: Callable[[], bool] = machine_locked,
    ) -> None:
        super().__init__(parent)
        self._locked = locked
        self._steady = steady
        self._wall = wall
        self._acted = self._looked_steady = self._looked_wall = 0.0
        self._window: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS)
        self._timer.timeout.connect(self.look)

    @property
    def on(self) -> bool:
        """Whether it watches."""
        return self._timer.isActive()

    def begin(self, window: QWidget) -> None:
        """Watch from now on what comes to a window. A filter over all of Qt's objects would slow every event down."""
        self.end()
        self._acted = self._looked_steady = self._steady()
        self._looked_wall = self._wall()
        self._window = window.windowHandle()
        if self._window is not None:
            self._window.installEventFilter(self)
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None

    def look(self) -> None:
        """See what the clocks say."""
        steady, wall = self._steady(), self._wall()
        slept = max(steady - self._looked_steady, wall - self._looked_wall) >= SLEPT
        self._looked_steady, self._looked_wall = steady, wall
        if slept or steady - self._acted >= IDLE or self._locked():
            self.end()
            self.left.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let everything pass; a key or a movement says that somebody is there."""
        if event.type() in _ACTS:
            self._acted = self._steady()
        return False
