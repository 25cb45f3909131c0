"""What can hardly be true is told while one types, and what was decided about it is kept."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.household import Member
from sanad.domain.listing import FamilyRow
from sanad.ui.application import Program
from sanad.ui.fields.box import LineBox
from sanad.ui.households.alike import MOST_TOLD, SimilarNotice
from sanad.ui.households.doubted import DoubtNotice, ReasonForm
from sanad.ui.households.page import HouseholdPage
from tests.builders import a_household, a_key, a_member, a_study
from tests.ui.conftest import Open, settle, type_text

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


def ask(page: HouseholdPage, program: Program) -> ReasonForm:
    """Press the notice's button; the questions that it opens."""
    assert program.window.desk is not None
    text = program.window.desk.words.text("doubt.answer")
    (notice,) = [each for each in page.findChildren(DoubtNotice) if each.isVisible()]
    next(each for each in notice.findChildren(QPushButton) if each.text() == text).click()
    QApplication.processEvents()
    (form,) = [each for each in page.findChildren(ReasonForm) if each.isVisible()]
    return form


def test_e8_e17_a_doubt_is_told_at_once_and_goes_with_its_reason(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """One notice for all of them; the file is saved with it, a note hides nothing, and each member's reason is kept."""
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
    page.sheet.put_cell("household.members", 0, "notes", "يعمل نجاراً")
    read(page, qtbot, program)
    assert doubts(page) == [told]
    form = ask(page, program)
    form.record.click()
    settle(qtbot, program)
    said = [each.text() for each in form.findChildren(QLabel) if each.property("role") == "problem"]
    assert any(said), "that no reason was written is told"
    type_text("كذا في بطاقته", form.findChildren(LineBox)[0])
    form.record.click()
    settle(qtbot, program)
    read(page, qtbot, program)
    (told,) = doubts(page)
    assert "داود سلمان" in told
    assert "سلمان داود" not in told
    form = ask(page, program)
    type_text("ابنه بالتبني", form.findChildren(LineBox)[0])
    form.record.click()
    settle(qtbot, program)
    read(page, qtbot, program)
    assert doubts(page) == []
    page.save()
    settle(qtbot, program)
    assert page.family is not None
    head, son = program.services.households.open(page.family.id).study.household.members
    assert (head.notes, son.notes) == ("يعمل نجاراً · كذا في بطاقته", "ابنه بالتبني")
    page.sheet.put("head.civil_id", "820501239")
    read(page, qtbot, program)
    assert "سلمان داود" in doubts(page)[0]


def test_e19_a_reason_that_is_half_typed_outlives_the_saving_of_the_file(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Ctrl+S from habit: the file is saved, what was typed of the reason stands, and can still be recorded."""
    sample()
    program = open_program()
    assert program.services is not None
    page = begin(program, qtbot)
    page.sheet.put("head.name", "سلمان داود")
    page.sheet.put("head.sex", "male")
    page.sheet.put("head.birth_date", "01/05/1980")
    page.sheet.put("head.civil_id", "810501239")
    read(page, qtbot, program)
    form = ask(page, program)
    type_text("كذا في", form.findChildren(LineBox)[0])
    page.save()
    settle(qtbot, program)
    read(page, qtbot, program)
    assert program.services.households.count() == 11
    assert ask(page, program) is form
    box = form.findChildren(LineBox)[0]
    assert box.text() == "كذا في"
    page.save()
    settle(qtbot, program)
    read(page, qtbot, program)
    assert len(doubts(page)) == 1, "told once, though the file is read twice after it was saved"
    type_text(" بطاقته", box)
    form.record.click()
    settle(qtbot, program)
    page.save()
    settle(qtbot, program)
    assert page.family is not None
    assert page.family.study.household.members[0].notes == "كذا في بطاقته"


def test_a_shared_screen_asks_for_reasons_by_initials(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """One key hides the name in a question that stands there already, and brings it back; what was typed stays."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    page.sheet.put("head.name", "سلمان داود")
    page.sheet.put("head.birth_date", "01/05/1980")
    page.sheet.put("head.civil_id", "810501239")
    read(page, qtbot, program)
    form = ask(page, program)
    (box,) = form.findChildren(LineBox)
    type_text("كذا في بطاقته", box)

    def asked() -> str:
        return " ".join([box.accessibleName(), *(each.text() for each in form.findChildren(QLabel))])

    assert "سلمان" in asked()
    program.screen.turn()
    assert "سلمان" not in asked()
    assert "س. د." in asked()
    program.screen.turn()
    assert "سلمان داود" in asked()
    assert box.text() == "كذا في بطاقته"


def similar(page: HouseholdPage) -> list[SimilarNotice]:
    """The families that are told as maybe the same, and can be seen."""
    return [each for each in page.findChildren(SimilarNotice) if each.isVisible()]


def answer(program: Program, notice: SimilarNotice, key: str) -> None:
    """Press one of a notice's buttons."""
    assert program.window.desk is not None
    text = program.window.desk.words.text(key)
    next(each for each in notice.findChildren(QPushButton) if each.text() == text).click()


def type_head(page: HouseholdPage, head: Member) -> None:
    """A family whose head is called the same, born on the same day."""
    assert head.birth_date is not None
    page.sheet.put("head.name", head.name)
    page.sheet.put("head.birth_date", f"{head.birth_date:%d/%m/%Y}")


def a_known(program: Program) -> tuple[FamilyRow, Member]:
    """A family of the samples, and its head."""
    assert program.services is not None
    known = program.services.households.search("", 1)[0]
    head = program.services.households.open(known.id).study.household.head
    assert head is not None
    return known, head


def test_e9_that_it_is_another_person_is_kept_with_the_file(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Who was asked, and said so, stands in the journal with the number of the file that was looked at."""
    sample()
    program = open_program()
    known, head = a_known(program)
    page = begin(program, qtbot)
    type_head(page, head)
    read(page, qtbot, program)
    (notice,) = similar(page)
    answer(program, notice, "similar.apart")
    page.sheet.put("household.phone", "3312 4455")
    read(page, qtbot, program)
    assert similar(page) == []
    page.save()
    settle(qtbot, program)
    assert page.family is not None
    assert program.services is not None
    (entry,) = program.services.households.history(page.family.id)
    assert known.file_number in entry.why
    page.sheet.put("household.phone", "3312 4456")
    read(page, qtbot, program)
    page.save()
    settle(qtbot, program)
    corrected, registered = program.services.households.history(page.family.id)
    assert (corrected.why, registered.why) == ("", entry.why)


def test_e9_a_look_alike_is_told_once_though_two_answers_come_at_once(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """The file is read twice after it was saved: the first notice may not be on the screen when the second is due."""
    sample()
    program = open_program()
    _known, head = a_known(program)
    page = begin(program, qtbot)
    type_head(page, head)
    read(page, qtbot, program)
    (notice,) = similar(page)
    page._alike.tell(())
    for _each in range(2):
        page._alike.tell((notice.similar,))
    settle(qtbot, program)
    assert len(similar(page)) == 1


def test_e9_what_was_said_of_one_family_is_not_said_of_the_next(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """The next family with the same look-alike is told of it again, and its journal says nothing nobody looked at."""
    sample()
    program = open_program()
    _known, head = a_known(program)
    page = begin(program, qtbot)
    type_head(page, head)
    read(page, qtbot, program)
    (notice,) = similar(page)
    answer(program, notice, "similar.apart")
    page.save()
    settle(qtbot, program)
    page = begin(program, qtbot)
    type_head(page, head)
    read(page, qtbot, program)
    assert len(similar(page)) == 2  # the old file, and the one that was just saved
    page.save()
    settle(qtbot, program)
    assert page.family is not None
    assert program.services is not None
    (entry,) = program.services.households.history(page.family.id)
    assert entry.why == ""


def test_e9_of_many_only_the_first_are_told_and_the_same_person_is_opened(
    open_program: Open, sample: Sample, tmp_path: Path, qtbot: QtBot
) -> None:
    """Each answer makes room for the next; opening leads to that family's file, and the typed one waits as a draft."""
    sample()
    with build(tmp_path / "data") as services:
        for _each in range(MOST_TOLD + 2):
            services.households.register(a_study(a_household(members=(a_member(name="سلمان داود عيسى"),))), key=a_key())
    program = open_program()
    page = begin(program, qtbot)
    page.sheet.put("head.name", "سلمان داوود عيسى")
    read(page, qtbot, program)
    assert similar(page) == []
    page.sheet.put("head.name", "سلمان داود عيسي")
    read(page, qtbot, program)
    assert len(similar(page)) == MOST_TOLD
    first, *_others = similar(page)
    answer(program, first, "similar.apart")
    settle(qtbot, program)
    assert len(similar(page)) == MOST_TOLD
    assert first.similar not in [each.similar for each in similar(page)]
    wanted = similar(page)[0]
    answer(program, wanted, "similar.open")
    settle(qtbot, program)
    assert page.family is not None
    assert page.family.id == wanted.similar.household
    assert program.services is not None
    assert [draft.place for draft in program.services.drafts.kept()] == ["new"]
