"""The settings of the data folder: one office, one row."""

from sqlalchemy import Connection, delete, insert, select

from sanad.domain.money import CURRENCIES
from sanad.domain.office import Office
from sanad.store.tables import office

_PLAIN = ("policy", "name_ar", "name_en", "phone", "language", "digits", "committee_ar", "committee_en")


class Offices:
    """The office itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> Office | None:
        """The office, once it was set up."""
        row = self._connection.execute(select(office)).mappings().first()
        if row is None:
            return None
        return Office(**{name: row[name] for name in _PLAIN}, currency=CURRENCIES[row["currency"]])

    def write(self, settings: Office) -> None:
        """Keep the settings in the place of those before."""
        self._connection.execute(delete(office))
        plain = {name: getattr(settings, name) for name in _PLAIN}
        self._connection.execute(insert(office).values(id=1, currency=settings.currency.code, **plain))
