"""Requests, each with all that came of it: assessment, decisions, vouchers, receipts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, insert, select

from sanad.domain.case import Particulars, Waiver
from sanad.domain.errors import Refused
from sanad.domain.listing import Outdated, RequestView
from sanad.domain.money import Money
from sanad.domain.request import Correction, Request, state_of
from sanad.store.assessments import Assessments
from sanad.store.confidential import Confidential
from sanad.store.decisions import Decisions
from sanad.store.payments import Payments
from sanad.store.tables import corrections, households, requests

_REQUEST = ("id", "number", "household", "policy", "aid", "received_on")
_PARTICULARS = ("applicant", "category", "grade", "fund", "facts")


class Requests:
    """What the families asked for."""

    def __init__(self, connection: Connection, confidential: Confidential | None = None) -> None:
        self._connection = connection
        self._confidential = confidential or Confidential(connection)

    def add(self, request: Request) -> None:
        """Keep a new request."""
        said = {name: getattr(request, name) for name in _REQUEST} | _kept(request)
        self._connection.execute(insert(requests).values(**said))

    def correct(self, correction: Correction) -> None:
        """Keep what a request says from now on; what it said before stays."""
        said = {"id": correction.id, "request": correction.request, "assessment": correction.assessment}
        self._connection.execute(insert(corrections).values(**said, **_kept(correction)))

    def corrections(self, request: str) -> tuple[str, ...]:
        """The ids of the corrections of a request, in their order."""
        found = select(corrections.c.id).where(corrections.c.request == request).order_by(corrections.c.row)
        return tuple(self._connection.execute(found).scalars())

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

    def asked_of(self, household: str, policy: str) -> dict[str, tuple[Money | None, Particulars]]:
        """The aids that a family ever asked for under a guide, each with the amount and what else was said last."""
        found = select(requests).where(requests.c.household == household, requests.c.policy == policy)
        rows = self._connection.execute(found.order_by(requests.c.received_on, requests.c.number))
        said = {row["aid"]: _said(self._corrected(row["id"]) or row) for row in rows.mappings()}
        return {aid: (last["asked"], last["particulars"]) for aid, last in said.items()}

    def _all(self) -> Any:
        return select(requests, households.c.version).join(households, households.c.id == requests.c.household)

    def _view(self, row: Row[Any]) -> RequestView:
        latest = Assessments(self._connection).latest(row.id)
        correction = self._corrected(row.id)
        outdated: list[Outdated] = []
        if latest is not None and latest[1] != row.version:
            outdated.append(Outdated.FAMILY)
        if latest is not None and correction is not None and correction["assessment"] == latest[0].id:
            outdated.append(Outdated.REQUEST)
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
            request=Request(
                **{name: row._mapping[name] for name in _REQUEST}, state=state, **_said(correction or row._mapping)
            ),
            assessed=latest[0] if latest else None,
            outdated=tuple(outdated),
            decisions=decisions,
            payments=payments,
        )

    def _corrected(self, request: str) -> RowMapping | None:
        """The last correction of a request; None where it says what it said at first."""
        found = select(corrections).where(corrections.c.request == request).order_by(corrections.c.row.desc())
        return self._connection.execute(found.limit(1)).mappings().first()


def _kept(said: Request | Correction) -> dict[str, Any]:
    """What a request says, by column."""
    particulars = said.particulars
    waivers = {waiver.clause: {"by": waiver.by, "reason": waiver.reason} for waiver in particulars.waivers}
    return {name: getattr(particulars, name) for name in _PARTICULARS} | {"asked": said.asked, "waivers": waivers}


def _said(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The same, read back."""
    waivers = tuple(Waiver(clause, **kept) for clause, kept in row["waivers"].items())
    return {
        "asked": row["asked"],
        "particulars": Particulars(waivers=waivers, **{name: row[name] for name in _PARTICULARS}),
    }
