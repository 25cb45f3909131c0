"""The window as a whole: papers before they are printed, settings that turn it round, errors that lose nothing."""

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanad.domain.office import Digits, Language
from sanad.ui.application import Program
from sanad.ui.preview import PreviewPage
from sanad.ui.rail import Place
from sanad.ui.settings.page import SettingsPage, Tab
from sanad.ui.widgets.frames import Notice
from tests.ui.conftest import BROKE, Open, press, settle

Sample = Callable[..., None]


def _preview(program: Program, qtbot: QtBot) -> PreviewPage:
    assert program.services is not None
    family = program.services.households.search("حسن علي أحمد", 1)[0]
    program.window.navigation.open_household(family.id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.print_file()
    settle(qtbot, program)
    shown = program.window.pages.currentWidget()
    assert isinstance(shown, PreviewPage)
    return shown


def test_the_preview_is_the_paper_itself(open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path) -> None:
    """What is shown, saved and sent to the printer is one PDF; Esc goes back to the file."""
    sample()
    program = open_program()
    shown = _preview(program, qtbot)
    shown.save_to(tmp_path / "paper.pdf")
    settle(qtbot, program)
    saved = PdfReader(tmp_path / "paper.pdf")
    assert len(saved.pages) == shown.document.pageCount() >= 8
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    shown.print_on(printer)
    qtbot.waitUntil(shown.send.isEnabled, timeout=20_000)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == len(saved.pages)
    shown.left.emit()
    assert program.window.pages.currentWidget() is program.window.navigation.household


def test_what_is_typed_can_be_printed_before_it_is_saved(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """The paper carries what stands in the boxes; nothing was written."""
    sample()
    program = open_program()
    assert program.services is not None
    family = program.services.households.search("حسن علي أحمد", 1)[0]
    program.window.navigation.open_household(family.id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("household.resident_of", "المالكية")
    page.print_file()
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), PreviewPage)
    assert program.services.households.open(family.id).version == 1


def test_the_settings_turn_the_whole_window(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Another language and other digits: direction, words and figures follow at once."""
    sample()
    program = open_program()
    assert QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    program.window.navigation.go(Place.SETTINGS)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    form = page.office.form
    assert form is not None
    form.language.pick(Language.ENGLISH)
    form.digits.pick(Digits.ARABIC)
    page.office.save()
    settle(qtbot, program)
    assert QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert program.window.rail.button(Place.TODAY).text() == "Today"
    assert program.window.desk is not None
    assert program.window.desk.words.number(12) == "١٢"


def test_the_dark_look_is_remembered_by_the_computer(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """One press, and the next start is dark as well."""
    sample()
    program = open_program()
    program.window.navigation.go(Place.SETTINGS)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.show_tab(Tab.WINDOW)
    page.look.look.setFocus()
    press(Qt.Key.Key_Space)
    settle(qtbot, program)
    assert program.memory.dark
    assert program.window.desk is not None
    assert program.window.desk.theme.dark


def test_an_error_of_ours_is_told_and_loses_nothing(
    open_program: Open, sample: Sample, qtbot: QtBot, tmp_path: Path
) -> None:
    """A number to report, no name in what is kept, and the typed text where it was."""
    sample()
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("head.name", "حسن علي أحمد")
    BROKE(program, ValueError("حسن علي أحمد"))
    (report,) = (tmp_path / "data" / "logs").iterdir()
    number = report.stem.removeprefix("report-")
    assert any(number in notice.text for notice in program.window.findChildren(Notice))
    assert "حسن" not in report.read_text("utf-8")
    assert page.sheet.cell("head.name") == "حسن علي أحمد"


def test_the_day_is_told_anew_after_midnight(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """A window left open overnight knows the day when somebody comes back to it."""
    sample()
    program = open_program()
    program.window.bar.day.setText("")
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.ActivationChange))
    assert program.window.desk is not None
    assert program.window.bar.day.text() == program.window.desk.words.day(program.window.desk.today())
