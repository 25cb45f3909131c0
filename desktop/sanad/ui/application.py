"""The program with a window: Qt, the look, the thread of the file; the window is painted before the data is opened."""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from sanad import places
from sanad.domain.office import Digits, Language
from sanad.domain.staff import Credentials, Person
from sanad.ui.backups.keeper import Keeper
from sanad.ui.backups.safekeeping import Safekeeping
from sanad.ui.collecting import Collecting
from sanad.ui.desk import Desk, Look, Screen
from sanad.ui.doorbell import Doorbell, ring
from sanad.ui.icons import Icons
from sanad.ui.main_window import MainWindow
from sanad.ui.memory import Memory
from sanad.ui.refresh import Refresh
from sanad.ui.staff.door import ENCRYPTED, Door
from sanad.ui.staff.watch import Watch
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.theme import Theme, load_fonts
from sanad.ui.widgets.labels import isolated
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.services import Reference, Services
    from sanad.ui.open_office import OpenOffice

LEAST_ROOM, MUCH_ROOM = 1280, 1600
"""Pixels of a screen's width between which the window takes all of it."""

OpenServices = Callable[..., "Services"]
"""Opens the data; those that are encrypted with the credentials of somebody of the office."""
OpenReference = Callable[[], "Reference"]

PATIENCE = 10.0
"""Seconds for which closing waits for long work that was told to stop."""


def run(open_services: OpenServices, folder: Path, reference: OpenReference) -> int:
    """Open the window on the data ``folder``, which ``open_services`` opens; the exit status when it is closed.

    ``reference`` builds what works while no data are open.
    Where a window is open on it already, that one comes to the front and no second is made.
    """
    qt = make_application()
    if ring(folder):
        return 0
    program = Program(qt, open_services, folder, reference)
    program.start()
    status = qt.exec()
    if not program.close():
        os._exit(status)  # a drive that answers no more holds its thread for ever; the data are closed by now
    return status


def make_application() -> QApplication:
    """The one QApplication, with the shipped fonts and Qt's plain style."""
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    qt.setApplicationName("sanad")
    qt.setStyle("Fusion")
    load_fonts(places.fonts())
    return qt


def today() -> date:
    """The day at the desk."""
    return datetime.now().astimezone().date()


