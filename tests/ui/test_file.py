"""A family's file in the real window: problems at their fields, nothing lost, nobody registered twice."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.ui.application import Program
from sanad.ui.households.alike import SimilarNotice
from sanad.ui.households.page import HouseholdPage, RefusedNotice
from sanad.ui.widgets.frames import Notice
from tests.ui.conftest import Open, close, press, settle, type_text

Sample = Callable[..., None]
MEMBERS = "household.members"


def begin(program: Program, qtbot: QtBot) -> HouseholdPage:
    """A new family, its head's name typed."""
    program.window.navigation.new_household()
    settle(qtbot, program)
    type_text("سلمان داود عيسى")
    page = program.window.navigation.household
    assert page is not None
    return page


def read(page: HouseholdPage, qtbot: QtBot, program: Program) -> None:
    """Wait until what is typed was read."""
    qtbot.waitUntil(lambda: not page._reading.isActive())
    settle(qtbot, program)


def open_family(program: Program, qtbot: QtBot, words: str) -> HouseholdPage:
    """The file of the first family that is found."""
    assert program.services is not None
    program.window.navigation.open_household(program.services.households.search(words, 1)[0].id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    return page


def test_e20_all_problems_are_said_at_once_each_at_its_field(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Nothing is saved, every field says what is wrong with it, and the first has the cursor."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    page.sheet.put("head.sex", "male")
    page.sheet.put("head.birth_date", "31/02/1980")
    page.sheet.put_cell(MEMBERS, 1, "name", "مريم")
    page.sheet.put_cell(MEMBERS, 1, "birth_date", "2099-01-01")
    page.save()
    settle(qtbot, program)
    first = page.form._page(0).fields["head.birth_date"]
    assert first.wrong.isVisible()
    assert "31/02/1980" in first.wrong.text()
    assert first.box.hasFocus()
    cells = page.form._page(1).tables[0].view.rows._problems
    assert {(1, "birth_date"), (1, "relation"), (1, "sex"), (0, "birth_date")} <= set(cells)
    assert [each.text for each in page.findChildren(RefusedNotice)]
    assert program.services is not None
    assert program.services.households.count() == 10


def test_a_problem_is_said_when_its_field_is_left_not_before(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """While one types a date, half of it is no mistake."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    placed = page.form._page(0).fields["head.birth_date"]
    placed.box.setFocus()
    type_text("31/02")
    read(page, qtbot, program)
    assert not placed.wrong.text()
    press(Qt.Key.Key_Tab)
    read(page, qtbot, program)
    assert placed.wrong.text()
    placed.box.setFocus()
    placed.box.show_text("")
    type_text("01/05/1980")
    press(Qt.Key.Key_Tab)
    read(page, qtbot, program)
    assert not placed.wrong.text()


def test_why_a_file_is_not_saved_is_told_though_it_is_about_no_box(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Somebody else saved it meanwhile: that is said, and not that a place on the form is to be mended."""
    sample()
    program = open_program()
    assert program.services is not None
    page = open_family(program, qtbot, "حسن علي أحمد")
    family = page.family
    assert family is not None
    program.services.households.correct(family.id, family.version, family.study, key="meanwhile")
    page.sheet.put("household.phone", "33445566")
    page.save()
    settle(qtbot, program)
    version = program.look.words.number(family.version + 1)
    told = program.look.words.text("problem.household.changed_meanwhile", version=version)
    assert [each.text for each in page.findChildren(RefusedNotice)] == [told]


def test_e19_what_is_typed_survives_a_kill(open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path) -> None:
    """A second after the last key it is on disk; the next start brings it back and says so."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    qtbot.waitUntil(lambda: not page._keeping._timer.isActive(), timeout=5000)
    settle(qtbot, program)
    page._keeping._timer.stop()
    program.tasks.run(program.services.close if program.services else lambda: None)  # the file is let go of, unsaved
    program.services = None
    program.tasks.close()
    program.window.deleteLater()
    program.closed = True

    program = open_program()
    assert program.services is not None
    assert [draft.place for draft in program.services.drafts.kept()] == ["new"]
    program.window.navigation.open_draft("new")
    settle(qtbot, program)
    page = program.window.navigation.household  # type: ignore[assignment] # opened just now
    assert page.sheet.cell("head.name") == "سلمان داود عيسى"
    (notice,) = page.findChildren(Notice)
    (drop,) = notice.findChildren(QPushButton)
    drop.click()
    settle(qtbot, program)
    assert page.sheet.cell("head.name") == ""
    assert program.services.drafts.kept() == []


def test_e19_what_is_typed_survives_the_closing_of_the_window(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Closed in the middle of a word, of a new family and of a known one: each comes back whole, and says so."""
    sample()
    program = open_program()
    assert program.services is not None
    known = program.services.households.search("", 1)[0]
    program.window.navigation.open_household(known.id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("household.phone", "3312")
    page = begin(program, qtbot)
    page.sheet.put("head.birth_date", "01/05")
    page.sheet.put_cell("household.members", 1, "name", "ولد")
    assert page._keeping._timer.isActive(), "a second has passed: nothing is proved"
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
    close(program)

    program = open_program()
    ways = program.window.navigation
    for place, bind, typed in (("new", "head.birth_date", "01/05"), (known.id, "household.phone", "3312")):
        ways.open_draft(place)
        settle(qtbot, program)
        assert ways.household is not None
        assert ways.household.sheet.cell(bind) == typed
        assert [each for each in ways.household.findChildren(Notice) if each.isVisible()]
        if place == "new":
            assert ways.household.sheet.rows("household.members")[1]["name"] == "ولد"
    assert program.services is not None
    assert program.services.households.open(known.id).study.household.phone == known.phone


def test_e7_a_known_civil_id_is_told_at_entry(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """In other digits and with spaces, too; one press opens that family, and what was typed is kept."""
    sample()
    program = open_program()
    assert program.services is not None
    known = program.services.households.search("", 1)[0]
    head = program.services.households.open(known.id).study.household.head
    assert head is not None
    page = begin(program, qtbot)
    page.sheet.put("head.civil_id", " ".join(head.civil_id).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    read(page, qtbot, program)
    (notice,) = [each for each in page.findChildren(SimilarNotice) if each.isVisible()]
    notice.findChildren(QPushButton)[0].click()
    settle(qtbot, program)
    assert page.family is not None
    assert page.family.id == known.id
    assert [draft.place for draft in program.services.drafts.kept()] == ["new"]


def test_e9_the_same_name_and_birth_date_is_told_at_entry(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """However the name is spelled."""
    sample()
    program = open_program()
    assert program.services is not None
    known = program.services.households.search("", 1)[0]
    head = program.services.households.open(known.id).study.household.head
    assert head is not None
    assert head.birth_date is not None
    page = begin(program, qtbot)
    page.sheet.put("head.name", head.name.replace("ة", "ه").replace("أ", "ا"))
    page.sheet.put("head.birth_date", f"{head.birth_date:%d/%m/%Y}")
    read(page, qtbot, program)
    assert [each.similar.household for each in page.findChildren(SimilarNotice)] == [known.id]


def test_f1_a_double_press_records_once(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Twenty presses of save write one family, and of the button under its request one request."""
    sample()
    program = open_program()
    assert program.services is not None
    page = begin(program, qtbot)
    page.sheet.put("head.sex", "male")
    for _ in range(20):
        page.head.save.click()
    settle(qtbot, program)
    assert program.services.households.count() == 11
    page.head.request.click()
    settle(qtbot, program)
    form = page.path._open
    assert form is not None
    for _ in range(20):
        form.record.click()
    settle(qtbot, program)
    assert page.family is not None
    assert len(program.services.requests.of(page.family.id)) == 1


def test_a_row_that_was_removed_comes_back(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Undo instead of a question."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, "حسن علي أحمد")
    page.form.show_page(1)
    table = page.form._page(1).tables[0].view
    before = [dict(row) for row in page.sheet.rows(MEMBERS)]
    table.edit_cell(2)
    table.remove_current()
    assert [row["id"] for row in page.sheet.rows(MEMBERS)] == [1, 2, 4, 5]
    (notice,) = page.findChildren(Notice)
    notice.findChildren(QPushButton)[0].click()
    assert page.sheet.rows(MEMBERS) == before


def test_the_head_of_the_family_is_one_on_every_page(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """What is typed on the first page stands in the table of members, and the other way round."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    assert page.sheet.rows(MEMBERS)[0]["name"] == "سلمان داود عيسى"
    page.form.show_page(1)
    page.sheet.put_cell(MEMBERS, 0, "occupation", "سائق")
    assert page.form._page(0).fields["head.occupation"].box.text() == "سائق"


def test_escape_never_loses_typed_text(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Neither on the sheet nor in a cell."""
    sample()
    program = open_program()
    page = begin(program, qtbot)
    press(Qt.Key.Key_Escape)
    assert page.sheet.cell("head.name") == "سلمان داود عيسى"
    page.form.show_page(1)
    page.form._page(1).tables[0].view.edit_cell(1)
    type_text("مريم")
    press(Qt.Key.Key_Escape)
    assert page.sheet.rows(MEMBERS)[1]["name"] == "مريم"


def test_a_shared_screen_shows_initials(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """One key hides every name and number of the family, and brings them back."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, "حسن علي أحمد")
    program.screen.turn()
    box = page.form._page(0).fields["head.name"].box
    assert box.text() == "ح. ع. أ."
    assert not page.form._page(0).fields["head.civil_id"].box.text().strip("•")
    page.form.show_page(1)
    rows = page.form._page(1).tables[0].view.rows
    assert rows.index(0, rows.column("name")).data() == "ح. ع. أ."
    assert page.sheet.cell("head.name") == "حسن علي أحمد"
    program.screen.turn()
    assert box.text() == "حسن علي أحمد"


def test_a_family_goes_with_its_window(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Another window took its place: sharing the screen asks nothing of the old pages, and none stays in memory."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, "حسن علي أحمد")
    old = [weakref.ref(each) for each in (page, page.path, page.history, page.pane)]
    del page
    program.window.settled.emit()
    settle(qtbot, program)
    QTest.keyClick(program.window, Qt.Key.Key_F8)
    assert program.screen.shared
    gc.collect()
    assert [each() for each in old] == [None] * len(old)


def test_the_pane_follows_what_is_typed(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """A higher income, and the aid changes before anything is saved; the clause can be read."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, "حسن علي أحمد")
    read(page, qtbot, program)
    before = page.pane._assessment
    page.sheet.put_cell("household.incomes", 0, "monthly", "100")
    read(page, qtbot, program)
    after = page.pane._assessment
    assert before is not None
    assert after is not None
    assert before.amount != after.amount
    page.pane.show_clause("K-MONTH-4")
    assert [each for each in page.pane.findChildren(Notice) if "K-MONTH-4" in each.text]


def test_a_missing_fact_leads_to_its_field(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The link in the pane puts the cursor where the fact is typed."""
    sample()
    program = open_program()
    page = open_family(program, qtbot, "حسن علي أحمد")
    page.sheet.put_cell(MEMBERS, 2, "birth_date", "")
    read(page, qtbot, program)
    link = next(
        each
        for each in page.pane.findChildren(QPushButton)
        if each.property("role") == "link" and "فاطمة" in each.text()
    )
    link.click()
    qtbot.waitUntil(lambda: page.form.place_of_cursor() == f"{MEMBERS}[2].birth_date")


def test_a_file_is_found_tomorrow_by_the_grandfathers_name(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The search field of the window, with the name spelled another way."""
    sample()
    program = open_program()
    search = program.window.bar.search
    search.setFocus()
    type_text("حسن احمد")
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    assert page.sheet.cell("head.name") == "حسن علي أحمد"


def test_the_data_that_another_program_holds_is_told(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """A window that cannot open the data says why, and opens it once it can."""
    from sanad.ui.setup.closed_page import ClosedPage
    from sanad.ui.setup.page import SetupPage

    other = build(tmp_path / "data")
    program = open_program(wait=False)
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), ClosedPage), timeout=20_000)
    other.close()
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosedPage)
    page.again.emit()
    qtbot.waitUntil(lambda: isinstance(program.window.pages.currentWidget(), SetupPage), timeout=20_000)
