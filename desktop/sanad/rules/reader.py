"""Reads the text of a pack into a :class:`Policy`, strictly: whatever is wrong is told at once, by key.

Only the shape is known here. Whether a pack computes what its guide says is proved by its own worked cases
(``proof.py``).
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from sanad.domain.errors import Problem, Refused
from sanad.domain.facts import FactKind
from sanad.domain.limits import LARGEST_SIZE
from sanad.domain.money import CURRENCIES, Currency
from sanad.domain.toml_text import read_toml
from sanad.rules.edition import digest_of
from sanad.rules.policy import Aid, Category, Clause, Grade, Papers, Policy, Reading, Wording
from sanad.rules.revisions import Revisions
from sanad.rules.tables import (
    AidTable,
    AmountTable,
    CategoryTable,
    ClauseTable,
    DocumentTable,
    FactTable,
    GradeTable,
    Header,
    OfficeFigureTable,
    PapersTable,
    ReadingTable,
    ScaleTable,
    WordingTable,
    shaped,
)
from sanad.rules.values import never_paid

_TABLES: dict[str, type] = {
    "clauses": ClauseTable,
    "amounts": AmountTable,
    "counts": AmountTable,
    "shares": AmountTable,
    "scales": ScaleTable,
    "readings": ReadingTable,
    "wordings": WordingTable,
    "facts": FactTable,
    "office_figures": OfficeFigureTable,
    "aids": AidTable,
    "categories": CategoryTable,
    "grades": GradeTable,
    "documents": DocumentTable,
    "request": DocumentTable,
}

Row = TypeVar("Row")


def read_policy(text: str, file: str, formulas: Mapping[str, Collection[str]]) -> Policy:
    """The pack that ``text`` defines.

    Args:
        text: the TOML of the pack.
        file: how problems name the file.
        formulas: by the name of each set of formulas, the figures, scales, readings and wordings that it reads.

    Raises:
        Refused: every mistake found, each naming its key: an unknown or missing key, a wording that lacks a language, a
            number without a clause, a negative or unreadable amount, dates out of order, brackets that overlap or
            leave a gap, a floor above its cap, something that the formulas read and the pack lacks.
    """
    try:
        tree = read_toml(text)
    except ValueError as error:
        raise Refused.because("policy.not_toml", "", file=file, detail=str(error)) from error
    pack = _Pack(tree)
    policy = pack.policy(digest_of(text), formulas)
    if policy is None:
        raise Refused(Problem(found.code, found.where, {"file": file, **found.values}) for found in pack.problems)
    return policy


class _Pack:
    """A pack while it is being read: its entries by table, and the problems so far."""

    def __init__(self, tree: dict[str, object]) -> None:
        self.problems: list[Problem] = []
        rest = {key: value for key, value in tree.items() if key not in _TABLES}
        self.header = shaped(rest, Header, "", self.problems)
        self.tables = {name: self._table(name, tree.get(name, {})) for name in _TABLES}

    def _table(self, name: str, entries: object) -> dict[str, object]:
        if not isinstance(entries, dict):
            self.problems.append(Problem("policy.wrong_type", name, {"expected": "table"}))
            return {}
        read = {key: shaped(value, _TABLES[name], f"{name}.{key}", self.problems) for key, value in entries.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _rows(self, table: str, shape: type[Row]) -> dict[str, Row]:
        return {key: row for key, row in self.tables[table].items() if isinstance(row, shape)}

    def policy(self, digest: str, formulas: Mapping[str, Collection[str]]) -> Policy | None:
        """The whole pack, or None when there are problems."""
        header = self.header
        if header is None:
            return None
        currency = self._one_of("currency", header.currency, CURRENCIES)
        needs = self._one_of("formulas", header.formulas, formulas)
        self._one_of("language", header.language, {"ar": "ar", "en": "en"})
        self._clauses_exist()
        self._choices_exist()
        self._facts_exist(header)
        self._papers_exist(header)
        self._grades_admit()
        if currency is None or needs is None:
            return None
        self._lacking(needs)
        revisions = Revisions(self.tables, currency, header.since)
        self.problems += revisions.problems
        if not self.problems:
            self.problems += (problem for in_force in revisions.in_order for problem in never_paid(in_force))
        return None if self.problems else self._built(header, currency, digest, revisions)

    def _built(self, header: Header, currency: Currency, digest: str, revisions: Revisions) -> Policy:
        facts = self._rows("facts", FactTable)
        return Policy(
            id=header.id,
            title=header.title.text,
            formulas=header.formulas,
            currency=currency,
            language=header.language,
            digest=digest,
            clauses={
                key: Clause(key, row.place.text, row.wording.text)
                for key, row in self._rows("clauses", ClauseTable).items()
            },
            aids_offered={
                slug: Aid(
                    label=row.label.text,
                    clause=row.clause,
                    facts={name: facts[name].kind for name in (*header.facts_of_every_aid, *row.facts)},
                    papers=_papers(row.papers),
                )
                for slug, row in self._rows("aids", AidTable).items()
            },
            fact_labels={
                **{name: row.label.text for name, row in facts.items()},
                **{key: row.label.text for key, row in self._rows("request", DocumentTable).items()},
                **{name: row.label.text for name, row in self._office_places()},
            },
            documents={slug: row.label.text for slug, row in self._rows("documents", DocumentTable).items()},
            office_figures={name: row.kind for name, row in self._rows("office_figures", OfficeFigureTable).items()},
            office_clauses={name: row.clause for name, row in self._rows("office_figures", OfficeFigureTable).items()},
            readings={
                name: Reading(
                    clause=row.clause,
                    label=row.label.text,
                    choices={choice: label.text for choice, label in row.choices.items()},
                    chosen=row.chosen,
                )
                for name, row in self._rows("readings", ReadingTable).items()
            },
            wordings={
                name: Wording(row.clause, row.label.text, row.note.text)
                for name, row in self._rows("wordings", WordingTable).items()
            },
            revisions=revisions.in_order,
            choices={
                name: {word: label.text for word, label in row.choices.items()}
                for name, row in facts.items()
                if row.choices
            },
            categories={
                slug: Category(row.label.text, row.clause, _papers(row.papers))
                for slug, row in self._rows("categories", CategoryTable).items()
            },
            grades={
                int(grade): Grade(row.label.text, row.clause, frozenset(row.aids))
                for grade, row in self._rows("grades", GradeTable).items()
            },
            funds=header.funds,
            papers=_papers(header.papers),
        )

    def _office_places(self) -> Iterator[tuple[str, OfficeFigureTable]]:
        """The names under which a figure of the office may be missing: its own, and those of the limits in it."""
        for name, row in self._rows("office_figures", OfficeFigureTable).items():
            yield name, row
            if row.kind is FactKind.LIMITS:
                yield f"{name}.wealth_limit", row
                yield from ((f"{name}.pension.{size}", row) for size in range(1, LARGEST_SIZE + 1))

    def _one_of(self, key: str, value: str, known: Mapping[str, Row]) -> Row | None:
        if value not in known:
            self.problems.append(Problem("policy.not_one_of", key, {"value": value, "expected": ", ".join(known)}))
        return known.get(value)

    def _clauses_exist(self) -> None:
        for table, entries in self.tables.items():
            for key, row in entries.items():
                clause = getattr(row, "clause", None)
                if clause is not None and clause not in self.tables["clauses"]:
                    self.problems.append(Problem("policy.unknown_clause", f"{table}.{key}.clause", {"value": clause}))

    def _choices_exist(self) -> None:
        """A reading that offers choices has chosen one, and each of them is a scale."""
        for name, row in self._rows("readings", ReadingTable).items():
            if row.choices or row.chosen:
                self._one_of(f"readings.{name}.chosen", row.chosen, row.choices)
            for choice in row.choices:
                if choice not in self.tables["scales"]:
                    self.problems.append(Problem("policy.lacks", f"readings.{name}.choices", {"value": choice}))

    def _facts_exist(self, header: Header) -> None:
        aids = {f"aids.{slug}.facts": row.facts for slug, row in self._rows("aids", AidTable).items()}
        for where, names in {"facts_of_every_aid": header.facts_of_every_aid, **aids}.items():
            for name in names:
                if name not in self.tables["facts"]:
                    self.problems.append(Problem("policy.lacks", where, {"value": name}))

    def _papers_exist(self, header: Header) -> None:
        """Every list of papers names documents and a clause that the pack has."""
        rows = {
            **{f"aids.{slug}.papers": row.papers for slug, row in self._rows("aids", AidTable).items()},
            **{
                f"categories.{slug}.papers": row.papers for slug, row in self._rows("categories", CategoryTable).items()
            },
            "papers": header.papers,
        }
        for where, papers in rows.items():
            if papers is None:
                continue
            if papers.clause not in self.tables["clauses"]:
                self.problems.append(Problem("policy.unknown_clause", f"{where}.clause", {"value": papers.clause}))
            for slug in papers.documents:
                if slug not in self.tables["documents"]:
                    self.problems.append(Problem("policy.lacks", f"{where}.documents", {"value": slug}))

    def _grades_admit(self) -> None:
        """Grades are numbered from 1, and admit aids that the pack has."""
        for number, (grade, row) in enumerate(self._rows("grades", GradeTable).items(), 1):
            if grade != str(number):
                self.problems.append(Problem("policy.not_one_of", "grades", {"value": grade, "expected": str(number)}))
            for slug in row.aids:
                if slug not in self.tables["aids"]:
                    self.problems.append(Problem("policy.lacks", f"grades.{grade}.aids", {"value": slug}))

    def _lacking(self, needs: Collection[str]) -> None:
        """Note what the formulas read and the pack lacks."""
        tables = ("amounts", "counts", "shares", "readings", "wordings")
        for name in sorted(set(needs) - {key for table in tables for key in self.tables[table]}):
            self.problems.append(Problem("policy.lacks", "", {"value": name}))


def _papers(row: PapersTable | None) -> Papers | None:
    if row is None:
        return None
    return Papers(row.clause, row.documents, None if row.payee is None else row.payee.text)
