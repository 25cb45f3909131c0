"""Papers a second, in paired rounds of one run: a case study and a month of receipts, ours and other writers'.

Against our own boxes and glyphs on a bare canvas all receipts of the month are printed, against Qt's text documents and
WeasyPrint only so many that a round stays short. ``python -m tests.benchmarks.paper`` prints the whole month once by
each of them.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter

from PySide6.QtGui import QGuiApplication

from sanad import places
from sanad.domain.case import Case
from sanad.domain.money import Money
from sanad.services.papers import Papers
from tests.benchmarks.writers import bare, others
from tests.gallery.families import ON, POLICIES, ordinary

TARGET = 1.6
"""Times the bare canvas, at most."""
ROUNDS = 9
MONTH, SHORT = 300, 20
"""Receipts: of a month, and of a round with writers that take long."""

Work = Callable[[], bytes]


def main() -> bool:
    """Print the medians over the rounds; true if ours keeps within its target and is ahead of every other writer."""
    papers = Papers(policies=POLICIES, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
    run = month(MONTH)

    def study() -> bytes:
        return papers.print_case("case-study", ordinary(), on=ON)

    def receipts(count: int) -> bytes:
        return papers.print_cases("receipt", run[:count], on=ON).paper or b""

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    others.load_faces()
    kept = [
        _compared("case study", study, study),
        _compared(f"receipts ({MONTH}; others {SHORT})", lambda: receipts(MONTH), lambda: receipts(SHORT)),
    ]
    if "weasyprint" not in others.WRITERS:
        print("paper, weasyprint: not installed (pip install '.[bench]')")
    del application
    return all(kept)


def _compared(name: str, whole: Work, short: Work) -> bool:
    """The whole beside its bare canvas, and the short one beside the others, in each round."""
    acts, html = bare.recorded(whole), others.html_of(short)
    pages = sum(act[0] == "showPage" for act in acts)
    writers = {writer: partial(write, html) for writer, write in others.WRITERS.items()}
    rounds = list(_rounds({"ours": whole, "bare": lambda: bare.drawn(acts), "short": short, **writers}))
    ratio = median(taken["ours"] / taken["bare"] for taken in rounds)
    speed = pages / median(taken["ours"] for taken in rounds)
    ahead = {writer: median(taken[writer] / taken["short"] for taken in rounds) for writer in writers}
    told = "".join(f"; {writer} takes {times:.1f} times as long (more than 1)" for writer, times in ahead.items())
    print(f"paper, {name}: {ratio:.2f} (at most {TARGET}; {speed:.0f} pages a second){told}")
    return ratio <= TARGET and all(times > 1 for times in ahead.values())


def _rounds(works: dict[str, Work]) -> Iterator[dict[str, float]]:
    """What each takes in seconds, one after the other, round by round."""
    for _ in range(ROUNDS):
        taken = {}
        for name, work in works.items():
            start = perf_counter()
            work()
            taken[name] = perf_counter() - start
        yield taken


def month(count: int) -> list[Case]:
    """The receipts of a month: no two families, numbers or amounts alike."""
    case = ordinary()
    head, *others = case.household.members
    return [
        replace(
            case,
            household=replace(
                case.household, file_number=str(1000 + n), members=(replace(head, name=f"{head.name} {n}"), *others)
            ),
            paper=replace(
                case.paper,
                number=f"2026-{n:06}",
                voucher=f"2026-{n:06}",
                amount=Money(20_000 + n * 137),
                payee=f"{head.name} {n}",
            ),
        )
        for n in range(count)
    ]


def whole_month() -> None:
    """Print what the whole month takes by each writer, once; minutes."""
    papers = Papers(policies=POLICIES, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
    run = month(MONTH)
    application = QGuiApplication([])
    others.load_faces()

    def receipts() -> bytes:
        return papers.print_cases("receipt", run, on=ON).paper or b""

    html = others.html_of(receipts)
    works: dict[str, Work] = {"ours": receipts}
    works |= {writer: partial(write, html) for writer, write in others.WRITERS.items()}
    for name, work in works.items():
        start = perf_counter()
        work()
        print(f"paper, {MONTH} receipts by {name}: {perf_counter() - start:.1f} s")
    del application


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    whole_month()
    sys.exit(0)
