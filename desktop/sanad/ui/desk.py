"""What every page has at hand: the services, the words and look of the office, the thread of the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sanad.domain.money import Money
from sanad.domain.office import Office
from sanad.ui.icons import Icons
from sanad.ui.refresh import Refresh
from sanad.ui.tasks import Tasks
from sanad.ui.theme import Theme
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.services import Services


class Screen(QObject):
    """Who else looks at the screen: while ``shared``, names are shown as initials only."""

    turned = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shared = False

    def turn(self) -> None:
        """Share the screen, or have it to oneself again."""
        self.shared = not self.shared
        self.turned.emit(self.shared)

    def name(self, full: str) -> str:
        """A name as it may be shown now: whole, or the first letter of each word."""
        return " ".join(f"{word[0]}." for word in full.split()) if self.shared else full

    def number(self, whole: str) -> str:
        """A phone number or civil id as it may be shown now."""
        return "•" * len(whole) if self.shared else whole


@dataclass(frozen=True, kw_only=True)
class Look:
    """The words, colours and icons of the window, known before the data is open."""

    words: Words
    theme: Theme
    icons: Icons


@dataclass(frozen=True, kw_only=True)
class Desk(Look):
    """An open office. ``today`` reads the clock each time, as a window may stay open over midnight."""

    services: "Services"
    office: Office
    tasks: Tasks
    refresh: Refresh
    screen: Screen
    today: Callable[[], date]

    def money(self, money: Money) -> str:
        """An amount in the office's currency, without its sign."""
        return self.words.money(money, self.office.currency)

    def priced(self, money: Money) -> str:
        """An amount with the sign of the currency behind it."""
        return f"{self.money(money)} {self.words.symbol(self.office.currency)}"
