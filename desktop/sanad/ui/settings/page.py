"""The settings: the office, its people, and this computer's window, each behind its tab."""

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from sanad.ui.desk import Desk
from sanad.ui.form_view import Scrolled
from sanad.ui.settings.look_page import LookPage
from sanad.ui.settings.office_page import OfficePage
from sanad.ui.staff.people_page import PeoplePage
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import label


class Tab(IntEnum):
    """The tabs, in their order."""

    OFFICE = 0
    PEOPLE = 1
    LOOK = 2


class SettingsPage(QWidget):
    """``changed``: the window is to be made anew, as its language or look is another. ``told`` says what was done."""

    changed = Signal()
    told = Signal(str)

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
        self.people = PeoplePage(desk)
        self.look = LookPage(desk)
        self.office.changed.connect(self.changed)
        self.look.changed.connect(self.changed)
        self.people.told.connect(self.told)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(text("rail.settings"))
        self._pages = QStackedWidget()
        for tab, page in ((Tab.OFFICE, self.office), (Tab.PEOPLE, self.people), (Tab.LOOK, self.look)):
            self.tabs.addTab(text(f"settings.tab.{tab.name.lower()}"))
            area = Scrolled()
            area.setObjectName("desk")
            area.setWidget(page)
            self._pages.addWidget(area)
        whole.addWidget(self.tabs)
        whole.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self.show_tab)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            turn = QShortcut(QKeySequence(keys), self)
            turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            turn.activated.connect(lambda step=step: self.show_tab((self.tabs.currentIndex() + step) % len(Tab)))
        self.setFocusProxy(self.tabs)

    def show_tab(self, tab: int) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(tab)
        self._pages.setCurrentIndex(tab)
        self._save.setVisible(tab == Tab.OFFICE)
