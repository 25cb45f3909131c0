"""Money that leaves the office: the voucher that orders it, the receipt that proves it, the void that keeps both."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.money import Money

LONGEST_REASON = 400
"""Letters of the reason of a void: it is printed whole, and a paper has room for no more."""


class Method(StrEnum):
    """How the aid is handed over; cash until said otherwise."""

    CASH = "cash"
    CHEQUE = "cheque"
    TRANSFER = "transfer"
    COUPON = "coupon"
    IN_KIND = "in_kind"


@dataclass(frozen=True, slots=True)
class Voucher:
    """An order to pay one month of a grant (سند صرف). ``number`` is gap-free within its year: ``2026-000391``."""

    id: str
    number: str
    decision: str
    household: str
    month: str
    amount: Money
    payee: str
    method: Method
    issued_on: date


@dataclass(frozen=True, slots=True)
class Receipt:
    """The beneficiary's acknowledgement that a voucher was paid. Never edited; a mistake is a :class:`Cancellation`."""

    id: str
    number: str
    voucher: str
    received_by: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A voucher, with its receipt if there is one, declared void. Their numbers are kept and print ملغى."""

    voucher: str
    cancelled_on: date
    reason: str
