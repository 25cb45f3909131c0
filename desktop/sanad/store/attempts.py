"""Tries to sign in, as the journal tells of them: they outlive the program, and no edited row makes them forgotten."""

import json

from sqlalchemy import Connection, select

from sanad.domain.staff import Failures
from sanad.store.tables import journal

SIGN_IN, REFUSE = "staff.sign_in", "staff.refuse"
WRONG = "wrong"
"""Why a try was refused that counts; one that came too early does not."""
LOOKED_AT = 400
"""Tries of each kind that are looked back on: at a minute each, nobody makes so many in a working day."""


class Attempts:
    """How many in a row went wrong."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def failures(self, of: str, value: str) -> Failures:
        """The wrong ones since the last right one, of whoever said the same under ``of``: a user, or a machine."""
        tries = (
            select(journal.c.seq, journal.c.at, journal.c.operation, journal.c.after)
            .where(journal.c.operation == operation)
            .order_by(journal.c.seq.desc())
            .limit(LOOKED_AT)
            for operation in (SIGN_IN, REFUSE)
        )
        rows = [row for each in tries for row in self._connection.execute(each)]
        found = Failures()
        for seq, at, operation, after in sorted(rows, reverse=True):
            said = json.loads(after)
            if said[of] != value:
                continue
            if operation == SIGN_IN:
                break
            if said["why"] == WRONG:
                found = Failures(found.count + 1, found.last_at or at, found.seq or seq)
        return found
