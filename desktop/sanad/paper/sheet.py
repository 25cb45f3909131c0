"""The page that is drawn on: an A4 canvas that measures from the edge where reading starts.

Whoever draws says how far from the start edge a thing stands; the sheet knows on which side that edge is, so that every
paper is laid out once and mirrors for a language that runs left to right. Lengths are points (1/72 inch).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from reportlab import rl_config
from reportlab.graphics.barcode import qrencoder
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from sanad.domain.spelling import cleaned
from sanad.paper.ink import FIGURES, FIGURES_BOLD, WORDS, Ink

rl_config.useA85 = False  # pages as plain bytes: a fifth less to store and send

MARGIN_SIDE = 39.0
MARGIN_TOP = 36.0
MARGIN_BOTTOM = 36.0
"""At least 12 mm all round: a cheap printer prints no nearer to the edge."""
WIDTH = A4[0] - 2 * MARGIN_SIDE
TOP = A4[1] - MARGIN_TOP

DOTS = (0.6, 1.8)
DASHES = (3.0, 2.5)
HAIR, LINE, HEAVY = 0.5, 0.8, 1.1
INK, SOFT, FAINT = 0.0, 0.25, 0.55
"""Greys of text and lines: read from a bad photocopy, too."""
PAPER_GREY = 0.93


class Mark(Enum):
    """A word across a paper that says what it is not; its value is its word in the catalogue."""

    DRAFT = "draft"
    CANCELLED = "cancelled"

    @property
    def grey(self) -> float:
        """A draft is read through its mark; nobody overlooks a void."""
        return 0.88 if self is Mark.DRAFT else 0.65


class Align(Enum):
    """Which part of a text stands at the place it was given."""

    START = "start"
    CENTRE = "centre"
    END = "end"


class Sheet:
    """A PDF being drawn, page after page."""

    def __init__(self, ink: Ink, *, language: str, author: str, program: str) -> None:
        self.ink = ink
        self._inset = 0.0
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file, pagesize=A4, invariant=1, lang=language, initialFontName=WORDS, pdfVersion=(1, 7)
        )
        self._canvas.setAuthor(author)
        self._canvas.setCreator(program)
        self._canvas.setProducer(program)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._canvas.setViewerPreference("Direction", "R2L" if ink.right_to_left else "L2R")

    def entitle(self, title: str) -> None:
        """What the file says it is."""
        self._canvas.setTitle(cleaned(title))
        self._canvas.setSubject(cleaned(title))

    def text(
        self,
        text: str,
        at: float,
        baseline: float,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.START,
        grey: float = INK,
    ) -> float:
        """Draws one line ``at`` points from the start edge; the width it took."""
        line = self.ink.line(text, bold)
        width = line.width * size
        if not line.runs:
            return 0.0
        if align is not Align.START:
            at -= width if align is Align.END else width / 2
        x = self._x(at)
        drawn = self._canvas.beginText(x - width if self.ink.right_to_left else x, baseline)
        drawn.setFillGray(grey)
        for run in line.runs:
            drawn.setFont(run.face, size)
            drawn.textOut(run.glyphs)
        self._canvas.drawText(drawn)
        return width

    def rule(
        self,
        start: float,
        end: float,
        y: float,
        *,
        width: float = HAIR,
        dash: tuple[float, ...] = (),
        grey: float = SOFT,
    ) -> None:
        """A level line between two distances from the start edge; a dotted one begins and ends with a dot."""
        self._pen(width, _evened(dash, end - start) if dash else (), grey)
        self._canvas.line(self._x(start), y, self._x(end), y)

    def grid(self, columns: list[float], top: float, bottom: float, *, width: float = HAIR, grey: float = SOFT) -> None:
        """The frame of a row: lines above and below it, and upright ones at ``columns``."""
        self._pen(width, (), grey)
        first, last = self._x(columns[0]), self._x(columns[-1])
        upright = [(self._x(at), top, self._x(at), bottom) for at in columns]
        self._canvas.lines([*upright, (first, top, last, top), (first, bottom, last, bottom)])

    def block(self, start: float, end: float, top: float, bottom: float, grey: float) -> None:
        """A filled rectangle."""
        self._canvas.setFillGray(grey)
        left = min(self._x(start), self._x(end))
        self._canvas.rect(left, bottom, abs(end - start), top - bottom, stroke=0, fill=1)

    def frame(
        self, start: float, end: float, top: float, bottom: float, *, width: float = LINE, grey: float = INK
    ) -> None:
        """An empty rectangle."""
        self._pen(width, (), grey)
        left = min(self._x(start), self._x(end))
        self._canvas.rect(left, bottom, abs(end - start), top - bottom)

    def tick_box(self, at: float, baseline: float, size: float, *, ticked: bool) -> None:
        """A small square to tick, crossed by a drawn tick where it holds; no face has such a sign."""
        left = self._x(at) - (size if self.ink.right_to_left else 0)
        bottom = baseline - size * 0.12
        self._pen(HAIR, (), INK)
        self._canvas.rect(left, bottom, size, size)
        if ticked:
            self._pen(HEAVY, (), INK)
            low = (left + size * 0.42, bottom + size * 0.18)
            self._canvas.lines(
                [(left + size * 0.16, bottom + size * 0.5, *low), (*low, left + size * 0.88, bottom + size * 0.86)]
            )

    def stamp(self, at: float, centre: float, radius: float, text: str) -> None:
        """The dashed circle where the office's stamp goes."""
        self._pen(LINE, DASHES, FAINT)
        self._canvas.circle(self._x(at), centre, radius)
        self.text(text, at, centre - 3, 8, align=Align.CENTRE, grey=FAINT)

    def code(self, text: str, at: float, baseline: float, size: float, *, bold: bool = False) -> float:
        """Draws letters that are typed as they stand, such as a key, left to right on any sheet; the width they took.

        ``at`` is where their start edge lies, as for :meth:`text`; one face for all of them, so that they can be told
        apart.
        """
        width = self.code_width(text, size, bold=bold)
        drawn = self._canvas.beginText(self._x(at) - (width if self.ink.right_to_left else 0), baseline)
        drawn.setFillGray(INK)
        drawn.setFont(FIGURES_BOLD if bold else FIGURES, size)
        drawn.textOut(text)
        self._canvas.drawText(drawn)
        return width

    def code_width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of such letters in points."""
        return float(stringWidth(text, FIGURES_BOLD if bold else FIGURES, size))

    def qr(self, text: str, at: float, top: float, size: float) -> None:
        """A square code of ``text`` that a scanner types back; ``at`` is its start edge."""
        path, modules = _code(text)
        left = self._x(at) - (size if self.ink.right_to_left else 0)
        self._canvas.saveState()
        self._canvas.transform(size / modules, 0, 0, -size / modules, left, top)
        self._canvas.setFillGray(INK)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.restoreState()

    def picture(self, picture: ImageReader, at: float, top: float, width: float, height: float) -> None:
        """A picture; ``at`` is its start edge."""
        left = self._x(at) - (width if self.ink.right_to_left else 0)
        self._canvas.drawImage(picture, left, top - height, width, height)

    def across(self, text: str, at: float, centre: float, size: float, grey: float) -> None:
        """A word over the paper, rising towards the right, with a frame: what the paper is not.

        It is drawn last and only darkens what is lighter, so that neither hides the other.
        """
        width = self.ink.width(text, size, bold=True)
        self._canvas.saveState()
        self._canvas.setBlendMode("Darken")
        self._canvas.translate(self._x(at), centre)
        self._canvas.rotate(24)
        drawn = self._canvas.beginText(-width / 2, -size * 0.3)
        drawn.setFillGray(grey)
        for run in self.ink.line(text, True).runs:
            drawn.setFont(run.face, size)
            drawn.textOut(run.glyphs)
        self._canvas.drawText(drawn)
        self._pen(2.5, (), grey)
        self._canvas.roundRect(-width / 2 - size * 0.4, -size * 0.75, width + size * 0.8, size * 1.5, size * 0.15)
        self._canvas.restoreState()

    @contextmanager
    def inset(self, by: float) -> Iterator[None]:
        """What is drawn meanwhile stands ``by`` points further from the start edge."""
        self._inset += by
        yield
        self._inset -= by

    def turn(self) -> None:
        """The page is finished; the next one begins."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """The whole file. The same drawing gives the same bytes."""
        self._canvas.save()
        return self._file.getvalue()

    def _x(self, at: float) -> float:
        start = MARGIN_SIDE + self._inset + at
        return A4[0] - start if self.ink.right_to_left else start

    def _pen(self, width: float, dash: tuple[float, ...], grey: float) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.setDash(*((list(dash), 0) if dash else ()))
        self._canvas.setStrokeGray(grey)


def _evened(dash: tuple[float, ...], length: float) -> tuple[float, ...]:
    """The dots and gaps of a line, its gaps made a little wider or narrower so that a dot ends it."""
    dot, gap = dash
    gaps = round((length - dot) / (dot + gap))
    return (dot, round((length - dot) / gaps - dot, 4)) if gaps > 0 else dash


@lru_cache(2048)
def _code(text: str) -> tuple[PDFPathObject, int]:
    """The dark stretches of the code of ``text``, a module to the unit, and how many modules a side has."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(" ".join(text.split()))  # a scanner types one line, and the encoder breaks on the end of one
    code.make()
    path = PDFPathObject()
    for row, modules in enumerate(code.modules):
        start = 0
        for dark, stretch in groupby(modules):
            width = len(list(stretch))
            if dark:
                path.rect(start, row, width, 1)
            start += width
    return path, len(code.modules)
