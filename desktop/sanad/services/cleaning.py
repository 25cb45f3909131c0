"""Text as it is kept: whatever nobody sees (direction marks, control characters) is taken out at this one door."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from sanad.domain.spelling import cleaned

Fact = TypeVar("Fact")


def without_the_unseen(fact: Fact) -> Fact:
    """The same fact with every text in it cleaned, however deep it lies in records and rows."""
    return _cleaned(fact)  # type: ignore[no-any-return]  # what goes in comes out, of the same type


def _cleaned(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return cleaned(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
