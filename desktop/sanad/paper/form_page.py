"""A form on paper, blank or filled: the pages of its definition, each beginning on a sheet of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from typing import NamedTuple

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.money import Currency, Money
from sanad.domain.office import Office
from sanad.forms.definition import Form, Layout, Page
from sanad.paper import letterhead
from sanad.paper.blocks import voided
from sanad.paper.facts import Facts, Guide
from sanad.paper.ink import Ink, named_letters, unknown_letters
from sanad.paper.layout import DENSITIES, Box, Density, Placed, pages_of
from sanad.paper.letterhead import Heading
from sanad.paper.logo import Logo
from sanad.paper.order import isolated
from sanad.paper.sections import Setting, fillers, further_boxes, section_boxes, shown
from sanad.paper.sheet import TOP, WIDTH, Mark, Sheet
from sanad.words.catalogue import Words

_MOST_GAP, _MOST_SIGNING = 13.0, 64.0
"""Points that a letter with room to spare leaves free over each of its sections, and over where it is signed."""
_SLACK = 1.0
"""Points that stay free where parts fill a page: sums of lengths are never exact."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all papers of a printing share: whose they are, in which words, on which day."""

    office: Office | None
    currency: Currency
    words: Words
    on: date
    program: str
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """What one paper is filled from. A ``case`` of None is the blank; ``cases`` are those that a list is made of.

    ``void`` tells by whom, when and why it was declared void, if it was; ``overruled`` is what the rules gave, where
    another amount was decided. ``journal`` is the head of the office's journal when it was printed; ``note`` stands at
    the foot of every page.
    """

    case: Case | None
    guide: Guide
    assessment: Assessment | None = None
    cases: tuple[Case, ...] = ()
    masked: bool = False
    void: str = ""
    overruled: Money | None = None
    journal: str = ""
    note: str = ""


class _Drawn(NamedTuple):
    """A finished sheet: the title in its head, and its boxes."""

    title: str
    boxes: list[Placed]


class Press:
    """A PDF to which papers of one form are added, one after the other.

    ``unknown`` are the letters in them that no face has, in the order in which they came.
    """

    def __init__(self, ink: Ink, form: Form, imprint: Imprint) -> None:
        self._ink = ink
        self._form = form
        self._imprint = imprint
        self._sheet = new_sheet(ink, imprint)
        self._empty = True
        self.unknown: dict[str, None] = {}

    def add(self, filling: Filling) -> None:
        """One paper, laid out before anything of it is drawn. What is not known prints as a line to write on."""
        imprint, words = self._imprint, self._imprint.words
        facts = facts_of(filling, imprint)
        sheets = list(_sheets(self._ink, self._form, facts))
        heading = _heading(self._form, facts, imprint)
        unknown = unknown_letters([*facts.said, filling.note])
        self.unknown |= dict.fromkeys(unknown)
        note = " · ".join(filter(None, [filling.note, unknown_note(unknown, words)]))
        mark = mark_of(self._form, facts)
        if self._empty:
            self._sheet.entitle(heading.foot)
            self._empty = False
        for number, drawn in enumerate(sheets, start=1):
            if number == 1:
                letterhead.first_head(self._sheet, heading, words)
            else:
                letterhead.later_head(self._sheet, heading, drawn.title, words)
            for box, top in drawn.boxes:
                box.draw(self._sheet, top)
            letterhead.foot(self._sheet, heading, number, len(sheets), words, note)
            if mark:
                self._sheet.across(words.text(f"paper.{mark.value}"), WIDTH / 2, TOP / 2, 96, mark.grey)
            self._sheet.turn()

    def finished(self) -> bytes:
        """The whole file."""
        return self._sheet.finished()


def new_sheet(ink: Ink, imprint: Imprint) -> Sheet:
    """A PDF of the office, nothing drawn on it yet."""
    office, words = imprint.office, imprint.words
    author = office.name(words.language) if office else imprint.program
    return Sheet(ink, language=words.language, author=author, program=imprint.program)


def facts_of(filling: Filling, imprint: Imprint) -> Facts:
    """What a paper tells, in the words of its reader."""
    return Facts(
        filling.case,
        filling.assessment,
        filling.guide,
        imprint.words,
        imprint.currency,
        cases=filling.cases,
        void=filling.void,
        overruled=filling.overruled,
        masked=filling.masked,
    )


def mark_of(form: Form, facts: Facts) -> Mark | None:
    """What the paper is not: void, or not numbered yet."""
    if facts.void:
        return Mark.CANCELLED
    draft = facts.case is not None and form.number and not facts.fact(form.number)
    return Mark.DRAFT if draft else None


