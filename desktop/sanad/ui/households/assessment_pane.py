"""What the guide gives the family as its file is typed now: amount, reason, every step with its clause."""

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from sanad.domain.assessment import Assessment, Assumption, Finding, Outcome, Step
from sanad.ui.desk import Desk
from sanad.ui.households.share_bar import ShareBar
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import Notice, column, emptied, frame, row
from sanad.ui.widgets.labels import divider, isolated, label, on_button

WIDTH = 330
BUTTON_EDGES = 112
"""Pixels beside the title and the name of the aid: margins, the arrow, the space between."""
EDGES = 80
"""Pixels of the width in which no text stands, at most."""

_TONES = {Outcome.ELIGIBLE: "", Outcome.NOT_ELIGIBLE: "soft", Outcome.NEEDS_BOARD: "amber", Outcome.INCOMPLETE: "soft"}


class AssessmentPane(QFrame):
    """Stands beside the sheet. ``wanted`` names the place of a fact that is missing, ``aid_changed`` the other aid.

    ``figure_wanted`` asks for the page on which the office sets what its guide leaves to it.
    """

    wanted = Signal(str)
    figure_wanted = Signal()
    aid_changed = Signal(str)

    def __init__(self, desk: Desk, label_of: Callable[[str], str]) -> None:
        super().__init__()
        self.setProperty("role", "pane")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._label_of = label_of
        self._assessment: Assessment | None = None
        self._all_steps = False
        self.aid = next(iter(desk.guide.aids))
        whole = column(self, spacing=8)
        whole.setContentsMargins(16, 14, 16, 8)
        head = row()
        self._title = label(desk.words.text("pane.title"), "strong")
        head.addWidget(self._title)
        head.addStretch(1)
        self._aids = self._aid_button()
        head.addWidget(self._aids)
        whole.addLayout(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QFrame()
        inner.setProperty("role", "pane")
        self._body: QVBoxLayout = column(inner, spacing=3)
        right_to_left = desk.words.right_to_left
        self._body.setContentsMargins(10 if right_to_left else 0, 0, 0 if right_to_left else 10, 8)
        area.setWidget(inner)
        whole.addWidget(area, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is typed yet."""
        self._assessment = None
        emptied(self._body)
        self._body.addWidget(label(self._desk.words.text("pane.empty"), "hint", wraps=True))
        self._body.addStretch(1)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show what was found."""
        if assessment == self._assessment:
            return
        self._assessment = assessment
        self._draw(assessment)

    def follow(self, assessment: Assessment) -> None:
        """Show what was found for an aid that is asked for elsewhere."""
        self._turn_to(assessment.aid)
        self.show_assessment(assessment)

    def draw_again(self) -> None:
        """Show what was found once more, as names may be shown otherwise now."""
        if self._assessment is not None:
            self._draw(self._assessment)

    def show_clause(self, clause: str) -> None:
        """Say what a clause says, over the steps, until it is closed."""
        known = self._desk.guide.clauses.get(clause)
        if known is None:
            return
        for old in self.findChildren(Notice):
            old.close()
            old.deleteLater()
        said = f"{self._desk.said(known.place)} ({isolated(clause)})\n{self._desk.said(known.wording)}"
        notice = Notice(said).offer(self._desk.words.text("notice.close"), lambda: None)
        self._body.insertWidget(0, notice)

    def _draw(self, found: Assessment) -> None:
        emptied(self._body)
        self._body.addLayout(self._amount(found))
        self._body.addWidget(label(self._sentence(found), "soft", wraps=True))
        if found.missing:
            self._body.addWidget(self._missing(found))
        share, line = found.figures.get("per_capita"), found.figures.get("poverty_line")
        if share is not None and line is not None:
            bar = ShareBar(self._desk)
            bar.show_share(Fraction(share), Fraction(line), self._desk.guide.seasonal_limit)
            self._body.addWidget(bar)
        steps = [step for step in found.steps if self._all_steps or _main(step, found)]
        for place, group in groupby(steps, key=lambda step: self._place(step.clause)):
            rested = list(group)
            for step in rested:
                self._body.addWidget(divider())
                self._body.addLayout(self._step(step))
            chip = self._chip(rested[-1].clause, place)
            self._body.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeading)
        if self._all_steps or len(steps) < len(found.steps):
            self._body.addWidget(divider())
            self._body.addWidget(self._more(), alignment=Qt.AlignmentFlag.AlignLeading)
        for assumption in found.assumptions:
            self._body.addWidget(self._assumption(assumption))
        self._body.addWidget(label(self._desk.edition(found), "hint", wraps=True))
        self._body.addStretch(1)

    def _amount(self, found: Assessment) -> QVBoxLayout:
        words = self._desk.words
        made = column(spacing=0)
        line = row(spacing=6)
        tone = _TONES[found.outcome]
        if found.amount and found.outcome is not Outcome.INCOMPLETE:
            line.addWidget(label(self._desk.money(found.amount), "figure", tone=tone))
            unit = words.symbol(self._desk.office.currency)
            by_month = words.text("pane.monthly", unit=unit) if found.aid == "monthly" else unit
            line.addWidget(label(by_month, "section" if not tone else "soft"))
        else:
            line.addWidget(label(words.choice("outcome", found.outcome), "figure", tone=tone))
        line.addStretch(1)
        made.addLayout(line)
        return made

    def _sentence(self, found: Assessment) -> str:
        """The outcome with the condition that decided it."""
        words = self._desk.words
        deciding = Finding.NOT_MET if found.outcome is Outcome.NOT_ELIGIBLE else Finding.MET
        check = next((check for check in found.checks if check.result is deciding), None)
        if found.outcome is Outcome.INCOMPLETE:
            return words.count("pane.incomplete", len(found.missing))
        if check is None:
            return ""
        key = "pane.because_not" if deciding is Finding.NOT_MET else "pane.because"
        said = words.text(key, condition=self._desk.said(check.label))
        if found.redirect is not None and (other := self._desk.guide.aids.get(found.redirect)) is not None:
            said = f"{said} {words.text('pane.redirect', aid=self._desk.said(other))}"
        return said

    def _step(self, step: Step) -> QHBoxLayout:
        line = row()
        name = label(self._desk.said(step.label), wraps=True)
        name.setToolTip(self._desk.said(step.note))
        line.addWidget(name, 1)
        line.addWidget(label(isolated(self._figure(step)), "strong"))
        return line

    def _figure(self, step: Step) -> str:
        currency = self._desk.office.currency
        if step.money:
            return self._desk.money(currency.rounded(step.exact))
        return self._desk.words.number(int(step.exact))

    def _chip(self, clause: str, place: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "clause")
        made.setText(place)
        made.setToolTip(self._desk.words.text("pane.clause.open", clause=clause))
        made.setAccessibleName(f"{clause}: {made.text()}")
        made.clicked.connect(lambda: self.show_clause(clause))
        return made

    def _place(self, clause: str) -> str:
        """Where the clause stands in the guide: its chapter and number, without the guide's own name."""
        known = self._desk.guide.clauses.get(clause)
        if known is None:
            return clause
        comma = self._desk.words.text("list.comma")
        parts = self._desk.said(known.place).split(comma)
        return comma.join(parts[1:3]) if len(parts) > 1 else parts[0]

    def _more(self) -> QPushButton:
        made = button(self._desk.words.text("pane.fewer" if self._all_steps else "pane.more"), "link")

        def turn() -> None:
            self._all_steps = not self._all_steps
            self.draw_again()

        made.clicked.connect(turn)
        return made

    def _assumption(self, assumption: Assumption) -> QFrame:
        made = frame("assumption")
        inner = column(made, spacing=4)
        inner.setContentsMargins(12, 8, 12, 10)
        said = self._desk.words.text("pane.assumption", text=self._desk.said(assumption.label))
        inner.addWidget(label(said, wraps=True))
        inner.addWidget(
            self._chip(assumption.clause, self._place(assumption.clause)), alignment=Qt.AlignmentFlag.AlignLeading
        )
        return made

    def _missing(self, found: Assessment) -> QWidget:
        made = frame("assumption")
        inner = column(made, spacing=2)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(label(self._desk.words.text("pane.missing")))
        for place in found.missing:
            fact = self._desk.guide.facts.get(place)
            name = self._label_of(place)
            figure = self._desk.guide.leaves_to_office(place)
            if not name and (figure or place in self._desk.guide.said_by_requests):
                name = self._desk.said(fact) if fact else place
            if name:
                link = button("", "link")
                link.setText(on_button(_lines(name, link.fontMetrics(), WIDTH - EDGES)))
                link.setAccessibleName(name)
                if figure:
                    link.clicked.connect(lambda _on: self.figure_wanted.emit())
                else:
                    link.clicked.connect(lambda _on, place=place: self.wanted.emit(place))
                inner.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeading)
            else:
                inner.addWidget(label(self._desk.said(fact) if fact else place, wraps=True))
        return made

    def _aid_button(self) -> QPushButton:
        made = button("", icon=self._desk.icons.icon("chevron-down", size=14))
        menu = QMenu(made)
        for aid, title in self._desk.guide.aids.items():
            action = QAction(self._desk.said(title), menu)
            action.triggered.connect(lambda _on=False, aid=aid: self._choose(aid))
            menu.addAction(action)
        made.setMenu(menu)
        made.setAccessibleName(self._desk.words.text("pane.aid"))
        self._name_aid(made)
        return made

    def _name_aid(self, on: QPushButton) -> None:
        """The aid's name as far as there is room beside the title; the whole of it on demand."""
        name = self._desk.said(self._desk.guide.aids[self.aid])
        room = WIDTH - BUTTON_EDGES - self._title.sizeHint().width()
        on.setText(on.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room))
        on.setToolTip(name)

    def _choose(self, aid: str) -> None:
        self._turn_to(aid)
        self.aid_changed.emit(aid)

    def _turn_to(self, aid: str) -> None:
        self.aid = aid
        self._name_aid(self._aids)


def _lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """A text in as many lines as it needs: a button breaks none by itself. A word longer than a line is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines if line)


def _main(step: Step, found: Assessment) -> bool:
    """Whether a step is one of the figures that the guide's own table has; the others stand behind a button."""
    return step.name in found.figures or step.name.startswith("line_")
