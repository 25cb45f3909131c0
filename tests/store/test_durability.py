"""What was acknowledged is there after a kill; what did not fit was refused and cost nothing."""

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.case import Research
from sanad.domain.errors import Refused
from sanad.services import Services
from sanad.store import reserve, upgrade
from sanad.store.database import APPLICATION_ID
from sanad.store.driver import PLAIN
from sanad.store.folder import DATA_FILE, DataFolder
from tests.builders import Clock, a_family, a_key, a_study, an_office
from tests.disks import fill_up

KILLS = 6

WRITER = """
    import sys
    from pathlib import Path
    from sanad.bootstrap import build
    from tests.builders import TODAY, Clock, a_decision, a_key
    from tests.drivers import opening
    from sanad.domain.payment import Method
    with opening(sys.argv[2]), build(Path(sys.argv[1]), Clock(), who="x") as services:
        while True:
            decision = a_decision(services)
            for month in ("2026-11", "2026-12", "2027-01"):
                voucher = services.payments.issue(decision.id, month, "x", Method.CASH, TODAY, key=a_key()).value
                receipt = services.payments.receive(voucher.id, "x", TODAY, key=a_key()).value
                print(receipt.number, flush=True)
"""

FAILING = """
    import resource, signal, sys
    from pathlib import Path
    from sanad.bootstrap import build
    from sanad.domain.errors import Refused
    from tests.builders import Clock, a_family, an_office
    from tests.drivers import opening
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with opening(sys.argv[2]), build(Path(sys.argv[1]), Clock(), who="x") as services:
        services.offices.set_up(an_office())
        a_family(services)
        size = max(path.stat().st_size for path in Path(sys.argv[1]).iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, resource.RLIM_INFINITY))
        for _ in range(3):
            try:
                for _ in range(50):
                    a_family(services)
            except Refused as refused:
                print(refused.problems[0].code)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(services.households.count() >= 1)
"""

ROOT = Path(__file__).resolve().parents[2]


def started(script: str, folder: Path, library: str) -> subprocess.Popen[str]:
    """Another process that runs a script on a folder of that library's."""
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder), library]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_kill_loses_nothing_that_was_acknowledged(folder: Path, clock: Clock, library: str) -> None:
    """At random moments: every receipt whose number was told is there, none is half, every check passes."""
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
    acknowledged: set[str] = set()
    chance = random.Random(2026)  # noqa: S311  # the moments of the kills, not a secret
    for _ in range(KILLS):
        with started(WRITER, folder, library) as writer:
            assert writer.stdout is not None
            acknowledged.add(writer.stdout.readline().strip())
            time.sleep(chance.random() / 4)
            writer.send_signal(signal.SIGKILL)
            acknowledged |= set(writer.stdout.read().split())
    with build(folder, clock, who="x") as services:
        assert [line.problems for line in services.health.checks() if not line.ok] == []
        kept = {
            payment.receipt.number
            for row in services.households.search("", limit=10_000)
            for view in services.requests.of(row.id)
            for payment in view.payments
            if payment.receipt is not None
        }
    assert acknowledged - {""} <= kept
    assert len(kept - acknowledged) <= KILLS  # at most the last of each: on disk, and nobody lived to be told


def filled(services: Services) -> Refused:
    """The refusal that comes when family after family is registered, each with a long note."""
    study = a_study(research=Research(comment="و" * 20_000))
    for _ in range(1000):
        try:
            a_family(services, study)
        except Refused as refused:
            return refused
    raise AssertionError("the disk never filled up")


def test_b1_a_full_disk_is_told_and_nothing_is_lost(small_disk: Path, clock: Clock) -> None:
    """The MB needed and the folder are named; all before is read; after space is freed the same form is saved."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"0" * 400_000)
    folder = small_disk / "data"
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
        refused = filled(services)
        assert refused.problems[0].code == "data.disk_full"
        assert refused.problems[0].values == {"folder": str(folder), "megabytes": 17}
        known = services.households.count()
        assert len(services.households.search("", limit=1000)) == known
        ballast.unlink()
        a_family(services)
        assert services.households.count() == known + 1
    with build(folder, clock, who="x") as services:
        assert services.households.count() == known + 1
        assert [line.problems for line in services.health.checks() if not line.ok] == []


def test_b1_a_disk_without_room_for_a_new_file_is_told(small_disk: Path, clock: Clock) -> None:
    """The first start on a full disk is refused, and begins anew when there is room."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"0" * (shutil.disk_usage(small_disk).free - 40_000))
    with pytest.raises(Refused) as refused:
        build(small_disk / "data", clock)
    assert refused.value.problems[0].code == "data.disk_full"
    ballast.unlink()
    build(small_disk / "data", clock).close()


