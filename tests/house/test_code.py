"""What the code itself never does: make SQL out of what was typed, or money out of floats."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[2] / "desktop/sanad"
EXECUTING = {"execute", "executemany", "executescript", "exec_driver_sql", "text"}
OURS = {"_COLUMNS", "columns", "', '.join(names)", "table.name", "self.table.name", "tables.WORDS", "marks"}
"""What a query may be put together from: names of our own tables and columns, and question marks."""
EXACT = ("domain", "rules", "store", "exchange", "words")
"""The rooms in which money is read, counted and kept."""


def trees(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules of these rooms, read."""
    for room in rooms:
        for file in sorted((CODE / room).rglob("*.py")):
            yield file.relative_to(CODE).as_posix(), ast.parse(file.read_text("utf-8"))


def made_up(query: ast.expr) -> bool:
    """Whether a query is put together from anything but names of ours, or the settings of SQLite."""
    if isinstance(query, ast.JoinedStr):
        first = query.values[0]
        if isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA "):
            return False
        pieces = (piece.value for piece in query.values if isinstance(piece, ast.FormattedValue))
        return not {ast.unparse(piece) for piece in pieces} <= OURS
    if isinstance(query, ast.Call) and isinstance(query.func, ast.Attribute):
        return query.func.attr in {"format", "join"}
    return isinstance(query, ast.BinOp)


def queries(tree: ast.Module) -> Iterator[ast.expr]:
    """What is handed to the database to be done."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in EXECUTING:
                yield node.args[0]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("c.execute(f'DELETE FROM {x}')", True),
        ("c.execute('SELECT ' + x)", True),
        ("c.exec_driver_sql('SELECT {}'.format(x))", True),
        ("c.execute('SELECT ?', (x,))", False),
        ("c.execute(f'PRAGMA {x} = {y}')", False),
        ("c.execute(f'SELECT {columns} FROM x WHERE y = {y}')", True),
        ("c.execute(f'SELECT {columns} FROM {table.name}')", False),
    ],
)
def test_a_made_up_query_is_seen(code: str, *, found: bool) -> None:
    """The check below would notice one."""
    assert any(map(made_up, queries(ast.parse(code)))) is found


def test_e15_no_query_is_made_of_what_was_typed() -> None:
    """In the one room that knows SQL every query is a text of ours or built by the library; values go beside it."""
    kept = ((name, tree) for name, tree in trees("store") if "migrations" not in name)  # steps meet no typed text
    assert [(name, query.lineno) for name, tree in kept for query in queries(tree) if made_up(query)] == []


def test_f8_no_float_stands_where_money_goes() -> None:
    """Neither written down nor asked for."""
    found = [
        (name, node.lineno)
        for name, tree in trees(*EXACT)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
    ]
    assert found == []
