"""The one signal by which screens hear that something they show is no longer so."""

from PySide6.QtCore import QObject, Signal

from sanad.domain.changes import Changes


class Refresh(QObject):
    """Whoever recorded something emits ``changed``; whoever shows it reloads."""

    changed = Signal(Changes)
