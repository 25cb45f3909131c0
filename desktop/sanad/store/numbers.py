"""Number series without gaps: a number is drawn inside the transaction that uses it, or not at all."""

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

    def pass_over(self, series: str, last: int) -> None:
        """Have the series go on after ``last``, whose numbers up to there stand on papers that were given out."""
        raised = insert(numbers).values(series=series, last=last)
        self._connection.execute(raised.on_conflict_do_update(index_elements=[numbers.c.series], set_={"last": last}))

    def of_year(self, series: str, day: date) -> str:
        """The next number of the year in which ``day`` lies: ``2026-000391``."""
        return f"{day.year:04}-{self.next(f'{series}-{day.year:04}'):0{DIGITS}}"

    def last(self) -> dict[str, int]:
        """The last number drawn, by series."""
        rows = self._connection.execute(select(numbers.c.series, numbers.c.last))
        return {row.series: row.last for row in rows}
