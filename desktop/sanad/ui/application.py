"""The program with a window: Qt, the look, the thread of the file; the window is painted before the data is opened."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from sanad import places
from sanad.domain.office import Digits, Language, Office
from sanad.ui.desk import ClauseText, Desk, Guide, Look, Screen
from sanad.ui.doorbell import Doorbell, ring
from sanad.ui.icons import Icons
from sanad.ui.main_window import MainWindow
from sanad.ui.memory import Memory
from sanad.ui.refresh import Refresh
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.theme import Theme, load_fonts
from sanad.ui.widgets.labels import isolated
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.forms.definition import Form
    from sanad.services import Services

CASE_STUDY = "case-study"
"""The form that a family's file is."""

LEAST_ROOM, MUCH_ROOM = 1280, 1600
"""Pixels of a screen's width between which the window takes all of it."""

OpenServices = Callable[[], "Services"]


def run(open_services: OpenServices, folder: Path) -> int:
    """Open the window on the data ``folder``, which ``open_services`` opens; the exit status when it is closed.

    Where a window is open on it already, that one comes to the front and no second is made.
    """
    qt = make_application()
    if ring(folder):
        return 0
    program = Program(qt, open_services, folder)
    program.start()
    status = qt.exec()
    program.close()
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


@dataclass(frozen=True, kw_only=True)
class OpenOffice:
    """What is read once when the data is open, away from the window's thread."""

    services: "Services"
    office: Office
    guide: Guide
    form: "Form"


def read_office(services: "Services", on: date) -> OpenOffice | None:
    """The office with its guide, as it stands ``on`` a day, and form; None as long as nobody has set it up."""
    office = services.offices.read()
    if office is None:
        return None
    policy = services.policies.get(office.policy)
    limit = policy.at(max(on, policy.first_day)).figures.get("seasonal_limit")
    return OpenOffice(
        services=services,
        office=office,
        guide=Guide(
            title=policy.title,
            aids=policy.aids,
            documents=policy.documents,
            facts=policy.fact_labels,
            seasonal_limit=limit.value if limit is not None else None,
            clauses={
                clause.id: ClauseText(place=clause.place, wording=clause.wording) for clause in policy.clauses.values()
            },
        ),
        form=services.papers.form(CASE_STUDY, office.policy),
    )


class Program(QObject):
    """Holds what lives as long as the program: the application, the thread, the services, the window of the moment."""

    def __init__(
        self, qt: QApplication, open_services: OpenServices, folder: Path, clock: Callable[[], date] = today
    ) -> None:
        super().__init__()
        self.qt = qt
        self._open_services = open_services
        self._folder = folder
        self._clock = clock
        self.memory = Memory()
        self.tasks = Tasks(self)
        self.refresh = Refresh(self)
        self.screen = Screen(self)
        self.services: Services | None = None
        self.closed = False
        self._bell: Doorbell | None = None
        self._qt_texts: QTranslator | None = None
        self.window = self._make_window(self.memory.language, self.memory.digits)
        self.tasks.refused.connect(self._refused)
        self.tasks.broke.connect(self._broke)
        sys.excepthook = self._caught

    def start(self) -> None:
        """Show the window; open the data once it was painted."""
        room = self.window.screen().availableGeometry().width()
        if LEAST_ROOM <= room < MUCH_ROOM:
            self.window.showMaximized()
        else:
            self.window.show()
        FirstPaint(self.window, self._open)

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

    def close(self) -> None:
        """Wait for what is under way, then close the data."""
        self.closed = True
        sys.excepthook = sys.__excepthook__
        if self._bell is not None:
            self._bell.take_down()
        if self.services is not None:
            self.tasks.run(self.services.close)
        self.tasks.close()
        self.window.deleteLater()

    def _make_window(self, language: Language, digits: Digits) -> MainWindow:
        words = Words(places.locale(), language, digits)
        theme = Theme.load(places.theme(), dark=self.memory.dark)
        icons = Icons(places.icons(), theme, right_to_left=words.right_to_left)
        direction = Qt.LayoutDirection.RightToLeft if words.right_to_left else Qt.LayoutDirection.LeftToRight
        self.qt.setLayoutDirection(direction)
        self._translate_qt(language)
        self.qt.setFont(theme.font())
        self.qt.setPalette(theme.palette())
        self.qt.setStyleSheet(theme.style_sheet())
        self._look = Look(words=words, theme=theme, icons=icons)
        window = MainWindow(self._look)
        window.settled.connect(self._settle)
        return window

    def _translate_qt(self, language: Language) -> None:
        if self._qt_texts is not None:
            self.qt.removeTranslator(self._qt_texts)
            self._qt_texts = None
        if language is Language.ARABIC:
            self._qt_texts = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._qt_texts.load("qtbase_ar", folder):
                self.qt.installTranslator(self._qt_texts)

    def _open(self) -> None:
        self.tasks.run(self._open_services, self._opened, self._not_opened)

    def _opened(self, services: "Services") -> None:
        self.services = services
        self._bell = Doorbell(self._folder, self)
        self._bell.rung.connect(self.come_forward)
        self._settle()

    def _settle(self) -> None:
        """Sit down at the office as it is set up now."""
        services = self.services
        if services is not None:
            day = self._clock()
            self.tasks.run(lambda: read_office(services, day), self._sit_down)

    def _sit_down(self, found: "OpenOffice | None") -> None:
        if found is None:
            self._first_run()
            return
        office = found.office
        self.memory.language, self.memory.digits = office.language, office.digits
        words = self._look.words
        if (words.language, words.digits) != (office.language, office.digits) or self.window.desk is not None:
            self._replace_window(office.language, office.digits)
        self.window.open_desk(
            Desk(
                words=self._look.words,
                theme=self._look.theme,
                icons=self._look.icons,
                services=found.services,
                office=office,
                guide=found.guide,
                form=found.form,
                tasks=self.tasks,
                refresh=self.refresh,
                screen=self.screen,
                today=self._clock,
            )
        )

    def _first_run(self) -> None:
        from sanad.ui.setup.page import SetupPage  # seen once in the life of an office

        services = self.services
        if services is None:
            return
        page = SetupPage(self._look, services, self.tasks)
        page.done.connect(self._settle)
        page.turned.connect(self._turn)
        self.window.show_alone(page)
        page.begin()

    def _turn(self, language: Language) -> None:
        """The first page is read in the other language."""
        self.wear(language)
        self._first_run()

    def _replace_window(self, language: Language, digits: Digits) -> None:
        old = self.window
        self.window = self._make_window(language, digits)
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.show()
        old.close()
        old.deleteLater()

    def _not_opened(self, problems: Problems) -> None:
        if any(problem.code == "data.in_use" for problem in problems) and ring(self._folder):
            self.window.close()  # both were started in the same moment, and the other one was first
            return
        from sanad.ui.setup.closed_page import ClosedPage  # only when the data cannot be opened

        page = ClosedPage(self._look, problems)
        page.again.connect(self._open)
        self.window.show_alone(page)

    def _refused(self, problems: Problems) -> None:
        """Nobody took a refusal: the window of the moment says it."""
        self.window.tell_problems(problems)

    def _broke(self, error: BaseException) -> None:
        """Something of ours went wrong: keep a report without names, say its number; what is typed stays."""
        from sanad.services import reports  # only when something broke

        number = reports.keep(error, self._folder / "logs", self._clock())
        self.window.tell(self._look.words.text("failure.told", number=isolated(number)), "stop")

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
