"""Amounts in words: tables checked by hand, and a second way that reads the words back into the number."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanad.domain.errors import Bug
from sanad.domain.money import BHD, CURRENCIES, KWD, USD, Currency, Money
from sanad.words.amount import in_arabic, in_english
from tests.words.reading import misread, read_back, read_back_english

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("amounts.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
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


@pytest.mark.parametrize(("code", "figure", "arabic", "english"), TABLE)
def test_the_table_checked_by_hand(code: str, figure: str, arabic: str, english: str) -> None:
    """In both languages: every number from one to twelve, every hundred, fils and cents, thousands and millions."""
    currency = CURRENCIES[code]
    money = currency.read(figure)
    assert in_arabic(money, currency) == f"فقط {arabic} لا غير"
    assert in_english(money, currency) == english


def test_the_table_is_as_long_as_it_should_be() -> None:
    """At least two hundred amounts, none twice."""
    assert len({(code, figure) for code, figure, *_ in TABLE}) == len(TABLE) >= 200


def test_a_wide_sample_of_whole_dinars_reads_back() -> None:
    """All to 3,000, each thousand, and every 997th to a million; ``make amounts`` reads all of them."""
    dinars = {*range(3001), *range(0, 1_000_001, 1000), *range(0, 1_000_001, 997)}
    assert [number for number in sorted(dinars) if misread(number * 1000)] == []


@pytest.mark.parametrize("currency", CURRENCIES.values(), ids=CURRENCIES.keys())
def test_f10_ten_thousand_amounts_in_words_read_back_as_their_figures(currency: Currency) -> None:
    """Each currency in its own nouns: small ones and large ones, by chance, the same at every run."""
    chance = Random(currency.code)  # noqa: S311  # amounts, no secrets
    amounts = {chance.randrange(10 ** chance.randint(1, 9)) for _ in range(14_000)} | set(range(2000))
    assert len(amounts) >= 10_000
    assert [minor for minor in sorted(amounts) if misread(minor, currency)] == []


def test_f10_words_of_another_currency_are_not_read_as_this_one() -> None:
    """The reader of this test is no parrot: dinars are no dollars, nor Bahraini ones Kuwaiti."""
    for said, read in ((BHD, USD), (USD, KWD), (KWD, BHD)):
        with pytest.raises(KeyError):
            read_back(in_arabic(Money(30_000), said), read)
        assert read_back_english(in_english(Money(30_000), said), read) == 0


@given(
    st.integers(0, 999_999_999) | st.integers(0, 200_000).map(lambda whole: whole * 1000),
    st.sampled_from(list(CURRENCIES.values())),
)
@example(31_631_021, BHD)
def test_f10_words_read_back_as_the_amount(minor: int, currency: Currency) -> None:
    """A reader who adds the words up has the same money in hand, and the noun agrees with its number."""
    assert not misread(minor, currency)


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
