"""A quarter of an hour of hostile input, split over every reader from outside; a line for each: ``make fuzz``.

Zero is what must be found: no exception but a refusal, no input that takes ten seconds, no memory beyond the bound.
"""

import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.readers import READERS

SECONDS = 15 * 60
SLOWEST = 10
"""Seconds that one input may take."""
MOST_MEMORY = 1024
"""Megabytes that a reader may hold, the fuzzer and the whole program included."""
KEPT = Path("build/fuzz")
"""Where an input stays that was not answered well."""

_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_SLOWEST = re.compile(r"stat::slowest_unit_time_sec:\s*(\d+)")
_COVERED = re.compile(r" ft: (\d+)")


def main(seconds: int) -> int:
    """Print a line a reader; 0 where nothing was found."""
    KEPT.mkdir(parents=True, exist_ok=True)
    started, parts = time.perf_counter(), sum(reader.share for reader in READERS.values())
    runs = failed = 0
    for name, reader in READERS.items():
        told, ended = _fuzzed(name, max(1, seconds * reader.share // parts))
        done, peak, slowest = (_number(found, told) for found in (_RUNS, _PEAK, _SLOWEST))
        covered = _COVERED.findall(told)
        runs += done
        failed += ended != 0
        paths = covered[-1] if covered else "?"
        print(f"{name:24} {done:9,} inputs, {paths:>6} paths, slowest {slowest} s, at most {peak} MB", flush=True)
        if ended:
            print(told[-4000:], flush=True)
    minutes = (time.perf_counter() - started) / 60
    print(f"fuzz: {runs:,} inputs to {len(READERS)} readers in {minutes:.0f} min: {failed} readers failed")
    return int(failed > 0)


def _fuzzed(name: str, seconds: int) -> tuple[str, int]:
    """One reader for so long; what the fuzzer told, and its exit status."""
    options = (f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MEMORY}")
    kept = f"-artifact_prefix={KEPT}/{name.replace(' ', '-')}-"
    with TemporaryDirectory(prefix="sanad-fuzz-") as folder:
        command = [sys.executable, "-m", "tests.fuzz.one", name, folder, *options, kept, "-print_final_stats=1"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    return done.stdout + done.stderr, done.returncode


def _number(found: re.Pattern[str], told: str) -> int:
    match = found.search(told)
    return int(match[1]) if match else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
