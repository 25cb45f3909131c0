"""Under a box it is said what was not taken of that which was typed or pasted into it."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip

from sanad.ui.fields.box import LineBox
from sanad.ui.fields.notes import NotesBox
from sanad.words.catalogue import Words


def tell_losses(box: LineBox | NotesBox, words: Words) -> None:
    """Have it said from now on: that the end did not fit, that letters which nobody sees were taken out."""

    def say(text: str) -> None:
        QToolTip.showText(box.mapToGlobal(QPoint(0, box.height())), text, box)

    box.shortened.connect(lambda most: say(words.text("field.cut", most=most)))
    box.cleared.connect(lambda: say(words.text("field.cleared")))
