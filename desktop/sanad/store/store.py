"""The door of this room: a look at the data file, or one act of the office on it, whole or not at all."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from sqlalchemy import Connection, insert, select

from sanad.domain.changes import Changes, Done
from sanad.domain.errors import Bug, Refused
from sanad.domain.health import Ahead, Condition, Older
from sanad.domain.listing import CheckLine, Ending
from sanad.domain.staff import Credentials, Seat
from sanad.store import at_rest, condition, ending, faults, health, high_water, knocks, place, reserve, tables, upgrade
from sanad.store.assessments import Assessments
from sanad.store.attempts import Attempts
from sanad.store.columns import NONSENSE, canonical
from sanad.store.confidential import Confidential
from sanad.store.database import Database
from sanad.store.decisions import Decisions
from sanad.store.drafts import Drafts
from sanad.store.folder import DataFolder, Hold
from sanad.store.health import GO_ON, OF_DAMAGE, told_as
from sanad.store.high_water import HighWater, Mark
from sanad.store.households import Households
from sanad.store.journal import AHEAD, ANSWER_FOR_CLOCK, DRAWN, FORM, Journal, differences, form_digest, told
from sanad.store.lists import Lists
from sanad.store.numbers import Numbers
from sanad.store.office_keys import OfficeKeys
from sanad.store.offices import Offices
from sanad.store.payments import Payments
from sanad.store.policies import Policies
from sanad.store.reindex import looked_through
from sanad.store.requests import Requests
from sanad.store.search import Search
from sanad.store.staff import Staff
from sanad.store.whereabouts import Whereabouts

Value = TypeVar("Value")


class Records:
    """Everything that is kept, as one transaction sees it."""

    def __init__(self, connection: Connection, seat: Seat) -> None:
        self.confidential = Confidential(connection, opened=seat.sees_confidential)
        self.offices = Offices(connection)
        self.households = Households(connection, self.confidential)
        self.search = Search(connection, self.confidential)
        self.requests = Requests(connection, self.confidential)
        self.assessments = Assessments(connection)
        self.decisions = Decisions(connection)
        self.payments = Payments(connection, self.confidential)
        self.drafts = Drafts(connection, seat, self.confidential)
        self.numbers = Numbers(connection)
        self.policies = Policies(connection)
        self.office_keys = OfficeKeys(connection)
        self.staff = Staff(connection)
        self.attempts = Attempts(connection)
        self.journal = Journal(connection)
        self.lists = Lists(connection, self.confidential, self.drafts)


class Operation(Records):
    """One act of the office. It is done once: a key that is known gives ``earlier``, the id of what was done then."""

    def __init__(self, connection: Connection, name: str, key: str, said: object, at: datetime, seat: Seat) -> None:
        super().__init__(connection, seat)
        self.at = at
        self._connection = connection
        self._name, self._key, self._who = name, key, seat.who
        self._said = hashlib.sha256(canonical([name, told(said)]).encode()).hexdigest()
        self._closed = False
        self._drawn = self.numbers.last()
        self.earlier = self._earlier()

    @property
    def today(self) -> date:
        """The day of the act by the clock on the office's wall."""
        return self.at.date()

    def refuse_wrong_clock(self) -> None:
        """No money moves while the machine's clock stands before the last entry.

        Raises:
            Refused: it does (``clock.set_back``).
        """
        last = self.journal.last()
        if last is not None and condition.is_set_back(self.at, last.at):
            raise Refused.because("clock.set_back", now=self.at, last=last.at.astimezone(self.at.tzinfo))

    def refuse_clock_far_ahead(self) -> None:
        """Nothing is recorded under a date that would shut out every right one after it, until somebody answers for it.

        Raises:
            Refused: the machine's clock stands more than a year after the last entry (``clock.far_ahead``).
        """
        last = self.journal.last()
        if self.earlier is None and last is not None and condition.is_far_ahead(self.at, last.at):
            raise Refused.because("clock.far_ahead", now=self.at, last=last.at.astimezone(self.at.tzinfo))

    def done(
        self,
        value: Value,
        result: str,
        changes: Changes,
        *,
        before: object = None,
        after: object = None,
        why: str = "",
    ) -> Done[Value]:
        """Write the act into the journal and remember its key; ``result`` is the id that reads the value again.

        The journal tells ``after`` (the value itself unless said), or of both only what differs from ``before``.
        """
        written = value if after is None else after
        old, new = ({}, told(written)) if before is None else differences(before, written)
        drawn = {series: last for series, last in self.numbers.last().items() if last != self._drawn.get(series)}
        marks: dict[str, object] = {f"{DRAWN}{series}": last for series, last in drawn.items()}
        marks[FORM] = form_digest(self._key, self._name, self._said, result)
        seq = self.journal.add(
            at=self.at,
            who=self._who,
            operation=self._name,
            changes=changes,
            before=old,
            after={**new, **marks},
            why=why,
        )
        row = {"key": self._key, "operation": self._name, "said": self._said, "result": result, "seq": seq}
        self._connection.execute(insert(tables.operations).values(row))
        self._closed = True
        return Done(value, changes)

    def repeated(self, value: Value, changes: Changes) -> Done[Value]:
        """What was recorded under this key before; nothing is written now."""
        self._closed = True
        return Done(value, changes, repeated=True)

    def finish(self) -> None:
        """Check that the act was told to the journal.

        Raises:
            Bug: it was not.
        """
        if not self._closed:
            raise Bug(f"{self._name} ended without a journal entry")

    def _earlier(self) -> str | None:
        found = select(tables.operations).where(tables.operations.c.key == self._key)
        row = self._connection.execute(found).mappings().first()
        if row is None:
            return None
        if row["said"] != self._said:
            raise Refused.because("operation.said_otherwise", operation=self._name, result=str(row["result"]))
        return str(row["result"])


