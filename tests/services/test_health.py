"""How the data folder stands, as the window and the doctor tell it."""

from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.health import Fact, Standing
from sanad.services import Services
from sanad.store.folder import DataFolder
from tests.backups import PHRASE, cheap_keys
from tests.builders import Clock, a_voucher


@pytest.fixture(autouse=True)
def _cheap() -> object:
    """Keys at little cost."""
    with cheap_keys():
        yield


def of(services: Services) -> dict[str, Fact]:
    """The facts by their names."""
    return {fact.name: fact for fact in services.health.facts()}


def states(services: Services) -> dict[str, str]:
    """Which state each fact is in."""
    return {name: fact.state for name, fact in of(services).items()}


def test_a_new_office_has_no_key_and_says_so_in_red(services: Services) -> None:
    """Everything else is as it should be, but that the file is plain and nobody has an account."""
    facts = of(services)
    assert {name: fact.state for name, fact in facts.items() if fact.standing is Standing.STOP} == {
        "backup": "no_key",
        "own_backup": "none",
    }
    assert {name: fact.state for name, fact in facts.items() if fact.standing is Standing.CARE} == {
        "encryption": "off",
        "accounts": "none",
    }
    assert facts["numbers"].values == {"request": "-", "voucher": "-", "receipt": "-"}


def test_the_age_is_that_of_the_last_verified_backup(services: Services, clock: Clock, tmp_path: Path) -> None:
    """Carried away and own are told apart; a week later the first is late."""
    stick = tmp_path / "stick"
    stick.mkdir()
    services.backups.make_key(PHRASE)
    assert states(services)["backup"] == "never"
    made = services.backups.make(stick)
    services.backups.when_due()
    facts = of(services)
    assert facts["backup"].values["name"] == Path(made.path).name
    assert (facts["backup"].state, facts["own_backup"].state, facts["changes"].state) == ("made", "made", "none")
    a_voucher(services)
    clock.move(days=8)
    facts = of(services)
    assert (facts["backup"].state, facts["backup"].standing) == ("late", Standing.STOP)
    assert facts["changes"].state == "some"


def test_numbers_and_the_head_of_the_journal_are_told(services: Services) -> None:
    """As they are printed: the last number of each series, the letters of the head that stand on a receipt."""
    a_voucher(services)
    facts = of(services)
    assert facts["numbers"].values == {"request": "2026-000001", "voucher": "2026-000001", "receipt": "-"}
    head = facts["journal_head"].values["head"]
    with services.health._store.reading() as records:
        assert records.journal.head().startswith(str(head))
    assert len(str(head)) == 16


def test_j1_a_clock_that_was_set_back_is_told(services: Services, clock: Clock) -> None:
    """Both moments stand in the fact; a few minutes are a time service at work."""
    a_voucher(services)
    clock.move(minutes=-4)
    assert states(services)["clock"] == "right"
    clock.move(days=-365)
    fact = of(services)["clock"]
    assert (fact.state, fact.standing) == ("set_back", Standing.STOP)
    assert fact.values["now"] == clock()


def test_a_disk_that_failed_is_told(services: Services) -> None:
    """Once a write was lost, until the folder is opened anew."""
    services.health._store._database._failed = True
    fact = of(services)["disk"]
    assert (fact.state, fact.standing) == ("failing", Standing.STOP)


def test_an_office_with_nothing_recorded_has_a_right_clock(folder: Path, clock: Clock) -> None:
    """There is no last entry that it could stand before."""
    with build(folder, clock, who="x") as services:
        facts = of(services)
    assert facts["clock"].state == "right"
    assert facts["journal_head"].values == {"entries": 0, "head": "-"}
    assert facts["space"].values["own"] == 0


def test_the_own_backups_take_room(services: Services, folder: Path) -> None:
    """Their size is told beside that of the data."""
    services.backups.make_key(PHRASE)
    services.backups.when_due()
    (made,) = DataFolder(folder).backups.glob("sanad-*.age")
    assert int(str(of(services)["space"].values["own"])) >= made.stat().st_size
