"""Has Python's garbage collected on the window's thread alone.

By itself Python collects in whichever thread happens to allocate. Widgets in a cycle would then be deleted on the
thread of the file while Qt draws them, and that ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks at how much there is to collect."""


class Collecting(QObject):
    """Takes the work over from Python until it is handed back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        counted = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        due = [age for age, (count, most) in counted if count > most]
        if due:
            gc.collect(due[-1])

    def end(self) -> None:
        """Collect all that is left of the window, which is gone by now, and only then hand the work back."""
        self._timer.stop()
        gc.collect()  # any other thread that allocates may be the next to collect
        gc.enable()
