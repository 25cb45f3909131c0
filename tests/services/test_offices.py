"""The office is set up once, in the currency of its guide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.money import USD
from sanad.domain.office import Digits, Language
from sanad.services import Services
from tests.builders import Clock, an_office


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal, in their order."""
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def fresh(folder: Path, clock: Clock) -> Iterator[Services]:
    """The services of a data folder that nobody has set up."""
    with build(folder, clock) as opened:
        yield opened


def test_a_new_folder_has_no_office(fresh: Services) -> None:
    """The first page is still to be filled in."""
    assert fresh.offices.read() is None


def test_what_is_set_up_is_read_back(fresh: Services) -> None:
    """All of it, with what nobody sees taken out of the names."""
    done = fresh.offices.set_up(an_office(name_en=" Sample\u202e  Society ", digits=Digits.ARABIC))
    assert fresh.offices.read() == done.value == an_office(name_en="Sample Society", digits=Digits.ARABIC)


def test_the_settings_can_be_changed(services: Services) -> None:
    """A later word takes the place of the earlier, and the journal tells the difference."""
    done = services.offices.set_up(an_office(language=Language.ENGLISH))
    assert services.offices.read() == done.value
    last = services.today.lines(Clock()().date()).last
    assert last is not None
    assert (last.operation, last.after) == ("offices.set_up", {"language": "en"})


def test_saying_the_same_again_writes_nothing(services: Services) -> None:
    """The settings page may be saved without a change."""
    assert services.offices.set_up(an_office()).repeated


def test_all_problems_are_told_at_once(fresh: Services) -> None:
    """Neither a name nor the guide's currency: both are said."""
    with pytest.raises(Refused) as refused:
        fresh.offices.set_up(an_office(name_ar="", name_en=" ", currency=USD))
    assert codes(refused) == ["office.no_name", "office.currency_of_guide"]
    assert fresh.offices.read() is None


def test_a_folder_keeps_its_currency(services: Services) -> None:
    """Amounts carry no currency of their own, so it cannot change under them."""
    with pytest.raises(Refused) as refused:
        services.offices.set_up(an_office(currency=USD))
    assert codes(refused) == ["office.currency_of_guide", "office.currency_fixed"]


def test_a_guide_that_is_not_known_is_refused(fresh: Services) -> None:
    """There is nothing to follow."""
    with pytest.raises(Refused) as refused:
        fresh.offices.set_up(an_office(policy="nowhere"))
    assert [problem.where for problem in refused.value.problems] == ["policy"]
