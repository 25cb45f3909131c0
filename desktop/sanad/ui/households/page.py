"""A family's file: its case-study form as paper, the assessment beside it, and the way of its requests."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from sanad.domain.case import CaseStudy
from sanad.domain.changes import Changes, Done
from sanad.domain.listing import Draft, Family
from sanad.domain.staff import Permission
from sanad.forms.filling import Row, fill, values_of
from sanad.ui.desk import Desk
from sanad.ui.form_view import FormView
from sanad.ui.households.alike import Alike
from sanad.ui.households.assessment_pane import AssessmentPane
from sanad.ui.households.doubted import Doubted
from sanad.ui.households.head import FileHead
from sanad.ui.households.history import History
from sanad.ui.households.keeping import NEW, Keeping, read_draft
from sanad.ui.households.live import Read, Typed, read
from sanad.ui.households.path import Path
from sanad.ui.households.printing import Printing
from sanad.ui.households.saving import FIRST, Recorded, save
from sanad.ui.sheet import Sheet
from sanad.ui.tasks import Problems
from sanad.ui.widgets.frames import Notice, Shelf, column, emptied, row
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import embedded, isolated

PAUSE = 200
"""Milliseconds without a key before the file is read anew."""

_EARLY = frozenset({"field.required", "household.no_head"})
"""Problems of what is not typed yet: said when the file is to be saved, not before."""


@dataclass(frozen=True)
class _Opened:
    """What was found of a family: its file, unless it is new, and a draft of it."""

    family: Family | None
    draft: Draft | None


class HouseholdPage(QWidget):
    """One family at a time.

    ``opened`` asks for another, ``refused`` tells why it cannot be opened, ``printed`` shows a paper, ``told`` says one
    sentence.
    """

    opened = Signal(str)
    refused = Signal(tuple)
    printed = Signal(bytes, str)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._family: Family | None = None
        self._serial = 0
        self._dirty = False
        self._saving = False
        self._attempted = False
        self._problems: Problems = ()
        self._unsaid = ""
        self.sheet = Sheet(self)
        self.form = FormView(desk.form, self.sheet, desk)
        self.pane = AssessmentPane(desk, self.form.label_of)
        self.path = Path(desk)
        self.history = History(desk, self.form.label_of)
        self._shelf = Shelf()
        self._notices = self._shelf.column
        self.printing = Printing(desk, self._notices, self)
        self._alike = Alike(desk, self._notices, self.opened.emit)
        self._doubted = Doubted(desk, self._notices, self.sheet)
        self.head = FileHead(desk, self.sheet)
        self.head.print.clicked.connect(self.print_file)
        self.head.papers.clicked.connect(lambda: self.head.show_menu(self.printing.menu))
        self.head.request.clicked.connect(self._new_request)
        self.head.save.clicked.connect(self.save)
        self._keeping = Keeping(desk, self.sheet.copied, self)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(PAUSE)
        self._reading.timeout.connect(self._read)
        self._path_tab = self.form.add_tab(desk.words.text("path.title"), self.path)
        self._history_tab = self.form.add_tab(desk.words.text("history.tab"), self.history)
        self.form.arrived.connect(self._arrived)
        self.history.marked.connect(self._marked)
        self._lay_out()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        self.sheet.typed.connect(self._typed)
        self.form.removed.connect(self._removed)
        self.form.clause_wanted.connect(self.pane.show_clause)
        self.pane.wanted.connect(self._answer)
        self.pane.aid_changed.connect(lambda _aid: self._read())
        self.path.printed.connect(self.printed)
        self.path.shown.connect(lambda views: self.printing.show_requests(views, unsaved=self._dirty))
        self.path.shown.connect(lambda _views: self._read())
        self.path.assessed.connect(self.pane.follow)
        self.path.left.connect(self._read)
        self.printing.printed.connect(self.printed)
        self.path.told.connect(self.told)
        desk.refresh.changed.connect(self._changed)
        desk.screen.turned.connect(self._veil)

    @property
    def family(self) -> Family | None:
        """The file as it was last saved; None for a family that never was."""
        return self._family

    def open(self, household: str) -> None:
        """Open a family's file, with what was typed on it and not saved."""
        if self._family is not None and self._family.id == household:
            self.form.setFocus()
            return
        self._leave()
        services = self._desk.services

        def look() -> _Opened:
            draft = next((draft for draft in services.drafts.kept() if draft.place == household), None)
            return _Opened(services.households.open(household), draft)

        self._desk.tasks.run(look, self._open, self.refused.emit)

    def begin(self) -> None:
        """A new family; what was typed of one and not saved is taken up again."""
        self._leave()
        drafts = self._desk.services.drafts
        self._desk.tasks.run(
            lambda: _Opened(None, next((draft for draft in drafts.kept() if draft.place == NEW), None)), self._open
        )

    def resume(self) -> None:
        """Go on with the new family that was typed and not saved."""
        if self._family is None and self._dirty:
            self.form.setFocus()
        else:
            self.begin()

    def keep_draft(self) -> None:
        """Keep what is typed, at once."""
        self._keeping.now()

    def show_path(self) -> None:
        """Turn to the way of the family's requests."""
        self.form.show_page(self._path_tab)

    def save(self) -> None:
        """Save the file; or show what stands against it, the first problem under the cursor."""
        if self._saving:
            return
        self._saving = True
        self.head.save.setEnabled(False)
        self._attempted = True
        self._keeping.now()  # a draft that outlives what is saved of it must not be older
        desk, family, key, serial = self._desk, self._family, self._keeping.key, self._serial
        values, today, why = self.sheet.copied(), desk.today(), self._alike.apart
        services, currency, shift = desk.services, desk.office.currency, desk.office.hijri_shift

        def read_over(base: CaseStudy | None) -> CaseStudy:
            return fill(desk.form, values, currency=currency, today=today, base=base, hijri_shift=shift)

        desk.tasks.run(lambda: (serial, save(services, family, read_over, why, key)), self._saved, self._refused)

    def print_file(self) -> None:
        """Show the paper as it will be printed: what is saved, or what is typed if it is not saved yet."""
        if self._family is not None and not self._dirty:
            self.printing.show_saved(self._family)
            return
        self._attempted = True
        base = self._family.study if self._family else None
        self.printing.show_typed(self.sheet.copied(), base, self.pane.aid, self._refused)

    def _lay_out(self) -> None:
        whole = row(self, spacing=0)
        content = column(spacing=8)
        right_to_left = self._desk.words.right_to_left
        content.setContentsMargins(8 if right_to_left else 16, 12, 16 if right_to_left else 8, 0)
        over = column(spacing=8)
        over.setContentsMargins(8 if right_to_left else 0, 0, 0 if right_to_left else 8, 0)
        over.addWidget(self.head)
        over.addWidget(self._shelf)
        content.addLayout(over)
        content.addWidget(self.form, 1)
        whole.addLayout(content, 1)
        edge = QFrame()
        edge.setObjectName("railEdge")
        edge.setFixedWidth(1)
        whole.addWidget(edge)
        whole.addWidget(self.pane)

    def _leave(self) -> None:
        self._keeping.now()
        self._reading.stop()

    def _open(self, found: _Opened) -> None:
        desk = self._desk
        self._family = found.family
        self._attempted = False
        self._dirty = False
        self._keeping.stand_at(found.family)
        emptied(self._notices)
        self._alike.begin()
        self._doubted.begin()
        kept = read_draft(found.draft) if found.draft is not None else None
        if kept is not None and found.draft is not None:
            self._dirty = True
            self._keeping.key = kept.key
            self.sheet.load(kept.values)
            self._offer_draft(found.draft, stale=found.family is not None and kept.version != found.family.version)
        elif found.family is not None:
            self.sheet.load(values_of(desk.form, found.family.study, desk.office.currency))
        else:
            self.sheet.load({"request_date": desk.words.date(desk.today())})
        self._serial += 1
        self._problems = ()
        self.form.show_problems(())
        self.pane.show_nothing()
        self.path.show_family(found.family)
        self.history.show_family(found.family)
        self._show_head()
        self._read()
        self.form.begin()

    def _offer_draft(self, draft: Draft, *, stale: bool) -> None:
        words = self._desk.words
        moment = words.digits_shown(f"{draft.kept_at.astimezone():%H:%M %d/%m/%Y}")
        key = "draft.restored_over_newer" if stale else "draft.restored"
        notice = Notice(words.text(key, moment=isolated(moment)), "amber")
        notice.offer(words.text("draft.discard"), self.drop_draft)
        self._notices.addWidget(notice)

    def drop_draft(self) -> None:
        """Forget what is typed and not saved."""
        self._keeping.forget()
        self._dirty = False
        self._open(_Opened(self._family, None))

    def _typed(self) -> None:
        self._serial += 1
        self._dirty = True
        self._show_head()
        self._keeping.typed()
        self._reading.start()

    def _read(self) -> None:
        desk, family = self._desk, self._family
        typed = Typed(
            serial=self._serial,
            values=self.sheet.copied(),
            base=family.study if family else None,
            own=family.id if family else "",
            aid=self.pane.aid,
            today=desk.today(),
            currency=desk.office.currency,
            hijri_shift=desk.office.hijri_shift,
            compared=desk.may(Permission.WRITE),
            request=self.path.waiting(self.pane.aid),
        )
        desk.tasks.run(lambda: read(typed, desk.form, desk.services), self._show_read)

    def _show_read(self, found: Read) -> None:
        if found.serial != self._serial:
            return
        self._problems = found.problems
        self._show_problems()
        if found.assessment is None:
            self.pane.show_nothing()
            self.form.show_counted(None, {})
        else:
            self.pane.show_assessment(found.assessment)
            self.form.show_counted(frozenset(found.assessment.counted), dict(found.assessment.excluded))
        self._alike.tell(found.similar)
        self._doubted.tell(found.doubts)

    def _show_problems(self) -> None:
        """Say what is wrong: all of it once the file was to be saved, before that what is typed and left."""
        cursor = self.form.place_of_cursor()
        self._unsaid = cursor if any(each.where == cursor for each in self._problems) else ""
        shown = [each for each in self._problems if each.code not in _EARLY and each.where != cursor]
        self.form.show_problems(self._problems if self._attempted else shown)

    def _moved(self) -> None:
        """The cursor left a field with something wrong in it: now it is said."""
        if self._unsaid:
            self._unsaid = ""
            QTimer.singleShot(0, self, self._show_problems)  # not while Qt is moving the cursor

    def _veil(self) -> None:
        """Somebody looks on, or does so no more: whatever shows a name shows it anew."""
        self._show_head()
        self._alike.tell_again()
        self._doubted.tell_again()
        self.pane.draw_again()

    def _saved(self, answer: tuple[int, Done[Family] | Recorded]) -> None:
        serial, done = answer
        self._end_saving()
        if isinstance(done, Recorded):
            self._open(_Opened(done.family, self._keeping.move(done.family)))
            return
        self._keeping.forget()
        self._family = done.value
        self._keeping.stand_at(done.value)
        emptied(self._notices, but=InlineForm)  # what is asked there is half answered
        self._alike.record()
        if serial == self._serial:
            self._dirty = False
            self._attempted = False
            self.sheet.load(values_of(self._desk.form, done.value.study, self._desk.office.currency))
        else:
            self._keeping.typed()
        self.path.show_family(done.value)
        self.history.show_family(done.value)
        self._show_head()
        words = self._desk.words
        number = isolated(words.digits_shown(done.value.study.household.file_number))
        said = "household.registered" if done.value.version == FIRST else "household.corrected"
        said = "household.repeated" if done.repeated else said
        self.told.emit(words.text(said, number=number))
        self._desk.refresh.changed.emit(done.changes)

    def _refused(self, problems: Problems) -> None:
        self._end_saving()
        self._problems = problems
        self.form.show_problems(problems)
        self.form.focus_first(problems)
        homeless = self.form.homeless(problems)
        for old in self.findChildren(RefusedNotice):
            old.close()
            old.deleteLater()
        said = [self._desk.problem(problem) for problem in homeless]
        placed = len(problems) - len(homeless)
        if placed:
            said.insert(0, self._desk.words.count("household.refused", placed))
        if said:
            self._notices.addWidget(RefusedNotice("\n".join(said), "stop"))

    def _end_saving(self) -> None:
        self._saving = False
        self.head.save.setEnabled(self._desk.may(Permission.WRITE))

    def _removed(self, bind: str, index: int, text: Row) -> None:
        words = self._desk.words
        name = str(text.get("name", "")) or words.number(index + 1)
        notice = Notice(words.text("form.removed", row=embedded(self._desk.screen.name(name))))
        notice.offer(words.text("form.undo"), lambda: self.sheet.restore_row(bind, index, text))
        self._notices.addWidget(notice)
        QTimer.singleShot(15_000, notice, notice.close)

    def _new_request(self) -> None:
        if self._family is None:
            self.told.emit(self._desk.words.text("request.save_first"))
            return
        self.show_path()
        self.path.begin(self.pane.aid)

    def _answer(self, place: str) -> None:
        """Lead to the box in which a missing fact is said: of the file, or of the request."""
        if self.form.focus_place(place):
            return
        if self._family is None:
            self.told.emit(self._desk.words.text("request.save_first"))
            return
        self.show_path()
        self.path.answer(self.pane.aid, place)

    def _changed(self, changes: Changes) -> None:
        if self._family is not None and self._family.id in changes.households:
            self.path.reload()
            self._arrived(self.form.pages.currentIndex())

    def _arrived(self, tab: int) -> None:
        if tab == self._history_tab:
            self.history.reload()

    def _marked(self, confidential: bool) -> None:
        if self._family is not None:
            self._family = replace(self._family, confidential=confidential)
            self.history.show_family(self._family)
            self._show_head()

    def _show_head(self) -> None:
        kept = self._family is not None and self._family.confidential
        self.head.show_state(known=self._family is not None, unsaved=self._dirty, confidential=kept)
        self.printing.show_family(self._family, unsaved=self._dirty)


class RefusedNotice(Notice):
    """Tells that the file was not saved."""
