"""How people write the same thing in different ways."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanad.domain.spelling import cleaned, compact, folded, western


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إيمان", "ايمان"),
        ("آمنة", "امنه"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("هدى", "هدي"),
        ("عبد الله", "عبدالله"),
        ("عبد  الحسين", "عبدالحسين"),
        ("ضياء الدين", "ضياءالدين"),
        ("أبو بكر", "ابوبكر"),
        ("ابن سينا", "ابنسينا"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("علی", "علي"),
        ("کاظم", "كاظم"),
        ("مؤمن", "مومن"),
        ("رائد", "رايد"),
        ("علي-حسن", "علي حسن"),
        ("\u202bعلي\u202c", "علي"),
        ("JOSÉ", "jose"),
        ("بيت ١٢", "بيت 12"),
    ],
)
def test_e9_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    """Hamza, ta marbuta, alef maqsura, marks, tatweel, Persian letters, spaces after prefixes."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("علي", "علوي"), ("حسن", "حسين"), ("سلمان", "سليمان")])
def test_different_names_stay_different(one: str, other: str) -> None:
    """A letter that is heard is kept."""
    assert folded(one) != folded(other)


@given(st.text(max_size=40))
@example("\u0645\u0651\u200f\u064e")  # two marks of a letter, out of their order, and a direction mark between them
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """And leaves nothing that nobody sees, but line breaks and joiners."""
    clean = cleaned(text)
    assert cleaned(clean) == clean
    hidden = {letter for letter in clean if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    assert hidden <= set("\n\u200c\u200d")


@given(st.text(max_size=40))
def test_a_compact_number_is_letters_and_digits_only(text: str) -> None:
    """Whatever was typed between them."""
    assert all(letter.isalnum() for letter in compact(text))


@pytest.mark.parametrize("typed", ["800512345", "8005 12345", "٨٠٠٥١٢٣٤٥", "8005-12345 ", "\u200f800512345"])
def test_e7_one_civil_id_is_compared_alike(typed: str) -> None:
    """In either digits, with any spaces and invisible marks."""
    assert compact(typed) == "800512345"


def test_only_decimal_digits_become_western() -> None:
    """What merely looks like a digit stays."""
    assert western("١٢۳५²½Ⅷ") == "1235²½Ⅷ"


UNSEEN = [
    letter for letter in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(letter) in ("Cc", "Cf", "Cs")
]
"""Control characters, marks of direction and format, halves of pairs: every one that Unicode has."""


def test_e10_e11_no_character_that_nobody_sees_is_kept() -> None:
    """Each of them, between two letters; a tab is a space, a line break and the two joiners of Persian words stay."""
    kept = {letter: cleaned(f"ع{letter}ب") for letter in UNSEEN}
    assert {letter for letter, clean in kept.items() if clean != "عب"} == set("\n\t\u200c\u200d")
    assert kept["\t"] == "ع ب"
    assert len(UNSEEN) > 2000
    "".join(kept.values()).encode("utf-8")


def test_e10_an_override_is_gone_wherever_it_stands() -> None:
    """A number behind it cannot be shown as another."""
    for letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c":
        assert cleaned(f"{letter}12.500{letter}") == "12.500"
        assert compact(f"80{letter}0512345") == "800512345"
