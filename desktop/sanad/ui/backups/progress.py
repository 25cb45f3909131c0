"""A piece of long work on the screen: how far it is, and the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from sanad.domain.health import Size
from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import isolated, label

PARTS = 1000
"""Steps of the bar, so that a large backup is seen to move."""


class Work(QWidget):
    """Shows what is being done. ``stopped`` tells that it is to stop; the work itself asks :meth:`is_stopped`."""

    stopped = Signal()

    def __init__(self, look: Look, stop: str) -> None:
        super().__init__()
        self._look = look
        self._stopped = False
        inner = column(self, spacing=8)
        head = row()
        self.said = label("", "strong")
        head.addWidget(self.said)
        head.addStretch(1)
        self.far = label("", "hint")
        head.addWidget(self.far)
        inner.addLayout(head)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        inner.addWidget(self.bar)
        self.stop = button(stop)
        self.stop.setToolTip(f"{stop} (Esc)")
        self.stop.setShortcut("Esc")
        self.stop.clicked.connect(self._stop)
        feet = row()
        feet.addWidget(self.stop)
        feet.addStretch(1)
        inner.addLayout(feet)

    def begin(self, text: str) -> None:
        """Show the beginning of a piece of work."""
        self._stopped = False
        self.said.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, 0)
        self.far.setText("")
        self.stop.setEnabled(True)
        self.show()
        self.stop.setFocus()

    def advance(self, part: int, whole: int) -> None:
        """Show that ``part`` bytes of ``whole`` went by."""
        self.bar.setRange(0, PARTS)
        self.bar.setValue(part * PARTS // max(1, whole))
        words = self._look.words
        share = isolated(words.digits_shown(f"{part * 100 // max(1, whole)}%"))
        far = words.text("work.far", part=Size(part), whole=Size(whole))
        self.far.setText(f"{far} · {share}")

    def is_stopped(self) -> bool:
        """Whether it is to stop; asked from the thread of the work."""
        return self._stopped

    def _stop(self) -> None:
        self._stopped = True
        self.stop.setEnabled(False)
        self.stopped.emit()
