"""What a request is to say: a question for each thing that the guide asks, as far as it is known what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sanad.domain.assessment import Assessment
from sanad.domain.facts import FactKind
from sanad.domain.text import Text

FACTS = "facts."
"""Before the name of a fact, where a request is asked for it."""


ASKED = "asked"
"""The place of the amount that a request asks for."""


class Part(StrEnum):
    """What a request says beside its facts, by its place in a case file."""

    CATEGORY = "category"
    GRADE = "grade"
    APPLICANT = "applicant"
    FUND = "fund"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a request may say. ``where`` is its place in a case file: a :class:`Part`, or ``facts.NAME``.

    ``label`` is None where the guide has no words for it. ``choices`` are the words that it may be, with their names
    where the guide gives any; nothing where it is no choice. ``needed``: without it the assessment is incomplete.
    """

    where: str
    kind: FactKind
    label: Text | None
    choices: Mapping[str, Text | None]
    needed: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """What a request is asked, in the order of the guide, and what the rules find by what it says so far.

    ``may_waive`` are the clauses whose conditions could be let pass, as it stands.
    """

    asked: tuple[Question, ...]
    may_waive: tuple[str, ...]
    found: Assessment
