"""Every paper to look at: ``python -m tests.gallery [FOLDER]``, ``build/papers`` unless said.

A PDF and a picture of each page; ``--references`` writes the small pictures that the tests compare with, and
``--sheet FILE`` one sheet of the filled papers.
"""

import argparse
import os
import sys
from pathlib import Path

REFERENCES = Path(__file__).with_name("references")
DOTS = 26
"""To the inch, of a reference: small to keep, yet no line of text can move unseen."""
SHEET_DOTS = 50


def main(arguments: list[str]) -> int:
    """Print and draw all pieces."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from tests.gallery.picture import in_a_row, in_few_greys, pictures
    from tests.gallery.pieces import pieces

    parser = argparse.ArgumentParser(prog="tests.gallery")
    parser.add_argument("folder", nargs="?", default="build/papers", type=Path)
    parser.add_argument("--references", action="store_true")
    parser.add_argument("--sheet", type=Path)
    said = parser.parse_args(arguments)
    application = QGuiApplication([])
    said.folder.mkdir(parents=True, exist_ok=True)
    first_pages = []
    for piece in pieces():
        pdf = piece.printed()
        (said.folder / f"{piece.name}.pdf").write_bytes(pdf)
        for number, page in enumerate(pictures(pdf, 100), start=1):
            page.save(said.folder / f"{piece.name}-{number}.png")
        if said.references:
            REFERENCES.mkdir(exist_ok=True)
            strip = in_few_greys(in_a_row(pictures(pdf, DOTS)))
            strip.save(REFERENCES / f"{piece.name}.png", bits=4, optimize=True)
        if piece.name.endswith(("-filled", "-english")) and "strained" not in piece.name:
            first_pages.append(pictures(pdf, SHEET_DOTS)[0])
    if said.sheet:
        said.sheet.parent.mkdir(parents=True, exist_ok=True)
        in_few_greys(in_a_row(first_pages, columns=7, gap=8)).save(said.sheet, bits=4, optimize=True)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
