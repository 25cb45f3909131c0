"""Receipts on paper: two copies, the amount in figures and words, drafts and voids."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanad.domain.case import Case, Paper
from sanad.domain.household import Household, Member, Relation, Sex
from sanad.domain.money import BHD, USD, Currency, Money
from sanad.domain.office import Digits, Office
from sanad.domain.payment import LONGEST_REASON
from sanad.domain.spelling import LONGEST_NAME
from sanad.domain.text import Text
from sanad.forms.reader import read_form
from sanad.paper.facts import Guide
from sanad.paper.form_page import Filling, Imprint
from sanad.paper.ink import Ink
from sanad.paper.slip_page import SlipPress
from tests.paper.measure import measured, overlapping
from tests.paper.printing import OFFICE, ON, PROGRAM, ROOT, fonts, nothing_overflows, read_back, words

FORM = read_form((ROOT / "forms/receipt.toml").read_text("utf-8"), "receipt.toml")
GUIDE = Guide(
    title=Text("دليل", "Guide"), formulas="karzakan", aids={"monthly": Text("المساعدة الشهرية", "monthly aid")}
)
PAPER = Paper(
    number="2026-000391",
    date=date(2026, 11, 25),
    amount=Money(30_000),
    months=("2026-11",),
    decision="14/3",
    voucher="2026-000388",
    method="cash",
    payee="حسن علي أحمد",
)
VOID = "أُلغي في 25/11/2026 (صفاء): صُرف مرتين"
JOURNAL = "3fa9c2d17be04455aa99"


def receipt(civil_id: str = "800512345", **said: object) -> Case:
    """A family whose head takes money, with what its receipt says."""
    paper = replace(PAPER, **said)  # type: ignore[arg-type]  # each by its own name
    head = Member(id=1, relation=Relation.HEAD, sex=Sex.MALE, name=paper.payee, civil_id=civil_id)
    return Case("karzakan-2020", "monthly", ON, Household(file_number="1042", members=(head,)), paper=paper)


def printed(
    ink: Ink,
    *receipts: Case | None,
    office: Office | None = OFFICE,
    currency: Currency = BHD,
    digits: Digits = Digits.WESTERN,
    copies: int = 2,
    void: str = "",
    note: str = "",
) -> bytes:
    """The receipts in the ink's language."""
    told = words("ar" if ink.right_to_left else "en", digits)
    assert FORM.slip is not None
    press = SlipPress(ink, FORM, FORM.slip, Imprint(office, currency, told, ON, PROGRAM), copies=copies)
    for case in receipts:
        press.add(Filling(case, GUIDE, void=void, note=note, journal=JOURNAL if case else ""))
    return press.finished()


def test_k6_both_copies_say_everything(arabic: Ink) -> None:
    """Office and family hold the same words: number, dates, amount, purpose, decision, voucher, who and how."""
    (page,) = read_back(printed(arabic, receipt()))
    for said in (
        "2026-000391",
        "25/11/2026",
        "15/06/1448",
        "30.000",
        "فقط ثلاثون ديناراً بحرينياً لا غير",
        "المساعدة الشهرية",
        "نوفمبر",
        "14/3",
        "2026-000388",
        "نقداً",
        "حسن علي أحمد",
        "800512345",
        "أمين الصندوق",
        "البصمة",
        "3fa9c2d17be04455",
    ):
        assert page.count(said) >= 2, said
    assert page.count("نسخة الجمعية") == page.count("نسخة الأسرة") == 1


def test_a_receipt_in_english(english: Ink) -> None:
    """The same in the other language and direction."""
    (page,) = read_back(printed(english, receipt()))
    for said in (
        "Thirty Bahraini dinars only",
        "monthly aid",
        "November 2026",
        "Cash",
        "Society's copy",
        "BD",
        "800512345",
    ):
        assert said in page


def test_without_a_number_it_is_a_draft(arabic: Ink) -> None:
    """The word stands across each copy, and only then."""
    assert read_back(printed(arabic, receipt(number="")))[0].count("مسودة") == 2
    assert "مسودة" not in read_back(printed(arabic, receipt()))[0]


def test_a_cancelled_one_keeps_its_number(arabic: Ink) -> None:
    """ملغى across, and everything still to be read."""
    (page,) = read_back(printed(arabic, receipt(), void=VOID))
    assert page.count("ملغى") == 2
    assert page.count("صُرف مرتين") == 2
    assert not any(said in page for said in ("البصمة", "أمين الصندوق")), "nobody signs what is void"
    assert page.count("2026-000391") >= 2
    assert "مسودة" not in page


