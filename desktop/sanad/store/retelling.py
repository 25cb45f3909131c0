"""What the rows say, in the words in which the journal told them: from columns to paths, no fact of the domain made.

The doctor reads every row of the file in this way, a hundred thousand families among them; so the rows come as they
lie, and the map from column to path stands here once more. A test holds it to what the journal tells.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from sanad.domain.money import CURRENCIES
from sanad.domain.spelling import compact
from sanad.store import tables
from sanad.store.columns import Json
from sanad.store.journal import told
from sanad.store.payments import RECEIVE
from sanad.store.search import folded_name, found_by

AT = "@at"
"""The path of a moment that is that of the entry itself."""
ROW = "@row"
"""The path of a row's own number, which counts the rows of its table."""

PAGE = 10
"""Families read at once: their notes may be long, and memory is to stay flat."""

_JSON = Json()

Told = dict[str, object]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """A table whose rows are each told once, in the order in which they were written, and never change."""

    table: Table
    act: str
    """The act that writes a row, and tells it under ``id``."""
    id: str
    paths: Mapping[str, str]
    """The columns that the journal tells, as SQL, by the path under which it tells them."""
    said: Callable[[Told], Told] = lambda row: row
    """What a row says where that is not just its columns."""
    unsaid: Mapping[str, object] = field(default_factory=dict)
    """What the rows of entries say that tell none of these paths: those of programs before them."""

    def rows(self, connection: Connection) -> Iterator[Told]:
        """What each row says, in the order in which they were written; where they count themselves, that too."""
        paths = {**self.paths, ROW: '"row"'} if "row" in self.table.c else self.paths
        columns = ", ".join(paths.values())
        for row in connection.exec_driver_sql(f"SELECT {columns} FROM {self.table.name} ORDER BY rowid"):  # noqa: S608  # our own words
            yield self.said(dict(zip(paths, row, strict=True)))


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _received(row: Told) -> Told:
    return {**_particular(row), "state": "received"}  # every request begins so; what came of it is told by that


def _particular(row: Told) -> Told:
    """What a request says, with its facts each under its own path, and its waivers in the order of their clauses."""
    facts = _JSON.read(str(row.pop("particulars.facts")))
    waivers: Mapping[str, Any] = _JSON.read(str(row.pop("particulars.waivers")))
    lines = [{"clause": clause, **said} for clause, said in sorted(waivers.items())]
    return {**row, **told({"particulars": {"waivers": lines, "facts": facts}})}


_PARTICULARS = {f"particulars.{name}": name for name in ("applicant", "category", "grade", "fund", "waivers", "facts")}


def _without_a_grant(row: Told) -> Told:
    if row["grant.amount"] is not None:
        return row
    kept = {path: value for path, value in row.items() if not path.startswith("grant.") or value is not None}
    return {**kept, "grant": None}


POSTED = (
    Posted(
        tables.requests,
        "requests.receive",
        "id",
        {**_same("id", "number", "household", "policy", "aid", "received_on", "asked"), **_PARTICULARS},
        said=_received,
        unsaid={
            **{f"particulars.{name}": None for name in ("applicant", "category", "grade", "fund")},
            "particulars.waivers": [],
        },
    ),
    Posted(
        tables.corrections,
        "requests.correct",
        "id",
        {**_same("id", "request", "assessment", "asked"), **_PARTICULARS},
        said=_particular,
    ),
    Posted(
        tables.assessments,
        "assessments.assess",
        "id",
        {
            **_same("id", "request", "outcome", "amount", "digest", "household_version", "seal"),
            "on": "json_extract(body, '$.on')",
        },
    ),
    Posted(
        tables.decisions,
        "decisions.decide",
        "id",
        {
            **_same("id", "request", "assessment", "verdict", "decided_on", "sitting", "computed", "reason"),
            "grant.amount": "amount",
            "grant.first_month": "first_month",
            "grant.last_month": "last_month",
        },
        said=_without_a_grant,
    ),
    Posted(
        tables.vouchers,
        "payments.issue",
        "id",
        _same("id", "number", "decision", "household", "month", "amount", "payee", "method", "issued_on"),
    ),
    Posted(tables.receipts, RECEIVE, "id", _same("id", "number", "voucher", "received_by", "received_on")),
    Posted(tables.cancellations, "payments.cancel", "voucher", _same("voucher", "cancelled_on", "reason")),
    Posted(
        tables.packs,
        "policies.adopt_pack",
        "digest",
        {**_same("policy", "digest"), AT: "adopted_at"},
    ),
    Posted(
        tables.revisions,
        "policies.adopt",
        "id",
        {
            **_same("id", "policy", "since", "digest"),
            "title.ar": "title_ar",
            "title.en": "title_en",
            AT: "adopted_at",
        },
    ),
)

LATER = frozenset({"seal", "household_version"})
"""Paths that the first programs did not tell yet."""


UNTOLD = ".doubts_settled"
"""The end of the paths of families that the first programs did not tell yet; whoever was not told of has none."""


def office(connection: Connection) -> Told:
    """What the office's row says; nothing before it was set up."""
    names = [name for name in tables.office.c.keys() if name not in ("id", "currency")]  # noqa: SIM118  # not a dict
    row = connection.exec_driver_sql(f"SELECT currency, {', '.join(names)} FROM office").fetchone()  # noqa: S608  # our own words
    if row is None:
        return {}
    code, *said = row
    currency = told({"currency": CURRENCIES[code]}) if code in CURRENCIES else {"currency": code}
    return {**dict(zip(names, said, strict=True)), **currency}


