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

    def __init__(self, look: Look, title: str, working: str) -> None:
        super().__init__()
        text = look.words.text
        whole = column(self)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, inner = card(spacing=12)
        made.setFixedWidth(560)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(label(title, "page"))
        inner.addWidget(label(text("restoring.text"), "soft", wraps=True))
        self.work = Work(look, text("restoring.stop"))
        inner.addWidget(self.work)
        self.work.begin(working)
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
        self._undoing = False

    def restore(self, backup: Path, passphrase: str) -> RestoringPage:
        """Put a backup in the place of the data."""
        folder, text = self._folder, self._look.words.text
        page = RestoringPage(self._look, text("restoring.title"), text("restoring.working"))
        self._begin(page, lambda restores, **watching: restores.restore(backup, passphrase, folder, **watching))
        return page

    def undo(self) -> RestoringPage:
        """Bring back what lay there before the last restore."""
        folder, text = self._folder, self._look.words.text
        self._undoing = True
        page = RestoringPage(self._look, text("undoing.title"), text("undoing.working"))
        self._begin(page, lambda restores, **watching: restores.undo(folder, **watching))
        return page

    def _begin(self, page: RestoringPage, act: Callable[..., Restored]) -> None:
        services, reference, work, background = self._services, self._reference, page.work, self._background

        def call(progress: Callable[[int, int], None]) -> Restored:
            restores: Restores = reference().restores if services is None else services.restores
            try:
                return act(restores, progress=progress, cancelled=lambda: work.is_stopped() or background.closed)
            finally:
                if services is not None:
                    services.close()

        background.run(call, self._done, self._failed, work.advance)

    def _done(self, done: Restored) -> None:
        words = self._look.words
        told = {"made": done.manifest.made_at.astimezone(), "families": done.manifest.families}
        text = words.text("undoing.done", **told) if self._undoing else words.text("restoring.done", **told)
        undoable = not self._undoing and done.aside is not None

        def tell(window: "MainWindow") -> None:
            window.tell(text, offer=(words.text("undo.open"), window.undo_wanted.emit) if undoable else None)

        self.ended.emit(tell)

    def _failed(self, problems: Problems) -> None:
        self.ended.emit(lambda window: window.tell_problems(problems))