@pytest.mark.parametrize("letter", ["م", "W", "كلمة "])
def test_k5_the_longest_reason_of_a_void_is_printed_whole(arabic: Ink, english: Ink, letter: str) -> None:
    """With the longest name and amount above it and the longest notes under it: to its last word, inside the frame."""
    reason = (letter * LONGEST_REASON)[: LONGEST_REASON - 6] + " ژانتها"[:6]
    told = receipt(amount=Money(10**15 - 1), payee="عبدالرحمن " * 19, months=("2026-11", "2026-12"))
    for ink in (arabic, english):
        void = words("ar" if ink.right_to_left else "en").text("paper.voided", who="ص" * 40, date=ON, reason=reason)
        with nothing_overflows():
            pdf = printed(ink, told, void=void, note="نسخة معادة رقم 12 · " + "استُعيدت البيانات " * 12)
        (page,) = measured(pdf)
        assert list(overlapping(page.texts)) == []
        (text,) = read_back(pdf)
        assert text.count("ژ") == 2
        assert text.count(letter.strip()) >= 2 * reason.count(letter.strip())


def test_k5_a_long_note_takes_more_lines(arabic: Ink, english: Ink) -> None:
    """Which copy it is, from which backup the data came, which letters no face has: nothing is cut at the foot."""
    note = "نسخة معادة رقم 3 · استُعيدت البيانات في 25/11/2026 من نسخة قديمة " * 4 + "ژ"
    for ink in (arabic, english):
        with nothing_overflows():
            pdf = printed(ink, receipt(payee="علي 😀"), note=note)
        (page,) = measured(pdf)
        assert list(overlapping(page.texts)) == []
        (text,) = read_back(pdf)
        assert (text.count("ژ"), text.count("U+1F600")) == (2, 2)


def test_a_blank_one_has_lines_to_write_on(arabic: Ink, english: Ink) -> None:
    """Nothing is known: everything can be written by hand, also the society's name."""
    for ink in (arabic, english):
        with nothing_overflows():
            assert read_back(printed(ink, None, office=None))


def test_a_batch_has_a_page_for_each(arabic: Ink) -> None:
    """Receipts of a run come in one file, in their order."""
    pages = read_back(printed(arabic, *(receipt(number=f"2026-00000{n}") for n in range(1, 4))))
    assert [f"2026-00000{n}" in page for n, page in enumerate(pages, start=1)] == [True] * 3


def test_only_embedded_faces_and_the_same_bytes(arabic: Ink) -> None:
    """A receipt looks the same on every machine, and twice the same."""
    pdf = printed(arabic, receipt())
    assert all(fonts(pdf).values())
    assert pdf == printed(arabic, receipt())


def test_arabic_digits_and_another_currency(arabic: Ink) -> None:
    """Figures follow the office; dollars have two places."""
    (page,) = read_back(printed(arabic, receipt(), digits=Digits.ARABIC))
    assert page.count("٣٠٫٠٠٠") + page.count("٠٠٠٫٠٣") == 2  # pypdf may turn these digits around, as it does letters
    (page,) = read_back(printed(arabic, receipt(amount=Money(7550)), currency=USD))
    assert "75.50" in page
    assert "خمسة وسبعون دولاراً أمريكياً وخمسون سنتاً" in page


def test_a_letter_that_no_face_has_is_named(arabic: Ink) -> None:
    """The foot of each copy tells which."""
    (page,) = read_back(printed(arabic, receipt(payee="علي 😀")))
    assert page.count("U+1F600") == 2


@pytest.mark.parametrize("payee", ["عبدالرحمن " * 20, "ب" * LONGEST_NAME, "W" * LONGEST_NAME])
def test_the_longest_name_and_amount_leave_room_to_sign(arabic: Ink, english: Ink, payee: str) -> None:
    """Type shrinks to what is still read; nothing runs into the lines to sign on or over the frame."""
    long = receipt(amount=Money(10**15 - 1), payee=payee[:LONGEST_NAME], months=("2026-11", "2026-12"))
    for ink in (arabic, english):
        with nothing_overflows():
            assert read_back(printed(ink, long))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payee=st.text(max_size=LONGEST_NAME), code=st.text(max_size=20), minor=st.integers(0, 10**15 - 1))
def test_any_receipt_prints_inside_its_page(arabic: Ink, payee: str, code: str, minor: int) -> None:
    """Whatever names and numbers hold, the paper is whole."""
    told = receipt(code, payee=payee, decision=code, amount=Money(minor))
    with nothing_overflows():
        assert printed(arabic, told).startswith(b"%PDF")
