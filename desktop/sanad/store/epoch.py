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
from sanad.store.high_water import HighWater, Mark, reached
from sanad.store.office_keys import MAKE, OfficeKey, OfficeKeys, digest
from sanad.store.store import Operation


def begin(
    file: Path,
    operation: str,
    said: str,
    *,
    drawn: Mapping[str, int],
    known: HighWater,
    after: Mapping[str, object],
    at: datetime,
    who: str,
    opened_by: OfficeKey | None = None,
    driver: Driver = PLAIN,
) -> Mark | None:
    """Write the act into the journal of ``file``, which nobody has open; where its data stand then.

    ``drawn`` are the last numbers of each series that were given out meanwhile, as far as the other set tells, and
    ``known`` what this computer remembers of them; ``opened_by`` is the key whose
    passphrase was just typed: where it is the office's under a passphrase that the data do not know yet, they learn it,
    as they learn the key itself where they know of none, because a disk that failed could not keep it.
    """
    database = Database(file, driver)
    try:
        with database.writing() as connection:
            seat = Seat(who)
            if opened_by and OfficeKeys(connection).read() is None:
                learned = Operation(connection, MAKE, str(uuid4()), None, at, seat)
                learned.office_keys.add(opened_by)
                learned.done(None, opened_by.public, Changes(frozenset({Subject.OFFICE})), after=opened_by.told())
                learned.finish()
            act = Operation(connection, operation, str(uuid4()), said, at, seat)
            remembered = known.numbers(connection)
            furthest = {
                series: max(drawn.get(series, 0), remembered.get(series, 0)) for series in {**drawn, **remembered}
            }
            told: dict[str, object] = {**after, PASSED_OVER.rstrip("."): act.numbers.pass_over(furthest)}
            key = act.office_keys.read()
            if key and opened_by and key.public == opened_by.public and not key.is_of(opened_by.sealed):
                act.office_keys.seal_anew(opened_by.sealed)
                told["office_key"] = digest(opened_by.sealed)
            act.done(None, operation, Changes(frozenset(Subject)), after=told)
            act.finish()
            mark = reached(connection)
    finally:
        database.close()
    settle(file)
    return mark
