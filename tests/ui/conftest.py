"""The real window on a real data folder, and hands that type into it as a person would."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.office import Digits, Language
from sanad.domain.staff import Role
from sanad.ui.application import Program, make_application, today
from sanad.ui.backups import keeper

Open = Callable[..., Program]
BROKE = Program._broke
"""What the window does about an error of ours; elsewhere such an error fails the test."""


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings file of the window, apart from the person's own."""
    from PySide6.QtCore import QSettings

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked through by itself, but in the tests that ask for it."""
    monkeypatch.setattr(keeper, "FIRST_CHECK", 3_600_000)


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

    def start(language: Language | None = None, *, dark: bool = False, wait: bool = True) -> Program:
        program = Program(qapp, lambda: build(tmp_path / "data"), tmp_path / "data", lambda: build(None))
        if language is not None or dark:
            program.memory.dark = dark
            program.wear(language or Language.ARABIC)
        opened.append(program)
        program.start()
        program.window.resize(1366, 768)
        if not wait:
            return program
        qtbot.waitUntil(lambda: program.services is not None, timeout=20_000)
        settle(qtbot, program)
        return program

    yield start
    close_all(opened)
    if broken:
        raise ExceptionGroup("errors that the window would have told", [e for e in broken if isinstance(e, Exception)])


def close(program: Program) -> None:
    """Close the window and wait for the data, once."""
    if not program.closed:
        program.window.close()
        program.close()


def close_all(opened: list[Program]) -> None:
    """Close every window, and let the programs go: the next test finds no widget of theirs to style beside its own."""
    for program in opened:
        close(program)
    left = sorted({type(each.window()).__name__ for each in QApplication.allWidgets()})
    opened.clear()
    gc.collect()  # here, and not in whichever thread the next test has the file on: what is left are objects of Qt
    assert left == [], "whatever thread collects next would delete these"


@pytest.fixture(scope="session")
def settled_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample families, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    with build(folder) as services:
        services.sample.settle(services, today())
    return folder


@pytest.fixture
def sample(settled_sample: Path, tmp_path: Path) -> Callable[..., None]:
    """Puts the sample families into ``tmp_path / "data"``, in an office that reads as it is told."""

    def settle_sample(language: Language = Language.ARABIC, digits: Digits = Digits.WESTERN) -> None:
        shutil.copytree(settled_sample, tmp_path / "data")
        with build(tmp_path / "data") as services:
            services.offices.set_up(replace(services.sample.office(), language=language, digits=digits))

    return settle_sample


PASSWORD = "خمسة جمال تعبر النهر"  # noqa: S105  # of nobody
MANAGER = "safaa"
PEOPLE = {
    "ali": ("علي حسن", Role.CLERK),
    "zahra": ("زهراء كاظم", Role.COMMITTEE),
    "mahdi": ("مهدي خميس", Role.TREASURER),
    "huda": ("هدى سلمان", Role.AUDITOR),
}
"""Whoever has an account, beside the manager, in the office that has people."""


@pytest.fixture(scope="session")
def settled_people(settled_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample families in an office with a manager and four others, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("people") / "data"
    shutil.copytree(settled_sample, folder)
    with build(folder) as services:
        services.staff.begin(MANAGER, "صفاء محمد", PASSWORD)
        for user, (name, role) in PEOPLE.items():
            services.staff.add(user, name, role, PASSWORD, key=user)
    return folder


@pytest.fixture
def peopled(settled_people: Path, tmp_path: Path) -> Path:
    """That office in ``tmp_path / "data"``."""
    shutil.copytree(settled_people, tmp_path / "data")
    return tmp_path / "data"


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until nothing is under way and every answer is shown."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not program.tasks.busy and not program.background.busy, timeout=20_000)
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
