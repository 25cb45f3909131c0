"""The office's picture in its letterhead: sound ones are printed, hostile and huge ones refused with words."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from sanad.domain.errors import Refused
from sanad.paper.logo import LARGEST_FILE, read_logo
from sanad.paper.sheet import MARGIN_SIDE
from tests.gallery.families import ON, office, ordinary
from tests.gallery.picture import A4
from tests.gallery.pieces import PAPERS, a_logo
from tests.paper.measure import measured, overlapping
from tests.paper.printing import words


def file_of(picture: Image.Image, kind: str) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A file of a few bytes whose head promises a picture of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (Image.new("RGB", (900, 300), "navy"), "PNG"),
        (Image.new("RGBA", (40, 400), (0, 0, 0, 0)), "PNG"),
        (Image.new("P", (64, 64)), "PNG"),
        (Image.new("L", (3000, 3000), 90), "JPEG"),
        (Image.new("CMYK", (300, 300)), "JPEG"),
    ],
)
def test_a_sound_picture_is_printed(picture: Image.Image, kind: str) -> None:
    """On the first page, no wider than its corner, with its proportions, and twice the same."""
    data = file_of(picture, kind)
    pdf = PAPERS.print_case("decision-letter", ordinary(), on=ON, office=office(), logo=data)
    (image,) = PdfReader(BytesIO(pdf)).pages[0].images
    assert image.image is not None
    assert max(image.image.size) <= 600
    assert image.image.width / image.image.height == pytest.approx(picture.width / picture.height, rel=0.05)
    assert pdf == PAPERS.print_case("decision-letter", ordinary(), on=ON, office=office(), logo=data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo.unreadable"),
        (b"<svg/>", "logo.unreadable"),
        (b"GIF89a" + bytes(200), "logo.unreadable"),
        (a_logo()[:200], "logo.unreadable"),
        (a_logo()[:40] + b"\xff" * 40 + a_logo()[80:], "logo.unreadable"),
        (png_that_claims(60_000, 60_000), "logo.too_many_pixels"),
        (png_that_claims(2, 20_000), "logo.too_many_pixels"),
        (png_that_claims(5000, 4000), "logo.unreadable"),
        (bytes(LARGEST_FILE + 1), "logo.file_too_large"),
    ],
)
def test_i1_i2_a_hostile_or_huge_picture_is_refused(data: bytes, code: str) -> None:
    """Before it is decoded where its head tells enough; with a sentence in both languages."""
    with pytest.raises(Refused) as refused:
        read_logo(data)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert all(words(language).problem(problem) for language in ("ar", "en"))


def test_names_as_long_as_they_come_leave_the_picture_free() -> None:
    """Both names are set smaller, in lines, beside the picture and the code."""
    society = "جمعية أهالي القرى الغربية الخيرية لرعاية الأيتام والأرامل وذوي الدخل المحدود"
    long = replace(office(), name_ar=society, name_en="The Western Villages Society for Orphans and Widows of Bahrain")
    pdf = PAPERS.print_case("apology", ordinary(), on=ON, office=long, logo=a_logo())
    (page,) = measured(pdf)
    assert list(overlapping(page.texts)) == []
    picture, code = A4[0] - MARGIN_SIDE - 48, MARGIN_SIDE + 48
    head = [text for text in page.texts if text.bottom > A4[1] - 90]
    assert len(head) >= 4
    assert all(code < text.left and text.right < picture for text in head)
