"""A paper that is cut from its page: a receipt, once for the office and once for the family."""

from collections.abc import Sequence
from typing import NamedTuple

from sanad.domain.text import Text
from sanad.forms.definition import Form, Section, Slip
from sanad.paper.blocks import figure_frame, prose
from sanad.paper.facts import Facts
from sanad.paper.form_page import Filling, Imprint, facts_of, mark_of, new_sheet, unknown_note
from sanad.paper.ink import LEAST, Ink, unknown_letters
from sanad.paper.layout import LABEL, VALUE, Box, Placed, pages_of, paragraph, space
from sanad.paper.letterhead import society
from sanad.paper.order import isolated
from sanad.paper.sections import fields_of, shown
from sanad.paper.sheet import (
    DASHES,
    DOTS,
    FAINT,
    INK,
    LINE,
    MARGIN_BOTTOM,
    SOFT,
    TOP,
    WIDTH,
    Align,
    Sheet,
)

_GAP = 22.0
_HEIGHT = (TOP - MARGIN_BOTTOM - _GAP) / 2
_PAD = 15.0
_WIDTH = WIDTH - 2 * _PAD
_SAID = 119.0
"""From the upper edge of a slip to its sentences, under the head and the amount."""
_SIGNED = 262.0
"""From the upper edge to the lines to sign on, unless a long name pushes them down."""
_LOWEST = 252.0
"""From the upper edge: where sentences and fields end at the lowest, so that a thumb and a stamp still have room."""
_NOTE = 20.0
"""From the lower edge of a slip to the line that says which copy it is, over the one that says when it was printed."""
_NOTE_PITCH = 1.3
"""Of its lines, where it needs more than one."""
_REASON = (10.0, 9.0, 8.0, 7.0, LEAST)
"""Sizes of the type that tells why a slip is void."""
_QR = 46.0
_TITLE, _NAMES = 14.5, (11.0, 9.5, 8.0, 7.0)
"""Sizes of the title, and of the society's name: smaller where it is long."""
_NUMBER = 110.0
"""The most that the number takes, in points; a longer one is set smaller."""
_LOGO = 40.0
"""The side of the square that the picture stands in."""


class _Type(NamedTuple):
    """Size and pitch of the sentences, then of the fields."""

    size: float
    pitch: float
    value: float
    line: float


_TYPES = (_Type(11.0, 23.5, VALUE, 28.0), _Type(10.0, 18.5, VALUE, 17.0), _Type(9.0, 15.0, 8.0, 11.5))
"""Smaller where an amount or a name is very long."""


class SlipPress:
    """A PDF to which slips are added, a page for each with ``copies`` of it, at most as many as the form names.

    ``unknown`` are the letters in them that no face has, in the order in which they came.
    """

    def __init__(self, ink: Ink, form: Form, slip: Slip, imprint: Imprint, *, copies: int = 2) -> None:
        self._form = form
        self._slip = slip
        self._imprint = imprint
        self._copies = slip.copies[:copies]
        self._sheet = new_sheet(ink, imprint)
        self._empty = True
        self.unknown: dict[str, None] = {}

    def add(self, filling: Filling) -> None:
        """One slip in its copies. Its words are put together before anything of it is drawn."""
        sheet, words = self._sheet, self._imprint.words
        copy = _Copy(sheet, self._form, self._slip, filling, self._imprint)
        self.unknown |= dict.fromkeys(copy.unknown)
        if self._empty:
            sheet.entitle(" · ".join(filter(None, [self._form.title.in_(words.language), copy.number])))
            self._empty = False
        for number, whose in enumerate(self._copies):
            copy.draw(TOP - number * (_HEIGHT + _GAP), whose)
        if len(self._copies) > 1:
            sheet.rule(0, WIDTH, TOP - _HEIGHT - _GAP / 2, dash=DASHES, grey=FAINT)
        sheet.turn()

    def finished(self) -> bytes:
        """The whole file."""
        return self._sheet.finished()


