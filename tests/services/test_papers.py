"""Papers from the services: blanks, papers of a case file, and those of the office's own families."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.domain.case import Case, Paper
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.office import Digits, Language
from sanad.domain.payment import LONGEST_REASON
from sanad.services import Reference, Services
from tests.builders import TODAY, Clock, a_decision, a_family, a_key, a_request, a_study, a_voucher, an_office
from tests.paper.printing import read_back

ON = date(2026, 11, 22)


@pytest.fixture
def reference() -> Reference:
    """The services that need no data folder."""
    return build(None)


@pytest.fixture
def case() -> Case:
    """The family of the guide's first row, with what a receipt needs."""
    case = a_study().case(policy="karzakan-2020", aid="monthly", on=ON)
    paper = Paper(
        number="2026-000391", voucher="2026-000388", date=ON, amount=Money(30_000), months=("2026-11",),
        payee="حسن علي أحمد", method="cash", decision="14/3",
    )  # fmt: skip
    head = replace(case.household.members[0], civil_id="800512345")
    household = replace(case.household, members=(head, *case.household.members[1:]))
    return replace(case, household=household, paper=paper)


def test_the_papers_are_listed_in_both_languages(reference: Reference) -> None:
    """Each by its id and title."""
    titles = dict(reference.papers.forms())
    assert titles["case-study"].ar == "استمارة بحث حالة"
    assert (titles["receipt"].ar, titles["receipt"].en) == ("سند استلام مساعدة", "Receipt of aid")


def test_a_case_is_printed_with_its_computation(reference: Reference, case: Case) -> None:
    """The guide is read for the case, and the paper is in the guide's own language unless said."""
    pages = read_back(reference.papers.print_case("case-study", case, on=ON))
    assert any("فقط ثلاثون ديناراً بحرينياً لا غير" in page for page in pages)
    english = read_back(reference.papers.print_case("case-study", case, on=ON, language="en"))
    assert any("Thirty Bahraini dinars only" in page for page in english)


def test_a_receipt_of_a_case(reference: Reference, case: Case) -> None:
    """What the case says of the payment, and the civil id of whom it names."""
    (page,) = read_back(reference.papers.print_case("receipt", case, on=ON, digits=Digits.WESTERN))
    for said in ("2026-000391", "حسن علي أحمد", "800512345", "14/3", "30.000"):
        assert said in page
    stranger = replace(case, paper=replace(case.paper, payee="مالك المسكن", method="barter"))
    (page,) = read_back(reference.papers.print_case("receipt", stranger, on=ON))
    assert "800512345" not in page


def test_blanks(reference: Reference) -> None:
    """Every paper can be had to fill by hand, under the guide that is named."""
    for form, _title in reference.papers.forms():
        pages = read_back(reference.papers.print_case(form, None, on=ON, policy="karzakan-2020"))
        assert all(page for page in pages)
        assert "حسن" not in pages[0]


def test_an_unknown_paper_or_guide_is_refused(reference: Reference, case: Case) -> None:
    """By name, with what there is instead."""
    with pytest.raises(Refused) as refused:
        reference.papers.print_case("poem", case, on=ON)
    (problem,) = refused.value.problems
    assert problem.code == "paper.no_such_form"
    assert str(problem.values["expected"]).startswith("case-study, aid-request, visit")
    with pytest.raises(Refused):
        reference.papers.print_case("case-study", None, on=ON, policy="nobody")


def test_every_sample_family_prints_in_both_languages(reference: Reference) -> None:
    """Whatever the samples hold, the papers are whole and the same twice."""
    for file in sorted(places.sample().glob("*.json"))[::4]:
        told = reference.policies.read_case(file)
        for language in ("ar", "en"):
            printed = reference.papers.print_case("case-study", told, on=ON, language=language)
            assert printed == reference.papers.print_case("case-study", told, on=ON, language=language)


