"""The door: who sits down at the desk, who leaves it, and what covers the window in between."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from sanad.domain.staff import Credentials, Person
from sanad.ui.desk import Look
from sanad.ui.staff.clipboard import forget_clipboard
from sanad.ui.staff.watch import Watch
from sanad.ui.tasks import Problems, Tasks

if TYPE_CHECKING:
    from sanad.services import Services
    from sanad.ui.main_window import MainWindow
    from sanad.ui.staff.sign_in_page import SignInPage

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
        self._stale = False
        self._code = ""
        self._reminded: set[str] = set()
        self.watch = watch
        watch.left.connect(self.lock)
        house.tasks.denied.connect(self._denied)

    @property
    def closed(self) -> bool:
        """Whether it is asked who is there, so that nothing else may be shown."""
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
        text = self._house.look.words.text
        page = self._sign_in_page(text("sign_in.title"), text("sign_in.encrypted"))

        def submit(user: str, password: str) -> None:
            said = Credentials(user, password)
            self._house.tasks.run(lambda: open_services(said), self.unlocked.emit, page.refuse)

        def recover(user: str, code: str, new: str) -> None:
            call = partial(_recovered_by, open_services, user, code, new)
            self._house.tasks.run(call, self._unlocked, page.refuse_recovery)

        page.submitted.connect(submit)
        page.recovered.connect(recover)
        self._cover(page)

    def _unlocked(self, answer: "tuple[Services, str]") -> None:
        services, self._code = answer
        self.unlocked.emit(services)

    def lock(self) -> None:
        """Cover everything until somebody signs in; what is typed is kept, what lies over the window is closed."""
        services = self._services
        if services is None or self._person is None or self.closed:
            return
        window = self._house.window
        if window.desk is not None:
            window.navigation.keep()
        self._cursor = QApplication.focusWidget()
        close_what_lies_over()
        forget_clipboard()
        self.ask_again()
        self._house.tasks.run(services.staff.sign_out)

    def leave(self) -> None:
        """The data are closed: nobody sits at them any more, there is nothing to lock, and nothing of them to paste."""
        self.watch.end()
        forget_clipboard()
        self._services = self._person = self._page = None

    def ask_again(self) -> None:
        """Cover the window, and ask whoever comes who it is."""
        text = self._house.look.words.text
        self._ask(text("locked.title"), text("locked.text"), self._person.user if self._person is not None else "")

    def begun(self, person: Person, code: str) -> None:
        """The first account was made, and its owner sits there already, with a code to put away."""
        self._person, self._code = person, code
        self.entered.emit()

    def changed(self, person: Person) -> None:
        """Whoever sits there is somebody else now in name or role: the office is opened anew for that."""
        self._person = person
        self.entered.emit()

    def renew(self) -> None:
        """What lies under the cover is not the office as it is now: even its own person finds it opened anew."""
        self._stale = True

    def tell_code(self, code: str) -> None:
        """Show a recovery code over everything until it was put away."""
        self._code = code
        self.seated()

    def seated(self) -> None:
        """The desk of whoever came in is open: what is to be told first is told now."""
        if self.closed:
            return  # it comes late: the code is kept for whoever comes back
        window = self._house.window
        if self._person is not None:
            self.watch.begin(window)
            self._remind(self._person)
        if not self._code or window.desk is None:
            return
        from sanad.ui.staff.code_page import CodePage

        page = CodePage(window.desk, self._code)
        page.kept.connect(self._put_away)
        window.cover(page)
        page.begin()

    def _remind(self, person: Person) -> None:
        """Ask whoever came with a password that a manager gave him to make one of his own; once while he is here."""
        services = self._services
        if services is None or person.id in self._reminded:
            return
        self._reminded.add(person.id)
        self._house.tasks.run(services.staff.password_is_lent, self._ask_for_own)

    def _ask_for_own(self, lent: bool) -> None:
        window, text = self._house.window, self._house.look.words.text
        if lent and window.desk is not None and not self.closed:
            window.ask(text("sign_in.lent"), text("people.password.own"), window.navigation.open_people)

    def _put_away(self) -> None:
        self._code = ""
        self._house.window.uncover()

    def _opened(self, found: "tuple[bool, Person | None]") -> None:
        needed, self._person = found
        if needed and self._person is None:
            text = self._house.look.words.text
            self._ask(text("sign_in.title"), text("sign_in.text"))
        else:
            self._enter()

    def _ask(self, title: str, text: str, user: str = "") -> None:
        page = self._sign_in_page(title, text, user)
        page.submitted.connect(self._submit)
        page.recovered.connect(self._recover)
        self._cover(page)

    def _sign_in_page(self, title: str, text: str, user: str = "") -> "SignInPage":
        from sanad.ui.staff.sign_in_page import SignInPage  # nobody waits for it before the first paint

        return SignInPage(self._house.look, title=title, text=text, user=user)

    def _cover(self, page: "SignInPage") -> None:
        self.watch.end()
        self._page = page
        self._house.window.cover(page, locked=True)
        page.begin()

    def _enter(self) -> None:
        self._page, self._stale = None, False
        self._house.window.unlock()
        self.entered.emit()

    def _submit(self, user: str, password: str) -> None:
        page, services = self._page, self._services
        if page is not None and services is not None:
            self._house.tasks.run(lambda: services.staff.sign_in(user, password), self._let_in, page.refuse)

    def _let_in(self, person: Person) -> None:
        """Whoever left comes back to what he left; anybody else finds an office of his own."""
        if self._too_late():
            return
        same, self._person = person == self._person, person
        window = self._house.window
        if not same or self._stale or window.desk is None:
            self._code = self._code if same else ""
            self._enter()
            return
        self._page = None
        window.unlock()
        window.uncover()
        if self._cursor is not None and isValid(self._cursor):
            self._cursor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.seated()

    def _recover(self, user: str, code: str, new: str) -> None:
        page, services = self._page, self._services
        if page is None or services is None:
            return
        staff = services.staff

        def recover() -> tuple[str, Person]:
            return staff.recover(user, code, new).value, staff.sign_in(user, new)

        self._house.tasks.run(recover, self._recovered, page.refuse_recovery)

    def _recovered(self, answer: "tuple[str, Person]") -> None:
        self._code, self._person = answer
        if self._too_late():
            self.renew()  # the code is told to whoever made it, at a desk of his own
            return
        self._enter()

    def _too_late(self) -> bool:
        """Whether the window is being closed in the place of the page that asked; whoever stays is asked anew then."""
        if self._house.window.is_covered_by(self._page):
            return False
        if self._services is not None:
            self._house.tasks.run(self._services.staff.sign_out)
        return True

    def _denied(self, problems: Problems) -> None:
        """A service says that nobody sits there any more: it is so at once."""
        if any(problem.code == SIGN_IN_NEEDED for problem in problems):
            QTimer.singleShot(0, self, self.lock)


def _recovered_by(
    open_services: "Callable[[Credentials], Services]", user: str, code: str, new: str
) -> "tuple[Services, str]":
    """An encrypted folder opened by the recovery code, its manager signed in by a new password; and the next code."""
    services = open_services(Credentials(user, code))
    try:
        following = services.staff.recover(user, code, new).value
        services.staff.sign_in(user, new)
    except BaseException:
        services.close()
        raise
    return services, following


def close_what_lies_over() -> None:
    """Close dialogs, menus and hints, files and printers among them: nothing stays open over a covered window."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog) and each.isVisible():
            each.reject()
