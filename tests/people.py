"""An office with somebody in each role, for tests: made once, copied for each, and signed in to in a moment."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import argon2
import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials, Person, Role
from sanad.services import Services
from sanad.store import passwords, recall
from sanad.store.folder import DATA_FILE
from tests.backups import cheap_keys
from tests.builders import Clock, a_key, an_office

PASSWORD = "بيت كبير قرب البحر"  # noqa: S105  # of nobody
"""Of whoever has an account here."""
OTHER = "سبع نخلات وجمل أعرج"
"""Another that nobody guesses."""


@contextlib.contextmanager
def cheap_passwords() -> Iterator[None]:
    """Let a password cost a thousandth of what it costs in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


class Steady:
    """A clock that nobody can set, moved by the test alone."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Seconds since some moment."""
        return self.seconds


class Runs:
    """The runs of the program one after another: in each, seconds go by as the test says, whatever the wall tells."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.steady = Steady()
        self.begin()

    def begin(self) -> None:
        """Start the program anew: what the last run kept in mind is gone."""
        self._patch.setattr(recall, "THIS_RUN", recall.Recall(self.steady))

    def pass_by(self, clock: Clock, seconds: int) -> None:
        """So many seconds go by, by every clock."""
        self.steady.seconds += seconds
        clock.move(seconds=seconds)


@dataclass
class Staffed:
    """A data folder with an account in each role, whose user is the role's name, and the office's recovery code."""

    folder: Path
    code: str
    clock: Clock = field(default_factory=Clock)
    steady: Steady = field(default_factory=Steady)

    @contextlib.contextmanager
    def at_desk(self, role: Role | None = Role.MANAGER) -> Iterator[Services]:
        """The services, as whoever has the role uses them; with None, nobody is signed in."""
        who = None if role is None else Credentials(role, PASSWORD)
        with build(self.folder, self.clock, who="صفاء", credentials=who, steady=self.steady) as services:
            yield services

    def edit(self, *statements: str) -> None:
        """Write into the file behind the program's back; the folder must not be open."""
        with contextlib.closing(sqlite3.connect(self.folder / DATA_FILE)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def entries(self) -> list[tuple[str, str]]:
        """Who did what, as the journal tells it, from the first entry on; the folder may be open."""
        with contextlib.closing(sqlite3.connect(self.folder / DATA_FILE)) as connection:
            return connection.execute("SELECT who, operation FROM journal ORDER BY seq").fetchall()

    def copied(self, to: Path) -> "Staffed":
        """The same office in a folder of its own, with clocks of its own."""
        shutil.copytree(self.folder, to)
        return Staffed(to, self.code)


def make_staffed(folder: Path) -> Staffed:
    """An office that is set up, has the key of its backups, and somebody in each role."""
    with cheap_passwords(), cheap_keys(), build(folder, Clock(), who="صفاء") as services:
        services.offices.set_up(an_office())
        services.backups.make_key("four plain words here")
        _, code = services.staff.begin(Role.MANAGER, "مريم المديرة", PASSWORD).value
        for role in Role:
            if role is not Role.MANAGER:
                services.staff.add(role, f"شخص {role}", role, PASSWORD, key=a_key())
    return Staffed(folder, code)


def person(services: Services, role: Role) -> Person:
    """Whoever has the role."""
    return next(one for one in services.staff.people() if one.user == role)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """What was refused."""
    return [problem.code for problem in refused.value.problems]
