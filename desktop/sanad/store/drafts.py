"""Text that was typed and not yet said: kept over a kill, forgotten when it is saved or thrown away."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from sanad.domain.listing import Draft
from sanad.store.tables import drafts


class Drafts:
    """One draft a place; a place is ``new`` or a household's id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft: Draft) -> None:
        """Keep what is typed, in the place of what was kept there before."""
        row = {"payload": draft.payload, "kept_at": draft.kept_at}
        kept = insert(drafts).values(place=draft.place, **row)
        self._connection.execute(kept.on_conflict_do_update(index_elements=[drafts.c.place], set_=row))

    def kept(self) -> tuple[Draft, ...]:
        """All drafts, the latest first."""
        found = select(drafts.c.place, drafts.c.payload, drafts.c.kept_at).order_by(drafts.c.kept_at.desc())
        return tuple(Draft(*row) for row in self._connection.execute(found))

    def discard(self, place: str) -> None:
        """Forget the draft of a place, if there is one."""
        self._connection.execute(delete(drafts).where(drafts.c.place == place))
