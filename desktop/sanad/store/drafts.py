"""Text that was typed and not yet said: kept over a kill, forgotten when it is saved or thrown away."""

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from sanad.domain.listing import Draft
from sanad.domain.staff import Seat
from sanad.store.confidential import Confidential
from sanad.store.tables import drafts


class Drafts:
    """One draft a place of one account (empty as long as there are none); a place is ``new`` or a family's id."""

    def __init__(self, connection: Connection, seat: Seat, confidential: Confidential) -> None:
        self._connection = connection
        self._account = seat.account
        self._confidential = confidential

    def keep(self, draft: Draft) -> None:
        """Keep what is typed, in the place of what was kept there before."""
        row = {"payload": draft.payload, "kept_at": draft.kept_at}
        kept = insert(drafts).values(account=self._account, place=draft.place, **row)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=[drafts.c.account, drafts.c.place], set_=row)
        )

    def kept(self) -> tuple[Draft, ...]:
        """The drafts of the account, the latest first; of a file that was closed to it meanwhile, none."""
        found = select(drafts.c.place, drafts.c.payload, drafts.c.kept_at).where(drafts.c.account == self._account)
        rows = self._connection.execute(found.order_by(drafts.c.kept_at.desc())).all()
        return tuple(Draft(*row) for row in rows if not self._confidential.hides(row.place))

    def discard(self, place: str) -> None:
        """Forget the draft of a place, if there is one."""
        mine = (drafts.c.account == self._account) & (drafts.c.place == place)
        self._connection.execute(delete(drafts).where(mine))

    def hand_over(self, account: str) -> None:
        """Give what was typed before there were accounts to the first of them."""
        self._connection.execute(update(drafts).where(drafts.c.account == "").values(account=account))
