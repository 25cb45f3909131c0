"""One family, from the typing of its form to the receipt, a void, and the day after, through the services."""

from pathlib import Path

from sanad.bootstrap import build
from sanad.domain.assessment import Outcome
from sanad.domain.decision import Grant, Verdict
from sanad.domain.money import BHD
from sanad.domain.office import Digits
from sanad.domain.payment import Method
from sanad.domain.request import RequestState
from sanad.forms import filling
from sanad.forms.reader import read_form
from sanad.places import forms
from tests.builders import Clock, a_key, an_office

TYPED = {
    "household.phone": "٣٣١٢ ٤٤٥٥",
    "request_date": "٢٠/١١/٢٠٢٦",
    "registered": "yes",
    "monthly_registered": "yes",
    "household.members": [
        {"id": 1, "name": "حسن علي أحمد عبد الله", "relation": "head", "sex": "male", "birth_date": "1/5/1980"},
        {"id": 2, "name": "مريم عيسى", "relation": "wife", "birth_date": "3/2/1984"},
        {"id": 3, "name": "علي حسن", "relation": "son", "birth_date": "1/6/2013"},
        {"id": 4, "name": "أحمد حسن", "relation": "son", "birth_date": "1/6/2014"},
        {"id": 5, "name": "زينب حسن", "relation": "daughter", "birth_date": "1/6/2016"},
    ],
    "household.incomes": [{"kind": "salary", "monthly": "٣١٠٫٥٠٠", "member": "1"}],
    "household.obligations.none": "yes",
}


def test_a_family_from_typing_to_receipt(folder: Path, clock: Clock) -> None:
    """Typed in Arabic digits, assessed by the guide, decided, paid, received; found tomorrow by the grandfather."""
    today = clock().date()
    with build(folder, clock, who="صفاء") as services:
        services.offices.set_up(an_office(digits=Digits.ARABIC))
        services.drafts.keep("new", "حسن")
        form = read_form((forms() / "case-study.toml").read_text("utf-8"), "case-study.toml")
        study = filling.fill(form, dict(TYPED), currency=BHD, today=today)
        assert services.households.similar(study) == []

        family = services.households.register(study, key=a_key()).value
        services.drafts.discard("new")
        request = services.requests.receive(family.id, "monthly", today, key=a_key()).value
        stored = services.assessments.assess(request.id, today, key=a_key()).value
        assert stored.assessment.outcome is Outcome.ELIGIBLE
        assert stored.assessment == services.assessments.preview(study, "monthly", today)
        computed = stored.assessment.amount
        assert computed == BHD.read("30")

        granted = Grant(BHD.read("40"), "2026-11", "2026-12")
        decision = services.decisions.decide(
            request.id, Verdict.APPROVE, today, "14/3", granted, "مرض أحد الأبناء", key=a_key()
        ).value
        assert (decision.computed, decision.assessment) == (computed, stored.id)
        voucher = services.payments.issue(decision.id, "2026-11", "حسن علي", Method.CASH, today, key=a_key()).value
        receipt = services.payments.receive(voucher.id, "حسن علي", today, key=a_key()).value
        assert (voucher.number, receipt.number, voucher.amount) == ("2026-000001", "2026-000001", BHD.read("40"))

    clock.move(days=1)
    tomorrow = clock().date()
    with build(folder, clock, who="صفاء") as services:
        (row,) = services.households.search("احمد عبدالله")
        assert services.households.open(row.id) == family
        view = services.requests.of(row.id)[0]
        assert (view.assessed, view.decision) == (stored, decision)
        assert view.request.state is RequestState.IN_PAYMENT

        services.payments.cancel(voucher.id, "سُلّم إلى غير صاحبه", tomorrow, key=a_key())
        again = services.payments.issue(decision.id, "2026-11", "حسن علي", Method.CASH, tomorrow, key=a_key()).value
        second = services.payments.receive(again.id, "حسن علي", tomorrow, key=a_key()).value
        assert (again.number, second.number) == ("2026-000002", "2026-000002")
        december = services.payments.issue(decision.id, "2026-12", "حسن علي", Method.CASH, tomorrow, key=a_key()).value
        services.payments.receive(december.id, "حسن علي", tomorrow, key=a_key())
        assert services.requests.open(request.id).request.state is RequestState.CLOSED
        assert [line.problems for line in services.health.checks() if not line.ok] == []
        history = [line.operation for line in services.households.history(row.id)]
        assert history[::-1][:4] == [
            "households.register",
            "requests.receive",
            "assessments.assess",
            "decisions.decide",
        ]
        assert len(history) == 11
