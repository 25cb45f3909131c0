"""Boxes on pages: what a form is made of on paper, and how it runs on from one page to the next.

A box knows its height and draws itself from its top edge down. Texts are wrapped when the box is made.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sanad.paper.ink import Ink
from sanad.paper.order import isolated
from sanad.paper.sheet import (
    DOTS,
    INK,
    LINE,
    PAPER_GREY,
    SOFT,
    WIDTH,
    Align,
    Sheet,
)

LABEL, VALUE, CELL, HEAD, BAR = 8.5, 10.0, 9.0, 8.5, 10.5
"""Sizes of type in points."""
LATIN = 0.9
"""Tables of a paper in English are set smaller by this: its words are longer, and its letters look larger."""
LEADING = 1.5
"""Noto Naskh's letters reach far above and below the line."""
COLUMN_GAP = 16.0
PADDING = 4.5
NARROWEST = 64.0
"""A line to write on is never shorter; a longer label goes above it."""
TALL = 78.0
"""From this height on the cells of a row are read from its top, as notes are; lower ones stand in its middle."""
MOST_LINES = 24
"""Lines of one table row; a longer text goes on in a further row, so that it can run on to the next page."""


@dataclass(frozen=True, slots=True)
class Density:
    """How close a page is set, in points: the rows of its tables, its lines to write on, the space over a section."""

    row: float
    line: float
    section: float


DENSITIES = (Density(23, 25, 15), Density(20.5, 23, 12), Density(19.2, 21.5, 11), Density(17.3, 20, 8))
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


# ---------------------------------------------------------------- headings and running text


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
    return [
        Box(size * 1.75, _line_drawer(line, size, bold, grey, indent))
        for line in ink.wrapped(text, WIDTH - indent, size, bold=bold)
    ]


def _line_drawer(line: str, size: float, bold: bool, grey: float, indent: float) -> Callable[[Sheet, float], None]:
    return lambda sheet, top: _nothing(sheet.text(line, indent, top - size * 1.25, size, bold=bold, grey=grey))


def _nothing(_width: float) -> None:
    """The width of a drawn text, where nobody asks for it."""


