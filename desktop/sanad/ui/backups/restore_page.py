"""A backup is chosen, looked into, and only then put back: both sides stand beside each other first.

It works without an open office, so that data that are missing or damaged can be brought back.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from sanad.domain.backup import Comparison, Manifest, Offer
from sanad.ui.backups.offers_table import OffersTable
from sanad.ui.backups.page_head import page_head
from sanad.ui.backups.progress import Work
from sanad.ui.backups.sides import Sides
from sanad.ui.desk import Look
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import Notice, card, column, emptied, row
from sanad.ui.widgets.labels import isolated, label

if TYPE_CHECKING:
    from sanad.services.restores import Restores

PULSE = 2000
"""Milliseconds between two looks for backups, while the page is seen."""


USELESS = frozenset({"backup.damaged", "backup.not_ours"})
"""Problems after which another backup is taken."""


class RestorePage(QWidget):
    """``wanted`` names the backup that takes the place of the data, and its passphrase; ``left`` goes back.

    ``denied`` says why whoever sits there may look and check, but not restore.
    """

    wanted = Signal(Path, str)
    left = Signal()

    def __init__(self, look: Look, restores: "Restores", folder: Path, background: Tasks, denied: str = "") -> None:
        super().__init__()
        self._denied = denied
        self._look = look
        self._restores = restores
        self._folder = folder
        self._background = background
        self._seeking = False
        self._looked_into: tuple[Path, str] | None = None
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(page_head(look, look.words.text("restore.title"), self.left.emit))
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._body = column(inner, spacing=16)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        top = row(spacing=16)
        top.addWidget(self._choosing(), 62)
        top.addWidget(self._opening(), 38)
        self._body.addLayout(top)
        self.sides: Sides | None = None
        self._below = column(spacing=16)
        self._body.addLayout(self._below)
        self._body.addStretch(1)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE)
        self._pulse.timeout.connect(self._seek_again)
        self._back = QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self._chosen()
        background.broke.connect(self._stop_showing)

    def begin(self) -> None:
        """The cursor in the list."""
        self.offers.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look for backups."""
        super().showEvent(event)
        self._seek()
        self._pulse.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees which there are."""
        super().hideEvent(event)
        self._pulse.stop()

    def _choosing(self) -> QFrame:
        text = self._look.words.text
        made, inner = card(spacing=8)
        inner.addWidget(label(text("restore.choose"), "strong"))
        self.offers = OffersTable(self._look)
        self.offers.setMinimumHeight(206)
        self.offers.chosen.connect(self._chosen)
        inner.addWidget(self.offers, 1)
        self._none = label(text("restore.none"), "soft", wraps=True)
        inner.addWidget(self._none)
        feet = row()
        other = button(text("restore.other_file"), "quiet", icon=self._look.icons.beside("folder-open", "accent"))
        other.clicked.connect(self._ask)
        feet.addWidget(other)
        feet.addStretch(1)
        inner.addLayout(feet)
        return made

    def _opening(self) -> QFrame:
        text = self._look.words.text
        made, inner = card(spacing=8)
        inner.addWidget(label(text("restore.passphrase"), "strong"))
        inner.addWidget(label(text("restore.passphrase_hint"), "soft", wraps=True))
        self.passphrase = PasswordBox(self._look)
        self.passphrase.setAccessibleName(text("restore.passphrase"))
        self.passphrase.returnPressed.connect(self.compare)
        inner.addWidget(self.passphrase)
        self._acts = QWidget()
        acts = column(self._acts, spacing=8)
        self.look_in = KeyButton(text("restore.look"), "Ctrl+Return", "main")
        self.look_in.clicked.connect(self.compare)
        self.check = KeyButton(text("restore.verify"), "Ctrl+E")
        self.check.clicked.connect(self.verify)
        for each in (self.look_in, self.check):
            acts.addWidget(each, alignment=Qt.AlignmentFlag.AlignLeading)
        inner.addWidget(self._acts)
        self.work = Work(self._look, text("restore.stop"))
        self.work.hide()
        inner.addWidget(self.work)
        self._told: QVBoxLayout = column(spacing=8)
        inner.addLayout(self._told)
        inner.addStretch(1)
        return made

    def compare(self) -> None:
        """Look into the chosen backup, and show it beside the present data."""
        path, passphrase = self.offers.path(), self.passphrase.text()
        if path is None or not self._asked(passphrase):
            return
        restores, folder = self._restores, self._folder
        self._looked_into = path, passphrase
        self._begin("restore.looking")
        self._background.run(
            lambda: restores.compare(path, passphrase, folder),
            self._compared,
            self._failed,
        )

    def verify(self) -> None:
        """Check the chosen backup as far as a restore would, and change nothing."""
        path, passphrase = self.offers.path(), self.passphrase.text()
        if path is None or not self._asked(passphrase):
            return
        restores, folder, work, background = self._restores, self._folder, self.work, self._background
        self._looked_into = path, passphrase
        self._begin("restore.verifying")
        background.run(
            lambda progress: restores.verify(
                path,
                passphrase,
                folder,
                progress=progress,
                cancelled=lambda: work.is_stopped() or background.closed,
            ),
            self._verified,
            self._failed,
            work.advance,
        )

    def _seek_again(self) -> None:
        """A page that is left open has no check step aside, time and again."""
        if not self._background.busy:
            self._seek()

    def _seek(self) -> None:
        if not self._seeking:
            self._seeking = True
            self._background.run(lambda: self._restores.offered(self._folder), self._found, self._not_found)

    def _not_found(self, problems: Problems) -> None:
        self._seeking = False
        if problems:
            self._background.refused.emit(problems)

    def _found(self, offers: tuple[Offer, ...]) -> None:
        self._seeking = False
        self.offers.show_offers(offers)

    def _chosen(self) -> None:
        there = self.offers.choice() is not None
        self.offers.setVisible(there)
        self._none.setVisible(not there)
        for each in (self.look_in, self.check):
            each.setEnabled(there)
        self._drop_sides()

    def _ask(self) -> None:
        words = self._look.words
        kinds = f"{words.text('restore.kind')} (*.age)"
        chosen, _kind = QFileDialog.getOpenFileName(self, words.text("restore.other_file"), "", kinds)
        if chosen:
            self.choose(Path(chosen))

    def choose(self, file: Path) -> None:
        """Choose a file that lies somewhere else."""
        emptied(self._told)
        self._background.run(lambda: self._restores.offer(file), self.offers.add, self._tell)

    def _asked(self, passphrase: str) -> bool:
        """Whether a passphrase was typed; the cursor goes to its box where none was."""
        emptied(self._told)
        self.passphrase.mark(not passphrase.strip())
        if not passphrase.strip():
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(passphrase.strip())

    def _begin(self, key: str) -> None:
        self._drop_sides()
        self._acts.hide()
        self._back.setEnabled(False)  # Esc stops the work
        self.work.begin(self._look.words.text(key))

    def _stop_showing(self) -> None:
        """Something of ours went wrong, which the window tells: nothing is under way any more."""
        if not self.work.isHidden():
            self._rest()

    def _rest(self) -> None:
        self.work.hide()
        self._acts.show()
        self._back.setEnabled(True)

    def _compared(self, found: Comparison) -> None:
        self._rest()
        if self._looked_into is None or self.offers.path() != self._looked_into[0]:
            return  # another one was chosen meanwhile: what stands below is always the chosen one
        self.sides = Sides(self._look, found, self._denied)
        self.sides.confirmed.connect(self._want)
        self._below.addWidget(self.sides)
        self.sides.begin()

    def _want(self) -> None:
        if self._looked_into is not None:
            self.wanted.emit(*self._looked_into)

    def _verified(self, found: Manifest) -> None:
        self._rest()
        words = self._look.words
        self._told.addWidget(Notice(words.text("restore.sound", families=found.families, made=found.made_at)))
        self.check.setFocus()

    def _failed(self, problems: Problems) -> None:
        self._rest()
        self._tell(problems)
        if self._looked_into is not None and any(problem.code in USELESS for problem in problems):
            self._go_on_with_next(self._looked_into[0])
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, problems: Problems) -> None:
        """Say what was refused; what is chosen stays so, and the sides of it stay below."""
        for problem in problems:
            quiet = problem.code == "backup.cancelled"
            self._told.addWidget(Notice(self._look.words.problem(problem), "amber" if quiet else "stop"))

    def _go_on_with_next(self, useless: Path) -> None:
        """The backup that was looked into is of no use: the next one is chosen, and named."""
        words = self._look.words
        following = self.offers.pass_over(useless)
        if following is None:
            self._told.addWidget(Notice(words.text("restore.no_other"), "amber"))
            return
        made = words.digits_shown(f"{following.made_at.astimezone():%H:%M %d/%m/%Y}")
        text = words.text("restore.next", made=isolated(made), where=self.offers.where(following))
        self._told.addWidget(Notice(text, "amber"))

    def _drop_sides(self) -> None:
        emptied(self._below)
        self.sides = None
