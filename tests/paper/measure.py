"""What stands where on a page, measured from the finished PDF: runs of text, and the lines that are ruled.

Text is measured by the widths that the PDF itself carries, from the baseline to the height of its small letters: the
part of a line that must stay free of every other text and of every rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

TOUCHING = 0.6
"""Points by which boxes may touch: side bearings of glyphs, and the halves of rules."""
_RISE, _FALL = 0.5, 0.05
"""How far letters certainly reach above and below their baseline, in ems."""


@dataclass(frozen=True)
class Rectangle:
    """A box on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: bytes = b""

    def meets(self, other: "Rectangle") -> bool:
        """Whether the two share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > TOUCHING
            and min(self.top, other.top) - max(self.bottom, other.bottom) > TOUCHING
        )


@dataclass(frozen=True)
class Measured:
    """One page: its texts but for a word across it, and the strokes of its upright rules and of its frames."""

    texts: tuple[Rectangle, ...]
    uprights: tuple[Rectangle, ...]


def measured(pdf: bytes) -> list[Measured]:
    """Each page of a paper."""
    return [_page(page) for page in PdfReader(BytesIO(pdf)).pages]


def _page(page: Any) -> Measured:
    reading = _Reading(page)
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        act = _ACTS.get(operator)
        if act:
            act(reading, operands)
    return Measured(tuple(reading.texts), tuple(reading.uprights))


class _Reading:
    """Follows what a page draws; what has a measure of its own is left out: a word across, a code, a picture."""

    def __init__(self, page: Any) -> None:
        self.texts: list[Rectangle] = []
        self.uprights: list[Rectangle] = []
        self._fonts = {name: _widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        self._font: dict[int, float] = {}
        self._size = self._x = self._y = 0.0
        self._pen = (0.0, 0.0)
        self._aslant = [False]

    def save(self, _operands: Any) -> None:
        self._aslant.append(self._aslant[-1])

    def restore(self, _operands: Any) -> None:
        self._aslant.pop()

    def turn(self, operands: Any) -> None:
        self._aslant[-1] = [float(operand) for operand in operands[:4]] != [1.0, 0.0, 0.0, 1.0]

    def face(self, operands: Any) -> None:
        self._font, self._size = self._fonts[operands[0]], float(operands[1])

    def place(self, operands: Any) -> None:
        self._x, self._y = float(operands[4]), float(operands[5])

    def show(self, operands: Any) -> None:
        text = operands[0].original_bytes
        end = self._x + sum(self._font.get(code, 0.0) for code in text) * self._size / 1000
        if text.strip() and not self._aslant[-1]:
            low, high = self._y - self._size * _FALL, self._y + self._size * _RISE
            self.texts.append(Rectangle(self._x, low, end, high, text))
        self._x = end

    def move(self, operands: Any) -> None:
        self._pen = (float(operands[0]), float(operands[1]))

    def rule(self, operands: Any) -> None:
        before, self._pen = self._pen, (float(operands[0]), float(operands[1]))
        if abs(before[0] - self._pen[0]) < 0.01:
            self._upright(before[0], *sorted((before[1], self._pen[1])))

    def frame(self, operands: Any) -> None:
        left, low, wide, high = (float(operand) for operand in operands)
        for edge in (left, left + wide):
            self._upright(edge, low, low + high)

    def _upright(self, at: float, low: float, high: float) -> None:
        if not self._aslant[-1]:
            self.uprights.append(Rectangle(at - 1, low, at + 1, high))


_ACTS = {
    b"q": _Reading.save,
    b"Q": _Reading.restore,
    b"cm": _Reading.turn,
    b"Tf": _Reading.face,
    b"Tm": _Reading.place,
    b"Tj": _Reading.show,
    b"m": _Reading.move,
    b"l": _Reading.rule,
    b"re": _Reading.frame,
}


def _widths(font: Any) -> dict[int, float]:
    first = int(font["/FirstChar"])
    return {first + number: float(width) for number, width in enumerate(font["/Widths"])}


def overlapping(texts: tuple[Rectangle, ...]) -> Iterator[tuple[Rectangle, Rectangle]]:
    """Every two texts that run into each other."""
    ordered = sorted(texts, key=lambda each: each.bottom)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.bottom >= one.top:
                break
            if one.meets(other):
                yield one, other
