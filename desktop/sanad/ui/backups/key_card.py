"""The office key: its recovery sheet printed and tried, its passphrase changed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from sanad.domain.changes import Done
from sanad.domain.errors import Refused
from sanad.domain.health import Fact
from sanad.domain.staff import Permission
from sanad.ui.backups.telling import FactRow
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.staff.rights import guard
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import Notice, column, emptied
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import label, retone

SHEET = "recovery-sheet"
"""The name offered for the file of the sheet."""


class KeyCard(QFrame):
    """``printed`` hands over a paper to be looked at and printed, with a name for its file."""

    printed = Signal(bytes, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fresh = ""
        self._there = False
        self.setProperty("role", "card")
        text = desk.words.text
        inner = column(self, margins=16, spacing=8)
        inner.addWidget(label(text("key.title"), "strong"))
        self._said = label("", "soft", wraps=True)
        inner.addWidget(self._said)
        self._sheet = FactRow(desk.words, "sheet")
        inner.addWidget(self._sheet)
        self._told = column(spacing=8)
        inner.addLayout(self._told)
        self._asked = column(spacing=8)
        inner.addLayout(self._asked)
        self.sheet = button(text("key.sheet"), icon=desk.icons.beside("printer"))
        self.sheet.clicked.connect(self.ask_for_sheet)
        self.trial = button(text("key.trial"), icon=desk.icons.beside("search"))
        self.trial.clicked.connect(self.ask_for_trial)
        self.change = button(text("key.change"), icon=desk.icons.beside("key-round"))
        self.change.clicked.connect(self.ask_for_change)
        self._acts = QWidget()
        acts = column(self._acts, spacing=8)
        for each in (self.sheet, self.trial, self.change):
            acts.addWidget(each, alignment=Qt.AlignmentFlag.AlignLeading)
            guard(each, desk, Permission.SET_UP)
        inner.addWidget(self._acts)
        self.show_key(there=False)

    def show_key(self, *, there: bool) -> None:
        """Tell what opens the backups, and offer what can be done with the key."""
        self._said.setText(self._desk.words.text("key.there" if there else "key.none"))
        self._there = there
        self._sheet.setVisible(there)
        self._acts.setVisible(there and not self._asked.count())

    def tell(self, sheet: Fact) -> None:
        """Tell how the recovery sheet stands."""
        self._sheet.tell(sheet)

    def remind(self, passphrase: str) -> None:
        """The key was just made: have its sheet printed now, while the passphrase is known."""
        self._fresh = passphrase
        emptied(self._told)
        self._told.addWidget(Notice(self._desk.words.text("key.print_now"), "stop"))
        retone(self.sheet, role="main")
        self.sheet.setIcon(self._desk.icons.beside("printer", "on_accent"))

    def ask_for_sheet(self) -> None:
        """Ask for the passphrase, unless it was typed just now; then show the sheet."""
        if self._fresh:
            self._desk.tasks.run(self._sheet_of(self._fresh), self._show)
            return
        form = self._open("key.sheet.show")
        box = form.ask("", "key.passphrase", PasswordBox(self._desk))
        form.on_record(lambda: self._sheet_of(box.text()), self._show)
        form.begin()

    def ask_for_trial(self) -> None:
        """Ask for what stands on the sheet: typed, or read by a scanner."""
        form = self._open("key.trial.record")
        box = form.ask("sheet", "key.trial.letters", LineBox(left_to_right=True, role="box"))
        form.explain("sheet", label(self._desk.words.text("key.trial.hint"), "hint", wraps=True))
        backups = self._desk.services.backups

        def call() -> Callable[[], Done[str]]:
            said = box.text()
            return lambda: backups.try_sheet(said, key=form.key)

        form.on_record(call, self._tried)
        form.begin()

    def ask_for_change(self) -> None:
        """Ask for the passphrase of now, and twice for the new one."""
        form = self._open("key.change.record")
        old = form.ask("old", "key.old", PasswordBox(self._desk))
        new = form.ask("passphrase", "key.new", PasswordBox(self._desk))
        again = form.ask("again", "key.again", PasswordBox(self._desk))
        backups = self._desk.services.backups

        def call() -> Callable[[], Done[str]]:
            said = old.text(), new.text(), again.text()

            def change() -> Done[str]:
                if said[1] != said[2]:
                    raise Refused.because("backup.passphrases_differ", "again")
                return backups.change_passphrase(said[0], said[1])

            return change

        form.on_record(call, self._changed)
        form.begin()

    def _open(self, action: str) -> InlineForm:
        emptied(self._asked)
        form = InlineForm(self._desk, self._desk.words.text(action), columns=1)
        form.left.connect(self._close)
        self._asked.addWidget(form)
        self._acts.hide()
        return form

    def _close(self) -> None:
        emptied(self._asked)
        self._acts.setVisible(self._there)

    def _sheet_of(self, passphrase: str) -> Callable[[], bytes]:
        services, on = self._desk.services, self._desk.today()
        return lambda: services.papers.recovery_sheet(services.backups.recovery_key(passphrase), on)

    def _show(self, pdf: bytes) -> None:
        self._close()
        self._desk.keeper.look()
        self.printed.emit(pdf, SHEET)

    def _tried(self, done: Done[str]) -> None:
        self._close()
        emptied(self._told)
        self._desk.refresh.changed.emit(done.changes)
        self._desk.keeper.look()
        self._told.addWidget(Notice(self._desk.words.text("key.tried")))

    def _changed(self, done: Done[str]) -> None:
        self._close()
        self._fresh = ""
        self._desk.refresh.changed.emit(done.changes)
        self._told.addWidget(Notice(self._desk.words.text("key.changed")))
