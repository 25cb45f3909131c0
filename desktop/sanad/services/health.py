"""The doctor: whether everything in the data folder still agrees, and how the folder stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sanad.domain.backup import SHEET_YEAR, BackupStatus
from sanad.domain.errors import Refused
from sanad.domain.health import Ago, Condition, Fact, Place, Reserve, Size, Standing, is_mended, last_number
from sanad.domain.listing import Checked, CheckLine
from sanad.domain.spelling import compact
from sanad.domain.staff import Permission
from sanad.services import recomputing
from sanad.services.backups import Backups
from sanad.services.office_policies import OfficePolicies
from sanad.services.session import Session, needs, open_to_all
from sanad.services.shipped import changed

if TYPE_CHECKING:
    from sanad.store.store import Store

SERIES = ("request", "voucher", "receipt")
"""The number series that are told of."""
SHOWN = 16
"""Letters of the journal's head that stand on a paper, and that are told here."""

DAILY = timedelta(days=1)
"""How long what a look through everything found is good for."""

_HEAD = re.compile(r"[0-9a-f]{16,64}")


class Health:
    """Looks, and changes nothing but a search index that is broken."""

    def __init__(
        self, *, store: "Store", session: Session, policies: OfficePolicies, backups: Backups, program: Path
    ) -> None:
        self._store = store
        self._session = session
        self._policies = policies
        self._backups = backups
        self._program = program
        self._checked: Checked | None = None

    @open_to_all
    def checked(self) -> Checked | None:
        """What the last look through everything found, since the data were opened."""
        return self._checked

    @open_to_all
    def check_due(self) -> bool:
        """Whether nobody looked through everything since the data were opened, or not for a day."""
        return self._checked is None or not timedelta() <= self._store.now() - self._checked.at < DAILY

    @needs(Permission.SEE)
    def checks(
        self, heads: Sequence[str] = (), *, cancelled: Callable[[], bool] | None = None
    ) -> tuple[CheckLine, ...]:
        """Every check, in their order: seconds, of a thousand families; minutes, of a hundred thousand.

        The whole file is read, and every assessment made anew.
        ``heads`` are heads of the journal as they stand on papers, in any digits and with any spaces. A look of which
        nobody waits for the end may be ``cancelled`` while it goes through the records, and keeps nobody from writing.

        Raises:
            Refused: one of them is none (``health.no_head``), or it was cancelled (``health.stopped``).
        """
        at, printed = self._store.now(), [_read_head(head) for head in heads]
        of_file = (*self._store.checks(cancelled), self._store.anchored(self._backups.heads(), printed))
        of_guides = (
            recomputing.check(self._store, self._policies, cancelled),
            self._packs(),
            CheckLine("shipped", tuple(changed(self._program)), {}),
        )
        lines = (*of_file, *of_guides)
        if not heads:  # one that was mistyped says nothing of the data
            # no backup looks at the guides, so that none says that they agreed then
            last = self._backups.last() if all(line.ok for line in of_guides) else None
            self._checked = Checked(at, lines, None if last is None else last.made_at)
        return lines

    def _packs(self) -> CheckLine:
        """Whether the office's own guides are as they were adopted."""
        try:
            return CheckLine("packs", self._policies.edited(), {})
        except Refused as refused:  # a page of the file that cannot be read
            return CheckLine("packs", refused.problems, {})

    @needs(Permission.SEE)
    def facts(self) -> tuple[Fact, ...]:
        """What the health page and the doctor tell beside the checks, at once; of a file too damaged, that alone.

        Raises:
            Refused: the data folder cannot be looked at.
        """
        try:
            return self._facts()
        except Refused:
            if not self._store.damaged:
                raise
            return (self._file(str(self._store.folder.path), damaged=True),)

    def _facts(self) -> tuple[Fact, ...]:
        found = self._store.condition()
        status, accounts = self._backups.status(found.now.date()), self._session.begun()
        return (
            carried(status),
            own(status),
            sheet(status),
            Fact("changes", "some" if status.changed else "none", Standing.FINE, {}),
            *_of_data(found),
            _space(found),
            _clock(found),
            Fact("place", found.place.value, _care_unless(found.place is Place.FIXED), {"folder": found.folder}),
            Fact("reserve", found.reserve.value, _care_unless(found.reserve is not Reserve.RELEASED), {}),
            _continuity(found),
            Fact("disk", "failing" if found.failing else "sound", _stop_if(found.failing), {"folder": found.folder}),
            self._file(found.folder, damaged=found.damaged),
            _encryption(found),
            Fact("accounts", "some" if accounts else "none", _care_unless(accounts), {}),
        )

    def _file(self, folder: str, *, damaged: bool) -> Fact:
        """Whether the data file can be read, and if not, from which backup it can be brought back."""
        if not damaged:
            return Fact("file", "sound", Standing.FINE, {})
        if (last := self._backups.last()) is None:
            return Fact("file", "damaged", Standing.STOP, {"folder": folder})
        made = last.made_at.astimezone(self._store.now().tzinfo)
        return Fact("file", "to_restore", Standing.STOP, {"folder": folder, "made": made})


