"""Keeps what is typed as a draft: each second while one types, and when one leaves."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from sanad.domain.listing import Draft, Family
from sanad.forms.filling import Values
from sanad.ui.desk import Desk

NEW = "new"
"""The place of a family that has no file yet."""
EVERY = 1000
"""Milliseconds between two keepings while somebody types."""


class Keeping(QObject):
    """One draft at a time, at ``place``; ``values`` reads the boxes when the moment has come.

    ``key`` is that of the form: it is kept with what is typed, so that a form that was saved before the power went is
    known when it is saved again.
    """

    def __init__(self, desk: Desk, values: Callable[[], Values], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._values = values
        self.place, self.version, self.key = NEW, 0, str(uuid4())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._keep)

    def stand_at(self, family: Family | None) -> None:
        """A form of its own begins here: of a family's file as it was last saved, or of one that is new."""
        self.place, self.version = (NEW, 0) if family is None else (family.id, family.version)
        self.key = str(uuid4())

    def typed(self) -> None:
        """Something was typed; within a second it is kept."""
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Keep at once what is waiting to be kept."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def move(self, family: Family) -> Draft:
        """What is typed is of this family's file, as it was before it was saved last: kept there, then here no more."""
        self._timer.stop()
        left, drafts = self.place, self._desk.services.drafts
        self.stand_at(family)
        self.version = 0
        draft = Draft(family.id, self._payload(), datetime.now().astimezone())

        def keep() -> None:
            drafts.keep(draft.place, draft.payload)
            drafts.discard(left)

        self._desk.tasks.run(keep)
        return draft

    def forget(self) -> None:
        """It was saved, or is not wanted any more."""
        self._timer.stop()
        place, drafts = self.place, self._desk.services.drafts
        self._desk.tasks.run(lambda: drafts.discard(place))

    def _keep(self) -> None:
        place, payload, drafts = self.place, self._payload(), self._desk.services.drafts
        self._desk.tasks.run(lambda: drafts.keep(place, payload))

    def _payload(self) -> str:
        typed = {"version": self.version, "key": self.key, "values": self._values()}
        return json.dumps(typed, ensure_ascii=False)


@dataclass(frozen=True)
class Kept:
    """What a draft says: the version of the file that was typed over, the key of the form, what was typed."""

    version: int
    key: str
    values: Values


def read_draft(draft: Draft) -> Kept | None:
    """What was kept; None for a draft that cannot be read."""
    try:
        told: Any = json.loads(draft.payload)
        kept = Kept(told["version"], told.get("key", str(uuid4())), told["values"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    sound = isinstance(kept.version, int) and isinstance(kept.key, str) and isinstance(kept.values, dict)
    return kept if sound else None
