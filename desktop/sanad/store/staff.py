"""The people of the office as rows, and what the journal last said of each: a row that says otherwise was edited.

The journal is the authority. A row is only read where it agrees with it, so that nobody gains a role or a password by
writing into the file behind the program's back.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from sanad.domain.errors import Refused
from sanad.domain.spelling import folded
from sanad.domain.staff import Person, Role
from sanad.store.journal import without_marks
from sanad.store.tables import journal, staff

BEGIN = "staff.begin"
ACTS = (
    BEGIN,
    "staff.add",
    "staff.change_role",
    "staff.rename",
    "staff.disable",
    "staff.enable",
    "staff.set_password",
    "staff.change_password",
    "staff.recover",
    "staff.new_recovery_code",
)
"""The acts that write a row, or make a new recovery code."""
CODE = "recovery_code"
"""Where the journal keeps a recovery code, and nothing else does: 125 random bits under Argon2id give nothing away."""

_PERSON = tuple(Person.__dataclass_fields__)


class Staff:
    """The accounts, and the code that opens the office again when nobody is left who can sign in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begun(self) -> bool:
        """Whether accounts exist: the journal says so, whatever became of the rows."""
        first = select(journal.c.seq).where(journal.c.operation == BEGIN).limit(1)
        return self._connection.execute(first).first() is not None

    def people(self) -> tuple[Person, ...]:
        """All of them, by the names they sign in with."""
        rows = self._connection.execute(select(staff).order_by(staff.c.user_key)).mappings()
        return tuple(_person(row) for row in rows)

    def get(self, id: str) -> Person:  # noqa: A002  # the word of the domain
        """One person.

        Raises:
            Refused: there is none under this id.
        """
        return _person(self._row(id))

    def row(self, id: str) -> dict[str, object] | None:  # noqa: A002  # the word of the domain
        """What the file says of a person, as the journal would tell it; None where it says nothing."""
        found = self._connection.execute(select(staff).where(staff.c.id == id)).mappings().first()
        if found is None:
            return None
        said = said_of(_person(found), found["password"])
        return said if found["user_key"] == user_key(found["user"]) else {**said, "user_key": found["user_key"]}

    def called(self, user: str) -> Person | None:
        """The person who signs in under that name, however it is spelt."""
        found = select(staff).where(staff.c.user_key == user_key(user))
        row = self._connection.execute(found).mappings().first()
        return None if row is None else _person(row)

    def password(self, id: str) -> str:  # noqa: A002  # the word of the domain
        """The password as it is kept."""
        return str(self._row(id)["password"])

    def agrees(self, id: str) -> bool:  # noqa: A002  # the word of the domain
        """Whether a person's row is what the journal last said of it."""
        return self.row(id) == self.told().get(id)

    def add(self, person: Person, password: str) -> None:
        """Keep a new person, with the password as it is kept."""
        row = {name: getattr(person, name) for name in _PERSON}
        self._connection.execute(insert(staff).values(**row, user_key=user_key(person.user), password=password))

    def write(self, person: Person, password: str) -> None:
        """Have the row say this, whatever became of it."""
        self._connection.execute(delete(staff).where(staff.c.id == person.id))
        self.add(person, password)

    def recovery_code(self) -> str | None:
        """The recovery code that is good now, as it is kept."""
        codes = [str(after[CODE]) for after in self._acts() if CODE in after]
        return codes[-1] if codes else None

    # ------------------------------------------------------------ against the journal

    def told(self) -> dict[str, dict[str, object]]:
        """What the journal last said of each person, by id."""
        people: dict[str, dict[str, object]] = {}
        for after in self._acts():
            if "id" in after:
                said = {name: value for name, value in after.items() if name != CODE}
                people.setdefault(str(after["id"]), {}).update(said)
        return people

    def told_of(self, user: str) -> Person | None:
        """The person whom the journal knows under that name to sign in, whatever became of the row."""
        for said in self.told().values():
            if user_key(str(said["user"])) == user_key(user):
                return Person(**{**{name: said[name] for name in _PERSON}, "role": Role(said["role"])})
        return None

    def differing(self) -> Iterator[str]:
        """The ids of the people whose rows are not what the journal last said of them, or of whom it never spoke."""
        told = self.told()
        rows = {person.id: self.row(person.id) for person in self.people()}
        yield from (id_ for id_ in sorted(told.keys() | rows.keys()) if told.get(id_) != rows.get(id_))

    def _acts(self) -> Iterator[dict[str, Any]]:
        acts = select(journal.c.after).where(journal.c.operation.in_(ACTS)).order_by(journal.c.seq)
        return (without_marks(after) for (after,) in self._connection.execute(acts))

    def _row(self, id_: str) -> RowMapping:
        row = self._connection.execute(select(staff).where(staff.c.id == id_)).mappings().first()
        if row is None:
            raise Refused.because("staff.unknown", id=id_)
        return row


def user_key(user: str) -> str:
    """The name to sign in with as it is compared: two that look alike are one."""
    return folded(user).replace(" ", "")


def said_of(person: Person, password: str) -> dict[str, object]:
    """A person as the journal tells of him; of the password only what shows that it was changed."""
    told: dict[str, object] = {name: getattr(person, name) for name in _PERSON}
    return {**told, "role": person.role.value, "password": digest(password)}


def digest(kept: str) -> str:
    """What the journal says of a secret: enough to know the kept one again, nothing to try passwords on."""
    return hashlib.sha256(kept.encode()).hexdigest()


def _person(row: RowMapping) -> Person:
    return Person(**{name: row[name] for name in _PERSON})
