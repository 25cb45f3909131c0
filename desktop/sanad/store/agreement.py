"""Whether every row is what the journal last said of it: whoever changes a row behind the program's back is found.

The journal's own chain is looked at elsewhere (``journal``). Here it is taken at its word: each of its entries must
stand in the tables as it was told, and nothing may stand there of which it does not tell.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection

from sanad.domain.errors import Problem
from sanad.domain.health import Record
from sanad.store import retelling
from sanad.store.journal import form_digest, without_marks
from sanad.store.naming import number_of
from sanad.store.numbers import Numbers
from sanad.store.office_keys import CHANGE, MAKE
from sanad.store.retelling import AT, LATER, POSTED, ROW, UNTOLD, Home, Posted, Told

REGISTER, CORRECT = "households.register", "households.correct"
SET_UP = "offices.set_up"
LOGO = ("offices.set_logo", "offices.remove_logo")
KEY = (MAKE, CHANGE, "backups.restore", "backups.undo")

_MARKS = re.compile(r'\{((?:"@drawn\.[^"]*":[0-9]+,?)*)(?:"@form":"([0-9a-f]{64})")?')
_LONGEST_MARKS = 1000  # letters: a dozen series at the head of an entry, and the form
_Row = Sequence[Any]
_COLUMNS = "seq, at, operation, before, after"
_ONE = f"SELECT {_COLUMNS} FROM journal WHERE seq = ?"  # noqa: S608  # our own words
_FILE_NUMBER = "household.file_number"
_ASKED = 500  # entries asked for at once
_SERIES = re.compile(r'"@drawn\.([^"]*)":([0-9]+)')


def differing(connection: Connection) -> Iterator[Problem]:
    """Everything that is not as the journal tells it."""
    older = _before_forms(connection)
    yield from _forms(connection, older)
    for kind in POSTED:
        yield from _posted(connection, kind, older)
    yield from _office(connection)
    yield from _office_key(connection)
    yield from _families(connection)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as far as rows are compared with it."""

    seq: int
    at: str
    act: str
    before: Told
    after: Told


def _entries(connection: Connection, *acts: str) -> Iterator[_Entry]:
    """The entries of some acts, in their order."""
    marks = ", ".join("?" * len(acts))
    found = f"SELECT {_COLUMNS} FROM journal WHERE operation IN ({marks}) ORDER BY seq"  # noqa: S608  # our own words
    return (_entry(row) for row in connection.exec_driver_sql(found, acts))


def _entry(row: _Row) -> _Entry:
    seq, at, act, before, after = row
    return _Entry(seq, at, act, json.loads(before), without_marks(after))


def _replayed(entries: Iterable[_Entry]) -> Told:
    """What stands after all the changes that entries tell of, one upon the other."""
    state: Told = {}
    for entry in entries:
        for path in entry.before:
            state.pop(path, None)
        state.update(entry.after)
    return state


def _changed(table: str, id_: object, number: object = "") -> Problem:
    """A record that differs: by the number under which the office knows it, where it has one."""
    values = {"record": Record(table), "id": id_}
    if not number:
        return Problem("health.part_changed", table, values)
    return Problem("health.changed_outside", table, {**values, "number": str(number)})


# ------------------------------------------------------------ forms and numbers


def _before_forms(connection: Connection) -> int:
    """The last entry of the first programs, which told of no forms yet; 0 where there is none."""
    last = 0
    for seq, head in connection.exec_driver_sql(
        "SELECT seq, substr(after, 1, ?) FROM journal ORDER BY seq", (_LONGEST_MARKS,)
    ):
        found = _MARKS.match(head)
        if found is not None and found[2] is not None:
            return last
        last = seq
    return last


def _forms(connection: Connection, older: int) -> Iterator[Problem]:
    """Each entry that tells of a form has its row, no other has one; each series stands where it was drawn last."""
    rows = connection.exec_driver_sql("SELECT key, operation, said, result, seq FROM operations ORDER BY rowid")
    row = rows.fetchone()
    drawn: dict[str, int] = {}
    entries = "SELECT seq, operation, substr(after, 1, ?) FROM journal ORDER BY seq"
    for seq, act, head in connection.exec_driver_sql(entries, (_LONGEST_MARKS,)):
        marks = _MARKS.match(head)
        form = marks[2] if marks is not None else None
        if marks is not None and marks[1]:
            drawn.update((series, int(number)) for series, number in _SERIES.findall(marks[1]))
        while row is not None and row[4] < seq:
            yield _changed("operations", row[0], row[4])
            row = rows.fetchone()
        if row is None or row[4] != seq:
            if form is not None:
                yield _changed("operations", seq, seq)
            continue
        key, operation, said, result, _ = row
        told = form == form_digest(key, operation, said, result) or (form is None and seq <= older)
        if operation != act or not told:
            yield _changed("operations", seq, seq)
        row = rows.fetchone()
    while row is not None:
        yield _changed("operations", row[0], row[4])
        row = rows.fetchone()
    kept = Numbers(connection).last()
    for series in sorted(kept.keys() | drawn.keys()):
        if kept.get(series) != drawn.get(series) and (series in drawn or not older):
            yield _changed("numbers", series, series)


# ------------------------------------------------------------ what is told once


