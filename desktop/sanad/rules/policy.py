"""A policy pack as the formulas see it: dated figures, clauses, aids, documents, and the words for each of them."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sanad.domain.assessment import Step
from sanad.domain.case import Case
from sanad.domain.errors import Bug, Refused
from sanad.domain.facts import FactKind
from sanad.domain.money import Currency
from sanad.domain.text import Text

NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule of the guide: where a reader finds it there, and what it says in our own short words."""

    id: str
    place: Text
    wording: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the guide, from a day on. ``table`` tells its kind: amounts (of major units), counts, shares."""

    name: str
    clause: str
    label: Text
    value: Fraction
    table: str
    reading: bool

    @property
    def money(self) -> bool:
        """Whether it is an amount."""
        return self.table == "amounts"


@dataclass(frozen=True, slots=True)
class Bracket:
    """One stretch of the need: up to ``need_up_to`` (None: without end) it pays ``pay`` (None: the need itself).

    ``members_up_to`` narrows it to families of at most so many counted members.
    """

    need_up_to: Fraction | None
    pay: Fraction | None
    members_up_to: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The brackets of an aid, from a day on, in the order in which the first that fits is taken.

    No bracket pays less than the figure named by ``floor`` or more than that named by ``cap``.
    """

    name: str
    clause: str
    floor: str
    cap: str
    brackets: tuple[Bracket, ...]

    def bracket(self, need: Fraction, members: int) -> Bracket:
        """The bracket of a family of ``members`` that needs ``need`` (0 or more)."""
        return next(
            bracket
            for bracket in self.brackets
            if (bracket.members_up_to is None or members <= bracket.members_up_to)
            and (bracket.need_up_to is None or need <= bracket.need_up_to)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What we read where the guide is silent or lost. ``choices`` are the scales that an office may choose from."""

    clause: str
    label: Text
    choices: Mapping[str, Text]
    chosen: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How a step, check or line of the worksheet is said, and the clause it rests on. Braces are filled when read."""

    clause: str
    label: Text
    note: Text
    fills: bool = field(init=False)
    """Whether it has anything to fill."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fills", "{" in self.label.ar + self.note.ar)


@dataclass(frozen=True, slots=True)
class Papers:
    """What goes with a request, beside the papers of every request: documents by slug, and to whom it is paid."""

    clause: str
    documents: tuple[str, ...]
    payee: Text | None


@dataclass(frozen=True, slots=True)
class Aid:
    """A kind of aid: its name, its clause, the further facts that may be told for it, and its papers."""

    label: Text
    clause: str
    facts: Mapping[str, FactKind]
    papers: Papers | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of person in need, with the clause of its conditions and its papers."""

    label: Text
    clause: str
    papers: Papers | None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of recommendation: ``aids`` are those it admits."""

    label: Text
    clause: str
    aids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything in force from ``since`` on.

    ``choices`` are the readings that the office chose otherwise than the pack; ``office`` the figures that the guide
    leaves to the office, as a case carries them.
    """

    since: date
    figures: Mapping[str, Figure]
    scales: Mapping[str, Scale]
    choices: Mapping[str, str] = field(default_factory=lambda: NONE)
    office: Mapping[str, object] = field(default_factory=lambda: NONE)
    steps: dict[str, Step] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The lines that worksheets write for these figures, kept from the first time each was read."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A pack that was read and found whole. ``revisions`` go by date.

    ``digest`` is the SHA-256 of the pack's text, and of each revision that the office laid over it.

    ``office_figures`` are those that the guide leaves to the office, ``office_clauses`` name the clauses that ask for
    them; ``choices`` the words that a fact may be, where the guide lists them; ``papers`` those of every request. Not
    every guide knows categories, grades and funds.
    ``fact_labels`` name whatever may be missing: facts, what the request says beside them, what the office sets.
    """

    id: str
    title: Text
    formulas: str
    currency: Currency
    language: str
    digest: str
    clauses: Mapping[str, Clause]
    aids_offered: Mapping[str, Aid]
    fact_labels: Mapping[str, Text]
    documents: Mapping[str, Text]
    office_figures: Mapping[str, FactKind]
    office_clauses: Mapping[str, str]
    readings: Mapping[str, Reading]
    wordings: Mapping[str, Wording]
    revisions: tuple[Figures, ...]
    choices: Mapping[str, Mapping[str, Text]]
    categories: Mapping[str, Category]
    grades: Mapping[int, Grade]
    funds: tuple[str, ...]
    papers: Papers | None

    @property
    def first_day(self) -> date:
        """The day from which the guide is in force; nothing can be assessed before it."""
        return self.revisions[0].since

    @property
    def aids(self) -> dict[str, Text]:
        """The names of the kinds of aid, by their slugs, in the order of the guide."""
        return {slug: aid.label for slug, aid in self.aids_offered.items()}

    def at(self, day: date) -> Figures:
        """The figures in force on ``day``.

        Raises:
            Refused: the day lies before the first revision.
        """
        at = bisect_right(self.revisions, day, key=lambda figures: figures.since)
        if at == 0:
            raise Refused.because("case.before_policy", "on", first=self.first_day, policy=self.id)
        return self.revisions[at - 1]

    def completed(self, case: Case) -> Case:
        """The case with the figures that the office set for its day, where it does not carry them itself.

        Raises:
            Refused: the day lies before the first revision.
        """
        office = self.at(case.on).office
        return replace(case, office={**office, **case.office}) if office else case

    def choosing(self, reading: str, choice: str) -> "Policy":
        """The same pack with another of the readings it offers, on every day.

        Raises:
            Bug: the pack offers no such reading or choice.
        """
        if reading not in self.readings or choice not in self.readings[reading].choices:
            raise Bug(f"{self.id} offers no reading {reading} = {choice}")
        chosen = replace(self.readings[reading], chosen=choice)
        undone = tuple(replace(figures, choices=_without(figures.choices, reading)) for figures in self.revisions)
        return replace(self, readings={**self.readings, reading: chosen}, revisions=undone)


def _without(choices: Mapping[str, str], reading: str) -> Mapping[str, str]:
    return {name: choice for name, choice in choices.items() if name != reading}
