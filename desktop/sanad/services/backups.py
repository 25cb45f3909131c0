"""Backups: made, verified, restored, and when one is due."""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.backup import Backup, BackupStatus, Drive, Kept, Manifest, Restored
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Refused
from sanad.domain.office import Language
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.store.office_keys import OfficeKey
    from sanad.store.store import Store

Progress = Callable[[int, int], None]
"""Told ``(done, of)`` in bytes, many times in the course of the work."""
Cancelled = Callable[[], bool]
"""Asked as often whether to stop; nothing half-made stays then."""

_CHANGES = Changes(frozenset({Subject.OFFICE}))
_CARRIED, _OWN = "carried", "own"


class Backups:
    """Makes backups of an open data folder."""

    def __init__(self, *, store: "Store", locale: Path) -> None:
        self._store = store
        self._locale = locale

    def has_key(self) -> bool:
        """Whether the office has a key to encrypt to; without one nothing can be backed up."""
        return self._key() is not None

    def make_key(self, passphrase: str) -> Done[str]:
        """Make the office key under a passphrase; the value is its public half.

        Raises:
            Refused: there is one (``backup.has_key``), or the passphrase is too short.
        """
        from sanad.store import vault
        from sanad.store.office_keys import OfficeKey

        identity = vault.make()
        sealed = vault.seal(identity, passphrase)
        with self._store.operation("backups.make_key", key=str(uuid4()), said=None) as act:
            if act.office_keys.read() is not None:
                raise Refused.because("backup.has_key")
            key = OfficeKey(str(identity.to_public()), sealed, act.at)
            act.office_keys.add(key)
            return act.done(key.public, key.public, _CHANGES, after={"public": key.public})

    def make(
        self,
        to: Path,
        *,
        passphrase: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Backup:
        """Make a backup in a folder, as a rule that of a drive; read back and verified when this returns.

        The first one makes the office key under ``passphrase``; later ones need none, and check one that is given.

        Raises:
            Refused: there is no key and no passphrase, or it is not the one; ``to`` is no folder, cannot be written,
                has no room, or holds another office's backups; the data do not agree with themselves; what was written
                reads back different; it was stopped.
        """
        from sanad.store import vault

        if not to.is_dir():
            raise Refused.because("backup.no_folder", folder=str(to))
        key = self._key()
        if key is None:
            if passphrase is None:
                raise Refused.because("backup.key_needed")
            self.make_key(passphrase)
        elif passphrase is not None:
            vault.unseal(key.sealed, passphrase)
        return self._make(to, _CARRIED, progress, cancelled)

    def when_due(
        self, *, closing: bool = False, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Backup | None:
        """Make the office's own backup beside the data, if one is due; None where none is, or there is no key yet.

        Due is the first change of a day; at closing, any change since the last one.
        """
        status = self.status(self._store.now().date())
        own = status.own
        if not status.has_key or (own is not None and not self._changed_since(own)):
            return None
        if own is not None and own.days(status.on) == 0 and not closing:
            return None
        return self._make(self._store.own_backups(), _OWN, progress, cancelled)

    def status(self, on: date) -> BackupStatus:
        """How the office stands with its backups on a day. Only verified ones count."""
        carried, own = (self._kept().get(kind) for kind in (_CARRIED, _OWN))
        made = [kept for kept in (carried, own) if kept is not None]
        last = max(made, key=lambda kept: kept.made_at, default=None)
        return BackupStatus(
            on=on,
            has_key=self.has_key(),
            carried=carried,
            own=own,
            changed=last is None or self._changed_since(last),
        )

    def drives(self) -> tuple[Drive, ...]:
        """The drives that can be carried away, the roomiest first."""
        from sanad.store import drives

        return drives.removable()

    def recovery_key(self, passphrase: str) -> str:
        """The office key in letters, for the recovery sheet: with it alone every backup can be opened.

        Raises:
            Refused: there is no key yet, or the passphrase is not the one.
        """
        from sanad.store import vault

        key = self._key()
        if key is None:
            raise Refused.because("backup.key_needed")
        return str(vault.unseal(key.sealed, passphrase))

    def _make(self, to: Path, kind: str, progress: Progress | None, cancelled: Cancelled | None) -> Backup:
        from sanad.store import backup
        from sanad.store.watch import Watch

        key = self._key()
        assert key is not None, "a key was made or found"  # noqa: S101
        at = self._store.now()
        with self._store.snapshot() as snapshot:
            made = backup.make(snapshot, self._store.folder, to, key, self._note(), at, Watch(progress, cancelled))
        kept = Kept(Path(made.path).name, str(to), at, made.manifest.journal_head)
        self._remember({**self._kept(), kind: kept})
        return made

    def _note(self) -> str:
        """How to open a backup without this program, in both languages."""
        return "\n\n".join(Words(self._locale, language).text("backup.note") for language in Language) + "\n"

    def _key(self) -> "OfficeKey | None":
        with self._store.reading() as records:
            return records.office_keys.read()

    def _changed_since(self, kept: Kept) -> bool:
        with self._store.reading() as records:
            return records.journal.head() != kept.journal_head

    def _kept(self) -> dict[str, Kept]:
        """The last backups; none where the file that remembers them is missing or torn."""
        try:
            told = json.loads(self._store.folder.backed_up.read_text(encoding="utf-8"))
            return {kind: _read_kept(told[kind]) for kind in (_CARRIED, _OWN) if kind in told}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _remember(self, kept: dict[str, Kept]) -> None:
        from sanad.store.folder import write_whole

        told = {
            kind: {**{name: getattr(one, name) for name in _PLAIN}, "made_at": one.made_at.isoformat()}
            for kind, one in kept.items()
        }
        with suppress(OSError):  # the backup is made; forgetting it costs a reminder too many
            write_whole(self._store.folder.backed_up, json.dumps(told, ensure_ascii=False))


class Restores:
    """Looks into backups and puts them in the place of the data; works where the data are missing or damaged.

    The data folder must not be open: a window closes its own services first.
    """

    def __init__(self, *, clock: Callable[[], datetime], who: str | None) -> None:
        self._clock = clock
        self._who = who

    def look(self, backup: Path, passphrase: str) -> Manifest:
        """What a backup says of itself, to be shown before anything is done with it.

        ``passphrase`` is that of the office key, whose file lies beside the backup, or the key of the recovery sheet.

        Raises:
            Refused: there is no such file; it is damaged, not ours, of a newer program; the passphrase is not the one.
        """
        from sanad.store import restore

        return restore.look(backup, restore.open_key(backup, passphrase))

    def verify(
        self,
        backup: Path,
        passphrase: str,
        data_folder: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Manifest:
        """Check a backup as far as a restore would, and change nothing. It is unpacked for that, in the data folder.

        Raises:
            Refused: as :meth:`look`; or anything in it does not agree.
        """
        from sanad.store import restore
        from sanad.store.folder import DataFolder
        from sanad.store.watch import Watch

        identity = restore.open_key(backup, passphrase)
        watch = Watch(progress, cancelled)
        if not data_folder.is_dir():
            with tempfile.TemporaryDirectory(prefix="sanad-") as work:
                return restore.verify(backup, identity, Path(work), watch)
        with DataFolder(data_folder).passage(f"verify-{os.getpid()}") as place:
            return restore.verify(backup, identity, place, watch)

    def restore(
        self,
        backup: Path,
        passphrase: str,
        data_folder: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Restored:
        """Put a backup in the place of the data, which are kept aside; an empty or new folder will do.

        Raises:
            Refused: as :meth:`verify`; the data folder is in use, has no room, or cannot be written. Nothing was
                changed then.
        """
        from sanad.store import restore
        from sanad.store.folder import DataFolder, login
        from sanad.store.watch import Watch

        identity = restore.open_key(backup, passphrase)
        who = login() if self._who is None else self._who
        return restore.restore(
            backup, identity, DataFolder(data_folder), self._clock(), who, Watch(progress, cancelled)
        )


_PLAIN = ("name", "folder", "journal_head")


def _read_kept(told: dict[str, str]) -> Kept:
    return Kept(**{name: told[name] for name in _PLAIN}, made_at=datetime.fromisoformat(told["made_at"]))
