"""What a request says beside aid and amount: taken in, asked for by the guide, corrected, assessed, paid."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.assessment import Finding, Outcome
from sanad.domain.case import CaseStudy, Particulars, Waiver
from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.household import Household, Relation, Sex
from sanad.domain.listing import Outdated
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.domain.request import Request, RequestState
from sanad.services import Services
from tests.builders import MONTH, TODAY, Clock, a_family, a_key, a_member, an_office

BALAD, KANSAS = "balad-alkhair-2021", "kcmuslims"
APPENDIX = """
policy = "balad-alkhair-2021"
from = "2026-01-01"
currency = "KWD"
title.ar = "الملحق 1"
title.en = "Appendix 1"
[office_figures.appendix_1]
clause = "B-P-8"
value.pension = { 1 = "200", 2 = "300" }
value.wealth_limit = "500"
"""
WIDOW = {"muslim": True, "prophets_house": False, "remarried": False, "no_supporter": True}


@contextmanager
def opened(folder: Path, policy: str) -> Iterator[Services]:
    """An office that follows a guide."""
    with build(folder, Clock(), who="صفاء") as services:
        services.offices.set_up(an_office(policy=policy, currency=services.policies.get(policy).currency))
        yield services


@pytest.fixture
def balad(folder: Path) -> Iterator[Services]:
    """An office in Kuwait."""
    with opened(folder, BALAD) as services:
        yield services


def a_widow() -> CaseStudy:
    """A woman of fifty with a boy at school, and nothing to live on."""
    household = Household(
        file_number="7",
        members=(
            a_member(1, sex=Sex.FEMALE, name="نورة سالم", birth_date=date(1976, 4, 1), lives_with_family=True),
            a_member(2, Relation.SON, name="فهد", birth_date=date(2014, 4, 1), lives_with_family=True),
        ),
        incomes=(),
        obligations=(),
        bank_balance=Money(0),
        wealth=Money(0),
    )
    return CaseStudy(household=household)


def taken_through(services: Services, request: Request, amount: Money) -> None:
    """From the assessment that stands to the receipt."""
    decision = services.decisions.decide(
        request.id, Verdict.APPROVE, TODAY, "14/3", Grant(amount, MONTH, MONTH), "بقرار", key=a_key()
    ).value
    voucher = services.payments.issue(decision.id, MONTH, "نورة", Method.CASH, TODAY, key=a_key()).value
    services.payments.receive(voucher.id, "نورة", TODAY, key=a_key())
    assert services.requests.open(request.id).request.state is RequestState.CLOSED
    assert services.papers.receipt(voucher.id, TODAY).startswith(b"%PDF")


def found_wrong(call: Callable[[], object]) -> set[tuple[str, str]]:
    """Code and place of each problem of a refusal."""
    with pytest.raises(Refused) as refused:
        call()
    return {(problem.code, problem.where) for problem in refused.value.problems}


def needed(services: Services, household: str, aid: str, **saying: object) -> set[str]:
    """What the guide needs to know of a request, by place."""
    found = services.assessments.questions(household, aid, TODAY, None, saying)
    return {question.where for question in found.asked if question.needed}


def test_tuition_goes_from_the_register_to_the_receipt(balad: Services) -> None:
    """The grade comes later, by a correction; the fees less what others pay are due, and are paid."""
    family = a_family(balad, a_widow())
    student = {"enrolled": True, "income_insufficient": True, "fees_due": True, "fees_covered": False}
    facts = {**student, "stage": "primary", "fees": "٣٠٠", "fees_paid_by_others": "50.5", "muslim": True}
    saying: dict[str, object] = {"applicant": 2, "facts": {**facts, "prophets_house": False}}
    request = balad.requests.receive(family.id, "tuition", TODAY, saying=saying, key=a_key()).value
    first = balad.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
    assert (first.outcome, first.missing) == (Outcome.INCOMPLETE, ("grade",))
    balad.requests.correct(request.id, None, {**saying, "grade": 2}, key=a_key())
    assert balad.requests.open(request.id).outdated == (Outdated.REQUEST,)
    stored = balad.assessments.assess(request.id, TODAY, key=a_key()).value
    assert (stored.assessment.outcome, stored.assessment.amount) == (Outcome.ELIGIBLE, Money(249_500))
    assert balad.assessments.recompute(stored) == stored.assessment
    view = balad.requests.open(request.id)
    assert not view.outdated
    assert view.request.particulars.facts["fees"] == Money(300_000)
    taken_through(balad, request, Money(249_500))
    assert [line for line in balad.health.checks() if not line.ok] == []
    assert found_wrong(lambda: balad.requests.correct(request.id, None, saying, key=a_key())) == {
        ("request.settled", "")
    }


def test_monthly_aid_fills_the_gap_to_the_offices_own_table(balad: Services) -> None:
    """With appendix 1 adopted, a widow of the first grade is due her household's pension."""
    balad.policies.adopt(APPENDIX, key=a_key())
    family = a_family(balad, a_widow())
    saying = {"category": "widow", "grade": 1, "applicant": 1, "fund": "zakat", "facts": WIDOW}
    request = balad.requests.receive(family.id, "monthly", TODAY, saying=saying, key=a_key()).value
    found = balad.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
    assert (found.outcome, found.amount, found.fund) == (Outcome.ELIGIBLE, Money(300_000), "zakat")
    taken_through(balad, request, Money(300_000))
    revision = APPENDIX.replace("2026-01-01", "2027-01-01").replace("300", "320")
    (change,) = balad.policies.preview(revision, TODAY).changes
    assert (change.before.amount, change.after.amount) == (Money(300_000), Money(320_000))


