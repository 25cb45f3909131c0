"""An encrypted office: every password that opens the program opens its data, and none that does not."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials, Role
from sanad.services import Services
from sanad.store import driver, keyring
from tests.backups import refusal
from tests.builders import Clock, a_family, a_key, an_office
from tests.people import cheap_passwords

SAFAA = Credentials("safaa", "نخلة وبحر ولؤلؤ 88")
ALI = Credentials("ali", "شراع ودانة وسدرة 99")
NEW = "سدرة وعين ونخيل 77"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(keyring, "MEMORY", 8)
    with cheap_passwords():
        yield


@pytest.fixture
def code(folder: Path) -> str:
    """A new office in ``folder`` with its data encrypted by its manager Safaa; the recovery code."""
    with build(folder, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        _, code = services.staff.begin(SAFAA.user, "صفاء", SAFAA.password).value
        assert not services.encryption.begin(SAFAA.password, code).repeated
        assert services.encryption.on()
        assert services.encryption.begin(SAFAA.password, code).repeated
    return code


def at_the_desk(folder: Path, who: Credentials | None, clock: Clock | None = None) -> Services:
    """The services, opened by whoever that is."""
    return build(folder, clock or Clock(), who="x", credentials=who)


def opens(folder: Path, who: Credentials) -> bool:
    """Whether somebody gets to the data."""
    clock = Clock()
    clock.move(days=1)  # whatever was tried before, there is nothing to wait for
    with suppress(Refused), at_the_desk(folder, who, clock) as services:
        return services.staff.signed_in() is not None
    assert refusal(lambda: at_the_desk(folder, who, clock)) == "staff.wrong"
    return False


def test_an_encrypted_office_is_told_in_its_journal_and_on_the_health_page(folder: Path, code: str) -> None:
    """Once, however often it was asked for."""
    with at_the_desk(folder, SAFAA) as services:
        states = {fact.name: fact.state for fact in services.health.facts()}
        assert states["encryption"] == "on"
        with services.encryption._store.reading() as records:
            found = records.journal.last()
        assert found is not None


def test_each_account_opens_the_data_by_its_own_password(folder: Path, code: str) -> None:
    """From the moment at which it is made, until it is closed; opened again, it needs a new password."""
    with at_the_desk(folder, SAFAA) as services:
        ali = services.staff.add(ALI.user, "علي", Role.CLERK, ALI.password, key=a_key()).value
    assert opens(folder, ALI)
    with at_the_desk(folder, SAFAA) as services:
        services.staff.disable(ali.id, "ترك العمل")
    assert not opens(folder, ALI)
    with at_the_desk(folder, SAFAA) as services:
        assert refusal(lambda: services.staff.enable(ali.id)) == "staff.password_needed"
        assert refusal(lambda: services.staff.enable(ali.id, "short")) == "staff.password_short"
        assert not opens_elsewhere(folder, ALI)
        assert services.staff.enable(ali.id, NEW).value.active
    assert opens(folder, Credentials(ALI.user, NEW))
    with at_the_desk(folder, Credentials(ALI.user, NEW)) as services:
        assert services.staff.password_is_lent()
    assert not opens(folder, ALI)


def opens_elsewhere(folder: Path, who: Credentials) -> bool:
    """Whether the slots that lie there open for somebody, though the folder is in use."""
    with suppress(Refused):
        keyring.unlock(folder / "keys", who.user, who.password)
        return True
    return False


def test_a_password_is_changed_for_the_data_too(folder: Path, code: str) -> None:
    """The new one opens both, the old one nothing; what is refused changes nothing."""
    with at_the_desk(folder, SAFAA) as services:
        assert refusal(lambda: services.staff.change_password(SAFAA.password, "short")) == "staff.password_short"
        services.staff.change_password(SAFAA.password, NEW)
    assert opens(folder, Credentials(SAFAA.user, NEW))
    assert not opens(folder, SAFAA)


def test_the_code_opens_for_a_new_password_and_for_nothing_else(folder: Path, code: str) -> None:
    """Nobody is signed in by it; used, it opens nothing, and the next one does."""
    with at_the_desk(folder, Credentials(SAFAA.user, code)) as services:
        assert services.staff.signed_in() is None
        assert refusal(services.households.count) == "staff.sign_in_needed"
        following = services.staff.recover(SAFAA.user, code, NEW).value
    assert not opens(folder, Credentials(SAFAA.user, code))
    assert opens(folder, Credentials(SAFAA.user, NEW))
    with at_the_desk(folder, Credentials(SAFAA.user, following)) as services:
        assert services.staff.signed_in() is None
    with at_the_desk(folder, Credentials(SAFAA.user, NEW)) as services:
        last = services.staff.new_recovery_code().value
    assert not opens(folder, Credentials(SAFAA.user, following))
    at_the_desk(folder, Credentials(SAFAA.user, last)).close()


def test_a_folder_is_encrypted_at_its_beginning_by_its_manager_alone(folder: Path, clock: Clock) -> None:
    """Not before there is an account, not by a wrong password or code, not once there are families or others."""
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
        assert refusal(lambda: services.encryption.begin("x", "y")) == "staff.begin_first"
        _, code = services.staff.begin(SAFAA.user, "صفاء", SAFAA.password).value
        assert refusal(lambda: services.encryption.begin(NEW, code)) == "staff.wrong"
        assert refusal(lambda: services.encryption.begin(SAFAA.password, code[:-1])) == "staff.code_wrong"
        a_family(services)
        assert refusal(lambda: services.encryption.begin(SAFAA.password, code)) == "encryption.too_late"
        assert not services.encryption.on()


def test_another_account_makes_it_too_late(folder: Path, clock: Clock) -> None:
    """Its password is not known, so that it could not open the data any more."""
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
        _, code = services.staff.begin(SAFAA.user, "صفاء", SAFAA.password).value
        services.staff.add(ALI.user, "علي", Role.CLERK, ALI.password, key=a_key())
        assert refusal(lambda: services.encryption.begin(SAFAA.password, code)) == "encryption.too_late"
        services.staff.sign_out()
        services.staff.sign_in(ALI.user, ALI.password)
        assert refusal(lambda: services.encryption.begin(ALI.password, code)) == "staff.not_allowed"


def test_what_is_not_installed_is_not_offered(folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page asks before it offers."""
    with build(folder, clock, who="x") as services:
        assert services.encryption.possible()
        monkeypatch.setattr(driver, "can_encrypt", lambda: False)
        assert not services.encryption.possible()
