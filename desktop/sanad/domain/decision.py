"""What the board decided on a request, and the aid it granted."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Money, problems_of_amount

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether a text names a month as data does: ``2026-11``."""
    return _MONTH.fullmatch(text) is not None


class Verdict(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    POSTPONE = "postpone"


@dataclass(frozen=True, slots=True)
class Grant:
    """Aid that may be paid: a monthly amount from one month (``YYYY-MM``) to another, or with no end yet."""

    amount: Money
    first_month: str
    last_month: str | None = None

    def months(self, until: str) -> tuple[str, ...]:
        """The months of the grant, in order, up to ``until`` (``YYYY-MM``)."""
        last = until if self.last_month is None else min(until, self.last_month)
        year, month = (int(part) for part in self.first_month.split("-"))
        listed: list[str] = []
        while (named := f"{year:04}-{month:02}") <= last:
            listed.append(named)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return tuple(listed)

    def covers(self, month: str) -> bool:
        """Whether ``month`` (``YYYY-MM``) lies within the grant."""
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)


@dataclass(frozen=True, slots=True)
class Decision:
    """The board's decision, never edited. ``sitting`` is how the minutes number it, such as ``14/3``.

    ``computed`` is what the rules gave; a grant of another amount needs a ``reason`` (K-MONTH-4), and so does every
    refusal and postponement, since the family may appeal it (K-RIGHT-9).
    """

    id: str
    request: str
    assessment: str
    verdict: Verdict
    decided_on: date
    sitting: str
    computed: Money | None
    grant: Grant | None
    reason: str = ""

    def __post_init__(self) -> None:
        problems = []
        if (self.grant is not None) != (self.verdict is Verdict.APPROVE):
            problems.append(Problem("decision.grant_and_verdict", "grant"))
        elif self.grant is not None:
            if self.grant.amount.minor <= 0:
                problems.append(Problem("decision.amount_not_positive", "grant.amount"))
            else:
                problems += problems_of_amount(self.grant.amount, "grant.amount")
            if self.grant.last_month is not None and self.grant.last_month < self.grant.first_month:
                problems.append(Problem("decision.ends_before_it_starts", "grant.last_month"))
        if not self.reason.strip() and (self.grant is None or self.grant.amount != self.computed):
            problems.append(Problem("decision.reason_missing", "reason"))
        if not self.sitting.strip():
            problems.append(Problem("decision.sitting_missing", "sitting"))
        if problems:
            raise Refused(problems)
