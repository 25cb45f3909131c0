"""Reads the objects of a travelling file key by key: what is not asked for is not known, and every mistake is kept."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency, Money
from sanad.domain.soundness import problems_of_name
from sanad.domain.spelling import cleaned, western
from sanad.exchange.json_text import NoNumber, Tree

LONGEST_TEXT = 4000
"""Letters in a note."""
LARGEST_COUNT = 999_999
"""No count or id of a family's file is larger."""

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Choice = TypeVar("Choice", bound=StrEnum)


class Record:
    """One object of the file at ``where``. Asking for a key makes it known; null and absent are the same: not known."""

    def __init__(self, value: object, where: str, problems: list[Problem]) -> None:
        self.where = where
        self._problems = problems
        self._asked: set[str] = set()
        self._tree = value if isinstance(value, Tree) else Tree()
        if not isinstance(value, Tree):
            self.wrong("case.not_an_object", where)
        for key in self._tree.twice:
            self.wrong("case.key_twice", self.at(key), key=key)

    def at(self, key: str) -> str:
        """The path of a key of this object."""
        return f"{self.where}.{key}" if self.where else key

    def wrong(self, code: str, where: str, **values: object) -> None:
        """Keep a problem."""
        self._problems.append(Problem(code, where, values))

    def ask(self, key: str, *, required: bool = False) -> object:
        """The value as it stands, or None; a required one that is absent or null is a problem."""
        self._asked.add(key)
        value = self._tree.get(key)
        if required and value is None:
            self.wrong("case.missing_key", self.at(key), key=key)
        return value

    def keys(self) -> Iterator[str]:
        """The keys that the object holds."""
        return iter(self._tree)

    def closed(self) -> None:
        """Keep a problem for every key that nobody asked for."""
        for key in self._tree:
            if key not in self._asked:
                self.wrong("case.unknown_key", self.at(key), key=key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, without what nobody sees; empty when not known."""
        value = self.ask(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str) or isinstance(value, NoNumber):
            self.wrong("case.not_a_text", self.at(key))
            return ""
        text = cleaned(value)
        if len(text) > LONGEST_TEXT:
            self.wrong("case.text_too_long", self.at(key), most=LONGEST_TEXT)
            return ""
        return text

    def one_line(self, key: str) -> str:
        """A text of one line."""
        return " ".join(self.text(key).split())

    def line(self, key: str) -> str:
        """A text of one line, no longer than a name may be."""
        text = self.one_line(key)
        self._problems += problems_of_name(text, self.at(key))
        return text

    def yes_no(self, key: str) -> bool | None:
        """True, false, or not known."""
        value = self.ask(key)
        if value is not None and not isinstance(value, bool):
            self.wrong("case.not_yes_no", self.at(key))
            return None
        return value

    def holds(self, key: str, kind: type) -> bool:
        """Whether a value of that kind stands under a key."""
        return isinstance(self._tree.get(key), kind)

    def whole(self, key: str, *, least: int = 0, most: int = LARGEST_COUNT, required: bool = False) -> int | None:
        """A whole number."""
        value = self.ask(key, required=required)
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite() or value.as_tuple().exponent != 0:
            self.wrong("case.not_whole", self.at(key))
        elif not least <= value <= most:
            self.wrong("case.out_of_range", self.at(key), least=least, most=most)
        else:
            return int(value)
        return None

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date, ``2026-11-22``, in either kind of digits."""
        value = self.ask(key, required=required)
        if value is None or value == "":
            return None
        return read_day(value, self.at(key), self._problems)

    def money(self, key: str, currency: Currency, *, required: bool = False) -> Money | None:
        """An amount, written as text or as a number."""
        value = self.ask(key, required=required)
        if value is None or value == "":
            return None
        return read_money(value, currency, self.at(key), self._problems)

    def number(self, key: str) -> Fraction | None:
        """A number that is no amount, such as a grade point average."""
        value = self.ask(key)
        if value is None:
            return None
        if isinstance(value, str | Decimal) and _NUMBER.fullmatch(western(str(value))):
            return Fraction(western(str(value)))
        self.wrong("case.not_a_number", self.at(key), value=shown(value))
        return None

    def choice(self, key: str, among: type[Choice], *, required: bool = False) -> Choice | None:
        """One of the words of a list."""
        value = self.ask(key, required=required)
        if value is None or (value == "" and not required):
            return None
        if not isinstance(value, str) or value not in set(among):
            self.wrong("case.not_one_of", self.at(key), value=shown(value), expected=", ".join(among))
            return None
        return among(value)

    def record(self, key: str) -> "Record | None":
        """The object under a key."""
        value = self.ask(key)
        return None if value is None else Record(value, self.at(key), self._problems)

    def items(self, key: str) -> list[tuple[str, object]] | None:
        """The list under a key, each value with its place; None when not known."""
        value = self.ask(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.wrong("case.not_a_list", self.at(key))
            return None
        return [(f"{self.at(key)}[{number}]", item) for number, item in enumerate(value)]

    def records(self, key: str) -> list["Record"] | None:
        """The objects of the list under a key; None when not known."""
        items = self.items(key)
        return None if items is None else [Record(item, where, self._problems) for where, item in items]


def read_day(value: object, where: str, problems: list[Problem]) -> date | None:
    """The date that a text means, or None with a problem."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(western(value)):
            return date.fromisoformat(western(value))
    except ValueError:
        pass  # no such day; said below
    problems.append(Problem("case.not_a_date", where, {"value": shown(value)}))
    return None


def read_money(value: object, currency: Currency, where: str, problems: list[Problem]) -> Money | None:
    """The amount that a text or a number means, or None with a problem."""
    if not isinstance(value, str | Decimal):
        problems.append(Problem("money.unreadable", where, {"text": shown(value)}))
        return None
    try:
        return currency.read(str(value), where)
    except Refused as refused:
        problems += [Problem(found.code, where, {**found.values, "text": shown(value)}) for found in refused.problems]
        return None


def shown(value: object) -> str:
    """A value as a problem may quote it: on one line, and not at length."""
    text = cleaned(str(value)).replace("\n", " ")
    return f"{text[:40]}…" if len(text) > 40 else text
