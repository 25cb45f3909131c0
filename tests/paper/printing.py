"""Printing and reading back: what the tests of papers do over and over."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from sanad.domain.money import BHD
from sanad.domain.office import Digits, Language, Office
from sanad.paper.sheet import MARGIN_BOTTOM, TOP, WIDTH, Align, Sheet
from sanad.words.catalogue import Words

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 25)
OFFICE = Office(
    policy="karzakan-2020",
    name_ar="جمعية النموذج الخيرية",
    name_en="Sample Charity Society",
    phone="1744 0000",
    language=Language.ARABIC,
    digits=Digits.WESTERN,
    currency=BHD,
    committee_ar="لجنة البحث والدراسة",
    committee_en="Research and Study Committee",
)
PROGRAM = "Sanad 1.0"


def words(language: str = "ar", digits: Digits = Digits.WESTERN) -> Words:
    """The words of a language."""
    return Words(ROOT / "resources/locale", language, digits)


def read_back(pdf: bytes) -> list[str]:
    """The text of each page as a reader takes it out, joined forms undone, spaces made one."""
    pages = (unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages)
    return [" ".join(page.split()) for page in pages]


def fonts(pdf: bytes) -> dict[str, bool]:
    """The faces a PDF names, each with whether it is embedded."""
    found = {}
    for font in _fonts_of(PdfReader(BytesIO(pdf))):
        descriptor = font.get("/FontDescriptor", DictionaryObject()).get_object()
        found[re.sub(r"^/[A-Z]{6}\+", "", font["/BaseFont"])] = "/FontFile2" in descriptor
    return found


def _fonts_of(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield font.get_object()


@contextmanager
def nothing_overflows() -> Iterator[None]:
    """While it lasts, every line of text is seen to stand inside the margins."""
    draw = Sheet.text

    def watched(self: Sheet, text: str, at: float, baseline: float, size: float, **said: Any) -> float:
        width = draw(self, text, at, baseline, size, **said)
        start = at - {Align.START: 0, Align.CENTRE: width / 2, Align.END: width}[said.get("align", Align.START)]
        if width:
            assert start >= -0.01, text
            assert start + width <= WIDTH + 0.01, text
            assert MARGIN_BOTTOM - 0.01 <= baseline <= TOP, text
        return width

    with patch.object(Sheet, "text", watched):
        yield
