"""A date, typed in either calendar and either digits; the other calendar stands beside it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Refused
from sanad.ui.fields.box import HintedLine
from sanad.ui.widgets.labels import isolated
from sanad.words.catalogue import Words
from sanad.words.dates import is_hijri


class DateBox(HintedLine):
    """Settles into ``21/11/2026`` when it is left; until then it keeps what was typed.

    ``converted`` tells in a sentence that it was read as Hijri, where another date stands in the box now.
    """

    converted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, role=role)
        self._words = words
        self._was_hijri = ""
        self.textChanged.connect(self._beside)
        self.editingFinished.connect(self._settle)

    def day(self) -> date | None:
        """The day that is typed, if it can be read."""
        try:
            return self._words.read_date(self.text()) if self.text().strip() else None
        except Refused:
            return None

    def show_text(self, text: str) -> None:
        """Show a date in the digits of the office."""
        super().show_text(self._words.digits_shown(text))

    def _settle(self) -> None:
        day, typed = self.day(), self.text()
        if day is None or (shown := self._words.date(day)) == typed:
            return
        hijri = is_hijri(typed)
        self._was_hijri = shown if hijri else ""
        self.setText(shown)
        self.edited.emit(shown)
        if hijri:
            said = {"hijri": isolated(self._words.hijri(day)), "date": isolated(shown)}
            self.converted.emit(self._words.text("date.converted", **said))

    def _beside(self) -> None:
        day, words = self.day(), self._words
        self.setToolTip(words.text("date.source") if day else "")
        hijri = isolated(words.hijri(day)) if day else ""
        if day and is_hijri(self.text()):
            self.say(words.text("date.gregorian", date=isolated(words.date(day))))
        elif hijri and self.text() == self._was_hijri:
            self.say(words.text("date.read_as_hijri", date=hijri), words.text("date.hijri", date=hijri))
        else:
            self.say(words.text("date.hijri", date=hijri) if hijri else "")
