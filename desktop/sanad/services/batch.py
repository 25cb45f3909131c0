"""Many papers in one PDF: what is left out is named, whoever watches may stop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused

Thing = TypeVar("Thing")

Progress = Callable[[int, int], bool]
"""Told how many papers of how many are done; false to stop."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper of a batch that was left out: the place of its case, counted from 0, its file number, and why."""

    at: int
    file_number: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers of one kind in one PDF. ``paper`` is None where it was stopped, or where no paper was left."""

    paper: bytes | None
    failed: tuple[Failure, ...] = ()


def go_on(_done: int, _of: int) -> bool:
    """Nobody watches, and nobody stops."""
    return True


def gathered(
    things: Sequence[Thing], add: Callable[[Thing], None], finished: Callable[[], bytes], progress: Progress
) -> Batch:
    """Each thing added to one paper; what is refused is left out and named."""
    failed: list[Failure] = []
    for at, thing in enumerate(things):
        try:
            add(thing)
        except Refused as refused:
            name = thing.household.file_number if isinstance(thing, Case) else str(thing)
            failed.append(Failure(at, name, refused.problems))
        if not progress(at + 1, len(things)):
            return Batch(None, tuple(failed))
    return Batch(finished() if len(failed) < len(things) else None, tuple(failed))
