"""Money leaves once for each month, under a number that is never lost."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sanad.domain.changes import Done, Subject
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.domain.payment import Method
from sanad.domain.request import RequestState
from sanad.places import locale
from sanad.services import Services
from sanad.words.catalogue import Words
from tests.builders import MONTH, TODAY, Clock, a_decision, a_key, a_request, a_voucher

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def places(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    """Codes and places of a refusal."""
    return [(problem.code, problem.where) for problem in refused.value.problems]


def sound(services: Services) -> bool:
    """Whether the doctor finds nothing."""
    return all(line.ok for line in services.health.checks())


def test_a_voucher_orders_a_month_of_the_grant(services: Services) -> None:
    """It carries the granted amount, the next number of its year, and touches payments."""
    decision = a_decision(services)
    done = services.payments.issue(decision.id, MONTH, " حسن\u202e علي ", Method.CHEQUE, TODAY, key=a_key())
    voucher = done.value
    assert (voucher.number, voucher.amount, voucher.payee) == ("2026-000001", Money(30_000), "حسن علي")
    assert done.changes.subjects == {Subject.PAYMENTS, Subject.REQUESTS}
    assert services.payments.open(voucher.id).voucher == voucher
    assert services.requests.open(decision.request).request.state is RequestState.IN_PAYMENT


def test_f2_a_month_is_paid_once(services: Services, clock: Clock) -> None:
    """The second voucher for it is refused with the first one and its date; once it is received, with the receipt's."""
    decision = a_decision(services)
    voucher = a_voucher(services, decision)
    clock.move(days=2)
    for told in (
        ("voucher.month_ordered", {"month": MONTH, "number": voucher.number, "day": TODAY}),
        ("voucher.month_paid", {"month": MONTH, "number": voucher.number, "receipt": "2026-000001", "day": TOMORROW}),
    ):
        with pytest.raises(Refused) as refused:
            a_voucher(services, decision)
        (problem,) = refused.value.problems
        assert (problem.where, (problem.code, problem.values)) == ("month", told)
        if told[0] == "voucher.month_ordered":
            services.payments.receive(voucher.id, "حسن", TOMORROW, key=a_key())
    assert a_voucher(services, decision, "2026-12").number == "2026-000002"
    services.payments.cancel(voucher.id, "خطأ", TOMORROW, key=a_key())
    assert a_voucher(services, decision).number == "2026-000003", "voided first, it is paid anew"


@pytest.mark.parametrize("language", Language)
def test_f2_the_refusal_tells_receipt_number_and_date(services: Services, language: Language) -> None:
    """In the words of the office, and that a void comes first."""
    decision = a_decision(services)
    services.payments.receive(a_voucher(services, decision).id, "حسن", TODAY, key=a_key())
    with pytest.raises(Refused) as refused:
        a_voucher(services, decision)
    said = Words(locale(), language).problem(refused.value.problems[0])
    assert all(part in said for part in ("2026-000001", "22/11/2026", "2026-11"))
    assert ("void the voucher first" if language is Language.ENGLISH else "فألغِ السند أولاً") in said


def test_f2_two_grants_do_not_pay_one_month_twice(services: Services) -> None:
    """A second decision on the same aid covers the month, yet the family has it already."""
    first = a_voucher(services)
    again = services.requests.receive(first.household, "monthly", TODAY, key=a_key()).value
    with pytest.raises(Refused, match="month_ordered"):
        a_voucher(services, a_decision(services, again))


@pytest.mark.parametrize("month", ["2026-10", "2027-02", "nonsense", ""])
def test_a_month_outside_the_grant_is_refused(services: Services, month: str) -> None:
    """Before its first, after its last, or no month at all."""
    decision = a_decision(services, grant=Grant(Money(30_000), "2026-11", "2027-01"))
    with pytest.raises(Refused, match="month_outside_grant"):
        a_voucher(services, decision, month)


def test_an_open_grant_takes_only_months(services: Services) -> None:
    """Where the grant has no end, what sorts after its first month must still be one."""
    with pytest.raises(Refused, match="month_outside_grant"):
        a_voucher(services, a_decision(services), "2026-99")


