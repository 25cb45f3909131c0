"""The real window on a real data folder, and hands that type into it as a person would."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.office import Digits, Language
from sanad.services import Services
from sanad.ui.application import Program, make_application

Open = Callable[..., Program]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings file of the window, apart from the person's own."""
    from PySide6.QtCore import QSettings

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, fonts and style included."""
    return make_application()


@pytest.fixture
def open_program(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the window on ``tmp_path / "data"``, and closes it as a person would."""
    opened: list[Program] = []
    broken: list[BaseException] = []
    monkeypatch.setattr(Program, "_broke", lambda _program, error: broken.append(error))

    def start(language: Language | None = None, *, dark: bool = False) -> Program:
        program = Program(qapp, lambda: build(tmp_path / "data"), tmp_path / "logs")
        if language is not None or dark:
            program.memory.dark = dark
            program.wear(language or Language.ARABIC)
        opened.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.services is not None, timeout=20_000)
        settle(qtbot, program)
        return program

    yield start
    for program in opened:
        close(program)
    if broken:
        raise ExceptionGroup("errors that the window would have told", [e for e in broken if isinstance(e, Exception)])


def close(program: Program) -> None:
    """Close the window and wait for the data, once."""
    if program.window is not None and not program.closed:
        program.window.close()
        program.close()


@pytest.fixture
def sample(tmp_path: Path) -> Callable[..., None]:
    """Settles the sample families in ``tmp_path / "data"``."""

    def settle_sample(language: Language = Language.ARABIC, digits: Digits = Digits.WESTERN) -> None:
        with build(tmp_path / "data") as services:
            settle_office(services, language, digits)

    return settle_sample


def settle_office(services: Services, language: Language, digits: Digits) -> None:
    """The sample families of an office that reads in ``language``."""
    services.sample.settle(services, date.today())  # noqa: DTZ011 (the wall clock's day is meant)
    services.offices.set_up(replace(services.sample.office(), language=language, digits=digits))


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until nothing is under way and every answer is shown."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
        qtbot.wait(20)


def type_text(text: str, into: QWidget | None = None) -> None:
    """Type letter by letter into whatever has the cursor."""
    for letter in text:
        widget = into or _typed_into()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    widget = _typed_into()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, ""))
    QApplication.processEvents()


def _typed_into() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the cursor"
    return widget


assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
