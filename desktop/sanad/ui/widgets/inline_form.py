"""A few questions asked where their answer belongs, instead of in a dialog."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QWidget

from sanad.domain.errors import Problem
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.losses import tell_losses
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import label

AnyBox = LineBox | YesNoBox


class InlineForm(QFrame):
    """Questions in a grid, then the button that records the answer, and one that leaves it.

    ``key`` is made when the form opens: pressing twice records once. The button is off from the press until the answer.
    """

    left = Signal()

    def __init__(self, desk: Desk, action: str, *, columns: int = 3) -> None:
        super().__init__()
        self.setProperty("role", "inline")
        self._desk = desk
        self._columns = columns
        self.key = str(uuid4())
        self._at = 0
        self._boxes: dict[str, tuple[AnyBox, QLabel, QWidget]] = {}
        self._names: dict[str, QLabel] = {}
        whole = column(self, margins=12, spacing=8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        whole.addLayout(self._grid)
        self._lines = column(spacing=4)
        whole.addLayout(self._lines)
        self._homeless = label("", "problem", wraps=True)
        self._homeless.hide()
        whole.addWidget(self._homeless)
        feet = row()
        self.record = button(action, "main")
        self.record.setToolTip(f"{action} (Ctrl+Enter)")
        feet.addWidget(self.record)
        self._leave = button(desk.words.text("form.leave"), "quiet")
        self._leave.clicked.connect(self.left)
        feet.addWidget(self._leave)
        feet.addStretch(1)
        whole.addLayout(feet)

    def ask(self, where: str, key: str, box: AnyBox, *, text: str = "", span: int = 1) -> AnyBox:
        """Ask one thing; ``where`` is the place under which a problem with it is told."""
        return self.ask_named(where, self._desk.words.text(key), box, text=text, span=span)

    def ask_named(self, where: str, title: str, box: AnyBox, *, text: str = "", span: int = 1) -> AnyBox:
        """Ask one thing in words that are not ours, such as the guide's."""
        cell = QWidget()
        inner = column(cell, spacing=2)
        name = self._names[where] = label("", "soft", wraps=True)
        name.setBuddy(box)
        box.show_text(text)
        wrong = label("", "problem", wraps=True)
        wrong.hide()
        for part in (name, box, wrong):
            inner.addWidget(part)
        line, place = divmod(self._at, self._columns)
        if place + span > self._columns:
            line, place = line + 1, 0
        self._grid.addWidget(cell, line, place, 1, span, Qt.AlignmentFlag.AlignTop)
        self._at = line * self._columns + place + span
        self._boxes[where] = (box, wrong, cell)
        self.name(where, title)
        if not isinstance(box, YesNoBox):
            tell_losses(box, self._desk.words)
        return box

    def name(self, where: str, title: str) -> None:
        """Ask one thing in other words; what was answered stays."""
        self._names[where].setText(title)
        self._boxes[where][0].setAccessibleName(title)

    def head(self, *words: QLabel) -> None:
        """Begin another part of the questions, under these words."""
        line = -(-self._at // self._columns)
        for each in words:
            self._grid.addWidget(each, line, 0, 1, self._columns)
            line += 1
        self._at = line * self._columns

    def explain(self, where: str, words: QLabel) -> None:
        """Stand a hint under one thing that is asked."""
        cell = self._boxes[where][2].layout()
        if isinstance(cell, QBoxLayout):
            cell.insertWidget(2, words)

    def add_line(self, line: QWidget) -> None:
        """Stand something between the questions and the button that records the answers."""
        self._lines.addWidget(line, alignment=Qt.AlignmentFlag.AlignLeading)

    def asks(self, where: str) -> bool:
        """Whether it is a question of this form, asked or hidden."""
        return where in self._boxes

    def text_at(self, where: str) -> str:
        """What stands in a box; nothing where there is none."""
        return self._boxes[where][0].text() if where in self._boxes else ""

    def box_at(self, where: str) -> AnyBox | None:
        """The box of a question that is asked now."""
        box, _wrong, cell = self._boxes.get(where, (None, None, None))
        return None if cell is None or cell.isHidden() else box

    def arrange(self, places: Sequence[str]) -> None:
        """Ask these things in this order, and nothing else."""
        for _box, _wrong, cell in self._boxes.values():
            self._grid.removeWidget(cell)
        for at, where in enumerate(places):
            self._grid.addWidget(self._boxes[where][2], *divmod(at, self._columns), Qt.AlignmentFlag.AlignTop)
        for where, (_box, _wrong, cell) in self._boxes.items():
            cell.setVisible(where in places)
        self._at = len(places)
        self._chain([self._boxes[where][0] for where in places])

    def hide_box(self, where: str, *, hidden: bool) -> None:
        """Ask or do not ask one thing, as another answer has it."""
        self._boxes[where][2].setHidden(hidden)

    def begin(self) -> None:
        """The cursor in the first question; Tab goes from the last one to the button that records the answers."""
        boxes = [box for box, _wrong, _cell in self._boxes.values()]
        self._chain(boxes)  # only now, as Qt forgets it where a form is put into a window
        (boxes[0] if boxes else self.record).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chain(self, boxes: Sequence[AnyBox]) -> None:
        for one, following in pairwise((*boxes, self.record, self._leave)):
            self.setTabOrder(one, following)

    def on_record(self, call: Callable[[], Callable[[], Any]], done: Callable[[Any], None]) -> None:
        """What pressing the button does: ``call`` reads the boxes and hands back what the file's thread shall do."""

        def press() -> None:
            self.record.setEnabled(False)
            self._desk.tasks.run(call(), done, self.show_problems)

        self.record.clicked.connect(press)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at its question, the rest under them; the first has the cursor."""
        self.record.setEnabled(True)
        told = {problem.where: self._desk.problem(problem) for problem in reversed(problems)}
        first: AnyBox | None = None
        for where, (box, wrong, cell) in self._boxes.items():
            text = "" if cell.isHidden() else told.pop(where, "")
            wrong.setText(text)
            wrong.setVisible(bool(text))
            box.mark(bool(text))
            first = first or (box if text else None)
        self._homeless.setText("\n".join(told.values()))
        self._homeless.setVisible(bool(told))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter records; Esc leaves everything as it is."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.record.isEnabled():
            self.record.click()
        else:
            super().keyPressEvent(event)