def test_a_refusal_pays_nothing(services: Services) -> None:
    """There is no grant to pay."""
    request = a_request(services)
    services.assessments.assess(request.id, TODAY, key=a_key())
    decision = services.decisions.decide(request.id, Verdict.REFUSE, TODAY, "14/3", None, "لسبب", key=a_key()).value
    with pytest.raises(Refused, match="month_outside_grant"):
        a_voucher(services, decision)


@pytest.mark.parametrize(
    ("payee", "day", "expected"),
    [
        ("", TOMORROW, [("payment.nobody_named", "payee"), ("date.in_future", "issued_on")]),
        ("ح" * 300, YESTERDAY, [("name.too_long", "payee"), ("payment.too_early", "issued_on")]),
    ],
)
def test_a_voucher_is_refused_with_all_its_problems(
    services: Services, payee: str, day: date, expected: list[tuple[str, str]]
) -> None:
    """Nobody named, or a name beyond all measure; a day not come, or before the decision. No number is lost."""
    decision = a_decision(services)
    with pytest.raises(Refused) as refused:
        services.payments.issue(decision.id, MONTH, payee, Method.CASH, day, key=a_key())
    assert places(refused) == expected
    assert a_voucher(services, decision).number == "2026-000001"


def test_a_receipt_proves_a_voucher(services: Services) -> None:
    """Who received it and when, under a number of its own; found by either id."""
    voucher = a_voucher(services)
    receipt = services.payments.receive(voucher.id, "مريم عيسى", TODAY, key=a_key()).value
    assert (receipt.number, receipt.voucher, receipt.received_by) == ("2026-000001", voucher.id, "مريم عيسى")
    assert services.payments.open(receipt.id) == services.payments.open(voucher.id)
    assert services.payments.open(voucher.id).receipt == receipt


def test_a_voucher_is_received_once(services: Services) -> None:
    """The second receipt is refused with the number of the first."""
    voucher = a_voucher(services)
    receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
    with pytest.raises(Refused) as refused:
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
    assert places(refused) == [("voucher.received", "")]
    assert refused.value.problems[0].values["number"] == receipt.number


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("\u200f", TOMORROW, [("payment.nobody_named", "received_by"), ("date.in_future", "received_on")]),
        ("حسن", YESTERDAY, [("payment.too_early", "received_on")]),
    ],
)
def test_a_receipt_is_refused_with_all_its_problems(
    services: Services, name: str, day: date, expected: list[tuple[str, str]]
) -> None:
    """Nobody named, a day not come or before the voucher."""
    voucher = a_voucher(services)
    with pytest.raises(Refused) as refused:
        services.payments.receive(voucher.id, name, day, key=a_key())
    assert places(refused) == expected


def test_f5_a_void_keeps_its_numbers_and_frees_its_month(services: Services) -> None:
    """Voucher and receipt stay as they were, marked void; the month can be paid anew under the next numbers."""
    decision = a_decision(services)
    voucher = a_voucher(services, decision)
    receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
    cancellation = services.payments.cancel(voucher.id, "اسم خطأ", TODAY, key=a_key()).value
    payment = services.payments.open(voucher.id)
    assert (payment.voucher, payment.receipt, payment.cancellation) == (voucher, receipt, cancellation)
    assert not payment.live
    assert a_voucher(services, decision).number == "2026-000002"
    assert sound(services)


def test_a_void_voucher_is_neither_received_nor_voided_again(services: Services) -> None:
    """It is told since when it is void."""
    voucher = a_voucher(services)
    services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
    with pytest.raises(Refused) as refused:
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
    assert places(refused) == [("voucher.void", "")]
    assert refused.value.problems[0].values == {"number": voucher.number, "on": TODAY}
    with pytest.raises(Refused) as refused:
        services.payments.cancel(voucher.id, "", TOMORROW, key=a_key())
    assert places(refused) == [
        ("voucher.void", ""),
        ("date.in_future", "cancelled_on"),
        ("voucher.reason_missing", "reason"),
    ]


def test_unknown_ids_are_refused(services: Services) -> None:
    """Nothing is paid on nothing."""
    with pytest.raises(Refused, match=r"decision\.unknown"):
        services.payments.issue("nothing", MONTH, "حسن", Method.CASH, TODAY, key=a_key())
    with pytest.raises(Refused, match=r"voucher\.unknown"):
        services.payments.receive("nothing", "حسن", TODAY, key=a_key())


