"""Number series without gaps: a number is drawn inside the transaction that uses it, or not at all."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sanad.store.tables import numbers

DIGITS = 6


class Numbers:
    """The next number of each series; the writer's lock keeps two from drawing the same."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, series: str) -> int:
        """The number after the last one of ``series``, counted from 1."""
        drawn = insert(numbers).values(series=series, last=1)
        drawn = drawn.on_conflict_do_update(index_elements=[numbers.c.series], set_={"last": numbers.c.last + 1})
        return int(self._connection.execute(drawn.returning(numbers.c.last)).scalar_one())

    def pass_over(self, drawn: Mapping[str, int]) -> dict[str, str]:
        """Have each series go on after the number ``drawn``, which stands on a paper that was given out.

        Gives what was passed over, as ``first-last`` by series; a series that is as far already is none of them.
        """
        last = self.last()
        passed_over = {}
        for series, number in sorted(drawn.items()):
            if number > last.get(series, 0):
                passed_over[series] = f"{last.get(series, 0) + 1}-{number}"
                raised = insert(numbers).values(series=series, last=number)
                raised = raised.on_conflict_do_update(index_elements=[numbers.c.series], set_={"last": number})
                self._connection.execute(raised)
        return passed_over

    def of_year(self, series: str, day: date) -> str:
        """The next number of the year in which ``day`` lies: ``2026-000391``."""
        return f"{day.year:04}-{self.next(f'{series}-{day.year:04}'):0{DIGITS}}"

    def last(self) -> dict[str, int]:
        """The last number drawn, by series."""
        rows = self._connection.execute(select(numbers.c.series, numbers.c.last))
        return {row.series: row.last for row in rows}
