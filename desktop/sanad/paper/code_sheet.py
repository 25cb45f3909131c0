"""The recovery code of the office's accounts on paper, to be kept in a sealed envelope outside the office."""

from collections.abc import Iterator

from sanad.paper.form_page import Imprint
from sanad.paper.ink import Ink
from sanad.paper.layout import Box, bar, paragraph, space
from sanad.paper.plain_page import print_plain
from sanad.paper.ruling import Column, Ruling
from sanad.paper.sheet import PAPER_GREY, WIDTH, Sheet

_SIZE, _HIGH = 20.0, 44.0
_ROW, _ROWS = 22.0, 3
_STEPS = ("open", "ask", "type")
_HOLDERS = (("copy", 0.5), ("who", 2.0), ("where", 2.2), ("date", 1.0), ("sign", 1.3))
"""The columns of who keeps it, each with its share of the width."""


def print_code_sheet(ink: Ink, imprint: Imprint, code: str) -> bytes:
    """The sheet as a PDF of one page; ``code`` stands on it as it is to be typed."""
    return print_plain(ink, imprint, imprint.words.text("paper.code.title"), _boxes(ink, imprint, code))


def _boxes(ink: Ink, imprint: Imprint, code: str) -> Iterator[Box]:
    words = imprint.words

    def said(key: str) -> str:
        return words.digits_shown(words.text(f"paper.code.{key}"))

    yield from paragraph(ink, said("what"), bold=True)
    yield space(4)
    yield from paragraph(ink, said("keep"))
    yield space(10)
    yield _code(code)
    yield space(4)
    yield from paragraph(ink, said("letters"), size=9)
    yield space(10)
    yield bar(said("how"))
    yield space(4)
    for number, step in enumerate(_STEPS, start=1):
        yield from paragraph(ink, f"{words.number(number)}. {said(f'how.{step}')}")
    yield space(10)
    yield bar(words.text("paper.recovery.holders"))
    columns = [Column(words.text(f"paper.recovery.holders.{name}"), share) for name, share in _HOLDERS]
    ruling = Ruling(ink, columns, row_height=_ROW)
    yield ruling.head
    for _ in range(_ROWS):
        yield from ruling.rows([""] * len(columns))


def _code(code: str) -> Box:
    """The code left to right in the middle, whatever the paper's direction."""

    def draw(sheet: Sheet, top: float) -> None:
        sheet.block(0, WIDTH, top, top - _HIGH, PAPER_GREY)
        wide = sheet.code_width(code, _SIZE, bold=True)
        sheet.code(code, (WIDTH - wide) / 2, top - _HIGH / 2 - _SIZE / 3, _SIZE, bold=True)

    return Box(_HIGH, draw)
