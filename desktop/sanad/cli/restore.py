"""``sanad restore``: a backup takes the place of the data, which are kept aside.

Where the present data can be opened and have accounts, whoever asks says who he is, before the verb.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sanad import places
from sanad.cli import passphrase, verify
from sanad.cli.desk import DONE, Desk
from sanad.domain.backup import Restored
from sanad.domain.errors import Refused
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.services.restores import Restores


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
            done = _restore(services.restores, backup, said, desk)
    except Refused as refused:
        desk.tell(refused.problems, arguments.backup)
        return verify.status_of(refused)
    if done.aside is not None:
        desk.say([desk.words.text("backup.aside", folder=done.aside)])
    desk.say([desk.words.text("backup.restored")])
    return DONE


def _restore(restores: "Restores", backup: Path, said: str, desk: Desk) -> Restored:
    folder = desk.folder or places.data_folder()
    try:
        return restores.restore(backup, said, folder)
    except Refused as refused:
        asks = any(problem.code == "staff.sign_in_needed" for problem in refused.problems)
        if not asks or desk.credentials is None:
            raise
    with desk.services(folder) as office:
        return office.restores.restore(backup, said, folder)
