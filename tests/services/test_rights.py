"""Who may do what: every public method of every service on the data, tried by every role on a real file."""

import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sanad.domain.decision import Grant, Verdict
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.payment import Method
from sanad.domain.staff import PERMISSIONS, Permission, Role
from sanad.services import Reference, Services
from sanad.services.drafts import NEW
from sanad.services.session import NEEDS
from tests.builders import MONTH, TODAY, a_key, a_study, an_office
from tests.people import OTHER, PASSWORD, Staffed, cheap_passwords, make_staffed, person

NOT_LET_IN = {"staff.not_allowed", "staff.sign_in_needed"}


def methods() -> Iterator[tuple[str, Permission | None]]:
    """Every public method on the data as ``service.method``, with what it is marked to need.

    What the services inherit from those that work without a data folder touches none.
    """
    without_data = {kind for kind in typing.get_type_hints(Reference).values() if isinstance(kind, type)}
    for field, kind in typing.get_type_hints(Services).items():
        if not getattr(kind, "__module__", "").startswith("sanad.services") or kind in without_data:
            continue
        bare = {name for parent in without_data & set(kind.__mro__) for name in vars(parent)}
        for name, found in inspect.getmembers(kind):
            if name.startswith("_") or (name in bare and name not in vars(kind)):
                continue
            assert inspect.isfunction(found), f"{field}.{name} is public and no method"
            yield f"{field}.{name}", found.__dict__.get(NEEDS, ...)


MARKED = dict(methods())
NEEDED = {name: needed for name, needed in MARKED.items() if isinstance(needed, Permission)}


@dataclasses.dataclass(frozen=True)
class Worked:
    """What stands in the office: a request that waits for its decision, a grant, a voucher, each by another's hand."""

    office: Staffed
    household: str
    request: str
    decision: str
    voucher: str
    other: str


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """An office in which each did his own part."""
    with cheap_passwords():
        office = make_staffed(tmp_path_factory.mktemp("worked") / "data")
        with office.at_desk(Role.CLERK) as services:
            home = services.households.register(a_study(), key=a_key()).value.id
            asked = services.requests.receive(home, "monthly", TODAY, key=a_key()).value.id
            seasonal = services.requests.receive(home, "seasonal", TODAY, key=a_key()).value.id
            for request in (asked, seasonal):
                services.assessments.assess(request, TODAY, key=a_key())
        with office.at_desk(Role.COMMITTEE) as services:
            grant = Grant(Money(30_000), MONTH)
            decided = services.decisions.decide(
                asked, Verdict.APPROVE, TODAY, "14/3", grant, "نعم", key=a_key()
            ).value.id
        with office.at_desk(Role.TREASURER) as services:
            voucher = services.payments.issue(decided, MONTH, "حسن", Method.CASH, TODAY, key=a_key()).value.id
        with office.at_desk() as services:
            other = person(services, Role.AUDITOR).id
        yield Worked(office, home, seasonal, decided, voucher, other)


Act = Callable[[Services, Worked, Path], Any]

