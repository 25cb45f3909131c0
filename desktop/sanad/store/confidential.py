"""Files that only few may open: which they are, and what is hidden of them from all others.

Whoever may not see them is refused here, at the door to the rows, so that no service can forget it. Of a hidden file
the others know its number, and that it is there.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, literal, select

from sanad.domain.errors import Refused
from sanad.store.columns import moment_text
from sanad.store.tables import confidential, households, journal

KEEP, OPEN_UP = "households.keep_confidential", "households.open_up"


class Confidential:
    """The marks. ``opened``: whoever sits there sees confidential files as all others."""

    def __init__(self, connection: Connection, *, opened: bool = True) -> None:
        self._connection = connection
        self._opened = opened

    def is_kept(self, household: str) -> bool:
        """Whether a family's file is confidential."""
        mark = select(confidential.c.household).where(confidential.c.household == household)
        return self._connection.execute(mark).first() is not None

    def refuse(self, household: str) -> None:
        """Let nobody pass who may not see the file.

        Raises:
            Refused: it is confidential (``household.confidential``, with its number).
        """
        if not self._opened and self.is_kept(household):
            number = select(households.c.file_number).where(households.c.id == household)
            raise Refused.because("household.confidential", file_number=self._connection.execute(number).scalar_one())

    def hides(self, household: str) -> bool:
        """Whether a family's file is kept from whoever sits there."""
        return not self._opened and self.is_kept(household)

    @property
    def hidden(self) -> ColumnElement[bool]:
        """True of each row of ``households`` that is kept from whoever sits there."""
        if self._opened:
            return literal(False)
        return self.kept

    @property
    def kept(self) -> ColumnElement[bool]:
        """True of each row of ``households`` that is confidential."""
        return households.c.id.in_(select(confidential.c.household))

    def keep(self, household: str, since: datetime) -> None:
        """Mark a family's file."""
        self._connection.execute(insert(confidential).values(household=household, since=since))

    def open_up(self, household: str) -> None:
        """Take the mark away."""
        self._connection.execute(delete(confidential).where(confidential.c.household == household))

    def differing(self) -> Iterator[str]:
        """The families whose mark is not what the journal last said of them."""
        told: dict[str, str] = {}
        acts = select(journal.c.operation, journal.c.households, journal.c.at)
        acts = acts.where(journal.c.operation.in_((KEEP, OPEN_UP))).order_by(journal.c.seq)
        for operation, about, at in self._connection.execute(acts):
            for household in json.loads(about):
                told.pop(household, None)
                if operation == KEEP:
                    told[household] = moment_text(at)
        rows = self._connection.execute(select(confidential.c.household, confidential.c.since))
        marks = {household: moment_text(since) for household, since in rows}
        yield from (id_ for id_ in sorted(told.keys() | marks.keys()) if told.get(id_) != marks.get(id_))
