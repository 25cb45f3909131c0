"""A policy pack as the formulas see it: dated figures, clauses, aids, documents, and the words for each of them."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sanad.domain.assessment import Text
from sanad.domain.errors import Bug, Refused
from sanad.domain.facts import FactKind
from sanad.domain.money import Currency


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule of the guide: where a reader finds it there, and what it says in our own short words."""

    id: str
    place: Text
    wording: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the guide, from a day on. ``value`` is in major units, a count, or a share of one."""

    name: str
    clause: str
    label: Text
    value: Fraction
    money: bool
    reading: bool


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


@dataclass(frozen=True, slots=True)
class Aid:
    """A kind of aid: its name, its clause, and the further facts that may be told for it."""

    label: Text
    clause: str
    facts: Mapping[str, FactKind]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything in force from ``since`` on."""

    since: date
    figures: Mapping[str, Figure]
    scales: Mapping[str, Scale]


@dataclass(frozen=True, slots=True)
class Policy:
    """A pack that was read and found whole. ``digest`` is the SHA-256 of its text; ``revisions`` go by date.

    ``office_figures`` are those that the guide leaves to the office.
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
    readings: Mapping[str, Reading]
    wordings: Mapping[str, Wording]
    revisions: tuple[Figures, ...]

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

    def choosing(self, reading: str, choice: str) -> "Policy":
        """The same pack with another of the readings it offers.

        Raises:
            Bug: the pack offers no such reading or choice.
        """
        if reading not in self.readings or choice not in self.readings[reading].choices:
            raise Bug(f"{self.id} offers no reading {reading} = {choice}")
        chosen = replace(self.readings[reading], chosen=choice)
        return replace(self, readings={**self.readings, reading: chosen})
