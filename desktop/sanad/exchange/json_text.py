"""JSON as it may come from anywhere: read with all its digits, nothing guessed where it could be read in two ways."""

import json
import re
from decimal import Decimal

from sanad.domain.errors import Refused

LARGEST_FILE = 10 * 2**20
"""Bytes; a family's file is a thousand times smaller."""
DEEPEST = 20
"""Brackets within brackets; a case file has four."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class Tree(dict[str, object]):
    """An object of the file, with the keys that it names twice."""

    twice: tuple[str, ...] = ()


class NoNumber(str):
    """What stands in the place of a number and is none, such as ``NaN``."""

    __slots__ = ()


def read_json(data: bytes) -> object:
    """The tree in ``data``: objects as :class:`Tree`, every number as Decimal, so that no float ever exists.

    Raises:
        Refused: it is too large, no UTF-8, no JSON, or nested beyond all measure.
    """
    if len(data) > LARGEST_FILE:
        raise Refused.because("case.file_too_large", megabytes=LARGEST_FILE // 2**20)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused.because("case.not_utf8", byte=error.start + 1) from error
    if _depth(text) > DEEPEST:
        raise Refused.because("case.too_deep", most=DEEPEST)
    try:
        tree: object = json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=NoNumber, object_pairs_hook=_tree
        )
    except json.JSONDecodeError as error:
        raise Refused.because("case.not_json", line=error.lineno, column=error.colno) from error
    return tree


def _depth(text: str) -> int:
    """How deep brackets nest, counted before the parser would have to follow them."""
    deepest = depth = 0
    for letter in _STRING.sub("", text):
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _tree(pairs: list[tuple[str, object]]) -> Tree:
    tree = Tree(pairs)
    if len(tree) != len(pairs):
        names = [name for name, _ in pairs]
        tree.twice = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return tree
