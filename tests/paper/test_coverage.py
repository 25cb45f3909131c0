"""Every letter is either drawn by a face that is shipped, or named as one that none has: by the font files."""

import json
import sys
import unicodedata

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it carries no types

from sanad.paper.ink import Ink, shaped, unknown_letters
from tests.paper.printing import ROOT

FACES = ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "IBMPlexSansArabic-Regular", "IBMPlexSansArabic-Bold")

BLOCKS = (
    range(0x20, 0x250),
    range(0x300, 0x370),
    range(0x600, 0x780),
    range(0x8A0, 0x900),
    range(0x2000, 0x2300),
    range(0xFB50, 0xFE00),  # then signs that choose a variation, which draw nothing
    range(0xFE10, 0xFEFF),
)


@pytest.fixture(scope="module")
def drawn() -> set[int]:
    """The code points that both weights of the words' face, or both of the figures' face, have a glyph for."""
    known = {face: set(TTFont(ROOT / f"resources/fonts/{face}.ttf").getBestCmap()) for face in FACES}
    naskh, naskh_bold, plex, plex_bold = (known[face] for face in FACES)
    return (naskh & naskh_bold) | (plex & plex_bold)


def corpus() -> str:
    """Everything that we write ourselves: catalogues, guides, forms, the made-up families."""
    texts: list[str] = []
    for file in ROOT.glob("resources/locale/*/LC_MESSAGES/sanad.po"):
        with file.open("rb") as source:
            for message in read_po(source):
                texts += message.string if isinstance(message.string, tuple) else [str(message.string)]
    for pattern in ("forms/*.toml", "resources/policies/*/*.toml"):
        texts += [file.read_text("utf-8") for file in ROOT.glob(pattern)]
    texts += [
        json.dumps(json.loads(file.read_text("utf-8")), ensure_ascii=False)
        for file in ROOT.glob("resources/sample/*.json")
    ]
    return "\n".join(texts)


def test_k2_every_letter_of_our_own_has_its_glyph(arabic: Ink, drawn: set[int]) -> None:
    """No text that we ship needs a stand-in, in either weight."""
    assert arabic is not None
    written = corpus()
    assert unknown_letters([written]) == []
    seen = {
        letter for letter in shaped(written) if letter.isprintable() and unicodedata.category(letter)[0] not in "CZ"
    }
    assert {letter for letter in seen if ord(letter) not in drawn} == set()


def test_k2_every_code_point_is_drawn_or_named(arabic: Ink, drawn: set[int]) -> None:
    """All of Latin, Arabic and the signs, and a wide sample of the rest: nothing falls between the two."""
    assert arabic is not None
    points = {*range(sys.maxunicode, 0, -499), *(point for block in BLOCKS for point in block)}
    letters = [letter for letter in map(chr, sorted(points)) if unicodedata.category(letter)[0] in "LMNPS"]
    named = set(unknown_letters([" ".join(letters)]))
    whole = [letter for letter in letters if shaped(letter) == letter]
    assert len(whole) > 2500
    assert [hex(ord(letter)) for letter in whole if (ord(letter) in drawn) == (letter in named)] == []
