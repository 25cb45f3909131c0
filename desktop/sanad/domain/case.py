"""A case: one family, one aid, one day, and every fact the rules may ask for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sanad.domain.household import Household
from sanad.domain.money import Money


@dataclass(frozen=True, slots=True)
class Research:
    """What the researcher wrote at the end of the study (page 3 of the paper form)."""

    comment: str = ""
    notes: str = ""
    date: datetime.date | None = None
    employee: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A later look at the family (page 4 of the paper form)."""

    date: datetime.date | None = None
    employee: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of the checklist. ``state`` is there, missing, expired or waived (then by whom, and why)."""

    kind: str
    state: str
    expires: datetime.date | None = None
    waived_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A condition that the committee lets pass, by whom and why (B-11)."""

    clause: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a request says beside its aid and amount; unknown is ``None``, and not every guide asks for each.

    ``applicant`` is the member whom it is about, ``category`` the kind of need, ``grade`` what the visit recommended,
    ``fund`` the one that is asked. ``facts`` are those of the aid itself; over them, the family's file says nothing.
    ``waivers`` stand in the order of their clauses.
    """

    applicant: int | None = None
    category: str | None = None
    grade: int | None = None
    fund: str | None = None
    waivers: tuple[Waiver, ...] = ()
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        object.__setattr__(self, "waivers", tuple(sorted(self.waivers, key=lambda waiver: waiver.clause)))


UNSAID = Particulars()
"""A request that says nothing of itself."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What only a paper needs; whatever is missing prints as a line to write on."""

    number: str = ""
    voucher: str = ""
    date: datetime.date | None = None
    amount: Money | None = None
    months: tuple[str, ...] = ()
    payee: str = ""
    method: str = ""
    decision: str = ""
    reason: str = ""
    """Of the decision, in the board's own words."""
    to: str = ""


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """A family's file: what the case-study form holds, whatever the aid.

    ``registered``: the board approved the family; ``monthly_registered``: for monthly aid, which implies the former.
    """

    household: Household
    request_date: datetime.date | None = None
    registered: bool | None = None
    monthly_registered: bool | None = None
    research: Research = Research()
    follow_ups: tuple[FollowUp, ...] = ()
    documents: tuple[Document, ...] = ()
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def case(
        self,
        *,
        policy: str,
        aid: str,
        on: datetime.date,
        asked: Money | None = None,
        particulars: Particulars = UNSAID,
    ) -> "Case":
        """The file read for one aid, by one pack, on one day; an applicant who left the family is unknown."""
        applicant = particulars.applicant
        return Case(
            applicant=applicant if any(member.id == applicant for member in self.household.members) else None,
            category=particulars.category,
            grade=particulars.grade,
            fund=particulars.fund,
            waivers=particulars.waivers,
            policy=policy,
            aid=aid,
            on=on,
            asked=asked,
            household=self.household,
            request_date=self.request_date,
            registered=self.registered,
            monthly_registered=self.monthly_registered,
            facts=MappingProxyType({**self.facts, **particulars.facts}),
            research=self.research,
            follow_ups=self.follow_ups,
            documents=self.documents,
        )


@dataclass(frozen=True, slots=True)
class Case:
    """What an assessment reads, and what a filled paper shows.

    ``on`` is the day the rules are read at: it picks the revision of the policy, ages and deadlines. ``facts`` is the
    closed list of the pack and aid; ``office`` holds figures that the office sets. Unknown is ``None`` everywhere.
    """

    policy: str
    aid: str
    on: datetime.date
    household: Household
    request_date: datetime.date | None = None
    asked: Money | None = None
    registered: bool | None = None
    monthly_registered: bool | None = None
    applicant: int | None = None
    category: str | None = None
    grade: int | None = None
    fund: str | None = None
    waivers: tuple[Waiver, ...] = ()
    office: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    research: Research = Research()
    follow_ups: tuple[FollowUp, ...] = ()
    documents: tuple[Document, ...] = ()
    paper: Paper = Paper()

    @property
    def study(self) -> CaseStudy:
        """The family's file alone, without the aid that was asked about."""
        return CaseStudy(
            household=self.household,
            request_date=self.request_date,
            registered=self.registered,
            monthly_registered=self.monthly_registered,
            research=self.research,
            follow_ups=self.follow_ups,
            documents=self.documents,
            facts=self.facts,
        )
