"""Every paper of the gallery: as it looked when somebody last approved it, nothing outside its box, the same twice."""

import shutil
import subprocess
import unicodedata
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtWidgets import QApplication

from sanad.forms.binding import placeholders
from sanad.forms.definition import On
from sanad.paper.sheet import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP
from tests.gallery.__main__ import DOTS, REFERENCES
from tests.gallery.families import REASON, ordinary
from tests.gallery.picture import A4, in_a_row, pictures
from tests.gallery.pieces import PAPERS, pieces
from tests.paper.measure import Measured, measured, overlapping
from tests.paper.printing import fonts, read_back

PIECES = {piece.name: piece for piece in pieces()}
FORMS = [form for form, _title in PAPERS.forms()]
NO_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on this machine")
READERS = ["pypdf", pytest.param("poppler", marks=NO_POPPLER)]
"""What archives take text out with."""
TOLERANCE = 24
"""Greys of 255 by which a spot may differ once both pictures are softened: another rounding, not another line."""


@cache
def printed(name: str) -> bytes:
    """A piece, printed once for all tests."""
    return PIECES[name].printed()


@cache
def pages(name: str) -> list[Measured]:
    """A piece, measured once for all tests."""
    return measured(printed(name))


@cache
def taken_out(name: str, reader: str) -> str:
    """The letters and figures of a piece, as pypdf or poppler takes them out."""
    if reader == "pypdf":
        return _bare(" ".join(read_back(printed(name))))
    found = subprocess.run(["pdftotext", "-", "-"], input=printed(name), capture_output=True, check=True).stdout
    return _bare(unicodedata.normalize("NFKC", found.decode()))


@pytest.mark.parametrize("name", PIECES)
def test_a_paper_looks_as_it_was_approved(name: str, qapp: QApplication) -> None:
    """Its pages against the small pictures that ``python -m tests.gallery --references`` writes, on purpose only."""
    kept = Image.open(REFERENCES / f"{name}.png").convert("L")
    drawn = in_a_row(pictures(printed(name), DOTS))
    assert drawn.size == kept.size
    softened = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (drawn, kept)]
    unlike = ImageChops.difference(*softened).point(lambda grey: 255 * (grey > TOLERANCE)).getbbox()
    assert unlike is None


def test_every_reference_belongs_to_a_piece() -> None:
    """No picture is kept of a paper that is no longer printed."""
    assert {file.stem for file in REFERENCES.glob("*.png")} == set(PIECES)


@pytest.mark.parametrize("name", PIECES)
def test_no_text_leaves_its_box(name: str) -> None:
    """Measured from the PDF: inside the margins, across no upright rule, over no other text."""
    wide, high = A4
    for number, page in enumerate(pages(name), start=1):
        assert page.texts
        for text in page.texts:
            assert text.left >= MARGIN_SIDE - 0.5, (number, text)
            assert text.right <= wide - MARGIN_SIDE + 0.5, (number, text)
            assert text.bottom >= MARGIN_BOTTOM - 1, (number, text)
            assert text.top <= high - MARGIN_TOP + 1, (number, text)
        assert list(overlapping(page.texts)) == [], number
        assert [text for text in page.texts for rule in page.uprights if text.meets(rule)] == [], number


@pytest.mark.parametrize("name", PIECES)
def test_a_paper_is_the_same_twice_and_carries_its_faces(name: str) -> None:
    """The same input gives the same bytes; every face is embedded, as a subset."""
    assert PIECES[name].printed() == printed(name)
    assert all(fonts(printed(name)).values())
    assert len(printed(name)) < 400_000


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", FORMS)
def test_every_field_stands_on_its_paper(form: str, reader: str) -> None:
    """Each label of the definition that is for this guide can be read back from the blank."""
    text = taken_out(f"{form}-blank", reader)
    for page in PAPERS.form(form).pages:
        for section in page.sections:
            if section.on is On.SCREEN or (section.guides and "karzakan" not in section.guides):
                continue
            columns = section.table.columns if section.table else ()
            fields = [each for each in (*section.fields, *columns) if each.on is not On.SCREEN]
            shown = [each.label for each in fields if not each.guides or "karzakan" in each.guides]
            rows = section.table.rows if section.table else ()
            for label in (section.title, *shown, *rows, *section.signatures):
                assert _bare(label.ar) in text, label


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", FORMS)
def test_the_facts_that_a_paper_names_are_in_it(form: str, reader: str) -> None:
    """The head's name, the file number or the amount in words: whatever sentences and boxes hold."""
    case = ordinary()
    text = taken_out(f"{form}-filled", reader)
    head = case.household.members[0]
    known = {
        "head.name": head.name,
        "applicant": head.name,
        "civil_id": head.civil_id,
        "household.file_number": case.household.file_number,
        "paper.decision": case.paper.decision,
        "paper.voucher": case.paper.voucher,
        "paper.payee": case.paper.payee,
        "paper.amount": "60.000",
        "paper.reason": REASON.partition("(")[0],  # lines that mix figures may come back in another order
        "amount_words": "ستون ديناراً بحرينياً لا غير",
        "payee_civil_id": head.civil_id,
        "aid": "المساعدة الشهرية",
        "method": "نقداً",
    }
    for page in PAPERS.form(form).pages:
        for section in page.sections:
            sentences = [each for each in section.paragraphs if each.when != "overruled"]  # the rules were followed
            told = {name for each in sentences for name in placeholders(each.text.ar)}
            told |= {field.bind for field in section.fields}
            for name in told & known.keys():
                assert _bare(known[name]) in text, name


@pytest.mark.parametrize(
    ("name", "word"), [("payment-voucher-draft", "مسودة"), ("receipt-draft", "مسودة"), ("payment-voucher-filled", "")]
)
def test_what_is_not_numbered_is_a_draft(name: str, word: str) -> None:
    """It says so across, and only then."""
    text = " ".join(read_back(printed(name)))
    assert ("مسودة" in text) == bool(word)


def test_a_list_goes_by_file_number_and_tells_no_name() -> None:
    """Forty-five families on two pages, in the order in which people count; first letters alone, and one total."""
    found = read_back(printed("distribution-list-masked"))
    assert len(found) == 2
    assert "2,700.000" in found[1]
    assert found[0].index("1001") < found[0].index("1002") < found[0].index("1010")
    assert "عبدالحسين" not in "".join(found)


def test_a_blank_letter_opens_with_a_word() -> None:
    """Whoever fills it in by hand strikes out what does not fit; nobody has to find the greeting."""
    for name in ("decision-letter-blank", "apology-blank", "apology-dark"):
        assert "الفاضلة" in read_back(printed(name))[0]


def test_the_total_in_words_stands_on_the_page_of_its_figure() -> None:
    """The last row of a computation takes its words along to a further page."""
    for name in ("case-study-filled", "computation-filled"):
        (page,) = (page for page in read_back(printed(name)) if "ستون دينار" in page)
        assert "مستحق" in page


def test_a_total_is_not_broken() -> None:
    """The largest amount there is stands on one line of its cell, heavier as it is."""
    (page,) = read_back(printed("distribution-list-strained"))
    assert page.count("987,654,321.987") == 2


def _bare(text: str) -> str:
    """Letters and figures alone: brackets and spaces come back from a PDF in another order."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())
