"""A second way: words read back into the number by what each word is worth, grammar checked by the ending.

``python -m tests.words.reading`` reads every whole dinar from 0 to 1,000,000 in both languages.
"""

import sys

from sanad.domain.money import BHD, Money
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
DINARS = {"دينار": 1, "ديناراً": 1, "دنانير": 1, "ديناران": 2}
FILS = {"فلس": 1, "فلساً": 1, "فلوس": 1, "فلسان": 2}
ADJECTIVES = {"بحريني", "بحرينياً", "بحرينية", "بحرينيان"}
NOUNS = ADJECTIVES | DINARS.keys() | FILS.keys()


def read_back(sentence: str) -> int:
    """The fils a reader would count out who adds up the words one by one and knows no rule that wrote them."""
    said = sentence.split()[1:-2]
    tokens = [word.removeprefix("و") if word != "واحد" else word for word in said]
    money, whole, group = {"dinar": 0, "fils": 0}, 0, 0
    for previous, word, as_said in zip(["", *tokens], tokens, said, strict=False):
        if word in ADJECTIVES | {"صفر"} or (as_said == "واحد" and previous in NOUNS):
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
            kind = "dinar" if word in DINARS else "fils"
            counted = whole + group
            money[kind] += counted if counted else (DINARS | FILS)[word]
            whole = group = 0
    return 0 if "صفر" in tokens else money["dinar"] * 1000 + money["fils"]


def well_formed(sentence: str, minor: int) -> bool:
    """Whether dinar and fils stand in the form that the last two digits of their number ask for."""
    for number, forms in ((minor // 1000, DINARS), (minor % 1000, FILS)):
        if not number:
            continue
        said = [word.removeprefix("و") for word in sentence.split() if word.removeprefix("و") in forms]
        rest = number % 100
        asked = 1 if rest >= 11 else 2 if 3 <= rest <= 10 else 3 if rest == 2 else 0
        if said[-1] != list(forms)[asked]:
            return False
    return True


_SMALL_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL_WORDS.split())}
TENS_IN_ENGLISH = {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), 2)}
SCALES_IN_ENGLISH = {"thousand": 1000, "million": 10**6, "billion": 10**9}


def read_back_english(sentence: str) -> int:
    """The fils of an English amount, added up word by word."""
    whole = group = fils = dinars = 0
    for word in sentence.lower().replace("-", " ").split():
        if word in SMALL or word in TENS_IN_ENGLISH:
            group += SMALL.get(word, 0) + TENS_IN_ENGLISH.get(word, 0)
        elif word == "hundred":
            group *= 100
        elif word in SCALES_IN_ENGLISH:
            whole, group = whole + group * SCALES_IN_ENGLISH[word], 0
        elif word in ("dinar", "dinars"):
            dinars, whole, group = whole + group, 0, 0
        elif word == "fils":
            fils, whole, group = whole + group, 0, 0
    return dinars * 1000 + fils


def misread(minor: int) -> bool:
    """Whether an amount in words is not the amount, or its noun does not agree with its number."""
    money = Money(minor)
    said = in_arabic(money, BHD)
    if read_back(said) != minor or read_back_english(in_english(money, BHD)) != minor:
        return True
    return bool(minor) and not well_formed(said, minor)


def main() -> int:
    """Read all of them; those that come out wrong, and how many were read."""
    wrong = [dinars for dinars in range(1_000_001) if misread(dinars * 1000)]
    print(f"1,000,001 amounts read back, {len(wrong)} wrong {wrong[:10]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
