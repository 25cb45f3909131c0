"""The way of a family's requests: received, assessed, decided, paid, taken; each step with the button that does it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout
from shiboken6 import isValid

from sanad.domain.assessment import Outcome
from sanad.domain.changes import Done
from sanad.domain.decision import Decision, Verdict
from sanad.domain.listing import Family, Payment, RequestView
from sanad.domain.request import Request, RequestState
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.households import steps
from sanad.ui.households.particulars import summary
from sanad.ui.households.request_form import RequestForm, correct_form, receive_form
from sanad.ui.receipt import show_receipt
from sanad.ui.staff.rights import guard
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, emptied, frame, row
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import chip, divider, embedded, isolated, label

_TONES = {RequestState.REFUSED: "stop", RequestState.POSTPONED: "amber", RequestState.RECEIVED: ""}


class Path(QFrame):
    """Shows every request of one family, the latest first.

    ``printed`` shows a paper, ``told`` says what was done, ``shown`` which requests there are.
    ``assessed`` tells what the guide gives by a request that is being typed, ``left`` that it is no more.
    """

    printed = Signal(bytes, str)
    told = Signal(str)
    shown = Signal(list)
    assessed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._desk = desk
        self._family: Family | None = None
        self._views: list[RequestView] = []
        self._begin_with = ""
        self._asked_for = ""
        self._corrected: dict[str, Callable[[str], None]] = {}
        self._acted = False
        self._open: InlineForm | None = None
        whole = column(self, spacing=16)
        whole.setContentsMargins(26, 18, 26, 24)
        self._body: QVBoxLayout = column(spacing=16)
        whole.addLayout(self._body)
        whole.addStretch(1)
        desk.screen.turned.connect(self._draw)  # a lambda would outlive this page

    def show_family(self, family: Family | None) -> None:
        """Show the way of this family's requests."""
        self._family = family
        self._views = []
        self._draw()
        self.reload()

    def reload(self) -> None:
        """Read the requests anew."""
        if self._family is not None:
            household, requests = self._family.id, self._desk.services.requests
            self._desk.tasks.run(lambda: (household, requests.of(household)), self._show)

    def begin(self, aid: str) -> None:
        """Ask what a new request is for."""
        self._begin_with = aid
        self._draw()

    def waiting(self, aid: str) -> Request | None:
        """The family's request for an aid that is not decided yet."""
        return next((each.request for each in self._views if each.request.aid == aid and not each.settled), None)

    def answer(self, aid: str, fact: str) -> None:
        """Open the box in which a request for an aid says something; of a new one where none is waiting."""
        request = self.waiting(aid)
        if request is None:
            self._asked_for = fact
            self.begin(aid)
        elif request.id in self._corrected:
            self._corrected[request.id](fact)

    def _show(self, answer: tuple[str, list[RequestView]]) -> None:
        household, views = answer
        if self._family is not None and self._family.id == household:
            self._views = views
            self._draw()
            self.shown.emit(views)

    def _draw(self) -> None:
        emptied(self._body)
        self._open = None
        self._corrected.clear()
        text = self._desk.words.text
        if self._family is None:
            self._body.addWidget(label(text("path.unsaved.title"), "heading"))
            self._body.addWidget(label(text("path.unsaved.text"), "soft", wraps=True))
            return
        if self._begin_with:
            form = receive_form(self._desk, self._family.id, self._begin_with, self._received)
            self._put_form(form, self._body, self._stop_beginning)
            form.assessed.connect(self.assessed)
            form.show_place(self._asked_for)
            self._asked_for = ""
        elif not self._views:
            self._body.addWidget(label(text("path.empty.title"), "heading"))
            self._body.addWidget(label(text("path.empty.text"), "soft", wraps=True))
            start = button(text("request.new"), "main")
            guard(start, self._desk, Permission.WRITE)
            start.clicked.connect(lambda: self.begin(next(iter(self._desk.guide.aids))))
            self._body.addWidget(start, alignment=Qt.AlignmentFlag.AlignLeading)
        for view in self._views:
            self._body.addWidget(self._request(view))
        if self._acted:
            self._acted = False
            QTimer.singleShot(0, self, self._go_on)

    def _request(self, view: RequestView) -> QFrame:
        words, request = self._desk.words, view.request
        made = frame("card")
        inner = column(made, margins=16, spacing=8)
        head = row()
        aid = self._desk.guide.aids.get(request.aid)
        head.addWidget(label(self._desk.said(aid) if aid else request.aid, "heading"))
        head.addWidget(chip(isolated(words.digits_shown(request.number))))
        head.addWidget(chip(words.choice("request_state", request.state), _TONES.get(request.state, "accent")))
        head.addStretch(1)
        received = words.text("path.received", date=isolated(words.date(request.received_on)))
        head.addWidget(label(received, "hint"))
        inner.addLayout(head)
        self._says(view, inner)
        inner.addWidget(divider())
        self._assessed(view, inner)
        for decision in view.decisions:
            inner.addWidget(divider())
            self._decided(decision, inner)
        if view.assessed is not None and not view.settled:
            inner.addWidget(divider())
            self._to_decide(view, inner)
        self._paid(view, inner)
        return made

    def _says(self, view: RequestView, inner: QVBoxLayout) -> None:
        """What the request says beside its aid, and the button that corrects it as long as nothing is decided."""
        household = self._family.study.household if self._family else None
        said = label(summary(view.request, household, self._desk), "hint", wraps=True)
        if view.settled:
            said.setVisible(bool(said.text()))
            inner.addWidget(said)
            return
        act = button(self._desk.words.text("request.correct"), "quiet")
        guard(act, self._desk, Permission.WRITE)
        place = column(spacing=0)
        line = row(spacing=8)
        line.addWidget(said, 1)
        line.addWidget(act)
        inner.addLayout(line)
        inner.addLayout(place)

        def correct(fact: str) -> None:
            if not act.isEnabled():
                if isinstance(self._open, RequestForm):
                    self._open.show_place(fact)
                return
            form = correct_form(self._desk, view, self._done)
            form.assessed.connect(self.assessed)
            self._unfold(act, place, lambda: form)
            form.show_place(fact)

        act.clicked.connect(lambda: correct(""))
        self._corrected[view.request.id] = correct

    def _assessed(self, view: RequestView, inner: QVBoxLayout) -> None:
        words = self._desk.words
        if view.assessed is None:
            self._step(inner, words.text("path.to_assess"), self._assess_button(view, "request.assess", "main"))
            return
        found = view.assessed.assessment
        outcome = words.choice("outcome", found.outcome)
        amount = self._desk.priced(found.amount) if found.amount and found.outcome is not Outcome.INCOMPLETE else ""
        said = words.text("path.assessed", outcome=outcome, date=isolated(words.digits_shown(_dmy(found.on))))
        again = None if view.settled else self._assess_button(view, "request.assess_again", "quiet")
        self._step(inner, said, again, strong=amount)
        inner.addWidget(label(self._desk.edition(found), "hint", wraps=True))
        for what in () if view.settled else view.outdated:
            inner.addWidget(chip(words.choice("outdated", what), "amber"), alignment=Qt.AlignmentFlag.AlignLeading)

    def _assess_button(self, view: RequestView, key: str, role: str) -> QPushButton:
        made = button(self._desk.words.text(key), role)
        guard(made, self._desk, Permission.ASSESS)
        once, assessments = str(uuid4()), self._desk.services.assessments

        def press() -> None:
            made.setEnabled(False)
            day = self._desk.today()  # of the press: the window may have stood open over midnight
            self._desk.tasks.run(lambda: assessments.assess(view.request.id, day, key=once), self._done, refused)

        def refused(problems: Problems) -> None:
            if isValid(made):
                made.setEnabled(True)
            if problems:
                self._desk.tasks.refused.emit(problems)

        made.clicked.connect(press)
        return made

    def _to_decide(self, view: RequestView, inner: QVBoxLayout) -> None:
        text = self._desk.words.text
        act = button(text("decision.open"), "main")
        guard(act, self._desk, Permission.DECIDE)
        place = column(spacing=0)
        self._step(inner, text("path.to_decide"), act)
        inner.addLayout(place)
        act.clicked.connect(lambda: self._unfold(act, place, lambda: steps.decide_form(self._desk, view, self._done)))

    def _decided(self, decision: Decision, inner: QVBoxLayout) -> None:
        words = self._desk.words
        verdict = words.choice("verdict", decision.verdict)
        said = words.text(
            "path.decided",
            verdict=verdict,
            sitting=isolated(words.digits_shown(decision.sitting)),
            date=isolated(words.date(decision.decided_on)),
        )
        grant = decision.grant
        self._step(inner, said, None, strong=self._desk.priced(grant.amount) if grant else "")
        if grant is not None:
            key = "path.months" if grant.last_month else "path.months_open"
            last = words.month(grant.last_month) if grant.last_month else ""
            inner.addWidget(label(words.text(key, first=words.month(grant.first_month), last=last), "hint"))
        if decision.reason:
            inner.addWidget(label(words.text("path.reason", reason=embedded(decision.reason)), "hint", wraps=True))

    def _paid(self, view: RequestView, inner: QVBoxLayout) -> None:
        for payment in view.payments:
            inner.addWidget(divider())
            self._payment(payment, inner)
        decision = view.decision
        if decision is None or decision.verdict is not Verdict.APPROVE:
            return
        if not steps.unpaid_months(self._desk, view, decision):
            return
        text = self._desk.words.text
        inner.addWidget(divider())
        act = button(text("voucher.open"), "" if view.payments else "main")
        guard(act, self._desk, Permission.PAY)
        place = column(spacing=0)
        self._step(inner, text("path.to_pay"), act)
        inner.addLayout(place)
        head = self._family.study.household.head if self._family else None
        payee = head.name if head else ""
        act.clicked.connect(
            lambda: self._unfold(act, place, lambda: steps.issue_form(self._desk, view, decision, payee, self._done))
        )

    def _payment(self, payment: Payment, inner: QVBoxLayout) -> None:
        words, voucher = self._desk.words, payment.voucher
        place = column(spacing=0)
        said = words.text(
            "path.voucher", number=isolated(words.digits_shown(voucher.number)), month=words.month(voucher.month)
        )
        buttons: list[QPushButton] = []
        if payment.live and payment.receipt is None:
            take = button(words.text("receipt.open"), "main")
            guard(take, self._desk, Permission.PAY)
            take.clicked.connect(
                lambda: self._unfold(take, place, lambda: steps.take_form(self._desk, payment, self._done))
            )
            buttons.append(take)
        show = button(words.text("receipt.print" if payment.receipt else "receipt.print_draft"))
        show.setIcon(self._desk.icons.icon("printer"))
        guard(show, self._desk, Permission.PRINT)
        show.clicked.connect(lambda: self._print(payment))
        buttons.append(show)
        if payment.live:
            void = button(words.text("voucher.void"), "quiet")
            guard(void, self._desk, Permission.PAY)
            void.clicked.connect(
                lambda: self._unfold(void, place, lambda: steps.void_form(self._desk, payment, self._done))
            )
            buttons.append(void)
        self._step(inner, said, *buttons, strong=self._desk.priced(voucher.amount))
        inner.addWidget(self._became(payment))
        inner.addLayout(place)

    def _became(self, payment: Payment) -> QLabel:
        """What became of a voucher: void, received, or still waiting."""
        words = self._desk.words
        if payment.cancellation is not None:
            on = isolated(words.date(payment.cancellation.cancelled_on))
            text = words.text("path.void", date=on, reason=embedded(payment.cancellation.reason))
            return label(text, "problem", wraps=True)
        if payment.receipt is None:
            to = embedded(self._desk.screen.name(payment.voucher.payee))
            how = words.choice("method", payment.voucher.method)
            return label(words.text("path.not_received", payee=to, method=how), "hint", wraps=True)
        receipt = payment.receipt
        text = words.text(
            "path.receipt",
            number=isolated(words.digits_shown(receipt.number)),
            name=embedded(self._desk.screen.name(receipt.received_by)),
            date=isolated(words.date(receipt.received_on)),
        )
        return label(text, "hint", wraps=True)

    def _print(self, payment: Payment) -> None:
        number = payment.receipt.number if payment.receipt else payment.voucher.number
        show_receipt(self._desk, payment.voucher.id, number, self.printed.emit)

    def _step(self, inner: QVBoxLayout, said: str, *buttons: QPushButton | None, strong: str = "") -> None:
        line = row(spacing=8)
        line.addWidget(label(said, wraps=True), 1)
        if strong:
            line.addWidget(label(embedded(strong), "strong"))
        for each in buttons:
            if each is not None:
                line.addWidget(each)
        inner.addLayout(line)

    def _unfold(self, act: QPushButton, place: QVBoxLayout, make: Callable[[], InlineForm]) -> None:
        """Open the questions of a step; only one step is open at a time."""
        if self._open is not None:
            self._open.left.emit()
        act.setEnabled(False)
        self._put_form(make(), place, lambda: act.setEnabled(True))

    def _put_form(self, form: InlineForm, place: QVBoxLayout, folded: Callable[[], None]) -> None:
        def fold() -> None:
            if self._open is form:
                self._open = None
            form.hide()
            form.deleteLater()
            if isinstance(form, RequestForm):
                self.left.emit()
            folded()

        form.left.connect(fold)
        self._open = form
        place.addWidget(form)
        form.begin()

    def _stop_beginning(self) -> None:
        self._begin_with = ""

    def _received(self, done: Done[Any]) -> None:
        self._begin_with = ""
        self._done(done)

    def _go_on(self) -> None:
        """The cursor on the next step's button."""
        following = (each for each in self.findChildren(QPushButton) if each.property("role") == "main")
        if (button_ := next((each for each in following if each.isVisible()), None)) is not None:
            button_.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, done: Done[Any]) -> None:
        """Something was recorded: whoever shows it reloads, this page among them."""
        self._acted = True
        key = f"path.done.{type(done.value).__name__.lower()}"
        number = str(getattr(done.value, "number", ""))
        if done.repeated:
            key = "path.repeated" if number else "path.repeated.unnumbered"
        words = self._desk.words
        self.told.emit(words.text(key, number=isolated(words.digits_shown(number))))
        self._desk.refresh.changed.emit(done.changes)


def _dmy(iso: str) -> str:
    """``2026-11-22`` as ``22/11/2026``."""
    return "/".join(reversed(iso.split("-")))