def test_kansas_city_goes_from_the_register_to_the_receipt(folder: Path) -> None:
    """The group decides; before that, the condition is named and found to be met."""
    with opened(folder, KANSAS) as services:
        family = a_family(services, a_widow())
        assert needed(services, family.id, "financial") == {
            "category", "facts.resident", "facts.condition_met", "facts.debt_payment"
        }  # fmt: skip
        saying = {"category": "widow_or_elderly", "facts": {"resident": True, "condition_met": True}}
        assert "facts.debt_payment" in needed(services, family.id, "financial", **saying)
        assert "facts.debt_payment" not in needed(services, family.id, "moral", **saying)
        saying["facts"] = {"resident": True, "condition_met": True, "debt_payment": False}
        request = services.requests.receive(family.id, "financial", TODAY, saying=saying, key=a_key()).value
        found = services.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
        assert (found.outcome, found.missing) == (Outcome.NEEDS_BOARD, ())
        taken_through(services, request, Money(250_00))


def test_a_karzakan_aid_asks_for_its_own_facts(services: Services) -> None:
    """Of counts and of yes and no: with them, the same family is assessed whole."""
    family = a_family(services)
    assert needed(services, family.id, "fertility") == {
        "facts.documents", "facts.years_waiting", "facts.repeat_request"
    }  # fmt: skip
    request = services.requests.receive(family.id, "fertility", TODAY, Money(100_000), key=a_key()).value
    incomplete = services.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
    assert incomplete.outcome is Outcome.INCOMPLETE
    facts = {"documents": True, "years_waiting": 6, "repeat_request": False}
    services.requests.correct(request.id, Money(100_000), {"facts": facts}, key=a_key())
    found = services.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
    assert (found.outcome, found.missing) == (Outcome.ELIGIBLE, ())
    assert found.amount
    taken_through(services, request, found.amount)


def test_only_what_matters_is_asked(balad: Services) -> None:
    """A widow is not asked whether she is enrolled, nor a student's family for its category."""
    family = a_family(balad, a_widow())
    assert {"category", "grade"} <= needed(balad, family.id, "monthly")
    widow = needed(balad, family.id, "monthly", category="widow")
    assert {"facts.remarried", "facts.no_supporter", "facts.muslim"} <= widow
    assert not {"facts.enrolled", "facts.fees", "applicant"} & widow
    assert "applicant" in needed(balad, family.id, "monthly", category="elderly")
    assert "category" not in needed(balad, family.id, "tuition")
    asked = {each.where: each for each in balad.assessments.questions(family.id, "tuition", TODAY).asked}
    assert not asked["category"].needed
    assert not asked["facts.barred_until"].needed
    assert {slug: str(text and text.ar) for slug, text in asked["applicant"].choices.items()} == {
        "1": "نورة سالم", "2": "فهد"
    }  # fmt: skip
    assert list(asked["facts.stage"].choices)[:2] == ["primary", "intermediate"]


