"""TOML that comes from outside: a guide, a revision, a form. Read within bounds, whatever a hostile hand wrote."""

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal

DEEPEST = 32
"""Tables within tables; the deepest that is shipped has six."""

_LONG_KEY = re.compile(rf"(?<![\"'\w-])(?:[\"'\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
"""The parser takes the square of such a key's length."""


def read_toml(text: str, parse_float: Callable[[str], float | Decimal] = float) -> dict[str, object]:
    """The tree that a text says.

    Raises:
        ValueError: it is no TOML, is nested beyond all measure, or has a number that is; says so in English.
    """
    if _LONG_KEY.search(text):
        raise ValueError("a key has too many parts")
    try:
        tree = tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    level: list[object] = [tree]
    for _ in range(DEEPEST):
        level = [inner for node in level for inner in _within(node)]
    if level:
        raise ValueError("it is nested too deeply")
    return tree


def _within(node: object) -> list[object]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
