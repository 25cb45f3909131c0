"""The head of a page that one came to from another: the way back, and its title."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import row
from sanad.ui.widgets.labels import label


def page_head(look: Look, title: str, leave: Callable[[], object]) -> QHBoxLayout:
    """A button that leaves, as Esc does, and the title; room is left for what the page can do."""
    head = row()
    back = button(look.words.text("restore.back"), icon=look.icons.beside("arrow-left"))
    back.setToolTip(f"{back.text()} (Esc)")
    back.clicked.connect(leave)
    head.addWidget(back)
    head.addWidget(label(title, "page"))
    head.addStretch(1)
    return head