def _posted(connection: Connection, kind: Posted, older: int) -> Iterator[Problem]:
    """Rows that are told once: in the order of their entries, each as it was told."""
    pairs = zip_longest(kind.rows(connection), _entries(connection, kind.act))
    if all(_agree(kind, row, entry, place, older) for place, (row, entry) in enumerate(pairs, start=1)):
        return
    rows = {row[kind.id]: row for row in kind.rows(connection)}
    told = {
        entry.after.get(kind.id): (place, entry) for place, entry in enumerate(_entries(connection, kind.act), start=1)
    }
    found = False
    for id_ in sorted(rows.keys() | told.keys(), key=str):
        place, entry = told.get(id_, (0, None))
        row = rows.get(id_)
        if not _agree(kind, row, entry, place, older):
            found = True
            said = (entry.after if entry is not None else row) or {}  # the number as it was printed, where one was
            yield _changed(kind.table.name, id_, number_of(connection, kind.table.name, said))
    if not found:  # each is as it was told, but they stand in another order
        yield _changed(kind.table.name, "")


def _agree(kind: Posted, row: Told | None, entry: _Entry | None, place: int, older: int) -> bool:
    if row is None or entry is None:
        return False
    told = {**entry.after} if kind.unsaid.keys() & entry.after.keys() else {**kind.unsaid, **entry.after}
    if AT in row:
        told[AT] = entry.at
    if ROW in row:
        told[ROW] = place
    if entry.seq <= older:
        row = {path: value for path, value in row.items() if path not in LATER or path in told}
    return row == told


# ------------------------------------------------------------ what is told change by change


def _office(connection: Connection) -> Iterator[Problem]:
    said, told = retelling.office(connection), _replayed(_entries(connection, SET_UP))
    if told:
        told = {"iban": "", "hijri_shift": 0, **told}  # the first programs knew of neither
    if said != told:
        yield _changed("office", said.get("policy", ""))
    told = _replayed(_entries(connection, *LOGO))
    if retelling.logo(connection) != {"logo": "", **told}:
        yield _changed("office_logo", "")


def _office_key(connection: Connection) -> Iterator[Problem]:
    said, told = retelling.office_key(connection), Told()
    for entry in _entries(connection, *KEY):
        if "public" in entry.after:
            told = {**entry.after, AT: entry.at}
        elif sealed := entry.after.get("sealed") or entry.after.get("office_key"):
            told["sealed"] = sealed
    if "sealed" not in told:
        said.pop("sealed", None)  # the first programs told of the public half alone
    if said != told:
        yield _changed("office_key", said.get("public", ""))


# ------------------------------------------------------------ families


def _families(connection: Connection) -> Iterator[Problem]:
    """Each family's file is what its entries make of it, and is found by what it says."""
    acts: dict[str, list[int]] = {}
    for seq, households in connection.exec_driver_sql(
        "SELECT seq, households FROM journal WHERE operation IN (?, ?) ORDER BY seq", (REGISTER, CORRECT)
    ):
        acts.setdefault(",".join(json.loads(households)), []).append(seq)
    order, told = list(acts), len(acts)
    place = 0
    for page in retelling.homes(connection):
        entries = _of(connection, page, acts)
        words = _words(connection, page)
        for home in page:
            of_home = [_entry(entries[seq]) for seq in acts.pop(home.id, ())]
            place += 1
            in_order = place <= told and (home.row, home.id) == (place, order[place - 1])
            if not in_order or not _is_told(home, of_home):
                yield _changed("households", home.id, _file_number(of_home) or home.said[_FILE_NUMBER])
            if words.pop(home.row, None) != home.words:
                values = {"id": home.id, "family": home.said[_FILE_NUMBER]}
                yield Problem("health.search_differs", "household_words", values)
    for id_, seqs in acts.items():
        yield _changed("households", id_, _file_number(_entries_of(connection, seqs)) or id_)


def _of(connection: Connection, page: Sequence[Home], acts: Mapping[str, Sequence[int]]) -> dict[int, _Row]:
    """The entries about the families of a page, by their numbers."""
    seqs = [seq for home in page for seq in acts.get(home.id, ())]
    found: dict[int, _Row] = {}
    for start in range(0, len(seqs), _ASKED):
        some = seqs[start : start + _ASKED]
        marks = ", ".join("?" * len(some))
        rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM journal WHERE seq IN ({marks})", tuple(some))  # noqa: S608  # marks
        found.update((row[0], row) for row in rows)
    return found


def _entries_of(connection: Connection, seqs: Sequence[int]) -> list[_Entry]:
    """The entries of these numbers."""
    return [_entry(row) for seq in seqs for row in connection.exec_driver_sql(_ONE, (seq,))]


def _file_number(entries: Sequence[_Entry]) -> object:
    """A family's file number as its entries tell it, which is as it was printed; nothing where they tell none."""
    return _replayed(entries).get(_FILE_NUMBER)


def _words(connection: Connection, page: Sequence[Home]) -> dict[int, str]:
    """The words under which the families of a page are indexed, by row."""
    between = "SELECT rowid, words FROM household_words WHERE rowid BETWEEN ? AND ?"
    rows = connection.exec_driver_sql(between, (page[0].row, page[-1].row))
    return {row[0]: row[1] for row in rows}


def _is_told(home: Home, entries: Sequence[_Entry]) -> bool:
    if not entries or not home.sound:
        return False
    told = _replayed(entries)
    said = {path: value for path, value in home.said.items() if value or path in told or not path.endswith(UNTOLD)}
    return (home.version, home.saved_at) == (len(entries), entries[-1].at) and said == told
