"""Entries of the journal as lines: when, who, and what, the latest first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sanad.domain.listing import JournalLine
from sanad.ui.desk import Desk
from sanad.ui.widgets.labels import divider, embedded, isolated, label


class JournalTable(QWidget):
    """``say`` tells what was done; the names of whoever did it are those they sign in with."""

    def __init__(self, desk: Desk, lines: Sequence[JournalLine], say: Callable[[JournalLine], str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for number, line in enumerate(lines):
            at = number * 2
            if number:
                grid.addWidget(divider(), at - 1, 0, 1, 3)
            moment = desk.words.digits_shown(f"{line.at.astimezone():%H:%M %d/%m/%Y}")
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(isolated(moment), "hint"), at, 0, top)
            grid.addWidget(label(embedded(line.who), "soft"), at, 1, top)
            grid.addWidget(label(say(line), wraps=True), at, 2)
