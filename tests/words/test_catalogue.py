"""Texts by key, and figures as the office shows them."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from sanad.domain.errors import Bug, Problem
from sanad.domain.health import Ago, Fact, Size, Standing
from sanad.domain.household import MaritalStatus, Relation
from sanad.domain.money import BHD, KWD, Amount, Money
from sanad.domain.office import Digits
from sanad.domain.text import Text
from sanad.words.catalogue import Words

FOLDER = Path(__file__).resolve().parents[2] / "resources/locale"
ARABIC = Words(FOLDER, "ar")
INDIC = Words(FOLDER, "ar", Digits.ARABIC)
ENGLISH = Words(FOLDER, "en")
DAY = date(2026, 11, 21)


def test_direction_follows_the_language() -> None:
    """Arabic runs right to left, English left to right."""
    assert (ARABIC.right_to_left, ENGLISH.right_to_left) == (True, False)


def test_a_choice_takes_the_form_of_the_sex_where_there_is_one() -> None:
    """A daughter is عزباء, a son أعزب; what has one form for both keeps it."""
    assert ARABIC.choice("marital_status", "single", "female") == "عزباء"
    assert ARABIC.choice("marital_status", "single", "male") == ARABIC.choice("marital_status", "single") == "أعزب"
    assert ARABIC.choice("education", "secondary", "female") == "ثانوي"


@pytest.mark.parametrize("status", MaritalStatus)
@pytest.mark.parametrize("words", [ARABIC, ENGLISH])
def test_every_marital_status_is_said_of_a_woman(words: Words, status: MaritalStatus) -> None:
    """The gendered forms are there for each value."""
    assert words.has(f"marital_status.{status.value}.female")


def test_a_key_that_is_not_there_is_a_bug() -> None:
    """A forgotten text is found in our tests, not by the reader."""
    with pytest.raises(Bug, match=r"no\.such_key"):
        ARABIC.text("no.such_key")
    with pytest.raises(Bug, match=r"no\.such_key"):
        ARABIC.count("no.such_key", 3)


def test_a_placeholder_without_a_value_is_a_bug() -> None:
    """A sentence is never shown with a hole in it."""
    with pytest.raises(Bug, match=r"date\.both"):
        ARABIC.text("date.both")


def test_values_are_shown_as_the_office_shows_them() -> None:
    """Numbers take the digits of the office, typed text stays word for word, known values take their labels."""
    values = {"text": "1.2345", "places": 3, "code": Relation.HEAD}
    said = INDIC.problem(Problem("money.places", "bank_balance", values))
    assert "1.2345" in said
    assert "٣" in said
    assert "رب الأسرة" in said


def test_lists_dates_and_truths_are_put_into_sentences() -> None:
    """A list is joined in the language's manner, a date and a yes are said."""
    said = ARABIC.text("date.both", date=[DAY, True], hijri=("1", 2))
    assert said == "21/11/2026، نعم الموافق 1، 2 هـ"
    said = ENGLISH.problem(Problem("field.required", "head.name", {"label": Text("الاسم", "Name")}))
    assert said == "This must be filled: Name."


def test_shares_are_told_as_percentages() -> None:
    """A count stays a count; a part of one is told by the hundred."""
    assert ARABIC.quantity(Fraction(5)) == "5"
    assert INDIC.quantity(Fraction(2, 5)) == "٤٠%"
    assert ENGLISH.quantity(Fraction(1, 3)) == "33.33%"


def test_figures_in_western_digits() -> None:
    """Money keeps all its places and groups its thousands."""
    assert ARABIC.money(Money(1250500), BHD) == "1,250.500"
    assert ARABIC.number(1042) == "1,042"
    assert (ARABIC.symbol(BHD), ENGLISH.symbol(KWD)) == ("د.ب", "KD")


def test_figures_in_arabic_digits() -> None:
    """Digits, decimal point and grouping mark change together; codes with Latin letters stay as they are typed."""
    assert INDIC.money(Money(1250500), BHD) == "١٬٢٥٠٫٥٠٠"
    assert INDIC.date(DAY) == "٢١/١١/٢٠٢٦"
    assert INDIC.digits_shown("قرار 14/3 بند K-MONTH-4") == "قرار ١٤/٣ بند K-MONTH-4"
    assert INDIC.digits_shown("3312 4455") == "٣٣١٢ ٤٤٥٥"


