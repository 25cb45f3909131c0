"""The boxes of fields: a label and its line, boxes to tick, lines for notes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sanad.paper.ink import Ink
from sanad.paper.layout import LABEL, LEADING, VALUE, Box, space
from sanad.paper.order import isolated
from sanad.paper.sheet import DOTS, LINE, SOFT, WIDTH, Align, Sheet

COLUMN_GAP = 16.0
_CLOSE = 15.0
"""Lines set closer than this have a rule under the last of them alone."""
NARROWEST = 64.0
"""A line to write on is never shorter; a longer label goes above it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands on its line. ``figures`` run left to right, and so towards the left end of the line.

    ``choices`` are boxes to tick instead of a line, each with whether it is ticked.
    """

    label: str
    value: str = ""
    figures: bool = False
    span: int = 1
    choices: tuple[tuple[str, bool], ...] = ()


def field_rows(
    ink: Ink, entries: Iterable[Entry], columns: int, pitch: float, *, width: float = WIDTH, size: float = VALUE
) -> list[Box]:
    """Entries in rows of ``columns``, each as wide as its span; ``pitch`` from one line to the next.

    ``width`` is that of a whole row, ``size`` that of what is filled in.
    """
    rows: list[list[Entry]] = [[]]
    for entry in entries:
        if sum(each.span for each in rows[-1]) + entry.span > columns:
            rows.append([])
        rows[-1].append(entry)
    column = (width - COLUMN_GAP * (columns - 1)) / columns
    boxes = []
    for row in rows:
        at, cells = 0.0, []
        for entry in row:
            takes = column * entry.span + COLUMN_GAP * (entry.span - 1)
            cells.append((at, _Cell(ink, entry, takes, pitch, size)))
            at += takes + COLUMN_GAP
        if any(cell.above for _, cell in cells):  # one label over its line, and all of the row
            cells = [(at, _Cell(ink, cell.entry, cell.width, pitch, size, above=True)) for at, cell in cells]
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

    def __init__(self, ink: Ink, entry: Entry, width: float, pitch: float, size: float, *, above: bool = False) -> None:
        self.entry = entry
        self.width = width
        self.pitch = pitch
        self.labels = ink.wrapped(entry.label, width, LABEL)
        label = ink.width(entry.label, LABEL)
        room = sum(ink.width(text, LABEL) + 19 for text, _ in entry.choices) or NARROWEST
        self.above = above or width - label - 6 < room
        self.indent = 0.0 if self.above else label + 6
        text = isolated(entry.value) if entry.figures else entry.value
        self.size = ink.size_of(text, width - self.indent - 8, size) if entry.figures else size
        self.lines = ink.wrapped(text, width - self.indent - 8, self.size)
        if entry.figures and len(self.lines) > 1:
            self.lines = tuple(isolated(line) for line in ink.wrapped(entry.value, width - self.indent - 8, size))
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
        for number, line in enumerate(self.lines, start=1):
            if self.entry.figures and sheet.ink.right_to_left:
                sheet.text(line, end - 3, baseline, self.size, align=Align.END)
            else:
                sheet.text(line, start + 5, baseline, self.size)
            if number == len(self.lines) or self.pitch > _CLOSE:
                sheet.rule(start, end, baseline - 5.2, width=LINE, dash=DOTS)
            baseline -= self.pitch


def notes(ink: Ink, label: str, text: str, least: int, pitch: float, further: int = 0) -> list[Box]:
    """A label with lines to write on under it, a box a line so that a long text may run on.

    At least ``least`` lines, and ``further`` empty ones that the page has left.
    """
    lines = [*ink.wrapped(text, WIDTH - 10, VALUE)] if text else []
    back = ink.runs_back(lines)
    lines += [""] * (least - len(lines) + further if least > len(lines) else further)

    def heading(sheet: Sheet, top: float) -> None:
        sheet.text(label, 0, top - 12.5, LABEL, grey=SOFT)

    return [Box(15, heading, with_next=True), *(ruled(line, pitch, back=back) for line in lines), space(4)]


def ruled(line: str, pitch: float, *, back: bool = False) -> Box:
    """A line of notes, written (from the far edge ``back``, where the notes run against the paper) or to write on."""

    def draw(sheet: Sheet, top: float) -> None:
        at, align = (WIDTH - 5, Align.END) if back else (5, Align.START)
        sheet.text(line, at, top - pitch + 7.5, VALUE, align=align)
        sheet.rule(0, WIDTH, top - pitch + 2.3, width=LINE, dash=DOTS)

    return Box(pitch, draw)
