"""How far the data had come when they were last written here: kept outside their folder, in the user's own memory.

A data folder that is replaced by an older copy of itself looks sound from within. Here it is found out: its journal
must hold the entry at which it stood. So is one that went on elsewhere, whoever wrote there: entries stand behind that
one. What is kept holds no name: seals, last numbers, moments. It lies within reach of the user whose it is.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from sanad.domain.health import Ahead, Older, last_number
from sanad.store.columns import moment_text
from sanad.store.folder import write_whole
from sanad.store.numbers import Numbers
from sanad.store.tables import journal


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the data stood: the seal of their first entry, by which they are told from others, and of the last one."""

    first: str
    entries: int
    head: str
    at: datetime
    numbers: Mapping[str, int]


class HighWater:
    """The marks of the data that lie, or lay, in one folder."""

    def __init__(self, memory: Path, folder: Path) -> None:
        self._memory = memory
        self._folder = folder.resolve()

    def read(self, first: str) -> Mark | None:
        """The mark of the data that begin with this seal; None where there is none, or it is torn."""
        try:
            told = json.loads(self._file(first).read_text(encoding="utf-8"))
            numbers = {str(series): int(last) for series, last in told["numbers"].items()}
            at = datetime.fromisoformat(told["at"])
            return Mark(first, int(told["entries"]), str(told["head"]), at, numbers)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def note(self, mark: Mark | None, *, lasting: bool = False) -> None:
        """Keep a mark in the place of the one before; a memory that cannot be written keeps nobody from the data.

        One that is not ``lasting`` may be lost with the power, as it is noted at every act.
        """
        if mark is None:
            return
        told = {"entries": mark.entries, "head": mark.head, "at": moment_text(mark.at), "numbers": dict(mark.numbers)}
        with contextlib.suppress(OSError):
            self._memory.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file(mark.first), json.dumps(told), lasting=lasting)

    def numbers(self, connection: Connection) -> Mapping[str, int]:
        """The last numbers of these data as they were known here: they may stand on paper."""
        here = reached(connection)
        mark = self.read(here.first) if here is not None else None
        return {} if mark is None else mark.numbers

    def older(self, connection: Connection) -> Older | None:
        """How the data fall short of their mark; None where they hold the entry at which they stood."""
        here = reached(connection)
        mark = self.read(here.first) if here is not None else None
        if here is None or mark is None or _seal(connection, mark.entries) == mark.head:
            return None
        missing = max(0, mark.entries - here.entries)
        return Older(last_number(mark.numbers, "receipt"), mark.at, missing, mark.numbers)

    def ahead(self, connection: Connection) -> Ahead | None:
        """How the data go on past their mark; None where they end there, or hold it not."""
        here = reached(connection)
        mark = self.read(here.first) if here is not None else None
        if here is None or mark is None or _seal(connection, mark.entries) != mark.head or here.head == mark.head:
            return None
        return Ahead(here.entries - mark.entries, mark.at)

    def _file(self, first: str) -> Path:
        told = hashlib.sha256(f"{self._folder}|{first}".encode()).hexdigest()
        return self._memory / f"reached-{told[:32]}"


def reached(connection: Connection) -> Mark | None:
    """Where the data stand; None before their first entry."""
    entries = select(journal.c.seq, journal.c.seal, journal.c.at).order_by(journal.c.seq.desc())
    last = connection.execute(entries.limit(1)).first()
    return last and Mark(_seal(connection, 1) or "", last.seq, last.seal, last.at, Numbers(connection).last())


def _seal(connection: Connection, seq: int) -> str | None:
    return connection.execute(select(journal.c.seal).where(journal.c.seq == seq)).scalar()
