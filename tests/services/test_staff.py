"""Accounts: made, changed and closed by a manager; recovered by the printed code; never by editing the file."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanad import places
from sanad.domain.errors import Refused
from sanad.domain.spelling import LONGEST_NAME
from sanad.domain.staff import LONGEST_USER, Role, as_meant
from sanad.services import Services
from sanad.services.password_rules import LONGEST, SHORTEST, PasswordRules
from tests.builders import a_key
from tests.people import OTHER, PASSWORD, Staffed, cheap_passwords, code_of, person

RULES = PasswordRules(places.common_passwords())
THIRD = "قارب أزرق فوق جبل"


def refused_by_rules(password: str, *about: str) -> list[str]:
    """The codes of what is wrong with a password."""
    return [problem.code for problem in RULES.problems(password, about)]


# ------------------------------------------------------------ the first account


def test_the_first_account_is_a_manager_s_and_signed_in(services: Services) -> None:
    """With it comes a recovery code, in groups that can be read aloud; a second first one is refused."""
    with cheap_passwords():
        services.drafts.keep("new", "كُتب قبل الحسابات")
        first, code = services.staff.begin("مريم", "مريم علي", PASSWORD).value
        assert (first.role, services.staff.signed_in()) == (Role.MANAGER, first)
        assert [len(group) for group in code.split("-")] == [5] * 5
        assert services.staff.needed()
        assert [draft.payload for draft in services.drafts.kept()] == ["كُتب قبل الحسابات"]
        with pytest.raises(Refused) as refused:
            services.staff.begin("زينب", "زينب", OTHER)
        assert code_of(refused) == ["staff.begun"]


def test_two_first_accounts_at_once_are_one(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at before the act is looked at again within it."""
    with cheap_passwords():
        services.staff.begin("مريم", "مريم علي", PASSWORD)
        monkeypatch.setattr(services.staff._session, "begun", lambda: False)
        with pytest.raises(Refused) as refused:
            services.staff.begin("زينب", "زينب", OTHER)
    assert code_of(refused) == ["staff.begun"]


