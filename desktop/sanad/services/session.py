"""Who sits at the desk, asked at every act: no method touches the data that does not say what it needs."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from sanad.domain.errors import Problem, Refused
from sanad.domain.staff import MANY, Permission, Person, Seat

if TYPE_CHECKING:
    from sanad.store.store import Operation, Records, Store

LOOKED_AT = timedelta(minutes=10)
"""How long a look goes on: a screen that shows the same family again within it is no new one."""

NOTHING: Mapping[str, object] = MappingProxyType({})


class Session:
    """The person signed in, if anybody is. As long as there are no accounts, whoever sits there may do everything."""

    def __init__(self, *, store: "Store") -> None:
        self._store = store
        self._login = store.seat.who
        self._person: Person | None = None
        self._row: dict[str, object] | None = None
        self._begun: bool | None = None
        self._looks: dict[tuple[str, ...], datetime] = {}
        self.leave()

    @property
    def person(self) -> Person | None:
        """Whoever is signed in, as it stood when he was last asked for."""
        return self._person

    def begun(self) -> bool:
        """Whether accounts exist, so that somebody must sign in; looked up once, for nobody else writes meanwhile."""
        if self._begun is None:
            with self._store.reading() as records:
                self._begun = records.staff.begun()
        return self._begun

    def need(self, permission: Permission) -> None:
        """Let the act go on if whoever is signed in is allowed it, as the data file says at this moment.

        Raises:
            Refused: nobody is signed in or the account was closed meanwhile (``staff.sign_in_needed``); his role does
                not allow it (``staff.not_allowed``); his row was edited behind our back (``staff.changed_outside``).
        """
        if not self.begun():
            return
        person = self.present()
        if not person.may(permission):
            raise Refused.because("staff.not_allowed", role=person.role, permission=permission)

    def present(self) -> Person:
        """Whoever is signed in, as the data file says at this moment.

        Raises:
            Refused: nobody is; or as :meth:`need`.
        """
        with self._store.reading() as records:
            person = self._still_there(records)
        if person is None:
            raise Refused.because("staff.sign_in_needed")
        return person

    def sit(self, person: Person, row: dict[str, object] | None) -> None:
        """Somebody sits down whose row says this and agrees with the journal."""
        self._person, self._row, self._begun = person, row, True
        self._store.seat = Seat(person.user, person.user, person.may(Permission.SEE_CONFIDENTIAL))

    def leave(self) -> None:
        """Whoever sat there gets up."""
        self._person = self._row = None
        self._looks.clear()
        self._store.seat = Seat(self._login, sees_confidential=not self.begun())

    def look(self, name: str, households: Iterable[str], told: Mapping[str, object] = NOTHING) -> None:
        """Have the journal tell that somebody looked, once as long as the look goes on.

        An office without accounts has nobody to tell of. A disk that takes no more does not keep it from reading.
        """
        about, now = tuple(households), self._store.now()
        seen = (name, *about)
        if seen in self._looks and timedelta() <= now - self._looks[seen] < LOOKED_AT:
            return
        with suppress(Refused):
            self.took(name, about, told)
            self._looks[seen] = now

    def took(self, name: str, households: Iterable[str], told: Mapping[str, object], *, why: str = "") -> None:
        """Have the journal tell that somebody takes something out of the office: a paper, a list.

        Raises:
            Refused: it cannot be told, so it is not given out.
        """
        if self._person is not None:
            self._store.tell(name, told, about=tuple(households), why=why)

    def refuse_many(self, count: int, why: str) -> None:
        """Nobody takes a list of many families along without saying why.

        Raises:
            Refused: there are accounts, the list is long, and no reason is given (``staff.reason_needed``).
        """
        if self._person is not None and count > MANY and not why:
            raise Refused.because("staff.reason_needed", "why", count=count, most=MANY)

    def refuse_maker(self, act: "Operation", operation: str, result: str, code: str, **values: object) -> None:
        """Whoever made a thing is not the one who approves it.

        Raises:
            Refused: the signed-in person did ``operation`` with that ``result`` himself (``code``).
        """
        if self._person is not None and act.journal.who_did(operation, result) == self._person.user:
            raise Refused([Problem(code, "", values)])

    def _still_there(self, records: "Records") -> Person | None:
        """Whoever is signed in, read anew where his row changed."""
        if self._person is None:
            return None
        id_ = self._person.id
        row = records.staff.row(id_)
        if row == self._row:
            return self._person
        if not records.staff.agrees(id_):
            self.leave()
            raise Refused.because("staff.changed_outside")
        person = records.staff.get(id_)
        if not person.active:
            self.leave()
            return None
        self.sit(person, row)
        return person


class Guarded(Protocol):
    """A service that knows who sits there."""

    _session: Session


Service = TypeVar("Service", bound=Guarded)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

NEEDS = "__needs__"
"""Where a method of a service carries its permission; a test refuses one that carries none."""


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Service, Asked], Answer]], Callable[Concatenate[Service, Asked], Answer]]:
    """Mark a method of a service with what it needs, and ask for it at every call."""

    def mark(method: Callable[Concatenate[Service, Asked], Answer]) -> Callable[Concatenate[Service, Asked], Answer]:
        @wraps(method)
        def asked(self: Service, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
            self._session.need(permission)
            return method(self, *args, **named)

        asked.__dict__[NEEDS] = permission
        return asked

    return mark


def open_to_all(method: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Mark a method that works for whoever sits there, signed in or not: it tells nothing of any family."""
    method.__dict__[NEEDS] = None
    return method
