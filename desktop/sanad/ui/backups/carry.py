"""The one big action: a backup that is carried away, to a drive or a folder, seen through to its verification."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from sanad.domain.backup import Backup
from sanad.domain.errors import Refused
from sanad.domain.health import Size
from sanad.domain.staff import Permission
from sanad.ui.backups.new_passphrase import NewPassphrase
from sanad.ui.backups.places import Places
from sanad.ui.backups.progress import Work
from sanad.ui.desk import Desk
from sanad.ui.staff.rights import reason
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import Notice, column, emptied, row
from sanad.ui.widgets.labels import embedded, isolated, label


class Carry(QFrame):
    """Where to, then how far, then what came of it.

    ``made`` tells that a backup was made and is verified; it hands over the passphrase where the first one made the
    key under it, so that the recovery sheet can be printed at once.
    """

    made = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._has_key = True
        self._said = ""
        self.setProperty("role", "card")
        text = desk.words.text
        inner = column(self, margins=24, spacing=16)
        inner.addWidget(label(text("backups.carry.title"), "heading"))
        self._ask = QWidget()
        asked = column(self._ask, spacing=16)
        self.places = Places(desk)
        asked.addWidget(self.places)
        self._denied = reason(desk, Permission.SET_UP)
        self._reason = label("", "hint", wraps=True)
        self._reason.hide()
        asked.addWidget(self._reason)
        self.passphrase = NewPassphrase(desk)
        self.passphrase.hide()
        asked.addWidget(self.passphrase)
        feet = row()
        self.start = KeyButton(text("backups.carry.start"), "Ctrl+B", "main")
        self.start.setMinimumHeight(44)
        self.start.clicked.connect(self.begin)
        feet.addWidget(self.start)
        feet.addStretch(1)
        asked.addLayout(feet)
        inner.addWidget(self._ask)
        self.work = Work(desk, text("backups.carry.stop"))
        self.work.hide()
        inner.addWidget(self.work)
        self._told = column(spacing=8)
        inner.addLayout(self._told)
        self.places.picked.connect(self._enable)
        desk.background.broke.connect(self._stop_showing)

    @property
    def working(self) -> bool:
        """Whether a backup is being made."""
        return not self.work.isHidden()

    def show_key(self, *, there: bool) -> None:
        """Ask for a passphrase as long as there is no key."""
        self._has_key = there
        self.passphrase.setHidden(there or bool(self._denied))
        self._enable()

    def begin(self) -> None:
        """Make the backup in the place that is picked."""
        to = self.places.place()
        if to is None or self.working or not self.start.isEnabled():
            return
        emptied(self._told)
        try:
            passphrase = None if self._has_key else self.passphrase.said()
        except Refused as refused:
            self.passphrase.show_problems(refused.problems)
            return
        backups, background, work = self._desk.services.backups, self._desk.background, self.work
        self._said = passphrase or ""
        self._ask.hide()
        work.begin(self._desk.words.text("backups.carry.making"))
        background.run(
            lambda progress: backups.make(
                to,
                passphrase=passphrase,
                progress=progress,
                cancelled=lambda: work.is_stopped() or background.closed,
            ),
            self._done,
            self._failed,
            work.advance,
        )

    def _enable(self) -> None:
        denied = "" if self._has_key else self._denied
        self._reason.setText(denied)
        self._reason.setVisible(bool(denied))
        self.start.setEnabled(not denied and self.places.place() is not None)

    def _done(self, made: Backup) -> None:
        passphrase, self._said = self._said, ""
        self._rest()
        self.passphrase.clear()
        words = self._desk.words
        self._say(
            words.text(
                "backups.carry.done",
                name=isolated(Path(made.path).name),
                folder=embedded(str(Path(made.path).parent)),
                size=Size(made.size),
                families=made.manifest.families,
            )
        )
        self.made.emit(passphrase)

    def _failed(self, problems: Problems) -> None:
        self._rest()
        for problem in self.passphrase.show_problems(problems):
            quiet = problem.code == "backup.cancelled"
            self._say(self._desk.problem(problem), "amber" if quiet else "stop")

    def _stop_showing(self) -> None:
        """Something of ours went wrong, which the window tells: nothing is under way any more."""
        if self.working:
            self._rest()

    def _rest(self) -> None:
        self.work.hide()
        self._ask.show()
        self.start.setFocus()

    def _say(self, text: str, tone: str = "") -> None:
        self._told.addWidget(Notice(text, tone))
