"""Keeps an eye on the backups of an open office, and has its own made when they are due, while nobody waits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sanad.domain.backup import Backup
from sanad.domain.changes import Changes
from sanad.domain.health import Fact
from sanad.ui.refresh import Refresh
from sanad.ui.tasks import Problems, Tasks

if TYPE_CHECKING:
    from sanad.services import Services

AGAIN = 10 * 60 * 1000
"""Milliseconds after which it looks again though nothing was recorded: the day and the room on the disk go on."""


class Keeper(QObject):
    """``looked`` tells the facts of how the folder stands.

    ``tried`` tells why a backup by itself could not be made; nothing where it could, or none was due.
    """

    looked = Signal(tuple)
    tried = Signal(tuple)

    def __init__(
        self, services: "Services", refresh: Refresh, tasks: Tasks, background: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._background = background
        self._owed = True
        self.facts: tuple[Fact, ...] = ()
        refresh.changed.connect(self._recorded)
        tasks.idle.connect(self._rest)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.look)
        self._again.start()

    def look(self) -> None:
        """Read anew how the folder stands."""
        self._tasks.run(self._services.health.facts, self._tell, self._keep_still)

    def remember(self) -> None:
        """Something was recorded: look anew, and at the next rest see whether a backup is due."""
        self._owed = True
        self.look()

    def fact(self, name: str) -> Fact | None:
        """One of the facts as they were last looked at."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def _recorded(self, _changes: Changes) -> None:
        self._owed = True

    def _rest(self) -> None:
        """Nothing is waited for at the desk: the moment for what is due."""
        if not self._owed:
            return
        self._owed = False
        background = self._background
        backups = self._services.backups
        background.run(lambda: backups.when_due(cancelled=lambda: background.closed), self._made, self._not_made)

    def _keep_still(self, _problems: Problems) -> None:
        """Nobody sits at the desk now; whoever comes has it looked at again."""

    def _made(self, _made: Backup | None) -> None:
        self.tried.emit(())
        self.look()

    def _not_made(self, problems: Problems) -> None:
        self.tried.emit(problems)
        self.look()

    def _tell(self, facts: tuple[Fact, ...]) -> None:
        self.facts = facts
        self.looked.emit(facts)
