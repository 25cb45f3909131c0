"""The blocks of papers that no typed field fills: amounts in a frame, checklists, reasons, sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sanad.domain.assessment import Assessment, Finding
from sanad.domain.case import Document
from sanad.forms.definition import Block, Paragraph
from sanad.paper.computation import computation, in_language, place
from sanad.paper.facts import Facts
from sanad.paper.fields import ruled
from sanad.paper.ink import Ink
from sanad.paper.layout import Box, Density, paragraph, space, ticked_line
from sanad.paper.order import isolated
from sanad.paper.ruling import LATIN, Column, Ruling
from sanad.paper.sentence import Part, draw_sentence, parts, sentence
from sanad.paper.sheet import SOFT, WIDTH, Align, Sheet
from sanad.paper.told import Told

FORM, FORM_PITCH = 10.0, 17.5
"""Size of sentences and distance of their lines in points, on a form."""
_LETTER_LEADING = 1.82
_AMOUNT, _SYMBOL = 15.0, 12.0
_FRAME_PAD = 16.0
_IN_WORDS, _IN_WORDS_SMALL, _WORDS_LEADING = 12.0, 10.0, 1.625
_MOST_WORDS_LINES = 2
"""Of an amount in words; one that would take more is set smaller."""
_SPARE_ROWS = 2
_REASON_LINES = 3


def block(ink: Ink, kind: Block, facts: Facts, density: Density) -> list[Box]:
    """The boxes of a block."""
    match kind:
        case Block.COMPUTATION:
            return computation(ink, facts, density.row)
        case Block.AMOUNT:
            return _amount(ink, facts)
        case Block.CHECKLIST:
            return _checklist(ink, facts, density.row)
        case Block.ATTACHMENTS:
            return _attachments(ink, facts)
        case Block.REASONS:
            return _reasons(ink, facts, density)


def voided(ink: Ink, facts: Facts) -> list[Box]:
    """By whom, when and why the paper was declared void, to the last word; nothing on one that stands."""
    return [*paragraph(ink, facts.typed(facts.void), size=10, bold=True), space(6)] if facts.void else []


def letter_type(ink: Ink, density: Density) -> tuple[float, float]:
    """Size of a letter's sentences and distance of their lines in points."""
    size = density.letter * (1.0 if ink.right_to_left else LATIN)
    return size, size * _LETTER_LEADING


def prose(
    ink: Ink,
    paragraphs: Iterable[Paragraph],
    facts: Facts,
    size: float,
    pitch: float,
    *,
    width: float = WIDTH,
    gap: float = 0.3,
) -> list[Box]:
    """Sentences with the facts of the case in them, a box a line; ``gap`` lines are left free after each."""
    told = Told(facts)
    boxes: list[Box] = []
    for each in paragraphs:
        if not facts.holds(each):
            continue
        stretches = parts(facts.words.digits_shown(each.text.in_(facts.words.language)), told.part)
        boxes += [_said(line, size, pitch) for line in sentence(ink, stretches, width, size)]
        if gap:
            boxes.append(space(pitch * gap))
    return boxes


def _said(line: list[Part], size: float, pitch: float) -> Box:
    def draw(sheet: Sheet, top: float) -> None:
        draw_sentence(sheet, line, 0, top - pitch * 0.7, size)

    return Box(pitch, draw)


@dataclass(frozen=True, slots=True)
class FigureFrame:
    """The amount of a paper in figures, with its currency, in a frame; room to write it where it is not known."""

    figure: str
    symbol: str
    size: float
    room: float
    width: float

    def draw(self, sheet: Sheet, at: float, middle: float) -> None:
        """``at`` is the start edge of the frame, ``middle`` the height of its middle."""
        sheet.frame(at, at + self.width, middle + 17, middle - 17)
        at, baseline = at + _FRAME_PAD, middle - self.size / 3
        if not sheet.ink.right_to_left:
            at += sheet.text(self.symbol, at, baseline, _SYMBOL) + 5
        sheet.text(isolated(self.figure), at, baseline, self.size, bold=True)
        if sheet.ink.right_to_left:
            sheet.text(self.symbol, at + self.room + 5, baseline, _SYMBOL)


