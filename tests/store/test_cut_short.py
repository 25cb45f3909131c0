"""How the folder was left is told to the office, however often it was tried to be opened before."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.listing import Ending
from sanad.domain.staff import Credentials
from sanad.services import Services
from sanad.store import reserve, swap, upgrade
from sanad.store.folder import DataFolder, Hold
from tests.backup_acts import restores
from tests.backups import PHRASE, Office, refusal
from tests.builders import TODAY, Clock, a_family, an_office
from tests.drivers import SOMEBODY
from tests.people import cheap_passwords

WRONG = Credentials(SOMEBODY.user, "كلمة أخرى تماماً")


def cut(work: Callable[[], object]) -> None:
    """Do the work in a process of which nothing is left afterwards, not even its own clearing up."""
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        return
    try:
        work()
    finally:
        os._exit(9)


def ending(folder: Path) -> Ending:
    """What a start tells the office of the one before."""
    with build(folder, Clock(), who="x") as services:
        return services.today.lines(TODAY).ending


@pytest.fixture
def left(services: Services, folder: Path) -> Path:
    """A folder in which somebody recorded something, and was killed."""
    services.close()

    def work() -> None:
        a_family(build(folder, Clock(), who="x"))

    cut(work)
    return folder


def test_a1_a2_a_cut_is_told_once(left: Path) -> None:
    """At the next start, for as long as it lasts; whoever starts after that hears nothing of it."""
    with build(left, Clock(), who="x") as services:
        assert [services.today.lines(TODAY).ending for _ in range(2)] == [Ending.CUT, Ending.CUT]
    assert ending(left) is Ending.WELL


def test_a1_a2_a_cut_is_told_after_tries_that_did_not_open_the_data(left: Path) -> None:
    """The window opens without a password first, and the first is mistyped: both are refused, and use nothing up."""
    if DataFolder(left).keys.is_dir():
        assert refusal(lambda: build(left, Clock(), credentials=WRONG)) == "staff.wrong"
    (left / "sanad.sqlite3").rename(left / "elsewhere")
    assert refusal(lambda: build(left, Clock())) == "data.missing"
    (left / "elsewhere").rename(left / "sanad.sqlite3")
    assert ending(left) is Ending.CUT


def test_a1_a_cut_is_told_though_the_disk_was_full_at_the_start(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reserve is given up, and the data are opened at the second try."""
    prepare, tries = upgrade.prepare, []

    def full_once(*said: object) -> None:
        tries.append(said)
        if len(tries) == 1:
            raise Refused.because("data.disk_full", folder="here", megabytes=17)
        prepare(*said)  # type: ignore[arg-type]  # as it was asked

    reserve.keep(DataFolder(left), 10**9)
    monkeypatch.setattr(upgrade, "prepare", full_once)
    assert ending(left) is Ending.CUT
    assert len(tries) == 2


def test_a2_whoever_opens_the_data_and_tells_nobody_leaves_it_to_the_next(left: Path) -> None:
    """As the doctor on the command line does, or a backup at night; who records something goes on from there."""
    with build(left, Clock(), who="x") as services:
        services.health.checks()
    untold = left.with_name("untold")
    shutil.copytree(left, untold)
    assert ending(left) is Ending.CUT
    shutil.rmtree(left)
    untold.replace(left)
    with build(left, Clock(), who="x") as services:
        a_family(services)
    assert ending(left) is Ending.WELL


def test_a2_killed_again_is_cut_again(left: Path) -> None:
    """Also where the start before had told of it."""
    cut(lambda: build(left, Clock(), who="x").today.lines(TODAY))
    assert ending(left) is Ending.CUT


# ------------------------------------------------------------ while other data took the place of these


@pytest.fixture
def changing(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Path]:
    """Have an act be cut as soon as the mark says that one set is to become the present one."""
    resume = swap.resume

    def dying(folder: DataFolder) -> None:
        if folder.swapping.exists():
            os._exit(9)
        resume(folder)

    def acted(act: Callable[[], object]) -> Path:
        with monkeypatch.context() as patched:
            patched.setattr(swap, "resume", dying)
            cut(act)
        return office.data

    return acted


def restored(office: Office, clock: Clock) -> object:
    """The office's backup put back."""
    return restores(clock).restore(office.backup, PHRASE, office.data)


