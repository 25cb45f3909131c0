"""An amount of money, in either kind of digits, with the places of the office's currency."""

from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Refused
from sanad.domain.money import Currency, Money
from sanad.ui.fields.box import HintedLine
from sanad.words.catalogue import Words


class MoneyBox(HintedLine):
    """Settles into ``1,250.500`` when it is left; until then it keeps what was typed. Never a float."""

    def __init__(self, words: Words, currency: Currency, parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, role=role)
        self._words = words
        self._currency = currency
        if role != "cell":
            self.say(words.symbol(currency))
        self.editingFinished.connect(self._settle)

    def money(self) -> Money | None:
        """The amount that is typed, if it can be read."""
        try:
            return self._currency.read(self.text()) if self.text().strip() else None
        except Refused:
            return None

    def show_text(self, text: str) -> None:
        """Show an amount in the digits of the office."""
        try:
            shown = self._words.money(self._currency.read(text), self._currency) if text.strip() else ""
        except Refused:
            shown = text
        super().show_text(shown)

    def _settle(self) -> None:
        money = self.money()
        if money is not None and (shown := self._words.money(money, self._currency)) != self.text():
            self.setText(shown)
            self.edited.emit(shown)
