"""Restores over the data that are open: only somebody who may set the office up puts others in their place."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from sanad.domain.backup import Restored
from sanad.domain.staff import Permission
from sanad.services.backups import Cancelled, Progress
from sanad.services.restores import Restores
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store


class OfficeRestores(Restores):
    """As :class:`Restores`, beside open data; both acts are those of whoever is signed in, and close the data first."""

    def __init__(
        self,
        *,
        store: "Store",
        session: Session,
        closing: Callable[[], None],
        clock: Callable[[], datetime],
        who: str | None,
        locale: Path,
        memory: Path,
    ) -> None:
        """``closing`` lets go of the data that are open; asked again, it does nothing."""
        super().__init__(clock=clock, who=who, locale=locale, memory=memory, opened=lambda: store.folder)
        self._store = store
        self._session = session
        self._closing = closing

    @override
    @needs(Permission.SET_UP)
    def restore(
        self,
        backup: Path,
        passphrase: str,
        data_folder: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Restored:
        """As :meth:`Restores.restore`; into the folder that is open, whose services are good for nothing after that.

        Raises:
            Refused: as there. A wrong passphrase leaves the data open.
        """
        if not self._is_open(data_folder):
            return super().restore(backup, passphrase, data_folder, progress=progress, cancelled=cancelled)
        key = self._open(backup, passphrase)
        self._closing()
        return self._restore(backup, key, data_folder, progress, cancelled)

    @override
    @needs(Permission.SET_UP)
    def undo(
        self, data_folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Restored:
        """As :meth:`Restores.undo`, in the folder that is open."""
        if not self._is_open(data_folder):
            return super().undo(data_folder, progress=progress, cancelled=cancelled)
        self._closing()
        return self._undo(data_folder, progress, cancelled)

    @override
    def _login(self) -> str:
        """Whoever is signed in, by the name under which he signs in."""
        person = self._session.person
        return super()._login() if person is None else person.user

    def _is_open(self, data_folder: Path) -> bool:
        return data_folder == self._store.folder.path
