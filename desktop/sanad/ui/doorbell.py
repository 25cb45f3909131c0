"""One window for a data folder: who starts the program again sees the window that is already open.

The folder's lock is what keeps a second process out; this only spares a person the refusal. The bell hangs in the
process that holds the folder, under a name made of the folder and of whose session it is; another person's session
does not hear it and is told by the lock who holds the folder.
"""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal

ANSWER = b"here"
PATIENCE = 2000
"""Milliseconds in which a window that is well answers."""


class Doorbell(QObject):
    """Hangs at a data folder as long as its window is open; ``rung`` when the program is started on it again."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer  # after the first paint

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(_name(folder))  # a killed process leaves its own behind; the folder is ours now
        self._server.listen(_name(folder))

    def take_down(self) -> None:
        """Nobody answers any more."""
        self._server.close()

    def _answer(self) -> None:
        caller = self._server.nextPendingConnection()
        caller.disconnected.connect(caller.deleteLater)
        caller.write(ANSWER)
        caller.disconnectFromServer()
        self.rung.emit()


def ring(folder: Path) -> bool:
    """Whether a window is open on the folder; it comes to the front. Costs nothing where there is none."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else its button in the task bar only blinks
    elif not Path(QDir.tempPath(), _name(folder)).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

    bell = QLocalSocket()
    bell.connectToServer(_name(folder))
    return bell.waitForConnected(PATIENCE) and bell.waitForReadyRead(PATIENCE)


def _name(folder: Path) -> str:
    whose = f"{folder.resolve()}\n{Path.home()}"
    return f"sanad-{hashlib.sha256(whose.encode()).hexdigest()[:20]}"
