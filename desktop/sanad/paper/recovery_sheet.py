"""The recovery sheet: the key that opens every backup, on a paper that is kept in a sealed envelope outside the office.

The key stands in groups of four to be read and typed, and as a square code to be scanned. What else the sheet says is
for whoever takes it out of its envelope years later, on a computer where nothing of the office is left.
"""

from collections.abc import Iterator

from sanad.paper.form_page import Imprint
from sanad.paper.ink import Ink
from sanad.paper.layout import Box, bar, paragraph, space
from sanad.paper.plain_page import print_plain
from sanad.paper.ruling import Column, Ruling
from sanad.paper.sheet import FAINT, PAPER_GREY, SOFT, WIDTH, Sheet

GROUP, GROUPS = 4, 5
"""Letters of a group, and groups of a line."""

_COMMANDS = (
    "age -d -i key.txt -o backup.tar sanad-YYYY-MM-DD-NNN.age",
    "tar -xf backup.tar",
    'sqlite3 sanad.sqlite3 "PRAGMA integrity_check"',
)
"""What opens a backup with the stock tools, in any language."""
_STEPS = ("choose", "type", "without")
_HOLDERS, _CHECKS = 3, 3
_ROW = 20.5
_KEY, _LINE = 15.0, 25.5
_PITCH = 58.0
_QR = 116.0


def print_recovery_sheet(ink: Ink, imprint: Imprint, letters: str, public: str) -> bytes:
    """The sheet as a PDF of one page. ``letters`` are the key's, ``public`` its other half, by which it is told."""
    return print_plain(ink, imprint, imprint.words.text("paper.recovery.title"), _boxes(ink, imprint, letters, public))


def grouped(letters: str) -> list[list[str]]:
    """The key's letters as they are printed: its opening words on a line, the rest in groups."""
    opening, _, rest = letters.partition("1")
    groups = [rest[start : start + GROUP] for start in range(0, len(rest), GROUP)]
    return [[f"{opening}1"], *(groups[start : start + GROUPS] for start in range(0, len(groups), GROUPS))]


def _boxes(ink: Ink, imprint: Imprint, letters: str, public: str) -> Iterator[Box]:
    words = imprint.words

    def said(key: str) -> str:
        return words.digits_shown(words.text(f"paper.recovery.{key}"))

    yield from paragraph(ink, said("what"), bold=True)
    yield space(3)
    yield from paragraph(ink, said("keep"))
    yield space(6)
    yield bar(said("key"))
    yield space(8)
    yield _key(grouped(letters), letters)
    yield space(4)
    yield from paragraph(ink, said("letters"), size=8.5, grey=SOFT)
    yield _public(said("public"), public)
    yield space(6)
    yield bar(said("open"))
    yield space(4)
    for number, step in enumerate(_STEPS, start=1):
        yield from paragraph(ink, f"{words.number(number)}. {said(f'open.{step}')}", size=9)
    yield _commands()
    for title, columns, rows in (("holders", _HOLDER, _HOLDERS), ("checks", _CHECK, _CHECKS)):
        yield space(6)
        yield bar(said(title))
        ruling = Ruling(ink, [Column(said(f"{title}.{name}"), share) for name, share in columns], row_height=_ROW)
        yield ruling.head
        for _ in range(rows):
            yield from ruling.rows([""] * len(columns))


_HOLDER = (("copy", 0.5), ("who", 2.0), ("where", 2.2), ("date", 1.0), ("sign", 1.3))
_CHECK = (("date", 1.0), ("who", 2.0), ("read", 2.7), ("sign", 1.3))
"""The columns of both tables, each with its share of the width."""


def _key(lines: list[list[str]], letters: str) -> Box:
    """The groups left to right on any paper, with the square code at the end of the lines."""

    def draw(sheet: Sheet, top: float) -> None:
        for row, groups in enumerate(lines):
            baseline = top - _LINE * (row + 1) + 8
            for place, group in enumerate(groups):
                wide = _PITCH * (GROUPS if len(lines[row]) == 1 else 1)
                start = place * _PITCH
                at = GROUPS * _PITCH - start - wide if sheet.ink.right_to_left else start
                sheet.block(at, at + wide - 6, baseline + 14.5, baseline - 6, PAPER_GREY)
                centre = (wide - 6 - sheet.code_width(group, _KEY, bold=True)) / 2
                sheet.code(group, at + centre, baseline, _KEY, bold=True)
        sheet.qr(letters, WIDTH - _QR, top + 2, _QR)

    return Box(max(_LINE * len(lines), _QR - 2), draw)


def _public(label: str, public: str) -> Box:
    def draw(sheet: Sheet, top: float) -> None:
        width = sheet.text(label, 0, top - 12, 8.5, grey=SOFT)
        sheet.code(public, width + 6, top - 12, 8)

    return Box(16, draw)


def _commands() -> Box:
    pitch = 13.0

    def draw(sheet: Sheet, top: float) -> None:
        sheet.frame(12, WIDTH, top - 2, top - 6 - pitch * len(_COMMANDS), grey=FAINT)
        for number, command in enumerate(_COMMANDS):
            wide = sheet.code_width(command, 8.5)
            at = WIDTH - 8 - wide if sheet.ink.right_to_left else 20.0
            sheet.code(command, at, top - 12 - pitch * number, 8.5)

    return Box(pitch * len(_COMMANDS) + 8, draw)