ACTS: dict[str, Act] = {
    "households.register": lambda s, _w, _p: s.households.register(_another_study(), key=a_key()),
    "households.correct": lambda s, w, _p: s.households.correct(w.household, 1, a_study(), key=a_key()),
    "households.open": lambda s, w, _p: s.households.open(w.household),
    "households.search": lambda s, _w, _p: s.households.search("حسن"),
    "households.count": lambda s, _w, _p: s.households.count(),
    "households.similar": lambda s, _w, _p: s.households.similar(a_study()),
    "households.history": lambda s, w, _p: s.households.history(w.household),
    "households.looks": lambda s, _w, _p: s.households.looks(),
    "households.looks_at": lambda s, w, _p: s.households.looks_at(w.household),
    "households.keep_confidential": lambda s, w, _p: s.households.keep_confidential(w.household, "سبب"),
    "households.open_up": lambda s, w, _p: s.households.open_up(w.household, "سبب"),
    "drafts.keep": lambda s, _w, _p: s.drafts.keep(NEW, "{}"),
    "drafts.kept": lambda s, _w, _p: s.drafts.kept(),
    "drafts.discard": lambda s, _w, _p: s.drafts.discard(NEW),
    "requests.of": lambda s, w, _p: s.requests.of(w.household),
    "requests.open": lambda s, w, _p: s.requests.open(w.request),
    "assessments.questions": lambda s, w, _p: s.assessments.questions(w.household, "monthly", TODAY),
    "assessments.preview": lambda s, _w, _p: s.assessments.preview(a_study(), "monthly", TODAY),
    "assessments.what_if": lambda s, w, _p: s.assessments.what_if(w.household, "monthly", TODAY),
    "assessments.recompute": lambda s, w, _p: s.assessments.recompute(s.requests.open(w.request).assessed or _none()),
    "assessments.assess": lambda s, w, _p: s.assessments.assess(w.request, TODAY, key=a_key()),
    "decisions.decide": lambda s, w, _p: s.decisions.decide(
        w.request, Verdict.POSTPONE, TODAY, "14/4", reason="لاحقاً", key=a_key()
    ),
    "requests.correct": lambda s, w, _p: s.requests.correct(w.request, None, {}, key=a_key()),
    "payments.open": lambda s, w, _p: s.payments.open(w.voucher),
    "payments.receive": lambda s, w, _p: s.payments.receive(w.voucher, "حسن", TODAY, key=a_key()),
    "payments.cancel": lambda s, w, _p: s.payments.cancel(w.voucher, "خطأ", TODAY, key=a_key()),
    "payments.issue": lambda s, w, _p: s.payments.issue(w.decision, MONTH, "حسن", Method.CASH, TODAY, key=a_key()),
    "papers.case_study": lambda s, w, _p: s.papers.case_study(w.household, TODAY),
    "papers.of_family": lambda s, w, _p: s.papers.of_family("aid-request", w.household, TODAY),
    "papers.of_request": lambda s, w, _p: s.papers.of_request("aid-request", w.request, TODAY),
    "papers.voucher": lambda s, w, _p: s.papers.voucher(w.voucher, TODAY),
    "papers.receipt": lambda s, w, _p: s.papers.receipt(w.voucher, TODAY),
    "papers.receipts": lambda s, w, _p: s.papers.receipts([w.voucher], TODAY),
    "papers.distribution_list": lambda s, w, _p: s.papers.distribution_list([w.household], "seasonal", TODAY),
    "offices.set_up": lambda s, _w, _p: s.offices.set_up(an_office(phone="1755 5555")),
    "staff.people": lambda s, _w, _p: s.staff.people(),
    "staff.add": lambda s, _w, _p: s.staff.add("new", "جديد", Role.CLERK, OTHER, key=a_key()),
    "staff.rename": lambda s, w, _p: s.staff.rename(w.other, "اسم آخر"),
    "staff.change_role": lambda s, w, _p: s.staff.change_role(w.other, Role.CLERK),
    "staff.set_password": lambda s, w, _p: s.staff.set_password(w.other, OTHER),
    "staff.disable": lambda s, w, _p: s.staff.disable(w.other, "ترك العمل"),
    "staff.enable": lambda s, w, _p: s.staff.enable(w.other),
    "staff.new_recovery_code": lambda s, _w, _p: s.staff.new_recovery_code(),
    "today.lines": lambda s, _w, _p: s.today.lines(TODAY),
    "health.checks": lambda s, _w, _p: s.health.checks(),
    "health.facts": lambda s, _w, _p: s.health.facts(),
    "policies.revisions": lambda s, _w, _p: s.policies.revisions(),
    "policies.in_force": lambda s, _w, _p: s.policies.in_force(TODAY),
    "policies.draft": lambda s, _w, _p: s.policies.draft(TODAY, "14/3", {"amounts.rent_cap.value": "160"}),
    "policies.keep_shipped": lambda s, _w, _p: s.policies.keep_shipped("karzakan-2020"),
    "policies.adopt_own": lambda s, _w, _p: s.policies.adopt_own("karzakan-2020"),
}
"""Acts that come to their end when they are allowed, in an order in which none stands in the way of the next."""


def _another_study() -> Any:
    from tests.builders import a_household

    return a_study(a_household(head="عيسى سلمان"))


def _none() -> Any:
    raise AssertionError("the request was assessed")


