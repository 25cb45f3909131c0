"""What the board decided, as it decided it."""

from sqlalchemy import Connection, RowMapping, insert, select

from sanad.domain.decision import Decision, Grant
from sanad.domain.errors import Refused
from sanad.store.tables import decisions


class Decisions:
    """The decisions of each request, in their order; never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: Decision) -> None:
        """Keep a new decision."""
        grant = decision.grant
        names = ("id", "request", "assessment", "verdict", "decided_on", "sitting", "computed", "reason")
        self._connection.execute(
            insert(decisions).values(
                **{name: getattr(decision, name) for name in names},
                amount=grant.amount if grant else None,
                first_month=grant.first_month if grant else None,
                last_month=grant.last_month if grant else None,
            )
        )

    def get(self, id: str) -> Decision:  # noqa: A002  # the word of the domain
        """The decision under this id.

        Raises:
            Refused: there is none.
        """
        row = self._connection.execute(select(decisions).where(decisions.c.id == id)).mappings().first()
        if row is None:
            raise Refused.because("decision.unknown", id=id)
        return _decision(row)

    def of(self, request: str) -> tuple[Decision, ...]:
        """The decisions on a request, the first first."""
        found = select(decisions).where(decisions.c.request == request).order_by(decisions.c.row)
        return tuple(_decision(row) for row in self._connection.execute(found).mappings())


def _decision(row: RowMapping) -> Decision:
    amount = row["amount"]
    return Decision(
        id=row["id"],
        request=row["request"],
        assessment=row["assessment"],
        verdict=row["verdict"],
        decided_on=row["decided_on"],
        sitting=row["sitting"],
        computed=row["computed"],
        grant=None if amount is None else Grant(amount, row["first_month"], row["last_month"]),
        reason=row["reason"],
    )
