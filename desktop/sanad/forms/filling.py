"""Between what stands in the boxes of a form and the facts it means: values in, a case study or all problems out.

Values are the texts of the boxes, by binding: ``{"household.phone": "3312 4455", "household.members": [{"id": 1,
"name": "…", "relation": "head"}, …]}``. A choice is its slug, a yes-or-no is ``yes``, ``no`` or empty, a member is the
id; every other box holds what was typed, in either kind of digits.
"""

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from typing import Any

from sanad.domain.case import CaseStudy, Document, FollowUp
from sanad.domain.errors import Problem, Refused
from sanad.domain.household import Household, Income, Member, Obligation, Relation, Sex
from sanad.domain.money import Currency, Money
from sanad.domain.soundness import problems_of
from sanad.domain.spelling import cleaned, western
from sanad.forms import binding
from sanad.forms.definition import Field, Form, Kind, On, Table
from sanad.words.dates import read_date

Values = dict[str, Any]
Row = dict[str, Any]

MOST_COUNTED = 999
"""Rooms and the like; more is a slip."""
LONGEST_TEXT = 4000
"""Letters in a note; longer texts were pasted by mistake."""

IMPLIED_SEX = {
    Relation.HUSBAND: Sex.MALE,
    Relation.SON: Sex.MALE,
    Relation.FATHER: Sex.MALE,
    Relation.BROTHER: Sex.MALE,
    Relation.GRANDFATHER: Sex.MALE,
    Relation.WIFE: Sex.FEMALE,
    Relation.DAUGHTER: Sex.FEMALE,
    Relation.MOTHER: Sex.FEMALE,
    Relation.SISTER: Sex.FEMALE,
    Relation.GRANDMOTHER: Sex.FEMALE,
}
SETTLED = "doubts_settled"
"""What the row of a member holds besides its boxes, as the boxes of a form hold the rest."""
_ROWS: dict[str, type] = {
    "household.members": Member,
    "household.incomes": Income,
    "household.obligations": Obligation,
    "documents": Document,
    "follow_ups": FollowUp,
}


def head_row(values: Values) -> Row:
    """The row of the head of household; made, as the first row, where none is yet."""
    rows: list[Row] = values.setdefault(binding.MEMBERS, [])
    for row in rows:
        if row.get("relation") == Relation.HEAD:
            return row
    row = {"id": new_id(rows), "relation": Relation.HEAD.value}
    rows.insert(0, row)
    return row


def new_id(rows: list[Row]) -> int:
    """The next free member id."""
    return max((int(row["id"]) for row in rows), default=0) + 1


def cell(values: Values, bind: str) -> str:
    """What stands in the box of a field outside tables."""
    if bind.startswith(binding.HEAD):
        row: Row = next((row for row in values.get(binding.MEMBERS, ()) if row.get("relation") == Relation.HEAD), {})
        return str(row.get(bind.removeprefix(binding.HEAD), ""))
    return str(values.get(bind, ""))


def put(values: Values, bind: str, text: str) -> None:
    """Writes the box of a field outside tables."""
    if bind.startswith(binding.HEAD):
        head_row(values)[bind.removeprefix(binding.HEAD)] = text
    else:
        values[bind] = text


def values_of(form: Form, study: CaseStudy, currency: Currency) -> Values:
    """What stands in the boxes for a case study: dates as ``21/11/2026``, money with all places, western digits."""
    values: Values = {}
    for table in _tables(form):
        rows = _follow(study, table.bind)
        if table.none:
            values[f"{table.bind}.none"] = "yes" if rows == () else ""
        values[table.bind] = [
            {
                **({"id": row.id, SETTLED: row.doubts_settled} if isinstance(row, Member) else {}),
                **{
                    field.bind: _text(getattr(row, field.bind), currency)
                    for field in binding.columns_of(form, table.bind)
                },
            }
            for row in rows or ()
        ]
    for field in _typed(form):
        if field.bind.startswith(binding.HEAD):
            head = study.household.head
            name = field.bind.removeprefix(binding.HEAD)
            if head is not None:
                row = next(row for row in values[binding.MEMBERS] if row["id"] == head.id)
                row[name] = _text(getattr(head, name), currency)
        else:
            values[field.bind] = _text(_follow(study, field.bind), currency)
    return values


