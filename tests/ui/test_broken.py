"""What breaks is ours, whatever was pressed: it is told, nothing typed is lost, nothing half done, and one goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.store.journal import Journal
from sanad.ui.application import Program
from sanad.ui.households.page import HouseholdPage
from sanad.ui.widgets.frames import Notice
from sanad.ui.widgets.inline_form import InlineForm
from tests.builders import TODAY, a_family, a_study, an_office
from tests.ui.conftest import BROKE, Open, settle

NAMED = "حسن علي أحمد 800512345 30.000"


class Desk:
    """The window with a family's file that is being corrected, and hands that press."""

    def __init__(self, program: Program, qtbot: QtBot, patch: pytest.MonkeyPatch, logs: Path) -> None:
        self.program, self.qtbot, self.logs = program, qtbot, logs
        self._patch = patch
        assert program.services is not None
        program.window.navigation.open_household(program.services.households.search("حسن", 1)[0].id)
        self.settle()
        page = program.window.navigation.household
        assert page is not None
        page.sheet.put("household.resident_of", "المالكية")
        self.page: HouseholdPage = page

    def settle(self) -> None:
        """Wait until everything is answered."""
        settle(self.qtbot, self.program)

    def button(self, key: str, where: QWidget | None = None) -> QPushButton:
        """The button that says so and can be seen."""
        assert self.program.window.desk is not None
        text = self.program.window.desk.words.text(key)
        buttons = (where or self.page).findChildren(QPushButton)
        return next(each for each in buttons if text in (each.text(), each.accessibleName()) and not each.isHidden())

    def form(self) -> InlineForm:
        """The question of the moment."""
        return next(each for each in reversed(self.page.path.findChildren(InlineForm)) if not each.isHidden())

    def reports(self) -> list[Path]:
        """What was kept of errors."""
        return sorted(self.logs.glob("report-*.txt"))

    def breaks(self, act: Callable[[], object]) -> None:
        """Do it while the last step of every act fails: told with its number, without a name, and nothing is kept."""
        before, known = self.kept(), self.reports()
        with self._patch.context() as broken:
            broken.setattr(Journal, "add", _fail)
            act()
            self.settle()
        (report,) = set(self.reports()) - set(known)
        number = report.stem.removeprefix("report-")
        assert any(number in notice.text for notice in self.program.window.findChildren(Notice))
        assert not {"حسن", "800512345", "30.000"} & set(report.read_text("utf-8").split())
        assert self.kept() == before

    def kept(self) -> tuple[object, ...]:
        """Everything that the file holds of acts."""
        assert self.program.services is not None
        rows = self.program.services.households.search("", 100)
        return tuple((row.id, self.program.services.requests.of(row.id)) for row in rows)


def _fail(*_: object, **__: object) -> None:
    raise ValueError(NAMED)


def test_a9_an_error_at_the_end_of_any_act_loses_nothing(
    open_program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved, received, assessed, decided, paid, taken, void: each fails once, and the same press then does it."""
    monkeypatch.setattr(Program, "_broke", BROKE)
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office())
        a_family(services, a_study(request_date=TODAY))
    desk = Desk(open_program(), qtbot, monkeypatch, tmp_path / "data" / "logs")
    page = desk.page
    desk.breaks(page.head.save.click)
    assert page.sheet.cell("household.resident_of") == "المالكية"
    assert page.head.save.isEnabled()
    page.head.save.click()
    desk.settle()
    assert page.family is not None
    assert page.family.version == 2
    page.show_path()
    for opens, answer in (
        ("request.new", ""),
        ("request.assess", None),
        ("decision.open", "14/3"),
        ("voucher.open", ""),
        ("receipt.open", ""),
        ("voucher.void", "خطأ"),
    ):
        if answer is None:
            desk.breaks(desk.button(opens).click)
            desk.button(opens).click()
            desk.settle()
            continue
        desk.button(opens).click()
        desk.settle()
        form = desk.form()
        if answer:
            next(box for where, (box, _, _) in form._boxes.items() if where in ("sitting", "reason")).show_text(answer)
        before = {where: box.text() for where, (box, _, _) in form._boxes.items()}
        desk.breaks(form.record.click)
        assert desk.form() is form
        assert {where: box.text() for where, (box, _, _) in form._boxes.items()} == before
        assert form.record.isEnabled()
        form.record.click()
        desk.settle()


def test_a9_an_error_in_the_window_itself_is_told_and_the_typing_goes_on(
    open_program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody sees a console: whatever a slot raises is told like any other error, and the form stands as it was."""
    monkeypatch.setattr(Program, "_broke", BROKE)
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office())
        a_family(services)
    desk = Desk(open_program(), qtbot, monkeypatch, tmp_path / "data" / "logs")
    with monkeypatch.context() as broken:
        broken.setattr(HouseholdPage, "_show_head", _fail)
        desk.page.sheet.put("household.phone", "3312 4455")
        desk.settle()
    (report,) = desk.reports()
    assert "حسن" not in report.read_text("utf-8")
    assert desk.page.sheet.cell("household.phone") == "3312 4455"
    desk.page.sheet.put("household.area", "كرزكان")
    desk.settle()
    assert desk.reports() == [report]
