"""The door: who gets in, how long a wrong guess waits, and what the journal tells of it."""

import statistics
import time

import argon2
import pytest

from sanad.domain.errors import Refused
from sanad.domain.staff import FREE_TRIES, LONGEST_WAIT, Credentials, Permission, Role
from sanad.services import Services
from sanad.services.staff import Staff
from sanad.store import passwords
from sanad.store.attempts import REFUSE, SIGN_IN
from sanad.store.store import Store
from tests.builders import a_key
from tests.people import OTHER, PASSWORD, Staffed, code_of, person

IN_EARNEST = passwords.HASHER
"""What a password costs outside of tests."""
WRONG = "غير هذا تماماً يا رجل"


def wrong(staff: Staff, user: str = Role.CLERK) -> str:
    """Try a wrong password: the code of the refusal."""
    with pytest.raises(Refused) as refused:
        staff.sign_in(user, WRONG)
    (code,) = code_of(refused)
    return code


def seconds(staff: Staff, user: str = Role.CLERK) -> int:
    """The seconds that a try would have to wait, told by one that comes too early; 0 where it is let try."""
    with pytest.raises(Refused) as refused:
        staff.sign_in(user, WRONG)
    (problem,) = refused.value.problems
    return int(str(problem.values["seconds"])) if problem.code == "staff.wait" else 0


def test_an_office_begins_without_accounts(services: Services) -> None:
    """Nobody must sign in, nobody is signed in, and nothing is forbidden."""
    assert not services.staff.needed()
    assert services.staff.signed_in() is None
    assert services.staff.may(Permission.MANAGE_STAFF)
    services.staff.sign_out()


def test_whoever_signs_in_is_known_until_he_leaves(staffed: Staffed) -> None:
    """The name may be typed in other letters; the journal calls him by his own."""
    with staffed.at_desk(None) as services:
        assert services.staff.needed()
        assert not services.staff.may(Permission.SEE)
        clerk = services.staff.sign_in(" CLERK ", PASSWORD)
        assert services.staff.signed_in() == clerk
        assert (services.staff.may(Permission.WRITE), services.staff.may(Permission.DECIDE)) == (True, False)
        services.drafts.keep("new", "{}")
        services.staff.sign_out()
        assert services.staff.signed_in() is None
        with pytest.raises(Refused, match="sign_in_needed"):
            services.households.search("")
    assert staffed.entries()[-2:] == [("clerk", SIGN_IN), ("clerk", "staff.sign_out")]


def test_a_switch_of_user_leaves_nothing_of_the_one_before(staffed: Staffed) -> None:
    """A failed try at the desk signs out whoever sat there; drafts are each one's own."""
    with staffed.at_desk() as services:
        services.drafts.keep("new", "المدير")
        services.staff.sign_in(Role.CLERK, PASSWORD)
        assert services.drafts.kept() == []
        services.drafts.keep("new", "الكاتب")
        services.staff.sign_in(Role.MANAGER, PASSWORD)
        assert [draft.payload for draft in services.drafts.kept()] == ["المدير"]
        assert wrong(services.staff) == "staff.wrong"
        assert services.staff.signed_in() is None


def test_h1_unknown_and_closed_accounts_are_told_as_wrong_passwords(staffed: Staffed) -> None:
    """Nobody learns who has an account, not by the sentence and not by what was worked out for it."""
    with staffed.at_desk() as services:
        services.staff.disable(person(services, Role.AUDITOR).id, "ترك العمل")
        services.staff.sign_out()
        assert wrong(services.staff, "clerk") == wrong(services.staff, "nobody") == "staff.wrong"
        with pytest.raises(Refused) as refused:
            services.staff.sign_in(Role.AUDITOR, PASSWORD)
        assert code_of(refused) == ["staff.wrong"]


