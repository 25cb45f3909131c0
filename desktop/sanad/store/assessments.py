"""Assessments as they were made, frozen: every step with its words, and the facts they rest on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from sanad.domain.assessment import Assessment, Assumption, Check, Finding, Outcome, Step
from sanad.domain.money import Money
from sanad.domain.request import StoredAssessment
from sanad.domain.text import Text
from sanad.store.columns import NONSENSE, canonical
from sanad.store.naming import number_of
from sanad.store.tables import assessments

_PLAIN = ("policy", "revision", "digest", "aid", "on", "currency", "period_months", "fund", "redirect")


OF_A_PAGE = 200
"""Assessments that are read at once where all are gone through: less than a second, for nobody to wait for."""


@dataclass(frozen=True, slots=True)
class SoundPage:
    """Assessments by their requests, None for one that says nothing of ours; and the row at which they end."""

    last: int
    found: tuple[tuple[str, StoredAssessment | None], ...]


class Assessments:
    """What the rules found for each request, the latest last; never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stored: StoredAssessment, household_version: int) -> str:
        """Keep an assessment, made from the family's file of that version; returns the seal over all its words."""
        body = canonical(_written(stored.assessment))
        seal = _seal(body, stored.facts)
        self._connection.execute(
            insert(assessments).values(
                id=stored.id,
                request=stored.request,
                household_version=household_version,
                digest=stored.assessment.digest,
                outcome=stored.assessment.outcome,
                amount=stored.assessment.amount,
                body=body,
                facts=stored.facts,
                seal=seal,
            )
        )
        return seal

    def get(self, id: str) -> StoredAssessment:  # noqa: A002  # the word of the domain
        """The assessment under this id, which was read before."""
        found = select(assessments).where(assessments.c.id == id)
        return _stored(self._connection.execute(found).mappings().one())

    def latest(self, request: str) -> tuple[StoredAssessment, int] | None:
        """The last assessment of a request, and the version of the family's file it was made from."""
        found = select(assessments).where(assessments.c.request == request).order_by(assessments.c.row.desc())
        row = self._connection.execute(found.limit(1)).mappings().first()
        return (_stored(row), row["household_version"]) if row else None

    def sound(self, after: int) -> SoundPage | None:
        """The next assessments behind a row (0: from the first on); None where there are no more.

        Left out are those whose words and facts are not what was kept: of them :meth:`broken` tells.
        """
        behind = select(assessments).where(assessments.c.row > after).order_by(assessments.c.row).limit(OF_A_PAGE)
        rows = self._connection.execute(behind).mappings().all()
        if not rows:
            return None
        kept = (row for row in rows if row["seal"] == _seal(row["body"], row["facts"]))
        return SoundPage(rows[-1]["row"], tuple((row["request"], _readable(row)) for row in kept))

    def number(self, request: str) -> str:
        """The number of a request that was assessed; nothing where there is none under this id."""
        return number_of(self._connection, "assessments", {"request": request})

    def broken(self) -> tuple[str, ...]:
        """The ids of those whose text, facts, digest, outcome or amount are not what was kept."""
        broken = []
        for row in self._connection.execute(select(assessments).order_by(assessments.c.row)).mappings():
            if row["seal"] != _seal(row["body"], row["facts"]):
                broken.append(row["id"])
                continue
            read = _stored(row).assessment
            if (read.digest, read.outcome, read.amount) != (row["digest"], row["outcome"], row["amount"]):
                broken.append(row["id"])
        return tuple(broken)


def _readable(row: RowMapping) -> StoredAssessment | None:
    try:
        return _stored(row)
    except NONSENSE:
        return None


def _seal(body: str, facts: str) -> str:
    return hashlib.sha256(canonical([body, facts]).encode()).hexdigest()


def _stored(row: RowMapping) -> StoredAssessment:
    return StoredAssessment(row["id"], row["request"], _read(json.loads(row["body"])), row["facts"])


def _written(made: Assessment) -> dict[str, object]:
    """An assessment as JSON: a fraction as text, a count as a number, an amount in minor units."""
    return {
        **{name: getattr(made, name) for name in _PLAIN},
        "outcome": made.outcome.value,
        "amount": made.amount.minor if made.amount is not None else None,
        "figures": {name: _exact(value) for name, value in made.figures.items()},
        "steps": [
            {
                "name": step.name,
                "clause": step.clause,
                "label": _both(step.label),
                "note": _both(step.note),
                "exact": str(step.exact),
                "money": step.money,
            }
            for step in made.steps
        ],
        "checks": [
            {"clause": check.clause, "fact": check.fact, "result": check.result.value, "label": _both(check.label)}
            for check in made.checks
        ],
        "missing": list(made.missing),
        "assumptions": [{"clause": taken.clause, "label": _both(taken.label)} for taken in made.assumptions],
        "counted": list(made.counted),
        "excluded": {str(member): clause for member, clause in made.excluded.items()},
        "order": list(made.figures),  # canonical JSON sorts keys; the figures are shown in the order of the guide
    }


def _read(kept: Mapping[str, Any]) -> Assessment:
    return Assessment(
        **{name: kept[name] for name in _PLAIN},
        outcome=Outcome(kept["outcome"]),
        amount=None if kept["amount"] is None else Money(kept["amount"]),
        figures=MappingProxyType({name: _figure(kept["figures"][name]) for name in kept["order"]}),
        steps=tuple(
            Step(
                name=step["name"],
                clause=step["clause"],
                label=Text(**step["label"]),
                note=Text(**step["note"]),
                exact=Fraction(step["exact"]),
                money=step["money"],
            )
            for step in kept["steps"]
        ),
        checks=tuple(
            Check(check["clause"], check["fact"], Finding(check["result"]), Text(**check["label"]))
            for check in kept["checks"]
        ),
        missing=tuple(kept["missing"]),
        assumptions=tuple(Assumption(taken["clause"], Text(**taken["label"])) for taken in kept["assumptions"]),
        counted=tuple(kept["counted"]),
        excluded=MappingProxyType({int(member): clause for member, clause in kept["excluded"].items()}),
    )


def _both(text: Text) -> dict[str, str]:
    return {"ar": text.ar, "en": text.en}


def _exact(value: Fraction | int) -> str | int:
    return str(value) if isinstance(value, Fraction) else value


def _figure(value: str | int) -> Fraction | int:
    return Fraction(value) if isinstance(value, str) else value
