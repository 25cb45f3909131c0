"""An office that has its data encrypted: chosen on the first page, asked for at every start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.staff import Credentials, Role
from sanad.services import Services
from sanad.store import driver, keyring
from sanad.ui.application import Program
from sanad.ui.setup.page import SetupPage
from sanad.ui.staff.code_page import CodePage
from sanad.ui.staff.password_box import PasswordBox
from sanad.ui.staff.sign_in_page import SignInPage
from sanad.ui.widgets.inline_form import InlineForm
from tests.ui.backups import texts
from tests.ui.conftest import close, close_all, press, settle
from tests.ui.people import people_page, pressed

PASSWORD = "نخلة وبحر ولؤلؤ 88"  # noqa: S105  # made up
OTHER = "شراع ودانة وسدرة 99"


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Program]]:
    """Opens the window on ``tmp_path / "data"`` as the program does, with whatever is typed at its door."""
    monkeypatch.setattr(keyring, "MEMORY", 8)
    opened: list[Program] = []

    def open_services(credentials: Credentials | None = None) -> Services:
        return build(tmp_path / "data", credentials=credentials)

    def start() -> Program:
        program = Program(qapp, open_services, tmp_path / "data", lambda: build(None))
        opened.append(program)
        program.start()
        program.window.resize(1366, 768)
        qtbot.waitUntil(lambda: program.services is not None or program.door.closed, timeout=20_000)
        settle(qtbot, program)
        return program

    yield start
    close_all(opened)


def the(kind: type[QWidget], program: Program) -> QWidget:
    """The one page of a kind that is in sight."""
    (found,) = (page for page in program.window.findChildren(kind) if page.isVisible())
    return found


def begin_encrypted(program: Program, qtbot: QtBot) -> str:
    """Fill the first page as an office does that has its data encrypted; the recovery code that is shown."""
    page = the(SetupPage, program)
    assert isinstance(page, SetupPage)
    assert page.form is not None
    page.form.guide.pick("karzakan-2020")
    page.form.name_ar.setText("جمعية النموذج")
    page.keeping.choice.setFocus()
    press(Qt.Key.Key_Space)
    assert page.keeping.encrypts
    for where, said in (("name", "صفاء"), ("user", "safaa"), ("password", PASSWORD), ("again", PASSWORD)):
        page.keeping.account._boxes[where][0].setText(said)
    page._record.click()
    settle(qtbot, program)
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=20_000)
    settle(qtbot, program)
    code = the(CodePage, program)
    assert isinstance(code, CodePage)
    return code._code


def sign_in(program: Program, qtbot: QtBot, user: str, password: str) -> None:
    """Type both at the door."""
    page = the(SignInPage, program)
    assert isinstance(page, SignInPage)
    page.user.setText(user)
    page.password.setText(password)
    page.submit()
    settle(qtbot, program)


def test_a_new_office_is_encrypted_and_opened_by_its_manager(
    open_window: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    """From the first page to the desk; the next start asks, refuses a wrong password, and lets the right one in."""
    program = open_window()
    begin_encrypted(program, qtbot)
    assert not (tmp_path / "data" / "sanad.sqlite3").read_bytes().startswith(b"SQLite format 3")
    close(program)
    again = open_window()
    sign_in(again, qtbot, "safaa", "شيء آخر تماماً")
    assert again.services is None
    sign_in(again, qtbot, "safaa", PASSWORD)
    assert again.window.desk is not None
    assert again.door.person is not None


def test_a1_whoever_closes_while_his_password_opens_the_data_leaves_a_good_end(
    open_window: Callable[[], Program], qtbot: QtBot
) -> None:
    """The window goes before it is told that they are open; they are closed all the same, and nothing was cut."""
    program = open_window()
    begin_encrypted(program, qtbot)
    close(program)
    hasty = open_window()
    page = the(SignInPage, hasty)
    assert isinstance(page, SignInPage)
    page.submitted.emit("safaa", PASSWORD)
    close(hasty)
    assert hasty.services is None
    again = open_window()
    sign_in(again, qtbot, "safaa", PASSWORD)
    assert again.look.words.text("today.ended.cut") not in texts(again.window.navigation.today)


def test_a_closed_account_is_opened_again_with_a_new_password_at_once(
    open_window: Callable[[], Program], qtbot: QtBot
) -> None:
    """Its button asks for the password under the line; in one act the account is open, and opens the data."""
    program = open_window()
    begin_encrypted(program, qtbot)
    the(CodePage, program).kept.emit()  # type: ignore[attr-defined]
    services = program.services
    assert services is not None
    ali = services.staff.add("ali", "علي حسن", Role.CLERK, PASSWORD, key="ali").value
    services.staff.disable(ali.id, "ترك العمل")
    page = people_page(program, qtbot)
    again = pressed(page, program, "people.enable")
    qtbot.wait(20)
    (form,) = (each for each in page.findChildren(InlineForm) if each.isVisible())
    assert not again.isEnabled()
    form.record.click()
    settle(qtbot, program)
    assert not next(each for each in services.staff.people() if each.user == "ali").active
    for where in ("password", "again"):
        box = form.box_at(where)
        assert isinstance(box, PasswordBox)
        box.setText(OTHER)
    form.record.click()
    settle(qtbot, program)
    assert next(each for each in services.staff.people() if each.user == "ali").active
    close(program)
    program = open_window()
    sign_in(program, qtbot, "ali", OTHER)
    assert program.door.person is not None
    assert program.door.person.user == "ali"


def test_who_forgot_the_password_comes_in_by_the_printed_code(open_window: Callable[[], Program], qtbot: QtBot) -> None:
    """Under a new password; the next code is shown, and the old password opens nothing any more."""
    program = open_window()
    code = begin_encrypted(program, qtbot)
    close(program)
    again = open_window()
    page = the(SignInPage, again)
    assert isinstance(page, SignInPage)
    page.recovered.emit("safaa", code, OTHER)
    qtbot.waitUntil(lambda: again.window.desk is not None, timeout=20_000)
    settle(qtbot, again)
    following = the(CodePage, again)
    assert isinstance(following, CodePage)
    assert following._code != code
    close(again)
    last = open_window()
    sign_in(last, qtbot, "safaa", PASSWORD)
    assert last.services is None
    sign_in(last, qtbot, "safaa", OTHER)
    assert last.services is not None


def test_what_stands_against_the_account_is_told_at_its_question(
    open_window: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    """A password that will not do, and one that was not typed alike: nothing is set up, all that was typed stays."""
    program = open_window()
    page = the(SetupPage, program)
    assert isinstance(page, SetupPage)
    assert page.form is not None
    page.form.guide.pick("karzakan-2020")
    page.form.name_ar.setText("جمعية النموذج")
    page.keeping.choice._say("on")
    account = page.keeping.account
    for where, said in (("name", "صفاء"), ("user", "safaa"), ("password", "short"), ("again", "otherwise")):
        account._boxes[where][0].setText(said)
    page._record.click()
    assert account._boxes["again"][1].text()
    account._boxes["again"][0].setText("short")
    page._record.click()
    settle(qtbot, program)
    assert account._boxes["password"][1].text()
    assert page.form.name_ar.text() == "جمعية النموذج"
    assert not (tmp_path / "data" / "keys").exists()


def test_the_first_page_says_what_either_means(
    open_window: Callable[[], Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the open: who can read it. Where the library that encrypts is missing, that nothing else can be chosen."""
    program = open_window()
    page = the(SetupPage, program)
    assert isinstance(page, SetupPage)
    words = program.look.words.text
    told = [label.text() for label in page.keeping.findChildren(QLabel)]
    assert words("setup.encryption.off.text") in told
    close(program)
    monkeypatch.setattr(driver, "can_encrypt", lambda: False)
    without = the(SetupPage, open_window())
    assert isinstance(without, SetupPage)
    assert not without.keeping.choice.isEnabled()
    told = [label.text() for label in without.keeping.findChildren(QLabel)]
    assert any(text.startswith(words("setup.encryption.missing")) for text in told)
