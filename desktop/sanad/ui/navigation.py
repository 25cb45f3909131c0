"""Finds the way between the pages of an open office; each page is made when it is first gone to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from sanad import places
from sanad.domain.staff import Permission
from sanad.ui.backups.ways import BackupWays
from sanad.ui.desk import Desk
from sanad.ui.households.list_page import HouseholdsPage
from sanad.ui.rail import Place
from sanad.ui.staff.rights import reason
from sanad.ui.tasks import Problems
from sanad.ui.today.page import TodayPage

if TYPE_CHECKING:
    from sanad.ui.help_page import HelpPage
    from sanad.ui.households.page import HouseholdPage
    from sanad.ui.main_window import MainWindow
    from sanad.ui.settings.page import SettingsPage


class Navigation(QObject):
    """Shows pages; knows where one came from, so that one can go back."""

    def __init__(self, window: "MainWindow", desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._before_search: QWidget | None = None
        self._guide: HelpPage | None = None
        self._set: SettingsPage | None = None
        self.today = TodayPage(desk)
        self.households = HouseholdsPage(desk)
        self.household: HouseholdPage | None = None
        self.backups = BackupWays(desk, self._show, self)
        self.backups.printed.connect(self.preview)
        self.backups.restore_wanted.connect(window.restore_wanted)
        self.backups.undo_wanted.connect(window.undo_wanted)
        window.bar.backup.clicked.connect(lambda: self.go(Place.BACKUPS))
        window.banner.wanted.connect(self._health)
        window.banner.restore_wanted.connect(self._restore)
        self.today.backups_wanted.connect(lambda: self.go(Place.BACKUPS))
        self.today.opened.connect(self.open_household)
        self.today.printed.connect(self.preview)
        self.today.drafted.connect(self.open_draft)
        self.today.new_wanted.connect(self.new_household)
        self.today.people_wanted.connect(self.open_people)
        self.households.opened.connect(self.open_household)
        self.households.new_wanted.connect(self.new_household)
        window.rail.wanted.connect(self.go)
        search = window.bar.search
        search.textEdited.connect(self._search)
        search.taken.connect(self._take)
        search.left.connect(self._leave_search)
        for page in (self.today, self.households):
            window.pages.addWidget(page)
        QShortcut(QKeySequence("Ctrl+Shift+N"), window.ground, self.new_household)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window.ground, lambda: self.go(Place.HELP))

    def go(self, place: Place) -> None:
        """Go to a place of the rail."""
        self._window.rail.stand_at(place)
        match place:
            case Place.TODAY:
                self._show(self.today)
                self.today.reload()
            case Place.HOUSEHOLDS:
                self._window.bar.search.clear()
                self.households.look_for("")
                self._show(self.households)
            case Place.BACKUPS:
                self.backups.go()
            case Place.SETTINGS:
                self._settings()
            case Place.HELP:
                self._help()

    def open_household(self, household: str) -> None:
        """Open a family's file as it was saved, with its draft if one is kept."""
        self._at_household(lambda page: page.open(household))

    def open_draft(self, place: str) -> None:
        """Go on with what was typed and not saved."""
        self._at_household(lambda page: page.resume() if place == "new" else page.open(place))

    def new_household(self) -> None:
        """A blank form for a family that is not known yet; only for whoever may save it."""
        if said := reason(self._desk, Permission.WRITE):
            self._window.tell(said)
            return
        self._at_household(lambda page: page.begin())

    def preview(self, pdf: bytes, name: str) -> None:
        """Show a paper as it will be printed; ``name`` is offered as the name of its file."""
        from sanad.ui.preview import PreviewPage  # QtPdf is loaded only when a paper is looked at

        back = self._window.pages.currentWidget() or self.today
        page = PreviewPage(self._desk, pdf, name)

        def leave() -> None:
            self._show(back)
            if back is self.today:
                self.today.reload()  # what was printed waits no longer
            self._window.pages.removeWidget(page)
            page.deleteLater()

        page.left.connect(leave)
        self._show(page)
        page.view.setFocus()

    def keep(self) -> None:
        """Keep what is typed and not saved as a draft."""
        if self.household is not None:
            self.household.keep_draft()

    def _at_household(self, then: "Callable[[HouseholdPage], None]") -> None:
        from sanad.ui.households.page import HouseholdPage  # the form is read when the first family is opened

        if self.household is None:
            self.household = HouseholdPage(self._desk)
            self.household.opened.connect(self.open_household)
            self.household.printed.connect(self.preview)
            self.household.told.connect(self._window.tell)
            self.household.refused.connect(self._not_opened)
            self.household.pane.figure_wanted.connect(self.open_guide)
        self._window.rail.stand_at(Place.HOUSEHOLDS)
        self._show(self.household)
        then(self.household)

    def _not_opened(self, problems: Problems) -> None:
        """A file that is kept from whoever sits here: back to the list, where its number stands."""
        self._show(self.households)
        self._window.tell_problems(problems)

    def _health(self) -> None:
        self._window.rail.stand_at(Place.BACKUPS)
        self.backups.health()

    def _restore(self) -> None:
        self._window.rail.stand_at(Place.BACKUPS)
        self.backups.restore()

    def _settings(self) -> "SettingsPage":
        """The settings as they are now; what was asked there before and not recorded is let go."""
        from sanad.ui.settings.page import SettingsPage

        old, page = self._set, SettingsPage(self._desk)
        page.changed.connect(self._window.settled)
        page.adopted.connect(self._window.adopted)
        page.told.connect(self._window.tell)
        page.opened.connect(self.open_household)
        self._set = page
        self._show(page)
        if old is not None:
            self._window.pages.removeWidget(old)
            old.deleteLater()
        return page

    def open_people(self) -> None:
        """Go to the people of the office, and one's own account there."""
        from sanad.ui.settings.page import Tab

        self._window.rail.stand_at(Place.SETTINGS)
        self._settings().show_tab(Tab.PEOPLE)

    def open_guide(self) -> None:
        """Go to the office's guide, and to the first figure that it leaves to the office and nobody set."""
        from sanad.ui.settings.page import Tab

        self._window.rail.stand_at(Place.SETTINGS)
        page = self._settings()
        page.guide.begin()
        page.show_tab(Tab.GUIDE)

    def _help(self) -> None:
        from sanad.ui.help_page import HelpPage  # read only by whoever asks

        if self._guide is None:
            self._guide = HelpPage(self._desk, places.help_texts())
        self._show(self._guide)
        self._guide.setFocus()

    def _show(self, page: QWidget) -> None:
        pages = self._window.pages
        if pages.indexOf(page) < 0:
            pages.addWidget(page)
        pages.setCurrentWidget(page)

    def _search(self, text: str) -> None:
        pages = self._window.pages
        if pages.currentWidget() is not self.households:
            self._before_search = pages.currentWidget()
            self._window.rail.stand_at(Place.HOUSEHOLDS)
            self._show(self.households)
        self.households.look_for(text)

    def _take(self) -> None:
        if self._window.pages.currentWidget() is self.households:
            self.households.take()
        else:
            self._search(self._window.bar.search.text())

    def _leave_search(self) -> None:
        self._window.bar.search.clear()
        self.households.look_for("")
        back, self._before_search = self._before_search, None
        if back is not None:
            self._show(back)
            if back is self.today:
                self._window.rail.stand_at(Place.TODAY)
        (back or self.households).setFocus(Qt.FocusReason.OtherFocusReason)
