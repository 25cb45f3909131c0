"""A backup takes the place of the data, or what lay there before comes back: nothing else is shown meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sanad.domain.backup import Restored
from sanad.ui.backups.progress import Work
from sanad.ui.desk import Look
from sanad.ui.tasks import Problems, Tasks
from sanad.ui.widgets.frames import card, column, row
from sanad.ui.widgets.labels import label

if TYPE_CHECKING:
    from sanad.services import Reference, Services
    from sanad.services.restores import Restores
    from sanad.ui.main_window import MainWindow

News = Callable[["MainWindow"], None]
"""What there is to say once the window is filled again."""


class RestoringPage(QWidget):
    """What stands in the window meanwhile."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        text = look.words.text
        whole = column(self)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, inner = card(spacing=12)
        made.setFixedWidth(560)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(label(text(f"{key}.title"), "page"))
        inner.addWidget(label(text("restoring.text"), "soft", wraps=True))
        self.work = Work(look, text("restoring.stop"))
        inner.addWidget(self.work)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)


class Restoring(QObject):
    """Closes the data, has a backup put in their place or a restore undone. ``ended`` hands over what there is to say.

    ``services`` are those that have the data open; None where nobody could open them.
    """

    ended = Signal(object)

    def __init__(
        self,
        look: Look,
        folder: Path,
        services: "Services | None",
        reference: "Callable[[], Reference]",
        background: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._folder = folder
        self._services = services
        self._reference = reference
        self._background = background
        self._key = ""
        self.page: RestoringPage | None = None

    def restore(self, backup: Path, passphrase: str) -> RestoringPage:
        """Put a backup in the place of the data."""
        folder = self._folder
        return self._begin(
            "restoring",
            lambda restores, **watching: restores.restore(backup, passphrase, folder, **watching),
        )

    def undo(self) -> RestoringPage:
        """Bring back what lay there before the last restore."""
        folder = self._folder
        return self._begin("undoing", lambda restores, **watching: restores.undo(folder, **watching))

    def _begin(self, key: str, act: Callable[..., Restored]) -> RestoringPage:
        self._key = key
        page = self.page = RestoringPage(self._look, key)
        page.work.begin(self._look.words.text(f"{key}.working"))
        services, reference, work, background = self._services, self._reference, page.work, self._background

        def call(progress: Callable[[int, int], None]) -> Restored:
            if services is not None:
                services.close()
            restores: Restores = (services or reference()).restores  # the former still know how the data are opened
            return act(restores, progress=progress, cancelled=lambda: work.is_stopped() or background.closed)

        background.run(call, self._done, self._failed, work.advance)
        return page

    def _done(self, done: Restored) -> None:
        words = self._look.words
        made = done.manifest.made_at.astimezone()
        undone = self._key == "undoing"
        text = words.text(f"{self._key}.done", made=made, families=done.manifest.families)

        def tell(window: "MainWindow") -> None:
            undo = None if undone or done.aside is None else (words.text("undo.open"), window.undo_wanted.emit)
            window.tell(text, offer=undo)

        self.ended.emit(tell)

    def _failed(self, problems: Problems) -> None:
        self.ended.emit(lambda window: window.tell_problems(problems))
