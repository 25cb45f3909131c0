"""What a paper draws, noted once, and drawn again straight on a bare canvas: the same boxes, the glyphs ready."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sanad.paper import sheet
from sanad.paper.ink import WORDS

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
