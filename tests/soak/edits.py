"""What a hand can do to a data file behind the program's back, each as SQL: rows, structure, journal, the whole chain.

Each edit takes an open file from which the guards were taken away, and tells which check of the doctor must find it.
"""

# ruff: noqa: S608  # whoever changes the file behind the program's back writes SQL by hand

import json
import random
import sqlite3
from collections.abc import Callable

from sanad.store.journal import FORM, form_digest, sealed

NOT_TOLD = frozenset({"drafts", "household_words", "household_words_idx"})
"""Tables that are left out; ``household_words`` is a view of the tables beside it, which are not."""


class Untouched(Exception):
    """The edit could not be made as it was rolled, or would change nothing."""


Expected = tuple[str, object]
"""The check that must find an edit, and of the journal the entry that it must name; an empty check is any."""
Edit = Callable[[sqlite3.Connection, random.Random], Expected]
ANY: Expected = ("", None)
ANCHORS: Expected = ("anchors", None)
REMEMBERED: Expected = ("continuity", None)


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


def forge(tool: sqlite3.Connection, dice: random.Random) -> Expected:
    """A clerk makes himself a manager as the program would have, entry, form, row and seal; only nobody did it here."""
    id_ = dice.choice(tool.execute("SELECT id FROM staff WHERE role = 'clerk'").fetchall())[0]
    seq, seal, at, who = tool.execute("SELECT seq, seal, at, who FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    form = (f"forged-{dice.random()}", "staff.change_role", "said", id_)
    after = json.dumps({FORM: form_digest(*form), "id": id_, "role": "manager"}, separators=(",", ":"))
    said = (seq + 1, at, who, form[1], '["staff"]', "[]", '{"role":"clerk"}', after, "")
    names = ("seq", "at", "who", "operation", "subjects", "households", "before", "after", "why")
    values = (*said, sealed(dict(zip(names, said, strict=True)), seal))
    tool.execute(f"INSERT INTO journal ({', '.join(names)}, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    tool.execute("INSERT INTO operations (key, operation, said, result, seq) VALUES (?, ?, ?, ?, ?)", (*form, seq + 1))
    tool.execute("UPDATE staff SET role = 'manager' WHERE id = ?", (id_,))
    return REMEMBERED


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
    forge,
)
