"""What the rules found, step by step, each with its clause."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from sanad.domain.money import Money
from sanad.domain.text import Text


class Outcome(StrEnum):
    """ELIGIBLE: the rules are met, people still decide. NEEDS_BOARD: the rules leave it to people."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_BOARD = "needs_board"
    INCOMPLETE = "incomplete"


class Finding(StrEnum):
    """What is known of a condition. Unknown is never taken for either."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    WAIVED = "waived"


class Step(NamedTuple):
    """One figure of the computation: what it is, its value, the clause it rests on.

    ``exact`` is the fraction in major units (or a count of persons); ``money`` tells which of the two it is. The value
    shown is rounded once, by the currency, when somebody reads it. A tuple, since an assessment makes some twenty of
    them and a frozen dataclass takes four times as long to make.
    """

    name: str
    clause: str
    label: Text
    note: Text
    exact: Fraction
    money: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """A condition, the fact it hangs on, and what was found."""

    clause: str
    fact: str
    result: Finding
    label: Text


@dataclass(frozen=True, slots=True)
class Assumption:
    """A reading chosen where the guide is silent or lost, or a fact taken by default: shown wherever the result is."""

    clause: str
    label: Text


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer. It explains itself without the pack: steps carry their labels, clauses and exact values.

    ``figures`` keeps, under the names of the command line, exact amounts of major units or whole counts. ``revision``
    is the first day of the figures in force; ``digest`` is the SHA-256 of the pack that was read. ``counted`` are the
    ids of the members who count; ``excluded`` says of every other member by which clause.
    """

    policy: str
    revision: str
    digest: str
    aid: str
    on: str
    currency: str
    outcome: Outcome
    amount: Money | None
    period_months: int | None
    fund: str | None
    redirect: str | None
    figures: Mapping[str, Fraction | int]
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    missing: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    counted: tuple[int, ...] = ()
    excluded: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
