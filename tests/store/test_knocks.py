"""Wrong sign-ins at an encrypted folder wait as long as those at an open one, and a restart does not forget them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials
from sanad.store import keyring, knocks, swap
from sanad.store.folder import DataFolder
from sanad.store.keyring import Keyring
from sanad.store.knocks import Knocks, enter
from tests.backups import refusal
from tests.builders import Clock
from tests.people import Runs

RIGHT = Credentials("safaa", "نخلة وبحر ولؤلؤ 88")
WRONG = Credentials("safaa", "شراع ودانة وسدرة 99")
OTHER = Credentials("ali", "شراع ودانة وسدرة 99")


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A folder with a key."""
    monkeypatch.setattr(keyring, "MEMORY", 8)
    at = DataFolder(tmp_path / "data")
    with Keyring.begin(at.keys).giving(RIGHT.user, RIGHT.password):
        return at


def waited(at: DataFolder, who: Credentials, clock: Clock) -> int | None:
    """The seconds that there is to wait; None where the try was made, and was wrong."""
    with pytest.raises(Refused) as refused:
        enter(at, who, clock())
    (problem,) = refused.value.problems
    return int(str(problem.values["seconds"])) if problem.code == "staff.wait" else None


def test_h1_the_wait_doubles_after_five_wrong_ones(locked: DataFolder, clock: Clock, runs: Runs) -> None:
    """One second, two, four … sixty at the most; nobody is locked out for good, and the right one ends it."""
    assert [waited(locked, WRONG, clock) for _ in range(5)] == [None] * 5
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        assert waited(locked, WRONG, clock) == seconds
        runs.pass_by(clock, seconds - 1)
        assert waited(locked, RIGHT, clock) == 1, "the right one waits too"
        runs.pass_by(clock, 1)
        assert waited(locked, WRONG, clock) is None
    runs.pass_by(clock, 60)
    assert enter(locked, RIGHT, clock()).encrypts
    assert not locked.knocks.exists()
    assert waited(locked, WRONG, clock) is None


def test_h1_another_name_gains_nothing(locked: DataFolder, clock: Clock) -> None:
    """The machine waits as well as the person."""
    assert [waited(locked, who, clock) for who in (WRONG, OTHER, WRONG, OTHER, WRONG)] == [None] * 5
    assert waited(locked, Credentials("khalid", "x"), clock) == 1


@pytest.mark.parametrize("days", [-1, -400])
@pytest.mark.parametrize("anew", [False, True])
def test_h14_a_clock_that_is_set_back_gains_nothing(
    locked: DataFolder, clock: Clock, runs: Runs, days: int, anew: bool
) -> None:
    """The wait is as long as ever, and not longer than from then on; neither is it where the program starts anew."""
    for _ in range(6):
        runs.pass_by(clock, 1)
        waited(locked, WRONG, clock)
    clock.move(days=days)
    for _ in range(2):
        if anew:
            runs.begin()
        assert waited(locked, WRONG, clock) == 2
    runs.pass_by(clock, 2)
    if anew:
        runs.begin()
    assert waited(locked, WRONG, clock) is None


def test_h14_a_clock_that_is_set_on_gains_nothing(locked: DataFolder, clock: Clock, runs: Runs) -> None:
    """Fifty guesses, each a day after the one before by the wall's clock: none after the fifth is heard."""
    heard = []
    for _ in range(50):
        heard.append(waited(locked, WRONG, clock) is None)
        clock.move(days=1)
    assert heard == [True] * 5 + [False] * 45
    assert waited(locked, RIGHT, clock) == 1
    runs.steady.seconds += 1
    assert enter(locked, RIGHT, clock()).encrypts


@pytest.mark.parametrize("lost", ["cannot be written", "is taken away"])
def test_h1_a_count_that_is_lost_gains_nothing(
    lost: str, locked: DataFolder, clock: Clock, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the program runs, it counts on without its file."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if lost == "cannot be written":
        monkeypatch.setattr(knocks, "write_whole", full)
    for _ in range(5):
        assert waited(locked, WRONG, clock) is None
        locked.knocks.unlink(missing_ok=True)
    assert waited(locked, RIGHT, clock) == 1
    runs.steady.seconds += 1
    assert enter(locked, RIGHT, clock()).encrypts


def test_a_try_that_is_killed_counts(locked: DataFolder, clock: Clock) -> None:
    """It is counted before it is made."""
    for _ in range(5):
        Knocks(locked.knocks).begin("person", clock())
    assert refusal(lambda: Knocks(locked.knocks).begin("somebody else", clock())) == "staff.wait"


def test_h1_the_names_that_were_tried_last_are_remembered(
    tmp_path: Path, clock: Clock, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever types names without end fills no disk, and makes nobody forgotten who was tried since."""
    monkeypatch.setattr(knocks, "MOST", 3)
    for name in ("a", "b", "c", "b", "d"):
        runs.pass_by(clock, 60)
        Knocks(tmp_path / "knocks").begin(name, clock())
    kept = Knocks(tmp_path / "knocks")._failures
    assert {who: failures.count for who, failures in kept.items()} == {"b": 2, "d": 1, knocks.MACHINE: 5}


def test_names_are_not_written(locked: DataFolder, clock: Clock) -> None:
    """Nobody reads off the folder who works here."""
    waited(locked, WRONG, clock)
    assert b"safaa" not in locked.knocks.read_bytes()


@given(st.binary(max_size=100))
def test_whatever_stands_in_the_count_is_read_or_forgotten(
    tmp_path_factory: pytest.TempPathFactory, told: bytes
) -> None:
    """A torn file costs nobody his data."""
    file = tmp_path_factory.mktemp("count") / "knocks"
    file.write_bytes(told)
    Knocks(file).begin("somebody", Clock()())


@pytest.mark.parametrize("told", [b'{"x": [3, "2026-11-22T09:00:00"]}', b'{"x": [3, "nonsense"]}', b'{"x": 3}', b"[]"])
def test_a_count_by_another_hand(tmp_path: Path, clock: Clock, told: bytes) -> None:
    """A moment without its offset is taken by the wall's clock."""
    (tmp_path / "knocks").write_bytes(told)
    Knocks(tmp_path / "knocks").begin("somebody", clock())


def test_a_disk_that_takes_no_more_keeps_nobody_out(
    locked: DataFolder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be counted then, and the data can be read."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(knocks, "write_whole", full)
    assert enter(locked, RIGHT, clock()).encrypts


def test_a_folder_that_fails_is_told(locked: DataFolder, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cut left behind cannot be brought to its end: a refusal, no traceback."""

    def failing(_: DataFolder) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(swap, "resume", failing)
    assert refusal(lambda: enter(locked, RIGHT, clock())) == "data.disk_failing"


def test_a_plain_folder_stands_open(tmp_path: Path, clock: Clock) -> None:
    """Nobody is asked, whatever he says."""
    for said in (None, WRONG):
        assert not enter(DataFolder(tmp_path), said, clock()).encrypts