def test_a_familys_paper_carries_the_decision(services: Services) -> None:
    """The latest request: what was computed for it, and what the board decided."""
    family = a_family(services)
    decision = a_decision(services, a_request(services, family))
    pages = read_back(services.papers.case_study(family.id, TODAY))
    assert family.study.household.file_number in pages[0]
    assert "جمعية النموذج الخيرية" in pages[0]
    assert decision.sitting in pages[-1]
    assert "30.000" in pages[-1]


def test_a_family_without_a_request_is_computed_for_monthly_aid(services: Services) -> None:
    """The paper that goes to the committee shows what the guide would give."""
    pages = read_back(services.papers.case_study(a_family(services).id, TODAY))
    assert any("المساعدة الشهرية" in page for page in pages)


def test_a_corrected_file_is_computed_anew(services: Services) -> None:
    """A figure of facts that no longer stand is not printed beside the new ones."""
    family = a_family(services)
    request = a_request(services, family)
    services.assessments.assess(request.id, TODAY, key=a_key())
    head, *others = family.study.household.members
    household = replace(family.study.household, members=(head, *others[:1]))
    services.households.correct(family.id, family.version, replace(family.study, household=household), key=a_key())
    pages = read_back(services.papers.case_study(family.id, TODAY))
    assert any("غير مستحق" in page for page in pages)


def test_the_office_has_its_language_and_digits_on_paper(services: Services) -> None:
    """Papers read as the office set them."""
    services.offices.set_up(an_office(language=Language.ENGLISH))
    assert "Case study" in read_back(services.papers.case_study(a_family(services).id, TODAY))[0]


def test_a_voucher_prints_as_a_draft_until_it_is_received(services: Services) -> None:
    """Then as a receipt with its number, and after a void as void; by the voucher's id and by the receipt's."""
    voucher = a_voucher(services)
    (draft,) = read_back(services.papers.receipt(voucher.id, TODAY))
    assert "مسودة" in draft
    assert voucher.number in draft
    receipt = services.payments.receive(voucher.id, "حسن علي أحمد", TODAY, key=a_key()).value
    (given,) = read_back(services.papers.receipt(receipt.id, TODAY))
    assert "مسودة" not in given
    assert receipt.number in given
    services.payments.cancel(voucher.id, "خطأ في المبلغ", TODAY, key=a_key())
    (void,) = read_back(services.papers.receipt(voucher.id, TODAY))
    for said in ("ملغى", receipt.number, "خطأ في المبلغ", "صفاء"):
        assert said in void


def test_k5_f5_why_a_payment_is_void_is_printed_to_its_last_word(services: Services) -> None:
    """On receipt and voucher, with who and when; a reason that no paper holds is refused when it is typed."""
    voucher = a_voucher(services)
    services.payments.receive(voucher.id, "حسن علي أحمد", TODAY, key=a_key())
    reason = " ".join(f"سبب{one}{other}" for one in "بتثجحخ" for other in "سشصضطظعغفق")[:LONGEST_REASON]
    with pytest.raises(Refused) as refused:
        services.payments.cancel(voucher.id, reason + "ا" * LONGEST_REASON, TODAY, key=a_key())
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("field.too_long", "reason")]
    services.payments.cancel(voucher.id, reason, TODAY, key=a_key())
    for print_it, times in ((services.papers.receipt, 2), (services.papers.voucher, 1)):
        (text,) = read_back(print_it(voucher.id, TODAY))
        assert "صفاء" in text
        assert "22/11/2026" in text
        assert {word: text.count(word) for word in reason.split()} == dict.fromkeys(reason.split(), times)


def test_no_paper_without_an_office(folder: Path, clock: Clock) -> None:
    """A letterhead needs a name first."""
    with build(folder, clock, who="x") as opened:
        for print_it in (opened.papers.case_study, opened.papers.receipt):
            with pytest.raises(Refused, match=r"office\.not_set_up"):
                print_it("nobody", TODAY)
