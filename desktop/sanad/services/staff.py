"""The people of the office: who has an account, who is signed in, and what each may do."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.soundness import problems_of_name
from sanad.domain.spelling import cleaned
from sanad.domain.staff import LONGEST_USER, Permission, Person, Role, as_meant, as_printed
from sanad.services.door import Door
from sanad.services.password_rules import PasswordRules
from sanad.services.session import Session, needs, open_to_all

if TYPE_CHECKING:
    from sanad.store.store import Operation, Store

_CHANGES = Changes(frozenset({Subject.STAFF}))

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a recovery code: none that is mistaken for another (Crockford's base 32)."""
CODE_GROUPS, CODE_GROUP = 5, 5


class Staff:
    """Accounts, signing in and out, and the recovery code."""

    def __init__(self, *, store: "Store", session: Session, rules: PasswordRules, door: Door) -> None:
        self._store = store
        self._session = session
        self._rules = rules
        self._door = door

    # ------------------------------------------------------------ at the door

    @open_to_all
    def needed(self) -> bool:
        """Whether accounts exist, so that somebody must sign in."""
        return self._session.begun()

    @open_to_all
    def signed_in(self) -> Person | None:
        """Whoever is signed in."""
        return self._session.person

    @open_to_all
    def may(self, permission: Permission) -> bool:
        """Whether whoever sits there is allowed that; everything, as long as there are no accounts."""
        person = self._session.person
        return person.may(permission) if person is not None else not self._session.begun()

    @open_to_all
    def password_is_lent(self) -> bool:
        """Whether whoever is signed in still has the password that a manager gave him, and so knows."""
        person = self._session.person
        if person is None:
            return False
        with self._store.reading() as records:
            return records.staff.password_is_lent(person.id)

    @open_to_all
    def sign_in(self, user: str, password: str) -> Person:
        """Let somebody in, and tell the journal; whoever sat there before is signed out.

        Raises:
            Refused: user and password do not belong together, or the account is closed, which nobody is told apart
                (``staff.wrong``); too many wrong tries (``staff.wait``, with the seconds); the account was edited
                behind our back (``staff.changed_outside``).
        """
        self._session.leave()
        with self._store.reading() as records:
            person = records.staff.called(user)
            row = records.staff.row(person.id) if person else None
        self._door.prove(user, password, person)
        if person is None:
            raise Bug("a password was proved that nobody has")
        self._let_in(person, row)
        return person

    @open_to_all
    def sign_out(self) -> None:
        """Have whoever is signed in get up, whether or not the journal can be told."""
        if self._session.person is not None:
            with suppress(Refused):
                self._store.tell("staff.sign_out", {})
        self._session.leave()

    # ------------------------------------------------------------ accounts

    @needs(Permission.SEE_STAFF)
    def people(self) -> tuple[Person, ...]:
        """Everybody who has an account, closed ones too."""
        with self._store.reading() as records:
            return records.staff.people()

    @open_to_all
    def begin(self, user: str, name: str, password: str) -> Done[tuple[Person, str]]:
        """Make the first account, a manager's, and sign it in; with it comes the recovery code, told this once.

        Raises:
            Refused: there are accounts (``staff.begun``); with every problem of name and password.
        """
        from sanad.store import passwords
        from sanad.store.staff import CODE, said_of

        code = _new_code()
        with ExitStack() as slots, self._store.operation("staff.begin", key=str(uuid4()), said=(user, name)) as act:
            if act.staff.begun():
                raise Refused.because("staff.begun")
            person = Person(str(uuid4()), cleaned(user), cleaned(name), Role.MANAGER)
            self._refuse_unsound(act, person, password)
            slots.enter_context(self._store.keys.giving(person.user, password))
            slots.enter_context(self._store.keys.giving_code(code))
            kept = passwords.kept(as_meant(password))
            act.staff.write(person, kept)
            act.drafts.hand_over(person.user)
            told = {**said_of(person, kept), CODE: passwords.kept(code)}
            done = act.done((person, _spaced(code)), person.id, _CHANGES, after=told)
        self._let_in(person, said_of(person, kept))
        return done

    @needs(Permission.MANAGE_STAFF)
    def add(self, user: str, name: str, role: Role, password: str, *, key: str) -> Done[Person]:
        """Make an account with a first password, which its owner may change.

        Raises:
            Refused: with every problem: a user or name that is blank, too long or taken, a password that is short or
                common; there are no accounts yet, and the first is made by :meth:`begin` (``staff.begin_first``).
        """
        from sanad.store import passwords
        from sanad.store.staff import said_of

        with ExitStack() as slots, self._store.operation("staff.add", key=key, said=(user, name, role)) as act:
            if act.earlier is not None:
                return act.repeated(act.staff.get(act.earlier), _CHANGES)
            if not act.staff.begun():
                raise Refused.because("staff.begin_first")
            person = Person(str(uuid4()), cleaned(user), cleaned(name), role)
            self._refuse_unsound(act, person, password)
            slots.enter_context(self._store.keys.giving(person.user, password))
            kept = passwords.kept(as_meant(password))
            act.staff.write(person, kept)
            return act.done(person, person.id, _CHANGES, after=said_of(person, kept))

    @needs(Permission.MANAGE_STAFF)
    def change_role(self, id: str, role: Role) -> Done[Person]:  # noqa: A002  # the word of the domain
        """Give somebody another role, from this moment on.

        Raises:
            Refused: nobody else would be left to manage (``staff.last_manager``).
        """
        return self._change("staff.change_role", id, lambda person: replace(person, role=role))

    @needs(Permission.MANAGE_STAFF)
    def rename(self, id: str, name: str) -> Done[Person]:  # noqa: A002  # the word of the domain
        """Correct the name by which people read of somebody; that to sign in with stays.

        Raises:
            Refused: it is blank or too long.
        """
        return self._change("staff.rename", id, lambda person: replace(person, name=cleaned(name)))

    @needs(Permission.MANAGE_STAFF)
    def disable(self, id: str, why: str) -> Done[Person]:  # noqa: A002  # the word of the domain
        """Close an account, at once: an open session ends with its next act.

        Raises:
            Refused: no reason is given (``staff.why_missing``), or nobody else would be left to manage.
        """
        if not (why := cleaned(why)):
            raise Refused.because("staff.why_missing", "why")
        done = self._change("staff.disable", id, lambda person: replace(person, active=False), why=why)
        self._keep_slots()
        return done

    @needs(Permission.MANAGE_STAFF)
    def enable(self, id: str, new: str | None = None) -> Done[Person]:  # noqa: A002  # the word of the domain
        """Open an account again, with the role it had; and with its password, unless a ``new`` one is given.

        Raises:
            Refused: the data are encrypted, and open to it only by a new password (``staff.password_needed``); that is
                short or common.
        """
        if new is None and self._store.keys.encrypts:
            raise Refused.because("staff.password_needed", "password")
        return self._change("staff.enable", id, lambda person: replace(person, active=True), new=new)

    @needs(Permission.MANAGE_STAFF)
    def set_password(self, id: str, new: str) -> Done[Person]:  # noqa: A002  # the word of the domain
        """Give somebody who forgot it a new password.

        Raises:
            Refused: it is short or common.
        """
        return self._change("staff.set_password", id, lambda person: person, new=new)

    @open_to_all
    def change_password(self, old: str, new: str) -> Done[Person]:
        """Change one's own password.

        Raises:
            Refused: nobody is signed in; the old one is not right (``staff.wrong``, or ``staff.wait`` as at the door);
                the new one is short or common.
        """
        person = self._session.present()
        self._door.prove(person.user, old, person)
        return self._change("staff.change_password", person.id, lambda same: same, new=new)

    # ------------------------------------------------------------ the recovery code

    @open_to_all
    def recover(self, user: str, code: str, new_password: str) -> Done[str]:
        """Give a manager a new password by the recovery code, which is used up; the value is the next code.

        An account that was edited behind our back is brought to what the journal last said of it.

        Raises:
            Refused: the code is not the one or nobody of that name manages (``staff.code_wrong``); too many wrong tries
                (``staff.wait``); the password is short or common.
        """
        from sanad.store import passwords
        from sanad.store.staff import CODE, said_of

        with self._store.reading() as records:
            person, good = records.staff.called(user), records.staff.recovery_code()
        manages = person is not None and person.may(Permission.MANAGE_STAFF)
        typed, kept_code = as_printed(code), good if manages else None
        self._door.attempt(user, person, lambda: passwords.is_right(typed, kept_code), "staff.code_wrong")
        if person is None:
            raise Bug("a code was taken from nobody")
        next_code = _new_code()
        with ExitStack() as slots, self._store.operation("staff.recover", key=str(uuid4()), said=user) as act:
            self._refuse_unsound(act, person, new_password)
            slots.enter_context(self._store.keys.giving(person.user, new_password))
            slots.enter_context(self._store.keys.giving_code(next_code))
            kept = passwords.kept(as_meant(new_password))
            act.staff.write(person, kept)
            told = {**said_of(person, kept), CODE: passwords.kept(next_code)}
            return act.done(_spaced(next_code), person.id, _CHANGES, after=told)

    @needs(Permission.MANAGE_STAFF)
    def new_recovery_code(self) -> Done[str]:
        """Make another recovery code, where the printed one was lost or seen; the one before is good no more.

        Raises:
            Refused: there are no accounts yet (``staff.begin_first``).
        """
        from sanad.store import passwords
        from sanad.store.staff import CODE

        code = _new_code()
        name = "staff.new_recovery_code"
        with ExitStack() as slots, self._store.operation(name, key=str(uuid4()), said=None) as act:
            if not act.staff.begun():
                raise Refused.because("staff.begin_first")
            slots.enter_context(self._store.keys.giving_code(code))
            return act.done(_spaced(code), "", _CHANGES, after={CODE: passwords.kept(code)})

    # ------------------------------------------------------------ below

    def _change(
        self, act_name: str, id_: str, change: Callable[[Person], Person], *, new: str | None = None, why: str = ""
    ) -> Done[Person]:
        from sanad.store import passwords
        from sanad.store.staff import said_of

        said = (id_, why)
        with ExitStack() as slots, self._store.operation(act_name, key=str(uuid4()), said=said) as act:
            before = act.staff.get(id_)
            if not act.staff.agrees(id_):
                raise Refused.because("staff.changed_outside")
            person, kept = change(before), act.staff.password(id_)
            self._refuse_unsound(act, person, new)
            if new is not None:
                slots.enter_context(self._store.keys.giving(person.user, new))
            changed = kept if new is None else passwords.kept(as_meant(new))
            act.staff.write(person, changed)
            old = {name: value for name, value in said_of(before, kept).items() if name != "id"}
            return act.done(person, id_, _CHANGES, before=old, after=said_of(person, changed), why=why)

    def _let_in(self, person: Person, row: dict[str, object] | None) -> None:
        """Have somebody sit down who proved himself; a disk that takes no more does not keep him out."""
        from sanad.store.attempts import SIGN_IN

        self._session.sit(person, row)
        with suppress(Refused):
            self._store.tell(SIGN_IN, self._door.about(person.user, person))
        self._keep_slots()

    def _keep_slots(self) -> None:
        """Have nobody but those who work here open the data, where they are encrypted."""
        with self._store.reading() as records:
            active = [person.user for person in records.staff.people() if person.active]
        with suppress(Refused):  # a slot that cannot be dropped now is dropped at the next sign-in
            self._store.keys.keep_only(active)

    def _refuse_unsound(self, act: "Operation", person: Person, password: str | None) -> None:
        """Every problem of what is about to be kept of a person."""
        from sanad.store.staff import user_key

        problems = [*problems_of_name(person.name, "name")]
        if not person.name:
            problems.append(Problem("staff.name_missing", "name"))
        if not user_key(person.user):
            problems.append(Problem("staff.user_missing", "user"))
        elif len(person.user) > LONGEST_USER:
            problems.append(Problem("staff.user_long", "user", {"most": LONGEST_USER}))
        holder = act.staff.called(person.user)
        if holder is not None and holder.id != person.id:
            problems.append(Problem("staff.user_taken", "user", {"user": holder.user}))
        if password is not None:
            office = act.offices.read()
            names = (office.name_ar, office.name_en) if office else ()
            problems += self._rules.problems(password, (person.user, person.name, *names))
        others = [other for other in act.staff.people() if other.id != person.id]
        if act.staff.begun() and not any(one.may(Permission.MANAGE_STAFF) for one in (person, *others)):
            problems.append(Problem("staff.last_manager"))
        if problems:
            raise Refused(problems)


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUPS * CODE_GROUP))


def _spaced(code: str) -> str:
    """A recovery code as it is printed: in groups that can be read aloud."""
    return "-".join(code[at : at + CODE_GROUP] for at in range(0, len(code), CODE_GROUP))
