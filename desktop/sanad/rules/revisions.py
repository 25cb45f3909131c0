"""The dated figures and brackets of a pack, laid out by the days on which something changes."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TypeVar

from sanad.domain.errors import Problem
from sanad.domain.money import Currency
from sanad.rules.policy import Bracket, Figure, Figures, Scale
from sanad.rules.tables import AmountTable, ScaleTable
from sanad.rules.values import Values, pays_within

Value = TypeVar("Value")


class Revisions:
    """Reads every dated table; ``in_order`` is what is in force from each day on, ``problems`` what was wrong.

    ``since`` is the first day of a guide without figures.
    """

    def __init__(
        self, tables: Mapping[str, Mapping[str, object]], currency: Currency, since: str | None = None
    ) -> None:
        self.problems: list[Problem] = []
        self._values = Values(currency, self.problems, whole=True)
        figures = {
            name: (row, table, self._dated(f"{table}.{name}", row, table))
            for table in ("amounts", "counts", "shares")
            for name, row in tables[table].items()
            if isinstance(row, AmountTable)
        }
        scales = {
            name: (row, self._dated_scale(f"scales.{name}", row))
            for name, row in tables["scales"].items()
            if isinstance(row, ScaleTable)
        }
        changing = [*(dated.keys() for *_, dated in figures.values()), *(dated.keys() for _, dated in scales.values())]
        days = sorted(set[date]().union(*changing))
        if since is not None and not days:
            days = self._only_day(since)
        self.in_order = tuple(
            Figures(
                since=day,
                figures={
                    name: Figure(name, row.clause, row.label.text, value, table, row.reading)
                    for name, (row, table, dated) in figures.items()
                    if (value := _in_force(dated, day)) is not None
                },
                scales={
                    name: Scale(name, row.clause, row.floor, row.cap, brackets)
                    for name, (row, dated) in scales.items()
                    if (brackets := _in_force(dated, day)) is not None
                },
            )
            for day in days
        )
        if not days:
            self.problems.append(Problem("policy.no_figures", "amounts"))
        for in_force in self.in_order:
            self.problems += pays_within(in_force)

    def _days(self, where: str, written: Mapping[str, object]) -> list[date | None]:
        """The first days of a table's values, as they stand, each noted when it is no date or out of order."""
        days: list[date | None] = []
        for text in written:
            day = read_day(text)
            known = [earlier for earlier in days if earlier is not None]
            if day is None:
                self.problems.append(Problem("policy.not_a_date", f"{where}.from.{text}"))
            elif known and day <= known[-1]:
                self.problems.append(Problem("policy.dates_out_of_order", f"{where}.from.{text}"))
            days.append(day)
        if not days:
            self.problems.append(Problem("policy.no_figures", f"{where}.from"))
        return days

    def _only_day(self, since: str) -> list[date]:
        """The first day of a guide that gives no figure."""
        day = read_day(since)
        if day is None:
            self.problems.append(Problem("policy.not_a_date", "since"))
        return [] if day is None else [day]

    def _dated(self, where: str, row: AmountTable, table: str) -> dict[date, Fraction]:
        days = self._days(where, row.since)
        values = [self._values.number(f"{where}.from.{day}", value, table) for day, value in row.since.items()]
        return {day: value for day, value in zip(days, values, strict=True) if day is not None and value is not None}

    def _dated_scale(self, where: str, row: ScaleTable) -> dict[date, tuple[Bracket, ...]]:
        days = self._days(where, row.since)
        return {
            day: self._values.brackets(f"{where}.from.{text}", rows, row.clause)
            for day, (text, rows) in zip(days, row.since.items(), strict=True)
            if day is not None
        }


def read_day(text: str) -> date | None:
    """The date that a text in the one form of the packs means."""
    try:
        return date.fromisoformat(text) if len(text) == len("2019-07-02") else None
    except ValueError:
        return None


def _in_force(dated: Mapping[date, Value], day: date) -> Value | None:
    """The value of the latest day not after ``day``."""
    since = max((first for first in dated if first <= day), default=None)
    return None if since is None else dated[since]
