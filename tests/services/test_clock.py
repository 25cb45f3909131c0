"""The machine's clock may be wrong, far away, or in another zone: no money moves by it that should not."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sanad.bootstrap import build, now
from sanad.domain.decision import Grant
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.services import Services
from tests.builders import MONTH, TODAY, Clock, a_decision, a_family, a_key, a_request, a_voucher, an_office

ZONES = ["UTC", "Asia/Bahrain", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """What was refused, in a word each."""
    return [problem.code for problem in refused.value.problems]


def test_j1_no_payment_of_any_kind_while_the_clock_stands_years_back(services: Services, clock: Clock) -> None:
    """A dead battery puts the machine into 2009: both days are told; with the clock set right all goes on."""
    decision = a_decision(services)
    voucher = a_voucher(services, decision)
    right = clock.moment
    clock.move(days=-17 * 365)
    acts = (
        lambda: services.payments.issue(decision.id, "2026-12", "حسن", Method.CASH, TODAY, key=a_key()),
        lambda: services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()),
        lambda: services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key()),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["clock.set_back"]
        assert refused.value.problems[0].values["now"] == clock.moment
    clock.moment = right + timedelta(minutes=1)
    assert services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value.received_on == TODAY


def test_j1_a_receipt_bears_the_day_it_was_signed_never_before_its_voucher_nor_ahead(
    services: Services, clock: Clock
) -> None:
    """The day is chosen (J7), so a later number may bear an earlier day; the journal keeps in which order they came."""
    decision = a_decision(services)
    vouchers = [a_voucher(services, decision, month).id for month in ("2026-11", "2026-12")]
    clock.move(days=5)
    today = clock().date()
    late = services.payments.receive(vouchers[0], "حسن", today, key=a_key()).value
    clock.move(minutes=1)
    for day, code in ((TODAY - timedelta(days=1), "payment.too_early"), (today + timedelta(days=1), "date.in_future")):
        with pytest.raises(Refused) as refused:
            services.payments.receive(vouchers[1], "حسن", day, key=a_key())
        assert codes(refused) == [code]
    early = services.payments.receive(vouchers[1], "حسن", TODAY, key=a_key()).value
    assert [(each.number, each.received_on) for each in (late, early)] == [
        ("2026-000001", today),
        ("2026-000002", TODAY),
    ]
    (row,) = services.households.search("", 5)
    told = [line for line in services.households.history(row.id) if line.operation == "payments.receive"][::-1]
    assert [line.after["number"] for line in told] == [late.number, early.number]
    assert told[0].seq < told[1].seq
    assert told[0].at < told[1].at
    assert {line.at.utcoffset() for line in told} == {timedelta(0)}


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """The machine stands in this zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    time.tzset()


def test_j3_a_moment_is_one_in_every_zone(zone: ZoneInfo, folder: Path) -> None:
    """What the wall says is the business day; what is kept is the moment, with nothing lost between the two."""
    told = now()
    assert told.utcoffset() == datetime.now(zone).utcoffset()
    with build(folder, who="x") as services:
        services.offices.set_up(an_office())
        family = a_family(services)
        (entry,) = services.households.history(family.id)
        assert abs(entry.at - datetime.now(UTC)) < timedelta(minutes=1)
        received = services.requests.receive(family.id, "monthly", told.date(), key=a_key()).value
        assert received.received_on == datetime.now(zone).date()


@dataclass
class Wall:
    """A clock on a wall of some zone, at a moment of UTC."""

    zone: ZoneInfo
    moment: datetime

    def __call__(self) -> datetime:
        """The moment, as the wall tells it."""
        return self.moment.astimezone(self.zone)


@pytest.mark.parametrize("zone_name", ZONES)
def test_j3_the_day_of_a_payment_is_the_day_on_the_wall(prepared: Path, folder: Path, zone_name: str) -> None:
    """An hour before and after midnight of the zone: that day is accepted and the next one is not yet there."""
    shutil.copytree(prepared, folder)
    zone = ZoneInfo(zone_name)
    wall = Wall(zone, datetime(2026, 12, 1, 23, 30, tzinfo=zone).astimezone(UTC))
    with build(folder, wall, who="x") as services:
        decision = a_decision(services)
        day = date(2026, 12, 1)
        assert services.payments.issue(decision.id, MONTH, "x", Method.CASH, day, key=a_key()).value.issued_on == day
        tomorrow = day + timedelta(1)
        with pytest.raises(Refused) as refused:
            services.payments.issue(decision.id, "2026-12", "x", Method.CASH, tomorrow, key=a_key())
        assert codes(refused) == ["date.in_future"]
        wall.moment += timedelta(hours=1)
        issued = services.payments.issue(decision.id, "2026-12", "x", Method.CASH, tomorrow, key=a_key())
        assert issued.value.issued_on == tomorrow


