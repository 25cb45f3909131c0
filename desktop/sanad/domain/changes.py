"""What an operation touched, so that a screen reloads only what it shows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


class Subject(StrEnum):
    """The columns of the house, as far as they change."""

    OFFICE = "office"
    HOUSEHOLDS = "households"
    REQUESTS = "requests"
    DECISIONS = "decisions"
    PAYMENTS = "payments"
    POLICIES = "policies"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects an operation touched, and the households it was about."""

    subjects: frozenset[Subject]
    households: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """An operation that is on disk: its result, and what it touched.

    ``repeated`` is true when the same form had been recorded before (its idempotency key was known): nothing was
    written now, and ``value`` is what was recorded then.
    """

    value: Value
    changes: Changes
    repeated: bool = False
