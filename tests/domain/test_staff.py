"""Roles, what each may, and how a wrong password waits."""

import pytest

from sanad.domain.staff import LONGEST_WAIT, PERMISSIONS, Failures, Permission, Person, Role, as_printed

READING = {Permission.SEE, Permission.PRINT, Permission.SEE_CONFIDENTIAL, Permission.SEE_STAFF}


def test_every_role_has_its_rights() -> None:
    """No role is forgotten, and only a manager may everything."""
    assert set(PERMISSIONS) == set(Role)
    assert [role for role, may in PERMISSIONS.items() if may == set(Permission)] == [Role.MANAGER]


def test_nobody_but_a_manager_both_decides_and_pays() -> None:
    """Nor does anybody else both receive requests and decide on them."""
    for role, may in PERMISSIONS.items():
        if role is not Role.MANAGER:
            assert not {Permission.DECIDE, Permission.PAY} <= may
            assert not {Permission.WRITE, Permission.DECIDE} <= may
            assert not {Permission.WRITE, Permission.PAY} <= may


def test_an_auditor_writes_nothing() -> None:
    """He sees everything and leaves everything as it is."""
    assert PERMISSIONS[Role.AUDITOR] == READING


def test_a_closed_account_may_nothing() -> None:
    """Whatever its role."""
    gone = Person("1", "x", "x", Role.MANAGER, active=False)
    assert not any(gone.may(permission) for permission in Permission)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (10, 32), (11, 60), (400, LONGEST_WAIT)]
)
def test_a_wait_doubles_to_a_minute(count: int, seconds: int) -> None:
    """Four are free, and none waits longer than the longest."""
    assert Failures(count).wait == seconds


def test_a_recovery_code_is_read_as_it_was_meant() -> None:
    """Small letters, other digits, what is mistaken for a digit, and however it is parted."""
    assert as_printed(" oil0٧-abcde ") == "01107ABCDE"
