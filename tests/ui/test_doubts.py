"""What can hardly be true is told while one types, and what was decided about it is kept."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.ui.application import Program
from sanad.ui.households.alike import SimilarNotice
from sanad.ui.households.doubted import DoubtNotice
from sanad.ui.households.page import HouseholdPage
from tests.ui.conftest import Open, settle

Sample = Callable[..., None]


def begin(program: Program, qtbot: QtBot) -> HouseholdPage:
    """A new family."""
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("head.sex", "male")
    return page


def read(page: HouseholdPage, qtbot: QtBot, program: Program) -> None:
    """Wait until what is typed was read."""
    qtbot.waitUntil(lambda: not page._reading.isActive())
    settle(qtbot, program)


def doubts(page: HouseholdPage) -> list[str]:
    """What is told and can be seen."""
    return [each.text for each in page.findChildren(DoubtNotice) if each.isVisible()]


def test_e8_e17_a_doubt_is_told_at_once_and_goes_with_its_reason(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """One notice for all of them; the file is saved with it, and a word in the notes takes it away."""
    sample()
    program = open_program()
    assert program.services is not None
    page = begin(program, qtbot)
    page.sheet.put("head.name", "سلمان داود")
    page.sheet.put("head.birth_date", "01/05/1980")
    page.sheet.put("head.civil_id", "810501239")
    page.sheet.put_cell("household.members", 1, "name", "داود سلمان")
    page.sheet.put_cell("household.members", 1, "relation", "son")
    page.sheet.put_cell("household.members", 1, "birth_date", "01/05/1979")
    read(page, qtbot, program)
    (told,) = doubts(page)
    assert "سلمان داود" in told
    assert "داود سلمان" in told
    page.save()
    settle(qtbot, program)
    assert program.services.households.count() == 11
    for row in (0, 1):
        page.sheet.put_cell("household.members", row, "notes", "كذا في بطاقته")
    read(page, qtbot, program)
    assert doubts(page) == []


def test_e9_that_it_is_another_person_is_kept_with_the_file(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Who was asked, and said so, stands in the journal with the number of the file that was looked at."""
    sample()
    program = open_program()
    assert program.services is not None
    known = program.services.households.search("", 1)[0]
    head = program.services.households.open(known.id).study.household.head
    assert head is not None
    assert head.birth_date is not None
    page = begin(program, qtbot)
    page.sheet.put("head.name", head.name)
    page.sheet.put("head.birth_date", f"{head.birth_date:%d/%m/%Y}")
    read(page, qtbot, program)
    (notice,) = page.findChildren(SimilarNotice)
    assert program.window.desk is not None
    apart = program.window.desk.words.text("similar.apart")
    next(each for each in notice.findChildren(QPushButton) if each.text() == apart).click()
    page.sheet.put("household.phone", "3312 4455")
    read(page, qtbot, program)
    assert [each for each in page.findChildren(SimilarNotice) if each.isVisible()] == []
    page.save()
    settle(qtbot, program)
    assert page.family is not None
    (entry,) = program.services.households.history(page.family.id)
    assert known.file_number in entry.why