def _heading(form: Form, facts: Facts, imprint: Imprint) -> Heading:
    words, case = facts.words, facts.case
    title = form.title.in_(words.language)
    about = []
    if form.layout is Layout.LETTER:
        about.append(words.text("paper.dated", date=words.both_dates(imprint.on)))
    if case is None or form.many:
        guide = facts.guide.title.in_(words.language)
        said = " · ".join([guide, *about])
        return Heading(imprint.office, title, "", said, title, imprint.on, imprint.program, logo=imprint.logo)
    file_number = facts.typed(case.household.file_number)
    number = facts.typed(str(facts.fact(form.number) or "")) if form.number else ""
    if number:
        about.append(words.text("paper.number", number=isolated(number)))
    if file_number:
        about.append(words.text("paper.file", number=isolated(file_number)))
    if case.request_date and form.layout is Layout.FORM and not form.number:
        about.append(words.text("paper.request_date", date=words.both_dates(case.request_date)))
    foot = words.text("paper.of_family", title=title, number=isolated(file_number)) if file_number else title
    code = number or case.household.file_number
    return Heading(imprint.office, title, code, " · ".join(about), foot, imprint.on, imprint.program, logo=imprint.logo)


def _sheets(ink: Ink, form: Form, facts: Facts) -> Iterator[_Drawn]:
    number = 0
    for index, page in enumerate(form.pages):
        top = letterhead.FIRST_TOP if index == 0 else letterhead.LATER_TOP
        named = (form, page) if len(form.pages) > 1 else (form,)  # the one page of a paper is named like the paper
        title = " · ".join(filter(None, (each.title.in_(facts.words.language) for each in named)))
        yield from (_Drawn(title, each) for each in _fitted(ink, form, page, facts, number, top))
        number += sum(shown(section, facts) and bool(section.title.ar) for section in page.sections)


def _fitted(ink: Ink, form: Form, page: Page, facts: Facts, number: int, top: float) -> list[list[Placed]]:
    """A page of the form, with the most room for hands that still takes the fewest sheets."""

    def at(density: Density) -> list[list[Placed]]:
        boxes, further = _page(ink, form, page, facts, number, Setting(density))
        first = _on_sheets(boxes, top)
        if len(first) == 1:
            first = [_filled(ink, form, page, facts, number, top, Setting(density), first[0])]
        elif further:  # the first rows that are left go on where the page ends
            first = _on_sheets([*boxes, *further.pop(0)], top)
        return [*first, *(sheet for rest in further for sheet in _on_sheets(rest, letterhead.LATER_TOP))]

    widest = at(DENSITIES[0])
    if len(widest) == 1:
        return widest
    closest = at(DENSITIES[-1])
    if len(widest) == len(closest):
        return widest
    between = (at(density) for density in DENSITIES[1:-1])
    return next((sheets for sheets in between if len(sheets) == len(closest)), closest)


def _filled(
    ink: Ink, form: Form, page: Page, facts: Facts, number: int, top: float, setting: Setting, sheet: list[Placed]
) -> list[Placed]:
    """The sheet, its parts that fill grown into the room it has left."""
    sections = [section for section in page.sections if shown(section, facts)]
    parts = sum(fillers(section) for section in sections)
    last, at = sheet[-1]
    left = at - last.height - letterhead.CONTENT_BOTTOM - _SLACK
    gap = signing = 0.0
    if form.layout is Layout.LETTER:
        gap = min(left / len(sections) / 2, _MOST_GAP)
        left -= gap * len(sections)
        signing = min(left / 2, _MOST_SIGNING)
        left -= signing
    if left < 0 or not (parts or gap):
        return sheet
    fuller = Setting(setting.density, left / max(parts, 1), gap, signing)
    boxes, _ = _page(ink, form, page, facts, number, fuller)
    grown = _on_sheets(boxes, top)
    return grown[0] if len(grown) == 1 else sheet


def _on_sheets(boxes: list[Box], top: float) -> list[list[Placed]]:
    return pages_of(boxes, top, letterhead.LATER_TOP, letterhead.CONTENT_BOTTOM)


def _page(
    ink: Ink, form: Form, page: Page, facts: Facts, number: int, setting: Setting
) -> tuple[list[Box], list[list[Box]]]:
    """The boxes of a page of the form, and those of further pages for the rows that its tables have no room for.

    Tables that run over share a further page.
    """
    boxes = voided(ink, facts) if page is form.pages[0] else []
    further: list[Iterator[list[Box]]] = []
    for section in page.sections:
        if not shown(section, facts):
            continue
        title = section.title.in_(facts.words.language)
        if title:
            number += 1
            title = f"{facts.words.number(number)} · {title}"
        boxes += section_boxes(ink, form, section, title, facts, setting)
        if section.table:
            further.append(further_boxes(ink, section.table, facts, title, setting.density))
    return boxes, [list(chain(*parts)) for parts in zip_longest(*further, fillvalue=())]


def unknown_note(letters: Sequence[str], words: Words) -> str:
    """The line that names the letters no face has, each by its number in Unicode; nothing where there are none."""
    return words.text("paper.unknown_letters", letters=isolated(named_letters(letters))) if letters else ""
