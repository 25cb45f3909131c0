"""A clerk's whole way through the real window: first page, a family typed, saved, assessed, decided, paid, received."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanad.domain.decision import Verdict
from sanad.domain.listing import RequestView
from sanad.ui.application import Program
from sanad.ui.households.page import HouseholdPage
from sanad.ui.preview import PreviewPage
from sanad.ui.setup.page import SetupPage
from sanad.ui.widgets.inline_form import InlineForm
from tests.ui.conftest import Open, press, settle, type_text


def test_a_clerk_types_a_family_and_hands_it_a_receipt(open_program: Open, qtbot: QtBot) -> None:
    """From the empty first page to the receipt's PDF, by keys and buttons of the real window."""
    program = open_program()
    _set_up(program, qtbot)
    page = _type_family(program, qtbot)
    page.save()
    settle(qtbot, program)
    assert page.sheet.cell("household.file_number") == "1"

    page.show_path()
    _press(page, "request.new", program)
    _record(page, qtbot, program)
    _press(page.path, "request.assess", program)
    settle(qtbot, program)
    _press(page.path, "decision.open", program)
    form = page.path.findChildren(InlineForm)[-1]
    _record(page, qtbot, program)
    assert _texts(form, "problem"), "the number in the minutes is missing, and the form says so"
    type_text("14/3")
    _record(page, qtbot, program)
    _press(page.path, "voucher.open", program)
    _record(page, qtbot, program)
    _press(page.path, "receipt.open", program)
    _record(page, qtbot, program)

    (view,) = _requests(program)
    assert view.decision is not None
    assert view.decision.verdict is Verdict.APPROVE
    (payment,) = view.payments
    assert payment.receipt is not None
    assert payment.receipt.received_by == "حسن علي أحمد"

    _press(page.path, "receipt.print", program)
    settle(qtbot, program)
    preview = program.window.pages.currentWidget()
    assert isinstance(preview, PreviewPage)
    assert preview.document.pageCount() == 1


def _set_up(program: Program, qtbot: QtBot) -> None:
    page = program.window.pages.currentWidget()
    assert isinstance(page, SetupPage)
    assert page.form is not None
    page.form.guide.pick("karzakan-2020")
    page.form.name_ar.setFocus()
    type_text("جمعية الواحة")
    page.form.name_en.setFocus()
    type_text("Oasis Society")
    page.form.phone.setFocus()
    type_text("١٧٣٤ ٠٠٠٠")
    page._record.click()
    settle(qtbot, program)
    assert program.window.desk is not None
    assert program.window.desk.office.name_ar == "جمعية الواحة"


def _type_family(program: Program, qtbot: QtBot) -> HouseholdPage:
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, HouseholdPage)
    type_text("حسن علي أحمد")
    press(Qt.Key.Key_Tab)  # the date of the request is filled in already
    for text in ("", "كرزكان", "3312 4455", "800501234", "ذكر", "٠١/٠٥/١٩٨٠", "متزوج", "موظف", "سائق", "ن", "ن"):
        type_text(text)
        press(Qt.Key.Key_Return)
    page.form.show_page(1)
    table = page.form._page(1).tables[0].view
    for name, relation, born, sex in (
        ("مريم عبدالله", "زوجة", "12/09/1984", "أنثى"),
        ("علي حسن", "ابن", "27/11/2012", "ذكر"),
    ):
        table.edit_cell(table.rows.rowCount() - 1)
        for text in (name, relation, born, sex):
            type_text(text)
            press(Qt.Key.Key_Tab)
    page.form.show_page(4)
    incomes, obligations = page.form._page(4).tables[:2]
    incomes.view.edit_cell(0)
    for text in ("حسن", "راتب", "١٥٠"):
        type_text(text)
        press(Qt.Key.Key_Tab)
    assert obligations.none is not None
    obligations.none.click()
    settle(qtbot, program)
    qtbot.waitUntil(lambda: not page._reading.isActive())
    settle(qtbot, program)
    return page


def _press(where: object, key: str, program: Program) -> None:
    assert program.window.desk is not None
    text = program.window.desk.words.text(key)
    buttons = [each for each in where.findChildren(QPushButton) if text in (each.text(), each.accessibleName())]  # type: ignore[attr-defined] # any widget
    next(each for each in buttons if not each.isHidden()).click()
    QApplication.processEvents()


def _record(page: HouseholdPage, qtbot: QtBot, program: Program) -> None:
    form = next(each for each in reversed(page.path.findChildren(InlineForm)) if not each.isHidden())
    form.record.click()
    settle(qtbot, program)


def _texts(form: InlineForm, role: str) -> list[str]:
    return [each.text() for each in form.findChildren(QLabel) if each.property("role") == role and each.text()]


def _requests(program: Program) -> list[RequestView]:
    assert program.services is not None
    (family,) = program.services.households.search("حسن", 5)
    return program.services.requests.of(family.id)
