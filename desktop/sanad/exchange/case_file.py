"""Reads the case file: a family, an aid and a day as JSON, strictly, and all its problems at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sanad.domain.case import Case, Document, FollowUp, Paper, Research, Waiver
from sanad.domain.errors import Problem, Refused
from sanad.domain.facts import FactKind
from sanad.domain.household import (
    Dwelling,
    DwellingKind,
    Education,
    Employment,
    Household,
    Income,
    IncomeKind,
    MaritalStatus,
    Member,
    Obligation,
    ObligationKind,
    Relation,
    Sex,
)
from sanad.domain.money import ZERO, Currency
from sanad.domain.payment import Method
from sanad.domain.soundness import problems_of
from sanad.exchange.json_text import read_json
from sanad.exchange.named_values import Choices, named_values
from sanad.exchange.record import LARGEST_COUNT, Record, shown

Line = TypeVar("Line")

NO_DAY = date.max
"""Stands for the day of a case while its own cannot be read, so that the rest is still looked at."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a policy pack lets a case file say: the facts of each of its aids, its documents, the office's figures."""

    currency: Currency
    first_day: date
    aids: Mapping[str, Mapping[str, FactKind]]
    documents: frozenset[str]
    office: Mapping[str, FactKind]
    choices: Choices = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    grades: int = 0
    funds: tuple[str, ...] = ()


class DocumentState(StrEnum):
    """Whether a paper of the checklist was brought."""

    THERE = "there"
    MISSING = "missing"
    EXPIRED = "expired"
    WAIVED = "waived"


def read_case(data: bytes, packs: Mapping[str, Pack]) -> Case:
    """The case in a file, by the packs that are known.

    Raises:
        Refused: with every problem of the file, each naming its place by its path, rows counted from 0.
    """
    problems: list[Problem] = []
    file = Record(read_json(data), "", problems)
    policy = file.text("policy", required=True)
    pack = packs.get(policy)
    if policy and pack is None:
        file.wrong("case.not_one_of", "policy", value=shown(policy), expected=", ".join(packs))
    case = _case(file, policy, pack or next(iter(packs.values())), known=pack is not None)
    file.closed()
    unread = {problem.where for problem in problems}
    if case.applicant is not None and case.applicant not in {member.id for member in case.household.members}:
        file.wrong("line.unknown_member", "applicant", member=case.applicant)
    problems += [problem for problem in problems_of(case.study, case.on) if not _follows(problem, unread)]
    if problems:
        raise Refused(problems)
    return case


def _follows(problem: Problem, unread: set[str]) -> bool:
    """Whether a problem is only said because something else could not be read; that one is told anyway."""
    row = re.compile(r"household(\.members(\[\d+\](\.(id|relation))?)?)?")
    match problem.code:
        case "household.no_head" | "line.unknown_member":
            return any(row.fullmatch(place) for place in unread)
        case "member.born_in_future" | "member.too_old":
            return "on" in unread
    return False


def _case(file: Record, policy: str, pack: Pack, *, known: bool) -> Case:
    aid = file.text("aid", required=True)
    if known and aid and aid not in pack.aids:
        file.wrong("case.unknown_aid", "aid", value=shown(aid), expected=", ".join(pack.aids))
    on = file.day("on", required=True)
    if known and on is not None and on < pack.first_day:
        file.wrong("case.before_policy", "on", first=pack.first_day, policy=policy)
    money = pack.currency
    return Case(
        policy=policy,
        aid=aid,
        on=on or NO_DAY,
        request_date=file.day("request_date"),
        asked=file.money("asked", money),
        registered=file.yes_no("registered"),
        monthly_registered=file.yes_no("monthly_registered"),
        applicant=file.whole("applicant"),
        category=one_of(file, "category", pack.categories if known else ()),
        grade=file.whole("grade", least=1, most=(pack.grades if known else 0) or LARGEST_COUNT),
        fund=one_of(file, "fund", pack.funds if known else ()),
        household=_household(file.record("household"), file, money),
        waivers=tuple(read_waiver(record, pack if known else None) for record in file.records("waivers") or ()),
        office=named_values(file.record("office"), pack.office if known else None, {}, money),
        facts=named_values(file.record("facts"), pack.aids.get(aid) if known else None, pack.choices, money),
        research=_research(file.record("research")),
        follow_ups=tuple(_follow_up(record) for record in file.records("follow_ups") or ()),
        documents=tuple(_document(record, pack) for record in file.records("documents") or ()),
        paper=_paper(file.record("paper"), file, money),
    )


# ---------------------------------------------------------------- the family


def _household(record: Record | None, file: Record, currency: Currency) -> Household:
    if record is None:
        file.wrong("case.missing_key", "household", key="household")
        return Household()
    household = Household(
        file_number=record.line("file_number"),
        resident_of=record.line("resident_of"),
        phone=record.line("phone"),
        spouses_share=record.yes_no("spouses_share"),
        family_state=record.text("family_state"),
        members=tuple(_member(row, place) for place, row in enumerate(record.records("members") or ())),
        incomes=_lines(record.records("incomes"), lambda row: _income(row, currency)),
        obligations=_lines(record.records("obligations"), lambda row: _obligation(row, currency)),
        dwelling=_dwelling(record.record("dwelling")),
        bank_balance=record.money("bank_balance", currency),
        wealth=record.money("wealth", currency),
    )
    record.closed()
    return household


