"""Where a verb gets the passphrase: from a file, or from whoever sits at the keyboard, unseen."""

import argparse
import getpass
import sys
from pathlib import Path

from sanad.domain.errors import Refused
from sanad.words.catalogue import Words

LONGEST = 4096
"""Bytes of a passphrase file that are read."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the argument."""
    parser.add_argument("--passphrase-file", metavar="FILE", help=words.text("cli.passphrase_file"))


def given(arguments: argparse.Namespace) -> str | None:
    """The first line of the file that was named; None where none was.

    Raises:
        Refused: it cannot be read.
    """
    if arguments.passphrase_file is None:
        return None
    try:
        return first_line(arguments.passphrase_file)
    except (OSError, ValueError) as error:
        raise Refused.because("backup.passphrase_file", file=arguments.passphrase_file) from error


def first_line(file: str) -> str:
    """What the first line of a file says.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    with Path(file).open("rb") as opened:
        return opened.read(LONGEST).decode("utf-8-sig").split("\n")[0].rstrip("\r")


def asked(words: Words, *, twice: bool = False) -> str:
    """What is typed, unseen; ``twice`` where a slip of the hand would lock everybody out.

    Raises:
        Refused: nobody sits there (``backup.passphrase_needed``), or the two differ.
    """
    if not sys.stdin.isatty():
        raise Refused.because("backup.passphrase_needed")
    typed = getpass.getpass(words.text("backup.passphrase_prompt"))
    if twice and getpass.getpass(words.text("backup.passphrase_again")) != typed:
        raise Refused.because("backup.passphrases_differ")
    return typed
