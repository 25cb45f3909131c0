"""How the facts of the domain lie in columns: money, days, moments, slugs, yes-or-no, and open-ended facts.

Every column is one of SQLite's strict types underneath, so the file refuses what these decorators would not write.
"""

import json
from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from sanad.domain import money

NONSENSE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What comes of reading a row in which something stands that we never write."""

Value = TypeVar("Value")
Plain = TypeVar("Plain", int, str)


class _Kept(TypeDecorator[Value], Generic[Value, Plain]):
    """A column that writes a value plainly and reads it back the same; null is always what is not known."""

    cache_ok = True

    @override
    def process_bind_param(self, value: Value | None, dialect: Dialect) -> Plain | None:
        return None if value is None else self.write(value)

    @override
    def process_result_value(self, value: Plain | None, dialect: Dialect) -> Value | None:
        return None if value is None else self.read(value)

    @abstractmethod
    def write(self, value: Value) -> Plain:
        """The value as the file keeps it."""

    @abstractmethod
    def read(self, plain: Plain) -> Value:
        """The value that the file keeps so."""


class Money(_Kept[money.Money, int]):
    """An amount, as whole minor units."""

    impl = BigInteger().with_variant(Integer(), "sqlite")  # a strict table knows INTEGER, never BIGINT
    cache_ok = True

    @override
    def write(self, value: money.Money) -> int:
        return value.minor

    @override
    def read(self, plain: int) -> money.Money:
        return money.Money(plain)


class Date(_Kept[date, str]):
    """A day of the office, as ``YYYY-MM-DD``."""

    impl = Text
    cache_ok = True

    @override
    def write(self, value: date) -> str:
        return value.isoformat()

    @override
    def read(self, plain: str) -> date:
        return date.fromisoformat(plain)


class Moment(_Kept[datetime, str]):
    """A moment, in UTC to the microsecond and of one width, so that it sorts as text."""

    impl = Text
    cache_ok = True

    @override
    def write(self, value: datetime) -> str:
        return moment_text(value)

    @override
    def read(self, plain: str) -> datetime:
        return datetime.fromisoformat(plain)


class Enum(_Kept[StrEnum, str]):
    """A word of the vocabulary, as its slug."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    @override
    def write(self, value: StrEnum) -> str:
        return self.words(value).value

    @override
    def read(self, plain: str) -> StrEnum:
        return self.words(plain)


class YesNo(_Kept[bool, int]):
    """Yes, no, or (null) not known, as 1 and 0."""

    impl = Integer
    cache_ok = True

    @override
    def write(self, value: bool) -> int:
        return int(value)

    @override
    def read(self, plain: int) -> bool:
        return bool(plain)


class Json(_Kept[Mapping[str, object], str]):
    """Facts whose names a pack decides, as JSON in which money, days and fractions keep their kind."""

    impl = Text
    cache_ok = True

    @override
    def write(self, value: Mapping[str, object]) -> str:
        return canonical(_tagged(value))

    @override
    def read(self, plain: str) -> Mapping[str, object]:
        return MappingProxyType(_untagged(json.loads(plain)))


def moment_text(moment: datetime) -> str:
    """A moment as it is kept: ``2026-11-22T06:00:00.000000+00:00``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: object) -> str:
    """JSON in the one spelling that can be hashed: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_bytes(value: object) -> bytes:
    """What :func:`canonical` makes of strings, whole numbers and null, in a tenth of the time: it seals every entry."""
    return msgspec.json.encode(value, order="sorted")


_KINDS: dict[str, Any] = {"$money": money.Money, "$date": date.fromisoformat, "$fraction": Fraction, "$row": tuple}


def _tagged(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case money.Money():
            return {"$money": value.minor}
        case date():
            return {"$date": value.isoformat()}
        case Fraction():
            return {"$fraction": str(value)}
        case tuple():
            return {"$row": [_tagged(item) for item in value]}
        case list():
            return [_tagged(item) for item in value]
        case Mapping():
            return {str(name): _tagged(item) for name, item in value.items()}
        case _:
            raise TypeError(f"a fact cannot be a {type(value).__name__}")


def _untagged(value: Any) -> Any:
    match value:
        case dict():
            plain = {name: _untagged(item) for name, item in value.items()}
            if len(plain) == 1 and (name := next(iter(plain))) in _KINDS:
                return _KINDS[name](plain[name])
            return plain
        case list():
            return [_untagged(item) for item in value]
        case _:
            return value
