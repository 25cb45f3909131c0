"""Ruled tables: columns as wide as their share and what must fit, rows that run on to the next page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from sanad.paper.ink import Ink
from sanad.paper.layout import LEADING, Box
from sanad.paper.order import isolated
from sanad.paper.sheet import DOTS, LINE, PAPER_GREY, WIDTH, Align, Sheet

CELL, HEAD = 9.0, 8.5
"""Sizes of type in points."""
LATIN = 0.9
"""Tables of a paper in English are set smaller by this: its words are longer, and its letters look larger."""
PADDING = 4.5
_AIR = 3.0
"""Points that stay free above and below the text of the fullest cell."""
TALL = 78.0
"""From this height on the cells of a row are read from its top, as notes are; lower ones stand in its middle."""
_A_NOTE = 5
"""Lines from which on a cell is read as a note, and begins where its language does; a name keeps to its column."""
MOST_LINES = 24
"""Lines of one table row; a longer text goes on in a further row, so that it can run on to the next page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and how its cells stand; ``sample`` always fits on one line.

    ``longest`` is the longest word of its cells, which is not broken as long as other columns have room to give.
    Cells of a ``pitch`` are ruled to write on, a line every so many points.
    """

    heading: str
    share: float
    align: Align = Align.START
    figures: bool = False
    sample: str = ""
    longest: str = ""
    pitch: float = 0.0


class _Cell(NamedTuple):
    """What stands in a cell, line by line, and its size of type."""

    lines: tuple[str, ...]
    size: float


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
        widths = [max(need, width - (width - need) * taken) for need, width in zip(least, widths, strict=True)]
        return self._for_words(widths, least)

    def _for_words(self, widths: list[float], least: list[float]) -> list[float]:
        """The widths, those too narrow for a word made wider by what others have beyond theirs, as far as it goes."""
        words = [self.ink.width(column.longest, self.cell_size) + 2 * PADDING + 1 for column in self.columns]
        wanted = [max(0.0, word - width) for word, width in zip(words, widths, strict=True)]
        given = [max(0.0, width - max(word, need)) for word, width, need in zip(words, widths, least, strict=True)]
        if not sum(wanted) or not sum(given):
            return widths
        moved = min(sum(wanted), sum(given))
        gets, gives = moved / sum(wanted), moved / sum(given)
        return [width + want * gets - give * gives for width, want, give in zip(widths, wanted, given, strict=True)]

    def _least(self, column: Column) -> float:
        words = [self.ink.width(word, self.head_size, bold=True) + 6 for word in column.heading.split()]
        return max(self.ink.width(column.sample, self.cell_size) + 2 * PADDING + 1, *words)

    def rows(self, cells: Sequence[str], *, bold: bool = False) -> list[Box]:
        """One row, in as many boxes as its longest cell needs."""
        wrapped = [self._wrapped(cell, column, bold) for column, cell in enumerate(cells)]
        tallest = max(len(cell.lines) for cell in wrapped)
        return [
            self._row([_Cell(cell.lines[first : first + MOST_LINES], cell.size) for cell in wrapped], bold)
            for first in range(0, tallest, MOST_LINES)
        ]

    def _wrapped(self, text: str, column: int, bold: bool) -> _Cell:
        width = self.edges[column + 1] - self.edges[column] - 2 * PADDING
        if not self.columns[column].figures:
            return _Cell(self.ink.wrapped(text, width, self.cell_size, bold=bold), self.cell_size)
        size = self.ink.size_of(isolated(text), width, self.cell_size, bold=bold)
        lines = self.ink.wrapped(text, width, size, bold=bold)
        return _Cell((isolated(text),) if len(lines) < 2 else tuple(isolated(line) for line in lines), size)

    def _row(self, lines: list[_Cell], bold: bool) -> Box:
        needed = (self._height(cell, column) for cell, column in zip(lines, self.columns, strict=True))
        height = max(self.row_height, *needed)

        def draw(sheet: Sheet, top: float) -> None:
            sheet.grid(self.edges, top, top - height)
            self._cells(sheet, lines, top, height, bold)

        return Box(height, draw, head=self.head)

    def _height(self, cell: _Cell, column: Column) -> float:
        return len(cell.lines) * (column.pitch or self.cell_size * LEADING) + 2 * _AIR

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

    def _cells(self, sheet: Sheet, cells: list[_Cell], top: float, height: float, bold: bool) -> None:
        for cell, column, start, end in zip(cells, self.columns, self.edges, self.edges[1:], strict=False):
            if cell.lines == ("",) and not column.pitch:
                continue
            place = {
                Align.START: start + PADDING,
                Align.CENTRE: (start + end) / 2,
                Align.END: end - PADDING,
            }[column.align]
            lines, size = cell
            if column.pitch:
                _written(sheet, lines, column.pitch, start, end, top, height, size)
                continue
            pitch = size * LEADING
            middle = top - height / 2 if height < TALL else top - _AIR - len(lines) * pitch / 2
            baseline = middle + (len(lines) - 1) * pitch / 2 - size * 0.3
            align = column.align
            if len(lines) >= _A_NOTE and sheet.ink.runs_back(lines):
                place, align = end - PADDING, Align.END
            for number, line in enumerate(lines):
                sheet.text(line, place, baseline - number * pitch, size, bold=bold, align=align)


def _written(
    sheet: Sheet, lines: Sequence[str], pitch: float, start: float, end: float, top: float, height: float, size: float
) -> None:
    """A cell with lines to write on, its text on the first of them."""
    back = sheet.ink.runs_back(lines)
    at, align = (end - PADDING, Align.END) if back else (start + PADDING, Align.START)
    for number in range(1, int((height - 2) / pitch) + 1):
        y = top - number * pitch
        if number <= len(lines):
            sheet.text(lines[number - 1], at, y + 4.5, size, align=align)
        sheet.rule(start + PADDING, end - PADDING, y, width=LINE, dash=DOTS)
