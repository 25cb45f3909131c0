"""The guide in the settings: what is in force, what is left to the office, and figures set from a day on."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanad import places
from sanad.bootstrap import build
from sanad.domain.assessment import Outcome
from sanad.domain.household import Household, MaritalStatus, Sex
from sanad.domain.limits import Limits
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.domain.revision import FamilyChange, Given, RevisionPreview
from sanad.domain.text import Text
from sanad.ui.application import Program, today
from sanad.ui.households.list_page import FamiliesTable
from sanad.ui.rail import Place
from sanad.ui.settings.guide_form import GuideForm
from sanad.ui.settings.guide_page import GuidePage
from sanad.ui.settings.guide_preview import Column, _table
from sanad.ui.settings.page import SettingsPage, Tab
from sanad.ui.widgets.frames import Notice
from sanad.ui.widgets.labels import isolated
from tests.builders import a_family, a_household, a_key, a_member, a_study, an_office
from tests.revisions import a_revision
from tests.ui.conftest import Open, close, press, settle, type_text
from tests.ui.people import sign_in
from tests.ui.test_every_screen import Sample

LINE_BOX = "amounts.line_with_provider.value"
APPENDIX = "office_figures.appendix_1.value"


def guide_page(program: Program, qtbot: QtBot) -> GuidePage:
    """The guide in the settings, as one comes to it by the rail and its tab."""
    program.window.navigation.go(Place.SETTINGS)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.show_tab(Tab.GUIDE)
    settle(qtbot, program)
    return page.guide


def form_of(page: GuidePage) -> GuideForm:
    """The questions of the review."""
    assert page.form is not None
    return page.form


def put(form: GuideForm, **texts: str) -> None:
    """Type into boxes; a place in the guide is written with two underlines for a dot."""
    for where, text in texts.items():
        box = form.box_at(where.replace("__", "."))
        assert box is not None
        box.setFocus()
        box.selectAll()  # type: ignore[union-attr] # a line
        type_text(text, box)


def shown(page: GuidePage) -> list[str]:
    """Every word on the page."""
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def test_a_line_is_set_from_a_day_on_and_what_it_changes_is_seen_first(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Typed, looked at family by family, adopted: the same revision as from a file; the window speaks of it at once."""
    sample()
    program = open_program()
    services, desk = program.services, program.window.desk
    assert services is not None
    assert desk is not None
    page = guide_page(program, qtbot)
    form = form_of(page)
    put(form, amounts__line_with_provider__value="٦٨", decision="محضر الجلسة ٣")
    form.record.click()
    settle(qtbot, program)
    preview = page.preview
    assert preview is not None
    assert preview.adopt.hasFocus()
    assert services.policies.revisions() == ()
    put(form, decision="محضر الجلسة ٤")
    assert page.preview is None, "something else is typed than was looked at"
    form.record.click()
    settle(qtbot, program)
    assert page.preview is not None
    page.preview.adopt.click()
    settle(qtbot, program)
    (adopted,) = services.policies.revisions()
    assert (adopted.title.ar, adopted.since) == ("محضر الجلسة ٤", desk.today())
    assert services.policies.get("karzakan-2020").at(desk.today()).figures["line_with_provider"].value == 68
    settings = program.window.pages.currentWidget()
    assert isinstance(settings, SettingsPage)
    assert any("محضر الجلسة ٤" in text for text in shown(settings.guide))
    assert form_of(settings.guide).text_at(LINE_BOX) == "68.000"
    assert program.window.desk is not None
    assert "R-1" in program.window.desk.guide.clauses
    program.window.navigation.go(Place.TODAY)
    settle(qtbot, program)
    last = program.window.desk.words.text("operation.policies.adopt")
    assert any(each.text() == last for each in program.window.findChildren(QLabel))


def test_what_is_corrected_while_it_is_looked_at_is_not_adopted_as_it_was(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Found of the old figure, nothing is offered: neither a preview nor a problem; looked at anew, the new one is."""
    sample()
    program = open_program()
    services, desk = program.services, program.window.desk
    assert services is not None
    assert desk is not None
    page = guide_page(program, qtbot)
    form = form_of(page)
    meanwhile = desk.words.text("guide.typed_meanwhile")
    for first, then in (("68", "69"), ("كثير", "70")):  # a figure that stands its proof, and one that cannot be read
        put(form, decision="محضر الجلسة ٣", amounts__line_with_provider__value=first)
        form.record.click()
        put(form, amounts__line_with_provider__value=then)
        settle(qtbot, program)
        assert page.preview is None
        assert wrong(form) == set()
        assert meanwhile in shown(page)
    form.record.click()
    settle(qtbot, program)
    assert meanwhile not in shown(page)
    assert page.preview is not None
    page.preview.adopt.click()
    settle(qtbot, program)
    assert services.policies.get("karzakan-2020").at(desk.today()).figures["line_with_provider"].value == 70


def test_what_is_looked_at_from_within_a_box_stays_though_the_box_is_left(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Ctrl+Enter in the box of an amount: that it is written out in full as the cursor leaves it changes nothing."""
    sample()
    program = open_program()
    page = guide_page(program, qtbot)
    form = form_of(page)
    put(form, decision="محضر الجلسة ٣", amounts__line_with_provider__value="68")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, program)
    assert page.preview is not None
    assert page.preview.adopt.hasFocus()
    assert form.text_at(LINE_BOX) == "68.000"


