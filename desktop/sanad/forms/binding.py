"""The names by which fields reach facts: ``head.civil_id``, ``household.dwelling.kind``, and the columns of a row."""

import datetime
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import StrEnum

from msgspec.structs import replace

from sanad.domain.case import Case, CaseStudy
from sanad.domain.errors import Problem, Refused
from sanad.domain.household import Member
from sanad.domain.money import Money
from sanad.forms.definition import Field, Form, Kind, On, Page, Section, Table

DERIVED = frozenset({"order", "age", "counted", "file_number"})
"""What a view computes for a row or page from the other facts."""

TOLD = frozenset(
    {
        "addressee", "aid", "amount", "amount_words", "applicant", "asked", "category", "civil_id", "computed",
        "counted", "file_number", "fund", "grade", "guide", "members", "method", "months", "net_income", "on",
        "outcome", "overruled", "payee_civil_id", "payee_rule", "per_capita", "redirect", "revision", "salutation",
    }
)  # fmt: skip
"""What a paper tells of its case beside the plain facts."""

CASES, LABEL = "cases", "label"
"""The rows of a paper that lists several cases; the column that names the rows of a table filled by hand."""

HEAD = "head."
MEMBERS = "household.members"

_PLACEHOLDER = re.compile(r"\{([a-z_.]+)\}")
_VOCABULARIES = {"kind": "document", "state": "document_state"}
_DOCUMENT_STATES = ("there", "missing", "expired", "waived")
_TYPES = {
    Kind.NAME: str,
    Kind.TEXT: str,
    Kind.NOTES: str,
    Kind.PHONE: str,
    Kind.CODE: str,
    Kind.COUNT: int,
    Kind.MEMBER: int,
    Kind.MONEY: Money,
    Kind.DATE: datetime.date,
    Kind.YES_NO: bool,
}


def bound(form: Form, file: str) -> Form:
    """The form with the vocabulary of every choice settled.

    Raises:
        Refused: a field is bound to a fact that is not there or is of another kind; all such fields at once.
    """
    problems: list[Problem] = []
    owner = CaseStudy if form.typed else Case
    pages = tuple(
        Page(title=page.title, sections=tuple(_section(section, owner, file, problems) for section in page.sections))
        for page in form.pages
    )
    if form.number:
        _known(form.number, file, problems)
    if problems:
        raise Refused(problems)
    return replace(form, pages=pages)


def row_type(bind: str) -> type:
    """The type of a row of the table bound to ``bind``; ``Member`` for ``household.members``."""
    (row, _ellipsis) = typing.get_args(_plain(_hint(CaseStudy, bind)))
    return typing.cast(type, row)


def vocabulary(choice: type[StrEnum]) -> str:
    """The name under which the catalogue keeps the labels of an enumeration: ``MaritalStatus`` → ``marital_status``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", choice.__name__).lower()


def placeholders(text: str) -> tuple[str, ...]:
    """The facts that a sentence names in braces, in their order."""
    return tuple(_PLACEHOLDER.findall(text))


def _section(section: Section, owner: type, file: str, problems: list[Problem]) -> Section:
    fields = tuple(_field(field, owner, file, problems) for field in section.fields)
    for paragraph in section.paragraphs:
        conditions = [name for name in (paragraph.when, paragraph.unless) if name]
        for name in (*placeholders(paragraph.text.ar), *placeholders(paragraph.text.en), *conditions):
            _known(name, file, problems)
    return replace(section, fields=fields, table=section.table and _table(section.table, owner, file, problems))


def _known(name: str, file: str, problems: list[Problem]) -> None:
    """Notes a name that a paper can tell nothing of."""
    path = name.removeprefix(HEAD)
    try:
        if name not in TOLD:
            _hint(Case if path == name else Member, path)
    except LookupError:
        problems.append(Problem("form.unknown_fact", file, {"bind": name}))


def _table(table: Table, owner: type, file: str, problems: list[Problem]) -> Table:
    if not table.bind:
        return table
    try:
        row = owner if table.bind == CASES and owner is Case else row_type(table.bind)
    except (LookupError, ValueError, TypeError):
        problems.append(Problem("form.unknown_fact", file, {"bind": table.bind}))
        return table
    return replace(table, columns=tuple(_field(column, row, file, problems) for column in table.columns))


def _field(field: Field, owner: type, file: str, problems: list[Problem]) -> Field:
    path = field.bind.removeprefix(HEAD)
    if path != field.bind:
        owner = Member
    elif field.on is On.PAPER and owner is CaseStudy:
        owner = Case
    if field.derived or not path:
        told = DERIVED | TOLD if owner is Case else DERIVED
        if path not in told and not (not path and (field.on is On.PAPER or owner is Case)):
            problems.append(Problem("form.unknown_fact", file, {"bind": field.bind}))
        return field
    try:
        fact = _plain(_hint(owner, path))
    except LookupError:
        problems.append(Problem("form.unknown_fact", file, {"bind": field.bind}))
        return field
    if field.kind is Kind.CHOICE:
        if issubclass(fact, StrEnum):
            return replace(field, vocabulary=vocabulary(fact), choices=tuple(fact))
        name = _VOCABULARIES.get(path)
        if name:
            return replace(field, vocabulary=name, choices=_DOCUMENT_STATES if path == "state" else ())
    elif fact is _TYPES[field.kind]:
        return field
    problems.append(Problem("form.wrong_kind", file, {"bind": field.bind, "kind": field.kind.value}))
    return field


def _hint(owner: type, path: str) -> typing.Any:
    hint: typing.Any = owner
    for name in path.split("."):
        if not is_dataclass(hint):
            raise LookupError(path)
        hint = _plain(typing.get_type_hints(hint)[name])
    return hint


def _plain(hint: typing.Any) -> typing.Any:
    """The type without its ``| None``."""
    if isinstance(hint, types.UnionType):
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
    return hint


def columns_of(form: Form, bind: str) -> Iterator[Field]:
    """Every typed column that any table of the form shows of the rows bound to ``bind``, each once."""
    seen = set()
    for table in form.tables():
        for column in table.columns if table.bind == bind else ():
            if column.bind not in seen and not column.derived:
                seen.add(column.bind)
                yield column
