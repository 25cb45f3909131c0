"""A restore is undone: what lay there before is put back, and what was restored is kept aside in its turn."""

import contextlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from sanad.domain.backup import Restored, Undoable
from sanad.domain.errors import Refused
from sanad.store import copies, drives, epoch, faults, manifest, pages, present, restore, swap, upgrade
from sanad.store.columns import NONSENSE, moment_text
from sanad.store.database import connect
from sanad.store.driver import Driver, errors
from sanad.store.folder import DATA_FILE, DataFolder, keep_own, make_own
from sanad.store.health import RESTORE, UNDO
from sanad.store.high_water import HighWater
from sanad.store.numbers import Numbers
from sanad.store.tables import journal
from sanad.store.watch import Watch

_INDEX = f"{DATA_FILE}-shm"
"""The index of a log, which SQLite makes anew from the log itself."""


class _Last(NamedTuple):
    told: Undoable
    aside: Path
    head: str
    drawn: dict[str, int]


def undoable(folder: DataFolder) -> Undoable | None:
    """The last restore, while what lay there before is still kept; None where there was none, or it was undone."""
    last = _last(folder)
    return last and last.told


def undo(folder: DataFolder, at: datetime, who: str, high_water: HighWater, watch: Watch) -> Restored:
    """Put back what lay there before the last restore. It is copied, so that a cut leaves the one set or the other.

    Raises:
        Refused: there is nothing to undo (``backup.nothing_to_undo``), or what lay there before is damaged
            (``backup.aside_damaged``); the folder is in use, has no room or cannot be written. Nothing was changed.
    """
    with restore.held(folder, at):
        last = _last(folder)
        if last is None:
            raise Refused.because("backup.nothing_to_undo")
        file = folder.restored / DATA_FILE
        _copy(last.aside, folder.restored, watch)
        put_back = folder.driver if (folder.restored / folder.keys.name).is_dir() else folder.driver.unlocked
        if not _is_whole(file, put_back):
            raise Refused.because("backup.aside_damaged", folder=str(last.aside))
        with contextlib.closing(connect(file, differently=upgrade.STEPPING, driver=put_back)) as older:
            upgrade.climb(older, upgrade.NEWEST, put_back)
        aside = restore.a_place_aside(folder, at)
        after = {"backup": last.told.backup, "restored_at": moment_text(last.told.at), "aside": aside.name}
        mark = epoch.begin(
            file, UNDO, last.head, drawn=last.drawn, known=high_water, after=after, at=at, who=who, driver=put_back
        )
        swap.into_place(folder, aside)
        high_water.note(mark)
    shutil.rmtree(last.aside, ignore_errors=True)  # it is the present again
    watch.ended()
    with copies.looking(folder.file, live=True, driver=put_back) as connection:
        return Restored(manifest.measure(connection, at, ()), str(aside))


def _is_whole(file: Path, driver: Driver) -> bool:
    """Whether every page can be read and they add up, once the log beside the file was taken in."""
    try:
        with contextlib.closing(connect(file, driver=driver)) as connection:
            return not any(pages.bad(connection.execute, quick=True))
    except errors() as error:
        if faults.is_damage(error):
            return False
        raise


def _last(folder: DataFolder) -> _Last | None:
    try:
        with present.looking(folder) as connection:
            if connection is None:
                return None
            entries = select(journal).order_by(journal.c.seq.desc())
            act = (
                connection.execute(entries.where(journal.c.operation.in_((RESTORE, UNDO))).limit(1)).mappings().first()
            )
            head = connection.execute(entries.limit(1)).mappings().first()
            if act is None or head is None or act["operation"] != RESTORE:
                return None
            after = json.loads(act["after"])
            aside = folder.before_restores / after.get("aside", "")
            if not swap.is_aside(aside.name) or not (aside / DATA_FILE).exists():
                return None
            told = Undoable(after["backup"], act["at"], head["seq"] - act["seq"])
            return _Last(told, aside, head["seal"], Numbers(connection).last())
    except (Refused, *NONSENSE):
        return None


def _copy(aside: Path, to: Path, watch: Watch) -> None:
    sizes = {path: path.stat().st_size for path in aside.rglob("*") if path.is_file() and path.name != _INDEX}
    watch.expect(sum(sizes.values()))
    drives.refuse_without_room(to.parent.parent, sum(sizes.values()) + faults.HEADROOM)
    for path, size in sizes.items():
        copy = to / path.relative_to(aside)
        make_own(copy.parent)
        shutil.copyfile(path, copy)
        keep_own((copy,))
        watch.moved(size)
