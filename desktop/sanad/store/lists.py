"""What waits on a day, read straight into the lines that a screen shows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, literal, null, select

from sanad.domain.decision import Verdict
from sanad.domain.household import Relation
from sanad.domain.listing import Concerned, Ending, JournalLine, TodayLine, TodayView, Waiting
from sanad.domain.money import Money
from sanad.store.confidential import Confidential
from sanad.store.drafts import Drafts
from sanad.store.health import RESTORE
from sanad.store.households import Households
from sanad.store.journal import Journal
from sanad.store.naming import number_of
from sanad.store.payments import PRINT_RECEIPT
from sanad.store.retelling import POSTED
from sanad.store.tables import (
    assessments,
    cancellations,
    decisions,
    households,
    members,
    operations,
    receipts,
    requests,
    vouchers,
)

_TOLD_IN = {kind.act: kind.table.name for kind in POSTED}
"""The table of what each act records."""
LATELY = timedelta(days=31)
"""How long a receipt that was never printed is told of: later, the paper was written by hand."""
SHOWN = 50
"""Lines of a kind; the count tells of the rest."""


class Lists:
    """Read models of the whole file."""

    def __init__(self, connection: Connection, confidential: Confidential, drafts: Drafts) -> None:
        self._connection = connection
        self._confidential = confidential
        self._drafts = drafts

    def today(self, on: date, ending: Ending = Ending.WELL) -> TodayView:
        """Where the office stands on a day, after the program had that ``ending``."""
        entries = Journal(self._connection)
        last = entries.last()
        settled = exists().where(decisions.c.request == requests.c.id, decisions.c.verdict != Verdict.POSTPONE)
        assessed = exists().where(assessments.c.request == requests.c.id)
        asked = _lines(requests.c.id, requests.c.number, requests.c.received_on, requests.c.asked)
        asked = asked.where(~settled)
        return TodayView(
            families=Households(self._connection).count(),
            to_assess=self._waiting(asked.where(~assessed)),
            to_decide=self._waiting(asked.where(assessed)),
            to_pay=self._waiting(_unpaid(f"{on:%Y-%m}")),
            to_receive=self._waiting(_not_received()),
            to_print=self._waiting(_not_printed(on - LATELY)),
            drafts=self._drafts.kept(),
            last=self._veiled(last),
            concerned=None if last is None else self._concerned(last),
            ending=ending,
            restore=entries.last_of(RESTORE) if ending is Ending.RESTORED else None,
        )

    def _concerned(self, line: JournalLine) -> Concerned | None:
        """Whom an act was about; None where that is no family, or more than one."""
        if len(line.households) != 1:
            return None
        (household,) = line.households
        head = (members.c.household == households.c.id) & (members.c.relation == Relation.HEAD)
        found = select(households.c.file_number, func.coalesce(members.c.name, literal("")).label("name"))
        found = found.select_from(households).outerjoin(members, head).where(households.c.id == household)
        row = self._connection.execute(found).first()
        if row is None:
            return None
        if self._confidential.hides(household):
            return Concerned("", row.file_number, confidential=True)
        return Concerned(row.name, row.file_number, self._number(line), self._amount(line))

    def _number(self, line: JournalLine) -> str:
        if line.operation == PRINT_RECEIPT:
            of = select(receipts.c.number).where(receipts.c.id == line.after["receipt"])
            return str(self._connection.execute(of).scalar() or "")  # somebody may have taken the row out of the file
        if (table := _TOLD_IN.get(line.operation)) is not None:
            return number_of(self._connection, table, line.after)
        return str(line.after.get("number", ""))

    def _amount(self, line: JournalLine) -> Money | None:
        """What was granted, ordered, handed over, or declared void."""
        told = line.after.get("amount", line.after.get("grant.amount"))
        if isinstance(told, int):
            return Money(told)
        of = select(vouchers.c.amount).where(vouchers.c.id == str(line.after.get("voucher", "")))
        return self._connection.execute(of).scalar()

    def _waiting(self, lines: Select[Any]) -> Waiting:
        count = self._connection.execute(select(func.count()).select_from(lines.subquery())).scalar_one()
        rows = self._connection.execute(lines.order_by("since", "number").limit(SHOWN)).mappings()
        return Waiting(count, tuple(self._line(row) for row in rows))

    def _line(self, row: RowMapping) -> TodayLine:
        line = TodayLine(**row)
        return replace(line, name="", confidential=True) if self._confidential.hides(line.household) else line

    def _veiled(self, line: JournalLine | None) -> JournalLine | None:
        """An act on a family that is kept from whoever sits there tells that it was done, and nothing of the family."""
        if line is None or not any(self._confidential.hides(household) for household in line.households):
            return line
        return replace(line, after={}, why="")


def _lines(
    id_: ColumnElement[str], number: ColumnElement[str], since: ColumnElement[date], amount: ColumnElement[Any]
) -> Select[Any]:
    return (
        select(
            households.c.id.label("household"),
            func.coalesce(members.c.name, literal("")).label("name"),
            households.c.file_number,
            id_.label("id"),
            number.label("number"),
            requests.c.aid,
            since.label("since"),
            amount.label("amount"),
        )
        .select_from(requests)
        .join(households, households.c.id == requests.c.household)
        .outerjoin(members, (members.c.household == households.c.id) & (members.c.relation == Relation.HEAD))
    )


def _unpaid(month: str) -> Select[Any]:
    paid = exists().where(
        vouchers.c.household == requests.c.household,
        vouchers.c.aid == requests.c.aid,
        vouchers.c.month == month,
        ~exists().where(cancellations.c.voucher == vouchers.c.id),
    )
    return (
        _lines(decisions.c.id, requests.c.number, decisions.c.decided_on, decisions.c.amount)
        .join(decisions, decisions.c.request == requests.c.id)
        .where(decisions.c.verdict == Verdict.APPROVE)
        .where(decisions.c.first_month <= month)
        .where((decisions.c.last_month == null()) | (decisions.c.last_month >= month))
        .where(~paid)
    )


def _not_received() -> Select[Any]:
    return (
        _lines(vouchers.c.id, vouchers.c.number, vouchers.c.issued_on, vouchers.c.amount)
        .join(decisions, decisions.c.request == requests.c.id)
        .join(vouchers, vouchers.c.decision == decisions.c.id)
        .where(~exists().where(receipts.c.voucher == vouchers.c.id))
        .where(~exists().where(cancellations.c.voucher == vouchers.c.id))
    )


def _not_printed(since: date) -> Select[Any]:
    printed = exists().where(operations.c.operation == PRINT_RECEIPT, operations.c.result == receipts.c.id)
    return (
        _lines(vouchers.c.id, receipts.c.number, receipts.c.received_on, vouchers.c.amount)
        .join(decisions, decisions.c.request == requests.c.id)
        .join(vouchers, vouchers.c.decision == decisions.c.id)
        .join(receipts, receipts.c.voucher == vouchers.c.id)
        .where(receipts.c.received_on >= since)
        .where(~printed)
        .where(~exists().where(cancellations.c.voucher == vouchers.c.id))
    )
