"""The first screen tells what waits, and what was done last."""

from sanad.domain.decision import Grant
from sanad.domain.listing import TodayView, Waiting
from sanad.domain.money import Money
from sanad.services import Services
from tests.builders import TODAY, a_decision, a_family, a_key, a_request, a_voucher


def counts(view: TodayView) -> tuple[int, int, int, int]:
    """How many requests, grants and vouchers wait for their next step."""
    return (view.to_assess.count, view.to_decide.count, view.to_pay.count, view.to_receive.count)


def test_an_empty_office_has_nothing_to_do(services: Services) -> None:
    """Nobody is known, nothing waits; setting up was the last thing done."""
    view = services.today.lines(TODAY)
    assert (view.families, counts(view), view.drafts) == (0, (0, 0, 0, 0), ())
    assert view.last is not None
    assert view.last.operation == "offices.set_up"


def test_a_request_moves_from_list_to_list(services: Services) -> None:
    """To assess, to decide, to pay, to receive, and gone."""
    request = a_request(services)
    (line,) = services.today.lines(TODAY).to_assess.lines
    assert (line.name, line.file_number, line.id, line.number, line.aid) == (
        "حسن علي أحمد",
        "1",
        request.id,
        "2026-000001",
        "monthly",
    )
    services.assessments.assess(request.id, TODAY, key=a_key())
    assert counts(services.today.lines(TODAY)) == (0, 1, 0, 0)
    decision = a_decision(services, request)
    (line,) = services.today.lines(TODAY).to_pay.lines
    assert (line.id, line.amount, line.since) == (decision.id, Money(30_000), TODAY)
    voucher = a_voucher(services, decision)
    (line,) = services.today.lines(TODAY).to_receive.lines
    assert (line.id, line.number) == (voucher.id, voucher.number)
    services.payments.receive(voucher.id, "حسن", TODAY, key=a_key())
    assert counts(services.today.lines(TODAY)) == (0, 0, 0, 0)
    assert services.today.lines(TODAY).families == 1


def test_a_grant_waits_in_each_of_its_months(services: Services) -> None:
    """Not before its first and not after its last; a void makes it wait again."""
    decision = a_decision(services, grant=Grant(Money(30_000), "2026-11", "2026-12"))

    def waiting(month: int, year: int = 2026) -> int:
        return services.today.lines(TODAY.replace(year=year, month=month)).to_pay.count

    assert [waiting(10), waiting(11), waiting(12), waiting(1, 2027)] == [0, 1, 1, 0]
    voucher = a_voucher(services, decision)
    assert [waiting(11), waiting(12)] == [0, 1]
    services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
    assert waiting(11) == 1
    assert services.today.lines(TODAY).to_receive == Waiting(0, ())


def test_drafts_are_offered(services: Services) -> None:
    """What was typed and not said stands with the rest of the day."""
    a_family(services)
    services.drafts.keep("new", "…")
    assert [draft.place for draft in services.today.lines(TODAY).drafts] == ["new"]
