"""What stands in the boxes of a form: each fact as a reader reads it, and which texts were said."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sanad.domain.assessment import Assessment, Text
from sanad.domain.case import Case
from sanad.domain.household import Member, age_on
from sanad.domain.money import Currency, Money
from sanad.domain.spelling import cleaned
from sanad.forms.binding import HEAD
from sanad.forms.definition import Field, Form, Kind, Table
from sanad.words.catalogue import Words


def _none() -> Mapping[str, Text]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Guide:
    """What a paper says of the guide that was applied: names of aids, documents and facts, and where clauses stand."""

    title: Text
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
    said: list[str] = field(default_factory=list)
    """Every text that people typed and that was put on the paper."""

    def of(self, field: Field) -> str:
        """What stands in the box of a field outside tables; nothing where nothing is known."""
        if self.case is None or not field.bind:
            return ""
        owner: object
        if field.bind.startswith(HEAD):
            owner, path = self.case.household.head, field.bind.removeprefix(HEAD)
        else:
            owner, path = self.case, field.bind
        for name in path.split("."):
            owner = None if owner is None else getattr(owner, name)
        return self._shown(owner, field, self.case.household.head)

    def rows(self, table: Table) -> Sequence[object] | None:
        """The rows of a table; None where nobody asked yet."""
        owner: object = self.case
        for name in table.bind.split("."):
            owner = None if owner is None else getattr(owner, name)
        return owner if isinstance(owner, tuple) else None

    def cell(self, column: Field, row: object, order: int) -> str:
        """What stands in a cell of the row that is the ``order``-th."""
        if column.bind == "order":
            return self.words.number(order)
        if column.bind == "age":
            return self._age(row)
        if column.bind == "counted":
            return self._counted(row)
        return self._shown(getattr(row, column.bind), column, row)

    def missing(self, path: str, form: Form) -> str:
        """What an assessment lacks, by the name that the form or the guide gives it, and whose it is."""
        place, _, name = path.rpartition(".")
        label = self.guide.facts.get(path) or _label(form, path) or _label(form, name)
        if label is None:
            return path
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
            return self._name(fact)
        return self.typed(str(fact))

    def _choice(self, slug: str, field: Field, of: object) -> str:
        if field.vocabulary == "document":
            label = self.guide.documents.get(slug)
            return label.in_(self.words.language) if label else self.typed(slug)
        return self.words.choice(field.vocabulary, slug, of.sex if isinstance(of, Member) else None)

    def _name(self, member_id: object) -> str:
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


def _label(form: Form, bind: str) -> Text | None:
    fields = (*form.fields(), *(column for table in form.tables() for column in table.columns))
    return next((each.label for each in fields if each.bind == bind), None)
