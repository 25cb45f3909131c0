"""The dated figures and brackets of a pack, laid out by the days on which something changes."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency
from sanad.rules.policy import Bracket, Figure, Figures, Scale
from sanad.rules.tables import THE_NEED, AmountTable, BracketRow, ScaleTable

Value = TypeVar("Value")


class Revisions:
    """Reads every dated table; ``in_order`` is what is in force from each day on, ``problems`` what was wrong."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], currency: Currency) -> None:
        self.problems: list[Problem] = []
        self._currency = currency
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
        self.in_order = tuple(
            Figures(
                since=day,
                figures={
                    name: Figure(name, row.clause, row.label.text, value, table == "amounts", row.reading)
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
        for name, (row, _) in scales.items():
            self._within(f"scales.{name}", row)

    def _days(self, where: str, written: Mapping[str, object]) -> list[date | None]:
        """The first days of a table's values, as they stand, each noted when it is no date or out of order."""
        days: list[date | None] = []
        for text in written:
            try:
                day = date.fromisoformat(text) if len(text) == len("2019-07-02") else None
            except ValueError:
                day = None
            known = [earlier for earlier in days if earlier is not None]
            if day is None:
                self.problems.append(Problem("policy.not_a_date", f"{where}.from.{text}"))
            elif known and day <= known[-1]:
                self.problems.append(Problem("policy.dates_out_of_order", f"{where}.from.{text}"))
            days.append(day)
        if not days:
            self.problems.append(Problem("policy.no_figures", f"{where}.from"))
        return days

    def _dated(self, where: str, row: AmountTable, table: str) -> dict[date, Fraction]:
        days = self._days(where, row.since)
        values = [self._number(f"{where}.from.{day}", value, table) for day, value in row.since.items()]
        return {day: value for day, value in zip(days, values, strict=True) if day is not None and value is not None}

    def _number(self, where: str, value: str | int, table: str) -> Fraction | None:
        """An amount (text, in the currency's places), a count (a whole number), or a share (text, 0 to 1)."""
        if isinstance(value, str) != (table != "counts"):
            expected = "int" if table == "counts" else "str"
            self.problems.append(Problem("policy.wrong_type", where, {"expected": expected}))
            return None
        if table == "amounts":
            return self._amount(where, str(value))
        try:
            number = Fraction(value)
        except ValueError:
            self.problems.append(Problem("policy.wrong_type", where, {"expected": "0.40"}))
            return None
        if number < 0 or (table == "shares" and number > 1):
            self.problems.append(Problem("policy.out_of_range", where, {"value": str(value)}))
        return number

    def _amount(self, where: str, text: str) -> Fraction | None:
        try:
            return self._currency.exact(self._currency.read(text, where))
        except Refused as refused:
            self.problems += refused.problems
            return None

    def _dated_scale(self, where: str, row: ScaleTable) -> dict[date, tuple[Bracket, ...]]:
        days = self._days(where, row.since)
        return {
            day: self._brackets(f"{where}.from.{text}", rows)
            for day, (text, rows) in zip(days, row.since.items(), strict=True)
            if day is not None
        }

    def _brackets(self, where: str, rows: tuple[BracketRow, ...]) -> tuple[Bracket, ...]:
        brackets = tuple(
            Bracket(
                need_up_to=None
                if row.need_up_to is None
                else self._amount(f"{where}[{number}].need_up_to", row.need_up_to),
                pay=None if row.pay == THE_NEED else self._amount(f"{where}[{number}].pay", row.pay),
                members_up_to=row.members_up_to,
            )
            for number, row in enumerate(rows)
        )
        self._unbroken(where, rows, brackets)
        return brackets

    def _unbroken(self, where: str, rows: tuple[BracketRow, ...], brackets: tuple[Bracket, ...]) -> None:
        """Every need has one bracket: limits rise, and only the last of each size of family has none."""
        last_size: int | None = 0
        for size, group in groupby(enumerate(brackets), key=lambda pair: pair[1].members_up_to):
            numbers = [number for number, _ in group]
            if last_size is None or (size is not None and size <= last_size):
                self.problems.append(Problem("policy.brackets_overlap", f"{where}[{numbers[0]}].members_up_to"))
            last_size = size
            limit = Fraction(-1)
            for number in numbers[:-1]:
                up_to = brackets[number].need_up_to
                if up_to is None or up_to <= limit:
                    self.problems.append(Problem("policy.brackets_overlap", f"{where}[{number}].need_up_to"))
                else:
                    limit = up_to
            if rows[numbers[-1]].need_up_to is not None:
                self.problems.append(Problem("policy.brackets_gap", f"{where}[{numbers[-1]}].need_up_to"))
        if last_size is not None:
            self.problems.append(Problem("policy.brackets_gap", where))

    def _within(self, where: str, row: ScaleTable) -> None:
        """On every day, the floor is not above the cap, and every bracket pays between the two."""
        name = where.removeprefix("scales.")
        for in_force in self.in_order:
            if name not in in_force.scales:
                continue
            floor, cap = in_force.figures.get(row.floor), in_force.figures.get(row.cap)
            for key, figure in ((row.floor, floor), (row.cap, cap)):
                if figure is None:
                    self.problems.append(Problem("policy.lacks", where, {"value": key}))
            if floor is None or cap is None:
                continue
            if floor.value > cap.value:
                self.problems.append(Problem("policy.floor_above_cap", f"amounts.{row.floor}", {"day": in_force.since}))
                continue
            for number, bracket in enumerate(in_force.scales[name].brackets):
                paid = bracket.need_up_to if bracket.pay is None else bracket.pay
                if paid is None or not floor.value <= paid <= cap.value:
                    place = f"{where}.from.{in_force.since}[{number}].pay"
                    self.problems.append(Problem("policy.pays_outside", place, {"day": in_force.since}))


def _in_force(dated: Mapping[date, Value], day: date) -> Value | None:
    """The value of the latest day not after ``day``."""
    since = max((first for first in dated if first <= day), default=None)
    return None if since is None else dated[since]
