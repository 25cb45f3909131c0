"""Questions about an account, one under the other, each with what is wrong with its answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sanad.domain.errors import Problem
from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import label


class Questions(QWidget):
    """Boxes by the place under which a problem with them is told; problems of no place stand under all of them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._boxes: dict[str, tuple[LineBox, QLabel]] = {}
        self._body = column(self, spacing=12)
        self._homeless = label("", "problem", wraps=True)
        self._homeless.hide()
        self._body.addWidget(self._homeless)

    def ask(self, where: str, key: str, box: LineBox, *, hint: str = "") -> LineBox:
        """Ask one thing more."""
        cell = QWidget()
        inner = column(cell, spacing=4)
        name = label(self._look.words.text(key), "soft")
        name.setBuddy(box)
        box.setAccessibleName(name.text())
        wrong = label("", "problem", wraps=True)
        wrong.hide()
        inner.addWidget(name)
        inner.addWidget(box)
        if hint:
            inner.addWidget(label(hint, "hint", wraps=True))
        inner.addWidget(wrong)
        self._body.insertWidget(self._body.count() - 1, cell)
        self._boxes[where] = (box, wrong)
        return box

    def ask_new_password(self) -> None:
        """Ask for a password that is to be kept, twice, as nobody sees what is typed."""
        words = self._look.words
        self.ask("password", "password.new", PasswordBox(self._look), hint=words.text("password.rule"))
        self.ask("again", "password.again", PasswordBox(self._look))

    def text(self, where: str) -> str:
        """What is answered."""
        return self._boxes[where][0].text()

    def begin(self) -> None:
        """The cursor in the first box that is empty."""
        boxes = [box for box, _wrong in self._boxes.values()]
        first = next((box for box in boxes if not box.text()), boxes[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def agree(self) -> bool:
        """Whether the new password was typed alike both times; if not, it is said."""
        if self.text("password") == self.text("again"):
            return True
        self.show_problems((Problem("password.differs", "again"),))
        return False

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at its question; the first has the cursor."""
        told = {problem.where: self._look.words.problem(problem) for problem in reversed(problems)}
        first: LineBox | None = None
        for where, (box, wrong) in self._boxes.items():
            text = told.pop(where, "")
            wrong.setText(text)
            wrong.setVisible(bool(text))
            box.mark(bool(text))
            first = first or (box if text else None)
        self.say("\n".join(told.values()))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """Say under all of them what belongs to none."""
        self._homeless.setText(text)
        self._homeless.setVisible(bool(text))
