"""``sanad print FORM CASE -o OUT``: a paper filled from a case file, or blank, as one PDF."""

import argparse
from datetime import date
from pathlib import Path

from sanad.cli.desk import DONE, REFUSED, Desk
from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.domain.office import Digits, Language
from sanad.words.catalogue import Words
from sanad.words.dates import read_date

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
    parser.add_argument("--on", metavar="DATE", help=words.text("cli.on"))


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print the paper into a file, which appears whole or not at all."""
    if len(arguments.case) != (0 if arguments.blank else 1):
        raise Refused.because("paper.one_case_or_blank", "CASE")
    on = read_date(arguments.on, "--on") if arguments.on else date.today()  # noqa: DTZ011  # the wall clock's day
    with desk.reference() as services:
        papers = services.papers
        if arguments.form not in dict(papers.forms()):
            papers.form(arguments.form)

        def printed(case: Case | None) -> bytes:
            return papers.print_case(
                arguments.form,
                case,
                on=on,
                policy=arguments.policy,
                language=arguments.lang,
                digits=Digits(arguments.digits),
            )

        if arguments.blank:
            pages: list[bytes] | None = [printed(None)]
        else:
            pages = desk.of_each(arguments.case, lambda path: printed(services.policies.read_case(path)))
        if pages is None:
            return REFUSED
        try:
            papers.save(pages[0], Path(arguments.out))
        except Refused as refused:
            desk.tell(refused.problems, arguments.out)
            return REFUSED
    return DONE
