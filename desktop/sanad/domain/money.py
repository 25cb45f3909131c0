"""Money: whole minor units, read and shown by a currency, rounded once and by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sanad.domain.errors import Problem, Refused
from sanad.domain.spelling import western

LARGEST = 10**15
"""No amount of an office reaches this many minor units; whatever does is a slip of the keyboard."""

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_PLAIN = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole minor units (fils, cents) of the office's one currency. Never a float."""

    minor: int

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is a whole number of minor units, not {type(self.minor).__name__}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + other.minor) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - other.minor) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> "Money":
        return Money(-self.minor)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.minor != 0


ZERO = Money(0)


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero, as the office rounds on paper."""
    return _half_up(*value.as_integer_ratio())


def _half_up(above: int, below: int) -> int:
    """The same of a fraction in two whole numbers, so that none has to be made on the way."""
    whole = (abs(above) * 2 + below) // (below * 2)
    return whole if above >= 0 else -whole


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code, with the number of its decimal places (BHD and KWD 3, USD 2)."""

    code: str
    places: int

    @property
    def unit(self) -> int:
        """How many minor units make one major unit."""
        return int(10**self.places)

    def exact(self, money: Money) -> Fraction:
        """The amount in major units, exact."""
        return Fraction(money.minor, self.unit)

    def rounded(self, amount: Fraction) -> Money:
        """The one rounding: an exact amount of major units to the nearest minor unit, half up."""
        above, below = amount.as_integer_ratio()
        return Money(_half_up(above * self.unit, below))

    def plain(self, money: Money) -> str:
        """Western digits with all places and no grouping, as data files carry it: ``1250.500``."""
        whole, part = divmod(abs(money.minor), self.unit)
        sign = "-" if money.minor < 0 else ""
        return f"{sign}{whole}.{part:0{self.places}}"

    def grouped(self, money: Money) -> str:
        """As :meth:`plain`, with the thousands set apart for a reader: ``1,250.500``."""
        whole, part = divmod(abs(money.minor), self.unit)
        sign = "-" if money.minor < 0 else ""
        return f"{sign}{whole:,}.{part:0{self.places}}"

    def read(self, text: str, where: str = "") -> Money:
        """The amount that a person or a data file wrote, in either kind of digits.

        Raises:
            Refused: it is no amount, has more places than the currency, is negative, is beyond all measure, or its
                comma could be either a decimal point or a grouping: ``12,50`` anywhere, and ``12,500`` where a
                currency has three places. Nothing is guessed and nothing rounded.
        """
        typed = western(text).replace("٫", ".").replace("٬", ",").strip()
        whole, point, part = typed.partition(".")
        if typed.startswith(("-", "−")):
            raise Refused([Problem("money.negative", where, {"text": text})])
        ungrouped = whole.replace(",", "") if _GROUPED.fullmatch(whole) else whole
        if not point and (comma := re.fullmatch(rf"(\d+),(\d{{1,{self.places}}})", typed)):
            raise Refused([self._two_readings(comma[1], comma[2], text, where)])
        if not _PLAIN.fullmatch(ungrouped) or (point and not _PLAIN.fullmatch(part)):
            raise Refused([Problem("money.unreadable", where, {"text": text})])
        if len(part) > self.places:
            raise Refused([Problem("money.places", where, {"text": text, "places": self.places, "code": self.code})])
        if len(ungrouped) > len(str(LARGEST)):
            raise Refused([Problem("money.too_large", where, {"text": text})])
        minor = int(ungrouped) * self.unit + int((part or "0").ljust(self.places, "0"))
        if minor >= LARGEST:
            raise Refused([Problem("money.too_large", where, {"text": text})])
        return Money(minor)

    def _two_readings(self, before: str, after: str, text: str, where: str) -> Problem:
        """What an amount may mean whose one comma stands before its last few digits: the comma a point, or nothing."""
        if len(before + after) > len(str(LARGEST)):
            return Problem("money.too_large", where, {"text": text})
        point = Money(int(before + after.ljust(self.places, "0")))
        group = Money(int(before + after) * self.unit)
        return Problem("money.comma", where, {"text": text, "point": Amount(point, self), "group": Amount(group, self)})


@dataclass(frozen=True, slots=True)
class Amount:
    """Money with its currency, for a sentence that tells how it is written in the office's digits."""

    money: Money
    currency: Currency


def problems_of_amount(money: Money, where: str) -> Iterator[Problem]:
    """An amount that no family or office has: below nothing, or beyond all measure."""
    if money.minor < 0:
        yield Problem("money.negative", where, {"text": str(money.minor)})
    elif money.minor >= LARGEST:
        yield Problem("money.too_large", where, {"text": str(money.minor)})


BHD = Currency("BHD", 3)
KWD = Currency("KWD", 3)
USD = Currency("USD", 2)
CURRENCIES = {currency.code: currency for currency in (BHD, KWD, USD)}
