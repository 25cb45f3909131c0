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
    """A counted noun: one, two, three to ten, eleven to ninety-nine; the nationality of a unit of money."""

    one: str
    two: str
    few: str
    many: str
    nationality: str = ""
    two_of: str = ""
    """Two, right before the noun that is counted by it; only of a thousand and its like."""

    def counted(self, form: str, ending: str = "") -> str:
        """``form`` with the nationality after it in the same case and number."""
        return f"{form} {self.nationality}{ending}" if self.nationality else form


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit of money; English singular and plural beside the Arabic forms."""

    arabic: _Noun
    english: str
    english_plural: str


def _dinar(nationality: str) -> _Noun:
    return _Noun("دينار", "ديناران", "دنانير", "ديناراً", nationality)


_FILS = _Unit(_Noun("فلس", "فلسان", "فلوس", "فلساً"), "fils", "fils")
_DOLLAR = _Noun("دولار", "دولاران", "دولارات", "دولاراً", "أمريكي")
_CENT = _Noun("سنت", "سنتان", "سنتات", "سنتاً")
_UNITS = {
    "BHD": (_Unit(_dinar("بحريني"), "Bahraini dinar", "Bahraini dinars"), _FILS),
    "KWD": (_Unit(_dinar("كويتي"), "Kuwaiti dinar", "Kuwaiti dinars"), _FILS),
    "USD": (_Unit(_DOLLAR, "US dollar", "US dollars"), _Unit(_CENT, "cent", "cents")),
}

_SCALES = (
    _Noun("ألف", "ألفان", "آلاف", "ألفاً", two_of="ألفا"),
    _Noun("مليون", "مليونان", "ملايين", "مليوناً", two_of="مليونا"),
    _Noun("مليار", "ملياران", "مليارات", "ملياراً", two_of="مليارا"),
    _Noun("تريليون", "تريليونان", "تريليونات", "تريليوناً", two_of="تريليونا"),
)
_ONES = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_TWO_HUNDRED_OF = "مئتا"

_ENGLISH_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
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
    """``number`` of ``noun``, nominative, as one phrase.

    One and two are never numerals before their noun, so that 101 is «مئة دينار ودينار واحد».
    """
    rest = number % 100
    if number == 0:
        return f"صفر {noun.counted(noun.one)}"
    if number == 1:
        return f"{noun.counted(noun.one)} واحد"
    if number == 2:
        return noun.counted(noun.two, "ان")
    if rest == 1:
        return f"{_counted(number - 1, noun)} و{noun.one} واحد"
    if rest == 2:
        return f"{_counted(number - 2, noun)} و{noun.two}"
    if rest == 0:
        return f"{_numeral(number)} {noun.counted(noun.one)}"
    if rest <= 10:
        return f"{_numeral(number)} {noun.counted(noun.few, 'ة')}"
    return f"{_numeral(number)} {noun.counted(noun.many, 'اً')}"


def _numeral(number: int) -> str:
    """``number`` as it stands before its noun: a dual or a thousand right before it is in the construct state."""
    groups = _groups(number)
    lowest = groups[-1][0]
    said = [_scaled(group, _SCALES[scale - 1], before_noun=scale == lowest) for scale, group in groups if scale]
    return " و".join([*said, _below_thousand(groups[-1][1])] if lowest == 0 else said)


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


def _scaled(group: int, scale: _Noun, *, before_noun: bool) -> str:
    """1 to 999 thousands (or millions …); ``before_noun`` when the counted noun follows at once.

    101 000 is «مئة ألف وألف»: «مئة وألف» would be read as 1 100.
    """
    hundreds, rest = divmod(group, 100)
    if rest == 0:
        return f"{_below_thousand(group)} {scale.one}"
    if rest <= 2:
        counted = scale.one if rest == 1 else scale.two_of if before_noun else scale.two
        return f"{_below_thousand(hundreds * 100)} {scale.one} و{counted}" if hundreds else counted
    form = scale.few if rest <= 10 else scale.one if before_noun else scale.many
    return f"{_below_thousand(group)} {form}"


def _below_thousand(number: int) -> str:
    """1 to 999 right before its noun; 200 alone loses its nun there."""
    hundreds, rest = divmod(number, 100)
    if rest == 0:
        return _TWO_HUNDRED_OF if hundreds == 2 else _HUNDREDS[hundreds]
    return f"{_HUNDREDS[hundreds]} و{_below_hundred(rest)}" if hundreds else _below_hundred(rest)


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
