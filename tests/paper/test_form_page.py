"""The case-study form on paper, blank and filled, read back from the PDF."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sanad.domain.assessment import Assessment, Outcome
from sanad.domain.case import Case, FollowUp
from sanad.domain.household import (
    Household,
    Income,
    IncomeKind,
    Member,
    Obligation,
    ObligationKind,
    Relation,
    Sex,
)
from sanad.domain.money import BHD, Money
from sanad.domain.office import Digits, Office
from sanad.domain.spelling import LONGEST_NAME, cleaned
from sanad.domain.text import Text
from sanad.forms.definition import Field, Form, Kind, On, Page, Section
from sanad.paper.facts import Guide
from sanad.paper.form_page import Filling, Imprint, Press
from sanad.paper.ink import Ink
from sanad.paper.sheet import MARGIN_SIDE, WIDTH
from sanad.words.catalogue import Words
from tests.paper.measure import measured
from tests.paper.printing import OFFICE, ON, PROGRAM, fonts, nothing_overflows, read_back, words

FACES = {
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    "IBMPlexSansArabic-Regular",
    "IBMPlexSansArabic-Bold",
}


def printed(
    ink: Ink,
    form: Form,
    case: Case | None,
    guide: Guide,
    *,
    office: Office | None = OFFICE,
    told: Words | None = None,
    assessment: Assessment | None = None,
) -> bytes:
    """The paper, under the office's letterhead unless said."""
    imprint = Imprint(office, BHD, told or words("ar" if ink.right_to_left else "en"), ON, PROGRAM)
    press = Press(ink, form, imprint)
    press.add(Filling(case, guide, assessment))
    return press.finished()


