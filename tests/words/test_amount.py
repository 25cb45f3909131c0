"""Amounts in words: a table checked by hand, and a second way that reads the words back into the number."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanad.domain.errors import Bug
from sanad.domain.money import BHD, CURRENCIES, KWD, USD, Currency, Money
from sanad.words.amount import in_arabic, in_english

BY_HAND = [
    ("0.000", BHD, "فقط صفر دينار بحريني لا غير"),
    ("0.001", BHD, "فقط فلس واحد لا غير"),
    ("0.002", BHD, "فقط فلسان لا غير"),
    ("0.005", BHD, "فقط خمسة فلوس لا غير"),
    ("0.011", BHD, "فقط أحد عشر فلساً لا غير"),
    ("0.101", BHD, "فقط مئة فلس وفلس واحد لا غير"),
    ("0.500", BHD, "فقط خمسمئة فلس لا غير"),
    ("1.000", BHD, "فقط دينار بحريني واحد لا غير"),
    ("2.000", BHD, "فقط ديناران بحرينيان لا غير"),
    ("3.000", BHD, "فقط ثلاثة دنانير بحرينية لا غير"),
    ("8.000", BHD, "فقط ثمانية دنانير بحرينية لا غير"),
    ("10.000", BHD, "فقط عشرة دنانير بحرينية لا غير"),
    ("11.000", BHD, "فقط أحد عشر ديناراً بحرينياً لا غير"),
    ("12.012", BHD, "فقط اثنا عشر ديناراً بحرينياً واثنا عشر فلساً لا غير"),
    ("20.000", BHD, "فقط عشرون ديناراً بحرينياً لا غير"),
    ("30.000", BHD, "فقط ثلاثون ديناراً بحرينياً لا غير"),
    ("47.586", BHD, "فقط سبعة وأربعون ديناراً بحرينياً وخمسمئة وستة وثمانون فلساً لا غير"),
    ("75.500", BHD, "فقط خمسة وسبعون ديناراً بحرينياً وخمسمئة فلس لا غير"),
    ("100.002", BHD, "فقط مئة دينار بحريني وفلسان لا غير"),
    ("101.000", BHD, "فقط مئة دينار بحريني ودينار واحد لا غير"),
    ("102.000", BHD, "فقط مئة دينار بحريني وديناران لا غير"),
    ("105.000", BHD, "فقط مئة وخمسة دنانير بحرينية لا غير"),
    ("111.000", BHD, "فقط مئة وأحد عشر ديناراً بحرينياً لا غير"),
    ("200.000", BHD, "فقط مئتا دينار بحريني لا غير"),
    ("203.000", BHD, "فقط مئتان وثلاثة دنانير بحرينية لا غير"),
    ("300.200", BHD, "فقط ثلاثمئة دينار بحريني ومئتا فلس لا غير"),
    ("1000.000", BHD, "فقط ألف دينار بحريني لا غير"),
    ("1001.000", BHD, "فقط ألف دينار بحريني ودينار واحد لا غير"),
    ("1100.000", BHD, "فقط ألف ومئة دينار بحريني لا غير"),
    ("1250.500", BHD, "فقط ألف ومئتان وخمسون ديناراً بحرينياً وخمسمئة فلس لا غير"),
    ("2000.000", BHD, "فقط ألفا دينار بحريني لا غير"),
    ("2500.000", BHD, "فقط ألفان وخمسمئة دينار بحريني لا غير"),
    ("3000.000", BHD, "فقط ثلاثة آلاف دينار بحريني لا غير"),
    ("11000.000", BHD, "فقط أحد عشر ألف دينار بحريني لا غير"),
    ("11500.000", BHD, "فقط أحد عشر ألفاً وخمسمئة دينار بحريني لا غير"),
    ("100000.000", BHD, "فقط مئة ألف دينار بحريني لا غير"),
    ("101000.000", BHD, "فقط مئة ألف وألف دينار بحريني لا غير"),
    ("102000.000", BHD, "فقط مئة ألف وألفا دينار بحريني لا غير"),
    ("102500.000", BHD, "فقط مئة ألف وألفان وخمسمئة دينار بحريني لا غير"),
    ("200000.000", BHD, "فقط مئتا ألف دينار بحريني لا غير"),
    ("1000000.000", BHD, "فقط مليون دينار بحريني لا غير"),
    ("2000000.000", BHD, "فقط مليونا دينار بحريني لا غير"),
    ("5011003.000", BHD, "فقط خمسة ملايين وأحد عشر ألفاً وثلاثة دنانير بحرينية لا غير"),
    ("1.000", KWD, "فقط دينار كويتي واحد لا غير"),
    ("6.250", KWD, "فقط ستة دنانير كويتية ومئتان وخمسون فلساً لا غير"),
    ("2.02", USD, "فقط دولاران أمريكيان وسنتان لا غير"),
    ("5.07", USD, "فقط خمسة دولارات أمريكية وسبعة سنتات لا غير"),
    ("75.50", USD, "فقط خمسة وسبعون دولاراً أمريكياً وخمسون سنتاً لا غير"),
]


@pytest.mark.parametrize(("figure", "currency", "words"), BY_HAND)
def test_arabic_amounts_checked_by_hand(figure: str, currency: Currency, words: str) -> None:
    """Gender, dual, plural, accusative and genitive come out as a teacher of grammar would write them."""
    assert in_arabic(currency.read(figure), currency) == words


@pytest.mark.parametrize(
    ("figure", "currency", "words"),
    [
        ("0.000", BHD, "Zero Bahraini dinars only"),
        ("1.001", BHD, "One Bahraini dinar and one fils only"),
        ("75.500", BHD, "Seventy-five Bahraini dinars and five hundred fils only"),
        ("0.750", KWD, "Seven hundred and fifty fils only"),
        ("1005.00", USD, "One thousand and five US dollars only"),
        ("2113.40", USD, "Two thousand one hundred and thirteen US dollars and forty cents only"),
        ("1000000.01", USD, "One million US dollars and one cent only"),
    ],
)
def test_english_amounts_checked_by_hand(figure: str, currency: Currency, words: str) -> None:
    """English amounts read as a cheque says them."""
    assert in_english(currency.read(figure), currency) == words


def test_a_negative_amount_is_a_mistake_of_ours() -> None:
    """No paper pays less than nothing, so nobody at the desk is told about it."""
    with pytest.raises(Bug):
        in_arabic(Money(-1), BHD)


# ---- the second way: words read back into a number by what each word is worth, grammar checked by the ending

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


@given(st.integers(0, 999_999_999) | st.integers(0, 200_000).map(lambda dinars: dinars * 1000))
@example(31_631_021)
def test_words_read_back_as_the_amount(minor: int) -> None:
    """A reader who adds the words up has the same fils in hand, and the noun agrees with its number."""
    sentence = in_arabic(Money(minor), BHD)
    assert read_back(sentence) == minor
    assert well_formed(sentence, minor)


def test_no_two_of_the_first_amounts_sound_alike() -> None:
    """Each dinar up to 3 000, and each thousand up to a million, has words of its own."""
    amounts = [*range(3001), *range(3001, 1_000_001, 1000)]
    for say in (in_arabic, in_english):
        assert len({say(Money(dinars * 1000), BHD) for dinars in amounts}) == len(amounts)


@given(st.integers(0, 10**15 - 1), st.sampled_from(list(CURRENCIES.values())))
def test_every_amount_that_can_be_read_can_be_said(minor: int, currency: Currency) -> None:
    """No amount below the largest is too large for words, in either language."""
    assert in_arabic(Money(minor), currency).startswith("فقط ")
    assert in_english(Money(minor), currency).endswith(" only")
