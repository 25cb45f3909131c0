"""Papers of the office's own families beside the case study, and many papers in one file."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.case import Case, Paper
from sanad.domain.decision import Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import BHD, KWD, USD, Currency, Money
from sanad.services import Reference, Services
from tests.builders import TODAY, Clock, a_decision, a_family, a_key, a_request, a_study, a_voucher, an_office
from tests.paper.printing import read_back

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The services that need no data folder."""
    return build(None)


def cases(count: int) -> list[Case]:
    """Families one after the other, each with what a receipt needs."""
    case = a_study().case(policy="karzakan-2020", aid="monthly", on=ON)
    return [
        replace(
            case,
            household=replace(case.household, file_number=str(1000 + number)),
            paper=Paper(number=f"2026-{number:06}", amount=Money(30_000), payee="حسن علي أحمد"),
        )
        for number in range(1, count + 1)
    ]


# ---------------------------------------------------------------- many at once


def test_a_month_of_receipts_is_one_file(reference: Reference) -> None:
    """A page for each in its order, the number of those that are done told after every one."""
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    batch = reference.papers.print_cases("receipt", cases(30), on=ON, progress=progress)
    assert batch.failed == ()
    pages = read_back(batch.paper or b"")
    assert [f"2026-{number:06}" in page for number, page in enumerate(pages, start=1)] == [True] * 30
    assert told == [(number, 30) for number in range(1, 31)]
    assert batch.paper == reference.papers.print_cases("receipt", cases(30), on=ON).paper


def test_a_batch_can_be_stopped(reference: Reference) -> None:
    """Nothing comes of it, neither half a file nor a page."""
    seen: list[int] = []

    def progress(done: int, _of: int) -> bool:
        seen.append(done)
        return done < 3

    for form in ("receipt", "payment-voucher"):
        seen.clear()
        assert reference.papers.print_cases(form, cases(9), on=ON, progress=progress).paper is None
        assert seen == [1, 2, 3]
    assert reference.papers.print_cases("distribution-list", cases(9), on=ON, progress=lambda *_: False).paper is None


@pytest.mark.parametrize("form", ["receipt", "payment-voucher"])
def test_a_paper_that_fails_is_named_and_the_rest_is_whole(reference: Reference, form: str) -> None:
    """By its place and its file number, with the reason; where none is left there is no file."""
    several = cases(3)
    several[1] = replace(several[1], paper=replace(several[1].paper, amount=Money(-5)))
    batch = reference.papers.print_cases(form, several, on=ON)
    (failure,) = batch.failed
    assert (failure.at, failure.file_number) == (1, "1002")
    assert [problem.code for problem in failure.problems] == ["paper.negative_amount"]
    pages = read_back(batch.paper or b"")
    assert ["1001" in pages[0], "1003" in pages[1], len(pages)] == [True, True, 2]
    assert reference.papers.print_cases(form, several[1:2], on=ON).paper is None
    with pytest.raises(Refused):
        reference.papers.print_case(form, several[1], on=ON)


def test_one_copy_to_a_page(reference: Reference) -> None:
    """For an office that keeps the family's copy elsewhere."""
    (page,) = read_back(reference.papers.print_cases("receipt", cases(1), on=ON, copies=1).paper or b"")
    assert "نسخة الجمعية" in page
    assert "نسخة الأسرة" not in page


def test_a_list_of_five_hundred_families(reference: Reference) -> None:
    """By file number whatever the order they came in, repeated headings, none lost."""
    several = cases(500)[::-1]
    pages = read_back(reference.papers.print_cases("distribution-list", several, on=ON).paper or b"")
    assert len(pages) == 18
    text = " ".join(pages)
    places = [text.index(str(number)) for number in (1001, 1002, 1250, 1499, 1500)]
    assert all(before < after for before, after in pairwise(places))
    assert all("التوقيع" in page for page in pages)


def test_cases_of_two_guides_are_no_batch(reference: Reference) -> None:
    """Their amounts are of different money; and no case is no batch either."""
    mixed = [*cases(1), replace(cases(1)[0], policy="kcmuslims", aid="financial")]
    for several in (mixed, []):
        with pytest.raises(Refused, match=r"paper\.(several_guides|no_case)"):
            reference.papers.print_cases("receipt", several, on=ON)


# ---------------------------------------------------------------- of the office's families


def test_each_paper_of_a_request(services: Services) -> None:
    """Its application, visit, computation and the letters, under the letterhead, with what was decided."""
    family = a_family(services)
    request = a_request(services, family)
    decision = a_decision(services, request)
    for form in ("aid-request", "visit", "computation", "decision-letter", "undertaking"):
        text = " ".join(read_back(services.papers.of_request(form, request.id, TODAY)))
        assert "جمعية النموذج الخيرية" in text
        assert family.study.household.file_number in text
    letter = " ".join(read_back(services.papers.of_request("decision-letter", request.id, TODAY)))
    assert decision.sitting in letter
    assert "بقرار المجلس" in letter
    assert "فقط ثلاثون ديناراً بحرينياً لا غير" in letter


