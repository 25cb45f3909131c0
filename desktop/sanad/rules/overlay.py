"""The office's own dated revision of a pack: read from its file, and laid over the pack from its first day on.

The pack itself is never edited. A revision names a clause for everything it changes: one of the pack's, or one of its
own that says where the decision stands, so what it brings is cited like the guide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import msgspec

from sanad.domain.errors import Problem, Refused
from sanad.domain.text import Text
from sanad.domain.toml_text import read_toml
from sanad.rules.edition import digest_of, digest_over
from sanad.rules.policy import NONE, Bracket, Clause, Figure, Figures, Policy
from sanad.rules.proof import Proof, WorkedCase
from sanad.rules.revisions import read_day
from sanad.rules.tables import BracketRow, ClauseTable, Strict, Words, shaped
from sanad.rules.values import Values, never_paid, pays_within

ReadOffice = Callable[[str, object], object]
"""Reads a figure of the office, by its name, as strictly as a case file; handed in, reading files is another room's.

It raises Refused, with places below the figure's own.
"""

Row = TypeVar("Row")

NUMBERS = ("amounts", "counts", "shares")


class Top(Strict, frozen=True, kw_only=True):
    """What stands at the top of a revision. ``case`` are its own worked cases, on its first day unless they say."""

    policy: str
    since: str = msgspec.field(name="from")
    currency: str
    title: Words
    case: tuple[WorkedCase, ...] = ()


class Revised(Strict, frozen=True, kw_only=True):
    """What every change has: the clause that it rests on. It is asked for after the rest was read."""

    clause: str = ""


class RevisedNumber(Revised, frozen=True, kw_only=True):
    """``[amounts.NAME]``, ``[counts.NAME]``, ``[shares.NAME]``: a figure of the pack, from the day on."""

    value: str | int


class RevisedScale(Revised, frozen=True, kw_only=True):
    """``[scales.NAME]``: all brackets of a scale of the pack, from the day on."""

    brackets: tuple[BracketRow, ...]


class RevisedReading(Revised, frozen=True, kw_only=True):
    """``[readings.NAME]``: another of the choices that the pack offers."""

    chosen: str


class OfficeFigure(Revised, frozen=True, kw_only=True):
    """``[office_figures.NAME]``: a figure that the guide leaves to the office, written as in a case file."""

    value: Any


_TABLES: dict[str, type] = {
    "clauses": ClauseTable,
    **dict.fromkeys(NUMBERS, RevisedNumber),
    "scales": RevisedScale,
    "readings": RevisedReading,
    "office_figures": OfficeFigure,
}


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that was read and fits its pack. ``digest`` is the SHA-256 of its text.

    What it changes goes by name; ``clauses`` are those it brings.
    """

    policy: str
    since: date
    title: Text
    digest: str
    clauses: Mapping[str, Clause]
    figures: Mapping[str, Figure]
    scales: Mapping[str, tuple[str, tuple[Bracket, ...]]]
    choices: Mapping[str, str]
    office: Mapping[str, object]
    proof: Proof

    @property
    def changed(self) -> frozenset[str]:
        """The names of all figures, scales, readings and figures of the office that it changes."""
        return frozenset((*self.figures, *self.scales, *self.choices, *self.office))


def read_revision(
    text: str, file: str, policy: Policy, read_office: ReadOffice, *, after: date | None = None
) -> Revision:
    """The revision that ``text`` defines for ``policy``, as that stands with all revisions before it.

    ``after`` is the day of the last of them; a revision may begin on it, and then lies over it, but not before.

    Raises:
        Refused: every mistake, each with the file and its key: an unknown key, a figure without a clause or that the
            pack does not have, a negative or unreadable amount, brackets that overlap or leave a gap, a cap below its
            floor, a day before the pack or before the last revision, a currency that is not the pack's.
    """
    try:
        tree = read_toml(text, parse_float=Decimal)
    except ValueError as error:
        raise Refused.because("policy.not_toml", "", file=file, detail=str(error)) from error
    return _read(tree, digest_of(text), file, policy, read_office, after)


