"""What a family's page says once the guide, its file or its request is another than when it was assessed."""

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanad.services import Services
from sanad.ui.households.page import HouseholdPage
from sanad.ui.widgets.inline_form import InlineForm
from tests.builders import a_family, a_household, a_key, a_study
from tests.revisions import BRACKETS, a_revision
from tests.ui.conftest import Open, settle
from tests.ui.test_every_screen import Sample


def an_assessed_family(services: Services, day: date) -> str:
    """A registered family whose request for monthly aid was assessed and waits for the board."""
    family = a_family(services, a_study(a_household(head="سلمان جاسم يوسف"))).id
    request = services.requests.receive(family, "monthly", day, key=a_key()).value
    services.assessments.assess(request.id, day, key=a_key())
    return family


def said(page: HouseholdPage, role: str) -> list[str]:
    """The texts of a role that the way of the requests shows."""
    labels = page.path.findChildren(QLabel)
    return [each.text() for each in labels if each.property("role") == role and each.isVisible()]


def open_form(page: HouseholdPage, title: str) -> InlineForm:
    """The questions behind the button with that title."""
    next(each for each in page.path.findChildren(QPushButton) if each.text() == title).click()
    return page.path.findChildren(InlineForm)[-1]


def test_g4_the_page_says_by_which_edition_and_that_the_guide_has_changed(
    open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """The chip names the guide, not the family's file; the board's form does not offer the old amount any more."""
    sample()
    program = open_program()
    services, desk = program.services, program.window.desk
    assert services is not None
    assert desk is not None
    family = an_assessed_family(services, desk.today())
    choice = desk.words.choice

    program.window.navigation.open_household(family)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.show_path()
    settle(qtbot, program)
    assert open_form(page, desk.words.text("decision.open")).text_at("grant.amount") == "30.000"
    assert any("02/07/2019" in line for line in said(page, "hint"))
    assert any("02/07/2019" in each.text() for each in page.pane.findChildren(QLabel))
    services.policies.adopt(a_revision(BRACKETS, since=desk.today().isoformat()), key=a_key())
    page.path.reload()
    settle(qtbot, program)
    assert choice("outdated", "guide") in said(page, "chip")
    assert choice("outdated", "family") not in said(page, "chip")
    form = open_form(page, desk.words.text("decision.open"))
    assert form.text_at("grant.amount") == ""
    assert any("30.000" in each.text() for each in form.findChildren(QLabel))
