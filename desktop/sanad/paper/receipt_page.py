"""The beneficiary's receipt: two copies on a page, one for the office and one for the family."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sanad.domain.assessment import Text
from sanad.domain.money import Money
from sanad.domain.spelling import cleaned
from sanad.paper.form_page import Imprint
from sanad.paper.ink import Ink, named_letters, unknown_letters
from sanad.paper.layout import LABEL, VALUE
from sanad.paper.order import isolated
from sanad.paper.sentence import Part, draw_sentence, parts, sentence
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
    Mark,
    Sheet,
)

_GAP = 22.0
_HEIGHT = (TOP - MARGIN_BOTTOM - _GAP) / 2
_PAD = 15.0
_END = WIDTH - _PAD
_TYPES = ((11.0, 23.5, VALUE, 15.0), (10.0, 18.5, VALUE, 15.0), (9.0, 15.5, 8.0, 11.5))
"""Size and pitch of the sentences, then of the name; smaller where an amount or a name is very long."""
_QR = 46.0
_CIVIL = _END - 150


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says; whatever is empty prints as a line to write on, and without a number it is a draft.

    ``decision`` is how the minutes number it, ``months`` are ``YYYY-MM``, ``method`` is a slug. ``journal`` is the head
    of the office's journal when it was printed, by which the paper can be held against the record.
    """

    number: str = ""
    day: date | None = None
    amount: Money | None = None
    purpose: Text | None = None
    months: tuple[str, ...] = ()
    file_number: str = ""
    decision: str = ""
    voucher: str = ""
    method: str = ""
    payee: str = ""
    civil_id: str = ""
    cancelled: bool = False
    journal: str = ""


class ReceiptBook:
    """A PDF to which receipts are added, a page for each: two copies, or the office's alone."""

    def __init__(self, ink: Ink, imprint: Imprint, *, copies: int = 2) -> None:
        self._imprint = imprint
        self._copies = copies
        office, words = imprint.office, imprint.words
        author = office.name(words.language) if office else imprint.program
        self._sheet = Sheet(ink, language=words.language, author=author, program=imprint.program)
        self._empty = True

    def add(self, receipt: Receipt) -> None:
        """One receipt. Its words are put together before anything of it is drawn."""
        sheet, imprint, words = self._sheet, self._imprint, self._imprint.words
        copy = _Copy(sheet, receipt, imprint)
        if self._empty:
            sheet.entitle(" · ".join(filter(None, [words.text("paper.receipt.title"), receipt.number])))
            self._empty = False
        for number, whose in enumerate(("office", "family")[: self._copies]):
            copy.draw(TOP - number * (_HEIGHT + _GAP), words.text(f"paper.receipt.copy.{whose}"))
        if self._copies > 1:
            sheet.rule(0, WIDTH, TOP - _HEIGHT - _GAP / 2, dash=DASHES, grey=FAINT)
        sheet.turn()

    def finished(self) -> bytes:
        """The whole file."""
        return self._sheet.finished()


class _Body(NamedTuple):
    """The sentences and the name as they are set: lines, type sizes, pitches, and the heights they reach."""

    lines: list[list[Part]]
    size: float
    pitch: float
    names: tuple[str, ...]
    name_size: float
    name_pitch: float
    name_at: float
    end: float


