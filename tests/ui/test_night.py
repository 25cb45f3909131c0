"""A window that stood open while the computer slept: the next act is of the day on which it is done."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.services.assessments import Assessments
from tests.builders import TODAY, Clock, a_family, a_key, a_study, an_office
from tests.ui.conftest import Open, settle

WAKING = TODAY + timedelta(days=1)


def test_a10_the_guide_of_the_morning_decides_and_what_was_typed_is_there(
    open_program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight hours and a midnight later the button that was drawn in the evening asks by the new day."""
    with build(tmp_path / "data") as services:
        services.offices.set_up(an_office())
        family = a_family(services, a_study(request_date=date(2026, 11, 1)))
        services.requests.receive(family.id, "monthly", date(2026, 11, 1), key=a_key())
    asked: list[date] = []
    program = open_program()
    desk = program.window.desk
    assert desk is not None
    program.window.navigation.open_household(family.id)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("household.resident_of", "المالكية")
    page.show_path()
    settle(qtbot, program)
    text = desk.words.text("request.assess")
    button = next(each for each in page.path.findChildren(QPushButton) if each.text() == text)
    object.__setattr__(desk, "today", lambda: WAKING)

    def assess(_self: Assessments, _request: str, day: date, *, key: str) -> None:
        asked.append(day)
        raise Refused.because("request.unknown", id=key)

    monkeypatch.setattr(Assessments, "assess", assess)
    button.click()
    settle(qtbot, program)
    assert asked == [WAKING]
    assert page.sheet.cell("household.resident_of") == "المالكية"
    button = next(each for each in page.path.findChildren(QPushButton) if each.text() == text)
    assert button.isEnabled()


def test_j2_a_date_years_ahead_is_asked_about_once(open_program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """The window asks over whatever page one is at; with the answer, the same press saves."""
    clock = Clock()
    clock.moment = clock.moment.replace(year=2020)
    with build(tmp_path / "data", clock) as services:
        services.offices.set_up(an_office())
    program = open_program()
    assert program.services is not None
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("head.name", "حسن علي أحمد")
    page.sheet.put("head.sex", "male")
    page.save()
    settle(qtbot, program)
    assert program.services.households.count() == 0
    assert program.window.desk is not None
    answer = program.window.desk.words.text("clock.is_right")
    next(each for each in program.window.findChildren(QPushButton) if each.text() == answer).click()
    settle(qtbot, program)
    page.save()
    settle(qtbot, program)
    assert program.services.households.count() == 1
