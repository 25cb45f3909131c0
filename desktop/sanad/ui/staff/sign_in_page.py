"""The page that covers everything until somebody says who he is: at the start, and after the desk was left."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sanad.domain.staff import LONGEST_USER
from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.staff.questions import Questions
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label

WIDE = 440
"""Pixels of the card in the middle."""
WAIT = "staff.wait"


class SignInPage(QWidget):
    """``submitted`` carries user and password, ``recovered`` user, recovery code and new password."""

    submitted = Signal(str, str)
    recovered = Signal(str, str, str)

    def __init__(self, look: Look, *, title: str, text: str, user: str = "") -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._left = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        whole = column(self)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        self._cards = column()
        middle.addLayout(self._cards)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self.user = LineBox(role="box")
        self.user.setMaxLength(LONGEST_USER)
        self.user.setText(user)
        self.password = PasswordBox(look)
        self.password.returnPressed.connect(self.submit)
        self.enter = button(look.words.text("sign_in.enter"), "main")
        self.enter.setToolTip(f"{self.enter.text()} (Enter)")
        self.enter.clicked.connect(self.submit)
        self.wrong = label("", "problem", wraps=True)
        self.forgotten = keyed(button(look.words.text("sign_in.forgotten"), "link"), "F4")
        self.forgotten.clicked.connect(self._show_recovery)
        self._sign_in = self._sign_in_card(title, text)
        self._recovery = self._recovery_card()
        for each in (self._sign_in, self._recovery):
            self._cards.addWidget(each)
        self._shown = self._sign_in
        self._recovery.hide()

    def begin(self) -> None:
        """The cursor where something is to be typed."""
        (self.password if self.user.text() else self.user).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand over what is typed; nothing is asked before both are there, nor while there is to wait."""
        if self._left or not self.enter.isEnabled():
            return
        empty = next((box for box in (self.user, self.password) if not box.text()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._wait_for_answer(on=True)
        self.wrong.setText("")
        self.submitted.emit(self.user.text(), self.password.text())

    def refuse(self, problems: Problems) -> None:
        """Say in one line why nobody is let in; where there is to wait, count the seconds down."""
        self._wait_for_answer(on=False)
        self.wrong.setText(" ".join(self._look.words.problem(problem) for problem in problems))
        self._wait(problems)
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_recovery(self, problems: Problems) -> None:
        """Say what stands against the recovery; where there is to wait, as :meth:`refuse`."""
        self._recover.setEnabled(True)
        self._answers.show_problems(problems)
        self._wait(problems)

    def _sign_in_card(self, title: str, text: str) -> QFrame:
        words = self._look.words
        made, inner = _framed()
        inner.addWidget(label(words.text("program.name"), "mark"))
        inner.addWidget(label(title, "page"))
        inner.addWidget(label(text, "soft", wraps=True))
        for key, box in (("sign_in.user", self.user), ("sign_in.password", self.password)):
            name = label(words.text(key), "soft")
            name.setBuddy(box)
            box.setAccessibleName(name.text())
            asked = column(spacing=4)
            asked.addWidget(name)
            asked.addWidget(box)
            inner.addLayout(asked)
        self.wrong.setMinimumHeight(self.wrong.fontMetrics().lineSpacing())
        inner.addWidget(self.wrong)
        feet = row()
        feet.addWidget(self.enter)
        feet.addStretch(1)
        feet.addWidget(self.forgotten)
        inner.addLayout(feet)
        return made

    def _recovery_card(self) -> QFrame:
        text = self._look.words.text
        made, inner = _framed()
        inner.addWidget(label(text("recover.title"), "page"))
        inner.addWidget(label(text("recover.text"), "soft", wraps=True))
        self._answers = answers = Questions(self._look)
        answers.ask("user", "sign_in.user", LineBox(role="box"))
        answers.ask("code", "recover.code", LineBox(left_to_right=True, role="box"))
        answers.ask_new_password()
        inner.addWidget(answers)
        feet = row()
        self._recover = keyed(button(text("recover.record"), "main"), "Ctrl+Return")
        self._recover.clicked.connect(self._say_recovery)
        back = keyed(button(text("form.leave"), "quiet"), "Esc")
        back.clicked.connect(self._show_sign_in)
        feet.addWidget(self._recover)
        feet.addWidget(back)
        feet.addStretch(1)
        inner.addLayout(feet)
        return made

    def _say_recovery(self) -> None:
        answers = self._answers
        if answers.agree():
            self._recover.setEnabled(False)
            self.recovered.emit(answers.text("user"), answers.text("code"), answers.text("password"))

    def _show_recovery(self) -> None:
        self._turn(self._recovery)

    def _show_sign_in(self) -> None:
        self._turn(self._sign_in)

    def _turn(self, to: QFrame) -> None:
        self._shown.hide()
        self._shown = to
        to.show()
        if to is self._recovery:
            self._answers.begin()
        else:
            self.begin()

    def _wait_for_answer(self, *, on: bool) -> None:
        for each in (self.enter, self.user, self.password):
            each.setEnabled(not on)

    def _wait(self, problems: Problems) -> None:
        """Have nothing tried before the time is over, be it by password or by code."""
        for problem in problems:
            if problem.code == WAIT:
                self._left = int(str(problem.values["seconds"]))
                self._let_try(on=False)
                self._tick.start()
                self._tell(self._look.words.count("sign_in.wait", self._left))

    def _count_down(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell(self._look.words.count("sign_in.wait", self._left))
            return
        self._tick.stop()
        self._left = 0
        self._let_try(on=True)
        self._tell(self._look.words.text("sign_in.again"))

    def _let_try(self, *, on: bool) -> None:
        for each in (self.enter, self._recover):
            each.setEnabled(on)

    def _tell(self, text: str) -> None:
        """Say it on whichever of the two cards is in sight."""
        self.wrong.setText(text)
        self._answers.say(text)


def _framed() -> tuple[QFrame, QVBoxLayout]:
    made, inner = card(spacing=12)
    made.setFixedWidth(WIDE)
    inner.setContentsMargins(32, 28, 32, 28)
    return made, inner
