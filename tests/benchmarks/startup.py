"""From the start of the process to the first paint: the program against a bare window of the same widgets and fonts.

The bare window is built from what the program's first painted window is made of. Fifteen starts of each, in turn; the
median is compared. The database must not have been imported when the window is painted.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sanad.bootstrap import build
from sanad.domain.money import Currency
from sanad.domain.office import Digits, Language, Office

ROUNDS = 15
TARGET = 1.5


def seconds(side: str, *arguments: str, home: Path) -> float:
    """From starting a side of the benchmark to its first paint."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the program is installed with its compiled modules
    command = [sys.executable, "-m", f"tests.benchmarks.first_paint.{side}", *arguments]
    started = time.monotonic_ns()
    told = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert told[1] == "False", "the database was imported before the window was painted"
    return (int(told[0]) - started) / 1e9


def main() -> bool:
    """Print the ratio of the medians; whether it keeps the target."""
    with TemporaryDirectory() as folder:
        home, data, tree = Path(folder), str(Path(folder) / "data"), str(Path(folder) / "tree.json")
        _set_up(Path(data))
        seconds("program", data, tree, home=home)
        seconds("bare", tree, home=home)
        pairs = [(seconds("program", data, home=home), seconds("bare", tree, home=home)) for _ in range(ROUNDS)]
    program, bare = (float(statistics.median(side)) for side in zip(*pairs, strict=True))
    ratio = program / bare
    print(f"startup: {ratio:.2f} (at most {TARGET}; {program:.3f} s against {bare:.3f} s)")
    return ratio <= TARGET


def _set_up(folder: Path) -> None:
    office = Office("karzakan-2020", "جمعية", "Society", "", Language.ARABIC, Digits.WESTERN, Currency("BHD", 3))
    with build(folder) as services:
        services.offices.set_up(office)
