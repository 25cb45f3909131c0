"""What stands in the window when the data cannot be opened: why, and the button that tries again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Problem
from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label


class ClosedPage(QWidget):
    """Tells every problem in a sentence that says what to do. ``restore_wanted`` asks to bring a backup back."""

    again = Signal()
    restore_wanted = Signal()

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
        restore = button(look.words.text("closed.restore"))
        restore.clicked.connect(self.restore_wanted)
        feet = row()
        feet.addWidget(again)
        feet.addWidget(restore)
        feet.addStretch(1)
        inner.addLayout(feet)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
