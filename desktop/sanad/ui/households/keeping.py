"""Keeps what is typed as a draft: each second while one types, and when one leaves."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from sanad.domain.listing import Draft
from sanad.forms.filling import Values
from sanad.ui.desk import Desk

NEW = "new"
"""The place of a family that has no file yet."""
EVERY = 1000
"""Milliseconds between two keepings while somebody types."""


class Keeping(QObject):
    """One draft at a time, at ``place``; ``values`` reads the boxes when the moment has come."""

    def __init__(self, desk: Desk, values: Callable[[], Values], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._values = values
        self.place = NEW
        self.version = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._keep)

    def typed(self) -> None:
        """Something was typed; within a second it is kept."""
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Keep at once what is waiting to be kept."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget(self) -> None:
        """It was saved, or is not wanted any more."""
        self._timer.stop()
        place, drafts = self.place, self._desk.services.drafts
        self._desk.tasks.run(lambda: drafts.discard(place))

    def _keep(self) -> None:
        place, drafts = self.place, self._desk.services.drafts
        payload = json.dumps({"version": self.version, "values": self._values()}, ensure_ascii=False)
        self._desk.tasks.run(lambda: drafts.keep(place, payload))


def read_draft(draft: Draft) -> tuple[int, Values] | None:
    """The version of the file that was typed over, and what was typed; None for a draft that cannot be read."""
    try:
        kept: Any = json.loads(draft.payload)
        version, values = kept["version"], kept["values"]
    except (ValueError, KeyError, TypeError):
        return None
    return (version, values) if isinstance(version, int) and isinstance(values, dict) else None
