"""Backups looked into, verified, and put in the place of the data; and the last such restore undone."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sanad.domain.backup import Comparison, Manifest, Offer, Restored, Undoable
from sanad.domain.errors import Refused
from sanad.services.backups import Cancelled, Progress, note

if TYPE_CHECKING:
    from sanad.store.folder import DataFolder
    from sanad.store.high_water import HighWater
    from sanad.store.restore import Opened


class Restores:
    """Looks into backups and puts them in the place of the data; works where the data are missing or damaged.

    To restore and to undo, the data folder must not be open, and nobody may be left out who could be asked: over data
    that can be opened and have accounts, that is done by those who have them open (:class:`OfficeRestores`).
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        who: str | None,
        locale: Path,
        memory: Path,
        opened: "Callable[[], DataFolder] | None" = None,
    ) -> None:
        """``opened`` tells of the data folder that the other services have open, or had: with the key to its data."""
        self._opened = opened
        self._clock = clock
        self._who = who
        self._locale = locale
        self._memory = memory

    def offered(self, data_folder: Path) -> tuple[Offer, ...]:
        """The backups on the drives that are plugged in and beside the data, the one made last first."""
        from sanad.store import offers
        from sanad.store.folder import DataFolder

        return offers.everywhere(DataFolder(data_folder))

    def offer(self, backup: Path) -> Offer:
        """A file that somebody chose, as :meth:`offered` tells of others.

        Raises:
            Refused: it is not there.
        """
        from sanad.store import offers

        try:
            return offers.of_file(backup, drive=str(backup.parent))
        except OSError as error:
            raise Refused.because("backup.missing", file=str(backup)) from error

    def look(self, backup: Path, passphrase: str) -> Manifest:
        """What a backup says of itself, to be shown before anything is done with it.

        ``passphrase`` is that of the office key, whose file lies beside the backup, or the key of the recovery sheet.

        Raises:
            Refused: there is no such file; it is damaged, not ours, of a newer program; the passphrase is not the one,
                or was wrong so often that the next has to wait.
        """
        from sanad.store import restore

        return restore.look(backup, self._open(backup, passphrase).identity)

    def compare(self, backup: Path, passphrase: str, data_folder: Path) -> Comparison:
        """A backup beside the data that a restore would put aside, and what would be lost. The folder may be open.

        Raises:
            Refused: as :meth:`look`.
        """
        from sanad.store import keyring, present, restore

        identity = self._open(backup, passphrase).identity
        folder = keyring.opened_by(self._folder(data_folder), identity)
        return present.compare(restore.look(backup, identity), folder, self._clock())

    def verify(
        self,
        backup: Path,
        passphrase: str,
        data_folder: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Manifest:
        """Check a backup as far as a restore would, and change nothing.

        Its data are unpacked for that, in the data folder, or where there is none in this computer's memory of the
        user; should the work be killed, they are removed at the next start or the next look.

        Raises:
            Refused: as :meth:`look`; or anything in it does not agree.
        """
        from sanad.store import restore
        from sanad.store.folder import VERIFYING, DataFolder
        from sanad.store.watch import Watch

        identity = self._open(backup, passphrase).identity
        beside = DataFolder(data_folder if data_folder.is_dir() else self._memory)
        beside.clear_abandoned()
        with beside.passage(f"{VERIFYING}{os.getpid()}") as place:
            return restore.verify(backup, identity, place, Watch(progress, cancelled))

    def restore(
        self,
        backup: Path,
        passphrase: str,
        data_folder: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Restored:
        """Put a backup in the place of the data; an empty or new folder will do.

        The present data are backed up first, to the office's own backups beside them, where they are sound and have a
        key; and they are kept aside, so that :meth:`undo` puts them back.

        Raises:
            Refused: as :meth:`verify`; the data folder is in use, has no room, or cannot be written; the present data
                have accounts, and somebody could sign in who may do that (``staff.sign_in_needed``). Nothing was
                changed then.
        """
        from sanad.store import keyring

        key = self._open(backup, passphrase)
        self._refuse_unasked(keyring.opened_by(self._folder(data_folder), key.identity))
        return self._restore(backup, key, data_folder, progress, cancelled)

    def _restore(
        self,
        backup: Path,
        key: "Opened",
        data_folder: Path,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> Restored:
        from sanad.store import restore
        from sanad.store.watch import Watch

        return restore.restore(
            backup,
            key,
            self._folder(data_folder),
            self._clock(),
            self._login(),
            note(self._locale),
            self._high_water(data_folder),
            Watch(progress, cancelled),
        )

    def undoable(self, data_folder: Path) -> Undoable | None:
        """The last restore, while what lay there before can still be put back. The folder may be open.

        Of an encrypted folder only the services that have it open can tell, or had.
        """
        from sanad.store import undo

        return undo.undoable(self._folder(data_folder))

    def undo(
        self, data_folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Restored:
        """Put back what lay there before the last restore; what was restored is kept aside in its turn.

        Raises:
            Refused: there is nothing to undo; what lay there before is damaged; the data folder is in use, has no room,
                or cannot be written; somebody can be asked, as of :meth:`restore`. Nothing was changed then.
        """
        self._refuse_unasked(self._folder(data_folder))
        return self._undo(data_folder, progress, cancelled)

    def _undo(self, data_folder: Path, progress: Progress | None, cancelled: Cancelled | None) -> Restored:
        from sanad.store import undo
        from sanad.store.watch import Watch

        return undo.undo(
            self._folder(data_folder),
            self._clock(),
            self._login(),
            self._high_water(data_folder),
            Watch(progress, cancelled),
        )

    def begin_anew(self, data_folder: Path) -> None:
        """Have an empty office made at the next start where the data are missing (``data.missing``).

        What is left at their place is kept beside it, under the day's name. Where data lie, nothing is done.

        Raises:
            Refused: what is left cannot be moved.
        """
        from sanad.store.folder import DataFolder
        from sanad.store.whereabouts import Whereabouts

        Whereabouts(self._memory, DataFolder(data_folder)).begin_anew(self._clock())

    def _refuse_unasked(self, folder: "DataFolder") -> None:
        """Nobody goes round the people of the office by leaving its data closed."""
        from sanad.store import present

        if present.asks_who(folder):
            raise Refused.because("staff.sign_in_needed")

    def _high_water(self, data_folder: Path) -> "HighWater":
        from sanad.store.high_water import HighWater

        return HighWater(self._memory, data_folder)

    def _folder(self, data_folder: Path) -> "DataFolder":
        from sanad.store.folder import DataFolder

        folder = DataFolder(data_folder)
        opened = self._opened() if self._opened else folder
        return opened if opened == folder else folder

    def _open(self, backup: Path, passphrase: str) -> "Opened":
        from sanad.store import restore
        from sanad.store.tries import Tries

        return restore.open_key(backup, passphrase, Tries(self._memory, self._clock).unseal)

    def _login(self) -> str:
        from sanad.store.folder import login

        return login() if self._who is None else self._who
