"""What stands over every page while the folder wants care: a nearly full or failing disk, a clock that went back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.health import Fact, Standing
from sanad.ui.backups.telling import TONES, said
from sanad.ui.desk import Look
from sanad.ui.tasks import Problems
from sanad.ui.widgets.frames import Notice, column, emptied

ELSEWHERE = frozenset({"backup", "own_backup", "sheet", "changes", "accounts", "encryption"})
"""Facts that have their own place: on Today, in the bar, in the settings."""


class Banner(QWidget):
    """``wanted`` asks for the page that tells more."""

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._problems: Problems = ()
        self._facts: tuple[Fact, ...] = ()
        self._inner = column(self, spacing=4)
        self._inner.setContentsMargins(16, 8, 16, 0)
        self.hide()

    def tell(self, facts: tuple[Fact, ...]) -> None:
        """Show what wants care now."""
        if facts != self._facts:
            self._facts = facts
            self._draw()

    def show_problems(self, problems: Problems) -> None:
        """Say why the program could not make its own backup; none when it could."""
        if problems != self._problems:
            self._problems = problems
            self._draw()

    def _draw(self) -> None:
        emptied(self._inner)
        words = self._look.words
        cares = [fact for fact in self._facts if fact.name not in ELSEWHERE and fact.standing is not Standing.FINE]
        for fact in cares:
            self._add(said(words, fact), TONES[fact.standing])
        for problem in self._problems:
            self._add(words.text("banner.no_own_backup", why=words.problem(problem)), "amber")
        self.setVisible(bool(cares or self._problems))

    def _add(self, text: str, tone: str) -> None:
        notice = Notice(text, tone)
        notice.offer(self._look.words.text("banner.more"), self.wanted.emit, stays=True)
        self._inner.addWidget(notice)
