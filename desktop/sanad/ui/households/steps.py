"""The questions at each step of a request's way once it was received: decided, paid, taken, void."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sanad.domain.assessment import Outcome
from sanad.domain.decision import Decision, Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.listing import Payment, RequestView
from sanad.domain.money import Currency
from sanad.domain.payment import Method
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox, Options
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.money import MoneyBox
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import embedded, label
from sanad.words.catalogue import Words

Done = Callable[[Any], None]

_LIKELY = {
    Outcome.ELIGIBLE: Verdict.APPROVE,
    Outcome.NEEDS_BOARD: Verdict.APPROVE,
    Outcome.NOT_ELIGIBLE: Verdict.REFUSE,
    Outcome.INCOMPLETE: Verdict.POSTPONE,
}
"""The verdict that is offered first; the board decides, whatever it is."""

MONTHS_BACK = 3
MONTHS_AHEAD = 24


def month_after(month: str, steps: int) -> str:
    """``2026-11`` moved by a number of months."""
    year, number = (int(part) for part in month.split("-"))
    whole = year * 12 + number - 1 + steps
    return f"{whole // 12:04}-{whole % 12 + 1:02}"


def months(desk: Desk, first: str, count: int) -> Options:
    """So many months from ``first`` on, by their names."""
    each = [month_after(first, step) for step in range(count)]
    return [(month, desk.words.month(month)) for month in each]


def decide_form(desk: Desk, view: RequestView, done: Done) -> InlineForm:
    """The board's verdict with amount, months, the sitting's number, and the reason where one is needed."""
    text, currency = desk.words.text, desk.office.currency
    form = InlineForm(desk, text("decision.record"))
    computed = view.assessed.assessment.amount if view.assessed else None
    offered = None if view.outdated else computed
    this_month = f"{desk.today():%Y-%m}"
    outcome = view.assessed.assessment.outcome if view.assessed else Outcome.INCOMPLETE
    verdicts = [(each.value, desk.words.choice("verdict", each)) for each in Verdict]
    first_months = months(desk, month_after(this_month, -MONTHS_BACK), MONTHS_AHEAD)
    open_end = [("", text("decision.no_end")), *months(desk, this_month, MONTHS_AHEAD)]
    verdict = form.ask(
        "verdict", "decision.verdict", ChoiceBox(lambda: verdicts, role="box"), text=_LIKELY[outcome].value
    )
    sitting = form.ask("sitting", "decision.sitting", LineBox(left_to_right=True, role="box"))
    day = form.ask("decided_on", "decision.decided_on", DateBox(desk.words, role="box"), text=_shown(desk))
    amount = form.ask(
        "grant.amount",
        "decision.amount",
        MoneyBox(desk.words, currency, role="box"),
        text=currency.plain(offered) if offered else "",
    )
    if view.outdated and computed:
        form.explain(
            "grant.amount",
            label(text("decision.amount_outdated", amount=embedded(desk.priced(computed))), "hint", wraps=True),
        )
    first = form.ask(
        "grant.first_month", "decision.first_month", ChoiceBox(lambda: first_months, role="box"), text=this_month
    )
    last = form.ask("grant.last_month", "decision.last_month", ChoiceBox(lambda: open_end, role="box"))
    reason = form.ask("reason", "decision.reason", LineBox(role="box"), span=3)

    def granted(*, yes: bool) -> None:
        for where in ("grant.amount", "grant.first_month", "grant.last_month"):
            form.hide_box(where, hidden=not yes)

    granted(yes=_LIKELY[outcome] is Verdict.APPROVE)
    verdict.edited.connect(lambda _text: granted(yes=verdict.text() == Verdict.APPROVE))

    def call() -> Callable[[], Any]:
        said = (verdict.text(), sitting.text(), day.text(), amount.text(), first.text(), last.text(), reason.text())

        def record() -> Any:
            chosen = _verdict(said[0])
            return desk.services.decisions.decide(
                view.request.id,
                chosen,
                day_of(desk.words, said[2], "decided_on"),
                said[1],
                _grant(said[3], said[4], said[5], currency) if chosen is Verdict.APPROVE else None,
                said[6],
                key=form.key,
            )

        return record

    form.on_record(call, done)
    return form


def issue_form(desk: Desk, view: RequestView, decision: Decision, payee: str, done: Done) -> InlineForm:
    """Which month is paid, to whom, and how."""
    text = desk.words.text
    form = InlineForm(desk, text("voucher.issue"), columns=4)
    offered = unpaid_months(desk, view, decision)
    methods = [(each.value, desk.words.choice("method", each)) for each in Method]
    month = form.ask(
        "month",
        "voucher.month",
        ChoiceBox(lambda: [(each, desk.words.month(each)) for each in offered], role="box"),
        text=offered[0] if offered else "",
    )
    to = form.ask("payee", "voucher.payee", LineBox(role="box"), text=payee)
    how = form.ask("method", "voucher.method", ChoiceBox(lambda: methods, role="box"), text=Method.CASH.value)
    day = form.ask("issued_on", "voucher.issued_on", DateBox(desk.words, role="box"), text=_shown(desk))

    def call() -> Callable[[], Any]:
        said = (month.text(), to.text(), how.text(), day.text())

        def record() -> Any:
            if said[2] not in tuple(Method):
                raise Refused.because("field.not_a_choice", "method", text=said[2])
            on = day_of(desk.words, said[3], "issued_on")
            return desk.services.payments.issue(decision.id, said[0], said[1], Method(said[2]), on, key=form.key)

        return record

    form.on_record(call, done)
    return form


def take_form(desk: Desk, payment: Payment, done: Done) -> InlineForm:
    """Who took the money, and when."""
    form = InlineForm(desk, desk.words.text("receipt.record"))
    who = form.ask("received_by", "receipt.received_by", LineBox(role="box"), text=payment.voucher.payee)
    day = form.ask("received_on", "receipt.received_on", DateBox(desk.words, role="box"), text=_shown(desk))

    def call() -> Callable[[], Any]:
        said = (who.text(), day.text())

        def record() -> Any:
            on = day_of(desk.words, said[1], "received_on")
            return desk.services.payments.receive(payment.voucher.id, said[0], on, key=form.key)

        return record

    form.on_record(call, done)
    return form


def void_form(desk: Desk, payment: Payment, done: Done) -> InlineForm:
    """Why a voucher is void; what will happen stands above the question."""
    form = InlineForm(desk, desk.words.text("voucher.void_record"), columns=1)
    form.record.setProperty("role", "stop")
    reason = form.ask("reason", "voucher.void_reason", LineBox(role="box"))

    def call() -> Callable[[], Any]:
        said, today = reason.text(), desk.today()
        return lambda: desk.services.payments.cancel(payment.voucher.id, said, today, key=form.key)

    form.on_record(call, done)
    return form


def unpaid_months(desk: Desk, view: RequestView, decision: Decision) -> list[str]:
    """The months of the grant without a live voucher: this month first, then those before, then those to come.

    However long ago a grant began, every month is offered that it still owes, and those of the two years ahead.
    """
    grant = decision.grant
    if grant is None:
        return []
    this_month = f"{desk.today():%Y-%m}"
    until = month_after(max(this_month, grant.first_month), MONTHS_AHEAD - 1)
    free = [month for month in grant.months(until) if view.paid_by(month) is None]
    return sorted(free, key=lambda month: (month != this_month, month > this_month, month))


def _grant(amount: str, first: str, last: str, currency: Currency) -> Grant:
    if not amount.strip():
        raise Refused.because("money.missing", "grant.amount")
    return Grant(currency.read(amount, "grant.amount"), first, last or None)


def day_of(words: Words, typed: str, where: str) -> date:
    """The day that is typed, which has to be one.

    Raises:
        Refused: nothing is typed, or it cannot be read.
    """
    if not typed.strip():
        raise Refused.because("date.missing", where)
    return words.read_date(typed, where)


def _verdict(slug: str) -> Verdict:
    if slug not in tuple(Verdict):
        raise Refused.because("field.not_a_choice", "verdict", text=slug)
    return Verdict(slug)


def _shown(desk: Desk) -> str:
    return desk.words.date(desk.today())
