"""The sections of a form as boxes: sentences, fields, tables, blocks, and where people sign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sanad.domain.money import Money
from sanad.forms.binding import CASES
from sanad.forms.definition import Field, Form, Kind, Layout, On, Section, Table
from sanad.paper import blocks
from sanad.paper.facts import Facts
from sanad.paper.fields import Entry, field_rows, notes
from sanad.paper.ink import Ink
from sanad.paper.layout import VALUE, Box, Density, bar, paragraph, signatures, space, ticked_line
from sanad.paper.ruling import CELL, Column, Ruling
from sanad.paper.sheet import WIDTH, Align

FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.DATE, Kind.PHONE, Kind.CODE})
"""Kinds whose values run left to right in any language."""
_CENTRED = frozenset({Kind.COUNT, Kind.YES_NO})
_SIGNED_ROW = 23.0
"""Points; in a lower row of a list nobody can sign."""
_MOST_ROOM = 9.0
"""Points by which a row that fills may grow, unless it is written in over several lines."""
_LETTER_VALUE = 11.5
"""Size of type of what is filled in between the sentences of a letter."""
_LONGEST_KEPT = 16
"""Letters of a word that other columns make room for."""
_MONEY_SAMPLE = Money(8_888_888)
_SAMPLES = {
    Kind.NAME: "0" * 16,
    Kind.COUNT: "00",
    Kind.DATE: "00/00/0000",
    Kind.PHONE: "0000 0000",
    Kind.CODE: "000000000",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set: how close, how many points each of its parts that fill may take beyond its least.

    ``gap`` more are left over each section of a letter, and ``signing`` beside over where it is signed.
    """

    density: Density
    spare: float = 0.0
    gap: float = 0.0
    signing: float = 0.0


def shown(section: Section, facts: Facts) -> bool:
    """Whether a section stands on this paper."""
    return section.on is not On.SCREEN and facts.holds(section)


def fillers(section: Section) -> int:
    """How many parts of a section take what room its page has left."""
    return sum(field.fill for field in section.fields) + bool(section.table and section.table.fill)


def section_boxes(ink: Ink, form: Form, section: Section, title: str, facts: Facts, setting: Setting) -> list[Box]:
    """The boxes of a section, its heading first."""
    density, language, letter = setting.density, facts.words.language, form.layout is Layout.LETTER
    boxes = [space(density.section / 2 + setting.gap if letter else density.section)]
    if title:
        boxes += [bar(title), space(6 if section.table or section.block else 3)]
    if section.note:
        boxes += [space(4), *paragraph(ink, section.note.in_(language), size=10)]
    if section.paragraphs:
        size, pitch = blocks.letter_type(ink, density) if letter else (blocks.FORM, blocks.FORM_PITCH)
        told = blocks.prose(ink, section.paragraphs, facts, size, pitch)
        boxes += [space(4), *told] if told else []
    size = _LETTER_VALUE if letter else VALUE
    boxes += fields_of(ink, section, facts, setting.density.line, setting.spare, size=size)
    if section.table:
        boxes += _table(ink, section.table, facts, setting)
    if section.block:
        boxes += blocks.block(ink, section.block, facts, density)
    if section.signatures:
        boxes.append(space(setting.signing))
        stamp = facts.words.text("paper.stamp") if section.stamp else ""
        boxes.append(signatures([name.in_(language) for name in section.signatures], stamp=stamp))
    return boxes


def further_boxes(ink: Ink, table: Table, facts: Facts, title: str, density: Density) -> Iterator[list[Box]]:
    """The rows for which a table has no room, as many to a further page as on its own; a list of cases runs on."""
    columns, rows = _columns(table), facts.rows(table) or ()
    if table.bind == CASES:
        return
    mark = facts.words.text("paper.continued", title="").strip()
    continued = title if title.endswith(mark) else facts.words.text("paper.continued", title=title)
    for first in range(table.rows_on_paper, len(rows), table.rows_on_paper):
        these = rows[first : first + table.rows_on_paper]
        cells = _cells(columns, facts, these, first + 1, len(these))
        ruling = _ruling(ink, columns, facts, cells, density.row, density.line)
        heading = [space(density.section), bar(continued), space(6), ruling.head]
        yield [*heading, *(box for row in cells for box in ruling.rows(row))]


