"""Printing a case study and a month of receipts, against their own boxes and glyphs on a bare canvas."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sanad import places
from sanad.domain.case import Case
from sanad.domain.money import Money
from sanad.paper import sheet
from sanad.paper.ink import WORDS
from sanad.services.papers import Papers
from tests.gallery.families import ON, POLICIES, ordinary

TARGET = 1.6
ROUNDS = 9
RECEIPTS = 300
DRAWN = (
    "line",
    "lines",
    "rect",
    "circle",
    "drawPath",
    "setFillGray",
    "setStrokeGray",
    "setLineWidth",
    "setDash",
    "showPage",
    "saveState",
    "transform",
    "restoreState",
)

Act = tuple[str, tuple[Any, ...], dict[str, Any]]


def main() -> bool:
    """Print the ratio of the medians of interleaved rounds for each; true if both keep their target."""
    papers = Papers(policies=POLICIES, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
    case = POLICIES.read_case(places.sample() / "family-05.json")
    run = month(RECEIPTS)

    def study() -> bytes:
        return papers.print_case("case-study", case, on=ON)

    def receipts() -> bytes:
        return papers.print_cases("receipt", run, on=ON).paper or b""

    return all([measured("case study", study), measured(f"{RECEIPTS} receipts", receipts)])


def measured(name: str, product: Callable[[], bytes]) -> bool:
    """One paper against its own boxes; what both sides do for the first time is done before."""
    acts = recorded(product)
    pages = sum(act[0] == "showPage" for act in acts)
    times: tuple[list[float], list[float]] = ([], [])

    def straight() -> bytes:
        return drawn(acts)

    for _ in range(ROUNDS):
        for taken, work in zip(times, (product, straight), strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    ours, theirs = (median(taken) for taken in times)
    ratio = ours / theirs
    print(
        f"paper, {name}: {ratio:.2f} (at most {TARGET}; {pages / ours:.0f} pages a second against {pages / theirs:.0f})"
    )
    return ratio <= TARGET


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


def recorded(product: Callable[[], bytes]) -> list[Act]:
    """Everything that one printing draws, with the glyphs of each run at their place."""
    acts: list[Act] = []

    class Watched(Canvas):  # type: ignore[misc]  # the library carries no types
        """A canvas that remembers what is drawn on it."""

        def drawText(self, drawn: Any) -> None:
            acts.extend(drawn.runs)
            super().drawText(drawn)

        def beginText(self, x: float, y: float) -> Any:
            drawn = super().beginText(x, y)
            drawn.runs = []
            faces: list[Any] = [None, 0]
            set_font, text_out, set_grey = drawn.setFont, drawn.textOut, drawn.setFillGray

            def font(face: str, size: float) -> None:
                faces[:] = [face, size]
                set_font(face, size)

            def out(glyphs: str) -> None:
                drawn.runs.append(("setFont", tuple(faces), {}))
                drawn.runs.append(("drawString", (drawn.getX(), drawn.getY(), glyphs), {}))
                text_out(glyphs)

            def grey(value: float) -> None:
                drawn.runs.append(("setFillGray", (value,), {}))
                set_grey(value)

            drawn.setFont, drawn.textOut, drawn.setFillGray = font, out, grey
            return drawn

    def watching(name: str) -> Callable[..., Any]:
        draw = getattr(Canvas, name)

        def act(self: Any, *told: Any, **named: Any) -> Any:
            acts.append((name, told, named))
            return draw(self, *told, **named)

        return act

    for name in DRAWN:
        setattr(Watched, name, watching(name))
    with patch.object(sheet, "Canvas", Watched):
        product()
    return acts


def drawn(acts: list[Act]) -> bytes:
    """The same boxes and glyphs, drawn straight."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, initialFontName=WORDS, pdfVersion=(1, 7))
    for name, told, named in acts:
        getattr(canvas, name)(*told, **named)
    canvas.save()
    return file.getvalue()
