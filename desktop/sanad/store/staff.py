"""The people of the office as rows, and what the journal last said of each: a row that says otherwise was edited.

The journal is the authority. A row is only read where it agrees with it, so that nobody gains a role or a password by
writing into the file behind the program's back.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

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
LENDING = ("staff.add", "staff.set_password", "staff.enable")
"""The acts by which somebody gets a password that another chose; ``staff.enable`` may leave him his old one."""
OWN = (BEGIN, "staff.change_password", "staff.recover")
"""The acts by which somebody chooses his own password."""
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
        """All of them as the journal last told of them, by the names they sign in with."""
        people = (_person(said) for said in self.told().values())
        return tuple(sorted(people, key=lambda person: user_key(person.user)))

    def get(self, id: str) -> Person:  # noqa: A002  # the word of the domain
        """One person, as the journal last told of him.

        Raises:
            Refused: there is none under this id.
        """
        said = self.told().get(id)
        if said is None:
            raise Refused.because("staff.unknown", id=id)
        return _person(said)

    def called(self, user: str) -> Person | None:
        """The person who signs in under that name, however it is spelt."""
        key = user_key(user)
        return next((person for person in self.people() if user_key(person.user) == key), None)

    def row(self, id: str) -> dict[str, object] | None:  # noqa: A002  # the word of the domain
        """What the file says of a person, as the journal would tell it; None where it says nothing."""
        columns = ", ".join((*_PERSON, "password", "user_key"))
        found = self._connection.exec_driver_sql(f"SELECT {columns} FROM staff WHERE id = ?", (id,))  # noqa: S608  # ours
        row = found.mappings().first()  # as it stands, for whoever edits it writes what no column of ours would read
        if row is None:
            return None
        said = {**{name: row[name] for name in _PERSON}, "password": digest(str(row["password"]))}
        said["active"] = {0: False, 1: True}.get(row["active"], row["active"])
        return said if row["user_key"] == user_key(str(row["user"])) else {**said, "user_key": row["user_key"]}

    def password(self, id: str) -> str:  # noqa: A002  # the word of the domain
        """The password of a person whose row agrees, as it is kept."""
        kept = select(staff.c.password).where(staff.c.id == id)
        return str(self._connection.execute(kept).scalar_one())

    def agrees(self, id: str) -> bool:  # noqa: A002  # the word of the domain
        """Whether a person's row is what the journal last said of it."""
        return self.row(id) == self.told().get(id)

    def write(self, person: Person, password: str) -> None:
        """Have the row of a person say this, whatever stood there, with the password as it is kept."""
        row = {name: getattr(person, name) for name in _PERSON}
        key = user_key(person.user)
        self._connection.execute(delete(staff).where((staff.c.id == person.id) | (staff.c.user_key == key)))
        self._connection.execute(insert(staff).values(**row, user_key=key, password=password))

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

    def password_is_lent(self, id: str) -> bool:  # noqa: A002  # the word of the domain
        """Whether somebody else gave a person the password, which was not changed since."""
        acts = select(journal.c.operation, journal.c.who, journal.c.after)
        acts = acts.where(journal.c.operation.in_((*LENDING, *OWN))).order_by(journal.c.seq.desc())
        rows = self._connection.execute(acts)
        told = ((operation, who, without_marks(after)) for operation, who, after in rows)
        last = next((act, who) for act, who, said in told if said.get("id") == id and "password" in said)
        return last[0] in LENDING and last[1] != self.get(id).user

    def differing(self) -> Iterator[str]:
        """The users whose rows are not what the journal last said of them, or of whom it never spoke."""
        told, ids = self.told(), self._connection.execute(select(staff.c.id)).scalars().all()
        for id_ in sorted({*told, *ids}):
            row = self.row(id_)
            if told.get(id_) != row:
                yield str((told.get(id_) or row or {})["user"])

    def _acts(self) -> Iterator[dict[str, Any]]:
        acts = select(journal.c.after).where(journal.c.operation.in_(ACTS)).order_by(journal.c.seq)
        return (without_marks(after) for (after,) in self._connection.execute(acts))


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


def _person(said: dict[str, object]) -> Person:
    return Person(**{**{name: said[name] for name in _PERSON}, "role": Role(str(said["role"]))})  # type: ignore[arg-type]  # as said_of wrote it
