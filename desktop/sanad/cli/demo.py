"""``sanad demo`` without a screen: the main job done on the sample families, in ``./sanad-demo``, made anew each time.

A line a family: row, members, net income, aid computed, aid printed in the guide, and whether they agree or why not.
"""

import argparse
import shutil
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from sanad.cli.desk import DAMAGED, DONE, Desk
from sanad.domain.errors import Refused
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.domain.office import Office
    from sanad.services import Services
    from sanad.services.sample import SampleRow

FOLDER = Path("sanad-demo")
DATA = "data"


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the arguments of the verb: it has none."""


def run(arguments: argparse.Namespace, desk: Desk) -> int:
    """Do the main job, print the table; status 1 if a row that the guide prints rightly comes out otherwise."""
    _refuse_what_is_not_a_demo(FOLDER)
    beside = Path(tempfile.mkdtemp(prefix=".sanad-demo-", dir=Path.cwd()))
    try:
        with desk.services(beside / DATA) as services:
            today = date.today()  # noqa: DTZ011  # the wall clock's day is meant
            rows = services.sample.settle(services, today)
            office = services.sample.office()
            for row in rows:
                _print_papers(services, row, beside, today)
        if FOLDER.exists():
            shutil.rmtree(FOLDER)
        beside.chmod(0o755)
        beside.rename(FOLDER)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    desk.say(_line(row, office, desk.words) for row in rows)
    return DONE if all(row.agrees or row.slip for row in rows) else DAMAGED


def _refuse_what_is_not_a_demo(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / DATA).is_dir():
        raise Refused.because("demo.folder_is_not_ours", folder=str(folder))


def _print_papers(services: "Services", row: "SampleRow", folder: Path, day: date) -> None:
    papers = services.papers
    papers.save(papers.case_study(row.household, day), folder / f"{row.number:02}-case-study.pdf")
    if row.receipt is not None:
        papers.save(papers.receipt(row.receipt, day), folder / f"{row.number:02}-receipt.pdf")


def _line(row: "SampleRow", office: "Office", words: Words) -> str:
    found, currency = row.assessment, office.currency
    amounts = (
        currency.plain(currency.rounded(Fraction(found.figures["net_income"]))),
        currency.plain(found.amount) if found.amount is not None else "-",
        currency.plain(row.printed),
    )
    if row.agrees:
        verdict = words.text("demo.agrees")
    else:
        verdict = row.slip.in_(words.language) if row.slip else words.text("demo.differs")
    return "\t".join([str(row.number), str(found.figures["members"]), *amounts, verdict])
