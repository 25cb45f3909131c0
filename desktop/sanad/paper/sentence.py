"""Sentences whose values stand out, or are left as gaps to write in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sanad.paper.ink import Ink
from sanad.paper.sheet import DOTS, LINE, Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; ``blank`` points of it are a line to write on instead."""

    text: str
    bold: bool = False
    blank: float = 0.0


def sentence(ink: Ink, parts: Sequence[Part], width: float, size: float) -> list[list[Part]]:
    """The parts in lines no wider than ``width``, broken between words."""
    lines: list[list[Part]] = [[]]
    used = 0.0
    gap = ink.width("ا ا", size) - 2 * ink.width("ا", size)
    for part in parts:
        for word in [""] if part.blank else part.text.split():
            takes = part.blank or ink.width(word, size, bold=part.bold)
            if used + takes > width and lines[-1]:
                lines.append([])
                used = 0.0
            _joined(lines[-1], Part(word, part.bold, part.blank))
            used += takes + gap
    return lines


def _joined(line: list[Part], word: Part) -> None:
    """Adds a word; words of one weight are one stretch, so that they are ordered together."""
    if line and not line[-1].blank and not word.blank and line[-1].bold == word.bold:
        line[-1] = Part(f"{line[-1].text} {word.text}", word.bold)
    else:
        line.append(word)


def draw_sentence(sheet: Sheet, line: Sequence[Part], at: float, baseline: float, size: float) -> None:
    """Draws one line of a sentence from ``at`` on."""
    gap = size * 0.28
    for part in line:
        if part.blank:
            sheet.rule(at, at + part.blank, baseline - 3, width=LINE, dash=DOTS)
            at += part.blank + gap
        else:
            at += sheet.text(part.text, at, baseline, size, bold=part.bold) + gap
