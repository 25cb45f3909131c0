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
    """How close a page is set, in points: the rows of its tables, its lines to write on, the space over a section."""

    row: float
    line: float
    section: float


DENSITIES = (
    Density(26, 29, 20),
    Density(23, 25, 15),
    Density(20.5, 23, 12),
    Density(19.2, 21.5, 11),
    Density(17.3, 20, 8),
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


def space(height: float) -> Box:
    """Nothing, for ``height`` points; not at the top of a page."""
    return Box(height, lambda _sheet, _top: None, gap=True)


def pages_of(boxes: Sequence[Box], top: float, next_top: float, bottom: float) -> list[list[Placed]]:
    """The boxes set one below the other on as many pages as they need; ``next_top`` is that of every later page."""
    pages: list[list[Placed]] = [[]]
    y = top
    for index, box in enumerate(boxes):
        if box.gap and not pages[-1]:
            continue
        if y - _kept_together(boxes, index) < bottom and pages[-1]:
            pages.append([])
            y = next_top
            if box.gap:
                continue
            if box.head is not None:
                pages[-1].append((box.head, y))
                y -= box.head.height
        pages[-1].append((box, y))
        y -= box.height
    return pages


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
    ink: Ink, text: str, *, size: float = 9.5, bold: bool = False, grey: float = INK, indent: float = 0.0
) -> list[Box]:
    """Running text, a box a line."""

    def drawing(line: str) -> Callable[[Sheet, float], None]:
        def draw(sheet: Sheet, top: float) -> None:
            sheet.text(line, indent, top - size * 1.25, size, bold=bold, grey=grey)

        return draw

    lines = ink.wrapped(text, WIDTH - indent, size, bold=bold)
    return [Box(size * 1.75, drawing(line)) for line in lines]


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
