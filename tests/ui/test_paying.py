"""Money is handed out in the real window: each press once, every month that a grant still owes, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.decision import Grant, Verdict
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.domain.payment import Method
from sanad.services import Services
from sanad.ui.application import Program, today
from sanad.ui.fields.choice import ChoiceBox
from sanad.ui.households.page import HouseholdPage
from sanad.ui.households.steps import MONTHS_AHEAD, month_after
from sanad.ui.widgets.inline_form import InlineForm
from tests.builders import a_family, a_key, an_office
from tests.ui.conftest import Open, settle, type_text

THIS = f"{today():%Y-%m}"
OFTEN = 20


def open_path(program: Program, qtbot: QtBot) -> HouseholdPage:
    """The way of the requests of the only family."""
    assert program.services is not None
    (row,) = program.services.households.search("", 5)
    program.window.navigation.open_household(row.id)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, HouseholdPage)
    page.show_path()
    settle(qtbot, program)
    return page


def click(page: HouseholdPage, key: str, program: Program, qtbot: QtBot, times: int = 1) -> None:
    """Press the button that says this, so often before the program could answer."""
    text = page.form._desk.words.text(key)
    found = [each for each in page.path.findChildren(QPushButton) if each.text() == text and each.isVisible()]
    for _ in range(times):
        found[0].click()
    settle(qtbot, program)


def open_form(page: HouseholdPage) -> InlineForm:
    """The questions that are open."""
    (form,) = (form for form in page.path.findChildren(InlineForm) if form.isVisible())
    return form


def record(page: HouseholdPage, program: Program, qtbot: QtBot, times: int = 1) -> None:
    """Press the button of the open questions, so often before the program could answer."""
    button = open_form(page).record
    for _ in range(times):
        button.click()
    settle(qtbot, program)


def granted(services: Services, months_ago: int, last: str | None = None) -> str:
    """A family whose grant began so many months ago, and the id of the decision."""
    family = a_family(services)
    begun = month_after(THIS, -months_ago)
    day = today().replace(year=int(begun[:4]), month=int(begun[5:]), day=1)
    request = services.requests.receive(family.id, "monthly", day, key=a_key()).value
    services.assessments.assess(request.id, day, key=a_key())
    grant = Grant(Money(30_000), begun, last)
    return services.decisions.decide(request.id, Verdict.APPROVE, day, "14/3", grant, "قرار", key=a_key()).value.id


def offered(page: HouseholdPage) -> list[str]:
    """The months that may be paid."""
    box = open_form(page).box_at("month")
    assert isinstance(box, ChoiceBox)
    return [month for month, _name in box._options()]


@pytest.fixture
def office(tmp_path: Path) -> Callable[[], Services]:
    """The services on the folder that the window will open."""

    def opened() -> Services:
        return build(tmp_path / "data")

    with opened() as services:
        services.offices.set_up(an_office())
    return opened


def test_f1_every_step_that_is_pressed_twenty_times_is_done_once(
    open_program: Open, office: Callable[[], Services], qtbot: QtBot
) -> None:
    """From the request to the receipt: one of each, whatever the impatience at the mouse."""
    with office() as services:
        a_family(services)
    program = open_program()
    page = open_path(program, qtbot)
    click(page, "request.new", program, qtbot)
    record(page, program, qtbot, OFTEN)
    click(page, "request.assess", program, qtbot, OFTEN)
    click(page, "decision.open", program, qtbot)
    sitting = open_form(page).box_at("sitting")
    type_text("14/3", sitting)
    record(page, program, qtbot, OFTEN)
    click(page, "voucher.open", program, qtbot)
    record(page, program, qtbot, OFTEN)
    click(page, "receipt.open", program, qtbot)
    record(page, program, qtbot, OFTEN)
    assert program.services is not None
    (row,) = program.services.households.search("", 5)
    (view,) = program.services.requests.of(row.id)
    assert len(view.decisions) == 1
    (payment,) = view.payments
    assert payment.receipt is not None
    assert (payment.voucher.number[5:], payment.receipt.number[5:]) == ("000001", "000001")
    told = [line.operation for line in program.services.households.history(row.id)]
    assert sorted(told) == sorted(
        [
            "decisions.decide",
            "households.register",
            "assessments.assess",
            "payments.issue",
            "payments.receive",
            "requests.receive",
        ]
    )
    assert [line for line in program.services.health.checks() if not line.ok] == []


def test_a_grant_of_three_years_ago_is_still_paid(
    open_program: Open, office: Callable[[], Services], qtbot: QtBot
) -> None:
    """It has no end: this month is offered first, then what it still owes of the past, then the months to come."""
    with office() as services:
        decision = granted(services, 36)
        for ago in range(36, 2, -1):
            month = month_after(THIS, -ago)
            services.payments.issue(decision, month, "حسن", Method.CASH, today(), key=a_key())
    program = open_program()
    assert program.services is not None
    assert program.services.today.lines(today()).to_pay.count == 1
    page = open_path(program, qtbot)
    click(page, "voucher.open", program, qtbot)
    owed = [month_after(THIS, -2), month_after(THIS, -1)]
    assert offered(page) == [THIS, *owed, *(month_after(THIS, step) for step in range(1, MONTHS_AHEAD))]
    record(page, program, qtbot)
    (row,) = program.services.households.search("", 5)
    (view,) = program.services.requests.of(row.id)
    assert view.paid_by(THIS) is not None
    assert program.services.today.lines(today()).to_pay.count == 0
    click(page, "voucher.open", program, qtbot)
    assert offered(page)[:3] == [*owed, month_after(THIS, 1)]


@pytest.mark.parametrize("language", Language)
def test_a_grant_that_ended_is_paid_for_what_it_still_owes_and_no_further(
    language: Language, open_program: Open, office: Callable[[], Services], qtbot: QtBot
) -> None:
    """Three years ago, for three months; when all are paid there is nothing left to press."""
    with office() as services:
        services.offices.set_up(an_office(language=language))
        decision = granted(services, 36, month_after(THIS, -34))
        services.payments.issue(decision, month_after(THIS, -35), "حسن", Method.CASH, today(), key=a_key())
    program = open_program()
    page = open_path(program, qtbot)
    for owed in ([month_after(THIS, -36), month_after(THIS, -34)], [month_after(THIS, -34)]):
        click(page, "voucher.open", program, qtbot)
        assert offered(page) == owed
        record(page, program, qtbot)
    text = page.form._desk.words.text("voucher.open")
    assert [each for each in page.path.findChildren(QPushButton) if each.text() == text and each.isVisible()] == []