def fill(
    form: Form,
    values: Values,
    *,
    currency: Currency,
    today: datetime.date,
    base: CaseStudy | None = None,
    hijri_shift: int = 0,
) -> CaseStudy:
    """The case study that the boxes mean; what the form does not show is kept from ``base``.

    ``hijri_shift`` is the office's, by which a date typed as Hijri is read.

    Raises:
        Refused: with every problem of every box, each by its binding; rows are counted from 0 as they stand.
    """
    study, problems = read_leniently(form, values, currency=currency, today=today, base=base, hijri_shift=hijri_shift)
    if problems:
        raise Refused(problems)
    return study


def read_leniently(
    form: Form,
    values: Values,
    *,
    currency: Currency,
    today: datetime.date,
    base: CaseStudy | None = None,
    hijri_shift: int = 0,
) -> tuple[CaseStudy, tuple[Problem, ...]]:
    """What can be read of a form that is still being typed, and every problem of the rest (left out as not known)."""
    reading = _Reading(currency, hijri_shift)
    study = base or CaseStudy(household=Household())
    for table in _tables(form):
        rows = reading.rows(form, table.bind, values.get(table.bind, []), study)
        study = _with(study, table.bind, None if table.none and not rows and not says_none(values, table) else rows)
    for field in _typed(form):
        if not field.bind.startswith(binding.HEAD):
            study = _with(study, field.bind, reading.fact(field, values.get(field.bind, ""), field.bind))
        if field.required and not cell(values, field.bind).strip():
            reading.missing(field, _place(values, field.bind))
    return study, (*reading.problems, *reading.unsaid(problems_of(study, today)))


def says_none(values: Values, table: Table) -> bool:
    """Whether the box under an empty table is ticked: asked, and there is none."""
    return values.get(f"{table.bind}.none") == "yes"


def _place(values: Values, bind: str) -> str:
    """The place of a field outside tables, as problems name it: the head's fields are those of the head's row."""
    if not bind.startswith(binding.HEAD):
        return bind
    rows = values.get(binding.MEMBERS, [])
    index = next((index for index, row in enumerate(rows) if row.get("relation") == Relation.HEAD), 0)
    return f"{binding.MEMBERS}[{index}].{bind.removeprefix(binding.HEAD)}"


