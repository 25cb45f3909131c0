"""The request form of the real window: what the guide asks, typed by keys, from the register to the receipt."""

from datetime import date
from pathlib import Path

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
from sanad.ui.application import Program, today
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


def word(page: HouseholdPage, where: str, slug: str) -> str:
    """The word of the guide for one of its choices."""
    desk = page.form._desk
    return desk.said(desk.guide.choices[where][slug])


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
    reason = "بقرار المجموعة" if amount else ""
    for where, text in {"sitting": "14/3", "grant.amount": amount, "reason": reason}.items():
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
    type_answers(form, {"grade": word(page, "grade", "2")}, program, qtbot)
    recorded(page, program, qtbot)
    pressed(page, "request.assess", program, qtbot)
    view = the_request(program)
    assert view.assessed is not None
    assert (view.assessed.assessment.outcome, view.assessed.assessment.amount) == (Outcome.ELIGIBLE, Money(250_000))
    paid(page, program, qtbot)


def test_support_under_the_kansas_guide(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """In English: the condition and three facts are asked, debts only for money; the group decides, and it is paid."""
    family = a_family_of(tmp_path / "data", "kcmuslims", Language.ENGLISH)
    program = open_program()
    page = page_of(program, qtbot, family)
    pressed(page, "request.new", program, qtbot)
    form = form_of(page)
    type_answers(form, {"aid": "Moral"}, program, qtbot)
    assert form.box_at("facts.debt_payment") is None
    assert form.box_at("grade") is None
    type_answers(form, {"aid": "Financial"}, program, qtbot)
    answers = {"category": "Widow", "facts.resident": "y", "facts.condition_met": "y", "facts.debt_payment": "n"}
    type_answers(form, answers, program, qtbot)
    assert page.pane.aid == "financial"
    recorded(page, program, qtbot)
    pressed(page, "request.assess", program, qtbot)
    view = the_request(program)
    assert view.assessed is not None
    assert view.assessed.assessment.outcome is Outcome.NEEDS_BOARD
    paid(page, program, qtbot, amount="250")


def test_a_karzakan_aid_that_needs_a_fact(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """What is missing leads to a new request, at its box; with the facts typed the amount is due, and is paid."""
    family = a_family_of(tmp_path / "data", "karzakan-2020")
    program = open_program()
    page = page_of(program, qtbot, family)
    page.pane._choose("fertility")
    settle(qtbot, program)
    page.pane.wanted.emit("years_waiting")
    qtbot.wait(200)
    settle(qtbot, program)
    form = form_of(page)
    box = form.box_at("facts.years_waiting")
    assert box is not None
    assert box.hasFocus()
    answers = {"facts.years_waiting": "٦", "facts.documents": "ن", "facts.repeat_request": "ل", "asked": "100"}
    type_answers(form, answers, program, qtbot)
    recorded(page, program, qtbot)
    pressed(page, "request.assess", program, qtbot)
    view = the_request(program)
    assert view.assessed is not None
    assert view.assessed.assessment.missing == ()
    assert view.assessed.assessment.outcome is Outcome.ELIGIBLE
    paid(page, program, qtbot)


def test_wrong_answers_are_said_at_their_boxes(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """All at once, each under its own box; what was typed stays, and nothing is recorded."""
    family = a_family_of(tmp_path / "data", "balad-alkhair-2021")
    program = open_program()
    page = page_of(program, qtbot, family)
    pressed(page, "request.new", program, qtbot)
    form = form_of(page)
    wrong = {"aid": "رسوم", "facts.stage": "برج", "facts.fees": "كثير", "facts.fees_paid_by_others": "١٢x"}
    type_answers(form, wrong, program, qtbot)
    recorded(page, program, qtbot)
    assert form.isVisible()
    for where in ("facts.stage", "facts.fees", "facts.fees_paid_by_others"):
        _box, told, _cell = form._boxes[where]
        assert told.text(), where
    assert program.services is not None
    assert program.services.requests.of(family.id) == []


def test_a_waiver_and_whatever_else_was_said_come_back_when_it_is_corrected(
    open_program: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """A ban, a kind of work, an amount, a date, an applicant, a waiver: shown as they were said, and kept."""
    family = a_family_of(tmp_path / "data", "balad-alkhair-2021")
    saying = {
        "category": "widow", "grade": 1, "fund": "khayrat", "applicant": 1,
        "waivers": [{"clause": "B-5-2", "by": "اللجنة", "reason": "ضرورة"}],
        "facts": {
            "barred_until": "for_good", "zakat_work": "guard", "going_wage": "90", "converted_on": "2026-01-02",
            "ransom": True, "remarried": True, "university_field": "الطب",
        },
    }  # fmt: skip
    with build(tmp_path / "data") as services:
        said = services.requests.receive(family.id, "cash", today(), saying=saying, key="r").value.particulars
    program = open_program()
    page = page_of(program, qtbot, family)
    for _ in range(2):
        pressed(page, "request.correct", program, qtbot)
        qtbot.wait(200)
        settle(qtbot, program)
        assert form_of(page).text_at("waivers[0].clause") == "B-5-2"
        recorded(page, program, qtbot)
        assert the_request(program).request.particulars == said
    pressed(page, "request.correct", program, qtbot)
    qtbot.wait(200)
    settle(qtbot, program)
    box = form_of(page).box_at("facts.remarried")
    assert box is not None
    box.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Delete)
    recorded(page, program, qtbot)
    assert "remarried" not in the_request(program).request.particulars.facts
