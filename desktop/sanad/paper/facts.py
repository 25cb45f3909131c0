"""What stands in the boxes of a form: each fact as a reader reads it, and which texts were said."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.household import Member, age_on
from sanad.domain.money import Currency, Money
from sanad.domain.spelling import cleaned
from sanad.domain.text import Text
from sanad.forms.binding import CASES, HEAD, LABEL, TOLD
from sanad.forms.definition import Field, Kind, Paragraph, Section, Table
from sanad.paper.told import Told
from sanad.words.catalogue import Words


def _none() -> Mapping[str, Text]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Guide:
    """What a paper says of the guide that was applied: names of aids, documents and facts, and where clauses stand.

    ``formulas`` are those that the guide reckons by. Of the case's aid: ``checklist`` are the documents that go with a
    request, ``attachments`` those that go with a payment, ``payee`` to whom it is made out.
    ``labels`` are what the family's own form calls its facts.
    """

    title: Text
    formulas: str = ""
    categories: Mapping[str, Text] = field(default_factory=_none)
    grades: Mapping[int, Text] = field(default_factory=lambda: MappingProxyType({}))
    checklist: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    payee: Text | None = None
    labels: Mapping[str, Text] = field(default_factory=_none)
    places: Mapping[str, Text] = field(default_factory=_none)
    aids: Mapping[str, Text] = field(default_factory=_none)
    documents: Mapping[str, Text] = field(default_factory=_none)
    facts: Mapping[str, Text] = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Facts:
    """The case behind a paper (None: a blank one), told in the words of its reader."""

    case: Case | None
    assessment: Assessment | None
    guide: Guide
    words: Words
    currency: Currency
    cases: Sequence[Case] = ()
    """The cases that a list is made of."""
    void: str = ""
    """By whom, when and why what the paper tells was declared void."""
    overruled: Money | None = None
    """What the rules gave, where another amount was decided."""
    masked: bool = False
    """Whether names are told by their first letters alone."""
    said: list[str] = field(default_factory=list)
    """Every text that people typed and that was put on the paper."""

    def of(self, field: Field) -> str:
        """What stands in the box of a field outside tables; nothing where nothing is known."""
        if self.case is None or not field.bind:
            return ""
        if field.derived:
            return Told(self).of(field.bind)
        return self._shown(self.fact(field.bind), field, self.case.household.head)

    def fact(self, path: str) -> object:
        """A plain fact of the case by its path; None where it is not known."""
        owner: object = self.case
        if path.startswith(HEAD) and self.case is not None:
            owner, path = self.case.household.head, path.removeprefix(HEAD)
        for name in path.split("."):
            owner = None if owner is None else getattr(owner, name)
        return owner

    def holds(self, part: Section | Paragraph | Field) -> bool:
        """Whether a part of a paper is for this guide, and this case."""
        if part.guides and self.guide.formulas not in part.guides:
            return False
        if not isinstance(part, Paragraph):
            return True
        return (not part.when or self._said(part.when)) and not (part.unless and self._said(part.unless))

    def _said(self, name: str) -> bool:
        return bool(Told(self).of(name) if name in TOLD else self.fact(name))

    def rows(self, table: Table) -> Sequence[object] | None:
        """The rows of a table; None where nobody asked yet."""
        if not table.bind:
            return table.rows
        rows = self.cases if table.bind == CASES else self.fact(table.bind)
        return rows if isinstance(rows, tuple) else None

    def cell(self, column: Field, row: object, order: int) -> str:
        """What stands in a cell of the row that is the ``order``-th."""
        if column.bind == "order":
            return self.words.number(order)
        if isinstance(row, Text):
            return row.in_(self.words.language) if column.bind == LABEL else ""
        if isinstance(row, Case):
            return replace(self, case=row).of(column)
        if column.bind == "age":
            return self._age(row)
        if column.bind == "counted":
            return self._counted(row)
        return self._shown(getattr(row, column.bind), column, row) if column.bind else ""

    def missing(self, path: str) -> str:
        """What an assessment lacks, by the name that the form or the guide gives it, and whose it is."""
        place, _, name = path.rpartition(".")
        known = self.guide.labels
        label = self.guide.facts.get(path) or known.get(path) or known.get(name)
        if label is None:
            listed = f"paper.{path}"
            return self.words.text(listed) if self.words.has(listed) else path
        said = label.in_(self.words.language)
        person = self._person(place)
        return f"{said} · {person}" if person else said

    def typed(self, text: str) -> str:
        """A text that somebody typed, as it is printed."""
        shown = self.words.digits_shown(cleaned(text))
        self.said.append(shown)
        return shown

    def _shown(self, fact: object, field: Field, of: object) -> str:
        match fact:
            case None | "":
                return ""
            case bool():
                return self.words.choice("yes_no", "yes" if fact else "no")
            case Money():
                return self.words.money(fact, self.currency)
            case datetime.date():
                return self.words.date(fact)
        if field.kind is Kind.CHOICE:
            return self._choice(str(fact), field, of)
        if field.kind is Kind.MEMBER:
            return self.name_of(fact)
        if field.kind is Kind.NAME and self.masked:
            return self.typed(initials(str(fact)))
        return self.typed(str(fact))

    def _choice(self, slug: str, field: Field, of: object) -> str:
        if field.vocabulary == "document":
            return self.document(slug)
        return self.words.choice(field.vocabulary, slug, of.sex if isinstance(of, Member) else None)

    def document(self, slug: str) -> str:
        """A document by its name in the guide."""
        label = self.guide.documents.get(slug)
        return label.in_(self.words.language) if label else self.typed(slug)

    def name_of(self, member_id: object) -> str:
        """The name of a member."""
        members = self.case.household.members if self.case else ()
        return next((self.typed(member.name) for member in members if member.id == member_id), "")

    def _person(self, place: str) -> str:
        """The name of ``household.members[3]``, counted from 0 as paths of a case file are."""
        if self.case is None or not place.startswith("household.members["):
            return ""
        index = int(place.removeprefix("household.members[").rstrip("]"))
        members = self.case.household.members
        return self.typed(members[index].name) if index < len(members) else ""

    def _age(self, row: object) -> str:
        if self.case is None or not isinstance(row, Member) or row.birth_date is None:
            return ""
        return self.words.number(age_on(row.birth_date, self.case.on))

    def _counted(self, row: object) -> str:
        if self.assessment is None or not isinstance(row, Member):
            return ""
        return self.words.choice("yes_no", "yes" if row.id in self.assessment.counted else "no")


def initials(name: str) -> str:
    """The first letter of each name, for lists that those may see who need not know the family (K-RIGHT-2)."""
    return " ".join(f"{word.removeprefix('ال')[:1]}." for word in cleaned(name).split())
