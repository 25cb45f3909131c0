"""Boxes on pages: what a form is made of on paper, and how it runs on from one page to the next.

A box knows its height and draws itself from its top edge down. Texts are wrapped when the box is made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sanad.paper.ink import Ink
from sanad.paper.sheet import INK, LINE, PAPER_GREY, SOFT, WIDTH, Align, Sheet

LABEL, VALUE, BAR = 8.5, 10.0, 10.5
"""Sizes of type in points."""
LEADING = 1.5
"""Noto Naskh's letters reach far above and below the line."""


@dataclass(frozen=True, slots=True)
class Density:
    """How close a page is set, in points: the rows of its tables, its lines to write on, the space over a section.

    ``letter`` is the size of type of a letter's sentences.
    """

    row: float
    line: float
    section: float
    letter: float


DENSITIES = (
    Density(26, 29, 20, 13.5),
    Density(23, 25, 15, 13),
    Density(20.5, 23, 12, 12.5),
    Density(19.2, 21.5, 11, 12),
    Density(17.3, 20, 8, 11.5),
)
"""From the most room for a hand to the least that a hand can use; a page takes the first that it fits in."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page that is not broken. ``top`` of ``draw`` is the height of its upper edge on the sheet.

    ``with_next`` is never the last on a page; ``head`` is drawn again above it where it opens a page; a ``gap`` is
    left out there.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    with_next: bool = False
    head: "Box | None" = None
    gap: bool = False


Placed = tuple[Box, float]

_FEW, _HALF = 0.3, 0.6
"""Of a page: what a last page should hold at least, and the most that is moved on to it."""


def space(height: float) -> Box:
    """Nothing, for ``height`` points; not at the top of a page."""
    return Box(height, lambda _sheet, _top: None, gap=True)


def pages_of(boxes: Sequence[Box], top: float, next_top: float, bottom: float) -> list[list[Placed]]:
    """The boxes set one below the other on as many pages as they need; ``next_top`` is that of every later page.

    A last page with only a few lines takes more from the one before it.
    """
    firsts = _breaks(boxes, top, next_top, bottom)
    if len(firsts) > 1:
        firsts[-1] = _balanced(boxes, firsts[-2], firsts[-1], next_top - bottom)
    ends = [*firsts[1:], len(boxes)]
    tops = [top, *(next_top for _ in firsts[1:])]
    return [_placed(boxes[first:end], at) for first, end, at in zip(firsts, ends, tops, strict=True)]


def _breaks(boxes: Sequence[Box], top: float, next_top: float, bottom: float) -> list[int]:
    """The number of the first box of each page, when every page takes what it holds."""
    firsts, y, empty = [0], top, True
    for index, box in enumerate(boxes):
        if box.gap and empty:
            continue
        if y - _kept_together(boxes, index) < bottom and not empty:
            firsts.append(index)
            y, empty = next_top, True
            if box.gap:
                continue
            y -= box.head.height if box.head else 0.0
        y, empty = y - box.height, False
    return firsts


def _balanced(boxes: Sequence[Box], before: int, last: int, room: float) -> int:
    """The first box of the last page: earlier than ``last`` where only a few lines or a lone signature would follow.

    Where a new part begins if there is such a place, otherwise between two rows; ``before`` is the first box of the
    page that gives.
    """
    if _height(boxes[last:]) >= room * _FEW:
        return last
    places = [at for at in range(last, before, -1) if not boxes[at - 1].with_next and not boxes[at - 1].gap]
    heights = {at: _height(boxes[at:]) for at in places}
    parts = (at for at in places if boxes[at].gap and room * _FEW <= heights[at] <= room * _HALF)
    rows = (at for at in places if not boxes[at].gap and room * _FEW <= heights[at] <= room * _HALF)
    return next(parts, next(rows, last))


def _height(boxes: Sequence[Box]) -> float:
    """What boxes take at the top of a page."""
    placed = _placed(boxes, 0.0)
    return placed[-1][0].height - placed[-1][1] if placed else 0.0


def _placed(boxes: Sequence[Box], y: float) -> list[Placed]:
    """Boxes one below the other from ``y`` down: no gap at the top, the head of a table again over its rows."""
    placed: list[Placed] = []
    for box in boxes:
        if not placed:
            if box.gap:
                continue
            if box.head is not None:
                placed.append((box.head, y))
                y -= box.head.height
        placed.append((box, y))
        y -= box.height
    return placed


def _kept_together(boxes: Sequence[Box], index: int) -> float:
    height = 0.0
    while index < len(boxes):
        height += boxes[index].height
        if not (boxes[index].with_next or boxes[index].gap):
            break
        index += 1
    return height


def bar(title: str, *, height: float = 19.5) -> Box:
    """The heading of a section: a grey bar with a dark block where reading starts."""

    def draw(sheet: Sheet, top: float) -> None:
        sheet.block(0, WIDTH, top, top - height, PAPER_GREY)
        sheet.block(0, 3.75, top, top - height, INK)
        sheet.text(title, 11, top - height / 2 - BAR * 0.28, BAR, bold=True)

    return Box(height, draw, with_next=True)


def paragraph(
    ink: Ink,
    text: str,
    *,
    size: float = 9.5,
    bold: bool = False,
    grey: float = INK,
    listed: bool = False,
    width: float = WIDTH,
) -> list[Box]:
    """Running text, a box a line; an item of a list has a dash before its first line."""
    indent = size * 1.5 if listed else 0.0

    def drawing(number: int, line: str) -> Callable[[Sheet, float], None]:
        def draw(sheet: Sheet, top: float) -> None:
            if listed and not number:
                sheet.text("–", size * 0.6, top - size * 1.25, size, grey=grey)
            sheet.text(line, at, top - size * 1.25, size, bold=bold, align=align, grey=grey)

        return draw

    lines = ink.wrapped(text, width - indent, size, bold=bold)
    at, align = (width, Align.END) if ink.runs_back(lines) else (indent, Align.START)
    return [Box(size * 1.75, drawing(number, line)) for number, line in enumerate(lines)]


def ticked_line(text: str, *, ticked: bool) -> Box:
    """A box to tick with what it says."""

    def draw(sheet: Sheet, top: float) -> None:
        sheet.tick_box(0, top - 13, 8, ticked=ticked)
        sheet.text(text, 13, top - 13, LABEL)

    return Box(18, draw)


def signatures(names: Sequence[str], *, stamp: str = "") -> Box:
    """A line to sign on over each name; with ``stamp``, the place of the office's stamp under the last.

    One who signs alone signs where a letter ends, with the stamp beside.
    """
    width = (WIDTH - 20 * (len(names) - 1)) / max(len(names), 3)
    pitch = (WIDTH - width) / (len(names) - 1) if len(names) > 1 else 0
    first = 0.0 if len(names) > 1 else WIDTH - width
    beside = bool(stamp) and len(names) == 1
    height = 66.0 if not stamp else 112.0 if beside else 152.0

    def draw(sheet: Sheet, top: float) -> None:
        for number, name in enumerate(names):
            start = first + pitch * number
            sheet.rule(start, start + width, top - 42, width=LINE, grey=INK)
            sheet.text(name, start + width / 2, top - 55, LABEL, align=Align.CENTRE, grey=SOFT)
        if beside:
            sheet.stamp(WIDTH - width - 75, top - 60, 39, stamp)
        elif stamp:
            sheet.stamp(WIDTH - width / 2, top - 108, 39, stamp)

    return Box(height, draw)
