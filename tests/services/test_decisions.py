"""A request is received, assessed, decided; what is settled stays."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sanad.bootstrap import build
from sanad.domain.assessment import Outcome
from sanad.domain.decision import Decision, Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.listing import Outdated
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.domain.request import Request, RequestState
from sanad.services import Services
from tests.builders import (
    MONTH,
    TODAY,
    Clock,
    a_decision,
    a_family,
    a_household,
    a_key,
    a_request,
    a_study,
    a_voucher,
    an_office,
)
from tests.paper.printing import read_back

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def places(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    """Codes and places of a refusal."""
    return [(problem.code, problem.where) for problem in refused.value.problems]


@pytest.fixture
def assessed(services: Services) -> Request:
    """A request of a family to which the guide gives thirty dinars."""
    request = a_request(services)
    services.assessments.assess(request.id, TODAY, key=a_key())
    return request


def decide(services: Services, request: Request, verdict: Verdict = Verdict.APPROVE, **said: Any) -> Decision:
    """A decision as it would be typed, with what is said otherwise."""
    grant = Grant(Money(30_000), MONTH)
    words: dict[str, Any] = {"decided_on": TODAY, "sitting": "14/3", "grant": grant, "reason": "", "key": a_key()}
    if verdict is not Verdict.APPROVE:
        words["grant"] = None
    return services.decisions.decide(request.id, verdict, **{**words, **said}).value


def test_a_request_gets_the_next_number_of_its_year(services: Services) -> None:
    """It waits for its assessment, under the office's guide."""
    family = a_family(services)
    done = services.requests.receive(family.id, "monthly", YESTERDAY, Money(50_000), key=a_key())
    request = done.value
    assert (request.number, request.policy, request.asked) == ("2026-000001", "karzakan-2020", Money(50_000))
    assert request.state is RequestState.RECEIVED
    assert services.requests.open(request.id).request == request
    assert done.changes.households == {family.id}


def test_a_request_is_taken_in_once(services: Services) -> None:
    """The same form again, and another form for the same aid, make no second request."""
    family, key = a_family(services), a_key()
    first = services.requests.receive(family.id, "monthly", TODAY, key=key)
    again = services.requests.receive(family.id, "monthly", TODAY, key=key)
    assert (again.repeated, again.value) == (True, first.value)
    with pytest.raises(Refused) as refused:
        services.requests.receive(family.id, "monthly", TODAY, key=a_key())
    assert places(refused) == [("request.still_open", "aid")]
    assert refused.value.problems[0].values["number"] == "2026-000001"


def test_another_request_may_follow_a_decision(services: Services) -> None:
    """What was settled does not bar the family from asking again."""
    decision = a_decision(services)
    family = services.requests.open(decision.request).request.household
    assert services.requests.receive(family, "monthly", TODAY, key=a_key()).value.number == "2026-000002"


def test_a_request_is_refused_with_all_its_problems(services: Services) -> None:
    """An aid that the guide does not know, and a day that has not come."""
    family = a_family(services)
    with pytest.raises(Refused) as refused:
        services.requests.receive(family.id, "lottery", TOMORROW, key=a_key())
    assert places(refused) == [("request.aid_unknown", "aid"), ("date.in_future", "received_on")]


def test_nothing_is_asked_of_an_office_that_is_not_set_up(folder: Path, clock: Clock) -> None:
    """Without a guide there is no aid, neither to ask for nor to try."""
    with build(folder, clock) as services:
        family = a_family(services)
        with pytest.raises(Refused, match=r"office\.not_set_up"):
            services.requests.receive(family.id, "monthly", TODAY, key=a_key())
        with pytest.raises(Refused, match=r"office\.not_set_up"):
            services.assessments.preview(family.study, "monthly", TODAY)


def test_a_request_of_nobody_is_refused(services: Services) -> None:
    """An id that leads to no family, or to no request, is said so."""
    with pytest.raises(Refused, match=r"household\.unknown"):
        services.requests.receive("nobody", "monthly", TODAY, key=a_key())
    with pytest.raises(Refused, match=r"request\.unknown"):
        services.requests.open("nothing")


