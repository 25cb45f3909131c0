"""Where data are known to lie on this computer: a folder that is gone with its own mark is told, and not begun anew.

Kept outside the folder, in the user's own memory, under a digest of its path: what is kept names nothing.
"""

import contextlib
import hashlib
from datetime import datetime
from pathlib import Path

from sanad.domain.errors import Refused
from sanad.store import faults
from sanad.store.folder import DataFolder, make_own, unused, write_whole
from sanad.store.patience import put


class Whereabouts:
    """Whether data lie, or lay, in one folder."""

    def __init__(self, memory: Path, folder: DataFolder) -> None:
        self._memory = memory
        self._folder = folder
        told = hashlib.sha256(str(folder.path.resolve()).encode()).hexdigest()
        self._mark = memory / f"held-{told[:32]}"

    def refuse_missing(self) -> None:
        """See to it that nothing new is made where data were and are not.

        Raises:
            Refused: they are missing (``data.missing``).
        """
        with contextlib.suppress(OSError):  # a memory that cannot be read keeps nobody from the data
            if not self._folder.held and self._mark.exists():
                raise Refused.because("data.missing", file=str(self._folder.file))

    def note(self) -> None:
        """Remember that data lie there; a memory that cannot be written keeps nobody from them."""
        with contextlib.suppress(OSError):
            if not self._mark.exists():
                make_own(self._memory)
                write_whole(self._mark, "")

    def begin_anew(self, at: datetime) -> None:
        """Have new data made at the next start where the others are missing.

        What is left there, such as backups, is kept beside it under the day's name. Where data lie, nothing is done.

        Raises:
            Refused: what is left cannot be moved (``data.not_writable``, ``data.held``).
        """
        folder = self._folder
        try:
            if folder.file.exists():
                return
            if folder.path.exists():
                put(folder.path, unused(folder.path.with_name(f"{folder.path.name}-{at:%Y-%m-%d-%H%M%S}")))
            self._mark.unlink(missing_ok=True)
        except OSError as error:
            raise faults.of_system(error, folder.path) from error
