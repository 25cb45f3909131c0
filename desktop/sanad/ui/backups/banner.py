"""What stands over every page while the data want care: damage, records that were changed outside, a failing disk."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.health import Fact, Standing
from sanad.ui.backups.telling import TONES, said, told
from sanad.ui.desk import Look
from sanad.ui.tasks import Problems
from sanad.ui.widgets.frames import Notice, column, emptied

if TYPE_CHECKING:
    from sanad.domain.listing import Checked

ELSEWHERE = frozenset({"backup", "own_backup", "sheet", "changes", "accounts", "encryption"})
"""Facts that have their own place: on Today, in the bar, in the settings."""


DAMAGE = "file"
"""The fact whose line leads to the backups that can be put back."""
OF_DAMAGE = ("data.", "health.damaged")
"""How the codes begin of what that line tells in plainer words."""
NAMED = frozenset({"number", "part"})
"""What a problem may name that the office knows."""
MOST = 3
"""Things found wrong that are named here; the others are counted."""


class Banner(QWidget):
    """``wanted`` asks for the page that tells more, ``restore_wanted`` for the one that puts a backup back."""

    wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._problems: Problems = ()
        self._facts: tuple[Fact, ...] = ()
        self._checked: Checked | None = None
        self._inner = column(self, spacing=4)
        self._inner.setContentsMargins(16, 8, 16, 0)
        self.hide()

    def tell(self, facts: tuple[Fact, ...]) -> None:
        """Show what wants care now."""
        if facts != self._facts:
            self._facts = facts
            self._draw()

    def tell_checked(self, checked: "Checked") -> None:
        """Show what was found wrong when everything was looked through."""
        self._checked = checked
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
            self._add(said(words, fact), TONES[fact.standing], restores=fact.name == DAMAGE)
        if found := self._found():
            self._add(found, "stop")
        for why in dict.fromkeys(words.problem(problem) for problem in self._problems):  # of several checks, once
            self._add(words.text("banner.no_own_backup", why=why), "amber")
        self.setVisible(bool(cares or found or self._problems))

    def _found(self) -> str:
        """What the check found beside damage, records with a number first, and when all of it still agreed."""
        if self._checked is None:
            return ""
        words = self._look.words
        named, others = [], []
        for line in self._checked.wrong:
            check = words.text(f"check.{line.name}", **line.values)
            for problem in line.problems:
                if problem.code.startswith(OF_DAMAGE):
                    continue
                if NAMED & problem.values.keys():
                    named.append(told(words, problem))
                else:
                    others.append(words.text("doctor.fact", title=check, said=told(words, problem)))
        found = list(dict.fromkeys((*named, *others)))
        parts = found[:MOST]
        if rest := len(found) - len(parts):
            parts.append(words.text("doctor.more", count=rest))
        if found and self._checked.agreed_at is not None:
            parts.append(words.text("banner.agreed", made=self._checked.agreed_at.astimezone()))
        return " ".join(parts)

    def _add(self, text: str, tone: str, *, restores: bool = False) -> None:
        notice = Notice(text, tone)
        wanted, key = (self.restore_wanted, "banner.restore") if restores else (self.wanted, "banner.more")
        notice.offer(self._look.words.text(key), wanted.emit, stays=True)
        self._inner.addWidget(notice)
