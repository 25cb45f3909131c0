"""The office's own facts and the logo of its papers, changed where they can be seen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.changes import Done
from sanad.domain.errors import Refused
from sanad.domain.office import Office
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.settings.logo_box import LogoBox
from sanad.ui.setup.office_form import OfficeForm
from sanad.ui.staff.rights import guard
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import card, column
from sanad.ui.widgets.labels import label

WIDEST = 760
"""Pixels of a card in the settings: lines of text beyond it are hard to read."""


class OfficePage(QWidget):
    """Asks what the first run asked, with the answers of today. ``changed``: the window is to be made anew."""

    changed = Signal()

    def __init__(self, desk: Desk, save: KeyButton) -> None:
        super().__init__()
        self._desk = desk
        self._save = save
        save.clicked.connect(self.save)
        guard(save, desk, Permission.SET_UP)
        self._body = column(self, spacing=16)
        self.form: OfficeForm | None = None
        self.logo: LogoBox | None = None
        desk.tasks.run(desk.services.policies.list, self._ask)

    def save(self) -> None:
        """Have the office be what is answered, or say what stands against it."""
        if self.form is None or not self.isVisible() or not self._desk.may(Permission.SET_UP):
            return
        try:
            office, offices = self.form.office(), self._desk.services.offices
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._save.setEnabled(False)
        self._desk.tasks.run(lambda: offices.set_up(office), self._set_up, self._refused)

    def _ask(self, guides: "object") -> None:
        text = self._desk.words.text
        office, inner = card(spacing=16)
        office.setMaximumWidth(WIDEST)
        inner.setContentsMargins(24, 20, 24, 24)
        inner.addWidget(label(text("settings.office"), "heading"))
        self.form = OfficeForm(self._desk, guides, today=self._desk.today())  # type: ignore[arg-type] # as the service hands them over
        self.form.show_office(self._desk.office)
        inner.addWidget(self.form)
        self._body.addWidget(office)
        made, inner = card(spacing=12)
        made.setMaximumWidth(WIDEST)
        inner.setContentsMargins(24, 20, 24, 24)
        inner.addWidget(label(text("office.logo"), "heading"))
        self.logo = LogoBox(self._desk)
        inner.addWidget(self.logo)
        self._body.addWidget(made)
        self._body.addStretch(1)

    def _set_up(self, done: Done[Office]) -> None:
        self._save.setEnabled(True)
        self._desk.refresh.changed.emit(done.changes)
        self.changed.emit()

    def _refused(self, problems: Problems) -> None:
        self._save.setEnabled(True)
        if self.form is not None:
            self.form.show_problems(problems)
