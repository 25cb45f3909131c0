"""What lies over the window, or comes late, when the desk is left: row H6."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanad.domain.errors import Problem, Refused
from sanad.domain.staff import Permission, Role
from sanad.services.backups import Backups
from sanad.ui.application import Program
from sanad.ui.backups.closing import ClosingPage
from sanad.ui.preview import PreviewPage
from sanad.ui.staff.code_page import CodePage
from sanad.ui.staff.people_page import PeoplePage
from sanad.ui.widgets.buttons import KeyButton
from tests.ui.conftest import MANAGER, PASSWORD, Open, press, settle, type_text
from tests.ui.people import in_sight, people_page, pressed, sign_in, sign_in_page
from tests.ui.test_door import HEAD, at_a_family


def _left_over_a_dialog(program: Program, open_dialog: Callable[[], None]) -> QWidget:
    """Open a dialog as a press does, leave the desk once it stands there, and hand back what stood there."""
    stood: list[QWidget] = []
    waits = QTimer()

    def leave() -> None:
        if (dialog := QApplication.activeModalWidget()) is not None and dialog.isVisible():
            waits.stop()
            stood.append(dialog)
            program.door.lock()

    waits.timeout.connect(leave)
    waits.start(20)
    open_dialog()
    return stood[0]


@pytest.mark.parametrize(("key", "kind"), [("print.print", QPrintDialog), ("print.save", QFileDialog)])
def test_h6_the_dialogs_of_a_paper_go_when_the_desk_is_left(
    key: str, kind: type[QDialog], open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """The printer's dialog and that of the file, as the buttons of the preview open them: closed, nothing written."""
    program = open_program()
    at_a_family(program, qtbot).print_file()
    settle(qtbot, program)
    preview = program.window.pages.currentWidget()
    assert isinstance(preview, PreviewPage)
    text = program.look.words.text(key)
    (wanted,) = (each for each in preview.findChildren(KeyButton) if each.words().text() == text)
    dialog = _left_over_a_dialog(program, wanted.click)
    settle(qtbot, program)
    assert isinstance(dialog, kind)
    assert not isValid(dialog) or not dialog.isVisible()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [program.window]
    assert program.window.focusWidget() is sign_in_page(program).password
    assert not list(peopled.parent.rglob("*.pdf"))
    assert "حسن" not in in_sight(program)