# ---------------------------------------------------------------- fields


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands on its line. ``figures`` stand left to right at the far end of the line.

    ``choices`` are boxes to tick instead of a line, each with whether it is ticked.
    """

    label: str
    value: str = ""
    figures: bool = False
    span: int = 1
    choices: tuple[tuple[str, bool], ...] = ()


def field_rows(ink: Ink, entries: Iterable[Entry], columns: int, pitch: float) -> list[Box]:
    """Entries in rows of ``columns``, each as wide as its span; ``pitch`` from one line to the next."""
    rows: list[list[Entry]] = [[]]
    for entry in entries:
        if sum(each.span for each in rows[-1]) + entry.span > columns:
            rows.append([])
        rows[-1].append(entry)
    column = (WIDTH - COLUMN_GAP * (columns - 1)) / columns
    boxes = []
    for row in rows:
        at, cells = 0.0, []
        for entry in row:
            width = column * entry.span + COLUMN_GAP * (entry.span - 1)
            cells.append((at, _Cell(ink, entry, width, pitch)))
            at += width + COLUMN_GAP
        if cells:
            boxes.append(_row_of_cells(cells))
    return boxes


def _row_of_cells(cells: list[tuple[float, "_Cell"]]) -> Box:
    raised = max(cell.raised for _, cell in cells)
    height = raised + max(cell.height - cell.raised for _, cell in cells)

    def draw(sheet: Sheet, top: float) -> None:
        for at, cell in cells:
            cell.draw(sheet, at, top - raised)

    return Box(height, draw)


class _Cell:
    """One entry in its width: the label beside its line, or above where the line would be too short."""

    def __init__(self, ink: Ink, entry: Entry, width: float, pitch: float) -> None:
        self.entry = entry
        self.width = width
        self.pitch = pitch
        self.labels = ink.wrapped(entry.label, width, LABEL)
        label = ink.width(entry.label, LABEL)
        room = sum(ink.width(text, LABEL) + 19 for text, _ in entry.choices) or NARROWEST
        self.above = width - label - 6 < room
        self.indent = 0.0 if self.above else label + 6
        text = isolated(entry.value) if entry.figures else entry.value
        self.lines = ink.wrapped(text, width - self.indent - 8, VALUE) or [""]
        if entry.figures and len(self.lines) > 1:
            self.lines = [isolated(line) for line in ink.wrapped(entry.value, width - self.indent - 8, VALUE)]
        self.raised = len(self.labels) * LABEL * LEADING if self.above else 0.0
        self.height = pitch * len(self.lines) + self.raised

    def draw(self, sheet: Sheet, at: float, top: float) -> None:
        """``top`` is where the room for lines begins; a label above it stands higher."""
        baseline = top - self.pitch + 7.5
        if self.above:
            for number, line in enumerate(self.labels):
                sheet.text(line, at, top + self.raised - (number + 1) * LABEL * LEADING, LABEL, grey=SOFT)
        else:
            sheet.text(self.entry.label, at, baseline, LABEL, grey=SOFT)
        start, end = at + self.indent, at + self.width
        if self.entry.choices:
            for text, ticked in self.entry.choices:
                sheet.tick_box(start, baseline, 7.5, ticked=ticked)
                start += 10.5 + sheet.text(text, start + 10.5, baseline, LABEL) + 8.5
            return
        for line in self.lines:
            if self.entry.figures:
                sheet.text(line, end - 3, baseline, VALUE, align=Align.END)
            else:
                sheet.text(line, start + 5, baseline, VALUE)
            sheet.rule(start, end, baseline - 5.2, width=LINE, dash=DOTS)
            baseline -= self.pitch


def notes(ink: Ink, label: str, text: str, least: int, pitch: float) -> list[Box]:
    """A label with lines to write on under it, at least ``least``, a box a line so that a long text may run on."""
    lines = ink.wrapped(text, WIDTH - 10, VALUE) if text else []
    lines += [""] * (least - len(lines))

    def heading(sheet: Sheet, top: float) -> None:
        sheet.text(label, 0, top - 12.5, LABEL, grey=SOFT)

    return [Box(15, heading, with_next=True), *(_ruled(line, pitch) for line in lines), space(4)]


def _ruled(line: str, pitch: float) -> Box:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(line, 5, top - pitch + 7.5, VALUE)
        sheet.rule(0, WIDTH, top - pitch + 2.3, width=LINE, dash=DOTS)

    return Box(pitch, draw)


# ---------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and how its cells stand; ``sample`` always fits on one line."""

    heading: str
    share: float
    align: Align = Align.START
    figures: bool = False
    sample: str = ""


