"""Digits as the office wants them shown. Both kinds are always read (see :mod:`sanad.domain.spelling`)."""

import re

from sanad.domain.office import Digits

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN = re.compile(r"[A-Za-z]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def shown(text: str, digits: Digits) -> str:
    """The text with its western digits in the office's kind, with that kind's decimal point and grouping mark.

    A word that holds a Latin letter keeps its digits (``K-MONTH-4``, an IBAN, an e-mail address): it is a code that
    somebody will type again.
    """
    if digits is Digits.WESTERN:
        return text
    return "".join(word if _LATIN.search(word) else _arabic(word) for word in re.split(r"(\s+)", text))


def _arabic(word: str) -> str:
    return _COMMA.sub("٬", _POINT.sub("٫", word)).translate(_ARABIC)
