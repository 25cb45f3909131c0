"""``sanad backup``: a verified backup in a folder, such as a USB stick."""

import argparse
from pathlib import Path

from sanad import places
from sanad.cli import passphrase
from sanad.cli.desk import DONE, Desk
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("folder", metavar="DEST", help=words.text("cli.dest"))
    passphrase.add(parser, words)


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Make the backup and print the path of its file. The first of a data folder asks for a passphrase."""
    said = passphrase.given(arguments)
    with desk.services(desk.folder or places.data_folder()) as services:
        if said is None and not services.backups.has_key():
            said = passphrase.asked(desk.words, twice=True)
        made = services.backups.make(Path(arguments.folder), passphrase=said)
    desk.say([made.path])
    return DONE
