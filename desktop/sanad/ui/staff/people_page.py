"""The people of the office and what each may do; and one's own account."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.staff import Permission, Person
from sanad.ui.desk import Desk
from sanad.ui.staff import forms
from sanad.ui.staff.rights import reason, rights_of
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import Notice, card, column, emptied, row
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import chip, divider, elided, embedded, isolated, label

WIDEST = 900
"""Pixels of a card."""


class PeoplePage(QWidget):
    """Invites to make the first account; after that lists everybody. ``told`` says what was done."""

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: tuple[Person, ...] = ()
        self._encrypted = False
        self._open: InlineForm | None = None
        self._body = column(self, spacing=16)
        desk.refresh.changed.connect(self._changed)
        self._draw()
        self.reload()

    def reload(self) -> None:
        """Read anew who is there."""
        if self._desk.person is not None and self._desk.may(Permission.SEE_STAFF):
            staff, encryption = self._desk.services.staff, self._desk.services.encryption
            self._desk.tasks.run(lambda: (staff.people(), encryption.on()), self._show)

    def _changed(self, changes: Changes) -> None:
        if Subject.STAFF in changes.subjects:
            self.reload()

    def _show(self, found: tuple[tuple[Person, ...], bool]) -> None:
        self._people, self._encrypted = found
        self._draw()

    def _draw(self) -> None:
        emptied(self._body)
        self._open = None
        if self._desk.person is None:
            self._body.addWidget(self._invitation())
        else:
            self._body.addWidget(self._own(self._desk.person))
            self._body.addWidget(self._everybody())
        self._body.addStretch(1)

    # ------------------------------------------------------------ before there are accounts

    def _invitation(self) -> QFrame:
        text = self._desk.words.text
        made, inner = _card()
        inner.addWidget(label(text("people.none.title"), "heading"))
        for key in ("people.none.now", "people.none.then", "people.none.code"):
            inner.addWidget(label(text(key), "soft", wraps=True))
        start = keyed(button(text("people.begin"), "main"), "Ctrl+N")
        start.setEnabled(self._desk.may(Permission.MANAGE_STAFF))
        place = column(spacing=0)
        inner.addWidget(start, alignment=Qt.AlignmentFlag.AlignLeading)
        inner.addLayout(place)
        start.clicked.connect(lambda: self._unfold(start, place, lambda: forms.begin_form(self._desk, self._begun)))
        return made

    def _begun(self, done: Done[tuple[Person, str]]) -> None:
        self._desk.door.begun(*done.value)

    # ------------------------------------------------------------ one's own account

    def _own(self, person: Person) -> QFrame:
        text = self._desk.words.text
        made, inner = _card()
        inner.addWidget(label(text("people.own"), "heading"))
        line = row(spacing=8)
        self._name(person, line)
        line.addStretch(1)
        place = column(spacing=0)
        own = self._offer(
            line, place, "people.password.own", lambda: forms.own_password_form(self._desk, self._own_changed)
        )
        keyed(own, "Ctrl+K")
        if self._desk.may(Permission.MANAGE_STAFF):
            code = keyed(button(text("people.code")), "Ctrl+R", hint=text("people.code.hint"))
            code.clicked.connect(self._new_code)
            line.addWidget(code)
        inner.addLayout(line)
        inner.addWidget(label(rights_of(person.role, self._desk.words), "hint", wraps=True))
        inner.addLayout(place)
        return made

    def _own_changed(self, done: Done[Person]) -> None:
        self._say("people.done.password", done)
        self._draw()

    def _new_code(self) -> None:
        self._desk.tasks.run(
            self._desk.services.staff.new_recovery_code, lambda done: self._desk.door.tell_code(done.value)
        )

    # ------------------------------------------------------------ everybody

    def _everybody(self) -> QFrame:
        desk, text = self._desk, self._desk.words.text
        made, inner = _card()
        head = row()
        head.addWidget(label(text("people.title"), "heading"))
        inner.addLayout(head)
        if said := reason(desk, Permission.SEE_STAFF):
            inner.addWidget(Notice(said))
            return made
        head.addWidget(chip(desk.words.number(sum(person.active for person in self._people))))
        head.addStretch(1)
        place = column(spacing=0)
        if desk.may(Permission.MANAGE_STAFF):
            keyed(self._offer(head, place, "people.add", lambda: forms.add_form(desk, self._added), "main"), "Ctrl+N")
        inner.addLayout(place)
        for person in self._people:
            inner.addWidget(divider())
            self._person(person, inner)
        return made

    def _person(self, person: Person, inner: QVBoxLayout) -> None:
        desk = self._desk
        line = row(spacing=8)
        self._name(person, line)
        if not person.active:
            line.addWidget(chip(desk.words.text("people.disabled"), "stop"))
        line.addStretch(1)
        place = column(spacing=0)
        if desk.may(Permission.MANAGE_STAFF):
            self._acts(person, line, place)
        inner.addLayout(line)
        if person.active:
            inner.addWidget(label(rights_of(person.role, desk.words), "hint", wraps=True))
        inner.addLayout(place)

    def _acts(self, person: Person, line: QHBoxLayout, place: QVBoxLayout) -> None:
        """What can be done about one account; every line asks for what it needs under itself."""
        desk = self._desk
        if not person.active and self._encrypted:  # the old password opens the data no more
            enable = partial(forms.enable_form, desk, person, self._done)
            self._offer(line, place, "people.enable", enable, of=person.name)
            return
        if not person.active:
            again = button(desk.words.text("people.enable"))
            again.setAccessibleName(f"{again.text()}: {person.name}")
            again.clicked.connect(lambda: desk.tasks.run(lambda: desk.services.staff.enable(person.id), self._done))
            line.addWidget(again)
            return
        offers: tuple[tuple[str, Callable[[], InlineForm]], ...] = (
            ("people.role.change", partial(forms.role_form, desk, person, self._done)),
            ("people.rename", partial(forms.name_form, desk, person, self._done)),
            ("people.password.set", partial(forms.password_form, desk, person, self._done)),
            ("people.disable", partial(forms.disable_form, desk, person, self._done)),
        )
        for key, make in offers:
            self._offer(line, place, key, make, "quiet", of=person.name)

    def _name(self, person: Person, line: QHBoxLayout) -> None:
        words = self._desk.words
        line.addWidget(elided(embedded(person.name), "strong"))
        line.addWidget(label(isolated(person.user), "hint"))
        line.addWidget(chip(words.choice("role", person.role), "accent" if person.active else ""))

    def _added(self, done: Done[Person]) -> None:
        self._say("people.done.added", done)

    def _done(self, done: Done[Person]) -> None:
        own = self._desk.person
        if own is not None and done.value.id == own.id and done.value != own:
            self._desk.door.changed(done.value)
            return
        self._say("people.done.changed", done)

    def _say(self, key: str, done: Done[Person]) -> None:
        self.told.emit(self._desk.words.text(key, name=embedded(done.value.name)))
        self._desk.refresh.changed.emit(done.changes)

    # ------------------------------------------------------------ the questions

    def _offer(
        self,
        line: QHBoxLayout,
        place: QVBoxLayout,
        key: str,
        make: Callable[[], InlineForm],
        role: str = "",
        *,
        of: str = "",
    ) -> QPushButton:
        """A button that opens the questions of an act under the line."""
        act = button(self._desk.words.text(key), role)
        if of:
            act.setAccessibleName(f"{act.text()}: {of}")
        act.clicked.connect(lambda: self._unfold(act, place, make))
        line.addWidget(act)
        return act

    def _unfold(self, act: QPushButton, place: QVBoxLayout, make: Callable[[], InlineForm]) -> None:
        """Open the questions of an act; only one is open at a time."""
        if self._open is not None:
            self._open.left.emit()
        form = self._open = make()
        act.setEnabled(False)

        def fold() -> None:
            if self._open is form:
                self._open = None
            form.hide()
            form.deleteLater()
            act.setEnabled(True)
            act.setFocus(Qt.FocusReason.OtherFocusReason)

        form.left.connect(fold)
        place.addWidget(form)
        QTimer.singleShot(0, form, form.begin)


def _card() -> tuple[QFrame, QVBoxLayout]:
    made, inner = card(spacing=8)
    made.setMaximumWidth(WIDEST)
    inner.setContentsMargins(24, 20, 24, 24)
    return made, inner