def logo(connection: Connection) -> Told:
    """What the picture of the letterhead says of itself."""
    row = connection.exec_driver_sql("SELECT picture FROM office_logo").fetchone()
    return {"logo": _hash(row[0]) if row else ""}


def office_key(connection: Connection) -> Told:
    """What the office's key says of itself, of what is kept under the passphrase its digest; nothing without a key."""
    row = connection.exec_driver_sql("SELECT public, sealed, made_at FROM office_key").fetchone()
    return {"public": row[0], "sealed": _hash(row[1]), AT: row[2]} if row else {}


# ------------------------------------------------------------ families

_SINGLE = {
    **{name: f"household.{name}" for name in ("file_number", "resident_of", "phone", "spouses_share", "family_state")},
    "dwelling_kind": "household.dwelling.kind",
    **{
        name: f"household.dwelling.{name}"
        for name in ("flat", "rooms", "block", "road", "building", "area", "municipality", "site")
    },
    **{name: f"household.{name}" for name in ("bank_balance", "wealth")},
    **_same("request_date", "registered", "monthly_registered"),
    **{f"research_{name}": f"research.{name}" for name in ("comment", "notes", "date", "employee")},
}
_OWN = ("row", "id", "version", "saved_at", "file_key", "incomes_asked", "obligations_asked", "facts")
_LINES: tuple[tuple[Table, str], ...] = (
    (tables.members, "household.members"),
    (tables.incomes, "household.incomes"),
    (tables.obligations, "household.obligations"),
    (tables.documents, "documents"),
    (tables.follow_ups, "follow_ups"),
)
_KEYS = ("name_key", "civil_key")


@dataclass(frozen=True, slots=True)
class Home:
    """A family's rows as they lie: ``said`` is what the journal tells of them."""

    row: int
    id: str
    version: int
    saved_at: str
    said: Told
    sound: bool
    """Whether the keys by which it is compared and found are those of what it says."""
    words: str
    """Under what it is to be found."""


def homes(connection: Connection) -> Iterator[list[Home]]:
    """Every family, in pages, in the order in which they were registered."""
    columns = ", ".join((*(f'"{name}"' for name in _OWN), *_SINGLE))
    page = f"SELECT {columns} FROM households WHERE row > ? ORDER BY row LIMIT {PAGE}"  # noqa: S608  # our own words
    rows = connection.exec_driver_sql(page, (-(2**63),)).fetchall()
    while rows:
        lines = [_lines(connection, table, path, [row[1] for row in rows]) for table, path in _LINES]
        yield [_home(row, [of_all.get(row[1], _NO_LINES) for of_all in lines]) for row in rows]
        rows = connection.exec_driver_sql(page, (rows[-1][0],)).fetchall()


@dataclass(slots=True)
class _Lines:
    """A family's rows in one table: how many, what they say, and the columns that no journal tells."""

    count: int
    said: Told
    keys: list[tuple[str, str, str | None, str | None]]


_NO_LINES = _Lines(0, {}, [])


def _lines(connection: Connection, table: Table, path: str, ids: Sequence[str]) -> dict[str, _Lines]:
    """What the rows of these families say in a table, by family."""
    own = tuple(name for name in table.c.keys() if name not in ("household", "position", *_KEYS))  # noqa: SIM118  # not a dict
    keys = _KEYS if table is tables.members else ()
    columns = ", ".join(("household", "position", *own, *keys))
    marks = ", ".join("?" * len(ids))
    found: dict[str, _Lines] = {}
    for household, position, *values in connection.exec_driver_sql(
        f"SELECT {columns} FROM {table.name} WHERE household IN ({marks}) ORDER BY household, position",  # noqa: S608  # ours
        tuple(ids),
    ):
        lines = found.setdefault(household, _Lines(0, {}, []))
        lines.count += 1
        lines.said.update(zip(_paths(path, position, own), values, strict=False))
        if keys:
            said = dict(zip(own, values, strict=False))
            lines.keys.append((said["name"], said["civil_id"], *values[len(own) :]))
    return found


@lru_cache(maxsize=1024)
def _paths(path: str, position: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{path}[{position}].{name}" for name in names)


def _home(row: Row, lines: Sequence[_Lines]) -> Home:
    own = dict(zip(_OWN, row, strict=False))
    said: Told = dict(zip(_SINGLE.values(), row[len(_OWN) :], strict=True))
    asked = {"household.incomes": own["incomes_asked"], "household.obligations": own["obligations_asked"]}
    for (_, path), kept in zip(_LINES, lines, strict=True):
        said.update(kept.said)
        if not asked.get(path, True):
            said[path] = None
        elif not kept.count:
            said[path] = []
    if own["facts"] != "{}":
        said.update(told({"facts": _JSON.read(own["facts"])}))
    people = lines[0].keys
    sound = own["file_key"] == compact(str(said["household.file_number"])) and all(
        name_key == folded_name(name) and civil_key == (compact(civil_id) or None)
        for name, civil_id, name_key, civil_key in people
    )
    words = found_by(
        ((name, civil_id) for name, civil_id, *_ in people),
        str(said["household.file_number"]),
        str(said["household.phone"]),
    )
    return Home(own["row"], own["id"], own["version"], own["saved_at"], said, sound, words)


def _hash(content: Any) -> str:
    return hashlib.sha256(content).hexdigest()
