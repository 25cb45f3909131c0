"""The questions about accounts: the first, one more, another role, password or name; closing one, opening it again."""

from collections.abc import Callable
from typing import Any

from sanad.domain.errors import Refused
from sanad.domain.staff import Person, Role
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.staff.rights import rights_of
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import label

Done = Callable[[Any], None]


def begin_form(desk: Desk, done: Done) -> InlineForm:
    """The first account, a manager's."""
    form = InlineForm(desk, desk.words.text("people.begin.record"), columns=2)
    name = form.ask("name", "people.name", LineBox(role="box"))
    user = form.ask("user", "sign_in.user", LineBox(role="box"))
    password, again = _ask_new_password(form, desk)

    def call() -> Callable[[], Any]:
        said = (user.text(), name.text(), password.text(), again.text())
        return lambda: desk.services.staff.begin(said[0], said[1], _agreed(said[2], said[3]))

    form.on_record(call, done)
    return form


def add_form(desk: Desk, done: Done) -> InlineForm:
    """One account more; under the role stands what it may do."""
    form = InlineForm(desk, desk.words.text("people.add.record"), columns=3)
    name = form.ask("name", "people.name", LineBox(role="box"))
    user = form.ask("user", "sign_in.user", LineBox(role="box"))
    role = _ask_role(form, desk, Role.CLERK)
    password, again = _ask_new_password(form, desk)

    def call() -> Callable[[], Any]:
        said = (user.text(), name.text(), role.text(), password.text(), again.text())
        staff = desk.services.staff

        def record() -> Any:
            return staff.add(said[0], said[1], _role(said[2]), _agreed(said[3], said[4]), key=form.key)

        return record

    form.on_record(call, done)
    return form


def role_form(desk: Desk, person: Person, done: Done) -> InlineForm:
    """Another role."""
    form = InlineForm(desk, desk.words.text("people.role.record"), columns=2)
    role = _ask_role(form, desk, person.role)

    def call() -> Callable[[], Any]:
        said = role.text()
        return lambda: desk.services.staff.change_role(person.id, _role(said))

    form.on_record(call, done)
    return form


def name_form(desk: Desk, person: Person, done: Done) -> InlineForm:
    """The name by which people read of somebody, put right."""
    form = InlineForm(desk, desk.words.text("people.rename.record"), columns=2)
    name = form.ask("name", "people.name", LineBox(role="box"), text=person.name)

    def call() -> Callable[[], Any]:
        said = name.text()
        return lambda: desk.services.staff.rename(person.id, said)

    form.on_record(call, done)
    return form


def password_form(desk: Desk, person: Person, done: Done) -> InlineForm:
    """A new password for somebody who forgot it."""
    form = InlineForm(desk, desk.words.text("people.password.record"), columns=2)
    password, again = _ask_new_password(form, desk)

    def call() -> Callable[[], Any]:
        said = (password.text(), again.text())
        return lambda: desk.services.staff.set_password(person.id, _agreed(*said))

    form.on_record(call, done)
    return form


def enable_form(desk: Desk, person: Person, done: Done) -> InlineForm:
    """An account of encrypted data opened again, with the password by which it opens them from then on."""
    form = InlineForm(desk, desk.words.text("people.enable"), columns=2)
    password, again = _ask_new_password(form, desk, "people.enable.why")

    def call() -> Callable[[], Any]:
        said = (password.text(), again.text())
        return lambda: desk.services.staff.enable(person.id, _agreed(*said))

    form.on_record(call, done)
    return form


def own_password_form(desk: Desk, done: Done) -> InlineForm:
    """One's own password changed for another."""
    form = InlineForm(desk, desk.words.text("people.password.record"), columns=3)
    old = form.ask("old", "password.old", PasswordBox(desk))
    password, again = _ask_new_password(form, desk)

    def call() -> Callable[[], Any]:
        said = (old.text(), password.text(), again.text())
        return lambda: desk.services.staff.change_password(said[0], _agreed(said[1], said[2]))

    form.on_record(call, done)
    return form


def disable_form(desk: Desk, person: Person, done: Done) -> InlineForm:
    """Why an account is closed; the journal keeps it."""
    form = InlineForm(desk, desk.words.text("people.disable.record"), columns=1)
    why = form.ask("why", "people.disable.why", LineBox(role="box"))

    def call() -> Callable[[], Any]:
        said = why.text()
        return lambda: desk.services.staff.disable(person.id, said)

    form.on_record(call, done)
    return form


def _ask_role(form: InlineForm, desk: Desk, now: Role) -> ChoiceBox:
    words = desk.words
    offered = [(each.value, words.choice("role", each)) for each in Role]
    box = ChoiceBox(lambda: offered, role="box")
    form.ask("role", "people.role", box, text=now.value)
    rights = label(rights_of(now, words), "hint", wraps=True)

    def tell() -> None:
        rights.setText(rights_of(_role(box.text()), words) if box.text() in tuple(Role) else "")

    box.edited.connect(lambda _text: tell())
    form.explain("role", rights)
    return box


def _ask_new_password(form: InlineForm, desk: Desk, why: str = "") -> tuple[LineBox, LineBox]:
    password, again = PasswordBox(desk), PasswordBox(desk)
    form.ask("password", "password.new", password)
    form.ask("again", "password.again", again)
    told = [desk.words.text(key) for key in (why, "password.rule") if key]
    form.explain("password", label("\n".join(told), "hint", wraps=True))
    return password, again


def _agreed(password: str, again: str) -> str:
    """The password that was typed alike both times."""
    if password != again:
        raise Refused.because("password.differs", "again")
    return password


def _role(text: str) -> Role:
    if text not in tuple(Role):
        raise Refused.because("field.required", "role")
    return Role(text)
