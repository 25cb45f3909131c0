"""Under a box it is said what was not taken of that which was typed or pasted into it, or taken for something else."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QToolTip

from sanad.ui.fields.box import LineBox
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.notes import NotesBox
from sanad.words.catalogue import Words


def tell_losses(box: LineBox | NotesBox, words: Words) -> None:
    """Have it said from now on: that the end did not fit, that letters which nobody sees were taken out.

    Of a date also that it was read as Hijri, once the cursor stands elsewhere.
    """

    def say(text: str) -> None:
        QToolTip.showText(box.mapToGlobal(QPoint(0, box.height())), text, box)

    box.shortened.connect(lambda most: say(words.text("field.cut", most=most)))
    box.cleared.connect(lambda: say(words.text("field.cleared")))
    if isinstance(box, DateBox):
        box.converted.connect(lambda text: _say_later(text, box))


def _say_later(text: str, box: DateBox) -> None:
    """A cursor that moves takes every such word off the screen, and with a cell's cursor goes its box."""
    window, corner = box.window(), box.mapToGlobal(QPoint(0, box.height()))
    QTimer.singleShot(0, window, lambda: QToolTip.showText(corner, text, window))
