"""Who asks: the user named before the verb, and a password from a file, or typed unseen at the keyboard."""

import argparse
import getpass
import sys

from sanad.cli.passphrase import first_line
from sanad.domain.errors import Refused
from sanad.domain.staff import Credentials
from sanad.words.catalogue import Words


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments, which stand before the verb."""
    parser.add_argument("--user", metavar="NAME", help=words.text("cli.user"))
    parser.add_argument("--password-file", metavar="FILE", help=words.text("cli.password_file"))


def given(arguments: argparse.Namespace, words: Words) -> Credentials | None:
    """Who asks; None where nobody was named, as in an office without accounts.

    Raises:
        Refused: a password without a user (``staff.user_unsaid``), a user without a password where nobody sits there
            to type it (``staff.password_unsaid``), or the file cannot be read (``staff.password_file``).
    """
    user, file = arguments.user, arguments.password_file
    if user is None:
        if file is not None:
            raise Refused.because("staff.user_unsaid")
        return None
    if file is None:
        if not sys.stdin.isatty():
            raise Refused.because("staff.password_unsaid")
        return Credentials(user, getpass.getpass(words.text("cli.password_prompt")))
    try:
        return Credentials(user, first_line(file))
    except (OSError, ValueError) as error:
        raise Refused.because("staff.password_file", file=file) from error
