"""``sanad assess CASE...``: what the rules find, one JSON object a line."""

import argparse

from sanad.cli.desk import DONE, REFUSED, Desk
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("case", nargs="+", metavar="CASE", help=words.text("cli.case"))


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print the assessment of each case file, in their order; if one is bad, nothing but its problems."""
    with desk.reference() as services:
        lines = desk.of_each(arguments.case, services.assessments.of_file)
    if lines is None:
        return REFUSED
    desk.say(lines)
    return DONE
