"""The first run: one page that asks whose office this is."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from sanad.domain.errors import Refused
from sanad.domain.office import Language, Office
from sanad.domain.staff import Person
from sanad.ui.desk import Look
from sanad.ui.setup.keeping import KeepingBox
from sanad.ui.setup.office_form import OfficeForm
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label

if TYPE_CHECKING:
    from sanad.services import Services

_OF_ACCOUNT = frozenset({"name", "user", "password", "again"})
"""The questions that the account of the first manager is made from."""


class SetupPage(QWidget):
    """Done once, changed later in the settings.

    ``done`` hands over the account that was made for an encrypted folder and its recovery code, or None. ``turned``
    asks for the page in another language, with what was answered so far; ``restore_wanted`` to bring the data of
    another computer from a backup instead.
    """

    done = Signal(object)
    restore_wanted = Signal()
    turned = Signal(Language, tuple)

    def __init__(self, look: Look, services: "Services", tasks: Tasks, answers: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._answers = answers
        self._look = look
        self._services = services
        self._tasks = tasks
        self.form: OfficeForm | None = None
        self.keeping: KeepingBox
        whole = column(self)
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        around = column(inner, margins=24)
        around.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, self._body = card(spacing=16)
        made.setFixedWidth(720)
        self._body.setContentsMargins(40, 32, 40, 32)
        middle.addWidget(made)
        middle.addStretch(1)
        around.addLayout(middle)
        around.addStretch(1)
        area.setWidget(inner)
        whole.addWidget(area)
        self._fill(self._body)

    def begin(self) -> None:
        """Ask which guides there are, and whether data can be encrypted here; then the questions."""
        services = self._services
        self._tasks.run(lambda: (services.policies.list(), services.encryption.possible()), self._ask)

    def _fill(self, body: QVBoxLayout) -> None:
        text = self._look.words.text
        body.addWidget(label(text("setup.title"), "page"))
        body.addWidget(label(text("setup.text"), "soft", wraps=True))

    def _ask(self, found: "tuple[object, bool]") -> None:
        guides, possible = found
        words = self._look.words
        self.form = OfficeForm(self._look, guides)  # type: ignore[arg-type] # as the service hands them over
        self.form.language.pick(words.language)
        self.form.digits.pick(words.digits)
        if self._answers:
            self.form.show_answers(self._answers)
        self.form.language_turned.connect(self._turn)
        self._body.addWidget(self.form)
        self.keeping = KeepingBox(self._look, possible=possible)
        self._body.addWidget(self.keeping)
        self._record = button(words.text("setup.begin"), "main")
        self._record.clicked.connect(self._say)
        feet = row()
        feet.addWidget(self._record)
        feet.addStretch(1)
        restore = button(words.text("setup.restore"), "quiet", icon=self._look.icons.beside("history", "accent"))
        restore.clicked.connect(self.restore_wanted)
        feet.addWidget(restore)
        self._body.addLayout(feet)
        (self.form.language if self._answers else self.form.guide).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, language: str) -> None:
        if self.form is not None:
            self.turned.emit(Language(language), self.form.answers())

    def _say(self) -> None:
        form = self.form
        if form is None:
            return
        alike = self.keeping.agree()
        try:
            office = form.office()
        except Refused as refused:
            form.show_problems(refused.problems)
            return
        if not alike:
            return
        self._record.setEnabled(False)
        account = self.keeping.account
        said = (account.text("user"), account.text("name"), account.text("password")) if self.keeping.encrypts else None
        self._tasks.run(partial(_begin, self._services, office, said), self.done.emit, self._refused)

    def _refused(self, problems: Problems) -> None:
        self._record.setEnabled(True)
        if self.form is not None:
            self.keeping.show_problems(tuple(each for each in problems if each.where in _OF_ACCOUNT))
            self.form.show_problems(tuple(each for each in problems if each.where not in _OF_ACCOUNT))


def _begin(services: "Services", office: Office, said: tuple[str, str, str] | None) -> tuple[Person, str] | None:
    """Set up the office; where ``said`` names its first manager, with the data encrypted under his password."""
    services.offices.set_up(office)
    if said is None:
        return None
    user, name, password = said
    person, code = services.staff.begin(user, name, password).value
    services.encryption.begin(password, code)
    return person, code
