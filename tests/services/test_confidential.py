"""Confidential files: few see them; of the rest nobody learns more than that there is a file of that number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.domain.staff import Permission, Role
from sanad.services import Services
from sanad.services.session import NOTHING
from tests.builders import MONTH, TODAY, a_family, a_household, a_key, a_member, a_study
from tests.people import Staffed, cheap_passwords, code_of

HEAD, PHONE, CIVIL_ID = "زينب عبدالله الموسوي", "33445566", "800512345"
WHY = "قرار اللجنة 14/3"


@dataclass(frozen=True)
class Kept:
    """An office with one confidential family: its request decided, a voucher ordered, a clerk's draft kept."""

    office: Staffed
    household: str
    request: str
    decision: str
    voucher: str


@pytest.fixture(scope="module")
def first_kept(first_staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The family's file was written by a clerk, and closed by the committee."""
    office = first_staffed.copied(tmp_path_factory.mktemp("kept") / "data")
    family = a_household(head=HEAD, phone=PHONE)
    head, *others = family.members
    family = replace(family, members=(replace(head, civil_id=CIVIL_ID), *others))
    with cheap_passwords():
        with office.at_desk(Role.CLERK) as services:
            home = a_family(services, a_study(family)).id
            request = services.requests.receive(home, "monthly", TODAY, key=a_key()).value.id
            services.assessments.assess(request, TODAY, key=a_key())
            services.drafts.keep(home, "{}")
            a_family(services)
        with office.at_desk(Role.COMMITTEE) as services:
            decide, grant = services.decisions.decide, Grant(Money(30_000), MONTH)
            decision = decide(request, Verdict.APPROVE, TODAY, "14/3", grant, "نعم", key=a_key()).value.id
            services.households.keep_confidential(home, WHY)
        with office.at_desk() as services:
            voucher = services.payments.issue(decision, MONTH, "زينب", Method.CASH, TODAY, key=a_key()).value.id
    return Kept(office, home, request, decision, voucher)


@pytest.fixture
def kept(first_kept: Kept, folder: Path) -> Iterator[Kept]:
    """The same office, of this test's own."""
    with cheap_passwords():
        yield replace(first_kept, office=first_kept.office.copied(folder))


@pytest.mark.parametrize("role", Role)
def test_a_confidential_name_is_seen_by_few(kept: Kept, role: Role) -> None:
    """In lists, in searches, on the first screen; the others find the number, and that it is confidential."""
    with kept.office.at_desk(role) as services:
        sees = services.staff.may(Permission.SEE_CONFIDENTIAL)
        assert sees == (role in (Role.COMMITTEE, Role.MANAGER, Role.AUDITOR))
        rows = {row.id: row for row in services.households.search("")}
        row = rows[kept.household]
        assert row.confidential
        assert (row.name, row.phone, row.members) == ((HEAD, PHONE, 5) if sees else ("", "", 0))
        assert [found.id for found in services.households.search("الموسوي")] == ([kept.household] if sees else [])
        assert [found.id for found in services.households.search(PHONE)] == ([kept.household] if sees else [])
        assert [found.id for found in services.households.search(row.file_number)][:1] == [kept.household]
        (waiting,) = services.today.lines(TODAY).to_receive.lines
        assert (waiting.name, waiting.confidential) == ((HEAD, False) if sees else ("", True))
        last = services.today.lines(TODAY).last
        assert last is not None
        assert bool(last.after) == sees
        of = services.today.lines(TODAY).concerned
        assert of is not None
        assert (of.name, of.number != "", of.amount is not None) == ((HEAD, True, True) if sees else ("", False, False))
        assert (of.file_number, of.confidential) == (row.file_number, not sees)
        assert sorted(other.name != "" for other in rows.values()) == [sees, True]


@pytest.mark.parametrize("role", [Role.CLERK, Role.RESEARCHER, Role.TREASURER])
def test_a_confidential_file_is_opened_and_printed_by_few(kept: Kept, role: Role) -> None:
    """Whatever touches the file is refused, with its number and nothing else; nothing of it is told or given out."""
    with kept.office.at_desk(role) as services:
        acts: list[tuple[Permission, Callable[[], object]]] = [
            (Permission.SEE, lambda: services.households.open(kept.household)),
            (Permission.SEE, lambda: services.households.history(kept.household)),
            (Permission.SEE, lambda: services.requests.of(kept.household)),
            (Permission.SEE, lambda: services.requests.open(kept.request)),
            (Permission.SEE, lambda: services.payments.open(kept.voucher)),
            (Permission.SEE, lambda: services.assessments.what_if(kept.household, "monthly", TODAY, facts=NOTHING)),
            (Permission.PRINT, lambda: services.papers.case_study(kept.household, TODAY)),
            (Permission.PRINT, lambda: services.papers.of_request("aid-request", kept.request, TODAY)),
            (Permission.PRINT, lambda: services.papers.voucher(kept.voucher, TODAY)),
            (Permission.PRINT, lambda: services.papers.receipt(kept.voucher, TODAY)),
            (Permission.PRINT_MANY, lambda: services.papers.distribution_list([kept.household], "seasonal", TODAY)),
            (Permission.WRITE, lambda: services.households.correct(kept.household, 1, a_study(), key=a_key())),
            (Permission.WRITE, lambda: services.requests.receive(kept.household, "seasonal", TODAY, key=a_key())),
            (Permission.ASSESS, lambda: services.assessments.assess(kept.request, TODAY, key=a_key())),
            (Permission.PAY, lambda: services.payments.receive(kept.voucher, "x", TODAY, key=a_key())),
            (Permission.PAY, lambda: services.payments.cancel(kept.voucher, "x", TODAY, key=a_key())),
            (
                Permission.PAY,
                lambda: services.payments.issue(kept.decision, "2026-12", "x", Method.CASH, TODAY, key=a_key()),
            ),
        ]
        told = kept.office.entries()
        for permission, act in acts:
            if services.staff.may(permission):
                with pytest.raises(Refused) as refused:
                    act()
                (problem,) = refused.value.problems
                assert (problem.code, list(problem.values)) == ("household.confidential", ["file_number"])
        assert kept.office.entries() == told
        assert services.drafts.kept() == []


def test_whose_civil_id_it_is_stays_hidden(kept: Kept) -> None:
    """A clerk who types the same civil id is told the file's number; the name he does not learn."""
    same = a_study(a_household(members=(a_member(name="x", civil_id=CIVIL_ID),), incomes=()))
    with kept.office.at_desk(Role.CLERK) as services:
        (alike,) = services.households.similar(same)
        assert (alike.head, alike.member, alike.confidential) == ("", "", True)
        with pytest.raises(Refused) as refused:
            services.households.register(same, key=a_key())
        assert code_of(refused) == ["household.civil_id_confidential"]
        assert HEAD not in str(dict(refused.value.problems[0].values))
    with kept.office.at_desk() as services:
        (alike,) = services.households.similar(same)
        assert (alike.head, alike.confidential) == (HEAD, False)
        with pytest.raises(Refused, match="civil_id_known"):
            services.households.register(same, key=a_key())


def test_a_file_is_closed_and_opened_with_a_reason(kept: Kept) -> None:
    """Twice is refused; the reason stands in the journal; opened up, everybody sees it again."""
    with kept.office.at_desk(Role.COMMITTEE) as services:
        assert services.households.open(kept.household).confidential
        with pytest.raises(Refused, match="confidential_already"):
            services.households.keep_confidential(kept.household, WHY)
        with pytest.raises(Refused, match="reason_missing"):
            services.households.open_up(kept.household, " ")
        services.households.open_up(kept.household, "زال السبب")
        with pytest.raises(Refused, match="not_confidential"):
            services.households.open_up(kept.household, "x")
        reasons = [line.why for line in services.households.history(kept.household)]
        assert {"زال السبب", WHY} <= set(reasons)
    with kept.office.at_desk(Role.CLERK) as services:
        assert not services.households.open(kept.household).confidential
        assert [draft.place for draft in services.drafts.kept()] == [kept.household]


def test_a_batch_leaves_a_confidential_family_out_and_names_its_number(kept: Kept) -> None:
    """The treasurer's receipts are printed without it."""
    with kept.office.at_desk(Role.TREASURER) as services:
        batch = services.papers.receipts([kept.voucher], TODAY)
        assert batch.paper is None
        assert [problem.code for failure in batch.failed for problem in failure.problems] == ["household.confidential"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM confidential",
        "UPDATE confidential SET since = '2020-01-01T00:00:00.000000+00:00'",
        """INSERT INTO confidential SELECT id, '2020-01-01T00:00:00.000000+00:00' FROM households
        WHERE id NOT IN (SELECT household FROM confidential)""",
    ],
    ids=["taken away", "changed", "put there"],
)
def test_h9_a_mark_that_was_edited_is_found(kept: Kept, statement: str) -> None:
    """The doctor names the file whose mark is not what the journal says."""
    kept.office.edit(statement)
    with kept.office.at_desk() as services:
        (line,) = (line for line in services.health.checks() if line.name == "staff")
        assert {problem.code for problem in line.problems} == {"health.confidential_changed"}


def test_an_office_without_accounts_hides_nothing(services: Services) -> None:
    """The mark is kept for the day on which there are some."""
    family = a_family(services)
    services.households.keep_confidential(family.id, WHY)
    assert services.households.open(family.id).confidential
    assert all(line.ok for line in services.health.checks() if line.name == "staff")
