"""Backups: made and verified, when one is due, and the key that they are made to."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.backup import Backup, BackupStatus, Drive, Kept
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Refused
from sanad.domain.office import Language
from sanad.domain.staff import Permission
from sanad.services.session import Session, needs, open_to_all
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.store.office_keys import OfficeKey
    from sanad.store.store import Store
    from sanad.store.tries import Tries

Progress = Callable[[int, int], None]
"""Told ``(done, of)`` in bytes, many times in the course of the work."""
Cancelled = Callable[[], bool]
"""Asked as often whether to stop; nothing half-made stays then."""

_CHANGES = Changes(frozenset({Subject.OFFICE}))
SHOW_KEY, TRY_SHEET = "backups.show_key", "backups.try_sheet"
"""The acts in the journal by which the recovery sheet was printed, and tried."""
_CARRIED, _OWN = "carried", "own"


class Backups:
    """Makes backups of an open data folder."""

    def __init__(self, *, store: "Store", session: Session, locale: Path, memory: Path) -> None:
        self._store = store
        self._session = session
        self._locale = locale
        self._memory = memory

    @open_to_all
    def has_key(self) -> bool:
        """Whether the office has a key to encrypt to; without one nothing can be backed up."""
        return self._key() is not None

    @needs(Permission.SET_UP)
    def make_key(self, passphrase: str) -> Done[str]:
        """Make the office key under a passphrase; the value is its public half.

        Raises:
            Refused: there is one (``backup.has_key``), or the passphrase is too short.
        """
        from sanad.store.office_keys import MAKE

        made = _new_key(passphrase, self._store.now())
        with self._store.operation(MAKE, key=str(uuid4()), said=None) as act:
            if act.office_keys.read() is not None:
                raise Refused.because("backup.has_key")
            key = replace(made, made_at=act.at)
            act.office_keys.add(key)
            done = act.done(key.public, key.public, _CHANGES, after=key.told())
        with suppress(Refused):  # at the first backup again; now there may be more room for it
            self._store.keys.give_office(key.public)
        return done

    @open_to_all
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
        Where the disk fails, which keeps nothing more, a first key goes with the backup alone, and a restore learns it.

        Raises:
            Refused: there is no key and no passphrase, or it is not the one; ``to`` is no folder, cannot be written,
                has no room, or holds another office's backups; the data do not agree with themselves; what was written
                reads back different; it was stopped.
        """
        if not to.is_dir():
            raise Refused.because("backup.no_folder", folder=str(to))
        if older := self._store.older:
            raise Refused.because("data.older", receipt=older.receipt or "-", at=older.at)
        key = self._key()
        if key is None:
            if passphrase is None:
                raise Refused.because("backup.key_needed")
            key = self._first_key(passphrase)
        elif passphrase is not None:
            self._tries().unseal(key.sealed, passphrase)
        return self._make(to, key, _CARRIED, progress, cancelled)

    @open_to_all
    def when_due(
        self, *, closing: bool = False, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Backup | None:
        """Make the office's own backup beside the data, if one is due; None where none is, or there is no key yet.

        Due is the first change of a day; at closing, any change since the last one. On a disk that fails none is due.
        """
        if self._store.failing:
            return None
        self._store.settle()
        self._store.keep_reserve()
        status = self.status(self._store.now().date())
        own = status.own
        if self._store.older is not None:
            return None  # what is older than it was is not to push good backups out
        if not status.has_key or (own is not None and not self._changed_since(own)):
            return None
        if own is not None and own.days(status.on) == 0 and not closing:
            return None
        from sanad.store import backup

        key = self._needed_key()
        return self._make(backup.own_place(self._store.folder, key), key, _OWN, progress, cancelled)

    @open_to_all
    def status(self, on: date) -> BackupStatus:
        """How the office stands with its backups on a day. Only verified ones count."""
        carried, own = (self._kept().get(kind) for kind in (_CARRIED, _OWN))
        last = self.last()
        return BackupStatus(
            on=on,
            has_key=self.has_key(),
            carried=carried,
            own=own,
            changed=last is None or self._changed_since(last),
            sheet_at=self._sheet_at(),
        )

    @open_to_all
    def last(self) -> Kept | None:
        """The last verified backup of either kind: every record in the data agreed when it was made."""
        return max(self._kept().values(), key=lambda kept: kept.made_at, default=None)

    @open_to_all
    def heads(self) -> tuple[tuple[str, datetime], ...]:
        """The journal's head as it stands in the last verified backup of each kind, and when that was made."""
        return tuple((kept.journal_head, kept.made_at) for kept in self._kept().values())

    @open_to_all
    def drives(self) -> tuple[Drive, ...]:
        """The drives that can be carried away, the roomiest first."""
        from sanad.store import drives

        return drives.removable()

    @needs(Permission.SET_UP)
    def recovery_key(self, passphrase: str) -> str:
        """The office key in letters, for the recovery sheet: with it alone every backup can be opened.

        Raises:
            Refused: there is no key yet, or the passphrase is not the one.
        """
        letters = str(self._tries().unseal(self._needed_key().sealed, passphrase))
        self._store.tell(SHOW_KEY, {})
        return letters

    @needs(Permission.SET_UP)
    def try_sheet(self, letters: str, *, key: str) -> Done[str]:
        """Prove that a recovery sheet, by the letters on it, opens the backups; the value is the public half.

        Raises:
            Refused: there is no key yet; the letters are none or mistyped (``backup.sheet_mistyped``), or those of
                another key (``backup.sheet_of_another``).
        """
        from sanad.store import vault

        public = self._needed_key().public
        try:
            identity = vault.of_sheet(letters)
        except Refused as refused:
            raise Refused(problem.under("sheet") for problem in refused.problems) from refused
        if identity is None:
            raise Refused.because("backup.sheet_mistyped", "sheet")
        if str(identity.to_public()) != public:
            raise Refused.because("backup.sheet_of_another", "sheet")
        with self._store.operation(TRY_SHEET, key=key, said=None) as act:
            if act.earlier is not None:
                return act.repeated(public, _CHANGES)
            return act.done(public, public, _CHANGES, after={"sheet": "opens"})

    @needs(Permission.SET_UP)
    def go_on(self, why: str, *, key: str) -> Done[None]:
        """Go on with data that are older than they were (``data.older``), which is better mended by a restore.

        The numbers that were given out since are passed over, and the journal tells why.

        Raises:
            Refused: no reason is given (``backup.go_on_why``), or the data are as far as they were
                (``backup.nothing_older``).
        """
        from sanad.store.health import GO_ON, PASSED_OVER

        older = self._store.older
        if older is None:
            raise Refused.because("backup.nothing_older")
        if not why.strip():
            raise Refused.because("backup.go_on_why", "why")
        with self._store.operation(GO_ON, key=key, said=why) as act:
            passed_over = act.numbers.pass_over(older.numbers)
            told = {"receipt": older.receipt, "missing": older.missing, PASSED_OVER.rstrip("."): passed_over}
            return act.done(None, GO_ON, Changes(frozenset(Subject)), after=told, why=why)

    @needs(Permission.SET_UP)
    def change_passphrase(self, old: str, new: str) -> Done[str]:
        """Keep the office key under another passphrase; the value is its public half, which stays the same.

        Every backup opens with the new one once its drive was given another backup; a drive that was not keeps the
        key's file under the old one beside it.

        Raises:
            Refused: there is no key yet; ``old`` is not the passphrase, or was wrong so often that the next has to
                wait; ``new`` is too short.
        """
        from sanad.store import backup, vault
        from sanad.store.office_keys import CHANGE, digest

        key = self._needed_key()
        sealed = vault.seal(self._tries().unseal(key.sealed, old), new)
        with self._store.operation(CHANGE, key=str(uuid4()), said=None) as act:
            act.office_keys.seal_anew(sealed)
            told = {"sealed": digest(key.sealed)}, {"sealed": digest(sealed)}
            done = act.done(key.public, key.public, _CHANGES, before=told[0], after=told[1])
        key = self._needed_key()
        backup.replace_key(backup.own_place(self._store.folder, key), key)
        return done

    def _tries(self) -> "Tries":
        from sanad.store.tries import Tries

        return Tries(self._memory, self._store.now)

    def _make(
        self, to: Path, key: "OfficeKey", kind: str, progress: Progress | None, cancelled: Cancelled | None
    ) -> Backup:
        from sanad.store import backup
        from sanad.store.twin import Source
        from sanad.store.watch import Watch

        at, told = self._store.now(), note(self._locale)
        self._store.keys.give_office(key.public)
        store = self._store
        source = Source(store.snapshot, store.folder, memory=self._memory, failing=store.failing)
        made = backup.make(source, to, key, told, at, Watch(progress, cancelled))
        kept = Kept(Path(made.path).name, str(to), at, made.manifest.journal_head)
        self._remember({**self._kept(), kind: kept})
        return made

    def _first_key(self, passphrase: str) -> "OfficeKey":
        try:
            self.make_key(passphrase)
        except Refused as refused:
            if refused.problems[0].code != "data.disk_failing":
                raise
            return _new_key(passphrase, self._store.now())
        return self._needed_key()

    def _key(self) -> "OfficeKey | None":
        with self._store.reading() as records:
            return records.office_keys.read()

    def _needed_key(self) -> "OfficeKey":
        key = self._key()
        if key is None:
            raise Refused.because("backup.key_needed")
        return key

    def _sheet_at(self) -> datetime | None:
        with self._store.reading() as records:
            return records.journal.last_at(SHOW_KEY, TRY_SHEET)

    def _changed_since(self, kept: Kept) -> bool:
        with self._store.reading() as records:
            return records.journal.changed_since(kept.journal_head)

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


def _new_key(passphrase: str, at: datetime) -> "OfficeKey":
    from sanad.store import vault
    from sanad.store.office_keys import OfficeKey

    identity = vault.make()
    return OfficeKey(str(identity.to_public()), vault.seal(identity, passphrase), at)


def note(locale: Path) -> str:
    """How to open a backup without this program, in both languages."""
    return "\n\n".join(Words(locale, language).text("backup.note") for language in Language) + "\n"


_PLAIN = ("name", "folder", "journal_head")


def _read_kept(told: dict[str, str]) -> Kept:
    return Kept(**{name: told[name] for name in _PLAIN}, made_at=datetime.fromisoformat(told["made_at"]))
