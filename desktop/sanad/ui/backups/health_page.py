"""How the data folder stands, and the doctor with every check's verdict."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from sanad.domain.changes import Done
from sanad.domain.health import Fact
from sanad.domain.listing import Checked, CheckLine
from sanad.domain.staff import Permission
from sanad.ui.backups.page_head import page_head
from sanad.ui.backups.progress import Work
from sanad.ui.backups.telling import FactRow, before, dot, told
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.staff.rights import guard
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import Notice, card, column, emptied, row
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import chip, divider, isolated, label
from sanad.words.catalogue import Words

CHIP = 24
"""Pixels of a chip's height, in whose middle its line stands."""
TOLD = 3
"""Problems told of one check; the rest are counted."""


class HealthPage(QWidget):
    """``left`` goes back; ``restore_wanted`` asks for the page that puts a backup back."""

    left = Signal()
    restore_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        whole = column(self, spacing=12)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(self._head())
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        rows = column(inner, spacing=12)
        self._told = column(spacing=8)
        rows.addLayout(self._told)
        self._older = column(spacing=8)
        rows.addLayout(self._older)
        body = row(spacing=16)
        rows.addLayout(body, 1)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        self._facts: dict[str, FactRow] = {}
        facts, self._list = card(spacing=8)
        checks = self._checks()
        for part, share in ((facts, 58), (checks, 42)):
            held = column(spacing=0)
            held.addWidget(part)
            held.addStretch(1)
            body.addLayout(held, share)
        desk.keeper.looked.connect(self._tell)
        desk.keeper.checked.connect(self._show_last)
        desk.background.broke.connect(self._stop_showing)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Look anew how the folder stands."""
        super().showEvent(event)
        self._tell(self._desk.keeper.facts)
        self._desk.keeper.look()
        self._desk.keeper.tell_checked()
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        text = self._desk.words.text
        head = page_head(self._desk, text("health.title"), self.left.emit)
        self.check = KeyButton(text("health.check"), "F5", "main")
        self.check.clicked.connect(self.run)
        head.addWidget(self.check)
        return head

    def _checks(self) -> QFrame:
        text = self._desk.words.text
        made, inner = card(spacing=8)
        inner.addWidget(label(text("health.checks"), "strong"))
        self._said = label(text("health.not_checked"), "soft", wraps=True)
        inner.addWidget(self._said)
        name = label(text("health.head"), "soft", wraps=True)
        self.head = LineBox(role="box", left_to_right=True)
        self.head.setAccessibleName(name.text())
        self.head.setFixedWidth(240)
        self.head.returnPressed.connect(self.run)
        name.setBuddy(self.head)
        inner.addWidget(name)
        line = row()  # the box itself reads from left to right, wherever it stands
        line.addWidget(self.head)
        line.addStretch(1)
        inner.addLayout(line)
        self.work = Work(self._desk, "")
        self.work.stop.hide()  # a look is soon over, and half of one tells nothing
        self.work.hide()
        inner.addWidget(self.work)
        self.verdicts = column(spacing=6)
        inner.addLayout(self.verdicts)
        return made

    def run(self) -> None:
        """Have the doctor look at everything."""
        self.check.setEnabled(False)
        emptied(self._told)
        emptied(self.verdicts)
        self._said.hide()
        self.work.begin(self._desk.words.text("health.checking"))
        health, heads = self._desk.services.health, [text for text in (self.head.text().strip(),) if text]
        self.head.mark(False)
        self._desk.background.run(lambda: health.checks(heads), self._checked, self._failed)

    def _tell(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            if fact.name not in self._facts:
                if self._facts:
                    self._list.addWidget(divider())
                self._facts[fact.name] = FactRow(self._desk.words, fact.name, beside=True)
                self._list.addWidget(self._facts[fact.name])
            self._facts[fact.name].tell(fact)
            if fact.name == "continuity":
                self._offer_to_go_on(older=fact.state == "older")

    def _offer_to_go_on(self, *, older: bool) -> None:
        """Data that are older than they were take nothing more until somebody says why they are to be gone on with."""
        if not older:
            emptied(self._older)
        if not older or self._older.count():
            return
        text = self._desk.words.text
        made, inner = card(spacing=8)
        inner.addWidget(label(text("older.title"), "strong"))
        inner.addWidget(label(text("older.text"), "soft", wraps=True))
        form = InlineForm(self._desk, text("older.go_on"), columns=1)
        why = form.ask("why", "older.why", LineBox(role="box"))
        backups = self._desk.services.backups
        form.on_record(lambda: partial(backups.go_on, why.text(), key=form.key), self._went_on)
        form.left.connect(self.left)
        guard(form.record, self._desk, Permission.SET_UP)
        inner.addWidget(form)
        self._older.addWidget(made)

    def _went_on(self, done: Done[None]) -> None:
        self._desk.refresh.changed.emit(done.changes)
        self._desk.keeper.look()

    def _checked(self, lines: tuple[CheckLine, ...]) -> None:
        self._rest()
        self._show(lines, self._desk.words.text("health.damage" if _bad(lines) else "health.all_fine"))
        if not self.head.text().strip():
            self._desk.keeper.tell_checked()

    def _show_last(self, found: Checked) -> None:
        """What was found when everything was looked through last, unless that is being done just now."""
        if self.work.isHidden():
            key = "health.damage_at" if found.wrong else "health.all_fine_at"
            self._show(found.lines, self._desk.words.text(key, at=isolated(self._moment(found))))

    def _moment(self, found: Checked) -> str:
        at = found.at.astimezone()
        return self._desk.words.digits_shown(f"{at:%H:%M %d/%m/%Y}")

    def _show(self, lines: tuple[CheckLine, ...], said: str) -> None:
        emptied(self._told)
        emptied(self.verdicts)
        words = self._desk.words
        self._said.setText(said)
        self._said.show()
        for line in lines:
            self.verdicts.addWidget(Verdict(words, line))
        if _bad(lines):
            wrong = Notice(words.text("health.restore"), "stop")
            wrong.offer(words.text("restore.open"), self.restore_wanted.emit)
            self._told.addWidget(wrong)

    def _failed(self, problems: Problems) -> None:
        self._rest()
        self._said.setText(self._desk.words.text("health.not_checked"))
        self._said.show()
        self.head.mark(any(problem.where == "head" for problem in problems))
        for problem in problems:
            self._told.addWidget(Notice(self._desk.problem(problem), "stop"))

    def _stop_showing(self) -> None:
        """Something of ours went wrong, which the window tells: nothing is under way any more."""
        if not self.work.isHidden():
            self._rest()

    def _rest(self) -> None:
        self.work.hide()
        self.check.setEnabled(True)
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)


def _bad(lines: tuple[CheckLine, ...]) -> bool:
    return any(not line.ok for line in lines)


class Verdict(QWidget):
    """One check of the doctor: its name, and whether it found anything."""

    def __init__(self, words: Words, line: CheckLine) -> None:
        super().__init__()
        inner = row(self, spacing=12)
        texts = column(spacing=2)
        name = words.text(f"check.{line.name}", **line.values)
        title = label(name, "" if line.ok else "strong", wraps=True)
        title.setMinimumHeight(CHIP)
        inner.addLayout(before(dot("" if line.ok else "stop"), title))
        texts.addWidget(title)
        found = [told(words, problem) for problem in line.problems[:TOLD]]
        if rest := len(line.problems) - len(found):
            found.append(words.text("doctor.more", count=rest))
        if found:
            texts.addWidget(label("\n".join(found), "problem", wraps=True))
        inner.addLayout(texts, 1)
        said = words.text("health.fine" if line.ok else "health.found")
        inner.addWidget(chip(said, "accent" if line.ok else "stop"), alignment=Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{name}: {said}")