def test_a_condition_is_let_pass_under_khayrat(balad: Services) -> None:
    """The clause of the category can be waived by whom and why; of zakat nothing can."""
    family = a_family(balad, a_widow())
    failing = {**WIDOW, "no_supporter": False}
    said: dict[str, object] = {"category": "widow", "grade": 1, "facts": failing}
    assert balad.assessments.questions(family.id, "cash", TODAY, None, {**said, "fund": "zakat"}).may_waive == ()
    said["fund"] = "khayrat"
    assert balad.assessments.questions(family.id, "cash", TODAY, None, said).may_waive == ("B-5-2",)
    said["waivers"] = [{"clause": "B-5-2", "by": "اللجنة", "reason": "أخوها معسر"}]
    assert balad.assessments.questions(family.id, "cash", TODAY, None, said).may_waive == ("B-5-2",)
    request = balad.requests.receive(family.id, "cash", TODAY, saying=said, key=a_key()).value
    assert request.particulars.waivers == (Waiver("B-5-2", "اللجنة", "أخوها معسر"),)
    assert balad.requests.open(request.id).request == request
    found = balad.assessments.assess(request.id, TODAY, key=a_key()).value.assessment
    assert Finding.WAIVED in {check.result for check in found.checks}
    assert [line for line in balad.health.checks() if not line.ok] == []


def test_everything_wrong_in_what_is_said_is_told_at_once(balad: Services) -> None:
    """Each by its place, whether received or corrected; nothing is recorded."""
    family = a_family(balad, a_widow())
    twice = [{"clause": "B-5-2", "by": "أ", "reason": "ب"}] * 2
    saying = {
        "applicant": 9, "category": "knight", "grade": 7, "fund": "gold", "waivers": twice, "colour": "red",
        "facts": {"fees": "كثير", "enrolled": "yes", "stage": "tower", "shoe": 3},
    }  # fmt: skip
    wrong = {
        ("line.unknown_member", "applicant"), ("case.not_one_of", "category"), ("case.out_of_range", "grade"),
        ("case.not_one_of", "fund"), ("request.waived_twice", "waivers"), ("case.unknown_key", "colour"),
        ("money.unreadable", "facts.fees"), ("case.not_yes_no", "facts.enrolled"),
        ("case.not_one_of", "facts.stage"), ("case.unknown_key", "facts.shoe"),
    }  # fmt: skip
    assert wrong == found_wrong(lambda: balad.requests.receive(family.id, "tuition", TODAY, saying=saying, key=a_key()))
    request = balad.requests.receive(family.id, "tuition", TODAY, key=a_key()).value
    assert wrong | {("money.negative", "asked")} == found_wrong(
        lambda: balad.requests.correct(request.id, Money(-1), saying, key=a_key())
    )
    assert balad.requests.open(request.id).request == request
    assert balad.assessments.questions(family.id, "tuition", TODAY, None, saying).found.missing


def test_a_correction_is_recorded_once_and_told(balad: Services) -> None:
    """The same key twice corrects once; history tells it; what was said before any assessment outdates none."""
    family = a_family(balad, a_widow())
    request = balad.requests.receive(family.id, "cash", TODAY, key=a_key()).value
    key = a_key()
    first = balad.requests.correct(request.id, Money(5_000), {"grade": 1}, key=key)
    again = balad.requests.correct(request.id, Money(5_000), {"grade": 1}, key=key)
    assert (first.value, first.repeated, again.value, again.repeated) == (again.value, False, first.value, True)
    assert first.value.particulars == Particulars(grade=1)
    view = balad.requests.open(request.id)
    assert (view.request.asked, view.outdated) == (Money(5_000), ())
    assert balad.health.checks()[0].ok
    assert "requests.correct" in {line.operation for line in balad.households.history(family.id)}


def test_an_applicant_who_left_the_family_is_unknown(balad: Services) -> None:
    """The request stays, and its assessment asks for another."""
    family = a_family(balad, a_widow())
    saying = {"category": "elderly", "grade": 1, "applicant": 2, "facts": {"no_supporter": True}}
    request = balad.requests.receive(family.id, "cash", TODAY, saying=saying, key=a_key()).value
    study = a_widow()
    alone = CaseStudy(Household(file_number="7", members=study.household.members[:1], incomes=(), obligations=()))
    balad.households.correct(family.id, 1, alone, key=a_key())
    stored = balad.assessments.assess(request.id, TODAY, key=a_key()).value
    assert "applicant" in stored.assessment.missing
    assert balad.assessments.recompute(stored) == stored.assessment
