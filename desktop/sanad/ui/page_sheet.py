"""One page of a form as a sheet of paper that one types into."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sanad.forms.definition import Field, Kind, On, Page, Section, Table
from sanad.ui.desk import Desk
from sanad.ui.fields.making import AnyBox, made
from sanad.ui.fields.table import FormTable
from sanad.ui.sheet import Sheet
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, emptied, frame
from sanad.ui.widgets.labels import elided, isolated, label, on_button, tip, trailing

LONGEST_PROBLEM = 700
"""Pixels of a line that tells what is wrong in a row; what was typed may be as long as a box takes."""
_VEILED = frozenset({Kind.NAME, Kind.PHONE})


@dataclass(frozen=True)
class Letterhead:
    """What stands over each page."""

    title: str
    page: str


@dataclass
class Placed:
    """A field on the sheet, and the line under it that tells what is wrong."""

    field: Field
    box: AnyBox
    wrong: QLabel


class TableBlock(QWidget):
    """A table, what is wrong in it, and the tick that says there is none."""

    removed = Signal(str, int, dict)
    clause_wanted = Signal(str)

    def __init__(self, table: Table, sheet: Sheet, desk: Desk) -> None:
        super().__init__()
        self._table = table
        self._sheet = sheet
        self._desk = desk
        inner = column(self, spacing=4)
        self.view = FormTable(table, sheet, desk)
        self.view.removed.connect(lambda at, text: self.removed.emit(table.bind, at, text))
        self.view.clause_wanted.connect(self.clause_wanted)
        inner.addWidget(self.view)
        self.none: QToolButton | None = None
        if table.none is not None:
            self.none = QToolButton()
            self.none.setProperty("role", "choice")
            self.none.setText(desk.said(table.none))
            self.none.setCheckable(True)
            self.none.setMinimumHeight(26)
            self.none.setAccessibleName(self.none.text())
            self.none.toggled.connect(lambda on: sheet.put(f"{table.bind}.none", "yes" if on else ""))
            inner.addWidget(self.none, alignment=Qt.AlignmentFlag.AlignLeading)
        self._wrong = column(spacing=0)
        inner.addLayout(self._wrong)
        sheet.rows_changed.connect(lambda _bind: self._offer_none())
        sheet.reset.connect(self._offer_none)
        desk.screen.turned.connect(self._veil)
        self._offer_none()

    def show_problems(self, problems: Mapping[tuple[int, str], str], whole: str) -> None:
        """Mark the cells, and say under the table what is wrong with it and in each row; a click goes there."""
        known = {column.bind: desk_label for column, desk_label in self._labels()}
        mine = {at: text for at, text in problems.items() if at[1] in known}
        self.view.show_problems(mine)
        emptied(self._wrong)
        if whole:
            self._wrong.addWidget(label(whole, "problem", wraps=True))
        for (index, bind), text in sorted(mine.items()):
            said = self._desk.words.text("form.row", row=index + 1, column=known[bind], problem=text)
            line = button("", "link")
            line.setProperty("role", "problem-link")
            line.setText(on_button(line.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, LONGEST_PROBLEM)))
            line.setAccessibleName(said)
            line.setToolTip(tip(said) if line.text() != on_button(said) else "")
            line.clicked.connect(lambda _on, index=index, bind=bind: self.view.edit_cell(index, bind))
            self._wrong.addWidget(line, alignment=Qt.AlignmentFlag.AlignLeading)

    def _veil(self, shared: bool) -> None:
        if self.none is not None:
            self.none.setEnabled(not shared)

    def _labels(self) -> list[tuple[Field, str]]:
        return [(column, self._desk.said(column.label)) for column in self.view.rows.columns]

    def _offer_none(self) -> None:
        if self.none is None:
            return
        self.none.setVisible(not self._sheet.rows(self._table.bind))
        ticked = self._sheet.values.get(f"{self._table.bind}.none") == "yes"
        if ticked != self.none.isChecked():
            self.none.blockSignals(True)
            self.none.setChecked(ticked)
            self.none.blockSignals(False)


class PageSheet(QFrame):
    """A page: letterhead, sections, fields with their labels above the line, tables."""

    removed = Signal(str, int, dict)
    clause_wanted = Signal(str)

    def __init__(self, page: Page, head: Letterhead, sheet: Sheet, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._sheet = sheet
        self._desk = desk
        self.fields: dict[str, Placed] = {}
        self.tables: list[TableBlock] = []
        self.stops: list[QWidget] = []
        whole = column(self, spacing=6)
        whole.setContentsMargins(26, 18, 26, 24)
        whole.addLayout(self._letterhead(head))
        whole.addWidget(frame("letterhead"))
        for section in page.sections:
            if section.on is not On.PAPER:
                self._add_section(section, whole)
        whole.addStretch(1)
        sheet.changed.connect(self._changed)
        sheet.reset.connect(self._fill)
        desk.screen.turned.connect(self._fill)
        self._fill()

    def show_problems(self, problems: Mapping[str, str], rows: Mapping[str, Mapping[tuple[int, str], str]]) -> None:
        """Say what is wrong under each field, by its place, and in each table, by row and column."""
        for bind, placed in self.fields.items():
            text = problems.get(self._sheet.place(bind), "")
            if placed.wrong.text() != text:
                placed.wrong.setText(text)
                placed.wrong.setVisible(bool(text))
                placed.box.mark(bool(text))
                placed.box.setAccessibleDescription(text)
        for block in self.tables:
            bind = block.view.rows.table.bind
            block.show_problems(rows.get(bind, {}), problems.get(bind, ""))

    def focus_place(self, place: str) -> bool:
        """Put the cursor into the field at a place; false if it does not stand on this page."""
        for bind, placed in self.fields.items():
            if self._sheet.place(bind) == place or bind == place:
                placed.box.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        bind, bracket, rest = place.partition("[")
        index, _, name = rest.partition("].")
        for block in self.tables:
            rows = block.view.rows
            if rows.table.bind == bind and (not bracket or rows.column(name) >= 0):
                block.view.edit_cell(int(index) if bracket else 0, name)
                return True
        return False

    def place_of_cursor(self) -> str:
        """The place that has the cursor, as problems name it; nothing if it stands elsewhere."""
        for bind, placed in self.fields.items():
            if placed.box.hasFocus():
                return self._sheet.place(bind)
        return next((place for block in self.tables if (place := block.view.open_place())), "")

    def minimumSizeHint(self) -> QSize:
        """As high as what stands on it, and as narrow as its boxes may be."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def _letterhead(self, head: Letterhead) -> QGridLayout:
        desk = self._desk
        language = desk.words.language
        laid = QGridLayout()
        laid.setContentsMargins(0, 0, 0, 4)
        laid.setVerticalSpacing(0)
        committee = desk.office.committee_ar if language == "ar" else desk.office.committee_en
        self._number = elided("", "soft")
        self._day = elided("", "soft")
        title = label(head.title, "heading")
        page = label(head.page, "hint")
        for made_label in (title, page):
            made_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for made_label in (self._number, self._day):
            made_label.setAlignment(trailing())
        laid.addWidget(elided(desk.office.name(language), "strong"), 0, 0)
        laid.addWidget(elided(committee, "hint"), 1, 0)
        laid.addWidget(title, 0, 1)
        laid.addWidget(page, 1, 1)
        laid.addWidget(self._number, 0, 2)
        laid.addWidget(self._day, 1, 2)
        for at in range(3):
            laid.setColumnStretch(at, 1)
        return laid

    def _add_section(self, section: Section, whole: QVBoxLayout) -> None:
        whole.addSpacing(6)
        whole.addWidget(label(self._desk.said(section.title), "section"))
        if section.fields:
            whole.addLayout(self._grid(section))
        if section.table is not None:
            block = TableBlock(section.table, self._sheet, self._desk)
            block.view.setAccessibleName(self._desk.said(section.title))
            block.removed.connect(self.removed)
            block.clause_wanted.connect(self.clause_wanted)
            self.tables.append(block)
            self.stops.append(block.view)
            if block.none is not None:
                self.stops.append(block.none)
            whole.addWidget(block)

    def _grid(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(8)
        for at in range(section.columns):
            grid.setColumnStretch(at, 1)
            grid.setColumnMinimumWidth(at, 60)
        line, at = 0, 0
        for field in section.fields:
            if field.on is On.PAPER:
                continue
            span = min(field.span, section.columns)
            if at + span > section.columns:
                line, at = line + 1, 0
            grid.addWidget(self._cell(field), line, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        return grid

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget()
        inner = column(cell, spacing=0)
        name = label(self._desk.said(field.label), "soft")
        box = made(field, self._sheet, self._desk)
        name.setBuddy(box)
        wrong = label("", "problem", wraps=True)
        wrong.hide()
        box.edited.connect(lambda _text: self._sheet.put(field.bind, box.text()))
        inner.addWidget(name)
        inner.addWidget(box)
        inner.addWidget(wrong)
        self.fields[field.bind] = Placed(field, box, wrong)
        self.stops.append(box)
        return cell

    def _changed(self, bind: str) -> None:
        for each, placed in self.fields.items():
            if each == bind or (each.startswith("head.") and bind in ("head.", "household.members")):
                self._show(each, placed)
        self._head()

    def _fill(self) -> None:
        for bind, placed in self.fields.items():
            self._show(bind, placed)
        self._head()

    def _show(self, bind: str, placed: Placed) -> None:
        text = self._sheet.cell(bind)
        shared = self._desk.screen.shared
        if shared and placed.field.kind in _VEILED:
            text = self._desk.screen.name(text) if placed.field.kind is Kind.NAME else self._desk.screen.number(text)
        elif shared and bind == "head.civil_id":
            text = self._desk.screen.number(text)
        placed.box.setEnabled(not shared)
        if not placed.box.hasFocus() or placed.box.text() != text:
            placed.box.show_text(text)

    def _head(self) -> None:
        words = self._desk.words
        number, day = self._sheet.cell("household.file_number"), self._sheet.cell("request_date")
        self._number.setText(
            words.text("form.file_number", number=isolated(words.digits_shown(number))) if number else ""
        )
        self._day.setText(isolated(words.digits_shown(day)))
