"""A bare window of the same widgets and fonts, until it is painted: `python -m tests.benchmarks.first_paint.bare TREE`.

No style sheet, no icons, no words looked up: Qt, the three font files, and the widgets where they lay.
"""

import json
import sys
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase

from tests.benchmarks.first_paint.watch import tell_and_end, when_painted

FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"


def main() -> int:
    """Build, show, and run until painted."""
    application = QtWidgets.QApplication([])
    application.setStyle("Fusion")
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for weight in ("Regular", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(FONTS / f"IBMPlexSansArabic-{weight}.ttf"))
    font = QFont("IBM Plex Sans Arabic")
    font.setPointSizeF(10.5)
    application.setFont(font)
    widgets: list[QtWidgets.QWidget] = []
    for part in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        kind = getattr(QtWidgets, part["kind"])
        widget = kind() if part["parent"] is None else kind(widgets[part["parent"]])
        widget.setGeometry(*part["box"])
        if part["text"]:
            widget.setText(part["text"])
        widgets.append(widget)
    widgets[0].show()
    return QtWidgets.QApplication.exec()


if __name__ == "__main__":
    when_painted(tell_and_end)
    sys.exit(main())
