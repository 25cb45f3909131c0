"""The tables of a pack's TOML, as they are written: shape only, read strictly by the library."""

import re
from typing import TypeVar, cast

import msgspec

from sanad.domain.errors import Problem
from sanad.domain.facts import FactKind
from sanad.domain.text import Text


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the tables have in common: a key that is not known is refused."""


class Words(Strict, frozen=True):
    """A wording in Arabic and in English; neither may be missing."""

    ar: str
    en: str

    @property
    def text(self) -> Text:
        """The wording as the domain knows it."""
        return Text(self.ar, self.en)


class PapersTable(Strict, frozen=True):
    """``[papers]`` of every request, ``[aids.SLUG.papers]`` or ``[categories.SLUG.papers]`` beside them."""

    clause: str
    documents: tuple[str, ...] = ()
    payee: Words | None = None


class Header(Strict, frozen=True):
    """What stands at the top of a pack."""

    id: str
    formulas: str
    currency: str
    language: str
    title: Words
    facts_of_every_aid: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    since: str | None = None
    """The first day, where no figure tells it."""
    papers: PapersTable | None = None


class ClauseTable(Strict, frozen=True):
    """``[clauses.ID]``: where a rule stands, and what it says."""

    place: Words
    wording: Words


class AmountTable(Strict, frozen=True):
    """``[amounts.NAME]``, ``[counts.NAME]``, ``[shares.NAME]``: a dated figure."""

    clause: str
    label: Words
    since: dict[str, str | int] = msgspec.field(name="from")
    reading: bool = False


class BracketRow(Strict, frozen=True):
    """One bracket; ``pay`` is an amount or :data:`THE_NEED`."""

    pay: str
    need_up_to: str | None = None
    members_up_to: int | None = None


class ScaleTable(Strict, frozen=True):
    """``[scales.NAME]``: dated brackets, between two amounts."""

    clause: str
    floor: str
    cap: str
    since: dict[str, tuple[BracketRow, ...]] = msgspec.field(name="from")


class WordingTable(Strict, frozen=True):
    """``[wordings.NAME]``: a step, a check or a line of the worksheet."""

    clause: str
    label: Words
    note: Words = Words("", "")


class ReadingTable(Strict, frozen=True):
    """``[readings.NAME]``; ``choices`` are scales."""

    clause: str
    label: Words
    chosen: str = ""
    choices: dict[str, Words] = {}


class FactTable(Strict, frozen=True):
    """``[facts.NAME]``: what may be told, and how it is written.

    ``choices`` are the words that one of a list may be.
    """

    kind: FactKind
    label: Words
    choices: dict[str, Words] = {}


class OfficeFigureTable(Strict, frozen=True):
    """``[office_figures.NAME]``: a figure that the guide leaves to the office, how it is written, what asks for it."""

    kind: FactKind
    clause: str
    label: Words


class AidTable(Strict, frozen=True):
    """``[aids.SLUG]``; ``facts`` are those beyond the facts of every aid."""

    label: Words
    clause: str
    facts: tuple[str, ...] = ()
    papers: PapersTable | None = None


class CategoryTable(Strict, frozen=True):
    """``[categories.SLUG]``: a kind of person in need."""

    label: Words
    clause: str
    papers: PapersTable | None = None


class GradeTable(Strict, frozen=True):
    """``[grades.1]`` and on: a grade of recommendation, and the aids that it admits."""

    label: Words
    clause: str
    aids: tuple[str, ...] = ()


class DocumentTable(Strict, frozen=True):
    """``[documents.SLUG]``: a paper of the checklist; ``[request.KEY]``: what a request says beside its facts."""

    label: Words


THE_NEED = "the need"
"""How a bracket says that it pays just what the family lacks."""

_AT = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.+?)`")
_ABSENT = re.compile(r"Object missing required field `(.+?)`")
_TYPE = re.compile(r"Expected `(.+?)`, got")

Shape = TypeVar("Shape")


def shaped(value: object, shape: type[Shape], where: str, problems: list[Problem]) -> Shape | None:
    """The value in its shape, or None when something other than an unknown key was wrong with it.

    An unknown key is noted and set aside, so that the next mistake is seen in the same reading.
    """
    while True:
        try:
            return msgspec.convert(value, shape)
        except msgspec.ValidationError as error:
            message = str(error)
            at = _AT.search(message)
            inner = at.group(1) if at else ""
            place = ".".join(part for part in (where, inner) if part)
            if not (unknown := _UNKNOWN.match(message)):
                problems.append(_told(message[: at.start()] if at else message, place))
                return None
            problems.append(Problem("policy.unknown_key", ".".join(part for part in (place, unknown.group(1)) if part)))
            value = _without(value, [*re.findall(r"[^.\[\]]+|\.\.\.", inner), unknown.group(1)])


def _told(message: str, place: str) -> Problem:
    """The library's complaint as a problem of ours."""
    if absent := _ABSENT.match(message):
        return Problem("policy.missing_key", ".".join(part for part in (place, absent.group(1)) if part))
    if wrong := _TYPE.match(message):
        return Problem("policy.wrong_type", place, {"expected": wrong.group(1)})
    return Problem("policy.invalid", place, {"detail": message})


def _without(value: object, path: list[str]) -> object:
    """The tree without the key at ``path``; ``...`` is how the library names any key of a mapping."""
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [_without(item, rest) if str(number) == first else item for number, item in enumerate(value)]
    tree = cast("dict[str, object]", value)  # keys are only unknown to an object
    if not rest:
        return {key: item for key, item in tree.items() if key != first}
    return {key: _without(item, rest) if first in (key, "...") else item for key, item in tree.items()}
