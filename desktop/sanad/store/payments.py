"""Vouchers, receipts and the voids of both, none of them ever changed."""

from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from sanad.domain.errors import Refused
from sanad.domain.listing import Payment
from sanad.domain.payment import Cancellation, Receipt, Voucher
from sanad.store.confidential import Confidential
from sanad.store.tables import cancellations, decisions, operations, receipts, vouchers

RECEIVE = "payments.receive"
"""The act that makes a receipt, which is its result."""
PRINT_RECEIPT = "papers.print_receipt"
"""The act of a receipt that went to a printer; its result is the receipt."""

_VOUCHER = tuple(Voucher.__dataclass_fields__)


class Payments:
    """What was ordered to be paid, and what became of it."""

    def __init__(self, connection: Connection, confidential: Confidential | None = None) -> None:
        self._connection = connection
        self._confidential = confidential or Confidential(connection)

    def order(self, voucher: Voucher, aid: str) -> None:
        """Keep a new voucher of that aid."""
        self._connection.execute(
            insert(vouchers).values(**{name: getattr(voucher, name) for name in _VOUCHER}, aid=aid)
        )

    def receive(self, receipt: Receipt, voucher: Voucher) -> None:
        """Keep the receipt of a voucher, with the amount that was handed over."""
        names = Receipt.__dataclass_fields__
        self._connection.execute(
            insert(receipts).values(**{name: getattr(receipt, name) for name in names}, amount=voucher.amount)
        )

    def cancel(self, cancellation: Cancellation) -> None:
        """Keep the void of a voucher."""
        names = Cancellation.__dataclass_fields__
        self._connection.execute(insert(cancellations).values(**{name: getattr(cancellation, name) for name in names}))

    def get(self, voucher: str) -> Payment:
        """The voucher under this id, or the one whose receipt has it, with what became of it.

        Raises:
            Refused: there is none, or the family's file is kept from whoever sits there.
        """
        row = self._connection.execute(_all().where((vouchers.c.id == voucher) | (receipts.c.id == voucher)))
        if (found := row.mappings().first()) is None:
            raise Refused.because("voucher.unknown", id=voucher)
        self._confidential.refuse(found["household"])
        return _payment(found)

    def of_request(self, request: str) -> tuple[Payment, ...]:
        """The vouchers of a request in the order of their numbers."""
        found = _all().join(decisions, decisions.c.id == vouchers.c.decision).where(decisions.c.request == request)
        rows = self._connection.execute(found.order_by(vouchers.c.number)).mappings()
        return tuple(_payment(row) for row in rows)

    def live(self, household: str, aid: str, month: str) -> Payment | None:
        """The voucher by which a family is already paid this aid for this month, with its receipt if there is one."""
        found = _all().where(
            vouchers.c.household == household,
            vouchers.c.aid == aid,
            vouchers.c.month == month,
            cancellations.c.voucher.is_(None),
        )
        row = self._connection.execute(found).mappings().first()
        return _payment(row) if row else None

    def printed(self, receipt: str) -> int:
        """How often a receipt went to a printer."""
        times = select(func.count()).select_from(operations)
        times = times.where(operations.c.operation == PRINT_RECEIPT, operations.c.result == receipt)
        return self._connection.execute(times).scalar_one()


def _all() -> Any:
    return (
        select(
            *(vouchers.c[name] for name in _VOUCHER),
            receipts.c.id.label("receipt_id"),
            receipts.c.number.label("receipt_number"),
            receipts.c.received_by,
            receipts.c.received_on,
            cancellations.c.cancelled_on,
            cancellations.c.reason,
        )
        .outerjoin(receipts, receipts.c.voucher == vouchers.c.id)
        .outerjoin(cancellations, cancellations.c.voucher == vouchers.c.id)
    )


def _payment(row: RowMapping) -> Payment:
    voucher = Voucher(**{name: row[name] for name in _VOUCHER})
    receipt = cancellation = None
    if row["receipt_id"] is not None:
        receipt = Receipt(row["receipt_id"], row["receipt_number"], voucher.id, row["received_by"], row["received_on"])
    if row["cancelled_on"] is not None:
        cancellation = Cancellation(voucher.id, row["cancelled_on"], row["reason"])
    return Payment(voucher, receipt, cancellation)
