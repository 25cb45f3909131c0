"""The names by which fields reach facts: ``head.civil_id``, ``household.dwelling.kind``, and the columns of a row."""

import datetime
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import StrEnum

from msgspec.structs import replace

from sanad.domain.case import CaseStudy, Paper
from sanad.domain.errors import Problem, Refused
from sanad.domain.household import Member
from sanad.domain.money import Money
from sanad.forms.definition import Field, Form, Kind, On, Page, Section, Table

DERIVED = frozenset({"order", "age", "counted", "file_number"})
"""What a view computes for a row or page from the other facts."""

HEAD = "head."
MEMBERS = "household.members"

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
    pages = tuple(
        Page(title=page.title, sections=tuple(_section(section, file, problems) for section in page.sections))
        for page in form.pages
    )
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


def _section(section: Section, file: str, problems: list[Problem]) -> Section:
    fields = tuple(_field(field, _owner(field), file, problems) for field in section.fields)
    return replace(section, fields=fields, table=section.table and _table(section.table, file, problems))


def _table(table: Table, file: str, problems: list[Problem]) -> Table:
    try:
        row = row_type(table.bind)
    except (LookupError, ValueError, TypeError):
        problems.append(Problem("form.unknown_fact", file, {"bind": table.bind}))
        return table
    return replace(table, columns=tuple(_field(column, row, file, problems) for column in table.columns))


def _owner(field: Field) -> type:
    if field.bind.startswith(HEAD):
        return Member
    return Paper if field.bind.startswith("paper.") else CaseStudy


def _field(field: Field, owner: type, file: str, problems: list[Problem]) -> Field:
    path = field.bind.removeprefix(HEAD).removeprefix("paper.")
    if field.derived or not path:
        if path not in DERIVED and not (not path and field.on is On.PAPER):
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
