"""What SQLite itself says of the pages of a file, apart from what it says of the search index that lies on some."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Execute = Callable[[str], Iterable[Any]]

_OF_INDEX = re.compile(r"fts5: |.*\bFTS5 table\b")
"""How SQLite since 3.44 tells that an index does not agree with its words: every page can be read then.

A connection that remembers the index from a search tells it falsely as well, once another connection wrote to it.
"""


def bad(execute: Execute, *, quick: bool = False) -> Iterator[str]:
    """What is not as it should be: of pages and rows, and of each index beside its table unless ``quick``.

    The search index is made of the families and can be made anew (``reindex``): it condemns no file, nor a copy of one.
    """
    for (told,) in execute(f"PRAGMA {'quick' if quick else 'integrity'}_check"):
        if told != "ok" and not _OF_INDEX.match(told):
            yield told