def figure_frame(ink: Ink, facts: Facts, size: float) -> FigureFrame:
    """The frame for the amount of the case, its figures set in ``size``."""
    amount = facts.case.paper.amount if facts.case else None
    figure = facts.words.money(amount, facts.currency) if amount is not None else ""
    symbol = facts.words.symbol(facts.currency)
    room = ink.width(figure, size, bold=True) if figure else 80.0
    return FigureFrame(figure, symbol, size, room, room + ink.width(symbol, _SYMBOL) + 5 + 2 * _FRAME_PAD)


def _amount(ink: Ink, facts: Facts) -> list[Box]:
    """The figure in a frame, and beside it the words that nobody can add to."""
    frame = figure_frame(ink, facts, _AMOUNT)
    said, width = Told(facts).of("amount_words"), frame.width
    lines = ink.wrapped(said, WIDTH - width - 16, _IN_WORDS, bold=True)
    size = _IN_WORDS if len(lines) <= _MOST_WORDS_LINES else _IN_WORDS_SMALL
    lines, pitch = ink.wrapped(said, WIDTH - width - 16, size, bold=True), size * _WORDS_LEADING
    height = max(38.0, len(lines) * pitch + 6)

    def draw(sheet: Sheet, top: float) -> None:
        middle = top - height / 2
        frame.draw(sheet, 0, middle)
        first = middle + (len(lines) - 1) * pitch / 2 - 4
        for number, line in enumerate(lines):
            sheet.text(line, width + 16, first - number * pitch, size, bold=True)
        if not said:
            sheet.rule(width + 16, WIDTH, middle - 6)

    return [Box(height + 8, draw)]


def _checklist(ink: Ink, facts: Facts, row_height: float) -> list[Box]:
    """The documents of the aid, each with what the file says of it; empty cells are filled by hand."""
    words = facts.words
    columns = (
        Column(words.text("paper.order"), 0.3, align=Align.CENTRE, sample="00"),
        Column(words.text("paper.document"), 3.2),
        Column(words.text("paper.document_state"), 0.8, align=Align.CENTRE),
        Column(words.text("paper.document_notes"), 1.6),
    )
    ruling = Ruling(ink, columns, row_height=row_height)
    brought = {document.kind: document for document in (facts.case.documents if facts.case else ())}
    kinds = dict.fromkeys((*facts.guide.checklist, *brought))
    boxes = [ruling.head]
    for number, kind in enumerate([*kinds, *[""] * _SPARE_ROWS], start=1):
        document = brought.get(kind)
        state = words.choice("document_state", document.state) if document else ""
        noted = _noted(facts, document) if document else ""
        boxes += ruling.rows([words.number(number), facts.document(kind), state, noted])
    return boxes


def _noted(facts: Facts, document: Document) -> str:
    expires = facts.words.date(document.expires) if document.expires else ""
    typed = [facts.typed(text) for text in (document.waived_by, document.reason) if text]
    return " · ".join(part for part in (isolated(expires), *typed) if part)


def _attachments(ink: Ink, facts: Facts) -> list[Box]:
    """To whom the guide has the aid made out, and the papers to tick off before it is paid."""
    boxes: list[Box] = []
    if facts.guide.payee:
        rule = facts.words.text("paper.made_out_to", payee=facts.guide.payee.in_(facts.words.language))
        boxes += paragraph(ink, rule, size=9.5, grey=SOFT)
    return [*boxes, *(ticked_line(facts.document(kind), ticked=False) for kind in facts.guide.attachments)]


def _reasons(ink: Ink, facts: Facts, density: Density) -> list[Box]:
    """What the board wrote, then what was not met and where the guide asks for it; lines to write on without either."""
    told = Told(facts).part("paper.reason").text if facts.case else ""
    reasons = [told] if told else []
    if facts.assessment:
        reasons += _unmet(facts.assessment, facts)
    if not reasons:
        return [ruled("", density.line) for _ in range(_REASON_LINES)]
    size, _pitch = letter_type(ink, density)
    return [box for line in reasons for box in paragraph(ink, line, size=size - 0.5, listed=True)]


def _unmet(assessment: Assessment, facts: Facts) -> Iterator[str]:
    """Each condition with the word that it was not met: alone, it would read as if it had been."""
    for check in assessment.checks:
        if check.result is Finding.NOT_MET:
            found = facts.words.choice("finding", check.result)
            yield f"{in_language(facts, check.label)}: {found} ({place(facts, check.clause)})"
