"""A form on paper, blank or filled: the pages of its definition, each beginning on a sheet of its own."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.money import Currency, Money
from sanad.domain.office import Office
from sanad.forms.definition import Block, Field, Form, Kind, On, Page, Section, Table
from sanad.paper import letterhead
from sanad.paper.computation import computation
from sanad.paper.facts import Facts, Guide
from sanad.paper.fields import Entry, field_rows, notes
from sanad.paper.ink import Ink, named_letters, unknown_letters
from sanad.paper.layout import (
    DENSITIES,
    Box,
    Density,
    Placed,
    bar,
    pages_of,
    paragraph,
    signatures,
    space,
    ticked_line,
)
from sanad.paper.letterhead import Heading
from sanad.paper.order import isolated
from sanad.paper.ruling import CELL, Column, Ruling
from sanad.paper.sheet import Align, Sheet
from sanad.words.catalogue import Words

FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.DATE, Kind.PHONE, Kind.CODE})
"""Kinds whose values run left to right in any language."""
_CENTRED = frozenset({Kind.COUNT, Kind.YES_NO})
_MONEY_SAMPLE = Money(8_888_888)
_SAMPLES = {
    Kind.NAME: "0" * 16,
    Kind.COUNT: "00",
    Kind.DATE: "00/00/0000",
    Kind.PHONE: "0000 0000",
    Kind.CODE: "000000000",
}


class _Drawn(NamedTuple):
    """A finished sheet: the title in its head, and its boxes."""

    title: str
    boxes: list[Placed]


def print_form(
    ink: Ink,
    form: Form,
    case: Case | None,
    *,
    office: Office | None,
    guide: Guide,
    currency: Currency,
    words: Words,
    on: date,
    program: str,
    assessment: Assessment | None = None,
) -> bytes:
    """The whole paper as a PDF; ``case`` of None is the blank. What is not known prints as a line to write on."""
    facts = Facts(case, assessment, guide, words, currency)
    sheets = list(_sheets(ink, form, facts))
    heading = _heading(form, facts, office, on, program)
    sheet = Sheet(
        ink,
        language=words.language,
        title=heading.foot,
        author=office.name(words.language) if office else program,
        program=program,
    )
    note = _unknown(facts)
    for number, drawn in enumerate(sheets, start=1):
        if number == 1:
            letterhead.first_head(sheet, heading, words)
        else:
            letterhead.later_head(sheet, heading, drawn.title, words)
        for box, top in drawn.boxes:
            box.draw(sheet, top)
        letterhead.foot(sheet, heading, number, len(sheets), words, note)
        sheet.turn()
    return sheet.finished()


def _heading(form: Form, facts: Facts, office: Office | None, on: date, program: str) -> Heading:
    words, case = facts.words, facts.case
    title = form.title.in_(words.language)
    if case is None:
        guide = facts.guide.title.in_(words.language)
        return Heading(office, title, "", guide, title, on, program)
    number = facts.typed(case.household.file_number)
    about = []
    if number:
        about.append(words.text("paper.file", number=isolated(number)))
    if case.request_date:
        about.append(words.text("paper.request_date", date=words.both_dates(case.request_date)))
    foot = words.text("paper.of_family", title=title, number=isolated(number)) if number else title
    code = case.household.file_number
    return Heading(office, title, code, " · ".join(about), foot, on, program)


def _sheets(ink: Ink, form: Form, facts: Facts) -> Iterator[_Drawn]:
    number = 0
    for index, page in enumerate(form.pages):
        top = letterhead.FIRST_TOP if index == 0 else letterhead.LATER_TOP
        title = " · ".join(each.title.in_(facts.words.language) for each in (form, page))
        yield from (_Drawn(title, each) for each in _fitted(ink, form, page, facts, number, top))
        number += sum(section.on is not On.SCREEN for section in page.sections)


def _fitted(ink: Ink, form: Form, page: Page, facts: Facts, number: int, top: float) -> list[list[Placed]]:
    """A page of the form on one sheet if it can be set close enough; else on more, the most room given to none."""
    placed: list[list[Placed]] = []
    for density in DENSITIES:
        boxes, further = _page(ink, form, page, facts, number, density)
        first = pages_of(boxes, top, letterhead.LATER_TOP, letterhead.CONTENT_BOTTOM)
        rests = [
            pages_of(rest, letterhead.LATER_TOP, letterhead.LATER_TOP, letterhead.CONTENT_BOTTOM) for rest in further
        ]
        placed = [*first, *(sheet for rest in rests for sheet in rest)]
        if len(first) == 1:
            break
    return placed


def _page(
    ink: Ink, form: Form, page: Page, facts: Facts, number: int, density: Density
) -> tuple[list[Box], list[list[Box]]]:
    """The boxes of a page of the form, and those of further pages for the rows that its tables have no room for."""
    boxes: list[Box] = []
    further: list[list[Box]] = []
    for section in page.sections:
        if section.on is On.SCREEN:
            continue
        number += 1
        title = f"{facts.words.number(number)} · {section.title.in_(facts.words.language)}"
        boxes += [space(density.section), bar(title), *_section(ink, form, section, facts, density)]
        if section.table:
            further += _further(ink, section.table, facts, title, density)
    return boxes, further


def _section(ink: Ink, form: Form, section: Section, facts: Facts, density: Density) -> list[Box]:
    boxes = [space(6)] if section.table or section.block else [space(3)]
    language = facts.words.language
    if section.note:
        boxes += [space(4), *paragraph(ink, section.note.in_(language), size=10)]
    boxes += _fields(ink, section, facts, density.line)
    if section.table:
        boxes += _table(ink, section.table, facts, density)
    if section.block is Block.COMPUTATION:
        boxes += computation(ink, facts, form, density.row)
    if section.signatures:
        stamp = facts.words.text("paper.stamp") if section.stamp else ""
        boxes.append(signatures([name.in_(language) for name in section.signatures], stamp=stamp))
    return boxes


def _fields(ink: Ink, section: Section, facts: Facts, pitch: float) -> list[Box]:
    boxes: list[Box] = []
    entries: list[Entry] = []
    for field in section.fields:
        if field.on is On.SCREEN:
            continue
        if field.kind is Kind.NOTES:
            boxes += field_rows(ink, entries, section.columns, pitch)
            entries = []
            boxes += notes(ink, _label(field, facts), facts.of(field), field.lines, pitch)
        else:
            entries.append(_entry(field, facts))
    return [*boxes, *field_rows(ink, entries, section.columns, pitch)]


def _entry(field: Field, facts: Facts) -> Entry:
    value = facts.of(field)
    label = _label(field, facts)
    if field.kind is Kind.YES_NO:
        answers = (facts.words.choice("yes_no", "yes"), facts.words.choice("yes_no", "no"))
        return Entry(label, span=field.span, choices=tuple((each, each == value) for each in answers))
    return Entry(label, value, figures=field.kind in FIGURES, span=field.span)


def _label(field: Field, facts: Facts) -> str:
    label = field.label.in_(facts.words.language)
    if field.kind is not Kind.MONEY:
        return label
    return facts.words.text("paper.with_symbol", label=label, symbol=facts.words.symbol(facts.currency))


def _table(ink: Ink, table: Table, facts: Facts, density: Density) -> list[Box]:
    """The heading and the ruled rows of a page, filled or not; what does not fit goes on to further pages."""
    columns = _columns(table)
    rows = facts.rows(table)
    lines = max((column.lines for column in columns), default=1)
    ruling = _ruling(ink, columns, facts, max(density.row, (lines - 1) * density.line))
    boxes = [ruling.head, *_rows(ruling, columns, facts, (rows or ())[: table.rows_on_paper], 1, table.rows_on_paper)]
    if table.none:
        boxes += [space(3), ticked_line(table.none.in_(facts.words.language), ticked=rows == ())]
    return boxes


def _further(ink: Ink, table: Table, facts: Facts, title: str, density: Density) -> Iterator[list[Box]]:
    columns, rows = _columns(table), facts.rows(table) or ()
    for first in range(table.rows_on_paper, len(rows), table.rows_on_paper):
        ruling = _ruling(ink, columns, facts, density.row)
        continued = facts.words.text("paper.continued", title=title)
        these = rows[first : first + table.rows_on_paper]
        filled = _rows(ruling, columns, facts, these, first + 1, len(these))
        yield [bar(continued), space(6), ruling.head, *filled]


def _rows(
    ruling: Ruling, columns: Sequence[Field], facts: Facts, rows: Sequence[object], first: int, least: int
) -> Iterator[Box]:
    for order, row in enumerate(rows, start=first):
        yield from ruling.rows([facts.cell(column, row, order) for column in columns])
    for order in range(first + len(rows), first + least):
        yield from ruling.rows([facts.words.number(order) if column.bind == "order" else "" for column in columns])


def _columns(table: Table) -> list[Field]:
    return [column for column in table.columns if column.on is not On.SCREEN]


def _ruling(ink: Ink, columns: Sequence[Field], facts: Facts, row_height: float) -> Ruling:
    right = Align.START if facts.words.right_to_left else Align.END
    drawn = []
    for column in columns:
        align = Align.CENTRE if column.kind in _CENTRED else right if column.kind is Kind.MONEY else Align.START
        sample = _sample(ink, column, facts)
        figures = column.kind in FIGURES
        drawn.append(Column(_label(column, facts), column.width, align, figures=figures, sample=sample))
    return Ruling(ink, drawn, row_height=row_height)


def _sample(ink: Ink, column: Field, facts: Facts) -> str:
    """What must fit on one line of the column: its longest figure, or the longest word of its choices."""
    if column.kind is Kind.MONEY:
        return facts.words.money(_MONEY_SAMPLE, facts.currency)
    labels = (facts.words.choice(column.vocabulary, choice) for choice in column.choices)
    if column.kind is Kind.YES_NO:
        labels = (facts.words.choice("yes_no", answer) for answer in ("yes", "no"))
    words = [word for label in labels for word in label.split()]
    return max(
        words, key=lambda word: ink.width(word, CELL), default=facts.words.digits_shown(_SAMPLES.get(column.kind, ""))
    )


def _unknown(facts: Facts) -> str:
    """The line that names the letters no face has, each by its number in Unicode."""
    letters = unknown_letters(facts.said)
    if not letters:
        return ""
    return facts.words.text("paper.unknown_letters", letters=isolated(named_letters(letters)))
