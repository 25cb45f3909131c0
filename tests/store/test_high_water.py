"""H10: a data folder that was replaced by an older copy of itself is found out, by what this computer remembers."""

import json
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.staff import Permission, Role
from sanad.places import memory
from sanad.services import Services
from sanad.store.folder import DATA_FILE
from sanad.store.high_water import reached
from sanad.store.journal import AHEAD
from tests.backup_acts import put_back, restores
from tests.backups import PHRASE, Office, pay, refusal
from tests.builders import TODAY, Clock, a_family, a_key
from tests.drivers import tool_on
from tests.people import Staffed
from tests.soak.edits import forge


def fact(services: Services) -> tuple[str, dict[str, object]]:
    """What the doctor tells of it."""
    (found,) = (fact for fact in services.health.facts() if fact.name == "continuity")
    return found.state, dict(found.values)


@pytest.fixture
def swapped(office: Office) -> Office:
    """The office, whose folder is that of before its second receipt again."""
    older = office.data.parent / "older"
    shutil.copytree(office.data, older)
    clock = Clock()
    clock.move(days=1)
    with build(office.data, clock) as services:
        pay(services)
    shutil.rmtree(office.data)
    older.replace(office.data)
    return office


def test_h10_an_older_copy_is_told_with_its_receipt(swapped: Office) -> None:
    """When it was printed and how much is missing; the data can be looked at, and nothing is written to them."""
    with build(swapped.data, Clock()) as services:
        state, values = fact(services)
        assert state == "older"
        assert values["receipt"] == "2026-000002"
        assert str(values["at"]).startswith("2026-11-23")
        assert int(str(values["missing"])) > 0
        with pytest.raises(Refused) as refused:
            a_family(services)
        (problem,) = refused.value.problems
        assert (problem.code, problem.values["receipt"]) == ("data.older", "2026-000002")
        assert services.households.count() == 2
        assert refusal(lambda: services.backups.make(swapped.stick)) == "data.older"
        assert services.backups.when_due(closing=True) is None


def test_h10_the_right_folder_put_back_is_in_order(office: Office) -> None:
    """The mark waits for it."""
    right, older = office.data.parent / "right", office.data.parent / "older"
    shutil.copytree(office.data, older)
    with build(office.data, Clock()) as services:
        pay(services)
    office.data.replace(right)
    older.replace(office.data)
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "older"
    shutil.rmtree(office.data)
    right.replace(office.data)
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        a_family(services)


def test_h10_a_manager_may_go_on_with_a_reason(swapped: Office) -> None:
    """Receipt 2 is on somebody's paper: the next one is 3, the journal tells why, the doctor is content."""
    with build(swapped.data, Clock(), who="علي") as services:
        assert refusal(lambda: services.backups.go_on(" ", key=a_key())) == "backup.go_on_why"
        services.backups.go_on("القرص القديم تلف", key=a_key())
        assert fact(services)[0] == "whole"
        assert refusal(lambda: services.backups.go_on("مرة أخرى", key=a_key())) == "backup.nothing_older"
        last = services.today.lines(TODAY).last
        assert last is not None
        assert (last.operation, last.who, last.why) == ("backups.go_on", "علي", "القرص القديم تلف")
        pay(services)
        assert services.backups.make(swapped.stick).manifest.last_receipt == "2026-000003"
        assert [line for line in services.health.checks() if not line.ok] == []
    with build(swapped.data, Clock()) as services:
        assert fact(services)[0] == "whole"


def test_h10_data_that_went_on_elsewhere_are_not_taken_for_them(office: Office) -> None:
    """As many entries or more, but other ones: an old copy that somebody worked on."""
    other = office.data.parent / "other"
    shutil.copytree(office.data, other)
    with build(office.data, Clock()) as services:
        pay(services)
    with build(other, Clock()) as services:
        for _ in range(4):
            pay(services)
    shutil.rmtree(office.data)
    other.replace(office.data)
    with build(office.data, Clock()) as services:
        state, values = fact(services)
        assert (state, values["missing"]) == ("older", 0)


def test_h11_looks_that_are_taken_back_are_found_out(staffed: Staffed, tmp_path: Path) -> None:
    """Somebody reads five files and puts the folder of before in its place: the journal is known to have gone on."""
    with staffed.at_desk() as services:
        families = [a_family(services) for _ in range(5)]
    shutil.copytree(staffed.folder, tmp_path / "before")
    with staffed.at_desk(Role.CLERK) as services:
        for family in families:
            services.households.open(family.id)
    shutil.rmtree(staffed.folder)
    (tmp_path / "before").replace(staffed.folder)
    with staffed.at_desk() as services:
        state, values = fact(services)
        assert (state, values["missing"]) == ("older", 6)
    with staffed.at_desk() as services:
        assert fact(services)[0] == "older", "nor is it forgotten by the looks of whoever opens it then"


