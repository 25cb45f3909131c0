"""The office's own facts: asked first of all, with nothing presumed; its logo seen at once, its account checked."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanad.domain.office import Language
from sanad.ui.application import Program
from sanad.ui.rail import Place
from sanad.ui.settings.page import SettingsPage, Tab
from sanad.ui.setup.page import SetupPage
from sanad.words.dates import read_date
from tests.ui.conftest import Open, press, settle, type_text
from tests.ui.test_file import Sample


def first_page(program: Program) -> SetupPage:
    """The page of the first run."""
    page = program.window.pages.currentWidget()
    assert isinstance(page, SetupPage)
    return page


def settings(program: Program, qtbot: QtBot) -> SettingsPage:
    """The settings, as one comes to them by the rail."""
    program.window.navigation.go(Place.SETTINGS)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


def test_no_guide_is_presumed(open_program: Open, qtbot: QtBot) -> None:
    """The cursor begins at the guides, none is picked, and beginning without one is told with whatever else lacks."""
    program = open_program()
    page = first_page(program)
    assert page.form is not None
    assert page.form.guide.hasFocus()
    assert page.form.guide.value() == ""
    page._record.click()
    settle(qtbot, program)
    told = {where: wrong.text() for where, (_box, wrong) in page.form._wrong.items() if wrong.text()}
    assert set(told) == {"policy", "name_ar"}
    assert page.form.guide.hasFocus()
    press(Qt.Key.Key_Down)
    first = page.form.guide.value()
    assert first
    press(Qt.Key.Key_Down)
    assert page.form.guide.value() not in ("", first)


def test_the_first_page_is_walked_from_the_guide_to_its_button(open_program: Open, qtbot: QtBot) -> None:
    """Tab alone, in the order in which the questions are read."""
    program = open_program()
    page = first_page(program)
    form = page.form
    assert form is not None
    walk = [form.guide, form.name_ar, form.name_en, form.committee_ar, form.committee_en, form.phone, form.iban]
    walk += [form.language, form.digits]
    for each in walk:
        assert QApplication.focusWidget() is each, each.accessibleName()
        press(Qt.Key.Key_Tab)


def test_another_language_loses_nothing_that_was_answered(open_program: Open, qtbot: QtBot) -> None:
    """The first page read in English keeps guide, names and phone."""
    program = open_program()
    form = first_page(program).form
    assert form is not None
    form.guide.pick("karzakan-2020")
    form.name_ar.setFocus()
    type_text("جمعية الواحة")
    form.language._say(Language.ENGLISH.value)
    settle(qtbot, program)
    again = first_page(program).form
    assert again is not None
    assert again is not form
    assert (again.guide.value(), again.name_ar.text()) == ("karzakan-2020", "جمعية الواحة")
    assert program.look.words.language == Language.ENGLISH


def test_the_logo_is_seen_at_once_and_taken_away_again(
    open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path
) -> None:
    """A PNG is kept and shown; a text under the name of a picture is refused in words, and the logo stays."""
    sample()
    program = open_program()
    box = settings(program, qtbot).office.logo
    assert box is not None
    good, bad = tmp_path / "logo.png", tmp_path / "bad.png"
    Image.new("RGB", (300, 90), (14, 102, 85)).save(good)
    bad.write_text("no picture")
    assert not box.remove.isVisible()
    box.take(good)
    settle(qtbot, program)
    assert not box.picture.pixmap().isNull()
    assert program.services is not None
    kept = program.services.offices.logo()
    assert kept is not None
    box.take(bad)
    settle(qtbot, program)
    assert box._wrong.isVisible()
    assert program.services.offices.logo() == kept
    box.remove.click()
    settle(qtbot, program)
    assert program.services.offices.logo() is None
    assert not box._wrong.isVisible()
    assert box.picture.text() == program.look.words.text("office.logo.none")


def test_a_mistyped_account_is_told_at_its_box(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Groups and small letters are read; a wrong check digit is not."""
    sample()
    program = open_program()
    page = settings(program, qtbot).office
    assert page.form is not None
    page.form.iban.setText("bh67 bmag 0000 1299 1234 57")
    page.save()
    settle(qtbot, program)
    assert page.form._wrong["iban"][1].text()
    page.form.iban.setText("bh67 bmag 0000 1299 1234 56")
    page.save()
    settle(qtbot, program)
    assert program.window.desk is not None
    assert program.window.desk.office.iban == "BH67BMAG00001299123456"
    again = settings(program, qtbot).office.form
    assert again is not None
    assert again.iban.text() == "BH67 BMAG 0000 1299 1234 56"


def test_j4_the_office_shifts_its_hijri_dates_where_it_sees_what_that_does(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """The day is shown as it would be; saved, the bar, the boxes and the next start go by it, and the journal tells."""
    sample()
    program = open_program()
    page = settings(program, qtbot)
    form = page.office.form
    assert form is not None
    assert form.hijri_shift is not None
    desk = program.window.desk
    assert desk is not None
    ahead = desk.words.shifted(1).day(desk.today())
    assert ahead not in form._example.text()
    form.hijri_shift._say("1")
    assert ahead in form._example.text()
    page.office.save()
    settle(qtbot, program)
    assert program.window.bar.day.text() == ahead
    assert program.window.desk is not None
    assert program.window.desk.words.hijri_shift == program.memory.hijri_shift == 1
    assert program.services is not None
    last = program.services.today.lines(desk.today()).last
    assert last is not None
    assert (last.operation, last.after) == ("offices.set_up", {"hijri_shift": 1})
    program.window.navigation.new_household()
    settle(qtbot, program)
    household = program.window.navigation.household
    assert household is not None
    household.sheet.put("head.name", "سلمان داود")
    household.sheet.put("head.sex", "male")
    household.sheet.put("head.birth_date", "12/06/1400")
    household.save()
    settle(qtbot, program)
    assert household.family is not None
    (head,) = household.family.study.household.members
    assert head.birth_date == read_date("11/06/1400")


def test_the_tabs_are_turned_by_keys(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Ctrl+PgDown goes on, and round; the button that saves is only there where there is something to save."""
    sample()
    program = open_program()
    page = settings(program, qtbot)
    there = [Tab.OFFICE, Tab.GUIDE, Tab.PEOPLE, Tab.WINDOW]
    assert page._tabs == there, "nobody looked as long as there are no accounts"
    page.show_tab(Tab.PEOPLE)
    assert not page._save.isVisible()
    page._turn(1)
    page._turn(1)
    assert page._tabs[page.tabs.currentIndex()] is Tab.OFFICE
    assert page._save.isVisible()
