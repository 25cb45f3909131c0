"""The office's own facts, changed where they can be seen; and the look of this window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from sanad.domain.changes import Done
from sanad.domain.office import Office
from sanad.ui.desk import Desk
from sanad.ui.memory import Memory
from sanad.ui.setup.office_form import OfficeForm
from sanad.ui.setup.pick import Pick
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label


class SettingsPage(QWidget):
    """``changed`` tells that the window is to be made anew, as its language or look is another."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._memory = Memory()
        text = desk.words.text
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 12)
        head = row()
        head.addWidget(label(text("rail.settings"), "page"))
        head.addStretch(1)
        self._save = KeyButton(text("settings.save"), "Ctrl+S", "main")
        self._save.clicked.connect(self._say)
        head.addWidget(self._save)
        whole.addLayout(head)
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._body = column(inner, spacing=16)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        self.form: OfficeForm | None = None
        desk.tasks.run(desk.services.policies.list, self._ask)

    def _ask(self, guides: "object") -> None:
        text = self._desk.words.text
        office, inner = card(spacing=16)
        office.setMaximumWidth(760)
        inner.setContentsMargins(24, 20, 24, 24)
        inner.addWidget(label(text("settings.office"), "heading"))
        self.form = OfficeForm(self._desk, guides)  # type: ignore[arg-type] # as the service hands them over
        self.form.show_office(self._desk.office)
        inner.addWidget(self.form)
        self._body.addWidget(office)
        look, inner = card(spacing=12)
        look.setMaximumWidth(760)
        inner.setContentsMargins(24, 20, 24, 24)
        inner.addWidget(label(text("settings.look"), "heading"))
        self.look = Pick([("light", text("settings.light")), ("dark", text("settings.dark"))])
        self.look.setAccessibleName(text("settings.look"))
        self.look.pick("dark" if self._memory.dark else "light")
        self.look.picked.connect(self._turn_look)
        inner.addWidget(self.look)
        inner.addWidget(label(text("settings.shared_hint"), "hint", wraps=True))
        self._body.addWidget(look)
        self._body.addStretch(1)

    def _turn_look(self, value: str) -> None:
        self._memory.dark = value == "dark"
        self.changed.emit()

    def _say(self) -> None:
        if self.form is None:
            return
        self._save.setEnabled(False)
        office, offices = self.form.office(), self._desk.services.offices
        self._desk.tasks.run(lambda: offices.set_up(office), self._set_up, self._refused)

    def _set_up(self, done: Done[Office]) -> None:
        self._save.setEnabled(True)
        self._desk.refresh.changed.emit(done.changes)
        self.changed.emit()

    def _refused(self, problems: Problems) -> None:
        self._save.setEnabled(True)
        if self.form is not None:
            self.form.show_problems(problems)
