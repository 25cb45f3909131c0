"""Keeps an eye on the data of an open office: has what is due done while nobody waits, backups and the daily check."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sanad.domain.changes import Changes
from sanad.domain.health import STOPPED, Fact
from sanad.ui.refresh import Refresh
from sanad.ui.tasks import Problems, Tasks

if TYPE_CHECKING:
    from sanad.domain.backup import Backup
    from sanad.domain.listing import CheckLine
    from sanad.services import Services

AGAIN = 10 * 60 * 1000
"""Milliseconds after which it looks again though nothing was recorded: the day and the room on the disk go on."""


FIRST_CHECK = 3 * 1000
"""Milliseconds after which everything is looked through for the first time: whoever sits down is served first."""
ASIDE = 60 * 1000
"""Milliseconds after which a check that stepped aside is begun anew."""
OF_THE_DATA = "data."
"""How the codes of refusals begin that tell of the file, the disk or the folder."""
UNSOUND = "backup.unsound"


class Keeper(QObject):
    """``looked`` tells the facts of how the folder stands, ``checked`` what a look through everything found.

    ``tried`` tells why a backup by itself could not be made; nothing where it could, or none was due.
    """

    looked = Signal(tuple)
    checked = Signal(object)
    tried = Signal(tuple)

    def __init__(
        self, services: "Services", refresh: Refresh, tasks: Tasks, background: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._background = background
        self._owed = True
        self._looks = 0  # asked for and not answered yet
        self._check_owed = False
        self.facts: tuple[Fact, ...] = ()
        refresh.changed.connect(self._recorded)
        tasks.idle.connect(self._rest)
        background.idle.connect(self._free)
        for each in (tasks, background):
            each.denied.connect(self._denied)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._look_again)
        self._again.start()
        self._check_soon = QTimer(self)
        self._check_soon.setSingleShot(True)
        self._check_soon.timeout.connect(self._check_if_due)

    def begin(self) -> None:
        """The office is open: look how the folder stands, and in a while through everything in it."""
        self.look()
        self.tell_checked()
        self._check_soon.start(FIRST_CHECK)

    def look(self) -> None:
        """Read anew how the folder stands."""
        self._looks += 1
        self._tasks.run(self._services.health.facts, self._tell, self._keep_still)

    def tell_checked(self) -> None:
        """Tell anew what the last look through everything found, if there was one."""
        if (found := self._services.health.checked()) is not None:
            self.checked.emit(found)

    def _look_again(self) -> None:
        self.look()
        self._check_if_due()

    def _check_if_due(self) -> None:
        if self._services.health.check_due():
            self._check()

    def _check(self) -> None:
        """Look through everything, as soon as the thread of long work is free; whatever comes after goes before it."""
        background, health = self._background, self._services.health
        self._check_owed = background.busy
        if self._check_owed:
            return

        def step_aside() -> bool:
            return background.closed or background.waited_for

        background.run(lambda: health.checks(cancelled=step_aside), self._looked_through, self._not_looked_through)

    def _free(self) -> None:
        self._rest()
        if self._check_owed:
            self._check()

    def _looked_through(self, _lines: "tuple[CheckLine, ...]") -> None:
        self._check_owed = False  # whatever asked for one meanwhile has it
        self.tell_checked()
        self.look()

    def _not_looked_through(self, problems: Problems) -> None:
        """It stepped aside, and is begun anew soon; whatever else kept it is asked again with the facts."""
        if any(problem.code == STOPPED for problem in problems):
            self._check_soon.start(ASIDE)

    def _denied(self, problems: Problems) -> None:
        """Something was refused: where the data themselves are why, that is told at once over every page."""
        if not self._looks and any(problem.code.startswith(OF_THE_DATA) for problem in problems):
            self.look()

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
        """Nothing is waited for at the desk: the moment for what is due, once nothing else runs long.

        So a check is not begun anew after every act of a busy day.
        """
        if not self._owed or self._background.busy:
            return
        self._owed = False
        background = self._background
        backups = self._services.backups
        background.run(lambda: backups.when_due(cancelled=lambda: background.closed), self._made, self._not_made)

    def _keep_still(self, _problems: Problems) -> None:
        """Nobody sits at the desk now; whoever comes has it looked at again."""
        self._looks -= 1

    def _made(self, _made: "Backup | None") -> None:
        self.tried.emit(())
        self.look()

    def _not_made(self, problems: Problems) -> None:
        self.tried.emit(problems)
        self.look()
        if any(problem.code == UNSOUND for problem in problems):
            self._check()  # what does not agree is named then

    def _tell(self, facts: tuple[Fact, ...]) -> None:
        self._looks -= 1
        self.facts = facts
        self.looked.emit(facts)