def supposing(policy: Policy, day: date, changes: Mapping[str, object], read_office: ReadOffice) -> Policy:
    """The pack as it would be with other values from ``day`` on; nothing is said of where they come from.

    ``changes`` go by the names of figures, scales, readings and figures of the office; values are as in a revision.

    Raises:
        Refused: with every problem that a revision of these values would have.
    """
    tree: dict[str, Any] = {table: {} for table in _TABLES}
    in_force = policy.at(day)
    for name, value in changes.items():
        if name in in_force.figures:
            figure = in_force.figures[name]
            tree[figure.table][name] = {"clause": figure.clause, "value": value}
        elif name in in_force.scales:
            tree["scales"][name] = {"clause": in_force.scales[name].clause, "brackets": value}
        elif name in policy.readings:
            tree["readings"][name] = {"clause": policy.readings[name].clause, "chosen": value}
        else:
            tree["office_figures"][name] = {"clause": next(iter(policy.clauses)), "value": value}
    title = {"ar": policy.title.ar, "en": policy.title.en}
    top = {"policy": policy.id, "from": day.isoformat(), "currency": policy.currency.code, "title": title}
    return lay_over(policy, _read({**top, **tree}, "", policy.id, policy, read_office, None))


def _read(
    tree: dict[str, Any], digest: str, file: str, policy: Policy, read_office: ReadOffice, after: date | None
) -> Revision:
    reading = _Reading(tree, policy, read_office, after)
    revision = reading.revision(digest)
    if revision is None:
        raise Refused(Problem(found.code, found.where, {"file": file, **found.values}) for found in reading.problems)
    return revision


def lay_over(policy: Policy, revision: Revision) -> Policy:
    """The pack with the revision in force from its day on; the days before stay as they were."""
    days = sorted({revision.since, *(figures.since for figures in policy.revisions)})
    return replace(
        policy,
        digest=digest_over(policy.digest, revision.digest),
        clauses={**policy.clauses, **revision.clauses},
        revisions=tuple(
            policy.at(day) if day < revision.since else _revised(replace(policy.at(day), since=day), revision)
            for day in days
        ),
    )


def _revised(in_force: Figures, revision: Revision) -> Figures:
    scales = {
        name: replace(in_force.scales[name], clause=clause, brackets=brackets)
        for name, (clause, brackets) in revision.scales.items()
    }
    return replace(
        in_force,
        figures={**in_force.figures, **revision.figures},
        scales={**in_force.scales, **scales},
        choices={**in_force.choices, **revision.choices},
        office={**in_force.office, **revision.office},
    )


def _in_use(policy: Policy, in_force: Figures) -> Figures:
    """What is in force without the scales that a reading offers and that were not chosen."""
    readings = policy.readings.items()
    offered = {choice for _, reading in readings for choice in reading.choices}
    chosen = {in_force.choices.get(name, reading.chosen) for name, reading in readings}
    scales = {name: scale for name, scale in in_force.scales.items() if name in chosen or name not in offered}
    return replace(in_force, scales=scales)


