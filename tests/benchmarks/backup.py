"""A backup of 500 MB against its five steps done bare, and its verification against a bare decryption into a hash.

The folder holds a data file of some 100 MB (families with long notes, which the journal tells too) and 400 MB of
scanned papers. Bare is what the libraries do when nobody looks: online backup, quick_check, encryption of all in one,
a hash of what goes in, decryption into a hash. Each side runs in a process of its own, interleaved, so that its memory
can be told.
"""

import contextlib
import hashlib
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage

from sanad.bootstrap import build
from sanad.domain.case import Research
from sanad.store.folder import DATA_FILE, DataFolder
from sanad.store.restore import open_key, verify
from sanad.store.watch import Watch
from tests.backups import PHRASE
from tests.builders import Clock, a_family, a_household, a_study, an_office

ROUNDS = 5
FAMILIES, NOTES = 500, 100_000
PAPERS, PAPER = 400, 1_000_000
BACKUP_TARGET, VERIFY_TARGET, MEMORY_TARGET = 1.3, 1.5, 100
CHUNK = 256 * 1024
Side = Callable[[Path, Path], None]


def fill(data: Path, stick: Path) -> None:
    """A folder of 500 MB whose key is made."""
    with build(data, Clock(), who="x") as services:
        services.offices.set_up(an_office())
        for number in range(FAMILIES):
            notes = f"بحث {number} " + os.urandom(NOTES // 2).hex()
            study = a_study(a_household(head=f"حسن علي {number}"), research=Research(notes=notes))
            a_family(services, study)
        services.backups.make(stick, passphrase=PHRASE)
    papers = DataFolder(data).attachments
    papers.mkdir()
    for _ in range(PAPERS):
        content = os.urandom(PAPER)
        (papers / hashlib.sha256(content).hexdigest()).write_bytes(content)


def ours(data: Path, stick: Path) -> None:
    """A backup as the program makes it."""
    with build(data, Clock(), who="x") as services:
        start = time.perf_counter()
        services.backups.make(stick)
        tell(time.perf_counter() - start)


def bare(data: Path, stick: Path) -> None:
    """The five steps by themselves."""
    start = time.perf_counter()
    copy, whole, once = stick / "copy.sqlite3", stick / "bare.age", pyrage.x25519.Identity.generate()
    with (
        contextlib.closing(sqlite3.connect(data / DATA_FILE)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        assert target.execute("PRAGMA quick_check").fetchone() == ("ok",)
    files = [copy, *sorted(DataFolder(data).attachments.iterdir())]
    hashed = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                hashed.update(chunk)
    with whole.open("wb") as sealed:
        recipients = [once.to_public(), pyrage.x25519.Identity.generate().to_public()]
        pyrage.encrypt_io(Joined(files), sealed, recipients)
        sealed.flush()
        os.fsync(sealed.fileno())
    back = Hash()
    with whole.open("rb") as sealed:
        os.posix_fadvise(sealed.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        pyrage.decrypt_io(sealed, back, [once])
    assert back.hashed.digest() == hashed.digest()
    tell(time.perf_counter() - start)
    for path in (copy, whole):
        path.unlink()


def verified(data: Path, stick: Path) -> None:
    """A verification as the program does it, the key unlocked before."""
    newest = max(stick.glob("sanad-*.age"))
    identity = open_key(newest, PHRASE).identity
    start = time.perf_counter()
    with DataFolder(data).passage("verify") as work:
        verify(newest, identity, work, Watch())
    tell(time.perf_counter() - start)


def decrypted(data: Path, stick: Path) -> None:
    """The library's decryption into a hash."""
    newest = max(stick.glob("sanad-*.age"))
    identity = open_key(newest, PHRASE).identity
    start = time.perf_counter()
    with newest.open("rb") as sealed:
        pyrage.decrypt_io(sealed, Hash(), [identity])
    tell(time.perf_counter() - start)


class Joined:
    """Files one after the other."""

    def __init__(self, files: list[Path]) -> None:
        self._files = iter(files)
        self._open = next(self._files).open("rb")

    def read(self, size: int) -> bytes:
        """The next bytes; empty after the last file."""
        while not (found := self._open.read(size)):
            self._open.close()
            following = next(self._files, None)
            if following is None:
                return b""
            self._open = following.open("rb")
        return found


class Hash:
    """Takes bytes into a hash."""

    def __init__(self) -> None:
        self.hashed = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Take them."""
        self.hashed.update(data)
        return len(data)


def tell(seconds: float) -> None:
    """Hand the time and the most memory of this process, in MB, to whoever measures."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


def measured(side: Side, data: Path, stick: Path) -> tuple[float, float]:
    """Seconds and MB of one side, in a process of its own."""
    code = f"from pathlib import Path; from tests.benchmarks.backup import {side.__name__} as side; "
    code += f"side(Path({str(data)!r}), Path({str(stick)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment(data)
    )
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def environment(data: Path) -> dict[str, str]:
    """That of this process, but with a memory of its own."""
    return {**os.environ, "XDG_STATE_HOME": str(data.parent / "memory")}


def main() -> bool:
    """Print both ratios and the memory; whether all keep their targets."""
    with TemporaryDirectory(prefix="sanad-bench-") as folder:
        data, stick = Path(folder) / "data", Path(folder) / "stick"
        stick.mkdir()
        code = "from pathlib import Path; from tests.benchmarks.backup import fill; "
        code += f"fill(Path({str(data)!r}), Path({str(stick)!r}))"
        subprocess.run([sys.executable, "-c", code], check=True, env=environment(data))
        size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) / 10**6
        sides: dict[Side, list[tuple[float, float]]] = {side: [] for side in (ours, bare, verified, decrypted)}
        for _ in range(ROUNDS):
            for side, found in sides.items():
                found.append(measured(side, data, stick))
    backup = ratio(sides[ours], sides[bare])
    verify = ratio(sides[verified], sides[decrypted])
    memory = max(peak for _, peak in sides[ours])
    times = {side.__name__: statistics.median(seconds for seconds, _ in found) for side, found in sides.items()}
    print(
        f"backup: {backup:.2f} of its five steps (at most {BACKUP_TARGET}; {size:.0f} MB, {times['ours']:.1f} s "
        f"against {times['bare']:.1f} s), {memory:.0f} MB of memory (under {MEMORY_TARGET}); verify: "
        f"{verify:.2f} of a bare decryption (at most {VERIFY_TARGET}; {times['verified']:.1f} s "
        f"against {times['decrypted']:.1f} s)"
    )
    return backup <= BACKUP_TARGET and verify <= VERIFY_TARGET and memory < MEMORY_TARGET


def ratio(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(mine / theirs for (mine, _), (theirs, _) in zip(one, other, strict=True))