def _member(row: Record, place: int) -> Member:
    number = row.whole("id", required=True)
    member = Member(
        id=-place - 1 if number is None else number,  # one that could not be read is nobody else's
        relation=row.choice("relation", Relation, required=True) or Relation.OTHER,
        sex=row.choice("sex", Sex, required=True) or Sex.MALE,
        name=row.one_line("name"),
        civil_id=row.line("civil_id"),
        provider=row.yes_no("provider"),
        birth_date=row.day("birth_date"),
        marital_status=row.choice("marital_status", MaritalStatus),
        employment=row.choice("employment", Employment),
        education=row.choice("education", Education),
        occupation=row.line("occupation"),
        workplace=row.line("workplace"),
        work_phone=row.line("work_phone"),
        income_source=row.line("income_source"),
        registered_on=row.day("registered_on"),
        notes=row.text("notes"),
        lives_with_family=row.yes_no("lives_with_family"),
        poor=row.yes_no("poor"),
        married_in_house=row.yes_no("married_in_house"),
        include=row.yes_no("include"),
        include_reason=row.text("include_reason"),
    )
    row.closed()
    return member


def _income(row: Record, currency: Currency) -> Income:
    line = Income(
        kind=row.choice("kind", IncomeKind, required=True) or IncomeKind.OTHER,
        monthly=row.money("monthly", currency, required=True) or ZERO,
        member=row.whole("member"),
        note=row.text("note"),
    )
    row.closed()
    return line


def _obligation(row: Record, currency: Currency) -> Obligation:
    line = Obligation(
        kind=row.choice("kind", ObligationKind, required=True) or ObligationKind.OTHER_DEBT,
        monthly=row.money("monthly", currency, required=True) or ZERO,
        justified=row.yes_no("justified"),
        member=row.whole("member"),
        note=row.text("note"),
    )
    row.closed()
    return line


def _lines(rows: list[Record] | None, read: Callable[[Record], Line]) -> tuple[Line, ...] | None:
    """The lines of a list; none were asked about where it is not known."""
    return None if rows is None else tuple(read(row) for row in rows)


def _dwelling(record: Record | None) -> Dwelling:
    if record is None:
        return Dwelling()
    dwelling = Dwelling(
        kind=record.choice("kind", DwellingKind),
        flat=record.line("flat"),
        rooms=record.whole("rooms"),
        block=record.line("block"),
        road=record.line("road"),
        building=record.line("building"),
        area=record.line("area"),
        municipality=record.line("municipality"),
        site=record.line("site"),
    )
    record.closed()
    return dwelling


# ---------------------------------------------------------------- the request and its papers


def _research(record: Record | None) -> Research:
    if record is None:
        return Research()
    research = Research(
        comment=record.text("comment"),
        notes=record.text("notes"),
        date=record.day("date"),
        employee=record.line("employee"),
    )
    record.closed()
    return research


def _follow_up(record: Record) -> FollowUp:
    follow_up = FollowUp(date=record.day("date"), employee=record.line("employee"), notes=record.text("notes"))
    record.closed()
    return follow_up


def _document(record: Record, pack: Pack) -> Document:
    kind = record.text("kind", required=True)
    if kind and kind not in pack.documents:
        record.wrong(
            "case.not_one_of", record.at("kind"), value=shown(kind), expected=", ".join(sorted(pack.documents))
        )
    document = Document(
        kind=kind,
        state=(record.choice("state", DocumentState, required=True) or DocumentState.MISSING).value,
        expires=record.day("expires"),
        waived_by=record.line("waived_by"),
        reason=record.text("reason"),
    )
    record.closed()
    return document


def one_of(file: Record, key: str, among: tuple[str, ...]) -> str | None:
    """A word that the pack knows; any word where it knows none."""
    word = file.text(key)
    if word and among and word not in among:
        file.wrong("case.not_one_of", key, value=shown(word), expected=", ".join(among))
    return word or None


def read_waiver(record: Record, pack: Pack | None) -> Waiver:
    """A condition let pass; by whom and why are part of it."""
    waiver = Waiver(clause=record.line("clause"), by=record.line("by"), reason=record.text("reason"))
    for key in ("clause", "by", "reason"):
        if not getattr(waiver, key):
            record.wrong("case.missing_key", record.at(key), key=key)
    if pack is not None and waiver.clause and pack.clauses and waiver.clause not in pack.clauses:
        record.wrong("policy.unknown_clause", record.at("clause"), value=shown(waiver.clause))
    record.closed()
    return waiver


def _paper(record: Record | None, file: Record, currency: Currency) -> Paper:
    if record is None:
        return Paper()
    paper = Paper(
        number=record.line("number"),
        voucher=record.line("voucher"),
        date=record.day("date"),
        amount=record.money("amount", currency),
        months=tuple(str(item) for _, item in record.items("months") or ()),
        payee=record.line("payee"),
        method=record.choice("method", Method) or "",
        decision=record.line("decision"),
        reason=record.text("reason"),
        to=record.text("to"),
    )
    for number, month in enumerate(paper.months):
        if not _is_month(month):
            record.wrong("case.not_a_month", f"{record.at('months')}[{number}]", value=shown(month))
    record.closed()
    return paper


def _is_month(text: str) -> bool:
    try:
        return len(text) == len("2026-11") and bool(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return False
