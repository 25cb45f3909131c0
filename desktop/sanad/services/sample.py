"""The sample families taken through the office's whole work: registered, assessed, decided, paid, and compared.

They fit the rows of the guide's own worked table, so the program proves itself on the guide's figures. The tenth row
contradicts itself in the guide; it is shown with the reason, never as a result of ours.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Bug
from sanad.domain.household import Member
from sanad.domain.money import Money
from sanad.domain.office import Digits, Language, Office
from sanad.domain.payment import Method
from sanad.domain.text import Text
from sanad.services.policies import Policies

if TYPE_CHECKING:
    from sanad.services import Services

SITTING = "14"
"""The made-up sitting of the board in which the samples are decided."""


class PrintedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the guide's table as printed. ``slip`` says where the guide contradicts itself, ``refusal`` why then."""

    number: int
    members: int
    net_income: str
    aid: str
    slip: Text | None = None
    refusal: Text | None = None


class _Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    policy: str
    place: Text
    row: tuple[PrintedRow, ...]


class _Society(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    policy: str
    name_ar: str
    name_en: str
    committee_ar: str
    committee_en: str
    phone: str
    language: Language
    digits: Digits


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample family after its whole way. ``receipt`` is None where there was nothing to pay."""

    number: int
    household: str
    assessment: Assessment
    printed: Money
    slip: Text | None
    receipt: str | None

    @property
    def agrees(self) -> bool:
        """Whether the aid computed is the aid that the guide prints."""
        return self.assessment.amount == self.printed


class Sample:
    """The sample families in ``folder``: ``family-NN.json``, the guide's table, the made-up society."""

    def __init__(self, *, folder: Path, policies: Policies) -> None:
        self._folder = folder
        self._policies = policies

    def office(self) -> Office:
        """The made-up society, with the currency of its guide."""
        society = msgspec.convert(self._toml("office.toml"), _Society)
        currency = self._policies.get(society.policy).currency
        return Office(**msgspec.structs.asdict(society), currency=currency)

    def cases(self) -> tuple[Case, ...]:
        """The families as case files, in the order of the guide's table."""
        return tuple(self._policies.read_case(path) for path in sorted(self._folder.glob("family-*.json")))

    def settle(self, services: "Services", today: date) -> tuple[SampleRow, ...]:
        """Take every family through the office's work on an empty data folder, no act dated after ``today``.

        May be repeated on the same folder: every act has its key, and is recorded once.
        """
        office = services.offices.set_up(self.office()).value
        printed = msgspec.convert(self._toml("guide.toml"), _Printed)
        return tuple(
            self._settle(services, office, case, row, min(case.on, today))
            for case, row in zip(self.cases(), printed.row, strict=True)
        )

    def _settle(self, services: "Services", office: Office, case: Case, row: PrintedRow, day: date) -> SampleRow:
        key = f"sample-{row.number:02}"
        family = services.households.register(case.study, key=f"{key}-family").value
        asked_on = min(case.request_date or day, day)
        request = services.requests.receive(family.id, case.aid, asked_on, case.asked, key=f"{key}-request").value
        found = services.assessments.assess(request.id, day, key=f"{key}-assessment").value.assessment
        month, sitting = f"{day:%Y-%m}", f"{SITTING}/{row.number}"
        receipt = None
        if found.amount:
            decision = services.decisions.decide(
                request.id, Verdict.APPROVE, day, sitting, Grant(found.amount, month), key=f"{key}-decision"
            ).value
            payee = _payee(case)
            voucher = services.payments.issue(
                decision.id, month, payee.name, Method.CASH, day, key=f"{key}-voucher"
            ).value
            receipt = services.payments.receive(voucher.id, payee.name, day, key=f"{key}-receipt").value.id
        else:
            reason = row.refusal.in_(office.language) if row.refusal else ""
            services.decisions.decide(request.id, Verdict.REFUSE, day, sitting, reason=reason, key=f"{key}-decision")
        return SampleRow(row.number, family.id, found, office.currency.read(row.aid), row.slip, receipt)

    def _toml(self, name: str) -> object:
        return tomllib.loads((self._folder / name).read_text("utf-8"))


def _payee(case: Case) -> Member:
    provider = case.household.provider
    if provider is None:
        raise Bug("a sample family without a head passed the reading of case files")
    return provider
