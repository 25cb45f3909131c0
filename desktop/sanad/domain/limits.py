"""Limits of income and wealth that a regulation leaves to a table of the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sanad.domain.money import Money

LARGEST_SIZE = 10
"""The row of the table that holds for this many members and for more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The office's table: the monthly pension due to a household of each size, and the limits beside it.

    A size left empty is absent. ``combined_limit`` holds income and wealth together, ``monthly_maximum`` the aid of a
    month; both may be left empty for good, ``wealth_limit`` may not.
    """

    pension: Mapping[int, Money] = field(default_factory=lambda: MappingProxyType({}))
    wealth_limit: Money | None = None
    combined_limit: Money | None = None
    monthly_maximum: Money | None = None

    def row(self, size: int) -> int:
        """The row of the table for a household of ``size`` members, 1 or more."""
        return min(size, LARGEST_SIZE)

    def pension_of(self, size: int) -> Money | None:
        """The pension due to a household of ``size`` members; None where its row is empty."""
        return self.pension.get(self.row(size))
