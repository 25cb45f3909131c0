"""No number is lost and none drawn twice, whoever draws at once."""

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.services import Services
from sanad.store.numbers import Numbers
from tests.builders import TODAY, Clock, a_family, a_key

WRITER = """
    import sys
    from pathlib import Path
    from sanad.store.database import Database
    from sanad.store.numbers import Numbers
    database = Database(Path(sys.argv[1]))
    for _ in range(40):
        with database.writing() as connection:
            print(Numbers(connection).next("voucher-2026"))
"""


def test_j8_each_year_counts_from_one(services: Services) -> None:
    """A number says its year; the next year begins anew."""
    with services.health._store._database.writing() as connection:
        numbers = Numbers(connection)
        drawn = [numbers.of_year("voucher", date(year, 1, 1)) for year in (2026, 2026, 2027, 2026)]
        assert drawn == ["2026-000001", "2026-000002", "2027-000001", "2026-000003"]
        assert numbers.last() == {"voucher-2026": 3, "voucher-2027": 1}


def test_an_act_that_fails_gives_its_number_back(services: Services) -> None:
    """A refused form leaves no hole in the series."""
    family = a_family(services)
    first = services.requests.receive(family.id, "monthly", TODAY, key=a_key()).value
    for _ in range(3):
        with pytest.raises(Refused, match="still_open"):
            services.requests.receive(family.id, "monthly", TODAY, key=a_key())
    second = services.requests.receive(family.id, "seasonal", TODAY, key=a_key()).value
    assert (first.number, second.number) == ("2026-000001", "2026-000002")


def test_threads_draw_one_after_the_other(services: Services) -> None:
    """Three desks in one program register at once: every file number is there once."""

    def register(_: int) -> str:
        return a_family(services).study.household.file_number

    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(register, range(30)))
    assert sorted(drawn, key=int) == [str(number) for number in range(1, 31)]


def test_processes_draw_one_after_the_other(folder: Path, clock: Clock, plain_only: None) -> None:
    """Even past the lock on the folder, the file itself lets one writer at a time draw: no gap, no double."""
    build(folder, clock).close()
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder / "sanad.sqlite3")]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    drawn = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert sorted(drawn) == list(range(1, 121))
