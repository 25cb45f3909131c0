"""What stands in the window when the data cannot be opened: why, and the button that tries again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Problem
from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label


class ClosedPage(QWidget):
    """Tells every problem in a sentence that says what to do."""

    again = Signal()

    def __init__(self, look: Look, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        whole = column(self)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, inner = card(spacing=12)
        made.setFixedWidth(560)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(label(look.words.text("closed.title"), "page"))
        for problem in problems:
            inner.addWidget(label(look.words.problem(problem), wraps=True))
        again = button(look.words.text("closed.again"), "main")
        again.clicked.connect(self.again)
        inner.addWidget(again, alignment=Qt.AlignmentFlag.AlignLeading)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
