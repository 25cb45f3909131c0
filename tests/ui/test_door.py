"""Who comes in, and what is covered when the desk is left: rows H1, H6, H7 and H15 at the window."""

from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter

from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.staff import Credentials
from sanad.ui.application import Program
from sanad.ui.households.page import HouseholdPage
from sanad.ui.preview import PreviewPage
from sanad.ui.rail import Place
from sanad.ui.staff.code_page import CodePage
from sanad.ui.staff.watch import IDLE, SLEPT, Watch
from tests.ui.conftest import MANAGER, PASSWORD, Open, press, settle, type_text
from tests.ui.people import in_sight, sign_in, sign_in_page
from tests.ui.test_file import open_family

HEAD = "حسن علي أحمد"


class Clocks:
    """The two clocks of the watch, moved by hand."""

    def __init__(self, watch: Watch) -> None:
        self.steady = self.wall = 1000.0
        watch._steady = lambda: self.steady
        watch._wall = lambda: self.wall
        self._watch = watch

    def pass_by(self, seconds: int) -> None:
        """So many seconds go by, looked at one by one."""
        for _ in range(seconds):
            self.steady += 1
            self.wall += 1
            if self._watch.on:
                self._watch.look()


def at_a_family(program: Program, qtbot: QtBot, user: str = MANAGER) -> HouseholdPage:
    """Somebody signed in, with a family open and a word typed over its area."""
    sign_in(program, qtbot, user)
    page = open_family(program, qtbot, HEAD)
    page.sheet.put("household.resident_of", "المالكية")
    settle(qtbot, program)
    return page


