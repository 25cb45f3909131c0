"""What was done: who, when, on what, before, after, why. Each entry seals the one before it."""

import dataclasses
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, insert, or_, select

from sanad.domain.changes import Changes
from sanad.domain.listing import JournalLine
from sanad.domain.money import Money
from sanad.domain.staff import LOOKS, MOST_LOOKS, REFUSALS
from sanad.store.columns import canonical, canonical_bytes, moment_text
from sanad.store.tables import journal, operations

ANSWER_FOR_CLOCK = "offices.answer_for_clock"
"""The act of somebody who says that the date of the machine is right; it tells the ``last`` entry before."""
AHEAD = "backups.ahead"
"""Entry of a start that found the data gone on past where they stood: how many (``count``), and ``since`` when."""
FORM = "@form"
"""Under this path an entry tells the digest of the form that was said, whose key must stay what it is."""
DRAWN = "@drawn."
"""Before the name of each series of which the act drew a number: the last one drawn."""

_FIELDS = ("seq", "at", "who", "operation", "subjects", "households", "before", "after", "why")


class Journal:
    """The entries, in their order. They are written by :meth:`Operation.done` alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        at: datetime,
        who: str,
        operation: str,
        changes: Changes,
        before: Mapping[str, object],
        after: Mapping[str, object],
        why: str,
    ) -> int:
        """Write one entry after the last and return its number."""
        previous = self._last()
        entry: dict[str, object] = {
            "seq": previous["seq"] + 1 if previous else 1,
            "at": at,
            "who": who,
            "operation": operation,
            "subjects": canonical(sorted(subject.value for subject in changes.subjects)),
            "households": canonical(sorted(changes.households)),
            "before": canonical(before),
            "after": canonical(after),
            "why": why,
        }
        seal = sealed(entry, previous["seal"] if previous else "")
        self._connection.execute(insert(journal).values(**entry, seal=seal))
        return int(str(entry["seq"]))

    def last(self) -> JournalLine | None:
        """The last thing that was recorded; looks are none."""
        done = select(journal).where(journal.c.operation.not_in(LOOKS))
        row = self._connection.execute(done.order_by(journal.c.seq.desc()).limit(1)).mappings().first()
        return _line(row) if row else None

    def last_act(self) -> str:
        """Which operation that was, whatever else its entry says; empty before the first."""
        done = select(journal.c.operation).where(journal.c.operation.not_in(LOOKS))
        return str(self._connection.execute(done.order_by(journal.c.seq.desc()).limit(1)).scalar() or "")

    def doubted_since(self) -> datetime | None:
        """What was recorded last before somebody answered for a clock that stood far ahead; None if nobody did."""
        answered = select(journal.c.after).where(journal.c.operation == ANSWER_FOR_CLOCK)
        told_ = self._connection.execute(answered.order_by(journal.c.seq.desc()).limit(1)).scalar()
        return datetime.fromisoformat(json.loads(told_)["last"]) if told_ else None

    def of(self, household: str) -> tuple[JournalLine, ...]:
        """What was done about a family, the latest first; not who looked at it."""
        about = select(journal).where(journal.c.households.contains(f'"{household}"', autoescape=True))
        about = about.where(journal.c.operation.not_in(LOOKS))
        return tuple(_line(row) for row in self._connection.execute(about.order_by(journal.c.seq.desc())).mappings())

    def who_did(self, operation: str, result: str) -> str | None:
        """Who did an act that came to ``result``; None where nobody did."""
        done = select(journal.c.who).join(operations, operations.c.seq == journal.c.seq)
        done = done.where(operations.c.result == result, operations.c.operation == operation)
        return self._connection.execute(done).scalar()

    def opened_by(self, beginning: str, operation: str, result: str) -> JournalLine | None:
        """The act ``beginning`` after which the ``operation`` that came to ``result`` was the first of its kind."""
        of_kind = select(func.max(journal.c.seq)).where(journal.c.operation == operation)
        this = select(operations.c.seq).where(operations.c.result == result, operations.c.operation == operation)
        before = of_kind.where(journal.c.seq < this.scalar_subquery()).scalar_subquery()
        between = select(journal).where(journal.c.operation == beginning, journal.c.seq < this.scalar_subquery())
        between = between.where(journal.c.seq > func.coalesce(before, 0)).order_by(journal.c.seq.desc()).limit(1)
        row = self._connection.execute(between).mappings().first()
        return _line(row) if row else None

    def last_of(self, operation: str) -> JournalLine | None:
        """The last entry of its kind; None where there is none."""
        told_ = select(journal).where(journal.c.operation == operation).order_by(journal.c.seq.desc()).limit(1)
        row = self._connection.execute(told_).mappings().first()
        return _line(row) if row else None

    def last_at(self, *acts: str) -> datetime | None:
        """When one of these acts was done last; None where none was."""
        done = select(func.max(journal.c.at)).where(journal.c.operation.in_(acts))
        return self._connection.execute(done).scalar()

    def looks(
        self, households: Collection[str] = (), *, who: str = "", refused: bool | None = None
    ) -> tuple[JournalLine, ...]:
        """Who looked at families, signed in or tried to: the latest first, ``MOST_LOOKS`` at the most.

        Of all families where none is named; or also of those users whose names hold ``who``. ``refused`` tells of those
        alone who were not let in, or of all others.
        """
        kinds = LOOKS if refused is None else REFUSALS if refused else LOOKS - REFUSALS
        seen = select(journal).where(journal.c.operation.in_(kinds))
        wanted = [journal.c.households.contains(f'"{household}"', autoescape=True) for household in households]
        if who:
            user = func.coalesce(func.nullif(said("user"), ""), journal.c.who)
            wanted.append(user.icontains(who, autoescape=True))
        if wanted:
            seen = seen.where(or_(*wanted))
        rows = self._connection.execute(seen.order_by(journal.c.seq.desc()).limit(MOST_LOOKS)).mappings()
        return tuple(_line(row) for row in rows)

    def changed_since(self, head: str) -> bool:
        """Whether anything but looks was recorded after the entry with that seal."""
        then = select(journal.c.seq).where(journal.c.seal == head).scalar_subquery()
        since = select(journal.c.seq).where(journal.c.seq > func.coalesce(then, 0), journal.c.operation.not_in(LOOKS))
        return self._connection.execute(since.limit(1)).first() is not None

    def head(self) -> str:
        """The seal of the last entry, which stands for all of them; empty before the first."""
        row = self._last()
        return str(row["seal"]) if row else ""

    def holds(self, head: str) -> bool:
        """Whether an entry has this seal, or one that begins so."""
        found = select(journal.c.seq).where(func.substr(journal.c.seal, 1, len(head)) == head).limit(1)
        return self._connection.execute(found).first() is not None

    def first_broken(self) -> int | None:
        """The number of the first entry that was changed, removed or put in from outside; None if none was."""
        seal, expected = "", 1
        rows = f"SELECT seal, {', '.join(_FIELDS)} FROM journal ORDER BY seq"  # noqa: S608  # our own words
        for told_, *said in self._connection.exec_driver_sql(rows):  # as it lies there: whatever it says is looked at
            seal = sealed(dict(zip(_FIELDS, said, strict=True)), seal)
            if (said[0], told_) != (expected, seal):
                return expected
            expected += 1
        return None

    def _last(self) -> RowMapping | None:
        last = select(journal.c.seq, journal.c.seal).order_by(journal.c.seq.desc()).limit(1)
        return self._connection.execute(last).mappings().first()


def sealed(entry: Mapping[str, object] | RowMapping, previous: str) -> str:
    """The SHA-256 of an entry and of the seal before it, over their one spelling as JSON."""
    said = {name: moment_text(at) if isinstance(at := entry[name], datetime) else at for name in _FIELDS}
    return hashlib.sha256(canonical_bytes([previous, said])).hexdigest()


def form_digest(key: str, operation: str, said: str, result: str) -> str:
    """What an entry tells of the row that remembers its form."""
    return hashlib.sha256(canonical([key, operation, said, result]).encode()).hexdigest()


def said(name: str) -> ColumnElement[str]:
    """What an entry tells under a name; nothing where it is no JSON, as the doctor says of it."""
    return case((func.json_valid(journal.c.after) == 1, func.json_extract(journal.c.after, f"$.{name}")))


def without_marks(after: str) -> dict[str, object]:
    """What an entry tells to a reader: without the form and the numbers, which it tells to the doctor."""
    return {path: value for path, value in json.loads(after).items() if not path.startswith("@")}


def told(value: object) -> dict[str, object]:
    """A value of the domain as the journal tells it: a flat mapping from path to what stands there."""
    return dict(_leaves("", value))


def differences(before: object, after: object) -> tuple[dict[str, object], dict[str, object]]:
    """What two values of the same kind say differently, before and after, by path."""
    old, new = told(before), told(after)
    changed = [path for path in {**old, **new} if old.get(path, ...) != new.get(path, ...)]  # null is not absent
    return (
        {path: old[path] for path in changed if path in old},
        {path: new[path] for path in changed if path in new},
    )


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case Money():
            yield path, value.minor
        case Fraction():
            yield path, str(value)
        case date():
            yield path, value.isoformat()
        case Enum():
            yield path, value.value
        case None | bool() | int() | str():
            yield path, value
        case Mapping():
            for name, item in value.items():
                yield from _leaves(f"{path}.{name}" if path else str(name), item)
        case Iterable():
            rows = list(value)
            if not rows:
                yield path, []
            for index, item in enumerate(rows):
                yield from _leaves(f"{path}[{index}]", item)
        case _:
            for field in dataclasses.fields(value):  # type: ignore[arg-type]  # whatever else is told is a dataclass
                yield from _leaves(f"{path}.{field.name}" if path else field.name, getattr(value, field.name))


def _line(row: RowMapping) -> JournalLine:
    """An entry as it is read; what is no JSON tells nothing, as the doctor says of it."""
    try:
        households, after = tuple(json.loads(row["households"])), without_marks(row["after"])
    except (AttributeError, TypeError, ValueError):
        households, after = (), {}
    return JournalLine(
        seq=row["seq"],
        at=row["at"],
        who=row["who"],
        operation=row["operation"],
        households=households,
        after=after,
        why=row["why"],
    )