@pytest.mark.parametrize("over", ["dialog", "menu", "word list", "preview"])
def test_h6_nothing_stays_open_over_the_lock(over: str, open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Whatever lies over the window when it is left is closed or covered."""
    program = open_program()
    page = at_a_family(program, qtbot)
    dialog: QDialog | QMenu = QMenu()
    if over == "dialog":
        dialog = opened = QDialog(program.window)
        opened.open()
    elif over == "menu":
        dialog = page.printing.menu
        page.head.papers.click()
        qtbot.waitUntil(dialog.isVisible)
    if over == "word list":
        page.form._page(1)
        page.show_path()
        settle(qtbot, program)
        page.path.begin("monthly")
        settle(qtbot, program)
        press(Qt.Key.Key_Down)
    if over == "preview":
        page.print_file()
        settle(qtbot, program)
        assert isinstance(program.window.pages.currentWidget(), PreviewPage)
    program.door.lock()
    settle(qtbot, program)
    assert not dialog.isVisible()
    assert sign_in_page(program).isVisible()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [program.window]
    assert program.window._layers.currentWidget() is sign_in_page(program)
    assert not program.window.ground.isVisible()
    assert "حسن" not in in_sight(program)


def test_h6_a_late_recovery_code_waits_behind_the_lock(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Asked for and left at once, it is shown to whoever asked when he is back; the desk can be locked again then."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    pressed(people_page(program, qtbot), program, "people.code")
    program.door.lock()
    settle(qtbot, program)
    asks = sign_in_page(program)
    assert program.window._layers.currentWidget() is asks
    assert not program.window.findChildren(CodePage)
    assert program.door.closed
    sign_in(program, qtbot, MANAGER)
    shown = program.window._layers.currentWidget()
    assert isinstance(shown, CodePage)
    shown.put_away.click()
    assert program.window.ground.isVisible()
    program.door.lock()
    settle(qtbot, program)
    assert sign_in_page(program).isVisible()
    assert not program.window.ground.isVisible()


@pytest.mark.parametrize("late", ["preview", "notice", "cursor", "cover", "page alone"])
def test_h6_no_late_answer_draws_over_the_lock(late: str, open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """What was asked for before comes under the cover, and leaves the cursor where the password is typed."""
    program = open_program()
    page = at_a_family(program, qtbot)
    window, box = program.window, page.form._page(0).fields["household.phone"].box
    answers: dict[str, Callable[[None], None]] = {
        "notice": lambda _none: window.tell_problems((Problem("staff.wrong"),)),
        "cursor": lambda _none: box.setFocus(),
        "cover": lambda _none: window.cover(QLabel(HEAD)),
        "page alone": lambda _none: window.show_alone(QLabel(HEAD)),
    }
    if late == "preview":
        page.print_file()
    else:
        program.tasks.run(lambda: None, answers[late])
    program.door.lock()
    asks = sign_in_page(program)
    settle(qtbot, program)
    assert window._layers.currentWidget() is asks
    assert not window.ground.isVisible()
    assert asks.password.hasFocus()
    assert "حسن" not in in_sight(program)
    type_text(PASSWORD)
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert not program.door.closed
    assert window.ground.isVisible()


def test_h6_whoever_was_changed_while_he_locked_finds_his_desk_anew(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """He gives up his own role and leaves at once: the desk that he finds is that of his new one."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    services, (page,) = program.services, people_page(program, qtbot).findChildren(PeoplePage)
    assert services is not None
    own = services.staff.signed_in()
    assert own is not None
    second = next(person for person in services.staff.people() if person.user == "ali")
    services.staff.change_role(second.id, Role.MANAGER)
    program.tasks.run(lambda: services.staff.change_role(own.id, Role.CLERK), page._done)
    program.door.lock()
    settle(qtbot, program)
    sign_in(program, qtbot, MANAGER)
    assert program.window.desk is not None
    assert program.window.desk.person == replace(own, role=Role.CLERK)
    assert not program.window.desk.may(Permission.MANAGE_STAFF)


def test_h6_the_page_of_closing_does_not_uncover_what_was_locked_meanwhile(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """The last backup takes long, and the desk is left: the page that tells of it takes the place of the lock."""
    program = open_program()
    at_a_family(program, qtbot)
    held = Event()
    program.background.run(lambda: held.wait(20))
    program.window.close()
    program.door.lock()
    qtbot.waitUntil(lambda: isinstance(program.window._layers.currentWidget(), ClosingPage), timeout=5000)
    assert not program.window.ground.isVisible()
    assert "حسن" not in in_sight(program)
    program.safe._stay()
    assert sign_in_page(program).isVisible()
    held.set()
    settle(qtbot, program)


@pytest.fixture
def unmade(monkeypatch: pytest.MonkeyPatch) -> None:
    """No backup can be made."""

    def refuse(*_said: Any, **_more: Any) -> None:
        raise Refused.because("data.not_writable", folder="x")

    monkeypatch.setattr(Backups, "when_due", refuse)


@pytest.mark.parametrize("by_code", [False, True])
def test_h6_who_signs_in_and_closes_at_once_is_asked_anew_if_he_stays(
    by_code: bool, open_program: Open, peopled: Path, qtbot: QtBot, unmade: None
) -> None:
    """The password is proved after the page of closing came: that stays, and says why there is no backup."""
    program = open_program()
    page = at_a_family(program, qtbot)
    services, window = program.services, program.window
    assert services is not None
    code = services.staff.new_recovery_code().value
    program.door.lock()
    settle(qtbot, program)
    slow, held = Event(), Event()
    program.tasks.run(lambda: slow.wait(20))
    program.background.run(lambda: held.wait(20))
    asks, new = sign_in_page(program), "سبعة مراكب عند الفجر"
    if by_code:
        asks.recovered.emit(MANAGER, code, new)
    else:
        asks.submitted.emit(MANAGER, PASSWORD)
    window.close()
    qtbot.waitUntil(lambda: isinstance(window._layers.currentWidget(), ClosingPage), timeout=5000)
    closing = window._layers.currentWidget()
    assert isinstance(closing, ClosingPage)
    slow.set()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    assert services.staff.signed_in() is None
    held.set()
    settle(qtbot, program)
    assert window._layers.currentWidget() is closing
    assert closing.leave.isVisible()
    assert program.door.closed
    assert "حسن" not in in_sight(program)
    pressed(closing, program, "closing.stay")
    sign_in(program, qtbot, MANAGER, new if by_code else PASSWORD)
    assert not program.door.closed
    if by_code:
        assert isinstance(program.window._layers.currentWidget(), CodePage)
    else:
        assert window.ground.isVisible()
        assert window.navigation.household is page


def test_h6_who_left_the_page_of_closing_finds_it_again(
    open_program: Open, peopled: Path, qtbot: QtBot, unmade: None
) -> None:
    """It asked whether to close without a backup when the desk was locked: behind the lock it still asks."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosingPage), timeout=5000)
    settle(qtbot, program)
    program.door.lock()
    settle(qtbot, program)
    sign_in(program, qtbot, MANAGER)
    assert not program.door.closed
    closing = program.window.pages.currentWidget()
    assert isinstance(closing, ClosingPage)
    assert closing.leave.isVisible()
