"""Requests, each with all that came of it: assessment, decisions, vouchers, receipts."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from sanad.domain.errors import Refused
from sanad.domain.listing import RequestView
from sanad.domain.money import Money
from sanad.domain.request import Request, state_of
from sanad.store.assessments import Assessments
from sanad.store.confidential import Confidential
from sanad.store.decisions import Decisions
from sanad.store.payments import Payments
from sanad.store.tables import households, requests

_REQUEST = ("id", "number", "household", "policy", "aid", "received_on", "asked")


class Requests:
    """What the families asked for."""

    def __init__(self, connection: Connection, confidential: Confidential | None = None) -> None:
        self._connection = connection
        self._confidential = confidential or Confidential(connection)

    def add(self, request: Request) -> None:
        """Keep a new request."""
        self._connection.execute(insert(requests).values(**{name: getattr(request, name) for name in _REQUEST}))

    def get(self, id: str) -> RequestView:  # noqa: A002  # the word of the domain
        """The request with all that came of it.

        Raises:
            Refused: there is none under this id, or the family's file is kept from whoever sits there.
        """
        row = self._connection.execute(self._all().where(requests.c.id == id)).first()
        if row is None:
            raise Refused.because("request.unknown", id=id)
        self._confidential.refuse(row.household)
        return self._view(row)

    def of(self, household: str) -> tuple[RequestView, ...]:
        """A family's requests, the latest first.

        Raises:
            Refused: its file is kept from whoever sits there.
        """
        self._confidential.refuse(household)
        found = self._all().where(requests.c.household == household)
        rows = self._connection.execute(found.order_by(requests.c.received_on.desc(), requests.c.number.desc()))
        return tuple(self._view(row) for row in rows.all())

    def asked_of(self, household: str, policy: str) -> dict[str, Money | None]:
        """The aids that a family ever asked for under a guide, each with the amount asked for last."""
        found = select(requests.c.aid, requests.c.asked).where(
            requests.c.household == household, requests.c.policy == policy
        )
        rows = self._connection.execute(found.order_by(requests.c.received_on, requests.c.number))
        return {row.aid: row.asked for row in rows}

    def _all(self) -> Any:
        return select(requests, households.c.version).join(households, households.c.id == requests.c.household)

    def _view(self, row: Row[Any]) -> RequestView:
        latest = Assessments(self._connection).latest(row.id)
        decisions = Decisions(self._connection).of(row.id)
        payments = Payments(self._connection).of_request(row.id)
        live = [payment for payment in payments if payment.live]
        state = state_of(
            assessed=latest is not None,
            decision=decisions[-1] if decisions else None,
            ordered={payment.voucher.month for payment in live},
            received={payment.voucher.month for payment in live if payment.receipt is not None},
        )
        return RequestView(
            request=Request(**{name: row._mapping[name] for name in _REQUEST}, state=state),
            assessed=latest[0] if latest else None,
            outdated=latest is not None and latest[1] != row.version,
            decisions=decisions,
            payments=payments,
        )
