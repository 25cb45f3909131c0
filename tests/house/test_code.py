"""What the code itself never does: make SQL out of what was typed, or money out of floats."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[2] / "desktop/sanad"
EXECUTING = {"execute", "executemany", "executescript", "exec_driver_sql", "text"}
OURS = {"_COLUMNS", "columns", "', '.join(names)", "table.name", "self.table.name", "tables.WORDS", "marks"}
"""What a query may be put together from: names of our own tables and columns, and question marks."""
EXACT = ("domain", "rules", "store", "exchange", "words", "forms", "services")
"""The rooms in which money is read, counted and kept."""
DRAWING = ("paper", "ui", "cli")
"""The rooms that show money, and measure points and pixels, which may be parts of one."""
FOLDER = re.compile(r"Path\(.*|(?:.*[._])?(?:folder|path|parent|root|work|to|into|place|aside|memory|passing|restored)")
FOLDERS = re.compile(r".*\.(?:backups|before_upgrades|before_restores)|MIGRATIONS")
"""On the left of a ``/`` that joins a path."""
NO_MONEY = {
    "net / family.size",  # a fraction, exact
    "Decimal(value.numerator) / Decimal(value.denominator)",  # exact in decimals, or refused when it is written
    "hundredths / 100",  # a share in per cent
    "size / 10 ** 9",  # bytes
    "HEADROOM / 10 ** 6",  # bytes
    "PATIENCE / 1000",  # milliseconds
    "PAUSE / 1000",  # milliseconds
    "0.0",  # seconds
    "width: float = 1.0",  # the width of a column
}
"""What is divided or a float in those rooms, and is no money."""


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


def divides(node: ast.AST) -> bool:
    """Whether it divides in a way that makes two whole numbers a float; a path that is joined is no division."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Div) and not joins(node.target)
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not joins(node.left)


def joins(left: ast.expr) -> bool:
    """Whether what stands on the left of a ``/`` is a folder."""
    while isinstance(left, ast.BinOp):
        left = left.left
    if isinstance(left, ast.IfExp):
        return joins(left.body) and joins(left.orelse)
    said = ast.unparse(left)
    return bool(FOLDER.fullmatch(said) or FOLDERS.fullmatch(said))


def is_float(node: ast.AST) -> bool:
    """Whether it is a float, written down or asked for."""
    written = isinstance(node, ast.Constant) and isinstance(node.value, float)
    return written or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")


def told(tree: ast.Module, node: ast.AST) -> str:
    """The float as the code has it; of one that is written down, the whole line of code that it stands in."""
    if not isinstance(node, ast.Constant):
        return ast.unparse(node)
    lines = [each for each in ast.walk(tree) if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is node]
    return ast.unparse(lines[0]) if lines else ast.unparse(node)


def floats(tree: ast.Module, *, of_money_alone: bool) -> Iterator[ast.AST]:
    """Where a float is made; ``of_money_alone`` only those that are made of the minor units of money."""
    for node in ast.walk(tree):
        if of_money_alone:
            counted = isinstance(node, ast.BinOp | ast.AugAssign) and any(map(is_float, ast.iter_child_nodes(node)))
            makes = counted or divides(node) or is_float(node)
            if makes and any(getattr(each, "attr", "") == "minor" for each in ast.walk(node)):
                yield node
        elif divides(node) or is_float(node):
            yield node


@pytest.mark.parametrize(
    ("code", "anywhere", "of_money"),
    [
        ("x = total / 3", True, False),
        ("x = money.minor / 3", True, True),
        ("x = float(money.minor)", True, True),
        ("x = money.minor * 0.5", True, True),
        ("total /= 3", True, False),
        ("share = sum(each.minor for each in all) / 3", True, True),
        ("x = folder.path / 'name'", False, False),
        ("place /= name", False, False),
        ("x = money.minor // 3", False, False),
        ("x = width * 0.5", True, False),
    ],
)
def test_f8_a_float_is_seen(code: str, *, anywhere: bool, of_money: bool) -> None:
    """The checks below would notice one."""
    tree = ast.parse(code)
    assert any(floats(tree, of_money_alone=False)) is anywhere
    assert any(floats(tree, of_money_alone=True)) is of_money


def test_f8_no_float_stands_where_money_goes() -> None:
    """Neither written down nor asked for, nor made by a division; where points are measured, none is made of money."""
    found = {
        (name, getattr(node, "lineno", 0)): said
        for rooms, of_money_alone in ((EXACT, False), (DRAWING, True))
        for name, tree in trees(*rooms)
        for node in floats(tree, of_money_alone=of_money_alone)
        if (said := told(tree, node)) not in NO_MONEY
    }
    assert found == {}
