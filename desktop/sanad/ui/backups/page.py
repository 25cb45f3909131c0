"""Backups: how things stand, the one big action, and the way to everything else that keeps the data."""

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sanad.domain.backup import Drive, Undoable
from sanad.domain.health import Ago, Fact, Standing
from sanad.domain.staff import Permission
from sanad.ui.backups.banner import ELSEWHERE
from sanad.ui.backups.carry import Carry
from sanad.ui.backups.key_card import KeyCard
from sanad.ui.backups.telling import FactRow
from sanad.ui.desk import Desk
from sanad.ui.staff.rights import guard
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import Notice, card, column, emptied, row
from sanad.ui.widgets.labels import divider, isolated, label

PULSE = 2000
"""Milliseconds between two looks at which drives are plugged in, while the page is seen."""
FACTS = ("backup", "own_backup")
"""What the first card tells."""


class BackupsPage(QWidget):
    """``restore_wanted`` and ``health_wanted`` ask for the pages of those, ``undo_wanted`` to undo the last restore."""

    restore_wanted = Signal()
    health_wanted = Signal()
    undo_wanted = Signal()
    printed = Signal(bytes, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seeking = False
        text = desk.words.text
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 12)
        head = row()
        head.addWidget(label(text("rail.backups"), "page"))
        head.addStretch(1)
        whole.addLayout(head)
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        body = row(inner, spacing=16)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        wide, narrow = column(spacing=16), column(spacing=16)
        body.addLayout(wide, 65)
        body.addLayout(narrow, 35)
        wide.addWidget(self._standing())
        self.carry = Carry(desk)
        wide.addWidget(self.carry)
        wide.addStretch(1)
        self.key = KeyCard(desk)
        self.key.printed.connect(self.printed)
        narrow.addWidget(self.key)
        narrow.addWidget(self._restore())
        narrow.addWidget(self._health())
        narrow.addStretch(1)
        self.carry.made.connect(self._made)
        self.carry.places.picked.connect(self._order)
        desk.keeper.looked.connect(self._tell)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE)
        self._pulse.timeout.connect(self._look_again)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look for drives."""
        super().showEvent(event)
        self._tell(self._desk.keeper.facts)
        self._look_for_drives()
        self._look_for_undo()
        self._pulse.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees which drives there are."""
        super().hideEvent(event)
        self._pulse.stop()

    def _order(self) -> None:
        """Have Tab come by what is new among the places where it stands, and then by the rest."""
        asked = self.carry.passphrase
        stops = [
            *self.carry.places.stops(),
            asked.first,
            asked.again,
            self.carry.start,
            self.key.sheet,
            self.key.trial,
            self.key.change,
            self._to_restore,
            self._to_health,
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _look_again(self) -> None:
        """A page that is left open has no check step aside, time and again."""
        if not self._desk.background.busy:
            self._look_for_drives()

    def _look_for_drives(self) -> None:
        if not self._seeking:
            self._seeking = True
            self._desk.background.run(self._desk.services.backups.drives, self._show_drives, self._not_sought)

    def _show_drives(self, drives: tuple[Drive, ...]) -> None:
        self._seeking = False
        self.carry.places.show_drives(drives)

    def _not_sought(self, problems: Problems) -> None:
        self._seeking = False
        if problems:
            self._desk.background.refused.emit(problems)

    def _standing(self) -> QFrame:
        made, inner = card(spacing=12)
        inner.setContentsMargins(24, 20, 24, 20)
        self._facts = {name: FactRow(self._desk.words, name) for name in FACTS}
        for number, each in enumerate(self._facts.values()):
            if number:
                self._own_line = divider()
                inner.addWidget(self._own_line)
            inner.addWidget(each)
        return made

    def _restore(self) -> QFrame:
        text = self._desk.words.text
        opens = self._to_restore = KeyButton(text("restore.open"), "Ctrl+R")
        opens.clicked.connect(self.restore_wanted)
        made, inner = self._way("history", text("restore.title"), text("restore.text"), opens)
        self._undo = column(spacing=8)
        inner.insertLayout(2, self._undo)
        return made

    def _health(self) -> QFrame:
        text = self._desk.words.text
        opens = self._to_health = KeyButton(text("health.open"), "F9")
        opens.clicked.connect(self.health_wanted)
        made, inner = self._way("heart-pulse", text("health.title"), text("health.text"), opens)
        self._cares = column(spacing=6)
        inner.insertLayout(2, self._cares)
        return made

    def _way(self, icon: str, title: str, text: str, opens: KeyButton) -> tuple[QFrame, QVBoxLayout]:
        """A card that says what stands behind its button."""
        made, inner = card(spacing=8)
        head = row(spacing=8)
        picture = label()
        picture.setPixmap(self._desk.icons.icon(icon, "accent", 18).pixmap(18, 18))
        head.addWidget(picture)
        head.addWidget(label(title, "strong"))
        head.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(label(text, "soft", wraps=True))
        inner.addWidget(opens, alignment=Qt.AlignmentFlag.AlignLeading)
        return made, inner

    def _tell(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            if fact.name in self._facts:
                self._facts[fact.name].tell(fact)
            if fact.name == "sheet":
                self.key.tell(fact)
            if fact.name == "backup":
                there = fact.state != "no_key"
                self.key.show_key(there=there)
                self.carry.show_key(there=there)
                self._own_line.setVisible(there)
                self._facts["own_backup"].setVisible(there)
        emptied(self._cares)
        cares = [fact for fact in facts if fact.name not in ELSEWHERE and fact.standing is not Standing.FINE]
        for fact in cares:
            made = FactRow(self._desk.words, fact.name)
            made.tell(fact)
            self._cares.addWidget(made)

    def _look_for_undo(self) -> None:
        services = self._desk.services
        self._desk.tasks.run(lambda: services.restores.undoable(services.folder), self._offer_undo)

    def _offer_undo(self, found: Undoable | None) -> None:
        emptied(self._undo)
        if found is None:
            return
        words = self._desk.words
        on = self._desk.today()
        told = Notice(words.text("undo.offered", name=isolated(found.backup), ago=Ago(found.at, on)), "amber")
        self._undo.addWidget(told)
        again = button(words.text("undo.open"), icon=self._desk.icons.beside("undo-2"))
        again.clicked.connect(self.undo_wanted)
        guard(again, self._desk, Permission.SET_UP)
        if found.since:
            self._undo.addWidget(label(words.text("undo.since", entries=found.since), "problem", wraps=True))
        self._undo.addWidget(again, alignment=Qt.AlignmentFlag.AlignLeading)

    def _made(self, passphrase: str) -> None:
        self._desk.keeper.remember()
        if passphrase:
            self.key.remind(passphrase)
