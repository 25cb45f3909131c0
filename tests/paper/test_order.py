"""The order of glyphs on a line: golden lines that a full Unicode library gave, and values that stay together."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.paper.order import isolated, visual

GOLDEN = [
    ("(جمعية)", "(\u0629\u064a\u0639\u0645\u062c)"),
    (
        "المبلغ (١٢٫٥٠٠) د.ب",
        "\u0628.\u062f (\u0661\u0662\u066b\u0665\u0660\u0660) \u063a\u0644\u0628\u0645\u0644\u0627",
    ),
    (
        "حالة رقم A-1024/2026 (عاجل)",
        "(\u0644\u062c\u0627\u0639) A-1024/2026 \u0645\u0642\u0631 \u0629\u0644\u0627\u062d",
    ),
    ("علي (Ali) حسن", "\u0646\u0633\u062d (Ali) \u064a\u0644\u0639"),
    ("(2) Sanad (3)", "Sanad (3) (2)"),
    ("«نص» [قوس]", "[\u0633\u0648\u0642] \xab\u0635\u0646\xbb"),
    ("(1) بند", "\u062f\u0646\u0628 (1)"),
    ("أ) بند", "\u062f\u0646\u0628 (\u0623"),
    ("الاسم (Name): علي", "\u064a\u0644\u0639 :(Name) \u0645\u0633\u0627\u0644\u0627"),
    ("هاتف: 3312 4455", "4455 3312 :\u0641\u062a\u0627\u0647"),
    ("هاتف: \u20663312 4455\u2069", "3312 4455 :\u0641\u062a\u0627\u0647"),
    ("هاتف: \u2066+973 3312-4455\u2069", "+973 3312-4455 :\u0641\u062a\u0627\u0647"),
    ("من 01/01/2026 إلى 31/12/2026", "31/12/2026 \u0649\u0644\u0625 01/01/2026 \u0646\u0645"),
    ("-25.000 دينار", "\u0631\u0627\u0646\u064a\u062f 25.000-"),
    ("نسبة <5% و>3%", "%3<\u0648 %5> \u0629\u0628\u0633\u0646"),
    ("السيد (Ali Hassan) علي", "\u064a\u0644\u0639 (Ali Hassan) \u062f\u064a\u0633\u0644\u0627"),
    ("نص \u2068ABC (1)\u2069 نص", "\u0635\u0646 ABC (1) \u0635\u0646"),
    (
        "المبلغ: 1,250.500 د.ب (نقدا)",
        "(\u0627\u062f\u0642\u0646) \u0628.\u062f 1,250.500 :\u063a\u0644\u0628\u0645\u0644\u0627",
    ),
]
CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(("logical", "expected"), GOLDEN)
def test_golden_lines(logical: str, expected: str) -> None:
    """Names in brackets, amounts, codes, dates and signs stand where a full Unicode library puts them."""
    assert visual(logical) == expected


@pytest.mark.parametrize(
    "value", ["3312 4455", "+973 3312-4455", "8501-2345-6", "-25.000", "BH79 NBOB 0000 0720", "14/3"]
)
def test_an_isolated_value_stays_as_it_was_written(value: str) -> None:
    """Phones, ids, ranges and signed amounts are not turned around by the Arabic beside them."""
    assert value in visual(f"الرقم {isolated(value)} للأسرة")


@pytest.mark.parametrize("value", ["٣٣١٢ ٤٤٥٥", "٢٠٢٦-٠٠٠٣٩١", "٢٥/١١/٢٠٢٦ · ١٥/٠٦/١٤٤٨", "٤٦٠٫٠٠٠ − ١٥٠٫٠٠٠"])
def test_groups_of_arabic_digits_stay_in_their_order(value: str) -> None:
    """A phone or a receipt's number reads the same way in both kinds of digits."""
    assert value in visual(f"الرقم {isolated(value)} للأسرة")


def test_arabic_letters_of_a_code_are_not_turned() -> None:
    """A file number may carry a letter."""
    assert visual(isolated("١٢/أب")) == "بأ/١٢"


def test_nothing_is_isolated_to_nothing() -> None:
    """An empty box stays an empty string, so that it prints as a line to write on."""
    assert isolated("") == ""


def test_a_line_of_an_english_paper() -> None:
    """In a line that runs left to right only the Arabic words are turned."""
    assert visual("Head: علي (Ali)", right_to_left=False) == "Head: \u064a\u0644\u0639 (Ali)"


LINES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=60
)
MIXED = st.text("ابجد (1)[2]<>«»AZ 09.,/-+%" + CONTROLS, max_size=40)


@given(LINES | MIXED, st.booleans())
def test_no_letter_is_lost_or_made(text: str, right_to_left: bool) -> None:
    """Whatever is typed comes out with the same letters, but for brackets turned and direction marks gone."""
    unmirrored = str.maketrans(")]>»}", "([<«{")
    drawn = visual(text, right_to_left=right_to_left)
    kept = "".join(letter for letter in text if letter not in CONTROLS)
    if set(text).isdisjoint("()[]{}<>«»") or set(text) <= set("ابجد (1)[2]<>«»AZ 09.,/-+%" + CONTROLS):
        assert Counter(drawn.translate(unmirrored)) == Counter(kept.translate(unmirrored))
    assert len(drawn) == len(kept)
