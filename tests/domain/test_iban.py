"""An account's number is read however it is pasted, and a slip in it is caught."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.iban import LENGTHS, grouped, read_iban

SOUND = (
    "BH67BMAG00001299123456",
    "KW81CBKU0000000000001234560101",
    "SA0380000000608010167519",
    "GB82WEST12345698765432",
    "DE89370400440532013000",
)


@pytest.mark.parametrize("number", SOUND)
def test_a_number_reads_back_from_any_spelling(number: str) -> None:
    """In groups, in small letters, with Arabic digits, with its name before it."""
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for spelling in (number, grouped(number), grouped(number).lower(), arabic, f"IBAN: {grouped(number)}"):
        assert read_iban(spelling) == number


@given(st.sampled_from(SOUND), st.data())
def test_no_single_slip_goes_through(number: str, data: st.DataObject) -> None:
    """One character mistyped, or two neighbours swapped, is always caught."""
    at = data.draw(st.integers(4, len(number) - 2))
    other = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != number[at]]))
    slips = {number[:at] + other + number[at + 1 :], number[:at] + number[at + 1] + number[at] + number[at + 2 :]}
    for slip in slips - {number}:
        with pytest.raises(ValueError, match=slip):
            read_iban(slip)


@pytest.mark.parametrize("text", ["BH67", "BH67BMAG0000129912345", "67BH", "١٢٣٤", "BH6?BMAG00001299123456", "ملف"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """Too short for its country, or no such number at all."""
    with pytest.raises(ValueError, match=re.escape(text)):
        read_iban(text)


def test_the_length_belongs_to_the_country() -> None:
    """Sound check digits do not make up for a digit too many."""
    for country, length in LENGTHS.items():
        body = "0" * (length - 3)
        check = 98 - int(f"{body}{int(country[0], 36)}{int(country[1], 36)}00") % 97
        with pytest.raises(ValueError, match=country):
            read_iban(f"{country}{check:02}{body}")
