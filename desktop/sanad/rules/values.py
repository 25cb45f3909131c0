"""Numbers and brackets as packs and revisions write them: read strictly, whatever is wrong noted by its key."""

import re
from fractions import Fraction
from itertools import groupby

from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency
from sanad.rules.policy import Bracket, Figures, Scale
from sanad.rules.tables import THE_NEED, BracketRow

MOST_COUNTED = 120
"""Years of a life; a count of years, months or terms beyond it is one of days, or a slip."""

_SHARE = re.compile(r"-?[0-9]{1,9}(?:[./][0-9]{1,9})?")
"""A share of few digits: 1e999999999 is a number too, and takes all memory there is."""

_MOST = {"counts": MOST_COUNTED, "shares": 1}


class Values:
    """Reads values in one currency; what is wrong goes to ``problems``.

    ``whole``: amounts are written with all their places, so that nobody takes fils for dinars.
    """

    def __init__(self, currency: Currency, problems: list[Problem], *, whole: bool = False) -> None:
        self.problems = problems
        self._currency = currency
        self._whole = whole

    def number(self, where: str, value: str | int, table: str) -> Fraction | None:
        """An amount (text, in the currency's places), a count (a whole number), or a share (text, 0 to 1)."""
        if isinstance(value, str) != (table != "counts"):
            expected = "int" if table == "counts" else "str"
            self.problems.append(Problem("policy.wrong_type", where, {"expected": expected}))
            return None
        if table == "amounts":
            return self.amount(where, str(value))
        try:
            number = Fraction(value if isinstance(value, int) or _SHARE.fullmatch(value) else "")
        except (ValueError, ZeroDivisionError):
            self.problems.append(Problem("policy.wrong_type", where, {"expected": "0.40"}))
            return None
        if not 0 <= number <= _MOST[table]:
            self.problems.append(Problem("policy.out_of_range", where, {"value": str(value)}))
        return number

    def amount(self, where: str, text: str) -> Fraction | None:
        """An amount in major units, exact."""
        try:
            amount = self._currency.read(text, where)
        except Refused as refused:
            self.problems += refused.problems
            return None
        if self._whole and len(text.partition(".")[2]) != self._currency.places:
            expected = self._currency.plain(amount)
            self.problems.append(Problem("policy.unit_not_said", where, {"value": text, "expected": expected}))
        return self._currency.exact(amount)

    def brackets(self, where: str, rows: tuple[BracketRow, ...], clause: str) -> tuple[Bracket, ...]:
        """The brackets of a scale by a clause, which together have one for every need."""
        brackets = tuple(
            Bracket(
                need_up_to=None
                if row.need_up_to is None
                else self.amount(f"{where}[{number}].need_up_to", row.need_up_to),
                pay=None if row.pay == THE_NEED else self.amount(f"{where}[{number}].pay", row.pay),
                members_up_to=row.members_up_to,
            )
            for number, row in enumerate(rows)
        )
        self._unbroken(where, rows, brackets, clause)
        return brackets

    def _unbroken(self, where: str, rows: tuple[BracketRow, ...], brackets: tuple[Bracket, ...], clause: str) -> None:
        """Every need has one bracket: limits rise, and only the last of each size of family has none."""

        def overlaps(number: int, other: int, key: str) -> None:
            values = {"clause": clause, "other": f"{where}[{other}].{key}"}
            self.problems.append(Problem("policy.brackets_overlap", f"{where}[{number}].{key}", values))

        last_size: int | None = 0
        for size, group in groupby(enumerate(brackets), key=lambda pair: pair[1].members_up_to):
            numbers = [number for number, _ in group]
            if last_size is None or (size is not None and size <= last_size):
                overlaps(numbers[0], max(numbers[0] - 1, 0), "members_up_to")
            last_size = size
            limit = Fraction(-1)
            for number in numbers[:-1]:
                up_to = brackets[number].need_up_to
                if up_to is None:
                    overlaps(number, number + 1, "need_up_to")
                elif up_to <= limit:
                    overlaps(number, number - 1, "need_up_to")
                else:
                    limit = up_to
            if rows[numbers[-1]].need_up_to is not None:
                self.problems.append(Problem("policy.brackets_gap", f"{where}[{numbers[-1]}].need_up_to"))
        if last_size is not None:
            self.problems.append(Problem("policy.brackets_gap", where))


def pays_within(in_force: Figures) -> list[Problem]:
    """Where the floor of a scale lies above its cap, or a bracket pays outside of the two."""
    problems: list[Problem] = []
    for name, scale in in_force.scales.items():
        where, day = f"scales.{name}", {"day": in_force.since}
        lacking = [key for key in (scale.floor, scale.cap) if key not in in_force.figures]
        if lacking:
            problems += [Problem("policy.lacks", where, {"value": key}) for key in lacking]
            continue
        floor, cap = (in_force.figures[key].value for key in (scale.floor, scale.cap))
        if floor > cap:
            problems.append(Problem("policy.floor_above_cap", f"amounts.{scale.floor}", day))
            continue
        for number, pay in enumerate(_most_paid(scale)):
            if pay is None or not floor <= pay <= cap:
                problems.append(Problem("policy.pays_outside", f"{where}.from.{in_force.since}[{number}].pay", day))
    return problems


def never_paid(in_force: Figures) -> list[Problem]:
    """Where a scale has a floor or a cap that none of its brackets pays: one was changed and the others forgotten."""
    return [
        Problem("policy.never_paid", f"amounts.{key}", {"scale": name, "day": in_force.since})
        for name, scale in in_force.scales.items()
        for key in (scale.floor, scale.cap)
        if in_force.figures[key].value not in _most_paid(scale)
    ]


def _most_paid(scale: Scale) -> list[Fraction | None]:
    """What each bracket pays at its upper end; None where that has no end."""
    return [bracket.need_up_to if bracket.pay is None else bracket.pay for bracket in scale.brackets]
