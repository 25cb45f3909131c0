"""Every paper that can be printed of a family now: of its file, of each request, of each voucher, and the blanks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sanad.domain.decision import Verdict
from sanad.domain.listing import RequestView
from sanad.ui.desk import Desk
from sanad.ui.widgets.labels import isolated

CASE_STUDY = "case-study"
RECEIPT = "receipt"
LETTERS = ("referral", "attestation")
"""Papers that are written to somebody, who is asked for first."""
BLANKS = (CASE_STUDY, "aid-request", "visit", "undertaking")
"""Papers that are also filled by hand."""


class Source(Enum):
    """What a paper is made from."""

    FAMILY = auto()
    REQUEST = auto()
    VOUCHER = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Paper:
    """A paper by its form, and the id of what it is made from. ``number`` is told beside its title."""

    form: str
    source: Source
    id: str = ""
    number: str = ""


def papers_of(view: RequestView) -> Iterator[Paper]:
    """The papers that a request has come to: each is offered as soon as there is something to say on it."""
    request = view.request
    forms = ["aid-request", "visit", "undertaking"]
    if view.assessed is not None:
        forms.append("computation")
    if view.decision is not None and view.decision.verdict is Verdict.APPROVE:
        forms.append("decision-letter")
    if view.decision is not None and view.decision.verdict is Verdict.REFUSE:
        forms.append("apology")
    for form in forms:
        yield Paper(form, Source.REQUEST, request.id, request.number)
    for payment in view.payments:
        voucher, receipt = payment.voucher, payment.receipt
        yield Paper("payment-voucher", Source.VOUCHER, voucher.id, voucher.number)
        yield Paper(RECEIPT, Source.VOUCHER, voucher.id, receipt.number if receipt else "")


class PapersMenu(QMenu):
    """Filled anew whenever the family or its requests are others. ``wanted`` tells which paper was chosen."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._titles: dict[str, str] = {}
        self._household = ""
        self._views: Sequence[RequestView] = ()
        self._unsaved = False
        self.setAccessibleName(desk.words.text("print.more"))
        policy, papers = desk.office.policy, desk.services.papers
        desk.tasks.run(lambda: papers.forms(policy), self._name)

    def show_family(self, household: str, views: Sequence[RequestView], *, unsaved: bool) -> None:
        """Offer the papers of a family; without an id only the blanks. ``unsaved``: something was typed since."""
        if (household, list(views), unsaved) != (self._household, list(self._views), self._unsaved):
            self._household, self._views, self._unsaved = household, views, unsaved
            self._fill()

    def title_of(self, form: str) -> str:
        """How the guide calls a paper."""
        return self._titles.get(form, form)

    def _name(self, forms: "Sequence[tuple[str, object]]") -> None:
        self._titles = {form: self._desk.said(title) for form, title in forms}  # type: ignore[arg-type] # a Text
        self._fill()

    def _fill(self) -> None:
        self.clear()
        text = self._desk.words.text
        if self._household:
            self._head(self, text("print.as_saved" if self._unsaved else "print.of_family"))
            for form in (CASE_STUDY, *LETTERS):
                self._offer(self, Paper(form, Source.FAMILY, self._household))
            for number, view in enumerate(self._views):
                self._request(view, latest=not number)
        blanks = self.addMenu(text("print.blanks"))
        for form in BLANKS:
            self._offer(blanks, Paper(form, Source.NOTHING))

    def _request(self, view: RequestView, *, latest: bool) -> None:
        """The papers of the latest request stand open, those of earlier ones behind its name."""
        words = self._desk.words
        aid = self._desk.guide.aids.get(view.request.aid)
        name = self._desk.said(aid) if aid else view.request.aid
        title = words.text("print.of_request", aid=name, number=isolated(words.digits_shown(view.request.number)))
        menu: QMenu = self
        if latest:
            self._head(self, title)
        else:
            menu = self.addMenu(title)
        for paper in papers_of(view):
            self._offer(menu, paper)
        if latest:
            self.addSeparator()

    def _head(self, menu: QMenu, title: str) -> None:
        menu.addAction(title).setEnabled(False)

    def _offer(self, menu: QMenu, paper: Paper) -> None:
        words = self._desk.words
        title = self.title_of(paper.form)
        if paper.source is Source.VOUCHER:
            number = isolated(words.digits_shown(paper.number))
            title = words.text("print.numbered", title=title, number=number) if number else words.text("print.draft")
        made = QAction(title, menu)
        made.triggered.connect(lambda _on=False, paper=paper: self.wanted.emit(paper))
        menu.addAction(made)
