"""Where a backup goes: the drives that are plugged in, and any other folder one chooses."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QPushButton, QWidget

from sanad.domain.backup import Drive
from sanad.domain.health import Size
from sanad.ui.desk import Desk
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import column, emptied, row
from sanad.ui.widgets.labels import elided, embedded, label, tip

ICON = 24


class Option(QPushButton):
    """One place as a row to be picked: its icon, its name, and what is known of it."""

    def __init__(self, desk: Desk, icon: str, name: str, told: str) -> None:
        super().__init__()
        self.setProperty("role", "option")
        self.setCheckable(True)
        self.setAccessibleName(f"{name}, {told}")
        inner = self._row = row(self, spacing=12)
        inner.setContentsMargins(14, 8, 14, 8)
        picture = label()
        picture.setPixmap(desk.icons.icon(icon, "accent", ICON).pixmap(ICON, ICON))
        picture.setFixedSize(ICON, ICON)
        inner.addWidget(picture)
        inner.addWidget(elided(embedded(name), "strong"))
        inner.addStretch(1)
        inner.addWidget(label(told, "hint"))
        self.setMinimumHeight(48)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return self._row.sizeHint().expandedTo(QSize(0, 48))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what is known of it; the name may be left out at its end."""
        return self._row.minimumSize().expandedTo(QSize(0, 48))


class Places(QWidget):
    """The drives as they come and go, one of them picked. ``picked`` tells that it is another one now."""

    picked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._drives: tuple[Drive, ...] | None = None
        self._folder: Path | None = None
        self._options: dict[str, Option] = {}
        self._group = QButtonGroup(self)
        whole = column(self, spacing=8)
        self._list = column(spacing=8)
        whole.addLayout(self._list)
        text = desk.words.text
        self._none = label(text("backups.no_drive"), "soft", wraps=True)
        whole.addWidget(self._none)
        feet = row()
        self.other = button(text("backups.other_folder"), "quiet", icon=desk.icons.beside("folder-open", "accent"))
        self.other.clicked.connect(self._ask)
        feet.addWidget(self.other)
        feet.addStretch(1)
        whole.addLayout(feet)

    def place(self) -> Path | None:
        """The one that is picked; None while there is none."""
        found = next((path for path, option in self._options.items() if option.isChecked()), None)
        return None if found is None else Path(found)

    def stops(self) -> list[QWidget]:
        """What Tab comes by here, in its order."""
        return [*self._options.values(), self.other]

    def show_drives(self, drives: tuple[Drive, ...]) -> None:
        """Show the drives that are plugged in now; the pick stays where it can."""
        if drives != self._drives:
            self._drives = drives
            self._draw(self.place())

    def offer(self, folder: Path) -> None:
        """Add a folder that somebody chose, and pick it."""
        self._folder = folder
        self._draw(folder)

    def _draw(self, picked: Path | None) -> None:
        had_focus = any(option.hasFocus() for option in self._options.values())
        emptied(self._list)
        self._options.clear()
        words = self._desk.words
        for drive in self._drives or ():
            room = words.text("backups.room", free=Size(drive.free), size=Size(drive.size))
            self._add(drive.path, "usb", drive.label, room)
        if self._folder is not None and str(self._folder) not in self._options:
            self._add(str(self._folder), "folder-open", str(self._folder), words.text("backups.chosen_folder"))
        wanted = self._options.get(str(picked)) or next(iter(self._options.values()), None)
        if wanted is not None:
            wanted.setChecked(True)
            if had_focus:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._none.setVisible(not self._options)
        self.picked.emit()

    def _add(self, path: str, icon: str, name: str, told: str) -> None:
        made = Option(self._desk, icon, name, told)
        made.setToolTip(tip(path))
        made.clicked.connect(self.picked)
        self._group.addButton(made)
        self._options[path] = made
        self._list.addWidget(made)

    def _ask(self) -> None:
        title = self._desk.words.text("backups.other_folder")
        if chosen := QFileDialog.getExistingDirectory(self, title):
            self.offer(Path(chosen))
