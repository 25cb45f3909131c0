"""A paper that no form defines: a title and its boxes under the office's letterhead, on as many pages as they take."""

from collections.abc import Iterable

from sanad.paper import letterhead
from sanad.paper.form_page import Imprint
from sanad.paper.ink import Ink
from sanad.paper.layout import Box, pages_of
from sanad.paper.letterhead import Heading
from sanad.paper.sheet import Sheet


def print_plain(ink: Ink, imprint: Imprint, title: str, boxes: Iterable[Box]) -> bytes:
    """The paper as a PDF, dated, in the language of the imprint."""
    words = imprint.words
    author = imprint.office.name(words.language) if imprint.office else imprint.program
    sheet = Sheet(ink, language=words.language, author=author, program=imprint.program)
    sheet.entitle(title)
    about = words.text("paper.dated", date=words.both_dates(imprint.on))
    heading = Heading(imprint.office, title, "", about, title, imprint.on, imprint.program, logo=imprint.logo)
    pages = pages_of(list(boxes), letterhead.FIRST_TOP, letterhead.LATER_TOP, letterhead.CONTENT_BOTTOM)
    for number, page in enumerate(pages, start=1):
        if number == 1:
            letterhead.first_head(sheet, heading, words)
        else:
            letterhead.later_head(sheet, heading, title, words)
        for box, top in page:
            box.draw(sheet, top)
        letterhead.foot(sheet, heading, number, len(pages), words)
        sheet.turn()
    return sheet.finished()
