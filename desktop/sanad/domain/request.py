"""A family's request for one aid, and where it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.assessment import Assessment
from sanad.domain.case import UNSAID, Case, CaseStudy, Particulars
from sanad.domain.decision import Decision, Verdict
from sanad.domain.money import Money


class RequestState(StrEnum):
    """Where a request stands on its way to payment (K-PROC)."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    APPROVED = "approved"
    REFUSED = "refused"
    POSTPONED = "postponed"
    IN_PAYMENT = "in_payment"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Request:
    """A request for ``aid`` by the rules of ``policy``. ``id`` and ``household`` are UUIDs as text."""

    id: str
    number: str
    household: str
    policy: str
    aid: str
    received_on: date
    asked: Money | None
    state: RequestState
    particulars: Particulars = UNSAID

    def case(self, study: CaseStudy, on: date) -> Case:
        """What the rules read of it: the family's file, and what the request itself says."""
        return study.case(policy=self.policy, aid=self.aid, on=on, asked=self.asked, particulars=self.particulars)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a request says from now on; ``id`` is a UUID as text.

    ``assessment`` is the last one that was made of what it said before, if any was.
    """

    id: str
    request: str
    assessment: str | None
    asked: Money | None
    particulars: Particulars


def state_of(
    *, assessed: bool, decision: Decision | None, ordered: Collection[str], received: Collection[str]
) -> RequestState:
    """Where a request stands. ``ordered`` and ``received`` are the months with a live voucher, and with its receipt."""
    if decision is None:
        return RequestState.ASSESSED if assessed else RequestState.RECEIVED
    if decision.verdict is Verdict.POSTPONE:
        return RequestState.POSTPONED
    if decision.grant is None:
        return RequestState.REFUSED
    last = decision.grant.last_month
    if last is not None and all(month in received for month in decision.grant.months(last)):
        return RequestState.CLOSED
    return RequestState.IN_PAYMENT if ordered else RequestState.APPROVED


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment as it was made for a request: with the facts it used, frozen, and the day it was made."""

    id: str
    request: str
    assessment: Assessment
    facts: str
    """The case file it was made from, as JSON: what was known, word for word."""