def test_f1_twenty_clicks_pay_once(services: Services) -> None:
    """The same form from three threads at once: one voucher, one receipt, one void."""
    decision = a_decision(services)

    def clicks(act: Callable[[int], Done[Any]]) -> list[Done[Any]]:
        with ThreadPoolExecutor(3) as pool:
            return list(pool.map(act, range(20)))

    key = a_key()
    issued = clicks(lambda _: services.payments.issue(decision.id, MONTH, "حسن", Method.CASH, TODAY, key=key))
    voucher = issued[0].value
    received = clicks(lambda _: services.payments.receive(voucher.id, "حسن", TODAY, key=f"{key}-r"))
    voided = clicks(lambda _: services.payments.cancel(voucher.id, "خطأ", TODAY, key=f"{key}-c"))
    for done in (issued, received, voided):
        assert len({each.value for each in done}) == 1
        assert sum(not each.repeated for each in done) == 1
    assert len(services.requests.open(decision.request).payments) == 1
    assert sound(services)


@pytest.mark.parametrize("years", [17, 1])
def test_j1_no_money_moves_while_the_clock_is_wrong(services: Services, clock: Clock, years: int) -> None:
    """A dead battery set the machine back: every act on money is refused until the clock is right."""
    decision = a_decision(services)
    voucher = a_voucher(services, decision)
    clock.move(days=-365 * years)
    day = clock().date()
    acts: list[Callable[[], object]] = [
        lambda: services.payments.issue(decision.id, "2026-12", "حسن", Method.CASH, day, key=a_key()),
        lambda: services.payments.receive(voucher.id, "حسن", day, key=a_key()),
        lambda: services.payments.cancel(voucher.id, "خطأ", day, key=a_key()),
        lambda: services.decisions.decide(decision.request, Verdict.REFUSE, day, "15/1", None, "x", key=a_key()),
    ]
    for act in acts:
        with pytest.raises(Refused, match=r"clock\.set_back"):
            act()
    clock.move(days=365 * years)
    services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())


def test_j8_a_new_year_counts_from_one(services: Services, clock: Clock) -> None:
    """The voucher of January is the first of its year; December's series stays whole."""
    decision = a_decision(services)
    a_voucher(services, decision)
    clock.move(days=60)
    january = clock().date()
    issued = services.payments.issue(decision.id, "2027-01", "حسن", Method.CASH, january, key=a_key())
    assert issued.value.number == "2027-000001"
    assert sound(services)


def test_a_request_closes_with_its_last_receipt(services: Services) -> None:
    """A grant of two months is done when both were received, and open again when one is void."""
    decision = a_decision(services, grant=Grant(Money(30_000), "2026-11", "2026-12"))

    def state() -> RequestState:
        return services.requests.open(decision.request).request.state

    vouchers = [a_voucher(services, decision, month) for month in ("2026-11", "2026-12")]
    assert state() is RequestState.IN_PAYMENT
    for voucher in vouchers:
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
    assert state() is RequestState.CLOSED
    services.payments.cancel(vouchers[1].id, "خطأ", TODAY, key=a_key())
    assert state() is RequestState.IN_PAYMENT


def test_f2_the_file_itself_refuses_a_second_live_voucher(services: Services, folder: Path) -> None:
    """Whatever tool tries it, as long as nobody takes the guards away; likewise a receipt of a void."""
    voucher = a_voucher(services)
    copy = "INSERT INTO vouchers SELECT 'x', 'x', decision, household, aid, month, amount, payee, method, issued_on "
    with closing(sqlite3.connect(folder / "sanad.sqlite3")) as tool, pytest.raises(sqlite3.IntegrityError) as refused:
        tool.execute(f"{copy} FROM vouchers")
    assert str(refused.value) == "this month has a live voucher"
    services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
    with closing(sqlite3.connect(folder / "sanad.sqlite3")) as tool, pytest.raises(sqlite3.IntegrityError) as refused:
        tool.execute("INSERT INTO receipts VALUES ('x', 'x', ?, 1, 'x', '2026-11-22')", (voucher.id,))
    assert str(refused.value) == "this voucher is void"
