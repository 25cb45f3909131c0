"""Several hands at once: one writes after the other, and money is paid once."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sanad.domain.decision import Grant
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.services import Services
from tests.builders import TODAY, a_decision, a_key

MONTHS = [f"{year}-{month:02}" for year in (2027, 2028) for month in range(1, 13)]


def test_d4_three_hands_pay_every_month_exactly_once(services: Services) -> None:
    """Each tries all of them, in an order of its own: the vouchers add up to the grant, in numbers without a gap."""
    decision = a_decision(services, grant=Grant(Money(30_000), MONTHS[0], MONTHS[-1]))
    together = Barrier(3)

    def hand(seed: int) -> Counter[str]:
        met: Counter[str] = Counter()
        order = random.Random(seed).sample(MONTHS, len(MONTHS))  # noqa: S311  # an order, not a secret
        together.wait()
        for month in order:
            try:
                paid = services.payments.issue(decision.id, month, "حسن", Method.CASH, TODAY, key=a_key()).value
                services.payments.receive(paid.id, "حسن", TODAY, key=a_key())
                met["paid"] += 1
            except Refused as refused:
                met[refused.problems[0].code] += 1
        return met

    with ThreadPoolExecutor(3) as pool:
        met = sum(pool.map(hand, range(3)), Counter())
    assert met["paid"] == len(MONTHS)
    assert met["voucher.month_ordered"] + met["voucher.month_paid"] == met.total() - met["paid"] == 2 * len(MONTHS)
    (view,) = services.requests.of(decision_household(services))
    assert sum(payment.voucher.amount.minor for payment in view.payments) == 30_000 * len(MONTHS)
    numbers = sorted(payment.voucher.number for payment in view.payments)
    assert numbers == [f"2026-{place:06}" for place in range(1, len(MONTHS) + 1)]
    assert [line.problems for line in services.health.checks() if not line.ok] == []


def decision_household(services: Services) -> str:
    """The one family that is known."""
    (row,) = services.households.search("", 2)
    return row.id
