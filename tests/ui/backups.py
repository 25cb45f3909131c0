"""The place of backups for tests: sticks that are folders, keys at little cost, and hands for its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanad.domain.backup import Drive
from sanad.store import drives
from sanad.ui.application import Program
from sanad.ui.backups.health_page import HealthPage
from sanad.ui.backups.page import BackupsPage
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.rail import Place
from sanad.ui.widgets.frames import Notice
from tests.backups import PHRASE, cheap_keys
from tests.ui.conftest import settle

__all__ = ["PHRASE", "Sticks"]


class Sticks:
    """The drives of this test's computer, which are folders; those that are plugged in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._there: list[Path] = []

    def plug(self, name: str = "KINGSTON") -> Path:
        """Plug one in."""
        stick = self._folder / name
        stick.mkdir(exist_ok=True)
        self._there.append(stick)
        return stick

    def pull(self, stick: Path) -> None:
        """Pull one out."""
        self._there.remove(stick)

    def seen(self) -> tuple[Drive, ...]:
        """As the system tells of them."""
        return tuple(Drive(str(stick), stick.name, 14 * 10**9, 16 * 10**9) for stick in self._there)


@pytest.fixture
def sticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sticks]:
    """A computer without a drive, whose keys cost little."""
    made = Sticks(tmp_path / "media")
    (tmp_path / "media").mkdir()
    monkeypatch.setattr(drives, "removable", made.seen)
    with cheap_keys():
        yield made


def go_to_backups(program: Program, qtbot: QtBot) -> BackupsPage:
    """The place of backups, by its button on the rail."""
    program.window.rail.button(Place.BACKUPS).click()
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, BackupsPage)
    return page


def carry(program: Program, qtbot: QtBot) -> BackupsPage:
    """Make a backup on the stick that is plugged in; the first one under :data:`PHRASE`."""
    page = go_to_backups(program, qtbot)
    if not page.carry.passphrase.isHidden():
        page.carry.passphrase.first.setText(PHRASE)
        page.carry.passphrase.again.setText(PHRASE)
    page.carry.start.click()
    settle(qtbot, program)
    return page


def go_to_restore(program: Program, qtbot: QtBot) -> RestorePage:
    """The page on which a backup is chosen."""
    press(go_to_backups(program, qtbot), "restore.open", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    return page


def go_to_health(program: Program, qtbot: QtBot) -> HealthPage:
    """The page of the doctor."""
    press(go_to_backups(program, qtbot), "health.open", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, HealthPage)
    return page


def press(where: QWidget, key: str, program: Program) -> None:
    """Press the button that says a text of the catalogue."""
    text = program.look.words.text(key)
    buttons = [each for each in where.findChildren(QPushButton) if text in (each.text(), each.accessibleName())]
    next(each for each in buttons if each.isVisible()).click()


def notices(where: QWidget) -> list[tuple[str, str]]:
    """What is told in boxes, with its tone."""
    found = [each for each in where.findChildren(Notice) if each.isVisible()]
    return [(each.text, str(each.property("tone") or "")) for each in found]


def texts(where: QWidget) -> list[str]:
    """Every word that is seen."""
    return [each.text() for each in where.findChildren(QLabel) if each.isVisible() and each.text()]
