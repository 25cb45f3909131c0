"""The door: who sits down at the desk, who leaves it, and what covers the window in between."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from sanad.domain.changes import Done
from sanad.domain.staff import Credentials, Person
from sanad.ui.desk import Look
from sanad.ui.staff.code_card import forget_clipboard
from sanad.ui.staff.sign_in_page import SignInPage
from sanad.ui.staff.watch import Watch
from sanad.ui.tasks import Problems, Tasks

if TYPE_CHECKING:
    from sanad.services import Services
    from sanad.ui.main_window import MainWindow

SIGN_IN_NEEDED = "staff.sign_in_needed"
"""Said by every service once nobody is signed in any more, as when an account was closed meanwhile."""
ENCRYPTED = "data.sign_in_needed"
"""Said of a folder that only somebody of the office can open."""


class House(Protocol):
    """What the door opens into: the window of the moment, its look, and the thread of the file."""

    look: Look
    window: "MainWindow"
    tasks: Tasks


class Door(QObject):
    """``entered`` says that somebody sat down for whom the office is to be opened anew.

    ``unlocked`` hands over the services of an encrypted folder. Whoever comes back to his own desk finds it as it was.
    """

    entered = Signal()
    unlocked = Signal(object)

    def __init__(self, house: House, watch: Watch, parent: QObject) -> None:
        super().__init__(parent)
        self._house = house
        self._services: Services | None = None
        self._page: SignInPage | None = None
        self._person: Person | None = None
        self._cursor: QWidget | None = None
        self._code = ""
        self.watch = watch
        watch.left.connect(self.lock)
        house.tasks.denied.connect(self._denied)

    @property
    def closed(self) -> bool:
        """Whether the window is covered."""
        return self._page is not None

    @property
    def person(self) -> Person | None:
        """Who sits at the desk, or did so last; None as long as nobody has an account."""
        return self._person

    def open(self, services: "Services") -> None:
        """Let whoever is there sit down, or ask who it is where the office has accounts."""
        self._services = services
        staff = services.staff
        self._house.tasks.run(lambda: (staff.needed(), staff.signed_in()), self._opened)

    def unlock(self, open_services: "Callable[[Credentials], Services]") -> None:
        """Ask who is there before the data can be read at all."""
        words = self._house.look.words
        page = SignInPage(
            self._house.look,
            title=words.text("sign_in.title"),
            text=words.text("sign_in.encrypted"),
            recoverable=False,
        )

        def submit(user: str, password: str) -> None:
            said = Credentials(user, password)
            self._house.tasks.run(lambda: _opened_by(open_services, said), self.unlocked.emit, page.refuse)

        page.submitted.connect(submit)
        self._cover(page)

    def began(self, person: Person) -> None:
        """The first account was made, and its owner sits there already."""
        self._sit(person)

    def lock(self) -> None:
        """Cover everything until somebody signs in; what is typed is kept, what lies over the window is closed."""
        services, person = self._services, self._person
        if services is None or person is None or self.closed:
            return
        window = self._house.window
        if window.desk is not None:
            window.navigation.keep()
        self._cursor = QApplication.focusWidget()
        close_what_lies_over()
        forget_clipboard()
        self.ask_again()
        self._house.tasks.run(services.staff.sign_out)

    def ask_again(self) -> None:
        """Cover the window, and ask whoever comes who it is."""
        words = self._house.look.words
        user = self._person.user if self._person is not None else ""
        self._ask(words.text("locked.title"), words.text("locked.text"), user)

    def _opened(self, found: "tuple[bool, Person | None]") -> None:
        needed, person = found
        if person is not None:
            self._sit(person)
        if not needed or person is not None:
            self._uncover()
            self.entered.emit()
            return
        words = self._house.look.words
        self._ask(words.text("sign_in.title"), words.text("sign_in.text"))

    def _ask(self, title: str, text: str, user: str = "") -> None:
        page = SignInPage(self._house.look, title=title, text=text, user=user)
        page.submitted.connect(self._submit)
        page.recovered.connect(self._recover)
        page.code_printed.connect(self._print_code)
        page.code_kept.connect(self._enter)
        self._cover(page)

    def _cover(self, page: SignInPage) -> None:
        self.watch.end()
        self._page = page
        self._house.window.cover(page)
        page.begin()

    def _uncover(self) -> None:
        self._page = None
        self._house.window.uncover()

    def _submit(self, user: str, password: str) -> None:
        page, services = self._page, self._services
        if page is not None and services is not None:
            self._house.tasks.run(lambda: services.staff.sign_in(user, password), self._let_in, page.refuse)

    def _let_in(self, person: Person) -> None:
        """Whoever left comes back to what he left; anybody else finds an office of his own."""
        same = person == self._person
        self._sit(person)
        desk = self._house.window.desk
        if not same or desk is None:
            self.entered.emit()
            self._page = None
            return
        self._uncover()
        if self._cursor is not None and isValid(self._cursor):
            self._cursor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sit(self, person: Person) -> None:
        self._person = person
        self.watch.begin()

    def _recover(self, user: str, code: str, new: str) -> None:
        page, services = self._page, self._services
        if page is None or services is None:
            return
        staff = services.staff

        def recover() -> tuple[Done[str], Person]:
            return staff.recover(user, code, new), staff.sign_in(user, new)

        self._house.tasks.run(recover, self._recovered, page.refuse_recovery)

    def _recovered(self, answer: "tuple[Done[str], Person]") -> None:
        done, person = answer
        self._code = done.value
        self._person = person
        if self._page is not None:
            self._page.show_code(done.value)

    def _enter(self) -> None:
        """The next code was put away: now the office opens."""
        self._code = ""
        if self._person is not None:
            self._sit(self._person)
        self.entered.emit()
        self._page = None

    def _print_code(self) -> None:
        """Filled in by the window's own printing."""

    def _denied(self, problems: Problems) -> None:
        """A service says that nobody sits there any more: it is so at once."""
        if any(problem.code == SIGN_IN_NEEDED for problem in problems):
            QTimer.singleShot(0, self, self.lock)


def close_what_lies_over() -> None:
    """Close dialogs, menus and hints, files and printers among them: nothing stays open over a covered window."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog) and each.isVisible():
            each.reject()


def _opened_by(open_services: "Callable[[Credentials], Services]", said: Credentials) -> "Services":
    """The services of an encrypted folder, with whoever opened it signed in."""
    services = open_services(said)
    try:
        if services.staff.signed_in() is None and services.staff.needed():
            services.staff.sign_in(said.user, said.password)
    except BaseException:
        services.close()
        raise
    return services
