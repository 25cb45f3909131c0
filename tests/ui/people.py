"""Hands that sign in, go to the people of the office, and eyes that read whatever is in sight."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sanad.ui.application import Program
from sanad.ui.rail import Place
from sanad.ui.settings.page import SettingsPage, Tab
from sanad.ui.staff.sign_in_page import SignInPage
from tests.ui.conftest import PASSWORD, settle


def sign_in_page(program: Program) -> SignInPage:
    """The page that covers the window."""
    (page,) = (each for each in program.window.findChildren(SignInPage) if each.isVisible())
    return page


def sign_in(program: Program, qtbot: QtBot, user: str, password: str = PASSWORD) -> None:
    """Say who one is at the page that asks."""
    page = sign_in_page(program)
    page.user.setText(user)
    page.password.setText(password)
    page.submit()
    settle(qtbot, program)


def people_page(program: Program, qtbot: QtBot, tab: Tab = Tab.PEOPLE) -> SettingsPage:
    """The settings, turned to the people."""
    program.window.navigation.go(Place.SETTINGS)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.show_tab(tab)
    settle(qtbot, program)
    return page


def pressed(page: QWidget, program: Program, key: str) -> QPushButton:
    """Press the first button in sight of that text, and hand it back."""
    text = program.look.words.text(key)
    found = next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == text)
    found.click()
    return found


def in_sight(program: Program) -> str:
    """Every text that somebody before the window could read, or hear from a screen reader."""
    texts = [program.window.windowTitle()]
    texts += [each.text() for each in program.window.findChildren(QLabel) if each.isVisible()]
    texts += [each.text() for each in program.window.findChildren(QAbstractButton) if each.isVisible()]
    texts += [each.text() for each in program.window.findChildren(QLineEdit) if each.isVisible()]
    texts += [each.toPlainText() for each in program.window.findChildren(QPlainTextEdit) if each.isVisible()]
    for table in program.window.findChildren(QTableView):
        if table.isVisible():
            model = table.model()
            texts += [
                str(model.index(row, at).data()) for row in range(model.rowCount()) for at in range(model.columnCount())
            ]
    return "\n".join(texts)
