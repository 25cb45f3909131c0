"""The office itself: which guide it follows, its name, how its papers and screens read."""

from dataclasses import dataclass
from enum import StrEnum

from sanad.domain.money import Currency

HIJRI_SHIFTS = (-1, 0, 1)
"""Days by which an office's Hijri dates may differ from the printed table: the moon is seen a night apart at most."""


class Language(StrEnum):
    """Language of the screens and papers; Arabic runs right to left."""

    ARABIC = "ar"
    ENGLISH = "en"


class Digits(StrEnum):
    """How digits are shown, on screen and on paper alike; both kinds are always read."""

    WESTERN = "western"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class Office:
    """The settings of one data folder. ``policy`` is the id of the adopted pack, whose currency is the office's."""

    policy: str
    name_ar: str
    name_en: str
    phone: str
    language: Language
    digits: Digits
    currency: Currency
    committee_ar: str = ""
    committee_en: str = ""
    iban: str = ""
    """Of the office's account; capitals and western digits without spaces, as :func:`sanad.domain.iban.read_iban`."""

    hijri_shift: int = 0
    """Days, one of ``HIJRI_SHIFTS``, that the Hijri date of a day goes ahead of the printed Umm al-Qura table, as the
    office's country sees the moon; no day that is kept changes by it."""

    def name(self, language: str) -> str:
        """The office's name in ``ar`` or ``en``."""
        return self.name_ar if language == "ar" else self.name_en
