"""What was typed and not yet said, kept so that a kill or a power cut costs nothing."""

from typing import TYPE_CHECKING

from sanad.domain.listing import Draft
from sanad.domain.staff import Permission
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store

NEW = "new"
"""The place of a family that has no file yet; a family that has one is its own place."""


class Drafts:
    """Keeps text by the place where it is being typed. Nothing here enters the journal: nothing was said yet."""

    def __init__(self, *, store: "Store", session: Session) -> None:
        self._store = store
        self._session = session

    @needs(Permission.SEE)
    def keep(self, place: str, payload: str) -> None:
        """Keep what is typed, in the place of what was kept there before."""
        with self._store.noting() as (drafts, now):
            drafts.keep(Draft(place, payload, now))

    @needs(Permission.SEE)
    def kept(self) -> list[Draft]:
        """All drafts, the latest first."""
        with self._store.reading() as records:
            return list(records.drafts.kept())

    @needs(Permission.SEE)
    def discard(self, place: str) -> None:
        """Forget a draft; it was saved, or is not wanted."""
        with self._store.noting() as (drafts, _):
            drafts.discard(place)