def test_the_office_opens_to_whoever_signs_in(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """By keys alone: user, Enter, password, Enter; then the bar says who sits there."""
    program = open_program()
    assert program.window.desk is None
    assert sign_in_page(program).user.hasFocus()
    type_text(MANAGER)
    press(Qt.Key.Key_Return)
    type_text(PASSWORD)
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert program.window.desk is not None
    assert program.window.bar.who.isVisible()
    assert "صفاء محمد" in program.window.bar.who.text()
    assert "صفاء" not in program.window.windowTitle()


def test_h1_a_wrong_password_and_an_unknown_user_are_told_alike(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """One line, the same for both; the password is gone, the user stays."""
    program = open_program()
    told = []
    for user in (MANAGER, "nobody"):
        sign_in(program, qtbot, user, "شيء آخر تماماً")
        page = sign_in_page(program)
        told.append(page.wrong.text())
        assert (page.user.text(), page.password.text()) == (user, "")
        assert page.password.hasFocus()
    assert told[0]
    assert told[0] == told[1]


def test_h1_whoever_must_wait_sees_the_seconds_go_by(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """After five wrong ones the button is off until the wait is over; Enter does nothing meanwhile."""
    program = open_program()
    for _ in range(6):
        sign_in(program, qtbot, MANAGER, "شيء آخر تماماً")
    page = sign_in_page(program)
    assert page._left > 0
    assert not page.enter.isEnabled()
    assert page.wrong.text()
    page.password.setText(PASSWORD)
    page.submit()
    assert program.window.desk is None
    qtbot.waitUntil(page.enter.isEnabled, timeout=5000)
    page.submit()
    settle(qtbot, program)
    assert program.window.desk is not None


def test_h1_whoever_must_wait_for_the_code_sees_the_seconds_go_by(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """On the page of whoever forgot, too: its button is off until the wait is over, and so is the other page's."""
    program = open_program()
    page = sign_in_page(program)
    page.forgotten.click()
    answers, new = page._answers, "سبعة مراكب عند الفجر"
    for where, said in (("user", MANAGER), ("code", "wrong"), ("password", new), ("again", new)):
        answers._boxes[where][0].setText(said)
    for _ in range(6):
        page._recover.click()
        settle(qtbot, program)
    assert page._left > 0
    assert not page._recover.isEnabled()
    assert not page.enter.isEnabled()
    assert answers._homeless.text() == program.look.words.count("sign_in.wait", page._left)
    qtbot.waitUntil(page._recover.isEnabled, timeout=5000)
    assert answers._homeless.text() == program.look.words.text("sign_in.again")
    assert page.enter.isEnabled()


def test_h6_the_lock_covers_everything_and_keeps_what_was_typed(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """Ctrl+L: no name in sight, no key that reaches under it; the same person finds all as it was."""
    program = open_program()
    page = at_a_family(program, qtbot)
    box = page.form._page(0).fields["household.phone"].box
    box.setFocus()
    assert "حسن" in in_sight(program)
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.door.closed)
    settle(qtbot, program)
    seen = in_sight(program)
    assert not [word for word in (*HEAD.split(), "المالكية", "1041") if word in seen]
    for key, modifiers in (
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(program.window, key, modifiers)
        settle(qtbot, program)
        assert program.door.closed
        assert in_sight(program) == seen
        assert not program.screen.shared
    sign_in(program, qtbot, MANAGER)
    assert program.window.pages.currentWidget() is page
    assert page.sheet.cell("household.resident_of") == "المالكية"
    assert box.hasFocus()


def test_h6_five_idle_minutes_close_the_door(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """A key or the mouse begins them anew; a second before their end nothing is covered (fake clock)."""
    program = open_program()
    at_a_family(program, qtbot)
    clocks = Clocks(program.door.watch)
    program.door.watch.begin(program.window)
    clocks.pass_by(int(IDLE) - 1)
    assert not program.door.closed
    handle = program.window.windowHandle()
    where = QPointF(40, 40)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(handle, moved)
    clocks.pass_by(int(IDLE) - 1)
    assert not program.door.closed
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    clocks.pass_by(int(IDLE) - 1)
    assert not program.door.closed
    clocks.pass_by(1)
    assert program.door.closed
    settle(qtbot, program)
    assert "حسن" not in in_sight(program)


def test_h6_a_computer_that_slept_is_locked_when_it_wakes(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Whether its steady clock slept too, or only the wall's clock tells of it (fake clock)."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    clocks = Clocks(program.door.watch)
    for steady in (0.0, SLEPT):
        program.door.watch.begin(program.window)
        clocks.pass_by(3)
        assert not program.door.closed
        clocks.steady += steady
        clocks.wall += SLEPT
        program.door.watch.look()
        assert program.door.closed
        settle(qtbot, program)
        sign_in(program, qtbot, MANAGER)


def test_h6_a_locked_computer_locks_the_window_too(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """As soon as the system says that its own lock is shown, as after Win+L."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    watch = program.door.watch
    watch.look()
    assert not program.door.closed
    watch._locked = lambda: True
    watch.look()
    assert program.door.closed


def test_h6_what_was_typed_waits_for_its_own_author(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Another person finds an office of his own; whoever typed finds the draft again."""
    program = open_program()
    at_a_family(program, qtbot)
    program.door.lock()
    sign_in(program, qtbot, "ali")
    assert program.window.desk is not None
    assert program.window.navigation.household is None
    assert program.services is not None
    assert not program.services.drafts.kept()
    program.door.lock()
    sign_in(program, qtbot, MANAGER)
    page = open_family(program, qtbot, HEAD)
    assert page.sheet.cell("household.resident_of") == "المالكية"


def test_h15_another_person_sits_down_within_three_seconds(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """From the key that locks to the other one's desk: quick enough that nobody shares a login."""
    program = open_program()
    at_a_family(program, qtbot)
    took = []
    for user in ("ali", MANAGER, "mahdi"):
        began = perf_counter()
        program.door.lock()
        page = sign_in_page(program)
        page.user.setText(user)
        page.password.setText(PASSWORD)
        page.submit()
        qtbot.waitUntil(partial(_sits, program, user), timeout=20_000)
        took.append(perf_counter() - began)
        settle(qtbot, program)
    assert max(took) <= 3.0, took


def _sits(program: Program, user: str) -> bool:
    desk = program.window.desk
    return not program.door.closed and desk is not None and desk.person is not None and desk.person.user == user


def test_h7_a_closed_account_ends_the_session_with_its_next_act(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """Whoever left the office is asked again who he is, and does not get in."""
    program = open_program()
    sign_in(program, qtbot, "ali")
    _disable(program, "ali")
    program.window.navigation.go(Place.HOUSEHOLDS)
    qtbot.waitUntil(lambda: program.door.closed, timeout=5000)
    settle(qtbot, program)
    sign_in(program, qtbot, "ali")
    assert program.door.closed
    assert sign_in_page(program).wrong.text()


def _is_shown(widget: QWidget, there: bool) -> bool:
    return widget.isVisible() == there


def _disable(program: Program, user: str) -> None:
    """What a manager did meanwhile: the row and the journal both say that the account is closed."""
    services = program.services
    assert services is not None
    session = services.staff._session
    kept = (session._person, session._row, session._store.seat)
    services.staff.sign_in(MANAGER, PASSWORD)
    (person,) = (each for each in services.staff.people() if each.user == user)
    services.staff.disable(person.id, "ترك العمل")
    session._person, session._row, session._store.seat = kept


def test_h2_who_forgot_comes_in_by_the_printed_code_and_gets_the_next(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """The code that was used is void; the next is shown over everything until it was put away."""
    with build(peopled, credentials=Credentials(MANAGER, PASSWORD)) as services:
        code = services.staff.new_recovery_code().value
    program = open_program()
    page = sign_in_page(program)
    answers = page._answers
    for key, there in ((Qt.Key.Key_F4, True), (Qt.Key.Key_Escape, False), (Qt.Key.Key_F4, True)):
        QTest.keyClick(program.window, key)
        qtbot.waitUntil(partial(_is_shown, answers, there))
    assert answers._boxes["user"][0].hasFocus()
    new = "سبعة مراكب عند الفجر"
    for where, said in (("user", MANAGER), ("code", "wrong"), ("password", new), ("again", "other")):
        answers._boxes[where][0].setText(said)
    page._recover.click()
    assert answers._boxes["again"][1].text()
    answers._boxes["again"][0].setText(new)
    page._recover.click()
    settle(qtbot, program)
    assert answers._homeless.text()
    answers._boxes["code"][0].setText(code.lower())
    page._recover.click()
    settle(qtbot, program)
    shown = program.window._layers.currentWidget()
    assert isinstance(shown, CodePage)
    assert shown._code != code
    assert not program.window.ground.isVisible()
    shown.print.click()
    settle(qtbot, program)
    paper = shown.currentWidget()
    assert isinstance(paper, PreviewPage)
    assert shown._code in PdfReader(BytesIO(paper._pdf)).pages[0].extract_text()
    paper.left.emit()
    shown.put_away.click()
    assert program.window.ground.isVisible()
    program.door.lock()
    settle(qtbot, program)
    sign_in(program, qtbot, MANAGER, new)
    assert not program.door.closed
