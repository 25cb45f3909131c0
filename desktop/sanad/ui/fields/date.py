"""A date, typed in either calendar and either digits; the other calendar stands beside it."""

from datetime import date

from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Refused
from sanad.ui.fields.box import HintedLine
from sanad.ui.widgets.labels import isolated
from sanad.words.catalogue import Words
from sanad.words.dates import read_date


class DateBox(HintedLine):
    """Settles into ``21/11/2026`` when it is left; until then it keeps what was typed."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, role=role)
        self._words = words
        self.textChanged.connect(self._hijri)
        self.editingFinished.connect(self._settle)

    def day(self) -> date | None:
        """The day that is typed, if it can be read."""
        try:
            return read_date(self.text()) if self.text().strip() else None
        except Refused:
            return None

    def show_text(self, text: str) -> None:
        """Show a date in the digits of the office."""
        super().show_text(self._words.digits_shown(text))

    def _settle(self) -> None:
        day = self.day()
        if day is not None and (shown := self._words.date(day)) != self.text():
            self.setText(shown)
            self.edited.emit(shown)

    def _hijri(self) -> None:
        day = self.day()
        hijri = self._words.hijri(day) if day else ""
        self.say(self._words.text("date.hijri", date=isolated(hijri)) if hijri else "")
