"""A set of data that takes the place of another is told so: by whom, from where, and which numbers it never uses.

Numbers that the other set gave out stand on papers. They are passed over, and the journal says which.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sanad.domain.changes import Changes, Subject
from sanad.domain.staff import Seat
from sanad.store.database import Database
from sanad.store.driver import PLAIN, Driver
from sanad.store.folder import settle
from sanad.store.health import PASSED_OVER
from sanad.store.office_keys import OfficeKey, digest
from sanad.store.store import Operation


def begin(
    file: Path,
    operation: str,
    said: str,
    *,
    drawn: Mapping[str, int],
    after: Mapping[str, object],
    at: datetime,
    who: str,
    opened_by: OfficeKey | None = None,
    driver: Driver = PLAIN,
) -> None:
    """Write the act into the journal of ``file``, which nobody has open.

    ``drawn`` are the last numbers of each series that were given out meanwhile; ``opened_by`` is the key whose
    passphrase was just typed: where it is the office's under a passphrase that the data do not know yet, they learn it.
    """
    database = Database(file, driver)
    try:
        with database.writing() as connection:
            act = Operation(connection, operation, str(uuid4()), said, at, Seat(who))
            last = act.numbers.last()
            passed_over = {
                series: f"{last.get(series, 0) + 1}-{number}"
                for series, number in sorted(drawn.items())
                if number > last.get(series, 0)
            }
            for series in passed_over:
                act.numbers.pass_over(series, drawn[series])
            told: dict[str, object] = {**after, PASSED_OVER.rstrip("."): passed_over}
            key = act.office_keys.read()
            if key and opened_by and key.public == opened_by.public and not key.is_of(opened_by.sealed):
                act.office_keys.seal_anew(opened_by.sealed)
                told["office_key"] = digest(opened_by.sealed)
            act.done(None, operation, Changes(frozenset(Subject)), after=told)
            act.finish()
    finally:
        database.close()
    settle(file)
