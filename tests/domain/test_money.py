"""Money: whole minor units, read in either digits, shown one way, rounded once."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Refused
from sanad.domain.money import BHD, CURRENCIES, KWD, LARGEST, USD, ZERO, Amount, Currency, Money, half_up

AMOUNTS = st.integers(-LARGEST + 1, LARGEST - 1).map(Money)
POSITIVE = st.integers(0, LARGEST - 1).map(Money)
EVERY = st.sampled_from(list(CURRENCIES.values()))


@pytest.mark.parametrize("value", [1.0, "1", None, True, Fraction(1)])
def test_f8_only_a_whole_number_is_money(value: object) -> None:
    """A float, a text, a truth or a fraction is none."""
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type]  # that is what is tried


@given(AMOUNTS, AMOUNTS)
def test_money_adds_and_subtracts_as_its_units_do(one: Money, other: Money) -> None:
    """And compares by them."""
    assert (one + other).minor == one.minor + other.minor
    assert one - other == -(other - one)
    assert (one < other) == (one.minor < other.minor)
    assert bool(one) == (one != ZERO)


@given(AMOUNTS, st.integers(-1000, 1000))
def test_money_times_a_number_is_money(money: Money, times: int) -> None:
    """From either side."""
    assert money * times == times * money == Money(money.minor * times)


@pytest.mark.parametrize("other", [1.5, True, "2", Money(2), Fraction(1, 2)])
def test_f8_money_is_multiplied_by_whole_numbers_only(other: object) -> None:
    """Money times a float would be a float somewhere."""
    with pytest.raises(TypeError):
        Money(3) * other  # type: ignore[operator]  # that is what is tried


@pytest.mark.parametrize("other", [0, 1.5, "2"])
def test_f8_money_is_added_to_money_only(other: object) -> None:
    """Nor taken from anything else."""
    with pytest.raises(TypeError):
        Money(3) + other  # type: ignore[operator]  # that is what is tried
    with pytest.raises(TypeError):
        Money(3) - other  # type: ignore[operator]  # as above


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("1/2", 1),
        ("-1/2", -1),
        ("3/2", 2),
        ("-3/2", -2),
        ("49/100", 0),
        ("-49/100", 0),
        ("51/100", 1),
        ("0", 0),
        ("7", 7),
    ],
)
def test_a_half_goes_away_from_zero(value: str, whole: int) -> None:
    """As the office rounds on paper."""
    assert half_up(Fraction(value)) == whole


@given(EVERY, POSITIVE)
def test_e1_what_is_shown_is_read_back(currency: Currency, money: Money) -> None:
    """Plain and grouped, in western and in Arabic digits."""
    for shown in (currency.plain(money), currency.grouped(money)):
        arabic = shown.translate(str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬"))
        assert currency.read(shown) == currency.read(arabic) == money


@given(EVERY, AMOUNTS)
def test_an_exact_amount_rounds_to_itself(currency: Currency, money: Money) -> None:
    """Nothing is lost on the way to a fraction and back."""
    assert currency.rounded(currency.exact(money)) == money


@given(EVERY, st.fractions(-(10**6), 10**6))
def test_rounding_moves_by_half_a_unit_at_most(currency: Currency, amount: Fraction) -> None:
    """To the nearest one."""
    assert abs(currency.exact(currency.rounded(amount)) - amount) <= Fraction(1, 2 * currency.unit)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("0", 0), ("12.5", 12_500), ("12.500", 12_500), ("١٢٫٥٠٠", 12_500), ("۱۲٫۵", 12_500), ("1250", 1_250_000),
        ("1,250.5", 1_250_500), ("1,250.000", 1_250_000), ("١٬٢٥٠٫٥", 1_250_500), (" 7 ", 7_000), ("007", 7_000),
        ("1,234,567", 1_234_567_000),
    ],
)  # fmt: skip
def test_e1_an_amount_is_read_in_either_digits(text: str, minor: int) -> None:
    """With or without grouping and decimals."""
    assert BHD.read(text) == Money(minor)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "money.negative"), ("−1", "money.negative"), ("1,5", "money.comma"), ("12,50", "money.comma"),
        ("1.2345", "money.places"), ("", "money.unreadable"), ("ten", "money.unreadable"), ("1.", "money.unreadable"),
        (".5", "money.unreadable"), ("1_000", "money.unreadable"), ("1e5", "money.unreadable"),
        ("0x10", "money.unreadable"), ("²", "money.unreadable"), ("½", "money.unreadable"), ("NaN", "money.unreadable"),
        ("+5", "money.unreadable"), ("1 000", "money.unreadable"), ("1,23,456", "money.unreadable"),
        ("1,2345", "money.unreadable"), ("1.2.3", "money.unreadable"), ("9" * 16, "money.too_large"),
        ("9" * 5000, "money.too_large"), ("1" + "0" * 12, "money.too_large"),
        ("9" * 5000 + ",500", "money.too_large"),
    ],
)  # fmt: skip
def test_e2_e3_e4_e6_what_is_no_amount_is_refused(text: str, code: str) -> None:
    """Nothing is guessed, nothing rounded; the place and the text are told."""
    with pytest.raises(Refused) as refused:
        BHD.read(text, "asked")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where, problem.values["text"]) == (code, "asked", text)


@pytest.mark.parametrize(
    ("currency", "text", "point", "group"),
    [
        (BHD, "12,500", 12_500, 12_500_000), (BHD, "١٢٬٥٠٠", 12_500, 12_500_000), (BHD, "١٢,٥٠٠", 12_500, 12_500_000),
        (KWD, "1,250", 1_250, 1_250_000), (BHD, "0,500", 500, 500_000), (BHD, "1250,500", 1_250_500, 1_250_500_000),
        (BHD, "12,50", 12_500, 1_250_000), (BHD, "1,5", 1_500, 15_000), (USD, "12,50", 1_250, 125_000),
    ],
)  # fmt: skip
def test_e3_a_comma_that_may_be_a_point_is_asked_about(currency: Currency, text: str, point: int, group: int) -> None:
    """Both readings are told; each of them, typed as it is told, is read as what it says."""
    with pytest.raises(Refused) as refused:
        currency.read(text, "asked")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == ("money.comma", "asked")
    readings = [Amount(Money(point), currency), Amount(Money(group), currency)]
    assert [problem.values["point"], problem.values["group"]] == readings
    assert [currency.read(currency.grouped(each.money)) for each in readings] == [Money(point), Money(group)]


def test_e3_a_comma_before_thousands_alone_is_no_question() -> None:
    """Where a currency has two places, three figures after a comma are thousands; so are two commas anywhere."""
    assert USD.read("1,250") == Money(125_000)
    assert BHD.read("1,250,500") == Money(1_250_500_000)
    assert BHD.read("12,500.0") == Money(12_500_000)


@given(EVERY, POSITIVE)
def test_e3_no_amount_is_read_a_thousandfold(currency: Currency, money: Money) -> None:
    """Written with a comma for its point, an amount is read as itself or not at all."""
    try:
        read = currency.read(currency.plain(money).replace(".", ","))
    except Refused as refused:
        assert {problem.code for problem in refused.problems} <= {"money.comma", "money.too_large"}  # noqa: PT017
    else:
        assert read == money


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """An amount is only read from digits and their marks."""
    try:
        money = BHD.read(text)
    except Refused as refused:
        assert len(refused.problems) == 1  # noqa: PT017  # either way is right; only another error is wrong
    else:
        assert money >= ZERO
        assert re.fullmatch(r"\s*[\d.,٫٬]+\s*", text)


def test_each_currency_shows_its_own_places() -> None:
    """Three for the dinar, two for the dollar; a minus before all."""
    assert BHD.plain(Money(-1_250_500)) == "-1250.500"
    assert USD.grouped(Money(-125_050)) == "-1,250.50"
    assert USD.read("1250.5") == Money(125_050)


@given(EVERY, st.integers(LARGEST, 10**400))
def test_e6_a_number_beyond_all_measure_is_refused(currency: Currency, number: int) -> None:
    """However long it is, and in whatever digits."""
    for text in (f"{number:d}", f"{number:,}", f"{number:d}.5".translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"))):
        with pytest.raises(Refused) as refused:
            currency.read(text)
        assert [problem.code for problem in refused.value.problems] == ["money.too_large"]


@pytest.mark.parametrize(
    ("currency", "fits", "too_fine"), [(BHD, "12.505", "12.5005"), (KWD, "12.505", "12.5005"), (USD, "12.50", "12.505")]
)
def test_e4_more_places_than_the_currency_has_are_refused(currency: Currency, fits: str, too_fine: str) -> None:
    """The limit is named, nothing is rounded; as many places as there are go through."""
    assert currency.exact(currency.read(fits)) == Fraction(fits)
    with pytest.raises(Refused) as refused:
        currency.read(too_fine)
    (problem,) = refused.value.problems
    assert problem.code == "money.places"
    assert (problem.values["places"], problem.values["code"]) == (currency.places, currency.code)