def refused_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that finishes what was begun, and is then refused."""

    def refused(*_: object) -> None:
        assert not DataFolder(folder).swapping.exists()
        raise Refused.because("data.held", folder="here")

    with monkeypatch.context() as patched:
        patched.setattr(upgrade, "prepare", refused)
        assert refusal(lambda: build(folder, Clock())) == "data.held"


def test_a6_a_restore_finished_by_a_start_that_was_refused_is_told_by_the_next(
    office: Office, changing: Callable[[Callable[[], object]], Path], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """It was only a password that was mistyped, or an antivirus: what was finished then is owed."""
    folder = changing(lambda: restored(office, clock))
    for _ in range(2):
        refused_once(folder, monkeypatch)
    with build(folder, Clock(), who="x") as services:
        view = services.today.lines(TODAY)
        assert view.ending is Ending.RESTORED
        assert view.restore is not None
    assert ending(folder) is Ending.WELL


def test_a6_an_undoing_finished_by_a_start_that_was_refused_is_told_by_the_next(
    office: Office, changing: Callable[[Callable[[], object]], Path], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """The data themselves say that they are those of before."""
    restored(office, clock)
    folder = changing(lambda: restores(clock).undo(office.data))
    refused_once(folder, monkeypatch)
    assert ending(folder) is Ending.UNDONE


def test_a6_a_restore_that_never_took_place_is_told_by_whoever_comes_to_tell_it(office: Office) -> None:
    """The doctor cleared its beginnings away; the office hears of it all the same, once."""
    cut(lambda: Hold(DataFolder(office.data), Clock().moment))
    DataFolder(office.data).restored.mkdir(parents=True)
    with build(office.data, Clock(), who="x") as services:
        services.health.checks()
    assert not DataFolder(office.data).passing.exists()
    assert ending(office.data) is Ending.NOT_RESTORED
    assert ending(office.data) is Ending.WELL


def test_a6_what_was_heard_is_not_told_again_after_another_cut(
    office: Office, changing: Callable[[Callable[[], object]], Path], clock: Clock
) -> None:
    """A restore was finished at a start, which was then killed in its turn: that is what there is to tell."""
    folder = changing(lambda: restored(office, clock))
    cut(lambda: build(folder, Clock(), who="x").today.lines(TODAY))
    assert ending(folder) is Ending.CUT


def test_a6_a_restore_that_is_refused_uses_nothing_up_and_one_that_is_done_says_itself(
    office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever restores after a cut has other data: how those of before were left is nobody's concern any more."""
    cut(lambda: build(office.data, Clock(), who="x"))
    whole = office.data.parent / "whole"
    shutil.copytree(office.data, whole)

    def full(*_: object) -> None:
        raise Refused.because("data.disk_full", folder="here", megabytes=17)

    with monkeypatch.context() as patched:
        patched.setattr(swap, "into_place", full)
        assert refusal(lambda: restored(office, clock)) == "data.disk_full"
    assert ending(office.data) is Ending.CUT
    shutil.rmtree(office.data)
    whole.replace(office.data)
    restored(office, clock)
    assert ending(office.data) is Ending.WELL


def test_a1_an_encrypted_office_hears_of_a_cut_through_its_door(tmp_path: Path, plain_only: None) -> None:
    """Nobody said who he is, then he mistyped, then he is in: as the window goes about it."""
    folder, user = tmp_path / "data", Credentials("safaa", "نخلة وبحر ولؤلؤ 88")
    with cheap_passwords():
        with build(folder, Clock(), who="x") as services:
            services.offices.set_up(an_office())
            _, code = services.staff.begin(user.user, "صفاء", user.password).value
            services.encryption.begin(user.password, code)
        cut(lambda: build(folder, Clock(), credentials=user))
        assert refusal(lambda: build(folder, Clock())) == "data.sign_in_needed"
        assert refusal(lambda: build(folder, Clock(), credentials=Credentials(user.user, "x"))) == "staff.wrong"
        with build(folder, Clock(), credentials=user) as services:
            assert services.today.lines(TODAY).ending is Ending.CUT
        with build(folder, Clock(), credentials=user) as services:
            assert services.today.lines(TODAY).ending is Ending.WELL
