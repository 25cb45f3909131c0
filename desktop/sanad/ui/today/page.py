"""The page one starts from: what waits, each line with the button that opens it, and where the month stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sanad.domain.changes import Changes
from sanad.domain.health import Standing
from sanad.domain.listing import Concerned, Draft, Ending, TodayLine, TodayView, Waiting
from sanad.domain.staff import Permission
from sanad.ui.backups.telling import TONES, FactRow, before, dot
from sanad.ui.desk import Desk
from sanad.ui.receipt import show_receipt
from sanad.ui.staff.rights import guard
from sanad.ui.today.history import told
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import card, column, emptied, row
from sanad.ui.widgets.labels import chip, divider, embedded, isolated, label

NEW = "new"
"""The place of a draft whose family was never saved."""
REMINDERS = ("backup", "sheet")
"""The facts of which a line reminds while they want care; the kinds of those lines."""


@dataclass(frozen=True)
class _Kind:
    """A kind of thing that waits: the key of its words, and the tone of its chip."""

    key: str
    tone: str


@dataclass(frozen=True)
class _Line:
    """A line of what waits; one without ``open`` only counts the rest."""

    kind: _Kind
    text: str
    since: str
    open: Callable[[], None] | None


_DRAFT = _Kind("draft", "amber")
_TO_ASSESS = _Kind("to_assess", "accent")
_TO_DECIDE = _Kind("to_decide", "accent")
_TO_PAY = _Kind("to_pay", "amber")
_TO_RECEIVE = _Kind("to_receive", "amber")
_TO_PRINT = _Kind("to_print", "accent")


class TodayPage(QWidget):
    """What waits today. ``opened`` names a family, ``drafted`` the place of a draft, ``printed`` shows a receipt."""

    opened = Signal(str)
    printed = Signal(bytes, str)
    drafted = Signal(str)
    new_wanted = Signal()
    backups_wanted = Signal()
    people_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: TodayView | None = None
        whole = column(self, margins=0, spacing=8)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(self._head())
        area = QScrollArea()
        area.setObjectName("desk")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._body: QHBoxLayout = row(inner, spacing=16)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        desk.refresh.changed.connect(self._changed)
        desk.keeper.looked.connect(self._draw)
        desk.screen.turned.connect(self._draw)

    def reload(self) -> None:
        """Read anew what waits."""
        today = self._desk.today()
        self._desk.tasks.run(lambda: self._desk.services.today.lines(today), self._show)

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.reload()

    def _head(self) -> QHBoxLayout:
        text = self._desk.words.text
        head = row()
        head.addWidget(label(text("rail.today"), "page"))
        head.addStretch(1)
        new = KeyButton(text("household.new"), "Ctrl+Shift+N", "main")
        new.setShortcut("")  # the window itself listens for it, wherever one is
        new.clicked.connect(self.new_wanted)
        guard(new, self._desk, Permission.WRITE)
        head.addWidget(new)
        return head

    def _show(self, view: TodayView) -> None:
        self._view = view
        self._draw()

    def _draw(self) -> None:
        if self._view is None:
            return
        emptied(self._body)
        wide, narrow = column(spacing=16), column(spacing=16)
        lines = list(self._lines(self._view))
        empty = not self._view.families and not lines
        if empty:
            wide.addWidget(self._teaching())
        else:
            wide.addWidget(self._waiting(self._view, [*self._reminders(), *lines]))
        wide.addStretch(1)
        narrow.addWidget(self._month(self._view))
        narrow.addWidget(self._last(self._view))
        if (backup := self._backup()) is not None:
            narrow.addWidget(backup)
        if self._desk.person is None:
            narrow.addWidget(self._without_accounts())
        narrow.addStretch(1)
        self._body.addLayout(wide, 65)
        self._body.addLayout(narrow, 35)

    def _lines(self, view: TodayView) -> Iterator[_Line]:
        for draft in view.drafts:
            yield self._draft_line(draft)
        kinds = (
            (_TO_RECEIVE, view.to_receive),
            (_TO_PRINT, view.to_print),
            (_TO_PAY, view.to_pay),
            (_TO_DECIDE, view.to_decide),
            (_TO_ASSESS, view.to_assess),
        )
        for kind, waiting in kinds:
            for line in waiting.lines:
                yield self._line(kind, line)
            if waiting.count > len(waiting.lines):
                more = self._desk.words.count(f"today.more.{kind.key}", waiting.count - len(waiting.lines))
                yield _Line(kind, more, "", None)

    def _teaching(self) -> QFrame:
        text = self._desk.words.text
        made, inner = card(spacing=12)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.addWidget(label(text("today.empty.title"), "heading"))
        inner.addWidget(label(text("today.empty.text"), "soft", wraps=True))
        start = button(text("today.empty.start"), "main")
        start.clicked.connect(self.new_wanted)
        guard(start, self._desk, Permission.WRITE)
        inner.addWidget(start, alignment=Qt.AlignmentFlag.AlignLeading)
        return made

    def _waiting(self, view: TodayView, lines: list[_Line]) -> QFrame:
        words = self._desk.words
        made, inner = card(spacing=8)
        head = row()
        head.addWidget(label(words.text("today.waiting_now"), "strong"))
        lists = (view.to_assess, view.to_decide, view.to_pay, view.to_receive, view.to_print)
        counted = sum(each.count for each in lists)
        total = len(view.drafts) + counted + sum(line.kind.key in REMINDERS for line in lines)
        head.addWidget(chip(words.number(total)))
        head.addStretch(1)
        inner.addLayout(head)
        if not lines:
            inner.addWidget(label(words.text("today.nothing"), "soft", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(lines):
            if number:
                grid.addWidget(divider(), number * 2 - 1, 0, 1, 4)
            self._put(line, grid, number * 2)
        inner.addLayout(grid)
        return made

    def _put(self, line: _Line, grid: QGridLayout, at: int) -> None:
        text = self._desk.words.text
        if line.open is None:
            grid.addWidget(label(line.text, "hint"), at, 1, 1, 3)
            return
        grid.addWidget(chip(text(f"today.{line.kind.key}.chip"), line.kind.tone), at, 0)
        grid.addWidget(label(line.text, wraps=True), at, 1)
        grid.addWidget(label(isolated(line.since), "hint"), at, 2)
        go = button(text(f"today.{line.kind.key}.open"))
        go.setAccessibleName(f"{go.text()}: {line.text}")
        go.clicked.connect(line.open)
        grid.addWidget(go, at, 3)

    def _line(self, kind: _Kind, line: TodayLine) -> _Line:
        words, screen = self._desk.words, self._desk.screen
        amount = f" · {embedded(self._desk.priced(line.amount))}" if line.amount is not None else ""
        unnamed = words.text("confidential.name" if line.confidential else "household.unnamed")
        text = words.text(
            f"today.{kind.key}.line",
            name=embedded(screen.name(line.name) or unnamed),
            file=isolated(words.digits_shown(line.file_number)),
            number=isolated(words.digits_shown(line.number)),
        )
        return _Line(kind, f"{text}{amount}", words.date(line.since), self._way(kind, line))

    def _way(self, kind: _Kind, line: TodayLine) -> Callable[[], None]:
        """What the button behind a line does: it opens the family, or shows the receipt that waits for its printer."""
        if kind is _TO_PRINT and self._desk.may(Permission.PRINT) and not line.confidential:
            return lambda: show_receipt(self._desk, line.id, line.number, self.printed.emit)
        return lambda: self.opened.emit(line.household)

    def _reminders(self) -> Iterator[_Line]:
        """A line for the backup that is due, and for the recovery sheet: amber, or red where one never was made."""
        for name in REMINDERS:
            fact = self._desk.keeper.fact(name)
            if fact is None or fact.standing is Standing.FINE:
                continue
            text = self._desk.words.text(f"today.{name}.{fact.state}", **fact.values)
            yield _Line(_Kind(name, TONES[fact.standing]), text, "", self.backups_wanted.emit)

    def _backup(self) -> QFrame | None:
        """How the last backup stands, as small as it may be while all is well."""
        fact = self._desk.keeper.fact("backup")
        if fact is None:
            return None
        text = self._desk.words.text
        made, whole = card()
        inner = row(spacing=12)
        whole.addLayout(inner)
        told = FactRow(self._desk.words, "backup")
        told.title.setText(text("today.backup.title"))
        ago = fact.values.get("ago")
        told.tell(fact, text("today.backup.verified", ago=ago) if ago else text("bar.no_backup"))
        inner.addWidget(told, 1)
        go = button(text("today.backup.open"))
        go.setToolTip(f"{go.text()} (Alt+3)")
        go.clicked.connect(self.backups_wanted)
        inner.addWidget(go)
        return made

    def _draft_line(self, draft: Draft) -> _Line:
        words = self._desk.words
        text = words.text("today.draft.new" if draft.place == NEW else "today.draft.line")
        kept = draft.kept_at.astimezone()
        return _Line(_DRAFT, text, words.date(kept.date()), lambda: self.drafted.emit(draft.place))

    def _without_accounts(self) -> QFrame:
        """Whoever sits here may do everything: said plainly until the first account is made."""
        text = self._desk.words.text
        made, inner = card(spacing=4)
        inner.addWidget(label(text("today.accounts.title"), "strong"))
        inner.addWidget(label(text("today.accounts.text"), "hint", wraps=True))
        go = button(text("today.accounts.open"), "link")
        go.clicked.connect(self.people_wanted)
        inner.addWidget(go, alignment=Qt.AlignmentFlag.AlignLeading)
        return made

    def _month(self, view: TodayView) -> QFrame:
        words = self._desk.words
        made, inner = card(spacing=12)
        month = f"{self._desk.today():%Y-%m}"
        inner.addWidget(label(words.text("today.month", month=words.month(month)), "strong"))
        figures = row(spacing=24)
        counted: tuple[tuple[str, Waiting | int], ...] = (
            ("families", view.families),
            ("to_pay", view.to_pay),
            ("to_receive", view.to_receive),
        )
        for key, what in counted:
            number = what if isinstance(what, int) else what.count
            figures.addLayout(self._figure(words.number(number), words.text(f"today.figure.{key}")))
        figures.addStretch(1)
        inner.addLayout(figures)
        return made

    def _figure(self, number: str, text: str) -> QVBoxLayout:
        made = column(spacing=0)
        made.addWidget(label(number, "figure", tone="ink"))
        made.addWidget(label(text, "hint"))
        return made

    def _last(self, view: TodayView) -> QFrame:
        words = self._desk.words
        made, inner = card(spacing=4)
        inner.addWidget(label(words.text("today.last"), "strong"))
        if view.last is None:
            inner.addWidget(label(words.text("today.last.none"), "hint", wraps=True))
            return made
        inner.addWidget(label(told(view.last, words), wraps=True))
        if view.concerned is not None:
            inner.addWidget(label(self._about(view.concerned), wraps=True))
        inner.addWidget(label(isolated(self._moment(view.last.at)), "hint"))
        if ended := self._ended(view):
            line = row(spacing=8)
            said = label(ended, wraps=True)
            line.addLayout(before(dot("amber"), said))
            line.addWidget(said, 1)
            inner.addLayout(line)
        return made

    def _about(self, concerned: Concerned) -> str:
        """The number of the paper, the family, the amount; of a confidential family its file number alone."""
        words, screen = self._desk.words, self._desk.screen
        unnamed = words.text("confidential.name" if concerned.confidential else "household.unnamed")
        family = words.text(
            "today.last.family",
            name=embedded(screen.name(concerned.name) or unnamed),
            file=isolated(words.digits_shown(concerned.file_number)),
        )
        amount = embedded(self._desk.priced(concerned.amount)) if concerned.amount is not None else ""
        return " · ".join(filter(None, (isolated(words.digits_shown(concerned.number)), family, amount)))

    def _ended(self, view: TodayView) -> str:
        """What became of whatever came after the last act, where the program did not end well."""
        if view.ending is Ending.WELL:
            return ""
        values = {}
        if view.restore is not None:
            made = datetime.fromisoformat(str(view.restore.after["made_at"]))
            values = {"made": isolated(self._moment(made)), "at": isolated(self._moment(view.restore.at))}
        return self._desk.words.text(f"today.ended.{view.ending}", **values)

    def _moment(self, at: datetime) -> str:
        return self._desk.words.digits_shown(f"{at.astimezone():%H:%M %d/%m/%Y}")