def test_b2_b1_the_reserve_carries_an_office_through_a_full_disk(
    small_disk: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens and is read; the first act that finds no room gives the reserve up, and the same act is saved then."""
    monkeypatch.setattr(reserve, "SIZE", 500_000)
    folder = DataFolder(small_disk / "data")
    with build(folder.path, clock, who="x") as services:
        services.offices.set_up(an_office())
        known = a_family(services)
        reserve.keep(folder, reserve.SIZE)
    fill_up(small_disk)
    with build(folder.path, clock, who="x") as services:
        assert services.households.open(known.id) == known
        with pytest.raises(Refused) as refused:
            a_family(services)
        assert refused.value.problems[0].code == "data.reserve_released"
        a_family(services)
        assert services.households.count() == 2
        assert [line.problems for line in services.health.checks() if not line.ok] == []
    with build(folder.path, clock, who="x") as services:
        assert services.households.count() == 2


def test_b1_without_a_reserve_a_full_disk_still_opens_to_be_read(small_disk: Path, clock: Clock) -> None:
    """Not a byte is free at the start: what is there is read; once there is room it is saved and read at once."""
    folder = small_disk / "data"
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
        known = a_family(services)
    ballast = fill_up(small_disk)
    with build(folder, clock, who="x") as services:
        assert services.households.open(known.id) == known
        with pytest.raises(Refused) as refused:
            a_family(services)
        assert refused.value.problems[0].code == "data.disk_full"
        assert services.households.count() == 1
        ballast.unlink()
        a_family(services)
        assert services.households.count() == 2
        assert [line.problems for line in services.health.checks() if not line.ok] == []


def test_b1_what_a_crash_left_on_a_full_disk_is_read(small_disk: Path, clock: Clock, library: str) -> None:
    """The last receipts stand in the log alone, beside its index: both are taken as they lie."""
    folder = small_disk / "data"
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
        a_family(services)
        shutil.copytree(folder, small_disk / "left")  # as a power cut would leave it
    shutil.rmtree(folder)
    left = small_disk / "left"
    assert left.joinpath(f"{DATA_FILE}-wal").stat().st_size
    fill_up(small_disk)
    with build(left, clock, who="x") as services:
        assert services.households.count() == 1


def test_b1_an_upgrade_that_finds_no_room_takes_what_is_kept_back(
    small_disk: Path, clock: Clock, plain_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start that needs room gives the reserve up and goes on; one that has none to give is refused."""
    monkeypatch.setattr(reserve, "SIZE", 900_000)
    folder = DataFolder(small_disk / "data")
    folder.path.mkdir()
    with contextlib.closing(PLAIN.open(folder.file, mode="rwc")) as old:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        upgrade.climb(old, "0001")
    ballast = fill_up(small_disk)
    with pytest.raises(Refused) as refused:
        build(folder.path, clock)
    assert refused.value.problems[0].code == "data.disk_full"
    ballast.unlink()
    reserve.keep(folder, reserve.SIZE)
    fill_up(small_disk)
    build(folder.path, clock, who="x").close()
    assert folder.reserve.stat().st_size == 0


def test_b1_a_file_that_may_grow_no_further_loses_nothing(services: Services) -> None:
    """The same without a disk of one's own: the act that did not fit is undone, and the next one saved."""
    known = a_family(services)
    with services.health._store._database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    assert filled(services).problems[0].code == "data.disk_full"
    before = services.households.count()
    with services.health._store._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    a_family(services)
    assert services.households.count() == before + 1
    assert services.households.open(known.id) == known


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a11_a_disk_that_fails_is_not_trusted_again(folder: Path, library: str) -> None:
    """After the first failed write every other is refused, though the disk may answer again; reading goes on."""
    with started(FAILING, folder, library) as writer:
        told, error = writer.communicate(timeout=60)
    assert (told.split(), error) == (["data.disk_failing"] * 3 + ["True"], "")


def test_a4_the_same_form_twice_is_one_family(services: Services) -> None:
    """An error after the commit, and the form sent again: the family is there once."""
    key = a_key()
    first = services.households.register(a_study(), key=key)
    second = services.households.register(a_study(), key=key)
    assert second.repeated
    assert second.value == first.value
    assert services.households.count() == 1