class _Reading:
    """A revision while it is being read: its entries by table, and the problems so far."""

    def __init__(self, tree: dict[str, Any], policy: Policy, read_office: ReadOffice, after: date | None) -> None:
        self.problems: list[Problem] = []
        self._policy = policy
        self._read_office = read_office
        self._after = after
        self._values = Values(policy.currency, self.problems)
        rest = {key: value for key, value in tree.items() if key not in _TABLES}
        self._top = shaped(rest, Top, "", self.problems)
        self._tables = {name: self._table(name, tree.get(name, {})) for name in _TABLES}

    def _table(self, name: str, entries: object) -> dict[str, object]:
        if not isinstance(entries, dict):
            self.problems.append(Problem("policy.wrong_type", name, {"expected": "table"}))
            return {}
        read = {key: shaped(value, _TABLES[name], f"{name}.{key}", self.problems) for key, value in entries.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _rows(self, table: str, shape: type[Row]) -> dict[str, Row]:
        return {key: row for key, row in self._tables[table].items() if isinstance(row, shape)}

    def revision(self, digest: str) -> Revision | None:
        """The whole revision, or None when there are problems."""
        since = self._since()
        self._clauses_exist()
        told = len(self.problems)
        figures, scales = self._figures(), self._scales()
        readable = len(self.problems) == told
        choices, office = self._choices(), self._office()
        if not any(self._tables[table] for table in _TABLES if table != "clauses") and not self.problems:
            self._wrong("policy.changes_nothing", "")
        if self._top is None or since is None:
            return None
        clauses = self._rows("clauses", ClauseTable)
        revision = Revision(
            policy=self._policy.id,
            since=since,
            title=self._top.title.text,
            digest=digest,
            clauses={key: Clause(key, row.place.text, row.wording.text) for key, row in clauses.items()},
            figures=figures,
            scales=scales,
            choices=choices,
            office=office,
            proof=Proof(on=since.isoformat(), case=self._top.case),
        )
        if readable and since >= self._policy.first_day:
            for in_force in lay_over(self._policy, revision).revisions:
                if in_force.since >= since:
                    in_use = _in_use(self._policy, in_force)
                    self.problems += pays_within(in_use) or never_paid(in_use)
        return None if self.problems else revision

    def _since(self) -> date | None:
        top = self._top
        if top is None:
            return None
        if top.policy != self._policy.id:
            self._wrong("policy.not_one_of", "policy", value=top.policy, expected=self._policy.id)
        if top.currency != self._policy.currency.code:
            self._wrong("policy.not_one_of", "currency", value=top.currency, expected=self._policy.currency.code)
        since = read_day(top.since)
        if since is None:
            self._wrong("policy.not_a_date", "from")
        elif since < self._policy.first_day:
            self._wrong("policy.before_the_pack", "from", first=self._policy.first_day)
        elif self._after is not None and since < self._after:
            self._wrong("policy.before_the_last", "from", last=self._after)
        return since

    def _clauses_exist(self) -> None:
        own = self._tables["clauses"]
        for key in own:
            if key in self._policy.clauses:
                self._wrong("policy.clause_taken", f"clauses.{key}", value=key)
        for table, entries in self._tables.items():
            for key, row in entries.items():
                if isinstance(row, Revised) and not row.clause:
                    self._wrong("policy.missing_key", f"{table}.{key}.clause")
                elif isinstance(row, Revised) and row.clause not in self._policy.clauses and row.clause not in own:
                    self._wrong("policy.unknown_clause", f"{table}.{key}.clause", value=row.clause)

    def _figures(self) -> dict[str, Figure]:
        """The figures by name; each keeps the label and the kind that it has in the pack."""
        known = self._policy.revisions[-1].figures
        figures = {}
        for table in NUMBERS:
            for name, row in self._rows(table, RevisedNumber).items():
                before = known.get(name)
                if before is None or before.table != table:
                    self._unknown(f"{table}.{name}", (key for key, figure in known.items() if figure.table == table))
                    continue
                value = self._values.number(f"{table}.{name}.value", row.value, table)
                figures[name] = replace(before, clause=row.clause, value=value or Fraction(0), reading=False)
        return figures

    def _scales(self) -> dict[str, tuple[str, tuple[Bracket, ...]]]:
        known = self._policy.revisions[-1].scales
        scales = {}
        for name, row in self._rows("scales", RevisedScale).items():
            if name not in known:
                self._unknown(f"scales.{name}", known)
                continue
            scales[name] = (row.clause, self._values.brackets(f"scales.{name}.brackets", row.brackets, row.clause))
        return scales

    def _choices(self) -> dict[str, str]:
        known = {name: reading.choices for name, reading in self._policy.readings.items() if reading.choices}
        chosen = {}
        for name, row in self._rows("readings", RevisedReading).items():
            if name not in known:
                self._unknown(f"readings.{name}", known)
            elif row.chosen not in known[name]:
                expected = ", ".join(known[name])
                self._wrong("policy.not_one_of", f"readings.{name}.chosen", value=row.chosen, expected=expected)
            else:
                chosen[name] = row.chosen
        return chosen

    def _office(self) -> Mapping[str, object]:
        known = self._policy.office_figures
        office = {}
        for name, row in self._rows("office_figures", OfficeFigure).items():
            if name not in known:
                self._unknown(f"office_figures.{name}", known)
                continue
            try:
                office[name] = self._read_office(name, row.value)
            except Refused as refused:
                self.problems += [problem.under(f"office_figures.{name}") for problem in refused.problems]
        return office or NONE

    def _unknown(self, where: str, known: Any) -> None:
        self._wrong("policy.not_in_the_pack", where, expected=", ".join(known))

    def _wrong(self, code: str, where: str, **values: object) -> None:
        self.problems.append(Problem(code, where, values))
