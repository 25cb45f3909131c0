"""What a backup leaves behind, and what it keeps: nothing plain after a kill, no good backup lost to a wrong clock."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from sanad.places import memory
from sanad.services import Services
from sanad.store import backup
from sanad.store.folder import DataFolder
from sanad.store.thinning import FEWEST
from tests.backup_acts import families, restores
from tests.backups import PHRASE, SEEDED, Office, cheap_keys, texts
from tests.builders import Clock

_LOOKING = """
import sys, time
from pathlib import Path
from sanad.bootstrap import build
from sanad.store import copies, vault
from tests.backups import PHRASE
vault.FACTOR = 8
def stuck(*_, **__):
    print("unpacked", flush=True)
    time.sleep(60)
copies.prove = stuck
services = build(None)
services.restores.{act}(Path(sys.argv[1]), PHRASE, Path(sys.argv[2]))
"""


def plain(folder: Path) -> list[Path]:
    """The files under a folder in which somebody can be read, but for the data file itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if any(text in path.read_bytes() for text in texts(SEEDED))]


@pytest.mark.parametrize("act", ["verify", "restore"])
@pytest.mark.parametrize("where", ["data", "new"])
def test_c19_a_kill_leaves_nothing_plain_after_the_next_start(
    act: str, where: str, plain_only: None, office: Office, tmp_path: Path
) -> None:
    """Killed while a backup lies unpacked: the next start, or the next look, removes it."""
    data = office.data if where == "data" else tmp_path / "new"
    source = _LOOKING.format(act=act)
    command = [sys.executable, "-c", source, str(office.backup), str(data)]
    places = f"{Path.cwd()}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": places})
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "unpacked"
        child.send_signal(signal.SIGKILL)
    lying = memory() if act == "verify" and where == "new" else data
    assert plain(DataFolder(lying).passing)
    if act == "verify":
        restores().verify(office.backup, PHRASE, data)
    else:
        restores().restore(office.backup, PHRASE, data)
    assert not DataFolder(lying).passing.exists()
    assert families(office.data) == 2


def test_c19_what_lies_in_the_memory_goes_at_the_next_start(plain_only: None, office: Office) -> None:
    """Of a process that is no more, or under no process's name; that of one at work stays."""
    passing = DataFolder(memory()).passing
    for name in (f"verify-{os.getpid()}", "verify-999999999", "verify-x"):
        (passing / name).mkdir(parents=True)
    assert families(office.data) == 2
    assert [path.name for path in passing.iterdir()] == [f"verify-{os.getpid()}"]


@pytest.mark.parametrize("years", [-20, 20])
def test_c18_a_wrong_clock_costs_no_good_backup(years: int, services: Services, clock: Clock, tmp_path: Path) -> None:
    """Ten days' backups, then one with a clock that is twenty years wrong, then right again."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with cheap_keys():
        services.backups.make(stick, passphrase=PHRASE)
        for _ in range(9):
            clock.move(days=1)
            services.backups.make(stick)
        right = set(backup.named_in(stick)[-6:])
        moment = clock.moment
        clock.moment = moment.replace(year=moment.year + years)
        wrong = services.backups.make(stick)
        assert right <= set(backup.named_in(stick)), "no more goes than on any day"
        clock.moment = moment
        services.backups.make(stick)
        left = backup.named_in(stick)
    assert len(left) >= FEWEST
    assert Path(wrong.path).name in {one.name for one in left}
    last = [one for one in left if one.day <= date(moment.year, moment.month, moment.day)]
    assert len({one.day for one in last if one.day.year == moment.year}) >= 7


def test_a_look_is_not_kept_waiting_by_another(plain_only: None, office: Office) -> None:
    """Two that verify at once each have a place of their own."""
    other = DataFolder(office.data).passing / f"verify-{os.getppid()}"
    other.mkdir(parents=True)
    started = time.monotonic()
    restores().verify(office.backup, PHRASE, office.data)
    assert other.exists()
    assert time.monotonic() - started < 60
