"""The program as it starts, until its window is painted: `python -m tests.benchmarks.first_paint.program DIR [TREE]`.

With TREE it writes there what the painted window is made of.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks.first_paint.watch import tell_and_end, when_painted


def describe() -> None:
    """Write each widget of the window: Qt's own class of it, whose child it is, where it lies, what it says."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible())
    places: dict[QWidget, int] = {window: 0}
    tree = [{"kind": "QMainWindow", "parent": None, "box": window.geometry().getRect(), "text": ""}]
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if widget.isVisible() and parent in places and not widget.objectName().startswith("qt_"):
            kind = next(c.__name__ for c in type(widget).__mro__ if c.__module__ == "PySide6.QtWidgets")
            said = widget.text() if hasattr(widget, "text") else ""
            places[widget] = len(tree)
            box = widget.geometry().getRect()
            tree.append({"kind": kind, "parent": places[parent], "box": box, "text": said})
    Path(sys.argv[2]).write_text(json.dumps(tree), "utf-8")
    tell_and_end()


if __name__ == "__main__":
    when_painted(describe if len(sys.argv) > 2 else tell_and_end)
    from sanad.__main__ import main

    sys.exit(main(["--data", sys.argv[1]]))
