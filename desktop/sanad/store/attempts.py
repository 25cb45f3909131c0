"""Tries to sign in, as the journal tells of them: they outlive the program, and no edited row makes them forgotten."""

from sqlalchemy import Connection, func, select

from sanad.domain.staff import FREE_TRIES, LONGEST_WAIT, Failures
from sanad.store.journal import said
from sanad.store.tables import journal

SIGN_IN, REFUSE = "staff.sign_in", "staff.refuse"
WRONG = "wrong"
"""Why a try was refused that counts; one that came too early does not."""
COUNTED = FREE_TRIES + LONGEST_WAIT.bit_length()
"""Wrong ones in a row from which on the wait is the longest, so that more need not be counted."""


class Attempts:
    """How many in a row went wrong."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def failures(self, of: str, value: str) -> Failures:
        """The wrong ones since the last right one, of whoever said the same under ``of``: a user, or a machine."""
        wrong = select(journal.c.seq, journal.c.at).where(journal.c.operation == REFUSE, said("why") == WRONG)
        wrong = wrong.where(said(of) == value).order_by(journal.c.seq.desc()).limit(COUNTED)
        rows = self._connection.execute(wrong).all()
        if not rows:
            return Failures()
        right = select(func.max(journal.c.seq)).where(journal.c.operation == SIGN_IN, said(of) == value)
        last = self._connection.execute(right.where(journal.c.seq > rows[-1].seq)).scalar() or 0
        since = [row for row in rows if row.seq > last]
        return Failures(len(since), since[0].at) if since else Failures()
