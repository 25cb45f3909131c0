"""The head and foot of every page: whose paper it is, which paper, which page, when it was printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sanad.domain.iban import grouped
from sanad.domain.office import Office
from sanad.paper.logo import Logo
from sanad.paper.order import isolated
from sanad.paper.sheet import DOTS, FAINT, HEAVY, INK, LINE, MARGIN_BOTTOM, SOFT, TOP, WIDTH, Align, Sheet
from sanad.words.catalogue import Words

FIRST_TOP = TOP - 118
"""Where a first page's content begins, under letterhead, title and what the paper is about."""
LATER_TOP = TOP - 42
CONTENT_BOTTOM = MARGIN_BOTTOM + 20
_QR = 48.0
_LOGO, _LOGO_WIDTH = 48.0, 96.0
"""The most that a picture may take of the letterhead."""
_NAME_SIZES = (11.5, 10.0, 8.5)
_LATER_SIZES = (9.0, 8.0, 7.0)
_MOST_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head and foot of a paper's pages say.

    ``title`` is the paper's, ``number`` its own or the file's (also as a square code), ``about`` the line under the
    title, ``foot`` what stands in the corner of every page.
    """

    office: Office | None
    title: str
    number: str
    about: str
    foot: str
    on: date
    program: str
    logo: Logo | None = None


def first_head(sheet: Sheet, heading: Heading, words: Words) -> None:
    """The letterhead in both languages with the code, then the title of the paper."""
    office, own = heading.office, words.language
    start = _emblem(sheet, heading.logo)
    if office is None:
        sheet.text(words.text("paper.society"), start, TOP - 14, 8.5, grey=SOFT)
        line = start + sheet.ink.width(words.text("paper.society"), 8.5) + 6
        sheet.rule(line, line + 170, TOP - 17, width=LINE, dash=DOTS)
    else:
        _names(sheet, office, own, start, WIDTH - (_QR + 10 if heading.number else 0), words)
    if heading.number:
        sheet.qr(heading.number, WIDTH - _QR, TOP + 4, _QR)
    sheet.rule(0, WIDTH, TOP - 54, width=HEAVY, grey=INK)
    sheet.text(heading.title, WIDTH / 2, TOP - 79, 14.5, bold=True, align=Align.CENTRE)
    sheet.text(heading.about, WIDTH / 2, TOP - 98, 8.5, align=Align.CENTRE, grey=SOFT)


def _emblem(sheet: Sheet, logo: Logo | None) -> float:
    """The office's picture in its corner; where what stands beside it begins."""
    if logo is None:
        return 0.0
    width = min(_LOGO_WIDTH, _LOGO * logo.ratio)
    height = width / logo.ratio
    sheet.picture(logo.picture, 0, TOP + 4 - (_LOGO - height) / 2, width, height)
    return width + 10


def _names(sheet: Sheet, office: Office, own: str, start: float, end: float, words: Words) -> None:
    """The office in both languages, its own first, and its account.

    Names that are long are set in two lines, then smaller.
    """
    other = "en" if own == "ar" else "ar"
    phone = words.text("paper.phone", phone=isolated(words.digits_shown(office.phone))) if office.phone else ""
    own_lines = (office.name(own), " · ".join(part for part in (_committee(office, own), phone) if part))
    other_lines = (office.name(other), _committee(office, other))
    middle = (WIDTH + start) / 2 + 8
    half = min(middle - start, end - middle) - 8
    if start + _reach(sheet, own_lines) + 14 > middle - _reach(sheet, other_lines) / 2:
        half = (end - start - 14) / 2
        middle = end - half / 2
    _name(sheet, *own_lines, start, half, Align.START)
    _name(sheet, *other_lines, middle, half, Align.CENTRE)
    if office.iban:
        sheet.text(words.text("paper.iban", iban=isolated(grouped(office.iban))), start, TOP - 46, 8, grey=SOFT)


def _reach(sheet: Sheet, lines: tuple[str, str]) -> float:
    return max(sheet.ink.width(lines[0], _NAME_SIZES[0], bold=True), sheet.ink.width(lines[1], 8.5))


def _name(sheet: Sheet, name: str, under: str, at: float, width: float, align: Align) -> None:
    size = next((size for size in _NAME_SIZES if len(sheet.ink.wrapped(name, width, size, bold=True)) <= 2), 7.0)
    lines = sheet.ink.wrapped(name, width, size, bold=True)[:_MOST_NAME_LINES]
    baseline = TOP - 12 if len(lines) < 2 else TOP - 5
    for line in lines:
        sheet.text(line, at, baseline, size, bold=True, align=align)
        baseline -= size * 1.35
    small = next((size for size in (8.5, 7.5, 6.5) if sheet.ink.width(under, size) <= width), 6.0)
    for line in sheet.ink.wrapped(under, width, small)[:1]:
        sheet.text(line, at, min(TOP - 28.5, baseline - 0.5), small, align=align, grey=SOFT)


def later_head(sheet: Sheet, heading: Heading, page_title: str, words: Words) -> None:
    """The head of the second and later pages: the society, the page's own title, the code."""
    size = sheet.ink.size_of(page_title, WIDTH * 0.55, 11)
    if heading.office is not None:
        room = (WIDTH - sheet.ink.width(page_title, size, bold=True)) / 2 - 12
        society(sheet, heading.office.name(words.language), 0, room, TOP - 12, _LATER_SIZES)
    sheet.text(page_title, WIDTH / 2, TOP - 12, size, bold=True, align=Align.CENTRE)
    if heading.number:
        sheet.qr(heading.number, WIDTH - 27, TOP + 4, 27)
    sheet.rule(0, WIDTH, TOP - 29, width=LINE, grey=INK)


def society(sheet: Sheet, name: str, start: float, width: float, baseline: float, sizes: Sequence[float]) -> float:
    """The office's name beside a title: in the largest of the sizes in which two lines hold it, three in the last.

    The first line stands higher where there are several; where a line under the last would stand is given back.
    """
    wrapped = {size: sheet.ink.wrapped(name, width, size, bold=True) for size in sizes}
    size = next((size for size in sizes if len(wrapped[size]) <= (1 if size == sizes[0] else 2)), sizes[-1])
    lines = wrapped[size][:_MOST_NAME_LINES]
    baseline += (len(lines) - 1) * size * 0.6
    for line in lines:
        sheet.text(line, start, baseline, size, bold=True)
        baseline -= size * 1.3
    return baseline


def foot(sheet: Sheet, heading: Heading, page: int, of: int, words: Words, note: str = "") -> None:
    """Which paper, page n of m, the day it was printed in both calendars, the program; ``note`` above it."""
    y = MARGIN_BOTTOM
    if note:
        sheet.text(note, 0, y + 16, 7, grey=SOFT)
    sheet.rule(0, WIDTH, y + 10, grey=FAINT)
    sheet.text(heading.foot, 0, y, 7.5, grey=SOFT)
    pages = words.text("paper.page", page=page, of=of)
    sheet.text(pages, WIDTH / 2, y, 7.5, align=Align.CENTRE, grey=SOFT)
    printed = words.text("paper.printed", date=words.both_dates(heading.on))
    sheet.text(f"{printed} · {heading.program}", WIDTH, y, 7, align=Align.END, grey=SOFT)


def _committee(office: Office, language: str) -> str:
    return office.committee_ar if language == "ar" else office.committee_en
