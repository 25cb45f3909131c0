"""A second way: words read back into the number by what each word is worth, grammar checked by the ending.

``python -m tests.words.reading`` reads every whole dinar from 0 to 1,000,000 in both languages.
"""

import sys
from typing import NamedTuple

from sanad.domain.money import BHD, Currency, Money
from sanad.words.amount import in_arabic, in_english

ONES = {
    "واحد": 1,
    "اثنان": 2,
    "ثلاثة": 3,
    "أربعة": 4,
    "خمسة": 5,
    "ستة": 6,
    "سبعة": 7,
    "ثمانية": 8,
    "تسعة": 9,
    "عشرة": 10,
}
TENS = {"عشرون": 20, "ثلاثون": 30, "أربعون": 40, "خمسون": 50, "ستون": 60, "سبعون": 70, "ثمانون": 80, "تسعون": 90}
HUNDREDS = {
    "مئة": 100, "مئتان": 200, "مئتا": 200, "ثلاثمئة": 300, "أربعمئة": 400, "خمسمئة": 500, "ستمئة": 600, "سبعمئة": 700,
    "ثمانمئة": 800, "تسعمئة": 900,
}  # fmt: skip
SCALES = {
    "ألف": (1000, 1), "ألفاً": (1000, 1), "آلاف": (1000, 1), "ألفان": (1000, 2), "ألفا": (1000, 2),
    "مليون": (10**6, 1), "مليوناً": (10**6, 1), "ملايين": (10**6, 1), "مليونان": (10**6, 2), "مليونا": (10**6, 2),
}  # fmt: skip


def forms(one: str, many: str, few: str, two: str) -> dict[str, int]:
    """The forms of a counted noun, each with how many it says where no number stands before it."""
    return {one: 1, many: 1, few: 1, two: 2}


class Nouns(NamedTuple):
    """What is counted in a currency: its whole and its part, what its adjective may be, and both in English."""

    whole: dict[str, int]
    part: dict[str, int]
    adjectives: set[str]
    english_whole: tuple[str, str, str]
    english_part: tuple[str, str]

    @property
    def all(self) -> set[str]:
        """Every word after which «واحد» is no number."""
        return self.adjectives | self.whole.keys() | self.part.keys()


def _of(nationality: str) -> set[str]:
    return {nationality, f"{nationality}اً", f"{nationality}ة", f"{nationality}ان"}


_DINARS, _FILS = forms("دينار", "ديناراً", "دنانير", "ديناران"), forms("فلس", "فلساً", "فلوس", "فلسان")
NOUNS = {
    "BHD": Nouns(_DINARS, _FILS, _of("بحريني"), ("bahraini", "dinar", "dinars"), ("fils", "fils")),
    "KWD": Nouns(_DINARS, _FILS, _of("كويتي"), ("kuwaiti", "dinar", "dinars"), ("fils", "fils")),
    "USD": Nouns(
        forms("دولار", "دولاراً", "دولارات", "دولاران"),
        forms("سنت", "سنتاً", "سنتات", "سنتان"),
        _of("أمريكي"),
        ("us", "dollar", "dollars"),
        ("cent", "cents"),
    ),
}


def read_back(sentence: str, currency: Currency) -> int:
    """The minor units a reader would count out who adds up the words and knows no rule that wrote them.

    A word of another currency is none that he knows.
    """
    nouns, said = NOUNS[currency.code], sentence.split()[1:-2]
    tokens = [word.removeprefix("و") if word != "واحد" else word for word in said]
    counted, whole, group = {"whole": 0, "part": 0}, 0, 0
    for previous, word, as_said in zip(["", *tokens], tokens, said, strict=False):
        if word in nouns.adjectives | {"صفر"} or (as_said == "واحد" and previous in nouns.all):
            continue
        if word == "أحد":
            group += 1
        elif word in ("عشر", "اثنا"):
            group += 10 if word == "عشر" else 2
        elif word in ONES | TENS | HUNDREDS:
            group += (ONES | TENS | HUNDREDS)[word]
        elif word in SCALES:
            worth, times = SCALES[word]
            # After «مئة ألف» a lone «ألف» is one more thousand; after a numeral it is what is counted.
            whole += worth * (times if times == 2 or not group else group)
            group = 0
        else:
            kind, alone = ("whole", nouns.whole) if word in nouns.whole else ("part", nouns.part)
            counted[kind] += (whole + group) or alone[word]
            whole = group = 0
    return 0 if "صفر" in tokens else counted["whole"] * currency.unit + counted["part"]


def well_formed(sentence: str, minor: int, currency: Currency) -> bool:
    """Whether both nouns stand in the form that the last two digits of their number ask for."""
    nouns = NOUNS[currency.code]
    for number, known in zip(divmod(minor, currency.unit), (nouns.whole, nouns.part), strict=True):
        if not number:
            continue
        said = [word.removeprefix("و") for word in sentence.split() if word.removeprefix("و") in known]
        rest = number % 100
        asked = 1 if rest >= 11 else 2 if 3 <= rest <= 10 else 3 if rest == 2 else 0
        if said[-1] != list(known)[asked]:
            return False
    return True


_SMALL_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL_WORDS.split())}
TENS_IN_ENGLISH = {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), 2)}
SCALES_IN_ENGLISH = {"thousand": 1000, "million": 10**6, "billion": 10**9}


def read_back_english(sentence: str, currency: Currency) -> int:
    """The minor units of an English amount, added up word by word; the nationality stands before each whole."""
    nouns = NOUNS[currency.code]
    nationality, *wholes = nouns.english_whole
    whole = group = part = units = 0
    words = sentence.lower().replace("-", " ").split()
    for previous, word in zip(["", *words], words, strict=False):
        if word in SMALL or word in TENS_IN_ENGLISH:
            group += SMALL.get(word, 0) + TENS_IN_ENGLISH.get(word, 0)
        elif word == "hundred":
            group *= 100
        elif word in SCALES_IN_ENGLISH:
            whole, group = whole + group * SCALES_IN_ENGLISH[word], 0
        elif word in wholes and previous == nationality:
            units, whole, group = whole + group, 0, 0
        elif word in nouns.english_part:
            part, whole, group = whole + group, 0, 0
    return units * currency.unit + part


def misread(minor: int, currency: Currency = BHD) -> bool:
    """Whether an amount in words is not the amount, or its noun does not agree with its number."""
    money = Money(minor)
    said = in_arabic(money, currency)
    if read_back(said, currency) != minor or read_back_english(in_english(money, currency), currency) != minor:
        return True
    return bool(minor) and not well_formed(said, minor, currency)


def main() -> int:
    """Read all of them; those that come out wrong, and how many were read."""
    wrong = [dinars for dinars in range(1_000_001) if misread(dinars * 1000)]
    print(f"1,000,001 amounts read back, {len(wrong)} wrong {wrong[:10]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
