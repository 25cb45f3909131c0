"""Printing a filled case study, against its own boxes and finished glyphs drawn straight on a canvas."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sanad import places
from sanad.paper import sheet
from sanad.paper.ink import WORDS
from sanad.services.papers import Papers
from sanad.services.policies import Policies

TARGET = 2.0
ROUNDS = 15
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
)

Act = tuple[str, tuple[Any, ...], dict[str, Any]]


def main() -> bool:
    """Print the ratio of the medians of interleaved rounds; true if it keeps its target."""
    policies = Policies(folder=places.policies())
    papers = Papers(policies=policies, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
    case = policies.read_case(places.sample() / "family-05.json")

    def product() -> bytes:
        return papers.print_case("case-study", case, on=date(2026, 11, 22))

    acts = recorded(product)

    def straight() -> bytes:
        return drawn(acts)

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for taken, work in zip(times, (product, straight), strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    ours, theirs = (median(taken) for taken in times)
    print(f"paper: {ours / theirs:.2f} (at most {TARGET}; {ours:.3f} s against {theirs:.3f} s)")
    return ours / theirs <= TARGET


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