def nth_name(number: int) -> str:
    """A name of letters alone: lines that mix words and figures come back from a PDF in another order."""
    return "علي " + "ابجدهوزحطي"[number // 10] + "سشصضطظعغفق"[number % 10]


def crowd(count: int) -> Household:
    """A family of many."""
    head = Member(id=1, relation=Relation.HEAD, sex=Sex.MALE, name="رب الأسرة")
    children = (Member(id=n, relation=Relation.SON, sex=Sex.MALE, name=nth_name(n)) for n in range(2, count + 1))
    return Household(file_number="7", members=(head, *children))


def test_every_label_of_the_form_is_printed(arabic: Ink, english: Ink, form: Form, guide: Guide) -> None:
    """Every section, field and column of the definition stands on the blank, in both languages."""
    for ink, language in ((arabic, "ar"), (english, "en")):
        text = " ".join(read_back(printed(ink, form, None, guide))).replace(" ", "")
        for page in form.pages:
            for section in page.sections:
                if section.guides and guide.formulas not in section.guides:
                    continue
                columns = section.table.columns if section.table else ()
                shown = [each.label for each in (*section.fields, *columns) if each.on is not On.SCREEN]
                for label in (section.title, *shown, *section.signatures):
                    assert label.in_(language).replace(" ", "").replace("(", "").rstrip(")") in text.replace(
                        "(", ""
                    ).replace(")", ""), label


def test_the_facts_are_printed_and_can_be_read_back(
    arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment
) -> None:
    """Names, figures, dates and choices come out of the PDF as they went in, each on its page."""
    pages = read_back(printed(arabic, form, case, guide, assessment=assessment))
    assert len(pages) == len(form.pages)
    for page, facts in (
        (0, ["حسن علي أحمد", "800512345", "3312 4455", "متزوج", "21/11/2026", "سائق"]),
        (1, ["شقة مستأجرة", "2634", "لؤلؤة حسن علي", "عزباء", "46", "18"]),
        (2, ["1733 4455", "أسرة متعففة", "جعفر محمد", "زرنا الأسرة يوم"]),
        (3, ["01/12/2026", "الحال على ما هو عليه"]),
        (4, ["1,250.500", "راتب", "إيجار المسكن", "150.000"]),
        (5, ["بطاقة الهوية", "موجود", "01/01/2028", "ناقص"]),
        (6, ["310.000", "40%", "30.000", "فقط ثلاثون ديناراً بحرينياً لا غير", "متحقق", "قراءة للدليل"]),
        (7, ["14/3", "24/11/2026", "30.000", "الختم"]),
    ):
        for fact in facts:
            assert fact in pages[page], (page + 1, fact)


def test_a_clause_is_told_by_its_place_in_the_guide(
    arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment
) -> None:
    """The reader looks it up there; the id stands only where the guide names no place."""
    computed = read_back(printed(arabic, form, case, guide, assessment=assessment))[6]
    assert "المعونات الشهرية" in computed
    assert "K-MONTH-2" not in computed
    assert "K-POV-4" in computed


def test_a_sum_runs_left_to_right(arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment) -> None:
    """What is taken away stands to the right of what it is taken from, also in an Arabic line."""
    page = PdfReader(BytesIO(printed(arabic, form, case, guide, assessment=assessment))).pages[6]
    assert "460.000 − 150.000" in " ".join(page.extract_text().split())


def test_what_is_missing_is_told_by_its_label(
    arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment
) -> None:
    """Facts by the guide's label, boxes by the form's with the person's name, the unknown by its path."""
    told = replace(assessment, outcome=Outcome.INCOMPLETE, amount=None)
    computed = read_back(printed(arabic, form, case, guide, assessment=told))[6]
    for said in ("الرأي الشرعي", "فقير · لؤلؤة حسن علي", "هاتف", "unheard_of", "بيانات ناقصة"):
        assert said in computed.replace("  ", " ") or said.split(" · ")[0] in computed


@pytest.mark.parametrize(
    ("redirect", "said"),
    [("monthly", "المساعدة الشهرية"), ("other_charity", "جمعية أخرى"), ("harm_relief", "harm_relief")],
)
def test_another_aid_to_consider_is_named(
    arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment, redirect: str, said: str
) -> None:
    """By its name in the guide, where it has one."""
    told = replace(assessment, aid="seasonal", outcome=Outcome.NOT_ELIGIBLE, redirect=redirect)
    computed = read_back(printed(arabic, form, case, guide, assessment=told))[6]
    assert "غير مستحق" in computed
    assert said in computed


def test_each_page_says_which_it_is(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """Form, file number, page n of m, the day of printing in both calendars, the program's version."""
    for number, page in enumerate(read_back(printed(arabic, form, case, guide)), start=1):
        for said in ("استمارة بحث حالة", "1042", str(number), "25/11/2026", "15/06/1448", "Sanad 1.0"):
            assert said in page, (number, said)


def test_the_letterhead_stands_in_both_languages(arabic: Ink, english: Ink, form: Form, guide: Guide) -> None:
    """Names, committee and phone; without an office there is a line to write the name on."""
    for ink in (arabic, english):
        first = read_back(printed(ink, form, None, guide))[0]
        for said in (OFFICE.name_ar, OFFICE.name_en, OFFICE.committee_en, OFFICE.committee_ar, OFFICE.phone):
            assert said in first
    assert "اسم الجمعية" in read_back(printed(arabic, form, None, guide, office=None))[0]
    bare = replace(OFFICE, phone="", committee_ar="")
    assert "هاتف" not in read_back(printed(arabic, form, None, guide, office=bare))[0].split("استمارة")[0]


def test_only_embedded_faces_are_used(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """No face of the reader's machine is relied on, Helvetica least of all."""
    assert fonts(printed(arabic, form, case, guide)) == dict.fromkeys(FACES, True)


def test_the_same_case_gives_the_same_bytes(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """Two printings of one day cannot be told apart."""
    assert printed(arabic, form, case, guide) == printed(arabic, form, case, guide)


def test_the_document_says_what_it_is(arabic: Ink, english: Ink, form: Form, case: Case, guide: Guide) -> None:
    """Title, author, language and reading direction are set."""
    reader = PdfReader(BytesIO(printed(arabic, form, case, guide)))
    assert reader.metadata is not None
    assert reader.metadata.title == "استمارة بحث حالة · عائلة 1042"
    assert reader.metadata.author == OFFICE.name_ar
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"
    mirrored: Any = PdfReader(BytesIO(printed(english, form, case, guide))).trailer["/Root"]
    assert (mirrored["/Lang"], mirrored["/ViewerPreferences"]["/Direction"]) == ("en", "/L2R")


def test_more_members_than_rows_go_on_to_a_further_page(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """Ten a page, numbered on, in each of the three tables of members."""
    with nothing_overflows():
        pages = read_back(printed(arabic, form, replace(case, household=crowd(23)), guide))
    assert len(pages) == len(form.pages) + 3 * 2
    assert nth_name(10) in pages[1]
    assert nth_name(11) not in pages[1]
    assert nth_name(11) in pages[2]
    assert nth_name(20) in pages[2]
    assert nth_name(23) in pages[3]
    assert [page.count("تتمة") for page in pages[1:6]] == [0, 1, 1, 1, 1]  # the form's own third page, and each further


def test_tables_that_run_over_share_a_further_page(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """One income and one obligation too many do not take a page each."""
    household = replace(
        case.household,
        incomes=tuple(Income(IncomeKind.SALARY, Money(100_000 + n), 1) for n in range(8)),
        obligations=tuple(Obligation(ObligationKind.RENT, Money(50_000 + n)) for n in range(7)),
    )
    with nothing_overflows():
        pages = read_back(printed(arabic, form, replace(case, household=household), guide))
    assert len(pages) == len(form.pages) + 1
    assert "100.007" in pages[5]
    assert "50.006" in pages[5]


def test_figures_begin_after_their_label_on_an_english_paper(
    english: Ink, form: Form, case: Case, guide: Guide
) -> None:
    """They are read like the words beside them, from the left; in Arabic they end at the left edge of their line."""
    page = measured(printed(english, form, case, guide))[0]
    civil_id = next(text for text in page.texts if text.text == b"800512345")
    assert civil_id.left < MARGIN_SIDE + WIDTH / 6


def test_what_a_family_has_not_told_is_named_in_words(
    arabic: Ink, form: Form, case: Case, guide: Guide, assessment: Assessment
) -> None:
    """Not by the paths under which a program keeps its lists."""
    missing = ("household.members", "household.incomes", "household.obligations")
    found = replace(assessment, outcome=Outcome.INCOMPLETE, amount=None, missing=missing)
    computed = read_back(printed(arabic, form, case, guide, assessment=found))[6]
    assert all(said in computed for said in ("أفراد الأسرة", "الإيرادات الشهرية", "الالتزامات الشهرية"))
    assert "household" not in computed


def test_k5_long_notes_run_on(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """Four thousand letters of notes, in lines and in a table, are printed to the last word."""
    long = "كلمة طويلة من ملاحظات الباحث " * 130 + "آخرها"
    told = replace(case, research=replace(case.research, notes=long), follow_ups=(FollowUp(ON, "جعفر", long),))
    with nothing_overflows():
        pages = read_back(printed(arabic, form, told, guide))
    assert sum(page.count("آخرها") for page in pages) == 2


def test_arabic_digits_are_shown_throughout(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """An office that shows Arabic digits has them in boxes, tables, heads and feet."""
    pdf = printed(arabic, form, case, guide, told=words("ar", Digits.ARABIC))
    first, *_, incomes = read_back(pdf)[:5]
    for page, figure in ((first, "٨٠٠٥١٢٣٤٥"), (first, "٢٥/١١/٢٠٢٦"), (incomes, "١٬٢٥٠٫٥٠٠")):
        assert figure in page or figure[::-1] in page  # pypdf turns these digits around, as it does letters
    assert "1042" not in first


def test_letters_that_no_face_has_are_named_at_the_foot(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """The paper says which letters it could not print."""
    told = replace(case, household=replace(case.household, resident_of="كرزكان 😀"))
    assert "U+1F600" in read_back(printed(arabic, form, told, guide))[0]
    assert "U+" not in read_back(printed(arabic, form, case, guide))[0]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_field_has_its_box(arabic: Ink, guide: Guide, kind: Kind) -> None:
    """A form may hold any kind, filled by hand."""
    field = Field(kind=kind, label=Text(f"خانة {kind.value}", kind.value), on=On.PAPER)
    section = Section(title=Text("قسم", "Section"), fields=(field,))
    form = Form(id="x", title=Text("ورقة", "Paper"), pages=(Page(title=Text("صفحة", "Page"), sections=(section,)),))
    assert kind.value.replace("_", "") in read_back(printed(arabic, form, None, guide))[0].replace("_", "")


def test_a_family_of_which_nothing_is_known_prints(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """No head, no number, no answers: lines to write on, and the boxes under the tables unticked or ticked."""
    nobody = replace(case, household=Household(), request_date=None, documents=(), follow_ups=())
    assert read_back(printed(arabic, form, nobody, guide))
    asked = replace(case, household=Household(incomes=(), obligations=()))
    assert printed(arabic, form, asked, guide) != printed(arabic, form, nobody, guide)


class Studies:
    """A family's case study, printed with other texts in it; a counterexample names it in two words."""

    def __init__(self, inks: tuple[Ink, ...], form: Form, case: Case, guide: Guide) -> None:
        self._inks, self._form, self._case, self._guide = inks, form, case, guide

    def __repr__(self) -> str:
        return "Studies()"

    def printed(self, name: str, note: str, code: str) -> Iterator[bytes]:
        """In each direction, with the texts in every part of the file that takes such."""
        head = self._case.household.members[0]
        head = replace(head, name=name, workplace=note, civil_id=code, occupation=code)
        household = replace(self._case.household, members=(head,), file_number=code[:20], family_state=note, phone=code)
        for ink in self._inks:
            yield printed(ink, self._form, replace(self._case, household=household), self._guide)


@pytest.fixture
def studies(arabic: Ink, english: Ink, form: Form, case: Case, guide: Guide) -> Studies:
    """The case study of the family, in both languages."""
    return Studies((arabic, english), form, case, guide)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=LONGEST_NAME), note=st.text(max_size=600), code=st.text(max_size=60))
@example(name="", note="", code="A\n")
def test_any_typed_text_prints_inside_the_margins(studies: Studies, name: str, note: str, code: str) -> None:
    """Whatever was pasted into a name, a note or a code: a whole PDF, and nothing beyond its edge."""
    with nothing_overflows():
        assert all(pdf.startswith(b"%PDF") for pdf in studies.printed(cleaned(name), note, code))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on this machine; pypdf reads it anyway")
def test_another_reader_finds_the_names(arabic: Ink, form: Form, case: Case, guide: Guide, tmp_path: Path) -> None:
    """What archives use to search, poppler's pdftotext, finds names and ids too."""
    file = tmp_path / "case.pdf"
    file.write_bytes(printed(arabic, form, case, guide))
    found = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode()
    text = unicodedata.normalize("NFKC", found)
    for said in ("حسن علي أحمد", "لؤلؤة حسن علي", "800512345"):
        assert said in text


def test_the_day_of_the_case_gives_the_age(arabic: Ink, form: Form, case: Case, guide: Guide) -> None:
    """A paper printed later shows the age on the day the rules were read at."""
    later = printed(arabic, form, replace(case, on=date(2036, 11, 22)), guide)
    assert "56" in read_back(later)[1]
