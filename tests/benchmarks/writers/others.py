"""The same words on as many pages by two writers that shape Arabic themselves: Qt's text documents, and WeasyPrint.

They get the texts of the finished paper, row by row, as tables in the same faces. WeasyPrint is no dependency of
anything here; it takes part where it (the extra ``bench``) is installed.
"""

from collections.abc import Callable
from html import escape
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QFontDatabase, QPageSize, QPdfWriter, QTextDocument

from sanad import places
from sanad.paper.sheet import Sheet

_FACES = ("NotoNaskhArabic-Regular", "IBMPlexSansArabic-Regular")

Pages = list[dict[float, list[str]]]


def load_faces() -> None:
    """Make the paper's faces known to Qt."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(places.fonts() / f"{face}.ttf"))


def html_of(product: Callable[[], bytes]) -> str:
    """The finished paper's texts as a document that the other writers set."""
    return _html(_said(product))


def _by_qt(html: str) -> bytes:
    file = QBuffer()
    file.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(file)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(13, 13, 13, 13))
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
    del writer
    return bytes(file.data().data())


def _by_weasyprint(html: str) -> bytes:
    from weasyprint import HTML  # only where the extra is installed

    return bytes(HTML(string=html, base_url=str(places.fonts())).write_pdf())


def _said(product: Callable[[], bytes]) -> Pages:
    """The texts of each page, by the heights they stand at."""
    pages: Pages = [{}]
    text, turn = Sheet.text, Sheet.turn

    def noted(self: Sheet, said: str, at: float, baseline: float, size: float, **more: Any) -> float:
        if said:
            pages[-1].setdefault(round(baseline), []).append(said)
        return text(self, said, at, baseline, size, **more)

    def turned(self: Sheet) -> None:
        pages.append({})
        turn(self)

    with patch.object(Sheet, "text", noted), patch.object(Sheet, "turn", turned):
        product()
    return pages[:-1]


def _html(pages: Pages) -> str:
    faces = "".join(
        f"@font-face {{ font-family: '{face.partition('-')[0]}'; src: url('file://{places.fonts() / face}.ttf') }}"
        for face in _FACES
    )
    style = f"{faces} body {{ font-family: 'NotoNaskhArabic', 'Noto Naskh Arabic'; font-size: 7pt }}"
    body = "".join(f"<div style='page-break-after: always'>{_table(page)}</div>" for page in pages)
    return f"<html dir='rtl'><head><style>{style}</style></head><body>{body}</body></html>"


def _table(page: dict[float, list[str]]) -> str:
    rows = (f"<tr>{''.join(f'<td>{escape(said)}</td>' for said in page[at])}</tr>" for at in sorted(page, reverse=True))
    return f"<table border='1' cellspacing='0' width='100%'>{''.join(rows)}</table>"


WRITERS: dict[str, Callable[[str], bytes]] = {
    "qt": _by_qt,
    **({"weasyprint": _by_weasyprint} if find_spec("weasyprint") else {}),
}
