"""The data file changed by the hundred behind the program's back: the doctor finds every edit and names it.

Run as ``make soak-tamper`` for five hundred; the suite does some sixty. Every round takes a copy of one office, changes
it as somebody would who knows SQL and takes the guards away first, and asks the doctor. Changed are the rows of every
table column by column, the structure, the entries of the journal; then all of it at once, with the journal's chain made
anew, cut, or the whole file an older copy: those need a head that stands outside, on a paper or with a backup.

Not among them: ``drafts``, which are typed and not said, so that the journal does not tell of them; and the search
index's list of its own pages, without which SQLite finds its way: the index looks through all else of itself.
"""

# ruff: noqa: S608  # whoever changes the file behind the program's back writes SQL by hand

import json
import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from sanad.bootstrap import build
from sanad.domain.case import Document, FollowUp
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.staff import Role
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from sanad.store.journal import sealed
from tests.backups import cheap_keys
from tests.builders import (
    TODAY,
    Clock,
    a_decision,
    a_family,
    a_household,
    a_key,
    a_request,
    a_study,
    a_voucher,
    an_office,
)
from tests.revisions import a_revision

NOT_TOLD = frozenset({"drafts", "household_words", "household_words_idx"})
"""Tables that are left out; ``household_words`` is a view of the tables beside it, which are not."""
PASSWORD = "خمس كلمات طويلة للتجربة"  # noqa: S105  # opens nothing but this made-up office


@dataclass(frozen=True, slots=True)
class Office:
    """A data folder that is closed, an older copy of its file, and the head of the journal on the last receipt."""

    data: Path
    older: Path
    printed: str


def make_office(at: Path) -> Office:
    """An office in which every table has rows."""
    data, clock = at / "data", Clock()
    Image.new("RGB", (40, 30), "navy").save(at / "logo.png")
    with build(data, clock, who="صفاء") as services:
        services.offices.set_up(an_office())
        services.offices.set_logo(at / "logo.png")
        services.policies.adopt(a_revision(), key=a_key())
        _families(services)
        services.drafts.keep("new", "حسن")
    shutil.copyfile(data / DATA_FILE, at / "older")
    clock.move(days=1)
    with cheap_keys(), build(data, clock, who="صفاء") as services:
        voucher = a_voucher(services)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
        with services.health._store.reading() as records:
            printed = records.journal.head()[:16]
        (at / "stick").mkdir()
        services.backups.make(at / "stick", passphrase=PASSWORD)
        services.households.keep_confidential(a_family(services).id, "بطلب من الأسرة")
        services.staff.begin("safa", "صفاء", PASSWORD)
        services.staff.add("ali", "علي", Role.CLERK, PASSWORD, key=a_key())
    return Office(data, at / "older", printed)


def _families(services: Services) -> None:
    study = a_study(
        a_household(phone="33445566", wealth=Money(5000)),
        documents=(Document("salary_statement", "there"), Document("id_card", "missing")),
        follow_ups=(FollowUp(TODAY, "صفاء", "زيارة"),),
    )
    family = a_family(services, study)
    services.households.correct(family.id, 1, a_study(a_household(head="حسن علي محمد", children=2)), key=a_key())
    family = a_family(services, study)
    request = a_request(services, family)
    services.assessments.assess(request.id, TODAY, key=a_key())
    services.decisions.decide(request.id, Verdict.POSTPONE, TODAY, "13/1", reason="وثائق ناقصة", key=a_key())
    decision = a_decision(services, request, Grant(Money(30_000), "2026-11", "2027-02"))
    for month in ("2026-11", "2026-12"):
        voucher = a_voucher(services, decision, month)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
        services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
        voucher = a_voucher(services, decision, month)
        services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())


# ------------------------------------------------------------ what a hand can do


class Untouched(Exception):
    """The edit could not be made as it was rolled, or would change nothing."""


Expected = tuple[str, object]
"""The check that must find an edit, and of the journal the entry that it must name; an empty check is any."""
Edit = Callable[[sqlite3.Connection, random.Random], Expected]
ANY: Expected = ("", None)
ANCHORS: Expected = ("anchors", None)


def _table(tool: sqlite3.Connection, dice: random.Random, besides: str = "") -> str:
    found = tool.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL ORDER BY name")
    told: list[str] = [name for (name,) in found if name not in NOT_TOLD and name != besides]
    return dice.choice([name for name in told if tool.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]])


def _row(tool: sqlite3.Connection, table: str, dice: random.Random) -> tuple[str, dict[str, object]]:
    """A row of a table: a condition that finds it alone, and what stands in it."""
    cursor = tool.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    row = dict(zip(names, dice.choice(rows), strict=True))
    where = " AND ".join(f'"{name}" IS {_literal(value)}' for name, value in row.items())
    return where, row


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case int():
            return str(value)
        case bytes():
            return f"x'{value.hex()}'"
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _other(value: object, dice: random.Random) -> object:
    """Another value of the same kind, as somebody would put it there."""
    match value:
        case None:
            return dice.choice(("x", 1, "2026-01-01"))
        case int():
            return dice.choice((value + 1, value - 1, value * 2, 0, 1))
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
        case str() if value.isdigit() and dice.random() < 0.5:
            return f"{int(value) + 1:0{len(value)}}"
        case _:
            text = str(value)
            return dice.choice((text + "x", "", text[:-1], text.replace("2026", "2025"), text.replace("a", "b")))


