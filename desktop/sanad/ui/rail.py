"""The rail: the places of the program that work, one button each."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton

from sanad.ui.desk import Look
from sanad.ui.widgets.frames import column


class Place(StrEnum):
    """A place of the rail, by the key of its name and its icon."""

    TODAY = "today"
    HOUSEHOLDS = "households"
    BACKUPS = "backups"
    SETTINGS = "settings"
    HELP = "help"


_ICONS = {
    Place.TODAY: "calendar-days",
    Place.HOUSEHOLDS: "house",
    Place.BACKUPS: "save",
    Place.SETTINGS: "settings",
    Place.HELP: "circle-question-mark",
}


class Rail(QFrame):
    """Stands at the edge where reading begins; ``wanted`` tells which place was asked for."""

    wanted = Signal(Place)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(104)
        inner = column(self, spacing=4)
        inner.setContentsMargins(6, 12, 6, 8)
        self._group = QButtonGroup(self)
        self._look = look
        self._buttons: dict[Place, QToolButton] = {}
        for number, place in enumerate(Place, start=1):
            made = QToolButton()
            made.setProperty("role", "rail")
            made.setText(look.words.text(f"rail.{place}"))
            made.setIconSize(QSize(20, 20))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setFixedSize(92, 60)
            key = QKeySequence(f"Alt+{number}")
            made.setShortcut(key)
            made.setToolTip(f"{made.text()} ({key.toString(QKeySequence.SequenceFormat.NativeText)})")
            made.setAccessibleName(made.text())
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _checked, place=place: self.wanted.emit(place))
            self._group.addButton(made)
            self._buttons[place] = made
            inner.addWidget(made)
        inner.addStretch(1)
        self.stand_at(Place.TODAY)

    def stand_at(self, place: Place) -> None:
        """Mark the place that is shown."""
        self._buttons[place].setChecked(True)
        for each, made in self._buttons.items():
            made.setIcon(self._look.icons.icon(_ICONS[each], "accent" if each is place else "ink_soft", 20))

    def button(self, place: Place) -> QToolButton:
        """The button of a place."""
        return self._buttons[place]
