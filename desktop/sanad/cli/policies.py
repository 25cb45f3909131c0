"""``sanad policies``: the guides that an office can follow."""

import argparse

from sanad.cli.desk import DONE, Desk
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb: there are none yet."""


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print id and title of each guide, one a line."""
    with desk.reference() as services:
        listed = services.policies.list()
    desk.say(f"{policy}\t{title.in_(desk.words.language)}" for policy, title, _ in listed)
    return DONE
