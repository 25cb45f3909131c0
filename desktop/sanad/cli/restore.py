"""``sanad restore``: a backup takes the place of the data, which are kept aside."""

import argparse
from pathlib import Path

from sanad import places
from sanad.cli import passphrase, verify
from sanad.cli.desk import DONE, Desk
from sanad.domain.errors import Refused
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb: those of ``verify``."""
    verify.add(parser, words)


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print what the backup holds, then restore it and print where the data of before are kept.

    The status is that of ``verify`` where it is refused; nothing was changed then.
    """
    backup = Path(arguments.backup)
    try:
        said = passphrase.given(arguments) or passphrase.asked(desk.words)
        with desk.reference() as services:
            desk.say(verify.lines(services.restores.look(backup, said), desk.words))
            done = services.restores.restore(backup, said, desk.folder or places.data_folder())
    except Refused as refused:
        desk.tell(refused.problems, arguments.backup)
        return verify.status_of(refused)
    if done.aside is not None:
        desk.say([desk.words.text("backup.aside", folder=done.aside)])
    desk.say([desk.words.text("backup.restored")])
    return DONE