def test_h5_h9_an_act_forged_behind_the_last_is_told_until_the_manager_saw_it(staffed: Staffed) -> None:
    """All in the file agrees with it, and it is let in; that nobody did it here, this computer knows for a week."""
    with staffed.at_desk() as services:
        since = services.health._store.now()
    with closing(tool_on(staffed.folder / DATA_FILE)) as tool:
        forge(tool, random.Random(1))  # noqa: S311  # the same clerk every time
    staffed.clock.move(hours=1)
    with staffed.at_desk(Role.CLERK) as services:
        assert services.staff.may(Permission.MANAGE_STAFF), "a file without a secret cannot tell"
        assert [line for line in services.health.checks() if not line.ok] == []
        assert fact(services) == ("ahead", {"entries": 1, "since": since})
    staffed.clock.move(days=6)
    with staffed.at_desk() as services:
        assert fact(services)[0] == "ahead"
        (told,) = (line for line in services.households.looks() if line.operation == AHEAD)
        assert told.after["count"] == 1
    staffed.clock.move(days=1, seconds=1)
    with staffed.at_desk() as services:
        assert fact(services)[0] == "whole"


def test_h10_data_that_were_worked_on_from_another_account_are_told_as_such(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What one account of the computer wrote, the other one hears of when it comes back; and writes on."""
    mine = memory()
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "whole"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        pay(services)
    monkeypatch.setenv("XDG_STATE_HOME", str(mine.parent))
    assert memory() == mine
    with build(office.data, Clock()) as services:
        state, values = fact(services)
        assert (state, values["entries"]) == ("ahead", 6)
        pay(services)


def test_h10_of_two_acts_at_once_the_later_mark_counts(office: Office) -> None:
    """The one that was told of too late does not bring the mark back."""
    with build(office.data, Clock()) as services:
        store = services.health._store
        with store._database.reading() as connection:
            early = reached(connection)
        pay(services)
        store._note(early)
        (kept,) = memory().glob("reached-*")
        assert early is not None
        assert json.loads(kept.read_text())["entries"] > early.entries


def test_c15_a_restored_backup_is_a_known_case(office: Office) -> None:
    """What is restored is where the data stand from then on, and so is what an undo puts back."""
    with build(office.data, Clock()) as services:
        pay(services)
    put_back(office)
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        a_family(services)
    restores().undo(office.data)
    with build(office.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        a_family(services)


def test_c15_numbers_are_passed_over_though_the_data_are_lost(office: Office) -> None:
    """The disk broke, the user's own memory did not: receipt 2 was printed, the next one is 3."""
    with build(office.data, Clock()) as services:
        pay(services)
    (office.data / DATA_FILE).write_bytes(b"\x00" * 4096)
    put_back(office)
    with build(office.data, Clock()) as services:
        pay(services)
        assert services.backups.make(office.stick).manifest.last_receipt == "2026-000003"


def test_h10_other_data_in_the_same_place_are_no_older_ones(swapped: Office) -> None:
    """A folder may be begun anew."""
    shutil.rmtree(swapped.data)
    build(None, Clock()).restores.begin_anew(swapped.data)
    with build(swapped.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        services.backups.make_key(PHRASE)


@pytest.mark.parametrize("torn", [b"", b"\x00" * 40, b"[]", b'{"numbers": []}', b'{"numbers": {"a": "x"}}'])
def test_h10_a_memory_that_is_torn_remembers_nothing(torn: bytes, swapped: Office) -> None:
    """Nobody is kept from the data by it."""
    (kept,) = memory().glob("reached-*")
    kept.write_bytes(torn)
    with build(swapped.data, Clock()) as services:
        assert fact(services)[0] == "whole"
        a_family(services)


def test_h10_a_memory_that_cannot_be_written(office: Office) -> None:
    """The office works; it is only not remembered."""
    shutil.rmtree(memory(), ignore_errors=True)
    memory().parent.mkdir(parents=True, exist_ok=True)
    memory().write_bytes(b"in the way")
    with build(office.data, Clock()) as services:
        a_family(services)
        assert fact(services)[0] == "whole"


def test_h10_what_is_remembered_names_nobody(swapped: Office) -> None:
    """Seals, numbers and a moment; nor where the data lie."""
    (kept,) = memory().glob("reached-*")
    told = json.loads(kept.read_text())
    assert told.keys() == {"entries", "head", "at", "numbers"}
    assert str(swapped.data) not in kept.read_text()
    assert not memory().is_relative_to(swapped.data)


def test_h10_a_damaged_journal_is_the_doctor_s_to_tell(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot be read does not keep the data from being opened."""
    from sanad.store.high_water import HighWater

    def broken(*_: object) -> None:
        raise Refused.because("data.damaged")

    monkeypatch.setattr(HighWater, "older", broken)
    with build(office.data, Clock()) as services:
        assert services.households.count() == 2


def test_a_mark_of_before_the_first_entry_is_none(tmp_path: Path) -> None:
    """Nothing was written yet."""
    with build(tmp_path / "new", Clock()):
        pass
    assert not memory().exists() or not list(memory().glob("reached-*"))