def attempt(services: Services, name: str, worked: Worked, folder: Path) -> list[str]:
    """The codes with which a method refuses; none where it came to its end, or to anything beyond the door."""
    field, _, method = name.partition(".")
    try:
        if name in ACTS:
            ACTS[name](services, worked, folder)
        else:
            bare(getattr(getattr(services, field), method))
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return []


def bare(method: Callable[..., Any]) -> None:
    """Call a method with nothing in its hands: what it does past the door is not looked at."""
    needed = [
        each
        for each in inspect.signature(method).parameters.values()
        if each.default is each.empty and each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
    ]
    listed = [None for each in needed if each.kind is not each.KEYWORD_ONLY]
    named = {each.name: a_key() for each in needed if each.kind is each.KEYWORD_ONLY}
    try:
        method(*listed, **named)
    except Refused:
        raise
    except Exception:  # noqa: BLE001  # it was let in, and found nothing to work with
        return


def test_every_method_says_what_it_needs() -> None:
    """Default is to deny: a method on the data without a mark is named here."""
    assert [name for name, needed in MARKED.items() if needed is not None and not isinstance(needed, Permission)] == []


def test_what_is_open_to_all_is_a_short_list() -> None:
    """What needs nobody signed in: the door, the office's own name, and backups that only the key opens."""
    assert {name for name, needed in MARKED.items() if needed is None} <= {
        *(
            f"staff.{name}"
            for name in ("needed", "signed_in", "may", "sign_in", "sign_out", "begin", "recover", "password_is_lent")
        ),
        "staff.change_password",
        "offices.read",
        "offices.logo",
        "health.checked",
        "health.check_due",
        *(f"papers.{name}" for name in ("counts", "given")),
        *(f"policies.{name}" for name in ("text_of", "edited", "as_of")),
        "encryption.possible",
        "encryption.on",
        *(f"backups.{name}" for name in ("has_key", "make", "when_due", "status", "last", "drives", "heads")),
    }


def test_h4_to_restore_and_to_undo_are_acts_like_any_other() -> None:
    """They stand in this matrix, though all else about backups works without data."""
    assert {NEEDED[f"restores.{name}"] for name in ("restore", "undo")} == {Permission.SET_UP}


def test_every_act_that_is_tried_is_there() -> None:
    """No act of this test is of a method that is gone."""
    assert set(ACTS) <= set(NEEDED)


@pytest.mark.parametrize("role", Role)
def test_h4_each_role_does_what_it_may_and_nothing_else(role: Role, worked: Worked, tmp_path: Path) -> None:
    """What is allowed comes to its end; what is not is refused before anything is read, written or told."""
    office = worked.office.copied(tmp_path / "data")
    may = PERMISSIONS[role]
    with cheap_passwords(), office.at_desk(role) as services:
        entries = office.entries()
        refused = {name: attempt(services, name, worked, tmp_path) for name in NEEDED if NEEDED[name] not in may}
        assert {name: codes for name, codes in refused.items() if codes != ["staff.not_allowed"]} == {}
        assert office.entries() == entries
        in_order = [*ACTS, *sorted(set(NEEDED) - set(ACTS))]  # the restores, which close the data, find no folder here
        let_in = {name: attempt(services, name, worked, tmp_path) for name in in_order if NEEDED[name] in may}
    assert {name: codes for name, codes in let_in.items() if NOT_LET_IN & set(codes)} == {}
    assert {name: codes for name, codes in let_in.items() if name in ACTS and codes} == {}


def test_h4_nobody_signed_in_is_let_in_nowhere(worked: Worked, tmp_path: Path) -> None:
    """Every method on the data asks for a sign-in, and the journal does not move."""
    office = worked.office.copied(tmp_path / "data")
    with office.at_desk(None) as services:
        entries = office.entries()
        tried = {name: attempt(services, name, worked, tmp_path) for name in NEEDED}
        assert {name: codes for name, codes in tried.items() if codes != ["staff.sign_in_needed"]} == {}
        assert office.entries() == entries


def test_before_there_are_accounts_everything_is_open(services: Services, worked: Worked, tmp_path: Path) -> None:
    """An office without accounts works as one that never heard of them."""
    tried = {name: attempt(services, name, worked, tmp_path) for name in NEEDED}
    assert {name: codes for name, codes in tried.items() if NOT_LET_IN & set(codes)} == {}
    assert all(services.staff.may(permission) for permission in Permission)
    assert PASSWORD
