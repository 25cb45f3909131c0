"""``sanad forms``: the papers that can be printed."""

import argparse

from sanad.cli.desk import DONE, Desk
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb: there are none."""


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print id and title of each paper, one a line."""
    with desk.reference() as services:
        listed = services.papers.forms()
    desk.say(f"{form}\t{title.in_(desk.words.language)}" for form, title in listed)
    return DONE
