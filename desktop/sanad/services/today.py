"""What waits on a day."""

from datetime import date
from typing import TYPE_CHECKING

from sanad.domain.listing import TodayView
from sanad.domain.staff import Permission
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store


class Today:
    """Where the office stands, for the first screen."""

    def __init__(self, *, store: "Store", session: Session) -> None:
        self._store = store
        self._session = session

    @needs(Permission.SEE)
    def lines(self, on: date) -> TodayView:
        """What waits on ``on``, and the last thing that was recorded."""
        with self._store.reading() as records:
            return records.lists.today(on, self._store.heard_ending())
