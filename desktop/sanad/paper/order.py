"""The order of glyphs on a line: Unicode's bidirectional algorithm, with brackets mirrored.

The Rust engine of python-bidi finds the embedding levels rightly, but its own reordering leaves brackets unmirrored: a
name in parentheses would print inside out. So its levels are taken, and the last two rules of the algorithm (L2, order;
L4, mirroring) are done here. The levels are read from its debug dump, hence the exact version in pyproject.toml.
Text comes in shaped and without line breaks.
"""

import re

from bidi import get_display
from bidi.bidi import get_display_inner
from bidi.mirror import MIRRORED

from sanad.domain.errors import Bug

LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"

_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_DIGIT = re.compile("[٠-٩]")
_LEVEL = re.compile(r"Level\(\s*(\d+)")
_ISOLATES = "\u2066\u2067\u2068\u2069"
_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_MIRRORED = frozenset(MIRRORED)


def isolated(text: str) -> str:
    """A phone, code, id, range or signed amount, kept together left to right whatever stands around it.

    By the algorithm alone ``3312 4455`` prints as ``4455 3312`` in an Arabic line, and ``-25.000`` as ``25.000-``.
    Groups of Arabic digits would change places even when isolated, so their order is forced.
    """
    if not text:
        return ""
    kept = text if _LETTER.search(text) or not _ARABIC_DIGIT.search(text) else f"\u202d{text}\u202c"
    return f"{LEFT_TO_RIGHT_ISOLATE}{kept}{POP_ISOLATE}"


def visual(shaped: str, *, right_to_left: bool = True) -> str:
    """The glyphs of one line from left to right, direction marks removed."""
    base = "R" if right_to_left else "L"
    if _MIRRORED.isdisjoint(shaped):
        return _CONTROLS.sub("", get_display(shaped, base_dir=base))
    levels = _levels(shaped, base)
    order = list(range(len(shaped)))
    for level in range(max(levels), 0, -1):
        _reverse_runs(order, levels, level)
    glyphs = (MIRRORED.get(shaped[at], shaped[at]) if levels[at] % 2 else shaped[at] for at in order)
    return _CONTROLS.sub("", "".join(glyphs))


def _reverse_runs(order: list[int], levels: list[int], level: int) -> None:
    """L2: every run of this level or a higher one is turned around."""
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and levels[order[end]] >= level:
            end += 1
        if end > start:
            order[start:end] = order[start:end][::-1]
        start = end + 1


def _levels(text: str, base: str) -> list[int]:
    """The embedding level of each character, spaces at the end of the line at the base level (L1)."""
    dump = get_display_inner(text, base, True)
    start = dump.rindex("levels: [")
    found = [int(level) for level in _LEVEL.findall(dump[start : dump.index("paragraphs:", start)])]
    if len(found) != len(text):  # the dump counts bytes of UTF-8
        by_letter, at = [], 0
        for letter in text:
            by_letter.append(found[at])
            at += len(letter.encode())
        found = by_letter
    if len(found) != len(text):
        raise Bug("the levels of a line do not match its letters")
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in _ISOLATES):
        end -= 1
        found[end] = 1 if base == "R" else 0
    return found
