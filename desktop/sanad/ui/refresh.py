"""The one signal by which screens hear that something they show is no longer so."""

from PySide6.QtCore import QObject, Signal


class Refresh(QObject):
    """Whoever recorded something emits ``changed`` with its ``Changes``; whoever shows it reloads."""

    changed = Signal(object)
