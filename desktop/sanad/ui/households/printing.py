"""Prints of a family: its file as it is typed or saved, and every other paper, each shown before it is printed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sanad.domain.case import CaseStudy
from sanad.domain.listing import Family, RequestView
from sanad.forms.filling import Values, fill
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.households.papers_menu import CASE_STUDY, LETTERS, RECEIPT, Paper, PapersMenu, Source
from sanad.ui.tasks import Problems
from sanad.ui.widgets.inline_form import InlineForm

LONGEST_ADDRESSEE = 120
"""Letters of the name of whom a letter is written to."""


class Printing(QObject):
    """Draws papers away from the window.

    ``printed`` carries the PDF and the name of its file. Nobody's name stands in that: printers and folders show it to
    whoever passes.
    """

    printed = Signal(bytes, str)

    def __init__(self, desk: Desk, questions: QVBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._questions = questions
        self._family: Family | None = None
        self._views: list[RequestView] = []
        self._asked: InlineForm | None = None
        self.menu = PapersMenu(desk, page)
        self.menu.wanted.connect(self.show_paper)

    def show_family(self, family: Family | None, *, unsaved: bool) -> None:
        """Print of this family from now on; ``unsaved``: something was typed since it was saved."""
        if family is None or self._family is None or family.id != self._family.id:
            self._views = []
        self._family = family
        self.menu.show_family(family.id if family else "", self._views, unsaved=unsaved)

    def show_requests(self, views: list[RequestView], *, unsaved: bool) -> None:
        """These are the family's requests now."""
        self._views = views
        self.show_family(self._family, unsaved=unsaved)

    def show_saved(self, family: Family) -> None:
        """The file as it was last saved."""
        papers, today, household = self._desk.services.papers, self._desk.today(), family.id
        self._draw(lambda: papers.case_study(household, today), CASE_STUDY)

    def show_typed(self, values: Values, base: CaseStudy | None, aid: str, failed: Callable[[Problems], None]) -> None:
        """The file as it is typed; ``failed`` says what stands against it."""
        desk = self._desk
        papers, office, today = desk.services.papers, desk.office, desk.today()

        def draw() -> bytes:
            shift = office.hijri_shift
            study = fill(desk.form, values, currency=office.currency, today=today, base=base, hijri_shift=shift)
            case = study.case(policy=office.policy, aid=aid, on=today)
            return papers.print_case(
                desk.form.id, case, on=today, office=office, language=office.language, digits=office.digits
            )

        self._draw(draw, CASE_STUDY, failed=failed)

    def show_paper(self, paper: Paper) -> None:
        """One of the papers of the menu; a letter asks first to whom it is written."""
        if paper.form in LETTERS and paper.source is Source.FAMILY:
            self._ask_addressee(paper)
            return
        papers, today, id_ = self._desk.services.papers, self._desk.today(), paper.id
        match paper.source:
            case Source.FAMILY:
                self._draw(lambda: papers.of_family(paper.form, id_, today), paper.form)
            case Source.REQUEST:
                self._draw(lambda: papers.of_request(paper.form, id_, today), paper.form, paper.number)
            case Source.VOUCHER if paper.form == RECEIPT:
                self._draw(lambda: papers.receipt(id_, today), paper.form, paper.number)
            case Source.VOUCHER:
                self._draw(lambda: papers.voucher(id_, today), paper.form, paper.number)
            case Source.NOTHING:
                self._blank(paper)

    def _blank(self, paper: Paper) -> None:
        desk = self._desk
        papers, office, today = desk.services.papers, desk.office, desk.today()
        self._draw(
            lambda: papers.print_case(
                paper.form,
                None,
                on=today,
                policy=office.policy,
                office=office,
                language=office.language,
                digits=office.digits,
            ),
            paper.form,
            desk.words.text("print.blank"),
        )

    def _ask_addressee(self, paper: Paper) -> None:
        desk = self._desk
        if self._asked is not None and isValid(self._asked):
            self._asked.left.emit()
        form = InlineForm(desk, desk.words.text("print.show"), columns=2)
        box = LineBox(role="box")
        box.setMaxLength(LONGEST_ADDRESSEE)
        form.ask("to", f"print.to.{paper.form}", box, span=2)
        form.left.connect(form.deleteLater)
        form.left.connect(form.hide)
        papers, today = desk.services.papers, desk.today()
        name = self._file_name(paper.form)

        def call() -> Callable[[], Any]:
            to = box.text().strip()
            return lambda: papers.of_family(paper.form, paper.id, today, to=to)

        def show(pdf: bytes) -> None:
            form.left.emit()
            self.printed.emit(pdf, name)

        form.on_record(call, show)
        self._asked = form
        self._questions.addWidget(form)
        form.begin()

    def _draw(
        self,
        draw: Callable[[], bytes],
        form: str,
        number: str = "",
        *,
        failed: Callable[[Problems], None] | None = None,
    ) -> None:
        name = self._file_name(form, number)
        self._desk.tasks.run(draw, lambda pdf: self.printed.emit(pdf, name), failed)

    def _file_name(self, form: str, number: str = "") -> str:
        own = self._family.study.household.file_number if self._family else ""
        return f"{self.menu.title_of(form)} {number or own}".strip()
