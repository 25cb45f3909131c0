"""Reads the arguments, runs one verb, and turns what went wrong into lines and an exit status."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from sanad import places
from sanad.cli import credentials
from sanad.cli.desk import BUG, DONE, REFUSED, Desk, OpenServices
from sanad.domain.errors import Problem, Refused
from sanad.words.catalogue import Words

VERBS = ("assess", "backup", "demo", "doctor", "forms", "policies", "print", "restore", "verify")
"""Each is a module beside this one, with ``add(parser, words)`` and ``run(arguments, desk) -> status``."""


def run(arguments: Sequence[str], folder: Path | None, open_services: OpenServices) -> int:
    """Run the verb that the arguments name and return the exit status.

    ``folder`` is the data folder that was named before the verb, if one was; ``open_services`` builds the services on a
    folder, or without one those that need none.
    """
    words = Words(places.locale(), language_of(os.environ))
    desk = Desk(words, folder, open_services)
    try:
        asked = _parser(words).parse_args(arguments)
        desk.folder = folder or (Path(asked.data) if asked.data else None)
        desk.credentials = credentials.given(asked, words)
        return int(asked.verb(asked, desk))
    except Refused as refused:
        desk.tell(refused.problems)
        return REFUSED
    except SystemExit as told:  # by argparse, after it printed its help or what it could not read
        return int(told.code or DONE)
    except BrokenPipeError:
        sys.stdout = None  # whoever read our output is gone; nothing is left to flush
        return DONE
    except Exception as bug:  # noqa: BLE001  # the last line of defence: a person never sees a traceback
        from sanad.services import reports

        logs = (desk.folder or places.data_folder()) / "logs"
        number = reports.keep(bug, logs, date.today())  # noqa: DTZ011  # the wall clock's day is meant
        desk.tell([Problem("program.bug", "", {"number": number, "folder": str(logs)})])
        return BUG


def language_of(environment: "os._Environ[str] | dict[str, str]") -> str:
    """The language of the terminal: Arabic where the locale says so, else English."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ar" if next(filter(None, names), "").lower().startswith("ar") else "en"


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sanad", description=words.text("cli.sanad"))
    parser.add_argument("--data", metavar="DIR", help=words.text("cli.data"))  # as a rule it stands first, and was read
    credentials.add(parser, words)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name in VERBS:
        verb = import_module(f"sanad.cli.{name}")
        told = words.text(f"cli.{name}")
        below = verbs.add_parser(name, help=told, description=told)
        verb.add(below, words)
        below.set_defaults(verb=verb.run)
    return parser
