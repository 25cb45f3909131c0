"""A form on the screen: its pages as tabs, walked in the order of the paper, with every problem at its field."""

import re
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QTabBar, QWidget

from sanad.domain.errors import Problem
from sanad.forms.definition import Form, On
from sanad.ui.desk import Desk
from sanad.ui.fields.table import FormTable
from sanad.ui.page_sheet import Letterhead, PageSheet
from sanad.ui.sheet import Sheet
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import embedded

_ROW = re.compile(r"(.+)\[(\d+)\]\.(.+)")


class FormView(QWidget):
    """Draws ``form`` over ``sheet``. A page is made when it is first shown; other tabs may stand behind the pages.

    ``removed`` tells of a row that was taken away, ``clause_wanted`` that a clause is to be read, ``arrived`` which tab
    is shown.
    """

    removed = Signal(str, int, dict)
    clause_wanted = Signal(str)
    arrived = Signal(int)

    def __init__(self, form: Form, sheet: Sheet, desk: Desk) -> None:
        super().__init__()
        self._form = form
        self._sheet = sheet
        self._desk = desk
        self._numbers = [number for number, page in enumerate(form.pages) if _on_screen(page.sections)]
        self._made: dict[int, PageSheet] = {}
        self._problems: dict[str, str] = {}
        self._rows: dict[str, dict[tuple[int, str], str]] = {}
        self._counted: frozenset[int] | None = None
        self._excluded: dict[int, str] = {}
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setIconSize(QSize(12, 12))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(desk.said(form.title))
        self.pages = QStackedWidget()
        for _number in self._numbers:
            self.tabs.addTab("")
            self.tabs.setTabText(self.tabs.count() - 1, self._title(self.tabs.count() - 1, wrong=False))
            self.pages.addWidget(Scrolled())
        whole = column(self, spacing=0)
        whole.addWidget(self.tabs)
        whole.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self.show_page)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            turn = QShortcut(QKeySequence(keys), self)
            turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            turn.activated.connect(partial(self.turn, step))
        self.show_page(0)

    def add_tab(self, title: str, page: QWidget) -> int:
        """A tab behind the pages of the form; its number."""
        area = Scrolled()
        area.setWidget(page)
        self.pages.addWidget(area)
        return self.tabs.addTab(title)

    def show_page(self, tab: int) -> None:
        """Turn to a tab."""
        focused = QApplication.focusWidget()
        if focused is not None and self.pages.isAncestorOf(focused) and tab != self.pages.currentIndex():
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)  # or Qt would look for the next field by itself
        self.tabs.setCurrentIndex(tab)
        if tab < len(self._numbers):
            self._page(tab)
        self.pages.setCurrentIndex(tab)
        self.arrived.emit(tab)

    def turn(self, step: int) -> None:
        """Turn to the next page or the one before, with the cursor in its first field."""
        tab = (self.pages.currentIndex() + step) % self.tabs.count()
        self.show_page(tab)
        if tab < len(self._numbers):
            self._stop(tab, 0, forward=True)

    def begin(self) -> None:
        """The cursor in the first field that one types into by hand."""
        self.show_page(0)
        self._page(0).focus_place("head.name")

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say every problem at its field; those that have no field are told by the page."""
        self._problems, self._rows = {}, {}
        for problem in problems:
            text = self._desk.problem(problem)
            self._problems.setdefault(problem.where, text)
            if found := _ROW.fullmatch(problem.where):
                bind, index, name = found.groups()
                self._rows.setdefault(bind, {}).setdefault((int(index), name), text)
        for page in self._made.values():
            page.show_problems(self._problems, self._rows)
        alert = self._desk.icons.icon("circle-alert", "stop", 14)
        homes = {self._home(place) for place in self._problems}
        for tab in range(len(self._numbers)):
            self.tabs.setTabIcon(tab, alert if tab in homes else QIcon())
            self.tabs.setTabText(tab, self._title(tab, wrong=tab in homes))

    def _title(self, tab: int, *, wrong: bool) -> str:
        """A page's number and title; a sign stands in the place of the number where something is wrong."""
        number = self._numbers[tab]
        title = self._desk.said(self._form.pages[number].title)
        return title if wrong else f"{self._desk.words.number(number + 1)} {title}"

    def homeless(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems that stand at no field of the form."""
        return tuple(problem for problem in problems if self._home(problem.where) is None)

    def focus_first(self, problems: Iterable[Problem]) -> None:
        """The cursor at the first problem in the order of the paper."""
        placed = [(home, problem.where) for problem in problems if (home := self._home(problem.where)) is not None]
        if placed:
            self.focus_place(min(placed, key=lambda each: each[0])[1])

    def focus_place(self, place: str) -> bool:
        """Turn to the field at a place and put the cursor there; false if there is no such field."""
        home = self._home(place)
        if home is None:
            return False
        self.show_page(home)
        # the page may be new and not laid out yet: a cell opens only where it will stay
        QTimer.singleShot(0, self, lambda: self._page(home).focus_place(place))
        return True

    def label_of(self, place: str) -> str:
        """How a person would name the field at a place; nothing if there is no such field."""
        row = _ROW.fullmatch(place)
        bind, name = (row[1], row[3]) if row else (place, "")
        for section in (section for page in self._form.pages for section in page.sections):
            for field in section.fields:
                if not row and field.bind == bind:
                    return self._desk.said(field.label)
            if section.table is not None and section.table.bind == bind:
                if not row:
                    return self._desk.said(section.title)
                for column in section.table.columns:
                    if column.bind == name:
                        return f"{self._desk.said(column.label)} · {self._of_row(bind, int(row[2]))}"
        return ""

    def _of_row(self, bind: str, index: int) -> str:
        rows = self._sheet.rows(bind)
        name = str(rows[index].get("name", "")) if index < len(rows) else ""
        return embedded(self._desk.screen.name(name)) if name else self._desk.words.number(index + 1)

    def place_of_cursor(self) -> str:
        """The place that has the cursor; nothing if it stands elsewhere."""
        tab = self.pages.currentIndex()
        return self._made[tab].place_of_cursor() if tab in self._made else ""

    def show_counted(self, counted: frozenset[int] | None, excluded: dict[int, str]) -> None:
        """Tell in the tables of members who counts."""
        self._counted, self._excluded = counted, excluded
        for page in self._made.values():
            self._tell_counted(page)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk the fields in the order of the paper, from page to page; past the ends Qt goes on."""
        tab = self.pages.currentIndex()
        focused = QApplication.focusWidget()
        if tab >= len(self._numbers) or focused is None:
            return super().focusNextPrevChild(forward)
        stops = self._page(tab).stops
        at = next((number for number, stop in enumerate(stops) if stop is focused or stop.isAncestorOf(focused)), None)
        if at is None:
            if focused is not self.tabs or not forward:
                return super().focusNextPrevChild(forward)
            return self._stop(tab, 0, forward=True)
        step = 1 if forward else -1
        return self._stop(tab, at + step, forward=forward) or super().focusNextPrevChild(forward)

    def _stop(self, tab: int, at: int, *, forward: bool) -> bool:
        """Stop at a field, or at the nearest page's end; false if there is none."""
        step = 1 if forward else -1
        while 0 <= tab < len(self._numbers):
            stops = self._page(tab).stops
            while 0 <= at < len(stops):
                if _takes_typing(stops[at]):
                    self._enter(tab, stops[at], forward=forward)
                    return True
                at += step
            tab += step
            at = 0 if forward else (len(self._page(tab).stops) - 1 if tab >= 0 else 0)
        return False

    def _enter(self, tab: int, stop: QWidget, *, forward: bool) -> None:
        if tab != self.pages.currentIndex():
            self.show_page(tab)
        stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        area = self.pages.widget(tab)
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(stop, 0, 40)

    def _page(self, tab: int) -> PageSheet:
        if tab not in self._made:
            number = self._numbers[tab]
            words = self._desk.words
            of = words.text("form.page", page=number + 1, pages=len(self._form.pages))
            head = Letterhead(self._desk.said(self._form.title), of)
            made = PageSheet(self._form.pages[number], head, self._sheet, self._desk)
            made.removed.connect(self.removed)
            made.clause_wanted.connect(self.clause_wanted)
            area = self.pages.widget(tab)
            if isinstance(area, QScrollArea):
                area.setWidget(made)
            made.show_problems(self._problems, self._rows)
            self._made[tab] = made
            self._tell_counted(made)
        return self._made[tab]

    def _tell_counted(self, page: PageSheet) -> None:
        for block in page.tables:
            if block.view.rows.column("counted") >= 0:
                block.view.rows.show_counted(self._counted, self._excluded)

    def _home(self, place: str) -> int | None:
        """The tab on which the field at a place stands; lines to sign on have none, nor has what is about no field."""
        if not place:
            return None
        row = _ROW.fullmatch(place)
        bind, name = (row[1], row[3]) if row else (place, "")
        for tab, number in enumerate(self._numbers):
            for section in self._form.pages[number].sections:
                if not row and any(bind in (f.bind, self._sheet.place(f.bind)) for f in section.fields):
                    return tab
                if row and any(
                    self._sheet.place(f.bind) == place for f in section.fields if f.bind.startswith("head.")
                ):
                    return tab
                table = section.table
                if (
                    table is not None
                    and table.bind == bind
                    and (not name or any(c.bind == name for c in table.columns))
                ):
                    return tab
        return None


def reveal(widget: QWidget) -> None:
    """Scroll to what has the cursor, once everything about it has found its place."""

    def scroll() -> None:
        area = widget.parentWidget()
        while area is not None and not isinstance(area, Scrolled):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(widget, 0, 60)

    QTimer.singleShot(0, widget, scroll)


def _takes_typing(stop: QWidget) -> bool:
    """Whether the cursor may stop there: not at a table whose rows come from another and are none yet."""
    if isinstance(stop, FormTable) and not stop.rows.rowCount():
        return False
    return stop.isEnabled() and not stop.isHidden()


def _on_screen(sections: Iterable[object]) -> bool:
    return any(getattr(section, "on", On.BOTH) is not On.PAPER for section in sections)


class Scrolled(QScrollArea):
    """Scrolls a sheet up and down. The sheet is as wide with the scroll bar as without it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._keep_width(0, 0)

    def _keep_width(self, least: int, most: int) -> None:
        free = self.verticalScrollBar().sizeHint().width() if least == most else 0
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setViewportMargins(free if right_to_left else 0, 0, 0 if right_to_left else free, 0)
