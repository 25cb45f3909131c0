"""A family's request for one aid, and where it stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.assessment import Assessment
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


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment as it was made for a request: with the facts it used, frozen, and the day it was made."""

    id: str
    request: str
    assessment: Assessment
    facts: str
    """The case file it was made from, as JSON: what was known, word for word."""
