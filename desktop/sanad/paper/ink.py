"""The one place where text becomes glyphs: letter forms, order, faces, widths, and letters that no face has.

Words are set in Noto Naskh Arabic, figures in IBM Plex Sans Arabic, run by run: Noto Naskh's full stop is a small
rhombus under the baseline, so that 460.000 would read as 460,000 at print size, a thousandfold error in dinars.
Shaping comes after wrapping, a line at a time.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from arabic_reshaper import ArabicReshaper
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont

from sanad.paper.order import POP_ISOLATE, isolated, visual

WORDS, WORDS_BOLD = "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"
FIGURES, FIGURES_BOLD = "IBMPlexSansArabic-Regular", "IBMPlexSansArabic-Bold"
_FACES = {False: (WORDS, FIGURES), True: (WORDS_BOLD, FIGURES_BOLD)}

LEAST = 6.3
"""Points; smaller figures are not read on a photocopy."""
_NARROWER = (0.96, 0.92, 0.88, 0.84, 0.8)
"""Parts of a width in which a text is set anew so that its last word does not stand alone."""
MOST_NAMED = 8
STAND_IN = "?"
"""Printed for a letter that no face has; the page names the letter at its foot."""

_CORE = r"[0-9٠-٩A-Za-z]"
_TOKEN = rf"[+\-−]?%?{_CORE}+(?:[.,٫٬/\-+:@_#]{_CORE}+)*[%٪]?"
_DIGIT_AHEAD = r"(?=[^\s0-9٠-٩]*[0-9٠-٩])"
_IBAN = r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?(?![A-Za-z0-9])"
_FIGURES = re.compile(rf"{_IBAN}|{_DIGIT_AHEAD}{_TOKEN}(?: {_DIGIT_AHEAD}{_TOKEN})*|[=−×÷]")
_FIGURES_AND_STOPS = re.compile(rf"{_FIGURES.pattern}|[.,;:]")
"""Between Latin letters Noto Naskh's full stop reads as a comma."""
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NAME = rf"{_ARABIC.pattern}+(?: {_ARABIC.pattern}+)*"
_NAMES = re.compile(rf"{_NAME}(?: \({_NAME}\))?(?: {_NAME})?")
_DIGIT = "[0-9٠-٩]"
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.,/:+\-٫٬])(?:\+{_DIGIT}+|{_DIGIT}{{2,}})(?:[ \-]{_DIGIT}{{2,}})*(?!\w|[.,/:\-٫٬]{_DIGIT})"
    rf"|{_IBAN}"
)
"""A phone or an account as it is typed into a note: groups of digits, read left to right and kept on one line."""
_LEAST_DIGITS = 7
"""Fewer, and what looks like a phone is two numbers beside each other."""
_CODE = re.compile(
    rf"(?<![\w@.,:٫٬\u2066\u202d])(?=[A-Za-z/\-]*{_DIGIT}){_CORE}+(?:[/\-]{_CORE}+)+(?![\w@]|[.,:٫٬]{_DIGIT})"
)
"""The number of a document or of a flat inside a sentence: Arabic before it would print 2026-000389 as 000389-2026."""
_JOINT = "\u00a0"
_WORD = re.compile(rf"[^\S{_JOINT}]+")
_STRONG = re.compile(rf"[A-Za-z\u00c0-\u024f\u200e]|({_ARABIC.pattern}|\u200f)")
_Set = TypeVar("_Set")
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_LEFT, _RIGHT, _ISOLATE = "\u200e", "\u200f", "\u2068"
_STACKED = re.compile("(\u0651)[\u064b-\u0650\u0652]|[\u064b-\u0650\u0652](\u0651)")
_SHAPER = ArabicReshaper(
    {
        "delete_harakat": False,  # the tanwin of ديناراً is written
        "ARABIC LIGATURE ALLAH": False,  # unlike its neighbours in every face, and absent from some
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face, left to right; ``width`` in ems."""

    face: str
    glyphs: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is ready to be drawn: its runs from left to right, its width in ems."""

    runs: tuple[Run, ...]
    width: float


EMPTY = Line((), 0.0)


class Ink:
    """The faces of the paper, and the lines set in them for one direction. Lines are remembered."""

    def __init__(self, fonts: Path, *, right_to_left: bool) -> None:
        _registered(fonts)
        self.right_to_left = right_to_left
        self.line = lru_cache(50_000)(self._line)
        self._lines = lru_cache(20_000)(self._broken)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line in points."""
        return float(self.line(text, bold).width * size)

    def size_of(self, figures: str, width: float, size: float, *, bold: bool = False) -> float:
        """The size in which figures stand on one line of ``width`` points: an amount is not broken but set smaller.

        Never smaller than is still read; what would need that keeps ``size``, to be broken.
        """
        takes = self.width(figures, size, bold=bold)
        fits = size if takes <= width else size * width / takes - 0.01
        return fits if fits >= LEAST else size

    def wrapped(self, text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        """The text in logical lines no wider than ``width`` points: broken between words, a long word by letters.

        On a paper that runs left to right each line is marked with the direction of the whole text.
        """
        return self._lines(text, width, size, bold)

    def _broken(self, text: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
        lines = in_company(lambda room: self._filled(text, room, size, bold), width, lambda line: len(line.split()))
        if self.right_to_left or not _ARABIC.search(text):
            return tuple(lines)
        mark = _RIGHT if _arabic_first(text) else _LEFT
        return tuple(f"{mark}{line}" if line else line for line in lines)

    def _filled(self, text: str, width: float, size: float, bold: bool) -> list[str]:
        """The text in lines that each take the words there is room for."""
        lines = []
        gap = _width(" ", _FACES[bold][0]) * size
        for paragraph in text.split("\n"):
            line, used = "", -gap
            for word in self.words(paragraph, width, size, bold=bold):
                longer = f"{line} {word}" if line else word
                reach = used + gap + self.width(word, size, bold=bold)
                if abs(reach - width) < size:  # close to the edge: what the words take together, not one by one
                    reach = self.width(longer, size, bold=bold)
                if reach <= width:
                    line, used = longer, reach
                    continue
                if line:
                    lines.append(line)
                *full, line = self._letters(word, width, size, bold=bold)
                lines.extend(full)
                used = self.width(line, size, bold=bold)
            lines.append(line)
        return lines

    def runs_back(self, lines: Sequence[str]) -> bool:
        """Whether a text of several lines runs against the paper: its lines begin at the far edge."""
        return len(lines) > 1 and not self.right_to_left and lines[0].startswith(_RIGHT)

    def words(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """The pieces of a text between which a line may be broken; runs of spaces are one space.

        A phone stays whole and reads left to right; on a paper that runs left to right a name stays whole, too. What
        is wider than ``width`` points comes word by word.
        """
        kept = _NUMBER.sub(_together, text)
        if not self.right_to_left and not _arabic_first(text):
            kept = _NAMES.sub(lambda name: name.group().replace(" ", _JOINT), kept)
        words: list[str] = []
        for piece in _WORD.split(kept):
            word = piece.replace(_JOINT, " ")
            whole = _JOINT not in piece or self.width(word, size, bold=bold) <= width
            words += [word] if whole else word.split()
        return [word for word in words if word]

    def _letters(self, word: str, width: float, size: float, *, bold: bool) -> list[str]:
        """A word in pieces that fit; marks stay with their letter."""
        if self.width(word, size, bold=bold) <= width:
            return [word]
        # Each piece of a code keeps its own order: the stroke after A-1024/ must not jump to its other side.
        kept = str if _ARABIC.search(word) else isolated

        def fitting(piece: str) -> bool:
            return self.width(kept(piece), size, bold=bold) <= width

        pieces = []
        while not fitting(word):
            fits, too_long = 1, len(word)
            while too_long - fits > 1:
                middle = (fits + too_long) // 2
                if fitting(word[:middle]):
                    fits = middle
                else:
                    too_long = middle
            while fits > 1 and unicodedata.combining(word[fits]):
                fits -= 1
            if fits == len(word) or len(word) == 1:
                break
            pieces.append(word[:fits])
            word = word[fits:]
        return [kept(piece) for piece in [*pieces, word]]

    def _line(self, text: str, bold: bool = False) -> Line:
        if not text:
            return EMPTY
        right_to_left = self.right_to_left or _arabic_first(text)
        if _ARABIC.search(text):
            text = _CODE.sub(_untouched, text)
        if not right_to_left:
            # A name inside an English line: what comes after it must not be drawn to its other side.
            text = _NAMES.sub(lambda name: f"{_ISOLATE}{name.group()}{POP_ISOLATE}", text)
        glyphs = visual(shaped(text), right_to_left=right_to_left)
        words, figures = _FACES[bold]
        runs: list[Run] = []
        at = 0
        for token in (_FIGURES if self.right_to_left else _FIGURES_AND_STOPS).finditer(glyphs):
            runs.extend(_runs(glyphs[at : token.start()], words, figures))
            runs.extend(_runs(token.group(), figures, words))
            at = token.end()
        runs.extend(_runs(glyphs[at:], words, figures))
        return Line(tuple(runs), sum(run.width for run in runs))


def in_company(lines: Callable[[float], list[_Set]], width: float, words: Callable[[_Set], int]) -> list[_Set]:
    """What ``lines`` sets in a width, a little narrower where that spares the last line from holding one word alone.

    ``words`` counts those of a line.
    """
    widest = lines(width)
    if len(widest) == 1 or words(widest[-1]) != 1:
        return widest
    for part in _NARROWER:
        closer = lines(width * part)
        if len(closer) != len(widest) or sum(map(words, closer)) != sum(map(words, widest)):
            break
        if words(closer[-1]) > 1:
            return closer
    return widest


def _arabic_first(text: str) -> bool:
    """Whether the first letter that has a direction runs right to left."""
    first = _STRONG.search(text)
    return first is not None and first.group(1) is not None


def _untouched(code: "re.Match[str]") -> str:
    """The number of a document kept in its order, unless Latin letters before it do so: the flat of ``Flat 12-B``."""
    before = [strong.group(1) for strong in _STRONG.finditer(code.string, 0, code.start())]
    return code.group() if before and before[-1] is None else isolated(code.group())


def _together(number: "re.Match[str]") -> str:
    """A phone of several groups as one word; anything shorter is left as it is."""
    said = number.group()
    if sum(letter.isdecimal() for letter in said) < _LEAST_DIGITS and said[0] != "+":
        return said
    return isolated(said.replace(" ", _JOINT))


def shaped(text: str) -> str:
    """The text with its letters in their joined forms, still in logical order."""
    return " ".join(_shaped_word(word) for word in text.split(" "))


def unknown_letters(texts: Iterable[str]) -> list[str]:
    """The letters and marks that neither face can draw, each once, in the order they came."""
    known = _letters_of(WORDS) | _letters_of(FIGURES)
    found: dict[str, None] = {}
    for text in texts:
        for letter in shaped(text):
            if ord(letter) not in known and not _unseen(letter):
                found.setdefault(letter)
    return list(found)


def named_letters(letters: Sequence[str]) -> str:
    """The letters by their numbers in Unicode, as far as a line holds them."""
    named = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:MOST_NAMED])
    return f"{named} …" if len(letters) > MOST_NAMED else named


@lru_cache(50_000)
def _shaped_word(word: str) -> str:
    # Two marks on one letter are drawn over each other without a shaping engine: the doubling tells words apart.
    return str(_SHAPER.reshape(_STACKED.sub("\u0651", word)))


def _runs(glyphs: str, face: str, other: str) -> list[Run]:
    """The glyphs in ``face``, those it lacks in ``other``, and a stand-in for a letter that both lack."""
    runs: list[tuple[str, list[str]]] = []
    first, second = _letters_of(face), _letters_of(other)
    for letter in glyphs:
        code = ord(letter)
        if code in first:
            chosen = face
        elif code in second:
            chosen = other
        elif _unseen(letter) or unicodedata.combining(letter):
            continue
        else:
            chosen, letter = face, STAND_IN  # noqa: PLW2901 - the stand-in takes its place
        if runs and runs[-1][0] == chosen:
            runs[-1][1].append(letter)
        else:
            runs.append((chosen, [letter]))
    return [Run(name, "".join(part), _width("".join(part), name)) for name, part in runs]


def _width(glyphs: str, face: str) -> float:
    return float(getFont(face).stringWidth(glyphs, 1))


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs") or letter.isspace() or letter in _VARIATIONS


@lru_cache(None)
def _letters_of(face: str) -> frozenset[int]:
    return frozenset(getFont(face).face.charToGlyph)


@lru_cache(None)
def _registered(fonts: Path) -> None:
    for face in (WORDS, WORDS_BOLD, FIGURES, FIGURES_BOLD):
        registerFont(TTFont(face, fonts / f"{face}.ttf"))
