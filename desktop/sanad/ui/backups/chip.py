"""The age of the last backup in the bar: always in sight, and the way to the place of backups."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from sanad.domain.health import Fact, Standing
from sanad.ui.backups.telling import TONES, dot
from sanad.ui.desk import Look
from sanad.ui.widgets.frames import row
from sanad.ui.widgets.labels import label, retone

KEY = "Alt+3"
"""That of the place on the rail."""


class BackupChip(QPushButton):
    """A dot in the colour of the care it wants, and how long ago the last backup was carried away."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = look.words
        self.setProperty("role", "bar-chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        inner = self._row = row(self, spacing=8)
        inner.setContentsMargins(8, 2, 8, 2)
        self._dot = dot("off")
        self._said = label("", "soft")
        for part in (self._dot, self._said):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner.addWidget(part, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(self, facts: tuple[Fact, ...]) -> None:
        """Show the age of the last backup, as it was looked at."""
        fact = next((fact for fact in facts if fact.name == "backup"), None)
        if fact is None:
            return
        made = "ago" in fact.values
        text = self._words.text("bar.backup", ago=fact.values["ago"]) if made else self._words.text("bar.no_backup")
        self._said.setText(text)
        retone(self._said, role="problem" if fact.standing is Standing.STOP else "soft")
        retone(self._dot, tone=TONES[fact.standing])
        self.setAccessibleName(text)
        self.setToolTip(f"{self._words.text('rail.backups')} ({KEY})")
        self.updateGeometry()
        self.show()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()
