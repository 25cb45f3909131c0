"""The office at work without an end, through its own services: what is about to be said, and what was answered.

A form is told before it is handed to its service, and the answer only after the service returned: so whoever watches
knows what was acknowledged, and which single form may have been on its way when the lights went out.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from sanad.bootstrap import build
from sanad.domain.case import CaseStudy
from sanad.domain.changes import Done
from sanad.domain.decision import Grant, Verdict
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.services import Services
from tests.builders import TODAY, Clock, a_household, a_study, an_office

MONTHS = ("2026-11", "2026-12", "2027-01")
ISSUE, RECEIVE = "payments.issue", "payments.receive"
PAYING = frozenset({ISSUE, RECEIVE})


@dataclass(frozen=True, slots=True)
class Form:
    """What is said: an act, its key, the id of what it is said of, and a number by which the rest of it is picked."""

    act: str
    key: str
    about: str = "-"
    number: int = 0

    def line(self) -> bytes:
        """The form as it goes through a pipe."""
        return f"? {self.act} {self.key} {self.about} {self.number}\n".encode()

    @classmethod
    def of(cls, line: str) -> Self:
        """The form that went through a pipe."""
        _, act, key, about, number = line.split()
        return cls(act, key, about, int(number))


def answer_line(key: str, id_: str) -> bytes:
    """What a service answered, as it goes through a pipe."""
    return f"! {key} {id_}\n".encode()


def say(services: Services, form: Form) -> Done[Any]:
    """Hand a form to its service; what is said under a key is always the same."""
    match form.act:
        case "households.register":
            return services.households.register(_family(form.number), key=form.key)
        case "requests.receive":
            return services.requests.receive(form.about, "monthly", TODAY, key=form.key)
        case "assessments.assess":
            return services.assessments.assess(form.about, TODAY, key=form.key)
        case "decisions.decide":
            grant = Grant(Money(20_000 + form.number), MONTHS[0])
            verdict = Verdict.APPROVE
            return services.decisions.decide(form.about, verdict, TODAY, "14/3", grant, "بقرار المجلس", key=form.key)
        case "payments.issue":
            month = MONTHS[form.number]
            return services.payments.issue(form.about, month, "حسن علي", Method.CASH, TODAY, key=form.key)
        case _:
            return services.payments.receive(form.about, "حسن علي", TODAY, key=form.key)


def work(services: Services, dice: random.Random, tell: Callable[[bytes], object]) -> None:
    """Family after family, from its registration to its receipts, until somebody puts an end to it."""

    def acknowledged(form: Form) -> str:
        tell(form.line())
        id_ = str(say(services, form).value.id)
        tell(answer_line(form.key, id_))
        return id_

    while True:
        name = f"{dice.getrandbits(64):016x}"
        family = acknowledged(Form("households.register", f"{name}-family", number=dice.randrange(10**9)))
        request = acknowledged(Form("requests.receive", f"{name}-request", family))
        acknowledged(Form("assessments.assess", f"{name}-assessment", request))
        decision = acknowledged(Form("decisions.decide", f"{name}-decision", request, dice.randrange(40_000)))
        for month in range(len(MONTHS)):
            voucher = acknowledged(Form(ISSUE, f"{name}-voucher-{month}", decision, month))
            acknowledged(Form(RECEIVE, f"{name}-receipt-{month}", voucher))


def set_up(folder: Path) -> None:
    """An office that is ready to work, in a folder of its own."""
    with build(folder, Clock(), who="x") as services:
        services.offices.set_up(an_office())


def recorded(services: Services) -> dict[str, str]:
    """The forms that the file remembers: by key, the id of what came of each; a guide that is kept is none."""
    asked = "SELECT key, result FROM operations WHERE operation NOT IN ('offices.set_up', 'policies.adopt_pack')"
    with services.health._store._database.reading() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql(asked)}


def paid(services: Services) -> tuple[int, int]:
    """How many vouchers and receipts there are."""
    asked = "SELECT (SELECT count(*) FROM vouchers), (SELECT count(*) FROM receipts)"
    with services.health._store._database.reading() as connection:
        issued, received = connection.exec_driver_sql(asked).one()
    return issued, received


def unsound(services: Services) -> list[str]:
    """What the doctor finds."""
    return [f"{line.name}: {line.problems[0]}" for line in services.health.checks() if not line.ok]


def _family(number: int) -> CaseStudy:
    household = a_household(head=f"حسن علي {number}", children=1 + number % 3)
    head, *others = household.members
    return a_study(replace(household, members=(replace(head, civil_id=f"{number:09}"), *others)))