class Store:
    """An open data folder. ``clock`` tells the moment with the office's own offset, ``who`` sits at the desk."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        who: str,
        memory: Path,
        credentials: Credentials | None = None,
    ) -> None:
        """Hold the folder and open its file, making or upgrading it where that is due.

        ``seat`` may be set to whoever sits down; at first it is that of ``who``, from whom nothing is hidden.
        ``credentials`` open a folder that is encrypted; of them nothing else comes. ``memory`` is where this computer
        remembers how far the data had come; ``older`` tells that they are not as far. ``ending`` tells how whoever had
        the folder before left it, until something is recorded; nobody but who tells it reads :meth:`heard_ending`.

        Raises:
            Refused: new data would not lie on a disk of this computer; another process holds the folder; it is
                encrypted and they do not open it; its file is missing, foreign, damaged, or of a newer program; it
                cannot be written; the disk is full.
        """
        self._clock = clock
        self.seat = Seat(who)
        at = DataFolder(folder)
        whereabouts = Whereabouts(memory, at)
        whereabouts.refuse_missing()
        if not at.held:
            place.refuse_unfit(folder)
        with ExitStack() as taken:
            self._hold = reserve.given_up_for(at, lambda: Hold(at, self._clock()))
            taken.callback(self._hold.let_go)
            self.ending = ending.found(at, self._hold)
            self._database = reserve.given_up_for(at, lambda: self._opened(at, credentials))
            taken.callback(self._database.close)
            whereabouts.note()
            DataFolder(memory).clear_abandoned()
            self._high_water, self._noting, self._noted = HighWater(memory, folder), Lock(), 0
            self.older: Older | None = None
            self._look_back()
            taken.pop_all()  # whoever has the store lets go of what it holds

    def _opened(self, at: DataFolder, credentials: Credentials | None) -> Database:
        """The file of a folder that is held, known to take what is written."""
        self.keys = knocks.enter(at, credentials, self._clock())
        self.folder = replace(at, driver=self.keys.driver)
        upgrade.prepare(self.folder, self._clock())
        database = Database(self.folder.file, self.folder.driver)
        database.refuse_unwritable()
        return database

    def _look_back(self) -> None:
        """See whether the data stand where this computer's user left them, and tell what was done here meanwhile."""
        ahead: Ahead | None = None
        with suppress(Refused, *NONSENSE), self._database.reading() as connection:  # what is no entry, the doctor tells
            self.ending = ending.finished(self.ending, Journal(connection))
            self.older = self._high_water.older(connection)
            if self.older is None:
                ahead = self._high_water.ahead(connection)
                self._note(high_water.reached(connection))
        with suppress(Refused):  # a disk that takes no more does not keep the office from reading
            if ahead is not None:
                self.tell(AHEAD, {"count": ahead.entries, "since": ahead.since})
            if self.keys.knocked:
                self.tell("staff.knock", {"wrong": self.keys.knocked})

    def _note(self, mark: Mark | None, *, lasting: bool = False) -> None:
        """Remember how far the data have come; of two acts at once, the later one counts."""
        with self._noting:
            entries = 0 if mark is None else mark.entries
            if entries >= self._noted:
                self._noted = entries
                self._high_water.note(mark, lasting=lasting)

    def heard_ending(self) -> Ending:
        """How whoever had the folder before left it, asked by whoever tells the office."""
        self._hold.heard()
        return self.ending

    @property
    def failing(self) -> bool:
        """Whether the disk failed since the folder was opened; nothing more is written to it then."""
        return self._database.failing

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """A look at the file as it stands when the block begins."""
        with self._database.reading() as connection:
            yield Records(connection, self.seat)

    @contextmanager
    def operation(self, name: str, *, key: str, said: object, by: str | None = None) -> Iterator[Operation]:
        """One act: one transaction, one journal entry, one key.

        ``said`` is all that the form said; ``by`` is who did it, where that is not whoever sits there now.

        Raises:
            Refused: the key is known but something else was said under it; the data are older than they were, and
                nobody said that they are to be gone on with (``data.older``); or as :meth:`Database.writing`, where a
                full disk gives up its reserve once (``data.reserve_released``).
            Bug: the block ended without telling the journal.
        """
        seat = self.seat if by is None else replace(self.seat, who=by)
        if self.older is not None and name != GO_ON:
            raise Refused.because("data.older", receipt=self.older.receipt or "-", at=self.older.at)
        try:
            with self._database.writing() as connection:
                operation = Operation(connection, name, key, said, self._clock(), seat)
                if name != ANSWER_FOR_CLOCK:
                    operation.refuse_clock_far_ahead()
                yield operation
                operation.finish()
                mark = high_water.reached(connection)
        except Refused as refused:
            if refused.problems[0].code == "data.disk_full" and reserve.release(self.folder):
                raise Refused.because("data.reserve_released", folder=str(self.folder.path)) from refused
            raise
        self.older = None
        self.ending = Ending.WELL  # what was recorded last is known to whoever recorded it
        self._hold.heard()
        self._note(mark)

    @contextmanager
    def noting(self) -> Iterator[tuple[Drafts, datetime]]:
        """The drafts, to be written without a journal entry: nothing in them was said yet; and the moment."""
        with self._database.writing() as connection:
            yield Records(connection, self.seat).drafts, self._clock()

    def tell(self, name: str, after: object, *, about: Iterable[str] = (), why: str = "") -> None:
        """Write into the journal what changes nothing: a look at families, a sign-in.

        Raises:
            Refused: as :meth:`Database.writing`.
        """
        with self._database.writing() as connection:
            changes = Changes(frozenset(), frozenset(about))
            Journal(connection).add(
                at=self._clock(),
                who=self.seat.who,
                operation=name,
                changes=changes,
                before={},
                after=told(after),
                why=why,
            )
            mark = high_water.reached(connection)
        if self.older is None:
            self._note(mark)

    def now(self) -> datetime:
        """The moment, by the clock on the office's wall."""
        return self._clock()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """The file as it stands when the block begins, to be copied whole; what is written meanwhile is not in it."""
        with self._database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")  # the look begins with the first read
            yield cast("sqlite3.Connection", connection.connection.driver_connection)

    def settle(self) -> None:
        """Shorten the log of what was written, while nobody waits at the desk."""
        self._database.settle()

    def keep_reserve(self) -> None:
        """Keep room back for a day on which the disk is full, where there is room to spare."""
        reserve.keep(self.folder, condition.to_spare(self.folder))

    @property
    def damaged(self) -> bool:
        """Whether a part of the data file was met that cannot be read; nothing more is written then."""
        return self._database.damaged

    def condition(self) -> Condition:
        """What a screen tells of the folder at once.

        Raises:
            Refused: the folder cannot be looked at.
        """
        try:
            with self._database.reading() as connection:
                how = {"failing": self.failing, "damaged": self.damaged}
                return condition.measure(connection, self.folder, self._clock(), **how, older=self.older)
        except OSError as error:
            raise faults.of_system(error, self.folder.path) from error

    def checks(self, cancelled: Callable[[], bool] | None = None) -> tuple[CheckLine, ...]:
        """Everything that the doctor looks at. Nothing more is written to a file of which a part is damaged.

        One that may be ``cancelled`` keeps nobody from writing meanwhile, so the search index does not look at itself;
        otherwise one that is broken is made anew.

        Raises:
            Refused: it was cancelled (``health.stopped``).
        """
        with self._database.reading(cancelled) as connection:
            lines = health.checks(connection)
        if any(line.name == "integrity" and told_as(line.problems, OF_DAMAGE) for line in lines):
            self._database.condemn()
        return lines if cancelled is not None else looked_through(lines, self._database)

    def anchored(self, kept: Iterable[tuple[str, datetime]], printed: Iterable[str]) -> CheckLine:
        """Whether the journal still holds the heads kept with backups, each with its moment, and those on papers."""
        with self._database.reading() as connection:
            return health.anchored(connection, kept, printed)

    def encrypt(self, user: str, password: str, code: str) -> None:
        """Have the folder encrypted from now on; the password of ``user`` opens it, and the recovery code.

        Raises:
            Refused: it cannot be, as :func:`at_rest.encrypt`; it is plain then, as before.
        """
        with self.reading() as records:
            office = records.office_keys.read()
        self._database.close()
        try:
            self.keys = at_rest.encrypt(self.folder, user, password, code, office.public if office else None)
        finally:
            self.folder = replace(self.folder, driver=self.keys.driver)
            self._database = Database(self.folder.file, self.folder.driver)

    def close(self) -> None:
        """Bring everything into the one file, and leave the folder to others."""
        with ExitStack() as leaving:
            leaving.callback(self._hold.let_go)
            leaving.callback(self._database.close)
            if self.older is None:
                with suppress(Refused, *NONSENSE), self._database.reading() as connection:
                    self._note(high_water.reached(connection), lasting=True)
