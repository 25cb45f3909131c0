"""A password that a manager gave is told as such at the first sign-in, until its owner makes one of his own."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from sanad.ui.settings.page import SettingsPage
from tests.ui.conftest import MANAGER, Open, settle
from tests.ui.people import in_sight, pressed, sign_in


def test_whoever_has_a_given_password_is_led_to_his_own(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """One press goes to the place where it is changed."""
    program = open_program()
    sign_in(program, qtbot, "ali")
    assert program.look.words.text("sign_in.lent") in in_sight(program)
    pressed(program.window, program, "people.password.own")
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), SettingsPage)


def test_whoever_chose_his_own_is_told_nothing(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """The first manager typed it himself."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    assert program.look.words.text("sign_in.lent") not in in_sight(program)
