"""What every verb stands at: the words, the data folder, the services, and the two streams."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, overload

from sanad import places
from sanad.domain.errors import Problem, Refused
from sanad.domain.staff import Credentials
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.services import Reference, Services

DONE = 0
DAMAGED = 1
REFUSED = 2
BUG = 3
"""The exit statuses: done; damage found; input or folder refused; a bug of ours."""

Found = TypeVar("Found")


class OpenServices(Protocol):
    """Builds the services on a data folder, or without one those that need none."""

    @overload
    def __call__(self, folder: Path, credentials: Credentials | None = None) -> "Services": ...
    @overload
    def __call__(self, folder: None, *, packs: Path | None = None) -> "Reference": ...


class Desk:
    """Where a verb gets what it needs and says what it has to say. ``credentials`` are those of whoever asks."""

    def __init__(self, words: Words, folder: Path | None, open_services: OpenServices) -> None:
        self.words = words
        self.folder = folder
        self.credentials: Credentials | None = None
        self._open = open_services

    def reference(self) -> "Reference":
        """The services that need no data folder; of one they read only the office's own guides, if there are any."""
        return self._open(None, packs=places.own_policies(self.folder or places.data_folder()))

    def services(self, folder: Path) -> "Services":
        """The services on a data folder; to be closed by whoever asked.

        Raises:
            Refused: it cannot be opened, or whoever asks is not let in.
        """
        return self._open(folder, self.credentials)

    def say(self, lines: Iterable[str]) -> None:
        """Print lines on stdout."""
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()

    def tell(self, problems: Iterable[Problem], file: str = "") -> None:
        """Print problems on stderr, one a line: file, place, what is wrong and what is expected."""
        for problem in problems:
            said = " ".join(self.words.problem(problem).split())
            sys.stderr.write(": ".join(part for part in (file, problem.where, said) if part) + "\n")

    def of_each(self, files: Iterable[str], read: Callable[[Path], Found]) -> list[Found] | None:
        """What is read of every file; None when one of them was refused, after the problems of all were told."""
        found: list[Found] = []
        refused = False
        for file in files:
            try:
                found.append(read(Path(file)))
            except Refused as problem:
                self.tell(problem.problems, file)
                refused = True
        return None if refused else found
