"""Who looked at what: every look is in the journal, and none of them counts as work."""

import pytest

from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.domain.staff import MANY, Role
from sanad.services import Services
from sanad.store import journal
from sanad.store.store import Store
from tests.builders import MONTH, TODAY, a_family, a_household, a_key, a_request, a_study
from tests.paper.printing import read_back
from tests.people import PASSWORD, Staffed, code_of

LISTED = MANY + 1


def families(services: Services, count: int) -> list[str]:
    """So many families, each its own."""
    studies = (a_study(a_household(head=f"رب أسرة {number}", children=0)) for number in range(count))
    return [a_family(services, study).id for study in studies]


def looks(office: Staffed, *operations: str) -> list[tuple[str, str]]:
    """Who did what, of the looks that are named."""
    return [(who, operation) for who, operation in office.entries() if operation in operations]


def test_h11_a_look_is_told_once_as_long_as_it_goes_on(staffed: Staffed) -> None:
    """By whom and of which family; a screen that reads it again is no new look, another day is."""
    with staffed.at_desk(Role.CLERK) as services:
        one, other = families(services, 2)
        for _ in range(3):
            services.households.open(one)
        services.households.open(other)
        staffed.clock.move(minutes=11)
        services.households.open(one)
        staffed.clock.move(days=-1)
        services.households.open(one)
    assert looks(staffed, "households.open") == [("clerk", "households.open")] * 4
    with staffed.at_desk(Role.AUDITOR) as services:
        services.households.open(one)
        seen = services.households.looks_at(one)
        assert [line.who for line in seen] == ["auditor", "clerk", "clerk", "clerk"]
        assert all(line.households == (one,) for line in seen)
        assert {line.operation for line in services.households.looks()} >= {"households.open", "staff.sign_in"}
        assert [line.operation for line in services.households.history(one)] == ["households.register"]


def test_h11_prints_are_told_each_time(staffed: Staffed) -> None:
    """Which paper, of whom."""
    with staffed.at_desk(Role.CLERK) as services:
        (home,) = families(services, 1)
        request = services.requests.receive(home, "monthly", TODAY, key=a_key()).value.id
        services.papers.case_study(home, TODAY)
        services.papers.case_study(home, TODAY)
        services.papers.of_request("aid-request", request, TODAY)
    with staffed.at_desk() as services:
        forms = [line.after["form"] for line in services.households.looks_at(home) if line.operation == "papers.print"]
    assert forms == ["aid-request", "case-study", "case-study"]


def test_h11_a_search_that_showed_many_is_told_with_its_count(staffed: Staffed) -> None:
    """What was typed is not: it may be a name."""
    with staffed.at_desk(Role.CLERK) as services:
        families(services, MANY)
        services.households.search("رب أسرة 3")
        assert looks(staffed, "households.search") == []
        services.households.search("رب")
        services.households.search("ر")
    assert looks(staffed, "households.search") == [("clerk", "households.search")]
    with staffed.at_desk() as services:
        (line,) = (line for line in services.households.looks() if line.operation == "households.search")
        assert line.after == {"count": MANY}


def test_h12_a_list_of_many_needs_a_reason_and_is_told_with_its_count(staffed: Staffed) -> None:
    """Who took it, of how many families, and why."""
    with staffed.at_desk(Role.CLERK) as services:
        homes = families(services, LISTED)
    with staffed.at_desk(Role.TREASURER) as services:
        with pytest.raises(Refused) as refused:
            services.papers.distribution_list(homes, "seasonal", TODAY)
        assert code_of(refused) == ["staff.reason_needed"]
        assert looks(staffed, "papers.print_many") == []
        assert services.papers.distribution_list(homes[:2], "seasonal", TODAY).paper is not None
        paper = services.papers.distribution_list(homes, "seasonal", TODAY, why="توزيع رمضان").paper
        assert paper is not None
        told = " ".join(read_back(paper))
        assert "treasurer أخذها" in told.replace("treasurerأخذها", "treasurer أخذها"), "its foot says who took it"
        assert "09:00" in told
        assert services.papers.distribution_list(homes[:2], "seasonal", TODAY, progress=lambda *_: False).paper is None
    with staffed.at_desk() as services:
        many, few = (line for line in services.households.looks() if line.operation == "papers.print_many")
    assert (many.who, many.why, many.after["count"]) == ("treasurer", "توزيع رمضان", LISTED)
    assert set(many.households) == set(homes)
    assert (few.why, few.after["count"]) == ("", 2)


def test_h12_receipts_of_many_are_told_as_a_list_is(staffed: Staffed) -> None:
    """A batch that printed nothing is told nowhere."""
    with staffed.at_desk(Role.CLERK) as services:
        request = a_request(services).id
        services.assessments.assess(request, TODAY, key=a_key())
    with staffed.at_desk(Role.COMMITTEE) as services:
        grant = Grant(Money(30_000), MONTH)
        decision = services.decisions.decide(request, Verdict.APPROVE, TODAY, "1", grant, "نعم", key=a_key()).value.id
    with staffed.at_desk(Role.TREASURER) as services:
        voucher = services.payments.issue(decision, MONTH, "حسن", Method.CASH, TODAY, key=a_key()).value.id
        assert services.papers.receipts(["nothing"], TODAY).paper is None
        assert services.papers.receipts([voucher], TODAY).paper is not None
        assert services.papers.receipt(voucher, TODAY)
        assert services.papers.voucher(voucher, TODAY)
        with pytest.raises(Refused, match="reason_needed"):
            services.papers.receipts([voucher] * LISTED, TODAY)
        paper = services.papers.receipts([voucher] * LISTED, TODAY, why="صرف الشهر").paper
        assert paper is not None
        pages = [page.replace("treasurerأخذها", "treasurer أخذها") for page in read_back(paper)]
        assert [page for page in pages if "treasurer أخذها" not in page or "09:00" not in page] == []
        alone = " ".join(read_back(services.papers.receipt(voucher, TODAY)))
        assert "أخذها" not in alone, "what a family is handed alone says nothing of it"
    assert looks(staffed, "papers.print_many", "papers.print") == [
        ("treasurer", "papers.print_many"),
        ("treasurer", "papers.print"),
        ("treasurer", "papers.print"),
        ("treasurer", "papers.print_many"),
        ("treasurer", "papers.print"),
    ]


