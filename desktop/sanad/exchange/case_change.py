"""A case with some of its facts said otherwise: named by their paths in the case file, and read as strictly."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.exchange.case_file import Pack, read_case
from sanad.exchange.case_text import write_case

_PART = re.compile(r"\[(\d+)\]|[^.\[\]]+")


def changed_case(case: Case, changes: Mapping[str, object], packs: Mapping[str, Pack]) -> Case:
    """The case with ``changes``: paths such as ``household.incomes[0].monthly`` to values as a case file has them.

    The row after the last of a list may be named, and is added.

    Raises:
        Refused: a path leads nowhere; or with every problem that the changed file would have.
    """
    tree = json.loads(write_case(case, packs[case.policy].currency))
    for path, value in changes.items():
        _put(tree, path, value)
    return read_case(json.dumps(tree).encode(), packs)


def _put(tree: Any, path: str, value: object) -> None:
    *way, last = [int(part[1]) if part[1] else part[0] for part in _PART.finditer(path)] or [""]
    node = tree
    for part in way:
        if isinstance(node, dict) and isinstance(part, str):
            node = node.setdefault(part, {})
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            raise Refused.because("case.no_such_place", path)
    if isinstance(node, dict) and isinstance(last, str):
        node[last] = value
    elif isinstance(node, list) and isinstance(last, int) and last <= len(node):
        node[last:] = [value, *node[last + 1 :]]
    else:
        raise Refused.because("case.no_such_place", path)
