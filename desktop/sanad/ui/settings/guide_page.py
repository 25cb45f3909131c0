"""The guide that the office follows: what is in force, what the guide leaves to the office, and its yearly review."""

from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sanad.domain.changes import Done
from sanad.domain.errors import Problem
from sanad.domain.guide import GuideInForce, Settings
from sanad.domain.revision import AdoptedPack, AdoptedRevision
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.form_view import reveal
from sanad.ui.settings.guide_form import GuideForm, Tried
from sanad.ui.settings.guide_preview import Preview
from sanad.ui.settings.office_page import WIDEST
from sanad.ui.staff.rights import reason
from sanad.ui.tasks import Problems
from sanad.ui.widgets.frames import Notice, card, column, emptied, row
from sanad.ui.widgets.labels import chip, embedded, isolated, label

SHOWN = 16
"""Letters of the edition's digest that are shown, as of the journal's head."""


class GuidePage(QWidget):
    """``adopted`` says what was adopted; the window is to be made anew, as every page speaks of the guide."""

    adopted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = False
        self.form: GuideForm | None = None
        self.preview: Preview | None = None
        self.setMaximumWidth(WIDEST)  # of the page: Qt asks how high a card is for the width of the page it lies on
        self._body: QVBoxLayout = column(self, spacing=16)
        self._result: QVBoxLayout = column(spacing=0)

    def begin(self) -> None:
        """Put the cursor into the first figure that is not set, as soon as the page is shown."""
        self._wanted = True

    def reload(self) -> None:
        """Read anew what is in force."""
        policies, today = self._desk.services.policies, self._desk.today()
        self._desk.tasks.run(lambda: policies.in_force(today), self._show)

    def _show(self, view: GuideInForce) -> None:
        emptied(self._body)
        self.form = self.preview = None
        self._result = column(spacing=0)
        if view.edited:
            self._body.addWidget(self._edited(view))
        self._body.addWidget(self._in_force(view))
        if view.left_to_office:
            self._body.addWidget(self._left(view))
        self._body.addWidget(self._review(view))
        self._body.addStretch(1)
        if self._wanted and self.form is not None:
            self._wanted = False
            QTimer.singleShot(0, self.form, self.form.focus_unset)

    # ------------------------------------------------------------ what is in force

    def _in_force(self, view: GuideInForce) -> QFrame:
        words = self._desk.words
        made, inner = _card()
        inner.addWidget(label(self._desk.said(view.title), "heading", wraps=True))
        first, since = (isolated(words.date(day)) for day in (view.first_day, view.since))
        inner.addWidget(label(words.text("guide.in_force", first=first, since=since), wraps=True))
        edition = words.text("guide.edition", digest=isolated(view.digest[:SHOWN]))
        inner.addWidget(label(edition, "hint"))
        inner.addWidget(label(words.text("guide.revisions" if view.revisions else "guide.no_revisions"), "soft"))
        for revision in reversed(view.revisions):
            inner.addWidget(label(self._revision(revision), wraps=True))
        return made

    def _revision(self, revision: AdoptedRevision) -> str:
        words = self._desk.words
        return words.text(
            "guide.revision",
            title=embedded(self._desk.said(revision.title)),
            since=isolated(words.date(revision.since)),
            adopted=isolated(words.date(revision.adopted_at.astimezone().date())),
        )

    def _left(self, view: GuideInForce) -> QFrame:
        words = self._desk.words
        made, inner = _card()
        inner.addWidget(label(words.text("guide.left"), "heading"))
        inner.addWidget(label(words.text("guide.left.hint"), "hint", wraps=True))
        for group in view.left_to_office:
            line, said = row(spacing=8), column(spacing=2)
            said.addWidget(label(self._desk.said(group.label) if group.label else group.name, wraps=True))
            said.addWidget(label(self._asked_by(group), "hint", wraps=True))
            line.addLayout(said, 1)
            state, tone = ("guide.unset", "amber") if group.unset else ("guide.set", "accent")
            line.addWidget(chip(words.text(state), tone), alignment=Qt.AlignmentFlag.AlignTop)
            inner.addLayout(line)
        return made

    def _asked_by(self, group: Settings) -> str:
        """The place of the clause that asks for a figure."""
        clause = self._desk.guide.clauses[group.clause]
        return f"{self._desk.said(clause.place)} ({isolated(group.clause)})"

    def _edited(self, view: GuideInForce) -> Notice:
        """The office's own files are not those that were adopted: told, with the way to adopt them."""
        notice = Notice(self._desk.problem(Problem("policy.edited", view.policy, {"id": view.policy})), "amber")
        if self._desk.may(Permission.SET_UP):
            notice.offer(self._desk.words.text("guide.adopt_again"), self._adopt_again, stays=True)
        return notice

    # ------------------------------------------------------------ the review

    def _review(self, view: GuideInForce) -> QFrame:
        words = self._desk.words
        made, inner = _card()
        inner.addWidget(label(words.text("guide.review"), "heading"))
        if said := reason(self._desk, Permission.SET_UP):
            inner.addWidget(label(said, "hint", wraps=True))
            return made
        if not view.groups:
            inner.addWidget(label(words.text("guide.nothing"), "hint", wraps=True))
            return made
        hint = words.text("guide.review.hint", on=isolated(words.date(view.on)))
        inner.addWidget(label(hint, "hint", wraps=True))
        form = self.form = GuideForm(self._desk, view)
        form.tried.connect(self._tried)
        form.edited.connect(self._stale)
        form.left.connect(self.reload)
        inner.addWidget(form)
        inner.addLayout(self._result)
        QTimer.singleShot(0, form, form.chain)  # Qt forgets the order where a form is put into a window
        return made

    def _tried(self, found: Tried) -> None:
        self._stale()
        self.preview = Preview(self._desk, found, self._adopted, self._refused)
        self._result.addWidget(self.preview)
        self.preview.adopt.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self.preview.adopt)

    def _stale(self) -> None:
        """Something else is typed than was looked at: it is to be looked at anew before it is adopted."""
        self.preview = None
        emptied(self._result)

    def _adopted(self, done: Done[AdoptedRevision]) -> None:
        words, revision = self._desk.words, done.value
        self._desk.refresh.changed.emit(done.changes)
        self.adopted.emit(words.text("guide.adopted", since=isolated(words.date(revision.since))))

    def _refused(self, problems: Problems) -> None:
        self._stale()
        if self.form is not None:
            self.form.show_problems(problems)

    def _adopt_again(self) -> None:
        policies, key = self._desk.services.policies, str(uuid4())
        self._desk.tasks.run(lambda: policies.adopt_again(key=key), self._adopted_again)

    def _adopted_again(self, done: Done[AdoptedPack]) -> None:
        self._desk.refresh.changed.emit(done.changes)
        self.adopted.emit(self._desk.words.text("guide.adopted_again"))


def _card() -> tuple[QFrame, QVBoxLayout]:
    made, inner = card(spacing=12)
    inner.setContentsMargins(24, 20, 24, 24)
    return made, inner