def fields_of(
    ink: Ink,
    section: Section,
    facts: Facts,
    pitch: float,
    spare: float = 0.0,
    *,
    width: float = WIDTH,
    size: float = VALUE,
) -> list[Box]:
    """The fields of a section in rows of ``width``, their lines ``pitch`` apart; notes that fill take ``spare``."""
    boxes: list[Box] = []
    entries: list[Entry] = []
    for field in section.fields:
        if field.on is On.SCREEN or not facts.holds(field):
            continue
        if field.kind is Kind.NOTES:
            boxes += field_rows(ink, entries, section.columns, pitch, width=width, size=size)
            entries = []
            further = int(spare // pitch) if field.fill else 0
            boxes += notes(ink, _label(field, facts), facts.of(field), field.lines, pitch, further)
        else:
            entries.append(_entry(field, facts))
    return [*boxes, *field_rows(ink, entries, section.columns, pitch, width=width, size=size)]


def _entry(field: Field, facts: Facts) -> Entry:
    value = facts.of(field)
    label = _label(field, facts)
    answers = [option.in_(facts.words.language) for option in field.options]
    if field.kind is Kind.YES_NO:
        answers = [facts.words.choice("yes_no", "yes"), facts.words.choice("yes_no", "no")]
    if answers:
        return Entry(label, span=field.span, choices=tuple((each, each == value) for each in answers))
    return Entry(label, value, figures=field.kind in FIGURES, span=field.span)


def _label(field: Field, facts: Facts) -> str:
    label = field.label.in_(facts.words.language)
    if field.kind is not Kind.MONEY:
        return label
    return facts.words.text("paper.with_symbol", label=label, symbol=facts.words.symbol(facts.currency))


def _table(ink: Ink, table: Table, facts: Facts, setting: Setting) -> list[Box]:
    """The heading and the ruled rows of a page, filled or not; what does not fit goes on to further pages."""
    density, columns = setting.density, _columns(table)
    rows = facts.rows(table)
    lines = max((column.lines for column in columns), default=1)
    listed = table.bind == CASES
    height = max(density.row, (lines - 1) * density.line, _SIGNED_ROW if listed else 0.0)
    if table.fill:
        most = _MOST_ROOM if lines < 2 else setting.spare
        height += min(setting.spare / table.rows_on_paper, most)
    cells = _cells(columns, facts, (rows or ())[: None if listed else table.rows_on_paper], 1, table.rows_on_paper)
    total = [_total(columns, facts)] if listed and rows else []
    ruling = _ruling(ink, columns, facts, [*cells, *total], height, density.line)
    boxes = [ruling.head, *(box for row in cells for box in ruling.rows(row))]
    boxes += [box for row in total for box in ruling.rows(row, bold=True)]
    if table.none:
        boxes += [space(3), ticked_line(table.none.in_(facts.words.language), ticked=rows == ())]
    return boxes


def _total(columns: Sequence[Field], facts: Facts) -> list[str]:
    """The last row of a list of cases: what all of them are given together, as far as it is known."""
    told = []
    for column in columns:
        if column.kind is Kind.NAME:
            told.append(facts.words.text("paper.total"))
        elif column.kind is Kind.MONEY:
            amounts = (replace(facts, case=case).fact(column.bind) for case in facts.cases)
            total = sum(amount.minor for amount in amounts if isinstance(amount, Money))
            told.append(facts.words.money(Money(total), facts.currency) if total else "")
        else:
            told.append("")
    return told


def _cells(columns: Sequence[Field], facts: Facts, rows: Sequence[object], first: int, least: int) -> list[list[str]]:
    """What stands in each cell, row by row: at least so many rows, numbered on from ``first``."""
    cells = [[facts.cell(column, row, order) for column in columns] for order, row in enumerate(rows, start=first)]
    for order in range(first + len(rows), first + least):
        cells.append([facts.words.number(order) if column.bind == "order" else "" for column in columns])
    return cells


def _columns(table: Table) -> list[Field]:
    return [column for column in table.columns if column.on is not On.SCREEN]


def _ruling(
    ink: Ink, columns: Sequence[Field], facts: Facts, cells: list[list[str]], row_height: float, pitch: float
) -> Ruling:
    right = Align.START if facts.words.right_to_left else Align.END
    drawn = []
    for at, column in enumerate(columns):
        align = Align.CENTRE if column.kind in _CENTRED else right if column.kind is Kind.MONEY else Align.START
        ruled = pitch if column.kind is Kind.NOTES else 0.0
        drawn.append(
            Column(
                _label(column, facts),
                column.width,
                align,
                figures=column.kind in FIGURES,
                sample=_sample(ink, column, facts, [row[at] for row in cells]),
                longest="" if column.kind in FIGURES else _longest(ink, (row[at] for row in cells)),
                pitch=ruled,
            )
        )
    return Ruling(ink, drawn, row_height=row_height)


def _longest(ink: Ink, texts: Iterable[str]) -> str:
    """The longest word of some texts, no longer than a column can be asked to hold."""
    words = {word[:_LONGEST_KEPT] for text in texts for word in text.split()}
    return max(words, key=lambda word: (ink.width(word, CELL), word), default="")


def _sample(ink: Ink, column: Field, facts: Facts, cells: Sequence[str]) -> str:
    """What must fit on one line of the column: its longest figure, or the longer answer."""
    if column.kind is Kind.MONEY:
        usual = facts.words.money(_MONEY_SAMPLE, facts.currency)
        return max([usual, *cells], key=lambda figure: ink.width(figure, CELL, bold=True))
    if column.kind is Kind.YES_NO:
        answers = [facts.words.choice("yes_no", answer) for answer in ("yes", "no")]
        return max(answers, key=lambda word: ink.width(word, CELL))
    return facts.words.digits_shown(_SAMPLES.get(column.kind, ""))
