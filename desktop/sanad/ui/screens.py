"""Takes pictures of the window: the three of the demonstration, and every screen for whoever draws them."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from sanad.domain.office import Language
from sanad.ui.application import Program, make_application, today
from sanad.ui.households.page import HouseholdPage
from sanad.ui.main_window import MainWindow
from sanad.ui.navigation import Navigation
from sanad.ui.rail import Place

if TYPE_CHECKING:
    from sanad.services import Reference, Services

SIZE = (1366, 768)
"""Pixels of the screens that stand in old offices."""
QUIET = 0.4
"""Seconds without anything under way after which a screen is taken to be drawn."""
LONGEST_WAIT = 20.0
"""Seconds after which a screen that is still at work is taken as it is."""
MEMBERS = 1
"""The tab on which a family's file shows its members."""

Open = Callable[[], "Services"]
OpenReference = Callable[[], "Reference"]


class Camera:
    """Walks through an open window and takes pictures of it."""

    def __init__(self, program: Program, folder: Path, prefix: str) -> None:
        self._program = program
        self._folder = folder
        self._prefix = prefix

    @property
    def ways(self) -> Navigation:
        """How one gets from page to page."""
        return self._program.window.navigation

    def wait(self) -> None:
        """Until everything that was asked for is answered and drawn."""
        end = monotonic() + LONGEST_WAIT
        quiet_since = monotonic()
        while monotonic() < end and monotonic() - quiet_since < QUIET:
            self._program.qt.processEvents()
            sleep(0.005)
            program = self._program
            if program.services is None or program.tasks.busy or program.background.busy:
                quiet_since = monotonic()

    @property
    def window(self) -> MainWindow:
        """The window of the moment."""
        return self._program.window

    def take(self, name: str) -> None:
        """The window as it is now, once it is quiet."""
        self.wait()
        self.take_now(name)

    def take_now(self, name: str) -> None:
        """The window as it is now, whatever is under way."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._program.window.grab().save(str(self._folder / f"{self._prefix}{name}.png"))

    def demonstration(self) -> None:
        """The three pictures that tell the whole: the day, a family, its paper."""
        self.take("today")
        page = self._open_family()
        page.form.show_page(MEMBERS - 1)
        page.form.turn(1)
        self.take("family")
        page.print_file()
        self.take("print")

    def sample(self) -> None:
        """An office with families."""
        self.demonstration()
        page = self._open_family()
        for tab in range(page.form.tabs.count()):
            page.form.show_page(tab)
            self.take(f"family-{tab + 1}")
        self._request(page)
        self._receipt(page)
        self.ways.go(Place.HOUSEHOLDS)
        self.take("families")
        search, name = self._program.window.bar.search, page.sheet.cell("head.name")
        search.setText(name.split()[0])
        search.textEdited.emit(search.text())
        self.take("families-found")
        self._problems(name)
        self.ways.go(Place.SETTINGS)
        self.take("settings")
        self.ways.open_guide()
        self.take("guide")

    def empty(self) -> None:
        """An office without a family."""
        self.take("today")
        self.ways.go(Place.HOUSEHOLDS)
        self.take("families")
        self.ways.new_household()
        self.take("new")

    def first_run(self) -> None:
        """The first page of all."""
        self.take("setup")

    def _open_family(self) -> HouseholdPage:
        """The file of the first family of five, or of the first there is."""
        self.wait()
        services = self._program.services
        rows = sorted(services.households.search("", 50), key=lambda row: row.file_number) if services else []
        self.ways.open_household(next((row for row in rows if row.members == 5), rows[0]).id)
        self.wait()
        return self._file()

    def _file(self) -> HouseholdPage:
        page = self.ways.household
        if page is None:
            raise LookupError("no family's file is open")
        return page

    def _request(self, page: HouseholdPage) -> None:
        """A request as it is typed, for the aid about which the guide asks the most, with all that it may say."""
        services, family = self._program.services, page.family
        office = services.offices.read() if services else None
        if services is None or family is None or office is None:
            return
        aids = services.policies.get(office.policy).aids_offered
        page.show_path()
        page.path.begin(max(aids, key=lambda aid: len(aids[aid].facts)))
        self.take("request")

    def _receipt(self, page: HouseholdPage) -> None:
        services, family = self._program.services, page.family
        if services is None or family is None:
            return
        payments = [paid for view in services.requests.of(family.id) for paid in view.payments]
        if payments:
            self.ways.preview(services.papers.receipt(payments[0].voucher.id, today()), "receipt")
            self.take("receipt")

    def _problems(self, name: str) -> None:
        """A new family with slips of the keyboard, after it was to be saved."""
        self.ways.new_household()
        self.take("new")
        page = self._file()
        page.sheet.put("head.name", name)
        page.sheet.put("head.birth_date", "31/02/1980")
        page.sheet.put_cell("household.members", 1, "name", name)
        page.sheet.put_cell("household.members", 1, "birth_date", "2099-01-01")
        page.save()
        self.take("problems")
        page.drop_draft()


def photograph_demonstration(open_services: Open, reference: OpenReference, folder: Path) -> None:
    """``today.png``, ``family.png`` and ``print.png`` in ``folder``, of the office that ``open_services`` opens."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_tell_all_but_the_harmless)
    try:
        with photographed(open_services, reference, Language.ARABIC, dark=False, folder=folder, prefix="") as camera:
            camera.demonstration()
    finally:
        qInstallMessageHandler(None)


def _tell_all_but_the_harmless(_kind: QtMsgType, _context: QMessageLogContext, said: str) -> None:
    """Pass on what Qt says, but that offscreen there is no window manager to tell a window's size to."""
    if not said.startswith("This plugin does not support"):
        sys.stderr.write(f"{said}\n")


@contextmanager
def photographed(
    open_services: Open, reference: OpenReference, language: Language, *, dark: bool, folder: Path, prefix: str
) -> Iterator[Camera]:
    """A window in a language and look; what it remembers of itself is forgotten afterwards."""
    with TemporaryDirectory(prefix="sanad-memory-") as memory:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, memory)
        program = Program(make_application(), open_services, Path(memory), reference)
        program.memory.dark = dark
        program.wear(language)
        program.start()
        program.window.resize(*SIZE)
        try:
            yield Camera(program, folder, prefix)
        finally:
            program.window.close()
            program.close()
