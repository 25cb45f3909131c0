"""The first screen tells what waits, and what was done last."""

from contextlib import closing
from pathlib import Path

from sanad.domain.decision import Grant
from sanad.domain.listing import TodayView, Waiting
from sanad.domain.money import Money
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from tests.builders import TODAY, a_decision, a_family, a_key, a_request, a_voucher
from tests.drivers import tool_on


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


def test_a1_the_last_act_is_told_with_its_number_family_and_amount(services: Services) -> None:
    """Whichever it was: what stands on its paper, so that whoever starts anew knows where to go on."""

    def last() -> tuple[str, str, str, str, Money | None]:
        view = services.today.lines(TODAY)
        assert view.last is not None
        if (of := view.concerned) is None:
            return view.last.operation, "", "", "", None
        return view.last.operation, of.number, of.name, of.file_number, of.amount

    assert last() == ("offices.set_up", "", "", "", None)
    family, name, grant = a_family(services), "حسن علي أحمد", Money(30_000)
    assert last() == ("households.register", "", name, "1", None)
    request = a_request(services, family)
    assert last() == ("requests.receive", "2026-000001", name, "1", None)
    services.assessments.assess(request.id, TODAY, key=a_key())
    assert last()[:4] == ("assessments.assess", "2026-000001", name, "1")
    decision = a_decision(services, request)
    assert last() == ("decisions.decide", "2026-000001", name, "1", grant)
    voucher = a_voucher(services, decision)
    assert last() == ("payments.issue", "2026-000001", name, "1", grant)
    receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
    assert last() == ("payments.receive", "2026-000001", name, "1", grant)
    services.papers.given(services.papers.receipt(receipt.id, TODAY), key="printed")
    assert last() == ("papers.print_receipt", "2026-000001", name, "1", None)
    services.payments.cancel(voucher.id, "خطأ", TODAY, key=a_key())
    assert last() == ("payments.cancel", "2026-000001", name, "1", grant)


def test_a_family_that_is_gone_is_not_told_of(services: Services, folder: Path) -> None:
    """Somebody took its rows out of the file: the first screen opens all the same."""
    a_family(services)
    with closing(tool_on(folder / DATA_FILE)) as tool:
        tool.execute("PRAGMA foreign_keys = OFF")
        tool.execute("DELETE FROM households")
        tool.commit()
    view = services.today.lines(TODAY)
    assert view.last is not None
    assert view.concerned is None


def test_h9_a_receipt_that_is_gone_is_not_told_of(services: Services, folder: Path) -> None:
    """It was printed last, and somebody took its row out of the file: the first screen opens, the doctor names it."""
    voucher = a_voucher(services)
    receipt = services.payments.receive(voucher.id, "حسن", TODAY, key=a_key()).value
    services.papers.given(services.papers.receipt(receipt.id, TODAY), key="printed")
    with closing(tool_on(folder / DATA_FILE)) as tool:
        for (name,) in tool.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute("DELETE FROM receipts")
        tool.commit()
    view = services.today.lines(TODAY)
    assert view.last is not None
    assert view.last.operation == "papers.print_receipt"
    assert view.concerned is not None
    assert (view.concerned.name, view.concerned.number) == ("حسن علي أحمد", "")
    told = [problem.values.get("number") for line in services.health.checks() for problem in line.problems]
    assert receipt.number in told


def test_drafts_are_offered(services: Services) -> None:
    """What was typed and not said stands with the rest of the day."""
    a_family(services)
    services.drafts.keep("new", "…")
    assert [draft.place for draft in services.today.lines(TODAY).drafts] == ["new"]
