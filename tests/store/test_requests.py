"""What a family asked for is found by its guide and aid."""

from datetime import timedelta

from sanad.domain.case import UNSAID
from sanad.domain.money import Money
from sanad.services import Services
from tests.builders import TODAY, a_decision, a_family, a_key


def test_the_aids_a_family_asked_for_carry_the_last_amount(services: Services) -> None:
    """Each aid once, under that guide alone, and nothing of another family."""
    family, other = a_family(services), a_family(services)
    yesterday = TODAY - timedelta(days=1)
    first = services.requests.receive(family.id, "monthly", yesterday, Money(50_000), key=a_key()).value
    a_decision(services, first)
    services.requests.receive(family.id, "monthly", TODAY, Money(40_000), key=a_key())
    services.requests.receive(family.id, "seasonal", TODAY, key=a_key())
    services.requests.receive(other.id, "monthly", TODAY, Money(1_000), key=a_key())
    with services.health._store.reading() as records:
        assert records.requests.asked_of(family.id, "karzakan-2020") == {
            "monthly": (Money(40_000), UNSAID),
            "seasonal": (None, UNSAID),
        }
        assert records.requests.asked_of(family.id, "kcmuslims") == {}
