"""The pages of the place of backups, each made when it is first gone to."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.staff import Permission
from sanad.ui.backups.health_page import HealthPage
from sanad.ui.backups.page import BackupsPage
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.desk import Desk
from sanad.ui.staff.rights import reason


class BackupWays(QObject):
    """Goes from page to page; ``show`` puts one into the window."""

    restore_wanted = Signal(Path, str)
    undo_wanted = Signal()
    printed = Signal(bytes, str)

    def __init__(self, desk: Desk, show: Callable[[QWidget], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show = show
        self._page: BackupsPage | None = None
        self._health: HealthPage | None = None

    def go(self) -> BackupsPage:
        """The page that one comes to by the rail."""
        if self._page is None:
            self._page = BackupsPage(self._desk)
            self._page.restore_wanted.connect(self.restore)
            self._page.health_wanted.connect(self.health)
            self._page.undo_wanted.connect(self.undo_wanted)
            self._page.printed.connect(self.printed)
        self._show(self._page)
        return self._page

    def restore(self) -> RestorePage:
        """Choose a backup to put back; begun anew each time, as drives and passphrases are not kept."""
        desk = self._desk
        denied = reason(desk, Permission.SET_UP)
        page = RestorePage(desk, desk.services.restores, desk.services.folder, desk.background, denied)
        page.wanted.connect(self.restore_wanted)
        page.left.connect(lambda: self._leave(page))
        self._show(page)
        page.begin()
        return page

    def health(self) -> HealthPage:
        """How the folder stands, and the doctor."""
        if self._health is None:
            self._health = HealthPage(self._desk)
            self._health.left.connect(self.go)
            self._health.restore_wanted.connect(self.restore)
        self._show(self._health)
        return self._health

    def _leave(self, page: RestorePage) -> None:
        self.go()
        page.deleteLater()