def update(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """One column of one row says something else."""
    table = _table(tool, dice)
    where, row = _row(tool, table, dice)
    name = dice.choice(sorted(row))
    value = _other(row[name], dice)
    if value == row[name]:
        raise Untouched
    done = tool.execute(f'UPDATE "{table}" SET "{name}" = {_literal(value)} WHERE {where}')
    if done.rowcount != 1:
        raise Untouched
    if tool.execute(f'SELECT count(*) FROM "{table}" WHERE {where}').fetchone()[0]:
        raise Untouched  # the column's affinity made it the same again
    return ANY


def delete(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """One row is gone."""
    table = _table(tool, dice)
    where, _ = _row(tool, table, dice)
    tool.execute(f'DELETE FROM "{table}" WHERE {where}')
    return ANY


def insert(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """One row more: another row's twin, with keys of its own; but no page of the index that none of it points at."""
    table = _table(tool, dice, besides="household_words_data")
    _, row = _row(tool, table, dice)
    for name in row:
        if name in ("id", "number", "key", "row", "seq", "position", "series", "voucher", "household", "user_key"):
            row[name] = _other(row[name], dice) if dice.random() < 0.8 else row[name]
    names, values = ", ".join(f'"{name}"' for name in row), ", ".join(map(_literal, row.values()))
    tool.execute(f'INSERT INTO "{table}" ({names}) VALUES ({values})')
    return ANY


def structure(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """A guard, an index or a table is taken away or put there."""
    kind = dice.choice(("trigger", "index", "table", "view"))
    if kind in ("trigger", "index"):
        found = tool.execute("SELECT name FROM sqlite_schema WHERE type = ? AND sql NOT NULL", (kind,)).fetchall()
        tool.execute(f"DROP {kind} {dice.choice(sorted(found))[0]}")
    elif kind == "table":
        tool.execute("CREATE TABLE stranger (id INTEGER)")
    else:
        tool.execute("CREATE VIEW stranger AS SELECT * FROM members")
    return "schema", None


# ------------------------------------------------------------ the journal


def _entries(tool: sqlite3.Connection) -> int:
    return int(tool.execute("SELECT count(*) FROM journal").fetchone()[0])


def journal_edit(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry tells something else."""
    seq = dice.randint(1, _entries(tool))
    name = dice.choice(("at", "who", "operation", "subjects", "households", "before", "after", "why", "seal"))
    (said,) = tool.execute(f"SELECT {name} FROM journal WHERE seq = ?", (seq,)).fetchone()
    tool.execute(f"UPDATE journal SET {name} = ? WHERE seq = ?", (said + " ", seq))
    return "journal", seq


def journal_backdate(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry is said to have been made a year before."""
    seq = dice.randint(1, _entries(tool))
    tool.execute("UPDATE journal SET at = replace(at, '2026-', '2025-') WHERE seq = ?", (seq,))
    return "journal", seq


def journal_delete(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry before the last is gone."""
    seq = dice.randint(1, _entries(tool) - 1)
    tool.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    return "journal", seq


def journal_delete_and_close_up(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry is gone, and those behind it are renumbered over the gap."""
    last = _entries(tool)
    seq = dice.randint(1, last - 1)
    tool.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    for behind in range(seq + 1, last + 1):
        tool.execute("UPDATE journal SET seq = ? WHERE seq = ?", (behind - 1, behind))
    return "journal", seq


def journal_reorder(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """Two entries change places."""
    one, other = sorted(dice.sample(range(1, _entries(tool) + 1), 2))
    for was, becomes in ((one, 0), (other, one), (0, other)):
        tool.execute("UPDATE journal SET seq = ? WHERE seq = ?", (becomes, was))
    return "journal", one


def journal_renumber(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry has another number."""
    last = _entries(tool)
    seq = dice.randint(1, last)
    tool.execute("UPDATE journal SET seq = ? WHERE seq = ?", (last + dice.randint(2, 9), seq))
    return "journal", seq


def journal_insert(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """An entry is put behind the last, sealed as if it were one of ours but for the chain."""
    last = _entries(tool)
    seq = dice.randint(1, last)
    tool.execute(
        "INSERT INTO journal SELECT ?, at, who, operation, subjects, households, before, after, why, seal "
        "FROM journal WHERE seq = ?",
        (last + 1, seq),
    )
    return "journal", last + 1


# ------------------------------------------------------------ what needs a head from outside


def _seal_anew(tool: sqlite3.Connection) -> None:
    """Make the whole chain anew, as anybody can who has read how."""
    names = ("seq", "at", "who", "operation", "subjects", "households", "before", "after", "why")
    previous = ""
    for row in tool.execute(f"SELECT {', '.join(names)} FROM journal ORDER BY seq").fetchall():
        previous = sealed(dict(zip(names, row, strict=True)), previous)
        tool.execute("UPDATE journal SET seal = ? WHERE seq = ?", (previous, row[0]))


def _anchored(tool: sqlite3.Connection) -> int:
    """The entry whose head stands with the backup: what comes before it has an anchor."""
    found = tool.execute("SELECT max(seq) FROM journal WHERE operation = 'payments.receive'").fetchone()
    return int(found[0])


def rewrite(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """A payee is another one, in the voucher, in the journal, and every seal behind it fits again."""
    said = tool.execute("SELECT seq, after FROM journal WHERE operation = 'payments.issue'").fetchall()
    seq, after = dice.choice(said)
    told = json.loads(after)
    tool.execute("UPDATE vouchers SET payee = 'آخر' WHERE id = ?", (told["id"],))
    told["payee"] = "آخر"
    told = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    tool.execute("UPDATE journal SET after = ? WHERE seq = ?", (told, seq))
    _seal_anew(tool)
    return ANCHORS


def rewrite_who(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """Somebody else did it, and every seal behind it fits again."""
    seq = dice.randint(1, _anchored(tool))
    tool.execute("UPDATE journal SET who = 'آخر' WHERE seq = ?", (seq,))
    _seal_anew(tool)
    return ANCHORS


def cut(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """The last entries are gone, beyond the last head that stands outside."""
    seq = dice.randint(1, _anchored(tool))
    tool.execute("DELETE FROM journal WHERE seq >= ?", (seq,))
    tool.execute("DELETE FROM operations WHERE seq >= ?", (seq,))
    return ANCHORS


EDITS: tuple[Edit, ...] = (
    *(update,) * 8,
    *(delete,) * 3,
    *(insert,) * 3,
    structure,
    journal_edit,
    journal_edit,
    journal_backdate,
    journal_delete,
    journal_delete_and_close_up,
    journal_reorder,
    journal_renumber,
    journal_insert,
    rewrite,
    rewrite_who,
    cut,
)


# ------------------------------------------------------------ the doctor


def soak(rounds: int, folder: Path, seed: int = 5) -> Counter[str]:
    """Change so many copies of an office; how often each kind of edit was found.

    Raises:
        AssertionError: one was not found, or the journal named another entry than the first broken one.
    """
    dice = random.Random(seed)  # noqa: S311  # the same edits every time
    office = make_office(folder)
    copy = folder / "copy"
    _copied(office, copy)
    assert not _found(copy, office.printed), "a sound office is told to be damaged"
    told: Counter[str] = Counter()
    for number in range(rounds):
        _copied(office, copy)
        if number % 25 == 24:
            kind, said, expected = "older", "an older copy of the file", ANCHORS
            shutil.copyfile(office.older, copy / DATA_FILE)
        else:
            kind, said, expected = _changed(copy / DATA_FILE, EDITS[number % len(EDITS)], dice)
        found = _found(copy, office.printed)
        check, seq = expected
        assert found, f"round {number}: {kind} was not found: {said}"
        assert not check or check in found, f"round {number}: {kind} was not found by {check}: {said} {found}"
        assert seq is None or found[check] == seq, f"round {number}: {kind} named {found[check]}, not {seq}: {said}"
        told[kind] += 1
    return told


def _copied(office: Office, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(office.data, to)


def _changed(file: Path, edit: Edit, dice: random.Random) -> tuple[str, str, Expected]:
    """Make one edit that changes something; its kind, what was said to the file, and what must find it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as tool:
        tool.execute("PRAGMA foreign_keys = OFF")
        tool.execute("PRAGMA ignore_check_constraints = ON")
        guards = tool.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        while True:
            said: list[str] = []
            tool.execute("BEGIN")
            try:
                if edit is not structure:
                    for name, _ in guards:
                        tool.execute(f"DROP TRIGGER {name}")
                tool.set_trace_callback(said.append)
                expected = edit(tool, dice)
                tool.set_trace_callback(None)
                if edit is not structure:
                    for _, sql in guards:
                        tool.execute(sql)
                tool.execute("COMMIT")
            except (Untouched, sqlite3.IntegrityError, sqlite3.DatabaseError):
                tool.set_trace_callback(None)
                tool.execute("ROLLBACK")
            else:
                written = [line[:300] for line in said if not line.startswith("SELECT")]
                return edit.__name__, " ; ".join(written), expected


def _found(folder: Path, printed: str) -> dict[str, object]:
    """The checks that found something, each with the entry that its first problem names, if it names one."""
    try:
        services = build(folder, Clock(), who="x")
    except Refused as refused:
        return {refused.problems[0].code: None}
    with services:
        store = services.health._store
        lines = (*store.checks(), store.anchored(services.backups.heads(), [printed]))
    return {line.name: line.problems[0].values.get("seq") for line in lines if not line.ok}


def main(rounds: int) -> None:
    """Print how many edits of each kind were found."""
    started = time.perf_counter()
    with TemporaryDirectory(prefix="sanad-soak-") as folder:
        told = soak(rounds, Path(folder))
    print(f"soak-tamper: {rounds} edits behind the program's back: all found, the first broken entry named")
    print(", ".join(f"{kind} {count}" for kind, count in told.most_common()))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
