"""The user guide, read in the window in the office's language."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from sanad.ui.desk import Desk
from sanad.ui.widgets.frames import card, column
from sanad.ui.widgets.labels import label

LINE_HEIGHT = 150
"""Per cent of the type's own height: Arabic is read with air between its lines."""


class HelpPage(QWidget):
    """The guide as a sheet of paper; links within it are followed, none leads out."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 12)
        title, _, text = (folder / f"{desk.words.language}.md").read_text("utf-8").partition("\n")
        whole.addWidget(label(title.removeprefix("# "), "page"))
        sheet, inner = card(spacing=0)
        inner.setContentsMargins(24, 16, 16, 16)
        whole.addWidget(sheet, 1)
        self.text = QTextBrowser()
        self.text.setObjectName("help")
        self.text.setAccessibleName(desk.words.text("rail.help"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        option = self.text.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        option.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.text.document().setDefaultTextOption(option)
        self.text.setMarkdown(text)
        self._give_air()
        inner.addWidget(self.text)
        self.setFocusProxy(self.text)

    def _give_air(self) -> None:
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        air = QTextBlockFormat()
        air.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        air.setLayoutDirection(self.layoutDirection())
        cursor.mergeBlockFormat(air)
