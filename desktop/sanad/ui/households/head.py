"""What stands over a family's file: whose it is, whether it is saved, and what can be done with it."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.sheet import Sheet
from sanad.ui.staff.rights import guard
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import row
from sanad.ui.widgets.labels import chip, elided, isolated, retone

WIDEST_NUMBER = 180
"""Pixels of the file number, which is short as a rule; the name beside it gives way."""


class FileHead(QWidget):
    """Name, number and state of the file that is open, with the buttons to print it, ask for aid, and save it."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        super().__init__()
        self._desk = desk
        self._sheet = sheet
        text = desk.words.text
        self._name = elided("", "page")
        self._number = elided("", "chip")
        self._number.setMaximumWidth(WIDEST_NUMBER)
        self._number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state = chip("")
        self._confidential = chip(text("confidential.chip"), "stop")
        self._confidential.hide()
        self.print = KeyButton(text("print.print"), "Ctrl+P")
        self.papers = self._papers_button()
        self.request = KeyButton(text("request.new"), "Ctrl+N")
        self.save = KeyButton(text("household.save"), "Ctrl+S", "main")
        self._writes = guard(self.save, desk, Permission.WRITE)
        guard(self.request, desk, Permission.WRITE)
        for each in (self.print, self.papers):
            guard(each, desk, Permission.PRINT)
        inner = row(self, spacing=8)
        inner.addWidget(self._name)
        for words in (self._number, self._state, self._confidential):
            inner.addWidget(words)
        inner.addStretch(1)
        inner.addWidget(self.print)
        inner.addWidget(self.papers)
        inner.addWidget(self.request)
        inner.addWidget(self.save)

    def show_menu(self, menu: QMenu) -> None:
        """Open the list of papers under its button, its first paper marked."""
        edge = self.papers.rect().bottomRight() if self._desk.words.right_to_left else self.papers.rect().bottomLeft()
        corner = self.papers.mapToGlobal(edge)
        if self._desk.words.right_to_left:
            corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)
        menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))

    def _papers_button(self) -> QPushButton:
        """The other papers, behind one button."""
        key = QKeySequence("Ctrl+Shift+P")
        made = button("", icon=self._desk.icons.icon("chevron-down", size=14))
        name = self._desk.words.text("print.more")
        made.setAccessibleName(name)
        made.setToolTip(f"{name} ({key.toString(QKeySequence.SequenceFormat.NativeText)})")
        made.setShortcut(key)
        made.setFixedSize(34, 34)
        return made

    def show_state(self, *, known: bool, unsaved: bool, confidential: bool) -> None:
        """Tell whose file it is; ``known`` if it has been saved once, ``unsaved`` if something was typed since."""
        self._confidential.setVisible(confidential)
        words = self._desk.words
        name = self._desk.screen.name(self._sheet.cell("head.name").strip())
        self._name.setText(name or words.text("household.unnamed"))
        number = self._sheet.cell("household.file_number")
        self._number.setText(words.text("household.number", number=isolated(words.digits_shown(number))))
        self._number.setVisible(bool(number))
        key = "household.unsaved" if unsaved else "household.saved" if known else "household.is_new"
        self._state.setText(words.text(key))
        retone(self._state, tone="amber" if unsaved else "accent" if known else "")
        self.request.setEnabled(known and self._writes)
