"""An encrypted data file against a plain one: opened and looked at, and a thousand receipts of one transaction each.

There is no target that decides; the line is for the record. An office makes some tens of commits a minute.
"""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete, insert

from sanad.store.database import Database, connect
from sanad.store.driver import PLAIN, Driver, encrypting
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.tables import drafts
from sanad.store.upgrade import prepare
from tests.builders import Clock

ROUNDS, OPENINGS, COMMITS = 5, 40, 1000
MOST = 4.0
"""Times as long as in the open; beyond that something is wrong with the key, as when each opening stretches it."""


def opened(folder: DataFolder) -> float:
    """Milliseconds from nothing to an answer out of the file, with every setting in force."""
    begun = time.perf_counter()
    for _ in range(OPENINGS):
        with contextlib.closing(connect(folder.file, driver=folder.driver)) as connection:
            connection.execute("SELECT count(*) FROM journal").fetchone()
    return (time.perf_counter() - begun) / OPENINGS * 1000


def committed(folder: DataFolder) -> float:
    """Milliseconds of one durable transaction."""
    database = Database(folder.file, folder.driver)
    begun = time.perf_counter()
    for number in range(COMMITS):
        with database.writing() as connection:
            row = {"account": "", "place": f"place-{number}", "payload": "أ" * 400, "kept_at": Clock()()}
            connection.execute(insert(drafts).values(row))
    took = (time.perf_counter() - begun) / COMMITS * 1000
    with database.writing() as connection:
        connection.execute(delete(drafts))
    database.close()
    return took


def main() -> bool:
    """Measure both in turn, print one line."""
    drivers = {"plain": PLAIN, "encrypted": encrypting(bytes(range(32)))}
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as place:
        folders = {name: made(Path(place) / name, driver) for name, driver in drivers.items()}
        openings = measured(folders, opened)
        commits = measured(folders, committed)
    ratios = [each["encrypted"] / each["plain"] for each in (openings, commits)]
    told = [f"{each['encrypted']:.2f} and {each['plain']:.2f} ms" for each in (openings, commits)]
    print(
        "encrypted / plain data file: "
        f"open {ratios[0]:.2f}x ({told[0]}), commit {ratios[1]:.2f}x ({told[1]}) (at most {MOST:.0f}x)"
    )
    return max(ratios) <= MOST


def made(at: Path, driver: Driver) -> DataFolder:
    """A data folder with an empty file."""
    at.mkdir()
    folder = DataFolder(at, driver)
    prepare(folder, Clock()())
    assert (at / DATA_FILE).exists()
    return folder


def measured(folders: dict[str, DataFolder], call: Callable[[DataFolder], float]) -> dict[str, float]:
    """The median of each, in interleaved rounds."""
    rounds = [{name: call(folder) for name, folder in folders.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(each[name] for each in rounds) for name in folders}