class _Reading:
    """Reads boxes and gathers what is wrong with them."""

    def __init__(self, currency: Currency, hijri_shift: int) -> None:
        self._currency = currency
        self._hijri_shift = hijri_shift
        self.problems: list[Problem] = []
        self._kept: dict[str, list[int]] = {}

    def missing(self, field: Field, where: str) -> None:
        if all(problem.where != where for problem in self.problems):
            self.problems.append(Problem("field.required", where, {"label": field.label}))

    def unsaid(self, found: tuple[Problem, ...]) -> list[Problem]:
        """Those of ``found`` whose place has no problem yet, by the rows as they stand on the form.

        Empty rows were passed over in the study. A head who is missing was said at the head's own boxes.
        """
        said = {problem.where for problem in self.problems}
        placed = [Problem(problem.code, self._standing(problem.where), problem.values) for problem in found]
        headless = any(where.startswith(binding.MEMBERS) for where in said)
        return [
            problem
            for problem in placed
            if problem.where not in said and not (headless and problem.code == "household.no_head")
        ]

    def _standing(self, where: str) -> str:
        bind, bracket, rest = where.partition("[")
        if not bracket:
            return where
        index, _, tail = rest.partition("]")
        return f"{bind}[{self._kept[bind][int(index)]}]{tail}"

    def rows(self, form: Form, bind: str, rows: list[Row], base: CaseStudy) -> tuple[Any, ...]:
        columns = {field.bind: field for field in binding.columns_of(form, bind)}
        kind = _ROWS[bind]
        known = {member.id: member for member in base.household.members}
        if kind is Member:
            heads = {f.bind.removeprefix(binding.HEAD): f for f in _typed(form) if f.bind.startswith(binding.HEAD)}
            columns = {**heads, **columns}
        read = []
        for index, row in enumerate(rows):
            where = f"{bind}[{index}]"
            typed = [name for name in columns if str(row.get(name, "")).strip()]
            if not typed or (typed == ["relation"] and row["relation"] != Relation.HEAD):
                continue
            facts = {name: self.fact(field, row.get(name, ""), f"{where}.{name}") for name, field in columns.items()}
            if kind is Member:
                made = self._member(facts, columns, row, where, known.get(row["id"]))
            else:
                made = self._line(kind, facts, columns, where)
            if made is not None:
                read.append(made)
                self._kept.setdefault(bind, []).append(index)
        return tuple(read)

    def _member(
        self, facts: dict[str, Any], columns: dict[str, Field], row: Row, where: str, known: Member | None
    ) -> Member:
        relation, sex = facts["relation"], facts["sex"]
        if relation is None:
            self.missing(columns["relation"], f"{where}.relation")
            facts["relation"] = relation = Relation.OTHER
        if sex is None:
            facts["sex"] = sex = IMPLIED_SEX.get(relation)
        if sex is None:
            self.missing(columns["sex"], f"{where}.sex")
            facts["sex"] = Sex.MALE
        if not facts["name"]:
            self.missing(columns["name"], f"{where}.name")
        base = known or Member(id=row["id"], relation=relation, sex=facts["sex"])
        return dataclasses.replace(base, **facts, doubts_settled=str(row.get(SETTLED, "")))

    def _line(self, kind: type, facts: dict[str, Any], columns: dict[str, Field], where: str) -> Any:
        lacking = [name for name, field in columns.items() if field.required and facts[name] in (None, "")]
        for name in lacking:
            self.missing(columns[name], f"{where}.{name}")
        return None if lacking else kind(**facts)

    def fact(self, field: Field, typed: object, where: str) -> Any:
        text = cleaned(str(typed))
        if not text:
            return "" if field.kind in _TEXTS else None
        try:
            return _READERS[field.kind](self, field, text, where)
        except Refused as refused:
            self.problems.extend(refused.problems)
            return "" if field.kind in _TEXTS else None

    def text(self, field: Field, text: str, where: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise Refused.because("field.too_long", where, most=LONGEST_TEXT)
        return text

    def count(self, field: Field, text: str, where: str) -> int:
        digits = western(text)
        counted = digits.lstrip("0") or digits[-1:]
        most = len(str(MOST_COUNTED))
        if not (counted.isascii() and counted.isdigit()) or len(counted) > most or int(counted) > MOST_COUNTED:
            raise Refused.because("field.not_a_count", where, text=text, most=MOST_COUNTED)
        return int(counted)

    def member(self, field: Field, text: str, where: str) -> int:
        if not (text.isascii() and text.isdigit()):  # a name that is nobody's in this family
            raise Refused.because("field.not_a_choice", where, text=text)
        return int(text)

    def money(self, field: Field, text: str, where: str) -> Money:
        return self._currency.read(text, where)

    def date(self, field: Field, text: str, where: str) -> datetime.date:
        return read_date(text, where, shift=self._hijri_shift)

    def choice(self, field: Field, text: str, where: str) -> str:
        if field.choices and text not in field.choices:
            raise Refused.because("field.not_a_choice", where, text=text)
        return next((choice for choice in field.choices if choice == text), text)

    def yes_no(self, field: Field, text: str, where: str) -> bool:
        if text not in ("yes", "no"):
            raise Refused.because("field.not_a_choice", where, text=text)
        return text == "yes"


_TEXTS = frozenset({Kind.NAME, Kind.TEXT, Kind.NOTES, Kind.PHONE, Kind.CODE})
_READERS: Mapping[Kind, Callable[[_Reading, Field, str, str], Any]] = {
    **dict.fromkeys(_TEXTS, _Reading.text),
    Kind.COUNT: _Reading.count,
    Kind.MEMBER: _Reading.member,
    Kind.MONEY: _Reading.money,
    Kind.DATE: _Reading.date,
    Kind.CHOICE: _Reading.choice,
    Kind.YES_NO: _Reading.yes_no,
}


def _tables(form: Form) -> list[Table]:
    """The tables, one for each list of rows."""
    seen: dict[str, Table] = {}
    for table in form.tables():
        seen.setdefault(table.bind, table)
    return list(seen.values())


def _typed(form: Form) -> list[Field]:
    seen: dict[str, Field] = {}
    for field in form.fields():
        if field.bind and not field.bind.startswith("paper.") and field.on is not On.PAPER:
            seen.setdefault(field.bind, field)
    return list(seen.values())


def _follow(owner: Any, path: str) -> Any:
    for name in path.split("."):
        owner = getattr(owner, name)
    return owner


def _with(owner: Any, path: str, fact: Any) -> Any:
    name, _, rest = path.partition(".")
    return dataclasses.replace(owner, **{name: _with(getattr(owner, name), rest, fact) if rest else fact})


def _text(fact: Any, currency: Currency) -> str:
    if fact is None:
        return ""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, Money):
        return currency.plain(fact)
    if isinstance(fact, datetime.date):
        return fact.strftime("%d/%m/%Y")
    return str(fact)
