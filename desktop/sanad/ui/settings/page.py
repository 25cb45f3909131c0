"""The settings: the office, its guide, its people, who looked, and this computer's window, each behind its tab."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.form_view import Scrolled
from sanad.ui.settings.guide_page import GuidePage
from sanad.ui.settings.look_page import LookPage
from sanad.ui.settings.office_page import OfficePage
from sanad.ui.staff.looks_page import LooksPage
from sanad.ui.staff.people_page import PeoplePage
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import label


class Tab(StrEnum):
    """The tabs, in their order."""

    OFFICE = "office"
    GUIDE = "guide"
    PEOPLE = "people"
    LOOKS = "looks"
    WINDOW = "window"


class SettingsPage(QWidget):
    """``changed``: the window is to be made anew, as its language or look is another. ``told`` says what was done.

    ``opened`` names a family that somebody looked at. ``adopted`` says what was adopted of the guide: the window is to
    be made anew as well.
    """

    changed = Signal()
    adopted = Signal(str)
    told = Signal(str)
    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        text = desk.words.text
        whole = column(self, spacing=8)
        whole.setContentsMargins(16, 12, 16, 12)
        head = row()
        head.addWidget(label(text("rail.settings"), "page"))
        head.addStretch(1)
        self._save = KeyButton(text("settings.save"), "Ctrl+S", "main")
        head.addWidget(self._save)
        whole.addLayout(head)
        self.office = OfficePage(desk, self._save)
        self.guide = GuidePage(desk)
        self.people = PeoplePage(desk)
        self.look = LookPage(desk)
        self.office.changed.connect(self.changed)
        self.look.changed.connect(self.changed)
        self.guide.adopted.connect(self.adopted)
        self.people.told.connect(self.told)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(text("rail.settings"))
        self._pages = QStackedWidget()
        self._tabs: list[Tab] = []
        self._add(Tab.OFFICE, text("settings.tab.office"), _scrolled(self.office))
        self._add(Tab.GUIDE, text("settings.tab.guide"), _scrolled(self.guide))
        self._add(Tab.PEOPLE, text("settings.tab.people"), _scrolled(self.people))
        self.looks: LooksPage | None = None
        if desk.person is not None and desk.may(Permission.SEE_STAFF):
            self.looks = LooksPage(desk)
            self.looks.opened.connect(self.opened)
            self._add(Tab.LOOKS, text("settings.tab.looks"), self.looks)
        self._add(Tab.WINDOW, text("settings.tab.window"), _scrolled(self.look))
        whole.addWidget(self.tabs)
        whole.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self._turned)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            turn = QShortcut(QKeySequence(keys), self)
            turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            turn.activated.connect(lambda step=step: self._turn(step))
        self.setFocusProxy(self.tabs)

    def show_tab(self, tab: Tab) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(self._tabs.index(tab))

    def _add(self, tab: Tab, title: str, page: QWidget) -> None:
        self._tabs.append(tab)
        self._pages.addWidget(page)
        self.tabs.addTab(title)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _turned(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        self._save.setVisible(self._tabs[at] is Tab.OFFICE)
        if self._tabs[at] is Tab.GUIDE:
            self.guide.reload()
        elif self.looks is not None and self._tabs[at] is Tab.LOOKS:
            self.looks.reload()


def _scrolled(page: QWidget) -> Scrolled:
    area = Scrolled()
    area.setObjectName("desk")
    area.setWidget(page)
    return area