def test_h11_looks_of_long_ago_are_found_by_family_and_person_and_no_refusal_hides_them(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many are read at once; those of one family, or of one user, are looked for in all of them."""
    monkeypatch.setattr(journal, "MOST_LOOKS", 5)
    with staffed.at_desk(Role.RESEARCHER) as services:
        first, *others = families(services, 8)
        services.households.open(first)
        number = services.households.file_numbers([first])[first]
    with staffed.at_desk(Role.CLERK) as services:
        for home in others:
            services.households.open(home)
        for _ in range(6):
            with pytest.raises(Refused):
                services.staff.sign_in(Role.CLERK, "لا يُعرف هذا أبداً")
    staffed.clock.move(minutes=2)
    with staffed.at_desk() as services:
        look = services.households.looks
        assert {line.operation for line in look()} == {"staff.sign_in", "staff.refuse"}
        assert {line.operation for line in look(refused=True)} == {"staff.refuse"}
        assert "staff.refuse" not in {line.operation for line in look(refused=False)}
        assert len(look(refused=False)) == 5
        assert [line.who for line in services.households.looks_at(first)] == [Role.RESEARCHER]
        assert [line.who for line in look(found=f" {number} ", refused=False)] == [Role.RESEARCHER]
        assert {line.who for line in look(found="SEARCH", refused=False)} == {Role.RESEARCHER}
        assert {line.after["user"] for line in look(found="clerk", refused=True)} == {Role.CLERK}
        assert look(found="%") == []


def test_a_look_is_no_work(staffed: Staffed) -> None:
    """It is not what was recorded last, and makes no backup due; a change after it does."""
    with staffed.at_desk() as services:
        (home,) = families(services, 1)
        services.backups.when_due()
        services.households.open(home)
        services.staff.sign_out()
        services.staff.sign_in(Role.MANAGER, PASSWORD)
        last = services.today.lines(TODAY).last
        assert last is not None
        assert last.operation == "households.register"
        assert services.backups.when_due(closing=True) is None
        assert not services.backups.status(TODAY).changed
        a_family(services, a_study(a_household(head="آخر", children=0)))
        assert services.backups.when_due(closing=True) is not None


def test_a_disk_that_takes_no_more_lets_the_office_read_and_print_nothing(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A family is still shown, and who proves himself is let in; a paper that cannot be told of is not given out."""

    def full(*_: object, **__: object) -> None:
        raise Refused.because("data.disk_full")

    with staffed.at_desk(Role.CLERK) as services:
        (home,) = families(services, 1)
        monkeypatch.setattr(Store, "tell", full)
        assert services.households.open(home).id == home
        with pytest.raises(Refused, match="disk_full"):
            services.papers.case_study(home, TODAY)
        services.staff.sign_out()
        assert services.staff.signed_in() is None
        services.staff.sign_in(Role.CLERK, PASSWORD)
        with pytest.raises(Refused, match="wrong"):
            services.staff.sign_in(Role.CLERK, "لا يُعرف هذا أبداً")


def test_without_accounts_nobody_is_told_of(services: Services) -> None:
    """An office of one has nobody to mistrust: looks leave no entry, long lists need no reason."""
    homes = families(services, LISTED)
    services.households.open(homes[0])
    services.households.search("")
    assert services.papers.distribution_list(homes, "seasonal", TODAY).paper is not None
    assert services.households.looks() == []


@pytest.mark.parametrize("manager", [False, True], ids=["each his own", "one who may everything"])
def test_maker_is_not_approver(staffed: Staffed, manager: bool) -> None:
    """Who received a request does not decide it, and who decided does not order its payment, whatever he may else."""
    with staffed.at_desk(Role.MANAGER if manager else Role.CLERK) as services:
        request = a_request(services).id
        services.assessments.assess(request, TODAY, key=a_key())
    grant = Grant(Money(30_000), MONTH)
    if manager:
        with staffed.at_desk() as services:
            with pytest.raises(Refused) as refused:
                services.decisions.decide(request, Verdict.APPROVE, TODAY, "1", grant, "نعم", key=a_key())
            assert code_of(refused) == ["decision.own_request"]
    with staffed.at_desk(Role.COMMITTEE if manager else Role.MANAGER) as services:
        decision = services.decisions.decide(request, Verdict.APPROVE, TODAY, "1", grant, "نعم", key=a_key()).value.id
    if not manager:
        with staffed.at_desk() as services:
            with pytest.raises(Refused) as refused:
                services.payments.issue(decision, MONTH, "حسن", Method.CASH, TODAY, key=a_key())
            assert code_of(refused) == ["payment.own_decision"]
    with staffed.at_desk(Role.TREASURER) as services:
        assert services.payments.issue(decision, MONTH, "حسن", Method.CASH, TODAY, key=a_key()).value.amount.minor
