"""How the window looks on this computer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.ui.desk import Desk
from sanad.ui.memory import Memory
from sanad.ui.settings.office_page import WIDEST
from sanad.ui.setup.pick import Pick
from sanad.ui.widgets.frames import card, column
from sanad.ui.widgets.labels import label


class LookPage(QWidget):
    """Light or dark, remembered by the computer. ``changed``: the window is to be made anew."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._memory = Memory()
        text = desk.words.text
        body = column(self, spacing=16)
        made, inner = card(spacing=12)
        made.setMaximumWidth(WIDEST)
        inner.setContentsMargins(24, 20, 24, 24)
        inner.addWidget(label(text("settings.look"), "heading"))
        self.look = Pick([("light", text("settings.light")), ("dark", text("settings.dark"))])
        self.look.setAccessibleName(text("settings.look"))
        self.look.pick("dark" if self._memory.dark else "light")
        self.look.picked.connect(self._turn)
        inner.addWidget(self.look)
        inner.addWidget(label(text("settings.shared_hint"), "hint", wraps=True))
        body.addWidget(made)
        body.addStretch(1)

    def _turn(self, value: str) -> None:
        self._memory.dark = value == "dark"
        self.changed.emit()
