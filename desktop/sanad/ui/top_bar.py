"""The bar over everything: whose office it is, the one search field, the day in both calendars, who is there."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from sanad.domain.staff import Person
from sanad.ui.backups.chip import BackupChip
from sanad.ui.desk import Look
from sanad.ui.widgets.buttons import KeyButton
from sanad.ui.widgets.frames import row
from sanad.ui.widgets.labels import elided, embedded, label


class SearchField(QLineEdit):
    """One field for name, file number, civil id or phone. Down and Enter hand over to the list."""

    taken = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("search")
        hint = look.words.text("search.hint")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setMinimumHeight(36)
        self.setMaxLength(200)
        icon = look.icons.icon("search", "ink_faint", 16)
        self.addAction(QAction(icon, "", self), QLineEdit.ActionPosition.LeadingPosition)
        key = label("F3", "key")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = row(self)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addStretch(1)
        inner.addWidget(key, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(4, 0, 4, 0)
        self.setToolTip(f"{hint} (F3)")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down or Enter goes on to what was found; Esc goes back to where one was."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """What is always there."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("bar")
        self.setFixedHeight(56)
        inner = row(self, spacing=16)
        inner.setContentsMargins(16, 0, 16, 0)
        inner.addWidget(label(look.words.text("program.name"), "mark"))
        self.office = elided("", "soft")
        inner.addWidget(self.office)
        inner.addStretch(1)
        self.search = SearchField(look)
        self.search.setMaximumWidth(500)
        self.search.setMinimumWidth(280)
        inner.addWidget(self.search, 4)
        inner.addStretch(1)
        self.shared = label(look.words.text("screen.shared"), "chip", tone="amber")
        self.shared.hide()
        inner.addWidget(self.shared, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.backup = BackupChip(look)
        inner.addWidget(self.backup, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.day = label("", "soft")
        self.day.setToolTip(look.words.text("date.source"))
        inner.addWidget(self.day)
        self.who = elided("", "strong")
        self.who.hide()
        inner.addWidget(self.who)
        self.lock = KeyButton(look.words.text("lock.lock"), "Ctrl+L")
        self.lock.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lock.hide()
        inner.addWidget(self.lock)

    def show_day(self, day: date) -> None:
        """The day in full, in both calendars."""
        self.day.setText(self._look.words.day(day))

    def show_person(self, person: Person | None) -> None:
        """Who sits at the desk, and the button that covers it; neither as long as nobody has an account."""
        self.who.setVisible(person is not None)
        self.lock.setVisible(person is not None)
        if person is not None:
            self.who.setText(embedded(person.name))
            self.who.setToolTip(self._look.words.choice("role", person.role))

    def listen(self, window: QWidget) -> None:
        """Have F3 and Ctrl+F reach the search field from anywhere in ``window``."""
        for key in ("F3", "Ctrl+F"):
            QShortcut(QKeySequence(key), window, self._search)

    def _search(self) -> None:
        if self.search.isEnabled():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