def test_before_the_first_account_there_is_no_second(services: Services) -> None:
    """Nor a recovery code, nor anybody whose password could be changed."""
    for act in (
        lambda: services.staff.add("x", "x", Role.CLERK, PASSWORD, key=a_key()),
        services.staff.new_recovery_code,
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == ["staff.begin_first"]
    with pytest.raises(Refused) as refused:
        services.staff.change_password(PASSWORD, OTHER)
    assert code_of(refused) == ["staff.sign_in_needed"]


def test_every_problem_of_a_new_account_is_told_at_once(staffed: Staffed) -> None:
    """Name, user and password, each at its place; nothing is kept then."""
    with staffed.at_desk() as services:
        for user, name, password, expected in (
            (
                " ",
                "",
                "short",
                {"user": "staff.user_missing", "name": "staff.name_missing", "password": "staff.password_short"},
            ),
            (
                "x" * (LONGEST_USER + 1),
                "ن" * (LONGEST_NAME + 1),
                OTHER,
                {"user": "staff.user_long", "name": "name.too_long"},
            ),
            ("Clérk", "كاتب", "1234567890", {"user": "staff.user_taken", "password": "staff.password_common"}),
        ):
            with pytest.raises(Refused) as refused:
                services.staff.add(user, name, Role.CLERK, password, key=a_key())
            assert {problem.where: problem.code for problem in refused.value.problems} == expected
        assert len(services.staff.people()) == len(Role)


def test_the_same_form_makes_one_account(staffed: Staffed) -> None:
    """A second click finds what the first one made."""
    with staffed.at_desk() as services:
        key = a_key()
        made = services.staff.add("new", "جديد", Role.CLERK, OTHER, key=key)
        again = services.staff.add("new", "جديد", Role.CLERK, OTHER, key=key)
        assert (again.value, again.repeated, made.repeated) == (made.value, True, False)


def test_an_account_is_changed_by_a_manager(staffed: Staffed) -> None:
    """Name, role and password; the journal tells what was before and after, and never a password."""
    with staffed.at_desk() as services:
        clerk = person(services, Role.CLERK)
        assert services.staff.rename(clerk.id, "علي  حسن").value.name == "علي حسن"
        assert services.staff.change_role(clerk.id, Role.TREASURER).value.role is Role.TREASURER
        services.staff.set_password(clerk.id, OTHER)
        with pytest.raises(Refused) as refused:
            services.staff.disable(clerk.id, " ")
        assert code_of(refused) == ["staff.why_missing"]
        with pytest.raises(Refused) as refused:
            services.staff.rename("nobody", "x")
        assert code_of(refused) == ["staff.unknown"]
        assert services.staff.sign_in("clerk", OTHER).role is Role.TREASURER


def test_the_last_manager_stays(staffed: Staffed) -> None:
    """Neither closed nor made something else, as long as nobody else manages."""
    with staffed.at_desk() as services:
        mine = person(services, Role.MANAGER).id
        with pytest.raises(Refused) as refused:
            services.staff.disable(mine, "x")
        assert code_of(refused) == ["staff.last_manager"]
        with pytest.raises(Refused) as refused:
            services.staff.change_role(mine, Role.CLERK)
        assert code_of(refused) == ["staff.last_manager"]


def test_a_password_that_a_manager_gave_is_known_as_such(staffed: Staffed) -> None:
    """Until its owner makes one of his own; the first manager's own is nobody else's."""
    with staffed.at_desk(None) as services:
        assert not services.staff.password_is_lent()
        services.staff.sign_in(Role.MANAGER, PASSWORD)
        assert not services.staff.password_is_lent()
        services.staff.sign_in(Role.CLERK, PASSWORD)
        assert services.staff.password_is_lent()
        services.staff.change_password(PASSWORD, OTHER)
        assert not services.staff.password_is_lent()
        services.staff.sign_in(Role.MANAGER, PASSWORD)
        services.staff.set_password(person(services, Role.CLERK).id, THIRD)
        services.staff.sign_in(Role.CLERK, THIRD)
        assert services.staff.password_is_lent()


def test_one_s_own_password_is_changed_with_the_old_one(staffed: Staffed) -> None:
    """A wrong old one counts as a try at the door; a bad new one changes nothing."""
    with staffed.at_desk(Role.CLERK) as services:
        with pytest.raises(Refused, match="wrong"):
            services.staff.change_password(OTHER, THIRD)
        with pytest.raises(Refused, match="password_short"):
            services.staff.change_password(PASSWORD, "قصيرة")
        services.staff.change_password(PASSWORD, OTHER)
        assert services.staff.may is not None
        assert services.households.count() == 0
        services.staff.sign_in(Role.CLERK, OTHER)
    assert staffed.entries()[-1] == ("clerk", "staff.sign_in")


# ------------------------------------------------------------ recovery


def test_h2_the_printed_code_lets_the_last_manager_back_in(staffed: Staffed) -> None:
    """However it is typed; it is used up, the next one is given, and all of it is in the journal."""
    with staffed.at_desk(None) as services:
        typed = (
            staffed.code.lower()
            .replace("-", " ")
            .replace("0", "o")
            .replace("1", "l")
            .translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))
        )
        next_code = services.staff.recover(Role.MANAGER, typed, OTHER).value
        services.staff.sign_in(Role.MANAGER, OTHER)
        services.staff.sign_out()
        for used, user in ((staffed.code, Role.MANAGER), (next_code, Role.CLERK), (next_code, "nobody")):
            with pytest.raises(Refused) as refused:
                services.staff.recover(user, used, THIRD)
            assert code_of(refused) == ["staff.code_wrong"]
        with pytest.raises(Refused, match="password_common"):
            services.staff.recover(Role.MANAGER, next_code, "qwertyuiop")
        services.staff.recover(Role.MANAGER, next_code, THIRD)
        services.staff.sign_in(Role.MANAGER, THIRD)
        another = services.staff.new_recovery_code().value
        assert another != next_code
    assert ("صفاء", "staff.recover") in staffed.entries()