def test_j3_the_hour_that_comes_twice_is_no_clock_set_back(prepared: Path, folder: Path) -> None:
    """In the night in which summer time ends, the wall says half past one twice; the acts keep their order."""
    shutil.copytree(prepared, folder)
    wall = Wall(ZoneInfo("America/New_York"), datetime(2027, 11, 7, 5, 30, tzinfo=UTC))
    with build(folder, wall, who="x") as services:
        grant = Grant(Money(30_000), MONTH)
        decision = a_decision(services, grant=grant)
        assert wall().strftime("%H:%M") == "01:30"
        first = services.payments.issue(decision.id, MONTH, "x", Method.CASH, TODAY, key=a_key())
        wall.moment += timedelta(hours=1)
        assert wall().strftime("%H:%M") == "01:30"
        second = services.payments.receive(first.value.id, "x", TODAY, key=a_key())
        assert second.value.number == "2026-000001"
        assert all(line.ok for line in services.health.checks())


@pytest.mark.parametrize(
    ("moment", "issued_on", "month"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), date(2026, 11, 30), "2026-11"),
        (datetime(2026, 12, 1, 0, 0, 1, tzinfo=UTC), date(2026, 11, 30), "2026-11"),
        (datetime(2026, 12, 1, 0, 0, 1, tzinfo=UTC), date(2026, 12, 1), "2026-11"),
        (datetime(2026, 12, 1, 0, 0, 1, tzinfo=UTC), date(2026, 12, 1), "2026-12"),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31), "2027-01"),
        (datetime(2027, 2, 18, 2, 0, tzinfo=UTC), date(2027, 2, 17), "2027-02"),  # a night of Ramadan, after midnight
    ],
)
def test_j7_month_and_day_of_a_payment_are_those_of_its_form(
    services: Services, clock: Clock, moment: datetime, issued_on: date, month: str
) -> None:
    """However late it is typed: the month is the one that is paid, the day the one that was chosen."""
    decision = a_decision(services)
    clock.moment = moment
    issued = services.payments.issue(decision.id, month, "حسن", Method.CASH, issued_on, key=a_key()).value
    assert (issued.month, issued.issued_on) == (month, issued_on)
    assert issued.number == f"{issued_on.year}-000001"


def test_j8_ten_years_have_a_series_each(services: Services, clock: Clock) -> None:
    """Every new year counts from one, no number comes twice, and no series has a hole."""
    decision = a_decision(services, grant=Grant(Money(30_000), MONTH))
    numbers = []
    for year in range(2027, 2037):
        for month in ("01", "12"):
            clock.moment = datetime(year, int(month), 28, 9, tzinfo=UTC)
            day = clock.moment.date()
            issued = services.payments.issue(decision.id, f"{year}-{month}", "حسن", Method.CASH, day, key=a_key()).value
            numbers.append(issued.number)
            services.payments.receive(issued.id, "حسن", day, key=a_key())
    assert numbers == [f"{year}-00000{place}" for year in range(2027, 2037) for place in (1, 2)]
    assert all(line.ok for line in services.health.checks())


def test_j2_a_clock_far_ahead_is_answered_for_once(services: Services, clock: Clock) -> None:
    """Nothing is recorded under such a date before; the journal keeps that it was doubted; afterwards all goes on."""
    family = a_family(services)
    clock.move(days=20 * 365)
    for act in (lambda: a_family(services), lambda: a_request(services, family), lambda: a_voucher(services)):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["clock.far_ahead"]
        assert refused.value.problems[0].values["now"] == clock.moment
    key = a_key()
    done = services.offices.answer_for_clock(key=key)
    assert done.value == clock.moment
    assert services.offices.answer_for_clock(key=key).repeated
    a_family(services)
    clock.move(days=300)
    a_family(services)
    with pytest.raises(Refused) as refused:
        services.offices.answer_for_clock(key=a_key())
    assert codes(refused) == ["clock.not_doubted"]
    assert all(line.ok for line in services.health.checks())


def test_j2_a_date_that_was_answered_for_by_mistake_shuts_nobody_out(services: Services, clock: Clock) -> None:
    """What was recorded under it stays; the right date is answered for in its turn, and money moves again."""
    decision = a_decision(services)
    right = clock.moment
    clock.move(days=20 * 365)
    services.offices.answer_for_clock(key=a_key())
    a_family(services)
    clock.moment = right + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        a_voucher(services, decision)
    assert codes(refused) == ["clock.set_back"]
    services.offices.answer_for_clock(key=a_key())
    assert a_voucher(services, decision).number == "2026-000001"
    clock.moment = right - timedelta(days=365)
    with pytest.raises(Refused) as refused:
        services.offices.answer_for_clock(key=a_key())
    assert codes(refused) == ["clock.not_doubted"]
    assert all(line.ok for line in services.health.checks())


def test_j1_no_date_is_answered_for_before_what_was_recorded(services: Services, clock: Clock) -> None:
    """A clock set back is set right; nobody can say that it is right."""
    a_family(services)
    clock.move(days=-17 * 365)
    with pytest.raises(Refused) as refused:
        services.offices.answer_for_clock(key=a_key())
    assert codes(refused) == ["clock.not_doubted"]
