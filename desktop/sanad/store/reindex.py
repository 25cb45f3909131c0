"""The search index made anew from the families, where the doctor finds that it does not agree with itself or them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.listing import CheckLine
from sanad.store.columns import NONSENSE
from sanad.store.database import Database
from sanad.store.faults import SEARCH_BROKEN
from sanad.store.retelling import homes
from sanad.store.search import Search

_MENDED = Problem("health.search_mended")
_BY_THIS = frozenset({SEARCH_BROKEN, "health.search_differs", "health.search_incomplete"})
"""What is found wrong that an index made anew mends."""


def looked_through(lines: Sequence[CheckLine], database: Database) -> tuple[CheckLine, ...]:
    """The lines of the doctor, the search's with whether its index is sound, which is told where it could be written.

    One that is not is made anew, from what the files of the families say: nothing else stands in it. Both are told.
    """
    wrong = any(problem.code in _BY_THIS for line in lines for problem in line.problems)
    found: tuple[Problem, ...]
    try:
        with database.writing() as connection:
            found = _of_itself(connection)
            if found or wrong:
                Search(connection).begin_anew((home.row, home.words) for page in homes(connection) for home in page)
                found = (*found, _MENDED)
    except Refused as refused:
        found = refused.problems
    except (Bug, *NONSENSE):  # no index of ours has this form, or no file of a family
        found = (Problem("health.unreadable"),)
    return tuple(replace(line, problems=_once(line, found)) if line.name == "search" else line for line in lines)


def _of_itself(connection: Connection) -> tuple[Problem, ...]:
    try:
        Search(connection).look_through()
    except Refused as refused:
        if refused.problems[0].code != SEARCH_BROKEN:
            raise
        return refused.problems
    return ()


def _once(line: CheckLine, found: Sequence[Problem]) -> tuple[Problem, ...]:
    known = {problem.code for problem in line.problems}
    return (*line.problems, *(problem for problem in found if problem.code not in known))
