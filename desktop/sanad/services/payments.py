"""Money that leaves the office: ordered, received, declared void. Nothing posted is changed; every number is kept."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.decision import is_month
from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import Payment
from sanad.domain.payment import LONGEST_REASON, Cancellation, Method, Receipt, Voucher
from sanad.domain.soundness import problems_of_name
from sanad.domain.spelling import cleaned
from sanad.domain.staff import Permission
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store


class Payments:
    """Orders payments, records that they were received, and voids what was wrong."""

    def __init__(self, *, store: "Store", session: Session) -> None:
        self._store = store
        self._session = session

    @needs(Permission.PAY)
    def issue(
        self, decision_id: str, month: str, payee: str, method: Method, issued_on: date, *, key: str
    ) -> Done[Voucher]:
        """Order one month (``YYYY-MM``) of a grant to be paid; the voucher gets its number.

        Raises:
            Refused: with every problem: the grant does not cover the month; the month has a live voucher, which is told
                with its receipt and has to be void before it is paid anew; the payee is blank; the day lies before the
                decision or has not come; the machine's clock is wrong. Whoever recorded the decision is not the one who
                orders its payment.
        """
        said = (decision_id, month, payee, method, issued_on)
        with self._store.operation("payments.issue", key=key, said=said) as act:
            act.refuse_wrong_clock()
            decision = act.decisions.get(decision_id)
            request = act.requests.get(decision.request).request
            if act.earlier is not None:
                return act.repeated(act.payments.get(act.earlier).voucher, _about(request.household))
            self._session.refuse_maker(
                act, "decisions.decide", decision_id, "payment.own_decision", number=request.number
            )
            payee = cleaned(payee)
            problems = [
                *_of_person(payee, "payee"),
                *_of_day(issued_on, "issued_on", decision.decided_on, act.today),
            ]
            if decision.grant is None or not is_month(month) or not decision.grant.covers(month):
                problems.append(Problem("voucher.month_outside_grant", "month", {"month": month}))
            if (paid := act.payments.live(request.household, request.aid, month)) is not None:
                problems.append(_of_month(paid))
            if problems or decision.grant is None:
                raise Refused(problems)
            voucher = Voucher(
                id=str(uuid4()),
                number=act.numbers.of_year("voucher", issued_on),
                decision=decision_id,
                household=request.household,
                month=month,
                amount=decision.grant.amount,
                payee=payee,
                method=method,
                issued_on=issued_on,
            )
            act.payments.order(voucher, request.aid)
            return act.done(voucher, voucher.id, _about(request.household))

    @needs(Permission.PAY)
    def receive(self, voucher_id: str, received_by: str, received_on: date, *, key: str) -> Done[Receipt]:
        """Record that the money of a voucher was received and signed for; the receipt gets its number.

        Raises:
            Refused: with every problem: the voucher is void or already received, nobody is named, the day lies before
                the voucher or has not come, the machine's clock is wrong.
        """
        from sanad.store.payments import RECEIVE

        said = (voucher_id, received_by, received_on)
        with self._store.operation(RECEIVE, key=key, said=said) as act:
            act.refuse_wrong_clock()
            payment = act.payments.get(voucher_id)
            voucher, about = payment.voucher, _about(payment.voucher.household)
            if act.earlier is not None:
                return act.repeated(_receipt(act.payments.get(act.earlier)), about)
            received_by = cleaned(received_by)
            problems = [
                *_of_void(payment),
                *_of_person(received_by, "received_by"),
                *_of_day(received_on, "received_on", voucher.issued_on, act.today),
            ]
            if payment.receipt is not None:
                problems.append(Problem("voucher.received", values={"number": payment.receipt.number}))
            if problems:
                raise Refused(problems)
            number = act.numbers.of_year("receipt", received_on)
            receipt = Receipt(str(uuid4()), number, voucher.id, received_by, received_on)
            act.payments.receive(receipt, voucher)
            return act.done(receipt, receipt.id, about)

    @needs(Permission.PAY)
    def cancel(self, voucher_id: str, reason: str, on: date, *, key: str) -> Done[Cancellation]:
        """Declare a voucher void, with its receipt if there is one; both keep their numbers.

        Raises:
            Refused: with every problem: it is void already, no reason is given or one too long to be printed, the day
                lies before the voucher or has not come, the machine's clock is wrong.
        """
        with self._store.operation("payments.cancel", key=key, said=(voucher_id, reason, on)) as act:
            act.refuse_wrong_clock()
            payment = act.payments.get(voucher_id)
            voucher, about = payment.voucher, _about(payment.voucher.household)
            if act.earlier is not None and payment.cancellation is not None:
                return act.repeated(payment.cancellation, about)
            since = payment.receipt.received_on if payment.receipt is not None else voucher.issued_on
            problems = [*_of_void(payment), *_of_day(on, "cancelled_on", since, act.today)]
            if not (reason := cleaned(reason)):
                problems.append(Problem("voucher.reason_missing", "reason"))
            elif len(reason) > LONGEST_REASON:
                problems.append(Problem("field.too_long", "reason", {"most": LONGEST_REASON}))
            if problems:
                raise Refused(problems)
            cancellation = Cancellation(voucher.id, on, reason)
            act.payments.cancel(cancellation)
            return act.done(cancellation, voucher.id, about, why=reason)

    @needs(Permission.SEE)
    def open(self, voucher_or_receipt_id: str) -> Payment:
        """A voucher and what became of it, by its own id or its receipt's."""
        with self._store.reading() as records:
            return records.payments.get(voucher_or_receipt_id)


def _about(household: str) -> Changes:
    return Changes(frozenset({Subject.REQUESTS, Subject.PAYMENTS}), frozenset({household}))


def _receipt(payment: Payment) -> Receipt:
    if payment.receipt is None:
        raise AssertionError("a receipt was found by its own id")
    return payment.receipt


def _of_void(payment: Payment) -> list[Problem]:
    if payment.cancellation is None:
        return []
    return [Problem("voucher.void", values={"number": payment.voucher.number, "on": payment.cancellation.cancelled_on})]


def _of_month(paid: Payment) -> Problem:
    """What a month was paid by: its receipt where there is one, else the voucher that waits to be received."""
    voucher, receipt = paid.voucher, paid.receipt
    told = {"month": voucher.month, "number": voucher.number}
    if receipt is None:
        return Problem("voucher.month_ordered", "month", {**told, "day": voucher.issued_on})
    return Problem("voucher.month_paid", "month", {**told, "receipt": receipt.number, "day": receipt.received_on})


def _of_person(name: str, where: str) -> list[Problem]:
    if not name:
        return [Problem("payment.nobody_named", where)]
    return list(problems_of_name(name, where))


def _of_day(day: date, where: str, since: date, today: date) -> list[Problem]:
    if day > today:
        return [Problem("date.in_future", where, {"day": day})]
    if day < since:
        return [Problem("payment.too_early", where, {"since": since})]
    return []
