"""A new passphrase, typed twice, with plain words of what it is and what is lost with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from sanad.domain.errors import Problem, Refused
from sanad.ui.desk import Desk
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import label


class NewPassphrase(QWidget):
    """Two boxes side by side. What is wrong with them stands under them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.words.text
        whole = column(self, spacing=8)
        whole.addWidget(label(text("backups.first.title"), "strong"))
        whole.addWidget(label(text("backups.first.text"), "soft", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.first, self.again = PasswordBox(desk), PasswordBox(desk)
        self._wrong: list[QLabel] = []
        for at, (key, box) in enumerate((("passphrase", self.first), ("again", self.again))):
            name = label(text(f"backups.{key}"), "soft")
            name.setBuddy(box)
            box.setAccessibleName(name.text())
            wrong = label("", "problem", wraps=True)
            wrong.hide()
            self._wrong.append(wrong)
            grid.setColumnStretch(at, 1)
            for line, part in enumerate((name, box, wrong)):
                grid.addWidget(part, line, at)
        whole.addLayout(grid)
        whole.addWidget(label(text("backups.first.lost"), "problem", wraps=True))

    def said(self) -> str:
        """What was typed.

        Raises:
            Refused: nothing was, or not twice the same.
        """
        if not self.first.text().strip():
            raise Refused.because("backup.passphrase_missing", "passphrase")
        if self.first.text() != self.again.text():
            raise Refused.because("backup.passphrases_differ", "again")
        return self.first.text()

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Say the problems that are about the passphrase, the first with the cursor; the others are handed back."""
        told = {problem.where: problem for problem in problems if problem.where in ("passphrase", "again")}
        boxes = (("passphrase", self.first), ("again", self.again))
        for (where, box), wrong in zip(boxes, self._wrong, strict=True):
            text = self._desk.problem(told[where]) if where in told else ""
            wrong.setText(text)
            wrong.setVisible(bool(text))
            box.mark(bool(text))
        first = next((box for where, box in boxes if where in told), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(problem for problem in problems if problem not in told.values())

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()
        self.show_problems(())
