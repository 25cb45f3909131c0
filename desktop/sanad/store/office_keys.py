"""The office key as the data file keeps it: any backup is made with it, none is opened without the passphrase."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from sanad.store.tables import office_key


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """``public`` encrypts; ``sealed`` is the key's own file, under the passphrase."""

    public: str
    sealed: bytes
    made_at: datetime


class OfficeKeys:
    """The one key of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> OfficeKey | None:
        """The key, once it was made."""
        row = self._connection.execute(select(office_key)).mappings().first()
        return None if row is None else OfficeKey(row["public"], row["sealed"], row["made_at"])

    def add(self, key: OfficeKey) -> None:
        """Keep the key; there is never a second one."""
        values = {"id": 1, "public": key.public, "sealed": key.sealed, "made_at": key.made_at}
        self._connection.execute(insert(office_key).values(values))
