"""The international number of a bank account (ISO 13616): its spelling, its length by country, its check digits."""

import re

from sanad.domain.spelling import compact

LENGTHS = {
    "AE": 23,
    "BH": 22,
    "EG": 29,
    "GB": 22,
    "IQ": 23,
    "JO": 30,
    "KW": 30,
    "LB": 28,
    "LY": 25,
    "MR": 27,
    "OM": 23,
    "PS": 29,
    "QA": 29,
    "SA": 24,
    "SD": 18,
    "TN": 24,
    "TR": 26,
    "YE": 30,
}
"""Characters of a whole number, by country (SWIFT, IBAN Registry). Of another country only the check digits tell."""

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MODULUS, _SOUND = 97, 1


def read_iban(text: str) -> str:
    """The number as banks exchange it: capitals and western digits, nothing between.

    Spaces, dashes and Arabic digits are read as they are pasted, and a leading word ``IBAN`` is dropped.

    Raises:
        ValueError: it has not the shape or its country's length, or its check digits say that it was mistyped.
    """
    number = compact(text).removeprefix("IBAN")
    if not _SHAPE.fullmatch(number) or LENGTHS.get(number[:2], len(number)) != len(number):
        raise ValueError(text)
    turned = number[4:] + number[:4]
    if int("".join(str(int(sign, 36)) for sign in turned)) % _MODULUS != _SOUND:
        raise ValueError(text)
    return number


def grouped(number: str) -> str:
    """The number as people read it: in groups of four."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