@pytest.mark.parametrize(
    ("policy", "currency", "aid"),
    [("karzakan-2020", BHD, "monthly"), ("balad-alkhair-2021", KWD, "rent"), ("kcmuslims", USD, "financial")],
)
def test_every_paper_of_an_office_under_each_guide(
    folder: Path, clock: Clock, policy: str, currency: Currency, aid: str
) -> None:
    """Filled from the data folder, under the letterhead with the account."""
    with build(folder, clock) as services:
        services.offices.set_up(an_office(policy=policy, currency=currency, iban="BH67 BMAG 0000 1299 1234 56"))
        family = a_family(services)
        request = services.requests.receive(family.id, aid, TODAY, key=a_key()).value
        services.assessments.assess(request.id, TODAY, key=a_key())
        services.decisions.decide(request.id, Verdict.REFUSE, TODAY, "14/9", reason="خارج النطاق", key=a_key())
        papers = {
            form: services.papers.of_request(form, request.id, TODAY)
            for form, _title in services.papers.forms(policy)
            if form not in ("payment-voucher", "receipt", "distribution-list")
        }
        papers["distribution-list"] = services.papers.distribution_list([family.id], aid, TODAY).paper or b""
        for paper in papers.values():
            text = " ".join(read_back(paper))
            assert "جمعية النموذج الخيرية" in text
            assert family.study.household.file_number in text
            assert "BH67 BMAG 0000 1299 1234 56" in text


def test_a_letter_to_somebody_else(services: Services) -> None:
    """A referral names whom it is written to."""
    services.offices.set_up(an_office())
    text = " ".join(read_back(services.papers.of_family("referral", a_family(services).id, TODAY, to="جمعية البر")))
    assert "جمعية البر" in text


def test_a_refused_request_has_its_apology(services: Services) -> None:
    """With the decision, and the board's own reason."""
    request = a_request(services)
    services.assessments.assess(request.id, TODAY, key=a_key())
    services.decisions.decide(request.id, Verdict.REFUSE, TODAY, "14/9", reason="خارج النطاق", key=a_key())
    text = " ".join(read_back(services.papers.of_request("apology", request.id, TODAY)))
    assert "14/9" in text
    assert "نعتذر" in text
    assert "خارج النطاق" in text


def test_a_payment_order_and_its_void(services: Services) -> None:
    """Numbered from the start; after a cancellation it says so across, with the whole reason."""
    voucher = a_voucher(services)
    (page,) = read_back(services.papers.voucher(voucher.id, TODAY))
    assert voucher.number in page
    assert "مسودة" not in page
    services.payments.cancel(voucher.id, "خطأ في الاسم " * 9, TODAY, key=a_key())
    (void,) = read_back(services.papers.voucher(voucher.id, TODAY))
    for said in ("ملغى", "خطأ في الاسم", "صفاء"):
        assert said in void
    assert void.count("خطأ") == 9


def test_receipts_of_the_months_vouchers(services: Services) -> None:
    """One file, a page each; a voucher that is not there is named."""
    voucher = a_voucher(services)
    batch = services.papers.receipts([voucher.id, "nothing"], TODAY)
    assert [failure.at for failure in batch.failed] == [1]
    assert voucher.number in read_back(batch.paper or b"")[0]
    with pytest.raises(Refused):
        services.papers.receipt("nothing", TODAY)


def test_j4_papers_go_by_the_hijri_day_that_the_office_sees(services: Services) -> None:
    """A day ahead of the printed table, on the very same Gregorian day; a paper of no office goes by the table."""
    voucher = a_voucher(services)
    for shift, hijri in ((0, "12/06/1448"), (1, "13/06/1448"), (-1, "11/06/1448")):
        services.offices.set_up(an_office(hijri_shift=shift))
        (page,) = read_back(services.papers.voucher(voucher.id, TODAY))
        assert "22/11/2026" in page
        assert [day for day in ("11/06/1448", "12/06/1448", "13/06/1448") if day in page] == [hijri]


def test_a_distribution_of_the_offices_families(services: Services) -> None:
    """Those that are chosen, with names or without; it can be stopped."""
    families = [a_family(services).id]
    services.offices.set_up(an_office())
    open_list = services.papers.distribution_list(families, "seasonal", TODAY)
    assert "حسن علي أحمد" in read_back(open_list.paper or b"")[0]
    masked = services.papers.distribution_list(families, "seasonal", TODAY, masked=True)
    assert "حسن" not in read_back(masked.paper or b"")[0]
    assert services.papers.distribution_list(families, "seasonal", TODAY, progress=lambda *_: False).paper is None