def test_h2_guessing_the_code_waits_as_guessing_a_password(staffed: Staffed) -> None:
    """The sheet is no second door without a lock."""
    with staffed.at_desk(None) as services:
        for _ in range(5):
            with pytest.raises(Refused, match="code_wrong"):
                services.staff.recover(Role.MANAGER, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", OTHER)
        with pytest.raises(Refused, match="wait"):
            services.staff.recover(Role.MANAGER, staffed.code, OTHER)


# ------------------------------------------------------------ passwords


@pytest.mark.parametrize(
    "password",
    [
        "password12",
        "1234567890",
        "qwertyuiop",
        "iloveyou123",
        "administrator",
        "٠١٢٣٤٥٦٧٨٩",
        "aaaaaaaaaaaa",
        "محمدمحمدمحمد",
        "الله أكبر",
        "بسم الله الرحمن الرحيم",
        "كلمة المرور",
        "جمعية خيرية",
        "karzakan2026",
        "Sanad-2026",
        "جمعية النموذج الخيرية",
        "صفاء علي 1990",
        "safaa.safaa",
        "ضصثقفغعهخحجد",
        "19801980198",
        "abcdefghijkl",
    ],
)
def test_h3_a_common_password_is_refused(password: str) -> None:
    """Those people choose first, in both languages: digits, faith, names, the office, rows of keys."""
    assert refused_by_rules(password, "صفاء", "صفاء علي", "safaa", "جمعية النموذج الخيرية") != []


def test_h3_the_three_thousand_commonest_are_refused() -> None:
    """Each as it is, and those that are long enough with a year behind them too."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    commonest = FREQUENCY_LISTS["passwords"][:3000]
    assert [word for word in commonest if not refused_by_rules(word)] == []
    assert [word for word in commonest[:100] if not refused_by_rules(f"{word}2026")] == []


@pytest.mark.parametrize(
    "password", [PASSWORD, OTHER, "correct horse battery staple", "نخلة وبحر وثلاثة قوارب", "kX9#mQ2vLp"]
)
def test_h3_a_few_words_without_a_tie_are_accepted(password: str) -> None:
    """No rule asks for signs and capitals."""
    assert refused_by_rules(password, "clerk", "كاتب") == []


def test_h3_there_is_no_account_before_one_is_made(services: Services) -> None:
    """And so no default password."""
    assert services.staff.people() == ()


def test_a_password_is_short_or_long_by_its_letters() -> None:
    """What nobody sees does not make it longer."""
    assert refused_by_rules("\u200f" * 20 + "نخلة") == ["staff.password_short"]
    assert refused_by_rules("ن" * (LONGEST + 1)) == ["staff.password_long"]
    assert SHORTEST == 10


@given(st.text(max_size=60))
def test_a_password_means_the_same_however_its_letters_are_put_together(password: str) -> None:
    """Composed or not, in whichever digits, with or without marks of direction; meant twice, it is the same."""
    meant = as_meant(password)
    assert as_meant(meant) == meant
    assert as_meant(unicodedata.normalize("NFD", password)) == meant
    assert as_meant("\u202b" + password + "\u200f") == meant
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert as_meant(password.translate(digits)) == meant


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
@settings(max_examples=60)
def test_any_text_is_judged_as_a_password(password: str, about: list[str]) -> None:
    """Nothing that is typed breaks the judgement; one that is too short is never accepted."""
    found = refused_by_rules(password, *about)
    assert found or len(as_meant(password)) >= SHORTEST


@given(st.text(max_size=50), st.text(max_size=250), st.text(max_size=40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_an_account_or_a_refusal(staffed: Staffed, user: str, name: str, password: str) -> None:
    """What is accepted can sign in, by the same letters; what is not is told, and never breaks."""
    with staffed.at_desk() as services:
        try:
            made = services.staff.add(user, name, Role.AUDITOR, password, key=a_key()).value
        except Refused:
            return
        assert services.staff.sign_in(user, unicodedata.normalize("NFD", password)) == made


# ------------------------------------------------------------ behind the program's back


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "'other'"),
        ("user", "'boss'"),
        ("user_key", "'boss'"),
        ("name", "'غيره'"),
        ("role", "'manager'"),
        ("role", "'king'"),
        ("active", "0"),
        ("active", "2"),
        ("password", "(SELECT password FROM staff WHERE role = 'treasurer')"),
        ("password", "''"),
    ],
)
def test_h5_an_account_edited_in_the_file_is_refused_and_named(staffed: Staffed, column: str, value: str) -> None:
    """Every column: nobody signs in to it, and the doctor tells whose it is."""
    staffed.edit(f"UPDATE staff SET {column} = {value} WHERE user = 'clerk'")  # noqa: S608  # that is the test
    with staffed.at_desk(None) as services:
        with pytest.raises(Refused) as refused:
            services.staff.sign_in("clerk", PASSWORD)
        assert code_of(refused) == ["staff.changed_outside"]
    with staffed.at_desk() as services:
        (line,) = (line for line in services.health.checks() if line.name == "staff")
        assert {problem.code for problem in line.problems} == {"health.staff_changed"}
        assert "clerk" in [problem.values["user"] for problem in line.problems]
        assert {one.user: one.role for one in services.staff.people()} == {role.value: role for role in Role}
        if column != "id":
            # what no program of ours can write, SQLite's own check tells as damage, and nothing is written any more
            with pytest.raises(Refused, match="data.damaged" if value == "2" else "changed_outside"):
                services.staff.rename(person(services, Role.CLERK).id, "x")


def test_h5_a_manager_written_into_the_file_is_nobody(staffed: Staffed) -> None:
    """A row of which the journal never spoke lets nobody in, and an account made later takes its place."""
    staffed.edit(
        "INSERT INTO staff SELECT 'x', 'boss', 'boss', 'x', 'manager', 1, password FROM staff WHERE user = 'clerk'"
    )
    with staffed.at_desk() as services:
        (line,) = (line for line in services.health.checks() if line.name == "staff")
        assert [problem.values["user"] for problem in line.problems] == ["boss"]
        with pytest.raises(Refused, match="wrong"):
            services.staff.sign_in("boss", PASSWORD)
        services.staff.sign_in(Role.MANAGER, PASSWORD)
        services.staff.add("boss", "الرئيس", Role.AUDITOR, OTHER, key=a_key())
        assert all(line.ok for line in services.health.checks() if line.name == "staff")


def test_h5_accounts_taken_out_of_the_file_open_nothing(staffed: Staffed) -> None:
    """An office whose accounts are gone is not one that never had any; the recovery code brings its manager back."""
    staffed.edit("DELETE FROM staff")
    with staffed.at_desk(None) as services:
        assert services.staff.needed()
        with pytest.raises(Refused, match="sign_in_needed"):
            services.households.search("")
        with pytest.raises(Refused, match="changed_outside"):
            services.staff.sign_in(Role.MANAGER, PASSWORD)
        services.staff.recover(Role.MANAGER, staffed.code, OTHER)
        services.staff.sign_in(Role.MANAGER, OTHER)
        services.households.search("")


def test_h5_an_account_that_was_taken_out_is_not_changed(staffed: Staffed) -> None:
    """What the journal knows and the file does not is no account to be renamed."""
    staffed.edit("DELETE FROM staff WHERE user = 'clerk'")
    with staffed.at_desk() as services:
        with pytest.raises(Refused) as refused:
            services.staff.rename(person(services, Role.CLERK).id, "x")
        assert code_of(refused) == ["staff.changed_outside"]


def test_h5_an_account_edited_under_an_open_session_ends_it(staffed: Staffed) -> None:
    """The row is looked at again with each act."""
    with staffed.at_desk(Role.CLERK) as services:
        staffed.edit("UPDATE staff SET role = 'manager' WHERE user = 'clerk'")
        with pytest.raises(Refused) as refused:
            services.staff.people()
        assert code_of(refused) == ["staff.changed_outside"]
        assert services.staff.signed_in() is None


def test_no_password_and_no_code_stands_in_the_file(staffed: Staffed) -> None:
    """Not in a row, not in the journal, not in what is left of a page."""
    with staffed.at_desk() as services:
        services.staff.set_password(person(services, Role.CLERK).id, OTHER)
    content = b"".join(file.read_bytes() for file in Path(staffed.folder).rglob("*") if file.is_file())
    for secret in (PASSWORD, OTHER, staffed.code, staffed.code.replace("-", "")):
        assert secret.encode() not in content
