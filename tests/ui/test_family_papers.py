"""Every paper of a family from its page: listed when there is something to print, shown before it is printed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from sanad.ui.application import Program
from sanad.ui.households.page import HouseholdPage
from sanad.ui.preview import PreviewPage
from tests.ui.conftest import Open, settle, type_text
from tests.ui.test_file import open_family

Sample = Callable[..., None]
HEAD = "حسن علي أحمد"


def lines(menu: QMenu) -> list[QAction]:
    """The papers of a menu, those behind its submenus among them."""
    found = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += lines(inner)
        elif action.isEnabled() and action.text():
            found.append(action)
    return found


def offered(menu: QMenu) -> list[str]:
    """The titles of the papers of a menu."""
    return [action.text() for action in lines(menu)]


def choose(page: HouseholdPage, title: str, program: Program, qtbot: QtBot) -> None:
    """Choose the first paper of that title."""
    next(action for action in page.printing.menu.actions() if action.text().startswith(title)).trigger()
    settle(qtbot, program)


def shown(program: Program) -> PreviewPage:
    """The paper that is shown."""
    page = program.window.pages.currentWidget()
    assert isinstance(page, PreviewPage)
    return page


def test_every_paper_of_a_paid_family_is_shown_by_its_line(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """From the case study to the receipt, each line opens a whole paper, and Esc goes back."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    titles = offered(page.printing.menu)
    assert len(titles) >= 14
    for title in titles:
        if title in ("خطاب إحالة", "شهادة تصديق"):
            continue
        next(line for line in lines(page.printing.menu) if line.text() == title).trigger()
        settle(qtbot, program)
        assert shown(program).document.pageCount() >= 1, title
        shown(program).left.emit()
        assert program.window.pages.currentWidget() is page


@pytest.mark.parametrize("title", ["خطاب إحالة", "شهادة تصديق"])
def test_a_letter_asks_first_to_whom_it_goes(title: str, open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The addressee that is typed stands on the letter; the question is gone afterwards."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    choose(page, title, program, qtbot)
    type_text("مستوصف البلاد")
    assert page.printing._asked is not None
    page.printing._asked.record.click()
    settle(qtbot, program)
    text = "".join(shown(program).document.getAllText(0).text().split())
    assert "مستوصف" in text or "فصوتسم" in text


def test_saving_leaves_an_addressee_that_is_half_typed(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The question stands over the file with what was typed, and the letter is shown when it is recorded."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    choose(page, "خطاب إحالة", program, qtbot)
    type_text("مستوصف")
    asked = page.printing._asked
    page.sheet.put("household.phone", "33124455")
    page.save()
    settle(qtbot, program)
    assert asked is not None
    assert asked.isVisible()
    assert asked.text_at("to") == "مستوصف"
    asked.record.click()
    settle(qtbot, program)
    assert shown(program).document.pageCount() >= 1


def test_a_new_family_has_blanks_only(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """What was never saved has no papers yet; the blank forms can be had at any time."""
    sample()
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    blanks = ["استمارة بحث حالة", "طلب مساعدة", "استمارة الزيارة الميدانية ونتيجتها", "تعهد"]
    assert offered(page.printing.menu) == blanks


def test_what_is_not_saved_is_said_over_the_papers(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The other papers are of the file as it was saved, and the menu says so while something is typed."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    page.sheet.put("household.resident_of", "المالكية")
    settle(qtbot, program)
    assert program.window.desk is not None
    said = program.window.desk.words.text("print.as_saved")
    assert page.printing.menu.actions()[0].text() == said


def test_the_menu_opens_by_its_key_and_is_walked_by_arrows(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Ctrl+Shift+P opens it on the first paper; Down and Enter take the next."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(program.window, Qt.Key.Key_P, both)
    qtbot.waitUntil(page.printing.menu.isVisible)
    QTest.keyClick(page.printing.menu, Qt.Key.Key_Down)
    assert page.printing.menu.activeAction().text() == "خطاب إحالة"
    QTest.keyClick(page.printing.menu, Qt.Key.Key_Return)
    settle(qtbot, program)
    assert not page.printing.menu.isVisible()
    assert page.printing._asked is not None


def test_h13_the_file_of_a_paper_names_nobody(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The name that is offered for the file, and given to the printer, is that of the paper and a number."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, HEAD)
    page.print_file()
    settle(qtbot, program)
    assert not set(HEAD.split()) & set(shown(program)._name.split())
