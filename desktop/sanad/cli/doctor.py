"""``sanad doctor``: a line for each check of the data folder."""

from sanad.domain.listing import CheckLine
from sanad.services import Services
from sanad.words.catalogue import Words

TOLD = 5
"""Problems told of one check; the rest are counted."""


def doctor(services: Services, words: Words) -> int:
    """Print what every check found, and return 0 where all is well, 1 where something is damaged."""
    lines = services.health.checks()
    for line in lines:
        print(_said(line, words))
    return 0 if all(line.ok for line in lines) else 1


def _said(line: CheckLine, words: Words) -> str:
    name = words.text(f"check.{line.name}", **line.values)
    if line.ok:
        return words.text("doctor.fine", check=name)
    told = [words.problem(problem) for problem in line.problems[:TOLD]]
    rest = len(line.problems) - len(told)
    if rest:
        told.append(words.text("doctor.more", count=rest))
    return words.text("doctor.damage", check=name, found=" ".join(told))
