"""Whether the data lie encrypted on this computer, and how they come to."""

from typing import TYPE_CHECKING

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Refused
from sanad.domain.staff import Permission, as_printed
from sanad.services.door import Door
from sanad.services.session import Session, needs, open_to_all

if TYPE_CHECKING:
    from sanad.store.store import Store

_CHANGES = Changes(frozenset({Subject.OFFICE, Subject.STAFF}))


class Encryption:
    """Turns a data folder that holds no family yet into an encrypted one. There is no way back but a backup."""

    def __init__(self, *, store: "Store", session: Session, door: Door) -> None:
        self._store = store
        self._session = session
        self._door = door

    @open_to_all
    def possible(self) -> bool:
        """Whether this program was installed with the library that encrypts."""
        from sanad.store import driver

        return driver.can_encrypt()

    @open_to_all
    def on(self) -> bool:
        """Whether the data are encrypted."""
        return self._store.keys.encrypts

    @needs(Permission.MANAGE_STAFF)
    def begin(self, password: str, code: str) -> Done[bool]:
        """Encrypt the data from now on: the password of whoever is signed in opens them, and the recovery code.

        Everybody who gets an account later opens them with his own. A repeated call changes nothing.

        Raises:
            Refused: nobody is signed in (``staff.begin_first``), or password or code is not the right one
                (``staff.wrong``, ``staff.code_wrong``, ``staff.wait``); there are other accounts or families already
                (``encryption.too_late``); the library that encrypts is not installed (``data.no_encryption``); there
                is no room on the disk. Nothing was changed then.
        """
        from sanad.store import passwords

        person = self._session.person
        if person is None:
            raise Refused.because("staff.begin_first")
        with self._store.reading() as records:
            late = len(records.staff.people()) > 1 or records.households.count() > 0
            good = records.staff.recovery_code()
        self._door.prove(person.user, password, person)
        self._door.attempt(person.user, person, lambda: passwords.is_right(as_printed(code), good), "staff.code_wrong")
        if not self._store.keys.encrypts:
            if late:
                raise Refused.because("encryption.too_late")
            self._store.encrypt(person.user, password, code)
        with self._store.operation("encryption.begin", key="encryption.begin", said=None) as act:
            if act.earlier is not None:
                return act.repeated(True, _CHANGES)
            return act.done(True, "on", _CHANGES, after={"encryption": "on"})
