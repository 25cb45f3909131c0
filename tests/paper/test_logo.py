"""The office's picture in its letterhead: sound ones are printed, hostile and huge ones refused with words."""

import random
import struct
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from sanad.domain.errors import Refused
from sanad.paper.logo import LARGEST_FILE, LARGEST_SIDE, MOST_PIXELS, flat_picture, read_logo
from sanad.paper.sheet import MARGIN_SIDE
from tests.gallery.families import ON, office, ordinary
from tests.gallery.picture import A4
from tests.gallery.pieces import PAPERS, a_logo
from tests.paper.measure import measured, overlapping
from tests.paper.printing import words


def file_of(picture: Image.Image, kind: str, **how: object) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def png_that_claims(width: int, height: int, inflated: int = 1000) -> bytes:
    """A file of a few bytes whose head promises a picture of that size; its pixels come to so many bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(inflated))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_of_passes(width: int, height: int, passes: int) -> bytes:
    """A JPEG that goes over its pixels so often, each time with nothing new to say."""
    data = file_of(Image.new("L", (width, height), 128), "JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    last = data[at : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
    return data[:-2] + last * (passes - data.count(b"\xff\xda")) + b"\xff\xd9"


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
    for form in ("decision-letter", "receipt", "distribution-list"):
        pdf = PAPERS.print_case(form, ordinary(), on=ON, office=office(), logo=data)
        (image,) = PdfReader(BytesIO(pdf)).pages[0].images
        assert image.image is not None
        assert max(image.image.size) <= 600
        assert image.image.width / image.image.height == pytest.approx(picture.width / picture.height, rel=0.05)
        assert pdf == PAPERS.print_case(form, ordinary(), on=ON, office=office(), logo=data)


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
        (png_that_claims(5500, 5000), "logo.too_many_pixels"),
        (png_that_claims(5000, 4000), "logo.unreadable"),
        (jpeg_of_passes(6000, 4000, 26), "logo.too_many_scans"),
        (jpeg_of_passes(1000, 1000, 20_000), "logo.too_many_scans"),
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


@pytest.mark.parametrize("language", ["ar", "en"])
def test_i1_a_picture_that_is_too_large_is_told_its_own_size_and_both_limits(language: str) -> None:
    """5,500 by 5,000 keeps to the one limit and not to the other."""
    with pytest.raises(Refused) as refused:
        read_logo(png_that_claims(5500, 5000))
    told = words(language).problem(refused.value.problems[0])
    assert [number for number in ("5500", "5000", "6000", "24") if number not in told.replace(",", "")] == []


def test_i1_the_slowest_pictures_are_known_within_seconds() -> None:
    """As many passes, and as many pixels, as are taken at all: told by the work that the processor does for them."""
    for data in (
        jpeg_of_passes(6000, 4000, 25),
        jpeg_of_passes(1000, 1000, 600),
        png_that_claims(6000, 4000, 96_004_000),
    ):
        began = time.process_time()
        flat_picture(data)
        assert time.process_time() - began < 10


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


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("form", ["case-study", "receipt"])
def test_a_long_name_leaves_the_title_free(form: str, language: str) -> None:
    """Beside the title of a later page or a slip, it is set in lines, whether there is a picture or not."""
    society = "جمعية أهالي القرى الغربية الخيرية لرعاية الأيتام والأرامل وذوي الدخل المحدود " * 2
    long = replace(office(), name_ar=society, name_en="The Western Villages Society for Orphans and Widows " * 2)
    for logo in (None, a_logo()):
        for page in measured(PAPERS.print_case(form, ordinary(), on=ON, office=long, logo=logo, language=language)):
            assert list(overlapping(page.texts)) == []


HIDDEN = (
    b"%PDF-1.7\n1 0 obj",
    b"PK\x03\x04hidden.exe",
    b"MZ\x90\x00This program",
    b"<script>alert(1)</script>",
    b"#!/bin/sh\n",
)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_i2_what_rides_on_a_picture_does_not_come_along(kind: str) -> None:
    """Behind it, in its texts, before its end: only the pixels are written anew. As another file it is refused."""
    chance = random.Random(kind)  # noqa: S311  # where it is hidden, not a secret
    for number in range(100):
        hidden = HIDDEN[number % len(HIDDEN)] + b"seeded-%03d" % number
        picture = Image.new("RGB", (20 + number, 30), (number, 90, 200))
        file = BytesIO()
        said = PngInfo()
        said.add_text("Comment", hidden.decode("latin-1"))
        if kind == "PNG":
            picture.save(file, kind, pnginfo=said)
        else:
            picture.save(file, kind, comment=hidden)
        data = file.getvalue() + hidden
        flat = flat_picture(data)
        assert hidden not in flat
        assert b"seeded" not in flat
        assert Image.open(BytesIO(flat)).size == picture.size
        for disguised in (hidden + data, data[: chance.randrange(2, 8)] + hidden):
            with pytest.raises(Refused) as refused:
                flat_picture(disguised)
            assert refused.value.problems[0].code == "logo.unreadable"


BOMBS = """
import resource, sys
from pathlib import Path
from sanad.domain.errors import Refused
from sanad.paper.logo import flat_picture
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for file in sys.argv[1:]:
    try:
        flat_picture(Path(file).read_bytes())
        print("taken")
    except Refused as refused:
        print(refused.problems[0].code)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is counted in another way")
def test_i1_the_largest_picture_costs_bounded_memory(tmp_path: Path) -> None:
    """Bombs are refused by their head, or not inflated beyond it; the largest that is taken needs less than 300 MB."""
    largest = LARGEST_SIDE, MOST_PIXELS // LARGEST_SIDE
    Image.new("RGBA", largest, (200, 90, 30, 128)).save(tmp_path / "5", "PNG", compress_level=1)
    Image.new("RGB", largest, (200, 90, 30)).save(tmp_path / "6", "PNG", compress_level=1)
    Image.new("RGB", largest, (200, 90, 30)).save(tmp_path / "7", "JPEG", progressive=True)
    (tmp_path / "1").write_bytes(png_that_claims(60_000, 60_000))
    (tmp_path / "2").write_bytes(png_that_claims(6000, 6000))
    (tmp_path / "3").write_bytes(png_that_claims(40, 40, 400_000_000))
    (tmp_path / "4").write_bytes(jpeg_of_passes(6000, 4000, 10_000))
    command = [sys.executable, "-c", BOMBS, *(str(tmp_path / str(number)) for number in range(1, 8))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    *told, more = run.stdout.split()
    assert told == [*["logo.too_many_pixels"] * 2, "taken", "logo.too_many_scans", *["taken"] * 3]
    assert int(more) < 300 * 1024
