"""How the data are kept on this computer: in the open, or encrypted, for which the first account is made at once."""

from PySide6.QtWidgets import QWidget

from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox
from sanad.ui.setup.pick import Pick
from sanad.ui.staff.questions import Questions
from sanad.ui.tasks import Problems
from sanad.ui.widgets.frames import column
from sanad.ui.widgets.labels import label

OFF, ON = "off", "on"


class KeepingBox(QWidget):
    """Asks for it, and says of either what it means. Where nothing can be encrypted, it says that."""

    def __init__(self, look: Look, *, possible: bool) -> None:
        super().__init__()
        self._look = look
        text = look.words.text
        body = column(self, spacing=8)
        question = label(text("setup.encryption"), "soft")
        self.choice = Pick([(OFF, text("setup.encryption.off")), (ON, text("setup.encryption.on"))])
        question.setBuddy(self.choice)
        self.choice.setAccessibleName(question.text())
        self.choice.setEnabled(possible)
        self._means = label("", "hint", wraps=True)
        self.account = Questions(look)
        self.account.ask("name", "people.name", LineBox(role="box"))
        self.account.ask("user", "sign_in.user", LineBox(role="box"))
        self.account.ask_new_password()
        for each in (question, self.choice, self._means, self.account):
            body.addWidget(each)
        self.choice.picked.connect(lambda _: self._tell(possible=possible))
        self._tell(possible=possible)

    @property
    def encrypts(self) -> bool:
        """Whether the data are to be encrypted."""
        return self.choice.value() == ON

    def agree(self) -> bool:
        """Whether what is asked for it is answered: nothing, or a password that was typed alike twice."""
        return not self.encrypts or self.account.agree()

    def show_problems(self, problems: Problems) -> None:
        """Say what stands against the account."""
        self.account.show_problems(problems)

    def _tell(self, *, possible: bool) -> None:
        text = self._look.words.text
        told = text(f"setup.encryption.{self.choice.value()}.text")
        self._means.setText(told if possible else f"{text('setup.encryption.missing')} {told}")
        self.account.setVisible(self.encrypts)