def test_the_preview_is_what_the_assessment_will_be(services: Services) -> None:
    """While typing and after saving the guide gives the same."""
    request = a_request(services)
    family = services.households.open(request.household)
    tried = services.assessments.preview(family.study, "monthly", TODAY)
    made = services.assessments.assess(request.id, TODAY, key=a_key()).value
    assert made.assessment == tried
    assert services.requests.open(request.id).request.state is RequestState.ASSESSED


def test_the_same_assessment_is_made_once(services: Services) -> None:
    """A form sent again gives back what was kept."""
    request, key = a_request(services), a_key()
    first = services.assessments.assess(request.id, TODAY, key=key)
    again = services.assessments.assess(request.id, TODAY, key=key)
    assert (again.repeated, again.value) == (True, first.value)


def test_a_corrected_family_makes_its_assessment_outdated(services: Services, assessed: Request) -> None:
    """The view says so until the request is assessed again, which keeps the first assessment too."""
    family = services.households.open(assessed.household)
    first = services.requests.open(assessed.id).assessed
    services.households.correct(family.id, 1, a_study(a_household(salary="900.000")), key=a_key())
    assert services.requests.open(assessed.id).outdated == (Outdated.FAMILY,)
    second = services.assessments.assess(assessed.id, TODAY, key=a_key()).value
    view = services.requests.open(assessed.id)
    assert not view.outdated
    assert view.assessed == second != first
    assert second.assessment.outcome is Outcome.NOT_ELIGIBLE


def test_what_the_rules_give_is_approved_without_a_reason(services: Services, assessed: Request) -> None:
    """The decision keeps what was computed, and settles the request."""
    decision = decide(services, assessed)
    view = services.requests.open(assessed.id)
    assert (view.decision, view.settled) == (decision, True)
    assert decision.computed == Money(30_000)
    assert view.request.state is RequestState.APPROVED


def test_g8_another_amount_needs_a_reason(services: Services, assessed: Request) -> None:
    """The board may give other than the rules, and says why, in letters that are seen; both amounts are kept."""
    grant = Grant(Money(45_000), MONTH)
    for nothing in ("", " \u202e\u200f "):
        with pytest.raises(Refused) as refused:
            decide(services, assessed, grant=grant, reason=nothing)
        assert places(refused) == [("decision.reason_missing", "reason")]
    decision = decide(services, assessed, grant=grant, reason=" مرض مزمن\u202e ")
    assert decision.reason == "مرض مزمن"
    kept = services.requests.open(assessed.id).decision
    assert kept is not None
    assert (kept.computed, kept.grant) == (Money(30_000), grant)


@pytest.mark.parametrize("language", Language)
def test_g8_another_amount_is_marked_on_paper(services: Services, assessed: Request, language: Language) -> None:
    """Computation and payment order print both figures and the reason; where they agree, the order says nothing."""
    services.offices.set_up(an_office(language=language))
    decision = decide(services, assessed, grant=Grant(Money(45_000), MONTH), reason="مرض مزمن")
    order = services.papers.voucher(a_voucher(services, decision).id, TODAY)
    for paper in (services.papers.of_request("computation", assessed.id, TODAY), order):
        text = " ".join(read_back(paper))
        assert all(said in text for said in ("30.000", "45.000", "مرض مزمن"))
    mark = {Language.ARABIC: "غير المحتسب", Language.ENGLISH: "not the computed one"}[language]
    assert mark in " ".join(read_back(order))
    agreed = a_request(services)
    services.assessments.assess(agreed.id, TODAY, key=a_key())
    voucher = a_voucher(services, decide(services, agreed))
    assert mark not in " ".join(read_back(services.papers.voucher(voucher.id, TODAY)))


@pytest.mark.parametrize("verdict", [Verdict.REFUSE, Verdict.POSTPONE])
def test_a_refusal_and_a_postponement_need_a_reason(services: Services, assessed: Request, verdict: Verdict) -> None:
    """The family may appeal, so it must be told why."""
    with pytest.raises(Refused) as refused:
        decide(services, assessed, verdict)
    assert places(refused) == [("decision.reason_missing", "reason")]
    decide(services, assessed, verdict, reason="لسبب")
    state = services.requests.open(assessed.id).request.state
    assert state == {Verdict.REFUSE: RequestState.REFUSED, Verdict.POSTPONE: RequestState.POSTPONED}[verdict]