def test_h1_unknown_and_closed_accounts_cost_the_same_time(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine sign-ins each, of half the memory that they take in earnest: the medians lie within a fifth."""
    monkeypatch.setattr(passwords, "HASHER", argon2.PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1))
    with staffed.at_desk() as services:
        staff = services.staff
        for role in (Role.CLERK, Role.AUDITOR):
            staff.set_password(person(services, role).id, OTHER)
        staff.disable(person(services, Role.AUDITOR).id, "ترك العمل")

        def cost(user: str, password: str) -> float:
            staffed.steady.seconds += LONGEST_WAIT
            began = time.process_time()
            with pytest.raises(Refused, match="wrong"):
                staff.sign_in(user, password)
            return time.process_time() - began

        of_each = [
            (cost(Role.CLERK, WRONG), cost("nobody", WRONG), cost(Role.AUDITOR, WRONG), cost(Role.AUDITOR, OTHER))
            for _ in range(9)
        ]
    known, *others = (statistics.median(each) for each in zip(*of_each, strict=True))
    assert others == pytest.approx([known] * 3, rel=0.2)


def test_h1_the_wait_doubles_after_five_and_ends_at_a_minute(staffed: Staffed) -> None:
    """Twenty tries: five at once, then after 1, 2, 4 … 60 seconds; the right password is not heard before its time."""
    waits = []
    with staffed.at_desk(None) as services:
        for _ in range(20):
            waits.append(seconds(services.staff))
            if waits[-1]:
                with pytest.raises(Refused, match="wait"):
                    services.staff.sign_in(Role.CLERK, PASSWORD)
                staffed.steady.seconds += waits[-1]
                assert wrong(services.staff) == "staff.wrong"
        assert waits[:12] == [0] * 5 + [1, 2, 4, 8, 16, 32, 60]
        assert set(waits[12:]) == {LONGEST_WAIT}
        staffed.steady.seconds += LONGEST_WAIT
        assert services.staff.sign_in(Role.CLERK, PASSWORD).role is Role.CLERK
        assert wrong(services.staff) == "staff.wrong", "what went wrong before the right one is forgotten"


def test_h1_tries_that_come_too_early_make_no_wrong_one_forgotten(staffed: Staffed) -> None:
    """Hundreds of them push nothing out of sight; the first after a wrong one is told to the journal, no other."""
    with staffed.at_desk(None) as services:
        for _ in range(FREE_TRIES + 2):
            staffed.steady.seconds += LONGEST_WAIT
            assert wrong(services.staff) == "staff.wrong"
        assert {seconds(services.staff) for _ in range(450)} == {4}
        staffed.steady.seconds += 4
        assert wrong(services.staff) == "staff.wrong"
        assert {seconds(services.staff) for _ in range(5)} == {8}
    with staffed.at_desk(None) as services:
        assert seconds(services.staff) == 8
    staffed.clock.move(seconds=8)
    with staffed.at_desk() as services:
        why = [line.after["why"] for line in services.households.looks() if line.operation == REFUSE]
    assert (why.count("wrong"), why.count("wait")) == (FREE_TRIES + 3, 3)


def test_h1_a_journal_that_cannot_be_told_forgets_no_wrong_try(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk it waits as ever, and the right password is not heard before its time; then it is let in."""

    def full(*_: object, **__: object) -> None:
        raise Refused.because("data.disk_full")

    with staffed.at_desk(None) as services:
        for _ in range(FREE_TRIES - 1):
            assert wrong(services.staff) == "staff.wrong"
        monkeypatch.setattr(Store, "tell", full)
        assert wrong(services.staff) == "staff.wrong"
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            assert seconds(services.staff, "treasurer") == seconds(services.staff) == wait
            with pytest.raises(Refused, match="wait"):
                services.staff.sign_in(Role.CLERK, PASSWORD)
            staffed.steady.seconds += wait
            assert wrong(services.staff) == "staff.wrong"
        staffed.steady.seconds += LONGEST_WAIT
        assert services.staff.sign_in(Role.CLERK, PASSWORD).active


def test_an_entry_that_is_no_text_of_ours_keeps_nobody_out(staffed: Staffed) -> None:
    """It counts for nothing at the door, and the doctor tells of it."""
    torn = "INSERT INTO journal (seq, at, who, operation, subjects, households, before, after, why, seal) "
    torn += "SELECT max(seq) + 1, at, 'x', 'staff.refuse', '[]', '[]', '{}', 'torn', '', 'x' FROM journal"
    staffed.edit(torn)
    with staffed.at_desk(None) as services:
        assert services.staff.sign_in(Role.CLERK, PASSWORD).active


def test_h1_the_wait_outlives_the_program(staffed: Staffed) -> None:
    """Started anew, it goes on from the last failure by the clock on the wall."""
    with staffed.at_desk(None) as services:
        for _ in range(FREE_TRIES):
            wrong(services.staff)
            staffed.steady.seconds += LONGEST_WAIT
        staffed.steady.seconds -= LONGEST_WAIT
        assert seconds(services.staff) == 1
    with staffed.at_desk(None) as services:
        assert seconds(services.staff) == 1
    staffed.clock.move(seconds=1)
    with staffed.at_desk(None) as services:
        assert services.staff.sign_in(Role.CLERK, PASSWORD).active


def test_h1_the_machine_waits_whoever_is_tried(staffed: Staffed) -> None:
    """One guess at each of many names is a guess all the same."""
    with staffed.at_desk(None) as services:
        for user in ("clerk", "manager", "auditor", "a", "b"):
            assert wrong(services.staff, user) == "staff.wrong"
        assert seconds(services.staff, "treasurer") == 1


def test_h1_every_try_is_in_the_journal_and_no_name_that_nobody_has(staffed: Staffed) -> None:
    """Who types a password where his name belongs finds it in no journal."""
    with staffed.at_desk(None) as services:
        wrong(services.staff)
        wrong(services.staff, "Kalimat-Sirri-77")
    with staffed.at_desk() as services:
        tries = [line for line in services.households.looks() if line.operation == REFUSE]
    assert [(line.after["user"], line.after["why"]) for line in tries] == [("", "wrong"), ("clerk", "wrong")]
    assert "Kalimat" not in str([line.after for line in tries])


@pytest.mark.parametrize("back", [{"days": -1}, {"days": -4000}, {"seconds": -30}])
def test_h14_a_clock_set_back_gains_nothing_and_costs_no_more_than_the_wait(
    staffed: Staffed, back: dict[str, int]
) -> None:
    """Neither while the program runs nor started anew; and nobody waits for a day that has been."""
    with staffed.at_desk(None) as services:
        for _ in range(FREE_TRIES + 4):
            wrong(services.staff)
            staffed.steady.seconds += LONGEST_WAIT
        staffed.steady.seconds -= LONGEST_WAIT
        staffed.clock.move(**back)
        assert seconds(services.staff) == 16
    with staffed.at_desk(None) as services:
        assert seconds(services.staff) == 16
        staffed.steady.seconds += 15
        assert seconds(services.staff) == 1
        staffed.steady.seconds += 1
        assert services.staff.sign_in(Role.CLERK, PASSWORD).active


def test_h14_a_clock_set_on_gains_nothing_while_the_program_runs(staffed: Staffed) -> None:
    """Only seconds that passed count."""
    with staffed.at_desk(None) as services:
        for _ in range(FREE_TRIES):
            wrong(services.staff)
        staffed.clock.move(days=1)
        assert seconds(services.staff) == 1


def test_h15_another_user_sits_down_within_three_seconds(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    """In earnest: out, in, and the first list, so that nobody needs to work under another's name."""
    with staffed.at_desk() as services:
        monkeypatch.setattr(passwords, "HASHER", IN_EARNEST)
        services.staff.change_password(PASSWORD, OTHER)
        began = time.perf_counter()
        services.staff.sign_out()
        services.staff.sign_in(Role.MANAGER, OTHER)
        services.households.search("")
        assert time.perf_counter() - began < 3


def test_h7_a_closed_account_ends_its_open_session(staffed: Staffed) -> None:
    """The next act is refused, although the window still shows the office."""
    with staffed.at_desk() as services:
        mine = person(services, Role.MANAGER)
        second = services.staff.add("second", "المدير الثاني", Role.MANAGER, OTHER, key=a_key()).value
        services.staff.disable(mine.id, "ترك العمل")
        with pytest.raises(Refused) as refused:
            services.households.count()
        assert code_of(refused) == ["staff.sign_in_needed"]
        assert services.staff.signed_in() is None
        with pytest.raises(Refused, match="wrong"):
            services.staff.sign_in(Role.MANAGER, PASSWORD)
        services.staff.sign_in("second", OTHER)
        services.staff.enable(mine.id)
        assert services.staff.sign_in(Role.MANAGER, PASSWORD).active
        assert second.active


def test_h7_a_role_that_was_changed_counts_from_the_next_act(staffed: Staffed) -> None:
    """Whoever gave away his own right has it no more."""
    with staffed.at_desk() as services:
        services.staff.add("second", "المدير الثاني", Role.MANAGER, OTHER, key=a_key())
        services.staff.change_role(person(services, Role.MANAGER).id, Role.CLERK)
        with pytest.raises(Refused) as refused:
            services.staff.people()
        assert code_of(refused) == ["staff.not_allowed"]
        assert services.households.count() == 0


def test_credentials_never_show_their_password() -> None:
    """Not in a report, not in a log."""
    assert PASSWORD not in repr(Credentials("x", PASSWORD))


def test_a_machine_without_memory_says_so(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no wrong password, and nothing is counted."""
    from argon2.exceptions import HashingError, VerificationError

    class Poor:
        def hash(self, _password: str) -> str:
            raise HashingError("Memory allocation error")

        def verify(self, _kept: str, _password: str) -> bool:
            raise VerificationError("Memory allocation error")

    monkeypatch.setattr(passwords, "HASHER", Poor())
    with staffed.at_desk(None) as services:
        for user in ("clerk", "nobody"):
            with pytest.raises(Refused) as refused:
                services.staff.sign_in(user, PASSWORD)
            assert code_of(refused) == ["staff.no_memory"]