@pytest.mark.parametrize("language", Language)
def test_the_boxes_say_of_which_day_their_figures_are(
    language: Language, open_program: Open, sample: Sample, tmp_path: Path, qtbot: QtBot
) -> None:
    """Those of today; once a revision of a coming day was adopted, those of that day, which are not in force yet."""
    sample(language)
    program = open_program()
    page = guide_page(program, qtbot)
    assert any(f"{today():%d/%m/%Y}" in text for text in hints(page))
    assert not any("01/01/2099" in text for text in hints(page))
    close(program)
    with build(tmp_path / "data") as services:
        services.policies.adopt(a_revision(since="2099-01-01"), key=a_key())
    page = guide_page(open_program(), qtbot)
    assert form_of(page).text_at(LINE_BOX) == "67.000"
    assert any("01/01/2099" in text for text in hints(page))
    assert not any(f"{today():%d/%m/%Y}" in text for text in hints(page))


def hints(page: GuidePage) -> list[str]:
    """What is said beside the figures, in small letters."""
    return [each.text() for each in page.findChildren(QLabel) if each.property("role") == "hint"]


def test_a_shared_screen_shows_whom_it_changes_by_initials(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The table that stands there already is drawn anew, in its column of names."""
    sample()
    program = open_program()
    page = guide_page(program, qtbot)
    form = form_of(page)
    put(form, amounts__line_with_provider__value="75", decision="محضر الجلسة ٣")
    form.record.click()
    settle(qtbot, program)
    (table,) = page.findChildren(FamiliesTable)
    name = table.model().index(0, Column.NAME)
    assert len(str(name.data()).split()[0]) > 2
    with qtbot.waitSignal(table.model().dataChanged, timeout=1000) as drawn:
        program.screen.turn()
    first, last, _roles = drawn.args
    assert first == name
    assert (last.row(), last.column()) == (table.model().rowCount() - 1, Column.NAME)
    assert all(word.endswith(".") for word in str(name.data()).split())


@pytest.mark.parametrize(
    ("alike", "said"),
    [
        (1, "تتغير مساعدة أسرة واحدة من أسرتين، والفرق في المجموع \u2068\u2066+20.000\u2069 د.ب\u2069."),
        (2, "تتغير مساعدة أسرتين من 3 أسر، والفرق في المجموع \u2068\u2066+40.000\u2069 د.ب\u2069."),
        (3, "تتغير مساعدة 3 من 4 أسر، والفرق في المجموع \u2068\u2066+60.000\u2069 د.ب\u2069."),
        (0, "لا تتغير أي مساعدة، وقد نُظر في أسرة واحدة."),
    ],
)
def test_the_families_that_change_are_counted_not_their_aids(
    alike: int, said: str, open_program: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    """One of which two aids change is one, of as many as were looked at, in the forms of the language."""
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office())
        a_family(services, a_study(a_household(head="دونه", salary="100.000")))
        for _each in range(alike):
            family = a_family(services, a_study(a_household(head="على الخط", salary="335.000")))
            services.requests.receive(family.id, "seasonal", today(), key=a_key())
    program = open_program()
    page = guide_page(program, qtbot)
    form = form_of(page)
    put(form, amounts__line_with_provider__value="67", decision="محضر الجلسة ٣")
    form.record.click()
    settle(qtbot, program)
    assert page.preview is not None
    assert f"في {isolated(f'{today():%d/%m/%Y}')} {said}" in shown(page)


def test_of_many_families_every_amount_has_room_though_few_are_measured(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """The columns are made once, by their longest texts: also for the one that stands far below what is seen."""
    sample()
    program = open_program()
    desk = program.window.desk
    assert desk is not None
    given = [Given(Outcome.ELIGIBLE, Money(minor), None) for minor in (30_000, 40_000, 99_999_999_000)]
    few, more, most = given
    usual = FamilyChange("a", "7", "سلمان داود", "monthly", few, more)
    longest = FamilyChange("b", "1234567890123456", "حسن علي", "monthly", most, few)
    changes = (*[usual] * 1500, longest, *[usual] * 100)
    preview = RevisionPreview(Text("م", "m"), today(), today(), len(changes), changes, 1, ())
    table = _table(desk, preview)
    qtbot.addWidget(table)
    header = table.horizontalHeader()
    header.setResizeContentsPrecision(-1)
    for each in set(Column) - {Column.NAME}:
        assert header.sectionResizeMode(each) is not QHeaderView.ResizeMode.ResizeToContents
        assert table.columnWidth(each) >= table.sizeHintForColumn(each) > 0
    assert table.columnWidth(Column.BEFORE) > table.columnWidth(Column.AFTER)


def test_every_problem_stands_at_its_value(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """All at once: no day, no decision, no amount, a floor that no bracket pays."""
    sample()
    program = open_program()
    page = guide_page(program, qtbot)
    form = form_of(page)
    put(form, amounts__rent_cap__value="كثير")
    day = form.box_at("from")
    assert day is not None
    day.show_text("31/02/2027")
    form.record.click()
    settle(qtbot, program)
    assert wrong(form) == {"from", "decision", "amounts.rent_cap.value"}
    assert page.preview is None
    day.show_text("2027-01-01")
    for floor, place in (("25", "scales.by_need.brackets[0].pay"), ("15", "amounts.monthly_floor.value")):
        put(form, decision="محضر", amounts__rent_cap__value="150", amounts__monthly_floor__value=floor)
        form.record.click()
        settle(qtbot, program)
        assert wrong(form) == {place}
        assert form.record.isEnabled()


def wrong(form: GuideForm) -> set[str]:
    """The places at which a problem is said."""
    return {where for where, (_box, told, _cell) in form._boxes.items() if told.text()}


def test_a_missing_figure_of_the_office_leads_to_its_box(open_program: Open, tmp_path: Path, qtbot: QtBot) -> None:
    """An office of Kuwait without appendix 1: from the pane of a family to the pension of one, set and computed by."""
    with build(tmp_path / "data") as services:
        guide = services.policies.get("balad-alkhair-2021")
        services.offices.set_up(an_office(policy=guide.id, currency=guide.currency))
        widow = a_member(name="مريم", sex=Sex.FEMALE, lives_with_family=True, marital_status=MaritalStatus.WIDOWED)
        home = Household(members=(widow,), incomes=(), obligations=(), wealth=Money(0))
        family = a_family(services, a_study(home)).id
        facts = {"muslim": True, "prophets_house": False, "remarried": False, "no_supporter": True}
        saying = {"category": "widow", "grade": 1, "facts": facts}
        services.requests.receive(family, "monthly", today(), saying=saying, key=a_key())
    program = open_program()
    program.window.navigation.open_household(family)
    settle(qtbot, program)
    household = program.window.navigation.household
    assert household is not None
    name = guide.fact_labels["appendix_1"].ar
    next(each for each in household.pane.findChildren(QPushButton) if each.accessibleName() == name).click()
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    form = form_of(page.guide)
    assert program.window.desk is not None
    assert program.window.desk.words.text("guide.unset") in shown(page.guide)
    first = form.box_at(f"{APPENDIX}.pension.1")
    assert first is not None
    assert QApplication.focusWidget() is first
    assert not first.visibleRegion().isEmpty(), "it is scrolled to"
    type_text("٢٥٠")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.box_at(f"{APPENDIX}.pension.2")
    wealth = form.box_at(f"{APPENDIX}.wealth_limit")
    assert wealth is not None
    wealth.show_text("3000")
    put(form, decision="قرار اللجنة 5")
    form.record.click()
    settle(qtbot, program)
    assert page.guide.preview is not None
    page.guide.preview.adopt.click()
    settle(qtbot, program)
    assert program.services is not None
    policy = program.services.policies.get("balad-alkhair-2021")
    assert policy.at(today()).office["appendix_1"] == Limits(pension={1: Money(250_000)}, wealth_limit=Money(3_000_000))


def test_whoever_may_not_set_it_up_sees_what_is_in_force(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """A clerk reads the guide and who may change it, and is asked for nothing."""
    program = open_program()
    sign_in(program, qtbot, "ali")
    page = guide_page(program, qtbot)
    assert page.form is None
    assert program.window.desk is not None
    assert any(program.window.desk.words.choice("role", "manager") in text for text in shown(page))
    assert any("02/07/2019" in text for text in shown(page))


def test_g9_an_edited_guide_of_the_office_is_adopted_again_by_its_button(
    open_program: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    """The page says that the files count for nothing; the button proves them and has them count."""
    pack = tmp_path / "data/policies/jasra"
    shutil.copytree(places.policies() / "karzakan-2020", pack)
    file = pack / "policy.toml"
    file.write_text(file.read_text("utf-8").replace('"karzakan-2020"', '"jasra"', 1), "utf-8")
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office(policy="jasra"))
    edited = file.read_text("utf-8").replace('"Aid guide, Karzakan 2020"', '"Guide of Jasra"')
    file.write_text(edited, "utf-8")
    program = open_program()
    page = guide_page(program, qtbot)
    assert program.window.desk is not None
    assert program.services is not None
    title = program.window.desk.words.text("guide.adopt_again")
    (notice,) = page.findChildren(Notice)
    next(each for each in notice.findChildren(QPushButton) if each.text() == title).click()
    settle(qtbot, program)
    assert program.services.policies.get("jasra").title.en == "Guide of Jasra"
    settings = program.window.pages.currentWidget()
    assert isinstance(settings, SettingsPage)
    assert settings.guide.findChildren(Notice) == []
