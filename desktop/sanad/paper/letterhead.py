"""The head and foot of every page: whose paper it is, which paper, which page, when it was printed."""

from dataclasses import dataclass
from datetime import date

from sanad.domain.office import Office
from sanad.paper.order import isolated
from sanad.paper.sheet import DOTS, FAINT, HEAVY, INK, LINE, MARGIN_BOTTOM, SOFT, TOP, WIDTH, Align, Sheet
from sanad.words.catalogue import Words

FIRST_TOP = TOP - 118
"""Where a first page's content begins, under letterhead, title and what the paper is about."""
LATER_TOP = TOP - 42
CONTENT_BOTTOM = MARGIN_BOTTOM + 20
_QR = 48.0


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


def first_head(sheet: Sheet, heading: Heading, words: Words) -> None:
    """The letterhead in both languages with the code, then the title of the paper."""
    office, own = heading.office, words.language
    other = "en" if own == "ar" else "ar"
    if office is None:
        sheet.text(words.text("paper.society"), 0, TOP - 14, 8.5, grey=SOFT)
        start = sheet.ink.width(words.text("paper.society"), 8.5) + 6
        sheet.rule(start, 230, TOP - 17, width=LINE, dash=DOTS)
    else:
        sheet.text(office.name(own), 0, TOP - 13, 11.5, bold=True)
        phone = words.text("paper.phone", phone=isolated(words.digits_shown(office.phone))) if office.phone else ""
        under = [part for part in (_committee(office, own), phone) if part]
        sheet.text(" · ".join(under), 0, TOP - 30, 8.5, grey=SOFT)
        sheet.text(office.name(other), WIDTH / 2 + 8, TOP - 13, 11.5, bold=True, align=Align.CENTRE)
        sheet.text(_committee(office, other), WIDTH / 2 + 8, TOP - 30, 8.5, align=Align.CENTRE, grey=SOFT)
    if heading.number:
        sheet.qr(heading.number, WIDTH - _QR, TOP + 4, _QR)
    sheet.rule(0, WIDTH, TOP - 52, width=HEAVY, grey=INK)
    sheet.text(heading.title, WIDTH / 2, TOP - 77, 14.5, bold=True, align=Align.CENTRE)
    sheet.text(heading.about, WIDTH / 2, TOP - 97, 8.5, align=Align.CENTRE, grey=SOFT)


def later_head(sheet: Sheet, heading: Heading, page_title: str, words: Words) -> None:
    """The head of the second and later pages: the society, the page's own title, the code."""
    if heading.office is not None:
        sheet.text(heading.office.name(words.language), 0, TOP - 12, 9, bold=True)
    sheet.text(page_title, WIDTH / 2, TOP - 12, 11, bold=True, align=Align.CENTRE)
    if heading.number:
        sheet.qr(heading.number, WIDTH - 27, TOP + 4, 27)
    sheet.rule(0, WIDTH, TOP - 29, width=LINE, grey=INK)


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
