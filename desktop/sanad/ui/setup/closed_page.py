"""What stands in the window when the data cannot be opened: why, and the button that tries again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Problem
from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import Notice, card, column, row
from sanad.ui.widgets.labels import label

MISSING = "data.missing"


class ClosedPage(QWidget):
    """Tells every problem in a sentence that says what to do.

    ``restore_wanted`` asks to bring a backup back; ``anew_wanted``, where the data are missing, for an empty office:
    that is said twice.
    """

    again = Signal()
    restore_wanted = Signal()
    anew_wanted = Signal()

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
        feet, below = row(), column()
        feet.addWidget(again)
        feet.addWidget(restore)
        if any(problem.code == MISSING for problem in problems):
            anew = button(look.words.text("closed.anew"))
            sure = Notice(look.words.text("closed.anew.sure"), "amber")
            sure.offer(look.words.text("closed.anew.yes"), self.anew_wanted.emit)
            sure.hide()
            anew.clicked.connect(sure.show)
            anew.clicked.connect(anew.hide)
            feet.addWidget(anew)
            below.addWidget(sure)
        feet.addStretch(1)
        inner.addLayout(feet)
        inner.addLayout(below)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