def _read_head(text: str) -> str:
    """A head as it was typed from a paper.

    Raises:
        Refused: it is none.
    """
    head = compact(text).lower()
    if not _HEAD.fullmatch(head):
        raise Refused.because("health.no_head", "head", text=text)
    return head


def carried(status: BackupStatus) -> Fact:
    """How old the last backup is that was carried away."""
    kept = status.carried
    if not status.has_key:
        return Fact("backup", "no_key", status.standing, {})
    if kept is None:
        return Fact("backup", "never", status.standing, {})
    values = {"name": kept.name, "ago": Ago(kept.made_at, status.on)}
    return Fact("backup", "late" if status.late else "made", status.standing, values)


def own(status: BackupStatus) -> Fact:
    """How old the last backup is that the program made beside the data."""
    kept = status.own
    if kept is None:
        return Fact("own_backup", "none", Standing.CARE if status.has_key else status.standing, {})
    return Fact("own_backup", "made", Standing.FINE, {"name": kept.name, "ago": Ago(kept.made_at, status.on)})


def sheet(status: BackupStatus) -> Fact:
    """When the recovery sheet was last printed or tried: it opens the backups when every password is forgotten."""
    if not status.has_key:
        return Fact("sheet", "no_key", Standing.FINE, {})
    if status.sheet_at is None:
        return Fact("sheet", "unprinted", Standing.STOP, {})
    due = (status.on - status.sheet_at.date()).days > SHEET_YEAR
    values = {"ago": Ago(status.sheet_at, status.on)}
    return Fact("sheet", "due" if due else "tried", _care_unless(not due), values)


def _of_data(found: Condition) -> Iterator[Fact]:
    last = {series: last_number(found.numbers, series) or "-" for series in SERIES}
    yield Fact("numbers", "last", Standing.FINE, last)
    head = {"entries": found.journal_entries, "head": found.journal_head[:SHOWN] or "-"}
    yield Fact("journal_head", "last", Standing.FINE, head)
    yield Fact("sqlite", "mended" if is_mended(found.sqlite) else "guarded", Standing.FINE, {"version": found.sqlite})


def _space(found: Condition) -> Fact:
    scarce = found.free < found.wanted
    sizes = {"free": found.free, "wanted": found.wanted, "data": found.data_size, "own": found.own_size}
    values = {name: Size(size) for name, size in sizes.items()}
    return Fact("space", "scarce" if scarce else "enough", _care_unless(not scarce), values)


def _clock(found: Condition) -> Fact:
    if found.last_at is None or not found.set_back:
        return Fact("clock", "right", Standing.FINE, {"now": found.now})
    last = found.last_at.astimezone(found.now.tzinfo)
    return Fact("clock", "set_back", Standing.STOP, {"now": found.now, "last": last})


def _continuity(found: Condition) -> Fact:
    zone = found.now.tzinfo
    if older := found.older:
        values = {"receipt": older.receipt or "-", "at": older.at.astimezone(zone), "missing": older.missing}
        return Fact("continuity", "older", Standing.STOP, values)
    if ahead := found.ahead:
        values = {"entries": ahead.entries, "since": ahead.since.astimezone(zone)}
        return Fact("continuity", "ahead", Standing.CARE, values)
    return Fact("continuity", "whole", Standing.FINE, {})


def _encryption(found: Condition) -> Fact:
    state = "off" if not found.encrypted else "partly" if found.in_the_open else "on"
    return Fact("encryption", state, _care_unless(state == "on"), {"folder": found.folder})


def _care_unless(well: bool) -> Standing:
    return Standing.FINE if well else Standing.CARE


def _stop_if(wrong: bool) -> Standing:
    return Standing.STOP if wrong else Standing.FINE