class _Copy:
    """One of the two copies."""

    def __init__(self, sheet: Sheet, receipt: Receipt, imprint: Imprint) -> None:
        self.sheet = sheet
        self.receipt = receipt
        self.office = imprint.office
        self.currency = imprint.currency
        self.words = imprint.words
        printed = self.words.text("paper.printed", date=self.words.both_dates(imprint.on))
        self._printed = f"{printed} · {imprint.program}"
        self._unknown = unknown_letters([receipt.payee, receipt.civil_id, receipt.decision])
        self._body = self._fitted()

    def draw(self, top: float, copy: str) -> None:
        mark = Mark.CANCELLED if self.receipt.cancelled else None if self.receipt.number else Mark.DRAFT
        if mark:
            self.sheet.across(self.words.text(f"paper.{mark.value}"), WIDTH / 2, top - _HEIGHT / 2, 72, mark.grey)
        self.sheet.frame(0, WIDTH, top, top - _HEIGHT)
        self._head(top, copy)
        self._amount(top - 68)
        body = self._body._replace(name_at=top + self._body.name_at, end=top + self._body.end)
        for number, line in enumerate(body.lines):
            draw_sentence(self.sheet, line, _PAD, top - 137 - number * body.pitch, body.size)
        self._who(body)
        self._signatures(min(top - 262, body.end - 34), top - _HEIGHT + 18)
        self._foot(top - _HEIGHT + 8, self._printed)

    def _fitted(self) -> _Body:
        """Sentences and name in the largest type in which they leave room to sign; the smallest always does.

        Heights are told from the upper edge of a copy, since both copies are set alike.
        """
        said, bodies = self._said(), []
        for size, pitch, name_size, name_pitch in _TYPES:
            lines = [line for parts in said for line in sentence(self.sheet.ink, parts, _END - _PAD, size)]
            names = self._names(name_size)
            name_at = min(-213.0, -137 - len(lines) * pitch - 4)
            end = name_at - (len(names) - 1) * name_pitch
            bodies.append(_Body(lines, size, pitch, names, name_size, name_pitch, name_at, end))
            if end >= -228:
                break
        return bodies[-1]

    def _head(self, top: float, copy: str) -> None:
        sheet, words = self.sheet, self.words
        if self.office:
            own = words.language
            sheet.text(self.office.name(own), _PAD, top - 24, 11, bold=True)
            sheet.text(words.text("paper.treasury"), _PAD, top - 40, 8, grey=SOFT)
        else:
            sheet.text(words.text("paper.society"), _PAD, top - 24, LABEL, grey=SOFT)
            sheet.rule(_PAD + 52, _PAD + 170, top - 27, width=LINE, dash=DOTS)
        sheet.text(words.text("paper.receipt.title"), WIDTH / 2, top - 27, 14.5, bold=True, align=Align.CENTRE)
        sheet.text(copy, WIDTH / 2, top - 46, 8, align=Align.CENTRE, grey=SOFT)
        self._number(top - 25)
        day = self.receipt.day
        if day:
            hijri = words.hijri(day)
            said = isolated(f"{words.date(day)} · {hijri}" if hijri else words.date(day))
            sheet.text(said, _END, top - 43, 9.5, align=Align.END, grey=SOFT)
        else:
            sheet.rule(_END - 110, _END, top - 45, width=LINE, dash=DOTS)
        sheet.rule(_PAD, _END, top - 57, width=LINE, grey=INK)

    def _number(self, baseline: float) -> None:
        label = self.words.text("paper.receipt.number")
        if self.receipt.number:
            number = isolated(self.words.digits_shown(self.receipt.number))
            width = self.sheet.text(number, _END, baseline, 12, bold=True, align=Align.END)
        else:
            width = 90.0
            self.sheet.rule(_END - width, _END, baseline - 2, width=LINE, dash=DOTS)
        self.sheet.text(label, _END - width - 4, baseline, 9.5, align=Align.END)

    def _amount(self, top: float) -> None:
        """The amount in a frame of its own, and the code of the number."""
        height, symbol = 32.0, self.words.symbol(self.currency)
        figure = self.words.money(self.receipt.amount, self.currency) if self.receipt.amount is not None else ""
        figures = self.sheet.ink.width(figure, 13.5, bold=True) if figure else 70.0
        width = figures + self.sheet.ink.width(symbol, 12) + 5 + 2 * 17
        self.sheet.frame(_PAD, _PAD + width, top - 5, top - 5 - height)
        baseline = top - 5 - height / 2 - 4.5
        at = _PAD + 17
        if not self.words.right_to_left:
            at += self.sheet.text(symbol, at, baseline, 12) + 5
        self.sheet.text(isolated(figure), at, baseline, 13.5, bold=True)
        if self.words.right_to_left:
            self.sheet.text(symbol, at + figures + 5, baseline, 12)
        if self.receipt.number:
            self.sheet.qr(self.receipt.number, _END - _QR, top + 2, _QR)

    def _said(self) -> tuple[list[Part], ...]:
        """The three sentences: how much, what for, on whose word."""
        receipt, words = self.receipt, self.words
        amount = words.amount(receipt.amount, self.currency) if receipt.amount is not None else ""
        months = tuple(words.month(month) for month in receipt.months)
        purpose = receipt.purpose.in_(words.language) if receipt.purpose else ""
        method = words.choice("method", receipt.method) if receipt.method else ""
        return (
            self._parts("paper.receipt.amount", {"amount": amount}, 330),
            self._parts(
                "paper.receipt.purpose",
                {
                    "purpose": purpose,
                    "months": words.text("list.comma").join(months),
                    "file": isolated(self._typed(receipt.file_number)),
                },
                95,
            ),
            self._parts(
                "paper.receipt.basis",
                {
                    "decision": isolated(self._typed(receipt.decision)),
                    "voucher": isolated(self._typed(receipt.voucher)),
                    "method": method,
                },
                80,
            ),
        )

    def _parts(self, key: str, values: dict[str, str], blank: float) -> list[Part]:
        """A sentence of the catalogue in stretches: its values heavier, an empty one as a line to write on."""
        marked = {name: f"{{{name}}}" for name in values}

        def value(name: str) -> Part:
            return Part(values[name], bold=True) if values[name] else Part("", blank=blank)

        return parts(self.words.text(key, **marked), value)

    def _names(self, size: float) -> tuple[str, ...]:
        room = _CIVIL - 12 - self._name_start() - 6
        return self.sheet.ink.wrapped(self._typed(self.receipt.payee), room, size)

    def _name_start(self) -> float:
        return _PAD + self.sheet.ink.width(self.words.text("paper.receipt.payee"), LABEL) + 7

    def _who(self, body: _Body) -> None:
        """Who took the money, by name and civil id."""
        sheet, start, baseline = self.sheet, self._name_start(), body.name_at
        sheet.text(self.words.text("paper.receipt.payee"), _PAD, baseline, LABEL, grey=SOFT)
        for number, line in enumerate(body.names):
            sheet.text(line, start + 4, baseline - number * body.name_pitch, body.name_size)
        sheet.rule(start, _CIVIL - 12, body.end - 5.5, width=LINE, dash=DOTS)
        label = self.words.text("paper.receipt.civil_id")
        width = sheet.text(label, _CIVIL, baseline, LABEL, grey=SOFT)
        civil = isolated(self._typed(self.receipt.civil_id))
        sheet.text(civil, _END - 3, baseline, VALUE, align=Align.END)
        sheet.rule(_CIVIL + width + 7, _END, baseline - 5.5, width=LINE, dash=DOTS)

    def _signatures(self, y: float, bottom: float) -> None:
        """Lines to sign on, a frame for a thumb, the place of the stamp at the end."""
        width, gap = 112.0, 20.0
        for number, name in enumerate(("recipient", "treasurer", "secretary")):
            start = _PAD + number * (width + gap)
            self.sheet.rule(start, start + width, y, width=LINE, grey=INK)
            label = self.words.text(f"paper.receipt.{name}")
            self.sheet.text(label, start + width / 2, y - 13, LABEL, align=Align.CENTRE, grey=SOFT)
        thumb = max(y - 84, bottom)
        self.sheet.frame(_PAD, _PAD + 48, y - 22, thumb, grey=FAINT)
        label = self.words.text("paper.receipt.thumb")
        self.sheet.text(label, _PAD + 24, thumb + 4, 7, align=Align.CENTRE, grey=FAINT)
        self.sheet.stamp(_END - 42, y - 40, 39, self.words.text("paper.stamp"))

    def _foot(self, baseline: float, printed: str) -> None:
        said = [printed]
        if self.receipt.journal:
            said.append(self.words.text("paper.journal", head=isolated(self.receipt.journal[:16])))
        self.sheet.text(" · ".join(said), WIDTH / 2, baseline, 6.5, align=Align.CENTRE, grey=SOFT)
        if self._unknown:
            note = self.words.text("paper.unknown_letters", letters=isolated(named_letters(self._unknown)))
            self.sheet.text(note, WIDTH / 2, baseline + 9, 6.5, align=Align.CENTRE, grey=SOFT)

    def _typed(self, text: str) -> str:
        return self.words.digits_shown(cleaned(text))
