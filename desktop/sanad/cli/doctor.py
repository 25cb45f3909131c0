"""``sanad doctor``: a line for each check of the data folder, then a line for each fact of how it stands."""

import argparse
from contextlib import nullcontext, suppress

from sanad import places
from sanad.cli.desk import DAMAGED, DONE, Desk
from sanad.domain.errors import Refused
from sanad.domain.health import Fact
from sanad.domain.listing import CheckLine
from sanad.words.catalogue import Words

TOLD = 5
"""Problems told of one check; the rest are counted."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the argument of the verb."""
    parser.add_argument("--head", action="append", default=[], metavar="HEAD", help=words.text("cli.head"))


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print what every check found and how the folder stands: 0, or 1 where a check found damage."""
    with desk.services(desk.folder or places.data_folder()) as services:
        lines = services.health.checks(arguments.head)
        sound = all(line.ok for line in lines)
        desk.say(_said(line, desk.words) for line in lines)
        with suppress(Refused) if not sound else nullcontext():  # what cannot be read was told of above
            desk.say(_told(fact, desk.words) for fact in services.health.facts())
    return DONE if sound else DAMAGED


def _told(fact: Fact, words: Words) -> str:
    return words.text("doctor.fact", title=words.text(f"fact.{fact.name}"), said=words.fact(fact))


def _said(line: CheckLine, words: Words) -> str:
    name = words.text(f"check.{line.name}", **line.values)
    if line.ok:
        return words.text("doctor.fine", check=name)
    told = [words.problem(problem) for problem in line.problems[:TOLD]]
    if rest := len(line.problems) - len(told):
        told.append(words.text("doctor.more", count=rest))
    return words.text("doctor.damage", check=name, found=" ".join(told))
