"""What a day at the window leaves behind outside the data: row H13. No name, no number of a person, no amount."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sanad.ui.application import Program
from sanad.ui.preview import PreviewPage
from sanad.ui.rail import Place
from tests.ui.conftest import BROKE, MANAGER, Open, close, settle
from tests.ui.people import people_page, sign_in
from tests.ui.test_file import open_family

HEAD = "حسن علي أحمد"


def secrets_of(program: Program) -> set[str]:
    """Every name, civil id, phone and amount of the sample families, as they are kept and as they are shown."""
    services = program.services
    assert services is not None
    found: set[str] = set()
    for row in services.households.search("", 50):
        study = services.households.open(row.id).study
        household = study.household
        found |= {household.phone, household.phone.replace(" ", "")}
        for member in household.members:
            found |= {member.name, *member.name.split(), member.civil_id}
        for view in services.requests.of(row.id):
            for payment in view.payments:
                minor = payment.voucher.amount.minor
                found |= {f"{minor // 1000}.{minor % 1000:03}"}
    return {each for each in found if len(each) > 3}


def test_h13_a_day_at_the_window_leaves_no_trace_outside_the_data(
    open_program: Open, peopled: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Search, papers, an error, the lock: nothing of a family in titles, settings, reports or names of files."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "profile"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    secrets = secrets_of(program)
    assert HEAD in secrets
    titles: set[str] = set()
    names: set[str] = set()

    def note() -> None:
        titles.update(each.windowTitle() for each in QApplication.topLevelWidgets())
        titles.update(each.title() for each in QGuiApplication.topLevelWindows())

    search = program.window.bar.search
    search.setText(HEAD)
    search.textEdited.emit(HEAD)
    settle(qtbot, program)
    note()
    page = open_family(program, qtbot, HEAD)
    page.sheet.put("household.resident_of", "المالكية")
    page.show_path()
    settle(qtbot, program)
    note()
    for action in page.printing.menu.actions():
        if action.isEnabled() and action.text() and action.menu() is None:
            action.trigger()
            settle(qtbot, program)
            note()
            shown = program.window.pages.currentWidget()
            if isinstance(shown, PreviewPage):
                names.add(shown._name)
                shown.left.emit()
    people_page(program, qtbot)
    program.window.navigation.go(Place.HOUSEHOLDS)
    settle(qtbot, program)
    note()
    error = ValueError(f"{HEAD} 30.000")
    BROKE(program, error)
    program.door.lock()
    settle(qtbot, program)
    note()
    sign_in(program, qtbot, MANAGER)
    program.window.close()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    close(program)

    told = "\n".join((*titles, *names))
    assert not [each for each in secrets if each in told]
    data = {"sanad.sqlite3", "sanad.sqlite3-wal", "sanad.sqlite3-shm"}
    for file in (each for each in tmp_path.rglob("*") if each.is_file() and each.name not in data):
        kept = file.read_bytes()
        assert not [each for each in secrets if each.encode() in kept or each in file.name], file
    reports = list((tmp_path / "data" / "logs").iterdir())
    assert len(reports) == 1
    assert re.search(r"ValueError", reports[0].read_text("utf-8"))


def _lock(program: Program) -> None:
    program.door.lock()


def _close(program: Program) -> None:
    program.window.let_go()
    program.close()


def _give_up_data(program: Program) -> None:
    services = program.give_up_data()
    assert services is not None
    services.close()


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("leave", [_lock, _close, _give_up_data])
def test_h13_what_was_copied_here_is_gone_once_the_desk_is_left(
    leave: Callable[[Program], None],
    own: bool,
    open_program: Open,
    peopled: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody pastes elsewhere what was copied from a family's file; what another program copied stays."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: own)  # there is no other program offscreen
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    page = open_family(program, qtbot, HEAD)
    box = page.form._page(0).fields["head.name"].box
    assert isinstance(box, QLineEdit)
    box.selectAll()
    box.copy()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == HEAD
    settle(qtbot, program)
    leave(program)
    settle(qtbot, program)
    assert bool(clipboard.text()) != own