class Ruling:
    """The columns of a table, from which its rows are made."""

    def __init__(self, ink: Ink, columns: Sequence[Column], *, row_height: float) -> None:
        self.ink = ink
        self.columns = columns
        self.row_height = row_height
        scale = 1.0 if ink.right_to_left else LATIN
        self.cell_size, self.head_size = CELL * scale, HEAD * scale
        self.edges = [0.0, *accumulate(self._widths())]
        self.head = self._head()

    def _widths(self) -> list[float]:
        """The width of each column by its share; one too narrow for its sample takes from those that have more."""
        whole = sum(column.share for column in self.columns)
        widths = [WIDTH * column.share / whole for column in self.columns]
        least = [self._least(column) for column in self.columns]
        lacking = sum(max(0.0, need - width) for need, width in zip(least, widths, strict=True))
        to_spare = sum(max(0.0, width - need) for need, width in zip(least, widths, strict=True))
        if lacking > to_spare:
            return [need * WIDTH / sum(least) for need in least]
        taken = lacking / to_spare if to_spare else 0.0
        return [max(need, width - (width - need) * taken) for need, width in zip(least, widths, strict=True)]

    def _least(self, column: Column) -> float:
        words = [self.ink.width(word, self.head_size, bold=True) + 5 for word in column.heading.split()]
        return max(self.ink.width(column.sample, self.cell_size) + 2 * PADDING + 1, *words)

    def rows(self, cells: Sequence[str], *, bold: bool = False) -> list[Box]:
        """One row, in as many boxes as its longest cell needs."""
        wrapped = [self._wrapped(cell, column, bold) for column, cell in enumerate(cells)]
        tallest = max(len(lines) for lines in wrapped)
        return [
            self._row([lines[first : first + MOST_LINES] for lines in wrapped], bold)
            for first in range(0, tallest, MOST_LINES)
        ]

    def _wrapped(self, text: str, column: int, bold: bool) -> list[str]:
        width = self.edges[column + 1] - self.edges[column] - 2 * PADDING
        figures = self.columns[column].figures
        lines = self.ink.wrapped(text, width, self.cell_size, bold=bold)
        return [isolated(line) if figures else line for line in lines]

    def _row(self, lines: list[list[str]], bold: bool) -> Box:
        height = max(self.row_height, max(len(cell) for cell in lines) * self.cell_size * LEADING + 3.5)

        def draw(sheet: Sheet, top: float) -> None:
            sheet.grid(self.edges, top, top - height)
            self._cells(sheet, lines, top, height, bold)

        return Box(height, draw, head=self.head)

    def _head(self) -> Box:
        lines = [
            self.ink.wrapped(column.heading, end - start - 5, self.head_size, bold=True)
            for column, start, end in zip(self.columns, self.edges, self.edges[1:], strict=False)
        ]
        height = max(18.0, max(len(cell) for cell in lines) * self.head_size * LEADING + 5)

        def draw(sheet: Sheet, top: float) -> None:
            sheet.block(0, WIDTH, top, top - height, PAPER_GREY)
            sheet.grid(self.edges, top, top - height)
            for cell, start, end in zip(lines, self.edges, self.edges[1:], strict=False):
                first = top - height / 2 + (len(cell) - 1) * self.head_size * LEADING / 2 - self.head_size * 0.28
                for number, line in enumerate(cell):
                    middle, baseline = (start + end) / 2, first - number * self.head_size * LEADING
                    sheet.text(line, middle, baseline, self.head_size, bold=True, align=Align.CENTRE)

        return Box(height, draw, with_next=True)

    def _cells(self, sheet: Sheet, lines: list[list[str]], top: float, height: float, bold: bool) -> None:
        size = self.cell_size
        for cell, column, start, end in zip(lines, self.columns, self.edges, self.edges[1:], strict=False):
            place = {
                Align.START: start + PADDING,
                Align.CENTRE: (start + end) / 2,
                Align.END: end - PADDING,
            }[column.align]
            middle = top - height / 2 if height < TALL else top - PADDING - len(cell) * size * LEADING / 2
            baseline = middle + (len(cell) - 1) * size * LEADING / 2 - size * 0.3
            for number, line in enumerate(cell):
                sheet.text(line, place, baseline - number * size * LEADING, size, bold=bold, align=column.align)


# ---------------------------------------------------------------- sentences with gaps


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


# ---------------------------------------------------------------- what people do on paper


def ticked_line(text: str, *, ticked: bool) -> Box:
    """A box to tick with what it says."""

    def draw(sheet: Sheet, top: float) -> None:
        sheet.tick_box(0, top - 13, 8, ticked=ticked)
        sheet.text(text, 13, top - 13, LABEL)

    return Box(18, draw)


def signatures(names: Sequence[str], *, stamp: str = "") -> Box:
    """A line to sign on over each name; with ``stamp``, the place of the office's stamp under the last."""
    width = (WIDTH - 20 * (len(names) - 1)) / max(len(names), 3)
    pitch = (WIDTH - width) / (len(names) - 1) if len(names) > 1 else 0
    height = 152.0 if stamp else 66.0

    def draw(sheet: Sheet, top: float) -> None:
        for number, name in enumerate(names):
            start = pitch * number
            sheet.rule(start, start + width, top - 42, width=LINE, grey=INK)
            sheet.text(name, start + width / 2, top - 55, LABEL, align=Align.CENTRE, grey=SOFT)
        if stamp:
            sheet.stamp(WIDTH - width / 2, top - 108, 39, stamp)

    return Box(height, draw)
