"""The office key as the data file keeps it: any backup is made with it, none is opened without the passphrase."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sanad.store.tables import journal, office_key

MAKE = "backups.make_key"
"""The act in the journal by which the data learn the key."""
CHANGE = "backups.change_passphrase"
"""The act in the journal that tells the digest of the key's file before and after."""


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """``public`` encrypts; ``sealed`` is the key's own file, under the passphrase.

    ``former`` are the digests of its files under earlier passphrases, as they may still lie on a stick.
    """

    public: str
    sealed: bytes
    made_at: datetime
    former: frozenset[str] = frozenset()

    def is_of(self, file: bytes) -> bool:
        """Whether a key's file that lies with backups is this key's, under today's passphrase or an earlier one."""
        return file == self.sealed or digest(file) in self.former

    def told(self) -> dict[str, str]:
        """What the journal tells of it."""
        return {"public": self.public, "sealed": digest(self.sealed)}


class OfficeKeys:
    """The one key of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> OfficeKey | None:
        """The key, once it was made."""
        row = self._connection.execute(select(office_key)).mappings().first()
        if row is None:
            return None
        changes = self._connection.execute(select(journal.c.before).where(journal.c.operation == CHANGE)).scalars()
        former = frozenset(json.loads(before)["sealed"] for before in changes)
        return OfficeKey(row["public"], row["sealed"], row["made_at"], former)

    def add(self, key: OfficeKey) -> None:
        """Keep the key; there is never a second one."""
        values = {"id": 1, "public": key.public, "sealed": key.sealed, "made_at": key.made_at}
        self._connection.execute(insert(office_key).values(values))

    def seal_anew(self, sealed: bytes) -> None:
        """Keep the key under another passphrase; what was there is overwritten."""
        self._connection.execute(update(office_key).values(sealed=sealed))


def digest(sealed: bytes) -> str:
    """What the journal tells of a key's file: enough to know it again, of no use to open it."""
    return hashlib.sha256(sealed).hexdigest()
