"""What concerns the data as a whole: the last backup at closing, a restore, and its undoing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from sanad.ui.desk import Look
from sanad.ui.tasks import Tasks

if TYPE_CHECKING:
    from sanad.services import Reference, Services
    from sanad.ui.backups.closing import Closing
    from sanad.ui.backups.restoring import News, Restoring
    from sanad.ui.main_window import MainWindow
    from sanad.ui.staff.door import Door


class House(Protocol):
    """The program as far as it is needed here."""

    look: Look
    window: "MainWindow"
    door: "Door"
    tasks: Tasks
    background: Tasks
    services: "Services | None"
    folder: Path
    reference: "Callable[[], Reference]"

    def open(self) -> None:
        """Open the data, and show what is to be seen then."""

    def give_up_data(self) -> "Services | None":
        """Hand the open data to whoever closes them, and show a window that has nothing to do with them."""


class Safekeeping(QObject):
    """Sees to it that nothing is lost when the data are closed, and when others take their place."""

    def __init__(self, house: House, parent: QObject) -> None:
        super().__init__(parent)
        self._house = house
        self._closing: Closing | None = None
        self._news: News | None = None

    def leave(self) -> None:
        """Make the backup that is due at closing, then let the window go; asked twice, it goes at once."""
        from sanad.ui.backups.closing import Closing

        house = self._house
        waiting = self._closing is not None and isValid(self._closing)  # it goes with a window that was made anew
        if waiting or house.services is None:
            house.window.let_go()
            return
        self._closing = Closing(house.look, house.services, house.background, house.window)
        self._closing.shown.connect(self._show_closing)
        self._closing.ended.connect(house.window.let_go)
        self._closing.stayed.connect(self._stay)
        self._closing.begin()

    def restore(self, backup: Path, passphrase: str) -> None:
        """Put a backup in the place of the data."""
        self._with_data_closed(lambda restoring: restoring.restore(backup, passphrase))

    def undo(self) -> None:
        """Bring back what lay there before the last restore."""
        self._with_data_closed(lambda restoring: restoring.undo())

    def choose(self, services: "Reference", back: Callable[[], None]) -> None:
        """Have a backup chosen where no office is open; ``back`` shows again what was there."""
        from sanad.ui.backups.restore_page import RestorePage

        house = self._house
        page = RestorePage(house.look, services.restores, house.folder, house.background)
        page.wanted.connect(self.restore)
        page.left.connect(back)
        house.window.show_alone(page)
        page.begin()

    def choose_closed(self) -> None:
        """Have a backup chosen where the data cannot be opened."""
        house = self._house
        house.tasks.run(house.reference, lambda found: self.choose(found, house.open))

    def begin_anew(self) -> None:
        """Have an empty office begun where the data are missing."""
        house = self._house

        def begin(found: "Reference") -> None:
            house.tasks.run(lambda: found.restores.begin_anew(house.folder), lambda _: house.open())

        house.tasks.run(house.reference, begin)

    def tell_news(self) -> None:
        """Say what came of the last restore, once the window is filled again."""
        news, self._news = self._news, None
        if news is not None:
            news(self._house.window)

    def _show_closing(self, page: QWidget) -> None:
        """In the place of the page that asks who is there, should the window be locked by now."""
        house = self._house
        if house.door.closed:
            house.window.cover(page, locked=True)
        else:
            house.window.show_alone(page)

    def _stay(self) -> None:
        """Back to work, as nothing was closed yet."""
        house = self._house
        if self._closing is not None:
            self._closing.page.deleteLater()
            self._closing.deleteLater()
            self._closing = None
        if house.door.closed:
            house.door.ask_again()
        else:
            house.window.show_desk()

    def _with_data_closed(self, begin: "Callable[[Restoring], QWidget]") -> None:
        """Put other data in the place of those that are open, in a window that shows nothing else."""
        from sanad.ui.backups.restoring import Restoring

        house = self._house
        services = house.give_up_data()
        folder = house.folder if services is None else services.folder
        restoring = Restoring(house.look, folder, services, house.reference, house.background, house.window)
        restoring.ended.connect(self._swapped)

        def show(_drained: None) -> None:
            house.window.show_alone(begin(restoring))

        house.tasks.run(_nothing, show)  # after what is still under way, such as the draft of what was typed

    def _swapped(self, news: "News") -> None:
        """Open whatever lies there now; what came of it is said then."""
        self._news = news
        self._house.open()


def _nothing() -> None:
    """Only its place in the line counts."""
