"""Readable test data: a family, a study, an office, a clock that can be moved, and the services on a fresh folder."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sanad.domain.case import CaseStudy
from sanad.domain.decision import Decision, Grant, Verdict
from sanad.domain.household import Household, Income, IncomeKind, Member, Relation, Sex
from sanad.domain.listing import Family
from sanad.domain.money import BHD, Money
from sanad.domain.office import Digits, Language, Office
from sanad.domain.payment import Method, Voucher
from sanad.domain.request import Request
from sanad.services import Services

TODAY = date(2026, 11, 22)
MONTH = "2026-11"

_keys = count(1)


class Clock:
    """A clock that stands until it is moved; it starts at nine in the morning of TODAY, by UTC."""

    def __init__(self) -> None:
        self.moment = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def move(self, **by: int) -> None:
        """Move it on, or back, by so many days, hours, minutes."""
        self.moment += timedelta(**by)


def a_key() -> str:
    """A key as a form makes it when it opens: never the same twice."""
    return f"key-{next(_keys)}"


def a_member(id: int = 1, relation: Relation = Relation.HEAD, sex: Sex = Sex.MALE, **said: Any) -> Member:  # noqa: A002
    """A member, by default a nameless male head."""
    return Member(id=id, relation=relation, sex=sex, **said)


def a_household(*, head: str = "حسن علي أحمد", children: int = 3, salary: str = "310.000", **said: Any) -> Household:
    """A couple with young sons on one salary: with three, the family of the guide's first row."""
    members = (
        a_member(name=head, birth_date=date(1980, 5, 1)),
        a_member(2, Relation.WIFE, Sex.FEMALE, name="مريم عيسى جاسم", birth_date=date(1984, 2, 3)),
        *(
            a_member(number, Relation.SON, name=f"ولد {head}", birth_date=date(2010 + number, 6, 1))
            for number in range(3, 3 + children)
        ),
    )
    income = Income(IncomeKind.SALARY, BHD.read(salary), member=1)
    return replace(Household(members=members, incomes=(income,), obligations=()), **said)


def a_study(household: Household | None = None, **said: Any) -> CaseStudy:
    """A family's file whose registration the board approved."""
    return CaseStudy(household=household or a_household(), **{"registered": True, "monthly_registered": True, **said})


def an_office(**said: Any) -> Office:
    """A made-up society that follows the Karzakan guide."""
    office = Office(
        policy="karzakan-2020",
        name_ar="جمعية النموذج الخيرية",
        name_en="Sample Charity Society",
        phone="1744 0000",
        language=Language.ARABIC,
        digits=Digits.WESTERN,
        currency=BHD,
    )
    return replace(office, **said)


def a_family(services: Services, study: CaseStudy | None = None) -> Family:
    """A registered family."""
    return services.households.register(study or a_study(), key=a_key()).value


def a_request(services: Services, family: Family | None = None) -> Request:
    """A request for monthly aid, received today."""
    family = family or a_family(services)
    return services.requests.receive(family.id, "monthly", TODAY, key=a_key()).value


def a_decision(services: Services, request: Request | None = None, grant: Grant | None = None) -> Decision:
    """An assessed request approved today: thirty dinars a month from this one on, unless said."""
    request = request or a_request(services)
    services.assessments.assess(request.id, TODAY, key=a_key())
    grant = grant or Grant(Money(30_000), MONTH)
    return services.decisions.decide(
        request.id, Verdict.APPROVE, TODAY, "14/3", grant, "بقرار المجلس", key=a_key()
    ).value


def a_voucher(services: Services, decision: Decision | None = None, month: str = MONTH) -> Voucher:
    """A voucher of this month, in cash to the head."""
    decision = decision or a_decision(services)
    return services.payments.issue(decision.id, month, "حسن علي أحمد", Method.CASH, TODAY, key=a_key()).value