class Program(QObject):
    """Holds what lives as long as the program: the application, the thread, the services, the window of the moment."""

    def __init__(
        self,
        qt: QApplication,
        open_services: OpenServices,
        folder: Path,
        reference: OpenReference,
        clock: Callable[[], date] = today,
    ) -> None:
        super().__init__()
        self.qt = qt
        self._open_services = open_services
        self.reference = reference
        self.folder = folder
        self._clock = clock
        self.memory = Memory()
        self.collecting = Collecting(self)
        self.tasks = Tasks(self)
        self.background = Tasks(self, name="background")
        self.refresh = Refresh(self)
        self.screen = Screen(self)
        self.services: Services | None = None
        self._last_opened: Services | None = None
        self.closed = False
        self._bell: Doorbell | None = None
        self._qt_texts: QTranslator | None = None
        self.safe = Safekeeping(self, self)
        self.door: Door = Door(self, Watch(self), self)
        self.door.entered.connect(self._settle)
        self.door.unlocked.connect(self._opened)
        self.window: MainWindow = self._make_window(self.memory.language, self.memory.digits)
        for tasks in (self.tasks, self.background):
            tasks.refused.connect(self._refused)
            tasks.broke.connect(self._broke)
        self.tasks.denied.connect(self._doubt_clock)
        qt.commitDataRequest.connect(self._end_with_machine)
        sys.excepthook = self._caught

    def start(self) -> None:
        """Show the window; open the data once it was painted."""
        room = self.window.screen().availableGeometry().width()
        if LEAST_ROOM <= room < MUCH_ROOM:
            self.window.showMaximized()
        else:
            self.window.show()
        FirstPaint(self.window, self.open)

    def wear(self, language: Language) -> None:
        """Show the window anew in a language and in the look that this computer remembers."""
        self.memory.language = language
        self._replace_window(language, self.memory.digits)

    def come_forward(self) -> None:
        """Put the window before all others, also when it was put away."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def close(self) -> bool:
        """Wait for what is under way, then close the data; whether all of it has ended.

        Long work is told to stop, and not waited for for ever.
        """
        self.closed = True
        sys.excepthook = sys.__excepthook__
        self.door.leave()
        if self._bell is not None:
            self._bell.take_down()
        ended = self.background.close(within=PATIENCE)
        if ended or self.services is not None:  # a restore that hangs has them otherwise
            self.tasks.run(self._close_data)
        self.tasks.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs any more that would do it
        self.collecting.end()
        return ended

    def _make_window(self, language: Language, digits: Digits) -> MainWindow:
        words = Words(places.locale(), language, digits, self.memory.hijri_shift)
        theme = Theme.load(places.theme(), dark=self.memory.dark)
        icons = Icons(places.icons(), theme, right_to_left=words.right_to_left)
        direction = Qt.LayoutDirection.RightToLeft if words.right_to_left else Qt.LayoutDirection.LeftToRight
        self.qt.setLayoutDirection(direction)
        self._translate_qt(language)
        self.qt.setFont(theme.font())
        self.qt.setPalette(theme.palette())
        self.qt.setStyleSheet(theme.style_sheet())
        self.look = Look(words=words, theme=theme, icons=icons)
        window = MainWindow(self.look)
        window.settled.connect(self._settle)
        window.adopted.connect(self._settle)
        window.leaving.connect(self.safe.leave)
        window.restore_wanted.connect(self.safe.restore)
        window.undo_wanted.connect(self.safe.undo)
        window.bar.lock.clicked.connect(self.door.lock)
        return window

    def give_up_data(self) -> "Services | None":
        """Hand the open data to whoever closes them, and show a window that has nothing to do with them."""
        services, self.services = self.services, None
        self.door.leave()
        if self._bell is not None:
            self._bell.take_down()
            self._bell = None
        self._replace_window(self.memory.language, self.memory.digits)  # the old one keeps what is typed
        return services

    def _end_with_machine(self) -> None:
        """The computer itself is being shut down: it waits for nobody, and the next start makes up for the backup."""
        self.window.let_go()

    def _translate_qt(self, language: Language) -> None:
        if self._qt_texts is not None:
            self.qt.removeTranslator(self._qt_texts)
            self._qt_texts = None
        if language is Language.ARABIC:
            self._qt_texts = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._qt_texts.load("qtbase_ar", folder):
                self.qt.installTranslator(self._qt_texts)

    def open(self) -> None:
        """Open the data, and show what is to be seen then."""
        self.tasks.run(self._open_data, self._opened, self._not_opened)

    def _open_data(self, *credentials: Credentials) -> "Services":
        """On the thread of the file: what was opened is known there also if the window goes before it is told."""
        self._last_opened = services = self._open_services(*credentials)
        return services

    def _close_data(self) -> None:
        """On the thread of the file, behind an opening that is still under way; closed twice does no harm."""
        if self._last_opened is not None:
            self._last_opened.close()

    def _opened(self, services: "Services") -> None:
        self.services = services
        self._bell = Doorbell(self.folder, self)
        self._bell.rung.connect(self.come_forward)
        self.door.open(services)

    def _settle(self, adopted: str = "") -> None:
        """Sit down at the office as it is set up now; at its guide, where ``adopted`` says what was adopted of it."""
        from sanad.ui.open_office import read_office  # nothing of it is painted first

        services = self.services
        if services is not None:
            day = self._clock()
            self.tasks.run(lambda: read_office(services, day), lambda found: self._sit_down(found, adopted))

    def _sit_down(self, found: "OpenOffice | None", adopted: str) -> None:
        if self.door.closed:
            self.door.renew()
            return
        if found is None:
            self._first_run()
            return
        office = found.office
        reading = (office.language, office.digits, office.hijri_shift)
        self.memory.language, self.memory.digits, self.memory.hijri_shift = reading
        words = self.look.words
        if (words.language, words.digits, words.hijri_shift) != reading or self.window.desk is not None:
            self._replace_window(office.language, office.digits)
        keeper = Keeper(found.services, self.refresh, self.tasks, self.background, self.window)
        self.window.open_desk(
            Desk(
                words=self.look.words,
                theme=self.look.theme,
                icons=self.look.icons,
                services=found.services,
                office=office,
                guide=found.guide,
                form=found.form,
                tasks=self.tasks,
                background=self.background,
                refresh=self.refresh,
                keeper=keeper,
                screen=self.screen,
                person=self.door.person,
                door=self.door,
                today=self._clock,
            )
        )
        self.safe.tell_news()
        self.door.seated()
        if adopted:
            self.window.navigation.open_guide()
            self.window.tell(adopted)

    def _first_run(self, answers: tuple[str, ...] = ()) -> None:
        from sanad.ui.setup.page import SetupPage  # seen once in the life of an office

        services = self.services
        if services is None:
            return
        page = SetupPage(self.look, services, self.tasks, answers)
        page.done.connect(self._begun)
        page.turned.connect(self._turn)
        page.restore_wanted.connect(lambda: self.safe.choose(services, self._first_run))
        self.window.show_alone(page)
        page.begin()

    def _begun(self, account: "tuple[Person, str] | None") -> None:
        """The office is set up; where its data are encrypted, its first manager sits there, with a code to put away."""
        if account is None:
            self._settle()
        else:
            self.door.begun(*account)

    def _turn(self, language: Language, answers: tuple[str, ...]) -> None:
        """The first page is read in the other language; nothing that was typed is lost."""
        self.wear(language)
        self._first_run(answers)

    def _replace_window(self, language: Language, digits: Digits) -> None:
        old = self.window
        self.window = self._make_window(language, digits)
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.show()
        old.let_go()
        old.deleteLater()

    def _not_opened(self, problems: Problems) -> None:
        if any(problem.code == "data.in_use" for problem in problems) and ring(self.folder):
            self.window.close()  # both were started in the same moment, and the other one was first
            return
        if any(problem.code == ENCRYPTED for problem in problems):
            self.door.unlock(self._open_data)
            return
        from sanad.ui.setup.closed_page import ClosedPage  # only when the data cannot be opened

        page = ClosedPage(self.look, problems)
        page.again.connect(self.open)
        page.restore_wanted.connect(self.safe.choose_closed)
        page.anew_wanted.connect(self.safe.begin_anew)
        self.window.show_alone(page)
        self.safe.tell_news()

    def _refused(self, problems: Problems) -> None:
        """Nobody took a refusal: the window of the moment says it; a covered one says nothing."""
        if not self.door.closed:
            self.window.tell_problems(problems)

    def _doubt_clock(self, problems: Problems) -> None:
        """The machine's date may be wrong: ask once, over the page of the moment."""
        services, words = self.services, self.look.words
        doubted = next((problem for problem in problems if problem.code == "clock.far_ahead"), None)
        if doubted is not None and services is not None:
            key, offices = str(uuid4()), services.offices
            self.window.ask(
                words.problem(doubted),
                words.text("clock.is_right"),
                lambda: self.tasks.run(lambda: offices.answer_for_clock(key=key)),
            )

    def _broke(self, error: BaseException) -> None:
        """Something of ours went wrong: keep a report without names, say its number; what is typed stays."""
        from sanad.services import reports  # only when something broke

        number = reports.keep(error, self.folder / "logs", self._clock())
        self.window.tell(self.look.words.text("failure.told", number=isolated(number)), "stop")

    def _caught(self, _kind: type[BaseException], error: BaseException, _at: TracebackType | None) -> None:
        """An error that no slot caught: told in the window, as nobody sees a console."""
        self._broke(error)


class FirstPaint(QObject):
    """Calls once the window has been painted for the first time."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        self._watched = window.ground
        self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass; the first paint starts the rest."""
        if event.type() is QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False
