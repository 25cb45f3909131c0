"""The request form of the real window: what the guide asks, typed by keys, from the register to the receipt."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.assessment import Outcome
from sanad.domain.case import CaseStudy
from sanad.domain.household import Household, Relation, Sex
from sanad.domain.listing import Family, RequestView
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.domain.request import RequestState
from sanad.ui.application import Program
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.households.page import HouseholdPage
from sanad.ui.households.request_form import RequestForm
from sanad.ui.widgets.inline_form import InlineForm
from tests.builders import a_member, an_office
from tests.ui.conftest import Open, press, settle, type_text

STUDENT = {
    "facts.muslim": "ن",
    "facts.prophets_house": "ل",
    "facts.enrolled": "ن",
    "facts.income_insufficient": "ن",
    "facts.fees_due": "ن",
    "facts.fees_covered": "ل",
    "facts.stage": "ابتدائي",
    "facts.fees": "٣٠٠",
    "facts.fees_paid_by_others": "50",
}


def a_family_of(folder: Path, policy: str, language: Language = Language.ARABIC) -> Family:
    """A woman with a boy at school, in an office that follows a guide."""
    household = Household(
        members=(
            a_member(1, sex=Sex.FEMALE, name="نورة سالم", birth_date=date(1976, 4, 1), lives_with_family=True),
            a_member(2, Relation.SON, name="فهد", birth_date=date(2014, 4, 1), lives_with_family=True),
        ),
        incomes=(),
        obligations=(),
        wealth=Money(0),
    )
    with build(folder) as services:
        currency = services.policies.get(policy).currency
        services.offices.set_up(an_office(policy=policy, currency=currency, language=language))
        study = CaseStudy(household=household, registered=True, monthly_registered=True)
        return services.households.register(study, key="family").value


def page_of(program: Program, qtbot: QtBot, family: Family) -> HouseholdPage:
    """The family's page, at the way of its requests."""
    program.window.navigation.open_household(family.id)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, HouseholdPage)
    page.show_path()
    settle(qtbot, program)
    return page


def form_of(page: HouseholdPage) -> RequestForm:
    """The request form that is open."""
    (form,) = (form for form in page.path.findChildren(RequestForm) if form.isVisible())
    return form


def type_answers(form: RequestForm, answers: dict[str, str], program: Program, qtbot: QtBot) -> None:
    """Type into each box, as soon as it is asked."""
    for where, text in answers.items():
        box = form.box_at(where)
        assert box is not None, f"{where} is not asked"
        box.setFocus(Qt.FocusReason.TabFocusReason)
        type_text(text, box)
        if not isinstance(box, YesNoBox):
            press(Qt.Key.Key_Return)
        qtbot.wait(200)
        settle(qtbot, program)


def pressed(page: HouseholdPage, key: str, program: Program, qtbot: QtBot) -> None:
    """Press the one button that says this and can be pressed."""
    text = page.form._desk.words.text(key)
    found = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible() and b.isEnabled()]
    assert found, f"no button {key}"
    found[0].click()
    qtbot.wait(50)
    settle(qtbot, program)


def recorded(page: HouseholdPage, program: Program, qtbot: QtBot) -> None:
    """Press the button of the open questions."""
    form = next(form for form in page.path.findChildren(InlineForm) if form.isVisible())
    form.record.click()
    settle(qtbot, program)


def the_request(program: Program) -> RequestView:
    """The only request of the only family."""
    assert program.services is not None
    (row,) = program.services.households.search("")
    (view,) = program.services.requests.of(row.id)
    return view


def paid(page: HouseholdPage, program: Program, qtbot: QtBot, amount: str = "") -> None:
    """Decide, pay and hand over what is assessed."""
    pressed(page, "decision.open", program, qtbot)
    form = next(form for form in page.path.findChildren(InlineForm) if form.isVisible())
    for where, text in {"sitting": "14/3", "grant.amount": amount}.items():
        if text and (box := form.box_at(where)) is not None:
            box.setFocus(Qt.FocusReason.TabFocusReason)
            type_text(text, box)
    recorded(page, program, qtbot)
    for step in ("voucher.open", "receipt.open"):
        pressed(page, step, program, qtbot)
        recorded(page, program, qtbot)
    (payment,) = the_request(program).payments
    assert payment.receipt is not None


def test_tuition_under_the_kuwaiti_guide(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """The boxes of a student appear; the missing grade is led to from the pane; the fees less others' are paid."""
    family = a_family_of(tmp_path / "data", "balad-alkhair-2021")
    program = open_program()
    page = page_of(program, qtbot, family)
    pressed(page, "request.new", program, qtbot)
    form = form_of(page)
    assert form.box_at("facts.remarried") is None
    type_answers(form, {"aid": "رسوم"}, program, qtbot)
    assert form.box_at("facts.enrolled") is not None
    type_answers(form, STUDENT, program, qtbot)
    recorded(page, program, qtbot)
    assert the_request(program).request.particulars.facts["fees"] == Money(300_000)
    page.pane._choose("tuition")
    settle(qtbot, program)
    page.pane.wanted.emit("grade")
    qtbot.wait(200)
    settle(qtbot, program)
    form = form_of(page)
    grade = form.box_at("grade")
    assert grade is not None
    assert grade.hasFocus()
    assert form.text_at("facts.fees") == "300.000"
    type_answers(form, {"grade": program.window.desk.said(program.window.desk.guide.choices["grade"]["2"])}, program, qtbot)  # type: ignore[union-attr]
    recorded(page, program, qtbot)
    pressed(page, "request.assess", program, qtbot)
    view = the_request(program)
    assert view.assessed is not None
    assert (view.assessed.assessment.outcome, view.assessed.assessment.amount) == (Outcome.ELIGIBLE, Money(250_000))
    paid(page, program, qtbot)
