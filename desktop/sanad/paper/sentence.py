"""Sentences whose values stand out, or are left as gaps to write in."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sanad.paper.ink import Ink, in_company
from sanad.paper.sheet import DOTS, LINE, Sheet

_PLACE = re.compile(r"\{([a-z_.]+)\}")
_GAP = 0.28
"""Between two stretches of a line, in ems."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; ``blank`` points of it are a line to write on instead.

    ``glued`` stretches follow the one before without a space, as a comma follows a name.
    """

    text: str
    bold: bool = False
    blank: float = 0.0
    glued: bool = False


def parts(template: str, value: Callable[[str], Part]) -> list[Part]:
    """The stretches of a sentence with names in braces, each given by ``value``."""
    found: list[Part] = []
    glued = False
    for number, piece in enumerate(_PLACE.split(template)):
        if number % 2:
            found.append(replace(value(piece), glued=glued))
            glued = True
        elif piece.strip():
            found.append(Part(piece.strip(), glued=number > 0 and not piece[0].isspace()))
            glued = not piece[-1].isspace()
        elif piece:
            glued = False
    return found


def sentence(ink: Ink, parts: Iterable[Part], width: float, size: float) -> list[list[Part]]:
    """The parts in lines no wider than ``width``, broken between words; a long word by letters."""
    parts = list(parts)
    return in_company(lambda room: _filled(ink, parts, room, size), width, _words)


def _words(line: Sequence[Part]) -> int:
    """How many words stand apart on a line: a full stop belongs to the figure before it."""
    return sum((1 if part.blank else len(part.text.split())) - part.glued for part in line)


def _filled(ink: Ink, parts: Iterable[Part], width: float, size: float) -> list[list[Part]]:
    """The parts in lines that each take the words there is room for."""
    lines: list[list[Part]] = [[]]
    used = 0.0
    gap = size * _GAP
    for part in parts:
        for number, word in enumerate(_pieces(ink, part, width, size)):
            takes = word.blank or ink.width(word.text, size, bold=part.bold)
            glued = part.glued and number == 0
            reach = used + takes + (0 if glued or not lines[-1] else gap)
            if reach > width and lines[-1]:
                carried = [lines[-1].pop()] if glued and len(lines[-1]) > 1 else []
                lines.append([replace(each, glued=False) for each in carried])
                used = sum(each.blank or ink.width(each.text, size, bold=each.bold) for each in carried)
                reach = used + takes + (0 if glued or not carried else gap)
            _joined(lines[-1], replace(word, glued=True) if glued and lines[-1] else word)
            used = reach
    return lines


def _pieces(ink: Ink, part: Part, width: float, size: float) -> list[Part]:
    """The words of a part, none wider than a line."""
    if part.blank:
        return [replace(part, blank=min(part.blank, width))]
    return [
        Part(piece, part.bold)
        for word in ink.words(part.text, width, size, bold=part.bold)
        for piece in _fitting(ink, word, width, size, part.bold)
    ]


def _fitting(ink: Ink, word: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    if ink.width(word, size, bold=bold) <= width:
        return (word,)
    return ink.wrapped(word, width, size, bold=bold)


def _joined(line: list[Part], word: Part) -> None:
    """Adds a word; words of one weight are one stretch, so that they are ordered together."""
    last = line[-1] if line else None
    if last is not None and not last.blank and not word.blank and last.bold == word.bold and not word.glued:
        line[-1] = Part(f"{last.text} {word.text}", last.bold, glued=last.glued)
    else:
        line.append(word)


def draw_sentence(sheet: Sheet, line: Sequence[Part], at: float, baseline: float, size: float) -> None:
    """Draws one line of a sentence from ``at`` on."""
    gap = size * _GAP
    for number, part in enumerate(line):
        at += gap if number and not part.glued else 0
        if part.blank:
            sheet.rule(at, at + part.blank, baseline - 3, width=LINE, dash=DOTS)
            at += part.blank
        else:
            at += sheet.text(part.text, at, baseline, size, bold=part.bold)
