"""What was done about a family, by whom and why; who looked at its file; and whether it is kept confidential."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from sanad.domain.listing import Family, JournalLine
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.staff.journal_table import JournalTable
from sanad.ui.staff.rights import guard
from sanad.ui.today.history import told
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import column, emptied, frame, row
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import chip, embedded, isolated, label

MOST_NAMED = 4
"""Fields of a correction that are named; the others are counted."""
MOST_SHOWN = 60
"""Looks that are listed here, the latest; all of them stand in the settings."""


@dataclass(frozen=True)
class _Read:
    """What was read of one family."""

    household: str
    lines: Sequence[JournalLine]
    looks: Sequence[JournalLine]


class History(QFrame):
    """The last tab of a family's file. ``marked`` tells that it is confidential now, or is so no more."""

    marked = Signal(bool)

    def __init__(self, desk: Desk, label_of: Callable[[str], str]) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._desk = desk
        self._label_of = label_of
        self._family: Family | None = None
        self._read: _Read | None = None
        self._form: InlineForm | None = None
        whole = column(self)
        whole.setContentsMargins(26, 18, 26, 24)
        self._body: QVBoxLayout = column(spacing=16)
        whole.addLayout(self._body)
        whole.addStretch(1)
        desk.screen.turned.connect(self._draw)  # a lambda would outlive this page

    def show_family(self, family: Family | None) -> None:
        """Tell of this family from now on; what was done about it is read when somebody looks."""
        self._family = family
        self._read = None
        self._draw()

    def reload(self) -> None:
        """Read what was done, and by whom; who looked is only for whoever may know."""
        family, desk = self._family, self._desk
        if family is None:
            return
        households = desk.services.households
        looks_too = desk.person is not None and desk.may(Permission.SEE_STAFF)

        def read() -> _Read:
            looks = households.looks_at(family.id) if looks_too else ()
            return _Read(family.id, households.history(family.id), looks)

        desk.tasks.run(read, self._show)

    def _show(self, found: _Read) -> None:
        if self._family is not None and found.household == self._family.id:
            self._read = found
            self._draw()

    def _draw(self) -> None:
        emptied(self._body)
        self._form = None
        text = self._desk.words.text
        if self._family is None:
            self._body.addWidget(label(text("history.unsaved.title"), "heading"))
            self._body.addWidget(label(text("history.unsaved.text"), "soft", wraps=True))
            return
        if self._desk.person is not None:  # before there are accounts nothing can be kept from anybody
            self._body.addWidget(self._confidence(self._family))
        if self._read is None:
            return
        self._body.addWidget(label(text("history.title"), "section"))
        self._body.addWidget(JournalTable(self._desk, self._read.lines, self._said))
        if self._read.looks:
            self._body.addWidget(label(text("history.looks"), "section"))
            looks = self._read.looks[:MOST_SHOWN]
            if len(self._read.looks) > MOST_SHOWN:
                said = text("history.looks.cut", most=MOST_SHOWN)
                self._body.addWidget(label(said, "hint", wraps=True))
            self._body.addWidget(JournalTable(self._desk, looks, lambda line: told(line, self._desk.words)))

    def _confidence(self, family: Family) -> QFrame:
        words = self._desk.words
        kept = family.confidential
        made = frame("card")
        inner = column(made, margins=16, spacing=8)
        line = row()
        line.addWidget(label(words.text("confidential.title"), "strong"))
        if kept:
            line.addWidget(chip(words.text("confidential.chip"), "stop"))
        line.addStretch(1)
        act = keyed(button(self._verb(family)), "Ctrl+K")
        guard(act, self._desk, Permission.KEEP_CONFIDENTIAL)
        line.addWidget(act)
        inner.addLayout(line)
        inner.addWidget(
            label(words.text("confidential.is_kept" if kept else "confidential.is_open"), "hint", wraps=True)
        )
        act.clicked.connect(lambda: self._ask(family, inner))
        return made

    def _ask(self, family: Family, place: QVBoxLayout) -> None:
        """Ask for the reason, which the journal keeps."""
        if self._form is not None:
            return
        desk, kept = self._desk, family.confidential
        form = self._form = InlineForm(desk, self._verb(family), columns=1)
        why = form.ask("why", "confidential.why", LineBox(role="box"))
        households = desk.services.households
        act = households.open_up if kept else households.keep_confidential

        def call() -> Callable[[], Any]:
            return partial(act, family.id, why.text())

        form.on_record(call, lambda done: self._marked(done, kept=not kept))
        form.left.connect(self._draw)
        place.addWidget(form)
        form.begin()

    def _verb(self, family: Family) -> str:
        return self._desk.words.text("confidential.open" if family.confidential else "confidential.keep")

    def _marked(self, done: Any, *, kept: bool) -> None:
        self.marked.emit(kept)
        self._desk.refresh.changed.emit(done.changes)

    def _said(self, line: JournalLine) -> str:
        """What was done, with its number, what it corrected, and the reason that was given."""
        words = self._desk.words
        said = told(line, words)
        number = line.after.get("number")
        if number:
            said = f"{said} {isolated(words.digits_shown(str(number)))}"
        if line.operation == "households.correct":
            said = f"{said}: {self._corrected(line)}"
        if line.why:
            said = f"{said}\n{words.text('history.why', why=embedded(line.why))}"
        return said

    def _corrected(self, line: JournalLine) -> str:
        """The fields that a correction touched, as the form calls them."""
        words = self._desk.words
        named = dict.fromkeys(name for path in line.after if (name := self._field(path)))
        first, rest = list(named)[:MOST_NAMED], max(len(named) - MOST_NAMED, 0)
        said = words.text("list.comma").join(first)
        more = words.count("history.more", rest) if rest else ""
        return f"{said} {more}".strip()

    def _field(self, path: str) -> str:
        """A field without the row it stands in: rows move, and a name is nothing for a journal."""
        return self._label_of(path).split(" · ")[0]
