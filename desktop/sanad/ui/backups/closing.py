"""The last backup of the day, made at closing while the window says so. It can be skipped, and never holds for ever."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.backup import Backup
from sanad.ui.backups.progress import Work
from sanad.ui.desk import Look
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label

if TYPE_CHECKING:
    from sanad.services import Services

SOON = 300
"""Milliseconds within which nothing is said: mostly no backup is due, or it is made by then."""
LONGEST = 120_000
"""Milliseconds after which the window goes without it."""


class ClosingPage(QWidget):
    """What stands in the window while it closes. ``go`` closes at once, ``stay`` goes back to work."""

    go = Signal()
    stay = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.hide()  # mostly it is not needed, and would be shown with the window otherwise
        self._look = look
        text = look.words.text
        whole = column(self)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, inner = card(spacing=12)
        made.setFixedWidth(560)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(label(text("closing.title"), "page"))
        self._said = label(text("closing.text"), "soft", wraps=True)
        inner.addWidget(self._said)
        self.work = Work(look, text("closing.skip"))
        self.work.stopped.connect(self.go)
        inner.addWidget(self.work)
        self._feet = QWidget()
        feet = row(self._feet)
        self.leave = button(text("closing.leave"), "main")
        self.leave.clicked.connect(self.go)
        feet.addWidget(self.leave)
        back = button(text("closing.stay"))
        back.clicked.connect(self.stay)
        feet.addWidget(back)
        feet.addStretch(1)
        self._feet.hide()
        inner.addWidget(self._feet)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)

    def begin(self) -> None:
        """Show that the backup is being made."""
        self.work.begin(self._look.words.text("closing.making"))

    def show_problems(self, problems: Problems) -> None:
        """Say why there is no backup, and let the person choose."""
        self.work.hide()
        self._said.setText("\n".join(self._look.words.problem(problem) for problem in problems))
        self._feet.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)


class Closing(QObject):
    """Has the backup made that is due at closing. ``shown`` hands over the page that tells of it; ``ended`` lets go.

    It goes with the window, and so does its page, whether or not that was ever shown.
    """

    shown = Signal(QWidget)
    ended = Signal()
    stayed = Signal()

    def __init__(self, look: Look, services: "Services", background: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self.page = ClosingPage(look, window)
        self.page.go.connect(self.ended)
        self.page.stay.connect(self.stayed)
        self._soon, self._longest = QTimer(self), QTimer(self)
        self._soon.timeout.connect(self._show)
        self._longest.timeout.connect(self.ended)

    def begin(self) -> None:
        """Make what is due."""
        for timer, after in ((self._soon, SOON), (self._longest, LONGEST)):
            timer.setSingleShot(True)
            timer.start(after)
        self.page.begin()
        work, background, backups = self.page.work, self._background, self._services.backups

        def make(progress: "object") -> Backup | None:
            return backups.when_due(
                closing=True,
                progress=progress,  # type: ignore[arg-type] # as the tasks hand it over
                cancelled=lambda: work.is_stopped() or background.closed,
            )

        background.run(make, self._done, self._failed, self.page.work.advance)

    def _done(self, _made: Backup | None) -> None:
        self.ended.emit()

    def _failed(self, problems: Problems) -> None:
        self._soon.stop()
        self._longest.stop()
        self._show()
        self.page.show_problems(problems)

    def _show(self) -> None:
        self.shown.emit(self.page)
