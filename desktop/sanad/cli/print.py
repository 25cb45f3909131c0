"""``sanad print FORM CASE... -o OUT``: papers filled from case files, or a blank, as one PDF."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanad.cli.desk import DONE, REFUSED, Desk
from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.domain.office import Digits, Language
from sanad.words.catalogue import Words
from sanad.words.dates import read_date

if TYPE_CHECKING:
    from sanad.services.papers import Papers

GUIDE = "karzakan-2020"
"""The guide of a blank paper unless another is named."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("form", metavar="FORM", help=words.text("cli.form"))
    parser.add_argument("case", nargs="*", metavar="CASE", help=words.text("cli.case"))
    parser.add_argument("-o", dest="out", metavar="OUT", required=True, help=words.text("cli.out"))
    parser.add_argument("--blank", action="store_true", help=words.text("cli.blank"))
    parser.add_argument("--policy", metavar="ID", default=GUIDE, help=words.text("cli.policy"))
    parser.add_argument("--lang", choices=[language.value for language in Language], help=words.text("cli.lang"))
    parser.add_argument(
        "--digits", choices=[kind.value for kind in Digits], default=Digits.WESTERN.value, help=words.text("cli.digits")
    )
    parser.add_argument("--masked", action="store_true", help=words.text("cli.masked"))
    parser.add_argument("--copies", type=int, choices=[1, 2], default=2, help=words.text("cli.copies"))
    parser.add_argument("--logo", metavar="FILE", help=words.text("cli.logo"))
    parser.add_argument("--on", metavar="DATE", help=words.text("cli.on"))


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print the papers into one file, which appears whole or not at all."""
    if bool(arguments.case) == arguments.blank:
        raise Refused.because("paper.one_case_or_blank", "CASE")
    on = read_date(arguments.on, "--on") if arguments.on else date.today()  # noqa: DTZ011  # the wall clock's day
    logo = _logo(arguments.logo, desk)
    with desk.reference() as services:
        papers = services.papers
        if arguments.form not in dict(papers.forms()):
            papers.form(arguments.form)
        said = {"on": on, "language": arguments.lang, "digits": Digits(arguments.digits), "logo": logo}
        if arguments.blank:
            paper: bytes | None = papers.print_case(arguments.form, None, policy=arguments.policy, **said)
        else:
            cases = desk.of_each(arguments.case, services.policies.read_case)
            paper = _filled(arguments, desk, papers, cases, said) if cases is not None else None
        if paper is None:
            return REFUSED
        try:
            papers.save(paper, Path(arguments.out))
        except Refused as refused:
            desk.tell(refused.problems, arguments.out)
            return REFUSED
    return DONE


def _filled(
    arguments: argparse.Namespace, desk: Desk, papers: "Papers", cases: list[Case], said: dict[str, Any]
) -> bytes | None:
    """The papers of all cases; None when one of them was refused, after the problems of all were told."""
    batch = papers.print_cases(arguments.form, cases, masked=arguments.masked, copies=arguments.copies, **said)
    for failure in batch.failed:
        desk.tell(failure.problems, arguments.case[failure.at])
    return None if batch.failed else batch.paper


def _logo(file: str | None, desk: Desk) -> bytes | None:
    """The bytes of the picture for the letterhead; whether they are one is seen when it is printed."""
    if file is None:
        return None
    with desk.reference() as services:
        return services.papers.read_logo(Path(file))