class _Copy:
    """One of the copies."""

    def __init__(self, sheet: Sheet, form: Form, slip: Slip, filling: Filling, imprint: Imprint) -> None:
        self.sheet = sheet
        self.form = form
        self.slip = slip
        self.imprint = imprint
        self.words = imprint.words
        self.facts = facts = facts_of(filling, imprint)
        sections = [section for page in form.pages for section in page.sections if shown(section, facts)]
        self.number = facts.typed(str(facts.fact(form.number) or "")) if facts.case else ""
        self._mark = mark_of(form, facts)
        self._frame = figure_frame(sheet.ink, facts, size=13.5)
        self._body = _fitted(sheet.ink, sections, facts)
        self._signing = [name for section in sections for name in section.signatures]
        self._stamp = any(section.stamp for section in sections)
        self._foot = self._said_below(filling.journal)
        self._void = facts.typed(facts.void)
        self.unknown = unknown_letters([*facts.said, filling.note])
        self._note = _noted(sheet.ink, " · ".join(filter(None, [filling.note, unknown_note(self.unknown, self.words)])))

    def draw(self, top: float, whose: Text) -> None:
        """``top`` is the upper edge; ``whose`` copy it is."""
        sheet = self.sheet
        sheet.frame(0, WIDTH, top, top - _HEIGHT)
        with sheet.inset(_PAD):
            self._head(top, whose)
            self._frame.draw(sheet, 0, top - 89)
            if self.number:
                sheet.qr(self.number, _WIDTH - _QR, top - 66, _QR)
            for box, at in self._body:
                box.draw(sheet, top + at)
            sheet.text(self._foot, _WIDTH / 2, top - _HEIGHT + 8, 6.5, align=Align.CENTRE, grey=SOFT)
            size, lines = self._note
            noted = top - _HEIGHT + _NOTE + (len(lines) - 1) * size * _NOTE_PITCH
            for number, line in enumerate(lines):
                baseline = noted - number * size * _NOTE_PITCH
                sheet.text(line, _WIDTH / 2, baseline, size, align=Align.CENTRE, grey=SOFT)
            last, at = self._body[-1]
            if self._void:
                self._reason(top + at - last.height - 8, noted + 10)
            else:
                self._signatures(top + min(-_SIGNED, at - last.height - 30), noted + 8)
        if self._mark:
            word = self.words.text(f"paper.{self._mark.value}")
            sheet.across(word, WIDTH / 2, top - _HEIGHT / 2, 72, self._mark.grey)

    def _head(self, top: float, whose: Text) -> None:
        sheet, words = self.sheet, self.words
        language = words.language
        title = self.form.title.in_(language)
        self._society(top, (_WIDTH - sheet.ink.width(title, _TITLE, bold=True)) / 2 - 12)
        sheet.text(title, _WIDTH / 2, top - 27, _TITLE, bold=True, align=Align.CENTRE)
        sheet.text(whose.in_(language), _WIDTH / 2, top - 46, 8, align=Align.CENTRE, grey=SOFT)
        label = self.slip.number.in_(language)
        if self.number:
            number = isolated(self.number)
            size = sheet.ink.size_of(number, _NUMBER, 12)
            width = sheet.text(number, _WIDTH, top - 25, size, bold=True, align=Align.END)
        else:
            width = 90.0
            sheet.rule(_WIDTH - width, _WIDTH, top - 27, width=LINE, dash=DOTS)
        sheet.text(label, _WIDTH - width - 4, top - 25, 9.5, align=Align.END)
        day = self.facts.case.paper.date if self.facts.case else None
        if day:
            both = " · ".join(filter(None, [words.date(day), words.hijri(day)]))
            sheet.text(isolated(both), _WIDTH, top - 43, 9.5, align=Align.END, grey=SOFT)
        else:
            sheet.rule(_WIDTH - 110, _WIDTH, top - 45, width=LINE, dash=DOTS)
        sheet.rule(0, _WIDTH, top - 57, width=LINE, grey=INK)

    def _society(self, top: float, end: float) -> None:
        """Whose slip it is, as far as the title leaves room: the picture, the name in up to three lines."""
        sheet, language = self.sheet, self.words.language
        office, logo = self.imprint.office, self.imprint.logo
        if office is None:
            width = sheet.text(self.words.text("paper.society"), 0, top - 24, LABEL, grey=SOFT)
            sheet.rule(width + 6, 155, top - 27, width=LINE, dash=DOTS)
            return
        start = 0.0
        if logo is not None:
            width = min(_LOGO, _LOGO * logo.ratio)
            sheet.picture(logo.picture, 0, top - 11 - (_LOGO - width / logo.ratio) / 2, width, width / logo.ratio)
            start = width + 8
        below = society(sheet, office.name(language), start, end - start, top - 24, _NAMES)
        sheet.text(self.slip.under.in_(language), start, min(top - 40, below), 8, grey=SOFT)

    def _reason(self, top: float, bottom: float) -> None:
        """By whom, when and why it is void, where it would be signed: in the largest type that holds all of it."""
        ink = self.sheet.ink
        tried = [paragraph(ink, self._void, size=size, bold=True, width=_WIDTH) for size in _REASON]
        fitting = (boxes for boxes in tried if sum(box.height for box in boxes) <= top - bottom)
        for box in next(fitting, tried[-1]):
            box.draw(self.sheet, top)
            top -= box.height

    def _signatures(self, y: float, bottom: float) -> None:
        """Lines to sign on, a frame for the thumb of the first, the place of the stamp at the end."""
        width, gap = 112.0, 20.0
        for number, name in enumerate(self._signing):
            start = number * (width + gap)
            self.sheet.rule(start, start + width, y, width=LINE, grey=INK)
            label = name.in_(self.words.language)
            self.sheet.text(label, start + width / 2, y - 13, LABEL, align=Align.CENTRE, grey=SOFT)
        thumb = max(y - 84, bottom)
        self.sheet.frame(0, 48, y - 22, thumb, grey=FAINT)
        label = self.slip.thumb.in_(self.words.language)
        self.sheet.text(label, 24, thumb + 4, 7, align=Align.CENTRE, grey=FAINT)
        if self._stamp:
            self.sheet.stamp(_WIDTH - 42, max(y - 40, bottom + 39), 39, self.words.text("paper.stamp"))

    def _said_below(self, journal: str) -> str:
        """When and by which program it was printed, and by which entry of the journal it can be checked."""
        printed = self.words.text("paper.printed", date=self.words.both_dates(self.imprint.on))
        said = [printed, self.imprint.program]
        if journal:
            said.append(self.words.text("paper.journal", head=isolated(journal[:16])))
        return " · ".join(said)


def _noted(ink: Ink, note: str) -> tuple[float, tuple[str, ...]]:
    """The size and lines of what stands over the foot: smaller before it takes a second line, never cut."""
    size = 7.5 if ink.width(note, 7.5) <= _WIDTH else LEAST
    return size, ink.wrapped(note, _WIDTH, size)


def _fitted(ink: Ink, sections: Sequence[Section], facts: Facts) -> list[Placed]:
    """Sentences and fields in the largest type in which they leave room to sign; the smallest always does.

    Places are told from the upper edge of a slip, since all its copies are set alike.
    """
    placed: list[Placed] = []
    for kind in _TYPES:
        boxes: list[Box] = []
        for section in sections:
            boxes += prose(ink, section.paragraphs, facts, kind.size, kind.pitch, width=_WIDTH, gap=0.0)
        boxes.append(space(7))
        for section in sections:
            boxes += fields_of(ink, section, facts, kind.line, width=_WIDTH, size=kind.value)
        (placed,) = pages_of(boxes, -_SAID, -_SAID, -_HEIGHT * 2)
        last, at = placed[-1]
        if at - last.height >= -_LOWEST:
            break
    return placed