def test_a_postponed_request_is_decided_later(services: Services, assessed: Request) -> None:
    """Both decisions stay, the last one stands."""
    decide(services, assessed, Verdict.POSTPONE, reason="ينقص مستند")
    services.assessments.assess(assessed.id, TODAY, key=a_key())
    decision = decide(services, assessed)
    view = services.requests.open(assessed.id)
    assert [made.verdict for made in view.decisions] == [Verdict.POSTPONE, Verdict.APPROVE]
    assert view.decision == decision


def test_a_settled_request_is_neither_decided_nor_assessed_again(services: Services, assessed: Request) -> None:
    """What was posted is not changed."""
    decide(services, assessed)
    with pytest.raises(Refused, match=r"request\.settled"):
        decide(services, assessed)
    with pytest.raises(Refused, match=r"request\.settled"):
        services.assessments.assess(assessed.id, TODAY, key=a_key())


def test_the_same_decision_is_recorded_once(services: Services, assessed: Request) -> None:
    """A click too many gives back the decision that was made."""
    key = a_key()
    first = decide(services, assessed, key=key)
    assert decide(services, assessed, key=key) == first
    assert len(services.requests.open(assessed.id).decisions) == 1


def test_what_was_not_assessed_cannot_be_decided(services: Services) -> None:
    """A decision rests on an assessment."""
    with pytest.raises(Refused, match=r"decision\.not_assessed"):
        decide(services, a_request(services))


def test_what_is_incomplete_cannot_be_approved(services: Services) -> None:
    """Unknown facts are filled in first; refusing or postponing is still possible."""
    household = a_household(incomes=None)
    request = a_request(services, a_family(services, a_study(household)))
    made = services.assessments.assess(request.id, TODAY, key=a_key()).value
    assert made.assessment.outcome is Outcome.INCOMPLETE
    with pytest.raises(Refused) as refused:
        decide(services, request, reason="كذا")
    assert places(refused) == [("decision.incomplete", "verdict")]
    decide(services, request, Verdict.POSTPONE, reason="ينقص الدخل")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"decided_on": TOMORROW}, [("date.in_future", "decided_on")]),
        ({"decided_on": YESTERDAY}, [("decision.before_request", "decided_on")]),
        ({"sitting": "\u200f "}, [("decision.sitting_missing", "sitting")]),
        (
            {"grant": Grant(Money(30_000), "2026-13", "later")},
            [("date.month_unreadable", "grant.first_month"), ("date.month_unreadable", "grant.last_month")],
        ),
        (
            {"grant": Grant(Money(0), "2026-12", "2026-11"), "decided_on": TOMORROW},
            [
                ("date.in_future", "decided_on"),
                ("decision.amount_not_positive", "grant.amount"),
                ("decision.ends_before_it_starts", "grant.last_month"),
                ("decision.reason_missing", "reason"),
            ],
        ),
    ],
)
def test_a_decision_is_refused_with_all_its_problems(
    services: Services, assessed: Request, said: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Days, months, sitting, amount: everything at once, and the request stays open."""
    with pytest.raises(Refused) as refused:
        decide(services, assessed, **said)
    assert places(refused) == expected
    assert not services.requests.open(assessed.id).settled


def test_requests_are_listed_latest_first(services: Services) -> None:
    """With all that came of each."""
    voucher = a_voucher(services)
    second = services.requests.receive(voucher.household, "seasonal", TODAY, key=a_key()).value
    views = services.requests.of(voucher.household)
    assert [view.request.id for view in views] == [second.id, views[1].request.id]
    assert [payment.voucher for payment in views[1].payments] == [voucher]
    assert views[1].paid_by(MONTH) is not None
    assert views[1].paid_by("2027-01") is None


def test_the_aids_of_one_guide_serve_one_office(services: Services) -> None:
    """The request remembers the guide by which it was asked."""
    assert a_request(services).policy == an_office().policy
