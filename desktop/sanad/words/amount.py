"""Amounts in words, in Arabic and English, from whole minor units.

Arabic counts by the grammar of number and counted noun: one and two are told by the noun itself, three to ten take
the plural, eleven to ninety-nine the singular in the accusative, hundreds and thousands the singular in the genitive;
a dual that stands before its noun loses its nun (ألفا دينار). All counted nouns here are masculine, and so are
thousand and million. ``tests/words/test_amount.py`` holds the table that was checked by hand.
"""

from dataclasses import dataclass

from sanad.domain.errors import Bug
from sanad.domain.money import Currency, Money


@dataclass(frozen=True, slots=True)
class _Noun:
    """A counted noun: one, two, two before a noun, three to ten, eleven to ninety-nine."""

    one: str
    two: str
    two_of: str
    few: str
    many: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit of money; English singular and plural beside the Arabic forms."""

    arabic: _Noun
    english: str
    english_plural: str


def _nationality(noun: str, plural: str, nationality: str) -> _Noun:
    return _Noun(
        one=f"{noun} {nationality}",
        two=f"{noun}ان {nationality}ان",
        two_of="",
        few=f"{plural} {nationality}ة",
        many=f"{noun}اً {nationality}اً",
    )


_FILS = _Unit(_Noun("فلس", "فلسان", "", "فلوس", "فلساً"), "fils", "fils")
_UNITS = {
    "BHD": (_Unit(_nationality("دينار", "دنانير", "بحريني"), "Bahraini dinar", "Bahraini dinars"), _FILS),
    "KWD": (_Unit(_nationality("دينار", "دنانير", "كويتي"), "Kuwaiti dinar", "Kuwaiti dinars"), _FILS),
    "USD": (
        _Unit(_nationality("دولار", "دولارات", "أمريكي"), "US dollar", "US dollars"),
        _Unit(_Noun("سنت", "سنتان", "", "سنتات", "سنتاً"), "cent", "cents"),
    ),
}

_SCALES = (
    _Noun("ألف", "ألفان", "ألفا", "آلاف", "ألفاً"),
    _Noun("مليون", "مليونان", "مليونا", "ملايين", "مليوناً"),
    _Noun("مليار", "ملياران", "مليارا", "مليارات", "ملياراً"),
    _Noun("تريليون", "تريليونان", "تريليونا", "تريليونات", "تريليوناً"),
)
_ONES = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_TWO_HUNDRED_OF = "مئتا"

_ENGLISH_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ENGLISH_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_SCALES = ("", "thousand", "million", "billion", "trillion")


def in_arabic(money: Money, currency: Currency) -> str:
    """The amount as a receipt says it: «فقط خمسة وسبعون ديناراً بحرينياً وخمسمئة فلس لا غير»."""
    major, minor, whole, part = _parts(money, currency)
    said = [_counted(whole, major.arabic)] if whole or not part else []
    said += [_counted(part, minor.arabic)] if part else []
    return f"فقط {' و'.join(said)} لا غير"


def in_english(money: Money, currency: Currency) -> str:
    """The amount as a receipt says it: "Seventy-five Bahraini dinars and five hundred fils only"."""
    major, minor, whole, part = _parts(money, currency)
    said = [_english_counted(whole, major)] if whole or not part else []
    said += [_english_counted(part, minor)] if part else []
    sentence = f"{' and '.join(said)} only"
    return sentence[0].upper() + sentence[1:]


def _parts(money: Money, currency: Currency) -> tuple[_Unit, _Unit, int, int]:
    if money.minor < 0:
        raise Bug("no paper says a negative amount in words")
    whole, part = divmod(money.minor, currency.unit)
    return *_UNITS[currency.code], whole, part


def _counted(number: int, noun: _Noun) -> str:
    """``number`` of ``noun``, nominative, as one phrase."""
    if number == 0:
        return f"صفر {noun.one}"
    groups = _groups(number)
    lowest, last = groups[-1]
    said = [_scaled(group, _SCALES[scale - 1], before_noun=scale == lowest) for scale, group in groups if scale]
    if lowest == 0:
        return " و".join([*said, _group(last, noun)])
    return f"{' و'.join(said)} {noun.one}"


def _groups(number: int) -> list[tuple[int, int]]:
    """The groups of three digits that are not zero, the highest first, each with its power of a thousand."""
    groups = []
    scale = 0
    while number:
        number, group = divmod(number, 1000)
        if group:
            groups.append((scale, group))
        scale += 1
    return groups[::-1]


def _group(group: int, noun: _Noun) -> str:
    """1 to 999 of the noun itself: one is said after it (دينار واحد), after hundreds the noun is joined by «و»."""
    hundreds, rest = divmod(group, 100)
    if rest == 0:
        return f"{_TWO_HUNDRED_OF if hundreds == 2 else _HUNDREDS[hundreds]} {noun.one}"
    if rest == 1:
        counted = f"{noun.one} واحد"
    elif rest == 2:
        counted = noun.two
    else:
        counted = f"{_below_hundred(rest)} {noun.few if rest <= 10 else noun.many}"
    return f"{_HUNDREDS[hundreds]} و{counted}" if hundreds else counted


def _scaled(group: int, scale: _Noun, *, before_noun: bool) -> str:
    """1 to 999 thousands (or millions …); ``before_noun`` when the counted noun follows at once.

    101 000 is «مئة ألف وألف»: «مئة وألف» would be read as 1 100.
    """
    hundreds, rest = divmod(group, 100)
    hundred = (_TWO_HUNDRED_OF if hundreds == 2 else _HUNDREDS[hundreds]) + f" {scale.one}"
    if rest == 0:
        return hundred
    if rest <= 2:
        counted = scale.one if rest == 1 else scale.two_of if before_noun else scale.two
        return f"{hundred} و{counted}" if hundreds else counted
    form = scale.few if rest <= 10 else scale.one if before_noun else scale.many
    counted = f"{_below_hundred(rest)} {form}"
    return f"{_HUNDREDS[hundreds]} و{counted}" if hundreds else counted


def _below_hundred(number: int) -> str:
    if number <= 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} عشر"
    tens, ones = divmod(number, 10)
    return f"{_ONES[ones]} و{_TENS[tens]}" if ones else _TENS[tens]


def _english_counted(number: int, unit: _Unit) -> str:
    return f"{_english(number)} {unit.english if number == 1 else unit.english_plural}"


def _english(number: int) -> str:
    if number == 0:
        return _ENGLISH_ONES[0]
    said = [f"{_english_group(group)} {_ENGLISH_SCALES[scale]}".strip() for scale, group in _groups(number)]
    if len(said) > 1 and number % 1000 and number % 1000 < 100:
        said[-1] = f"and {said[-1]}"
    return " ".join(said)


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    if rest < 20:
        below = _ENGLISH_ONES[rest]
    else:
        below = f"{_ENGLISH_TENS[tens]}-{_ENGLISH_ONES[ones]}" if ones else _ENGLISH_TENS[tens]
    if not hundreds:
        return below
    hundred = f"{_ENGLISH_ONES[hundreds]} hundred"
    return f"{hundred} and {below}" if rest else hundred