def test_e3_both_readings_of_a_comma_are_told_in_the_digits_of_the_office() -> None:
    """As they have to be typed; the other currency has its own places."""
    values = {"text": "12,500", "point": Amount(Money(12_500), BHD), "group": Amount(Money(12_500_000), BHD)}
    said = [words.problem(Problem("money.comma", "", values)) for words in (ARABIC, INDIC, ENGLISH)]
    assert ["12.500" in said[0], "12,500.000" in said[0]] == [True, True]
    assert ["١٢٫٥٠٠" in said[1], "١٢٬٥٠٠٫٠٠٠" in said[1]] == [True, True]
    assert said[2].startswith("The comma in “12,500” could mean two things: 12.500 or 12,500.000?")


def test_days_and_months() -> None:
    """Both calendars, by names and by figures; a day before the Hijri tables says only what is known."""
    assert ARABIC.hijri(DAY) == "11/06/1448"
    ahead = Words(FOLDER, "ar", hijri_shift=1)
    assert (ahead.hijri(DAY), ahead.day(DAY)) == ("12/06/1448", "السبت 12 جمادى الآخرة 1448 · 21/11/2026")
    assert ARABIC.shifted(-1).both_dates(DAY) == "21/11/2026 الموافق 10/06/1448 هـ"
    assert ahead.read_date("12/06/1448") == DAY
    assert ARABIC.both_dates(DAY) == "21/11/2026 الموافق 11/06/1448 هـ"
    assert ARABIC.day(DAY) == "السبت 11 جمادى الآخرة 1448 · 21/11/2026"
    assert ENGLISH.day(DAY) == "Saturday 11 Jumada II 1448 · 21/11/2026"
    assert INDIC.month("2026-11") == "نوفمبر ٢٠٢٦"
    old = date(1920, 1, 1)
    assert (ARABIC.hijri(old), ARABIC.both_dates(old), ARABIC.day(old)) == ("", "01/01/1920", "الخميس · 01/01/1920")


def test_amounts_are_said_in_the_language() -> None:
    """The same amount closes in both languages so that nothing can be added."""
    assert ARABIC.amount(Money(30000), BHD) == "فقط ثلاثون ديناراً بحرينياً لا غير"
    assert ENGLISH.amount(Money(30000), BHD) == "Thirty Bahraini dinars only"


def test_a_moment_is_told_by_how_long_ago_it_was() -> None:
    """Today and yesterday with the hour, then in days; one that is still to come by its date."""
    at = datetime(2026, 11, 21, 18, 52).astimezone()
    assert ENGLISH.since(at, DAY) == "today 18:52"
    assert INDIC.since(at, DAY + timedelta(days=1)) == "أمس ١٨:٥٢"
    assert ARABIC.since(at, DAY + timedelta(days=2)) == "قبل يومين"
    assert ARABIC.since(at, DAY + timedelta(days=9)) == "قبل 9 أيام"
    assert ARABIC.since(at, DAY + timedelta(days=11)) == "قبل 11 يوماً"
    assert ENGLISH.since(at, DAY - timedelta(days=1)) == "21/11/2026 18:52"


def test_a_size_is_told_as_drives_are_sold() -> None:
    """In thousands, with a place behind the point from a gigabyte on; a file is never nothing."""
    assert [ENGLISH.size(size) for size in (0, 1, 590_000, 12_345_678, 14_230_000_000)] == [
        "0 KB",
        "1 KB",
        "590 KB",
        "12 MB",
        "14.2 GB",
    ]
    assert INDIC.size(14_230_000_000) == "١٤٫٢ غيغابايت"


def test_a_fact_is_one_sentence() -> None:
    """Sizes and moments in it are told as such."""
    at = datetime(2026, 11, 21, 18, 52).astimezone()
    kept = Fact("backup", "made", Standing.FINE, {"name": "sanad-2026-11-21-001.age", "ago": Ago(at, DAY)})
    assert ENGLISH.fact(kept) == "today 18:52, verified: sanad-2026-11-21-001.age"
    sizes = {name: Size(10**9) for name in ("free", "wanted", "data", "own")}
    assert "1.0 GB free" in ENGLISH.fact(Fact("space", "enough", Standing.FINE, sizes))
