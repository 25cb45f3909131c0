"""The settings of the data folder: one office, one row; and the picture of its letterhead."""

from sqlalchemy import Connection, delete, insert, select

from sanad.domain.money import CURRENCIES
from sanad.domain.office import Office
from sanad.store.tables import office, office_logo

_PLAIN = (
    *("policy", "name_ar", "name_en", "phone", "language", "digits"),
    *("committee_ar", "committee_en", "iban", "hijri_shift"),
)


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

    def logo(self) -> bytes | None:
        """The picture of the letterhead, if the office has one."""
        return self._connection.execute(select(office_logo.c.picture)).scalar_one_or_none()

    def write_logo(self, picture: bytes | None) -> None:
        """Keep the picture in the place of the one before, or none."""
        self._connection.execute(delete(office_logo))
        if picture is not None:
            self._connection.execute(insert(office_logo).values(id=1, picture=picture))
