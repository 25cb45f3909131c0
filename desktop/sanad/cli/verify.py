"""``sanad verify``: a backup checked as far as a restore would go, and nothing changed."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sanad import places
from sanad.cli import passphrase
from sanad.cli.desk import DAMAGED, DONE, REFUSED, Desk
from sanad.domain.backup import Manifest
from sanad.domain.errors import Refused
from sanad.words.catalogue import Words

_DAMAGE = frozenset(
    {"backup.damaged", "backup.not_ours", "backup.other_key", "backup.key_damaged", "backup.key_hostile"}
)
"""Refusals that tell of the file itself, and not of how it was asked for."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("backup", metavar="BACKUP", help=words.text("cli.backup_file"))
    passphrase.add(parser, words)


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print what the backup holds, and that it is sound: 0; where it is damaged 1, where it could not be read 2."""
    backup = Path(arguments.backup)
    try:
        said = passphrase.given(arguments) or passphrase.asked(desk.words)
        with desk.reference() as services:
            manifest = services.restores.verify(backup, said, desk.folder or places.data_folder())
    except Refused as refused:
        desk.tell(refused.problems, arguments.backup)
        return status_of(refused)
    desk.say([*lines(manifest, desk.words), desk.words.text("backup.sound")])
    return DONE


def status_of(refused: Refused) -> int:
    """The exit status that a refusal ends with."""
    return DAMAGED if any(problem.code in _DAMAGE for problem in refused.problems) else REFUSED


def lines(manifest: Manifest, words: Words) -> Iterator[str]:
    """What a backup holds: office, moment, families, last receipt."""
    made = manifest.made_at.astimezone()
    yield words.text("backup.office", name=manifest.office(words.language) or "-")
    yield words.text("backup.made", day=words.date(made.date()), time=f"{made:%H:%M}")
    yield words.text("backup.families", count=words.number(manifest.families))
    yield words.text("backup.last_receipt", number=manifest.last_receipt or "-")
