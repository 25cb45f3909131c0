"""The thread of the file: in order, answered on the window's thread, never cut off."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sanad.domain.errors import Refused
from sanad.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """A thread that is closed after the test."""
    made = Tasks()
    yield made
    made.close()


def test_calls_are_done_in_order_away_from_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    """What is asked for first is done first, all on one other thread; the answers come on the window's."""
    answers: list[tuple[int, bool, bool]] = []
    here = threading.current_thread()

    def call(number: int) -> Callable[[], tuple[int, bool]]:
        return lambda: (number, threading.current_thread() is here)

    for number in range(20):
        tasks.run(call(number), lambda told: answers.append((*told, threading.current_thread() is here)))
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == [(number, False, True) for number in range(20)]


def test_a_refusal_goes_to_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    """The problems reach ``failed``; without one they reach the window."""

    def refuse() -> None:
        raise Refused.because("date.unreadable", "day", text="x")

    told: list[str] = []
    tasks.run(refuse, failed=lambda problems: told.append(problems[0].code))
    qtbot.waitUntil(lambda: told == ["date.unreadable"])
    with qtbot.waitSignal(tasks.refused) as refused:
        tasks.run(refuse)
    assert refused.args[0][0].where == "day"


def test_an_error_of_ours_reaches_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    """Whatever is no refusal is told as broken, and the next call is done all the same."""
    with qtbot.waitSignal(tasks.broke) as broke:
        tasks.run(lambda: 1 // 0)
    assert isinstance(broke.args[0], ZeroDivisionError)
    answers: list[int] = []
    tasks.run(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])


def test_progress_is_told_on_the_way(tasks: Tasks, qtbot: QtBot) -> None:
    """A call that reports how far it is has it told on the window's thread."""
    seen: list[tuple[int, int]] = []

    def call(report: Callable[[int, int], None]) -> str:
        for part in range(3):
            report(part, 3)
        return "done"

    done: list[str] = []
    tasks.run(call, done.append, progress=lambda part, whole: seen.append((part, whole)))
    qtbot.waitUntil(lambda: done == ["done"])
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_an_answer_for_a_closed_widget_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    """A page that went away in the meantime is not called."""
    gone = QLabel()

    def late() -> str:
        time.sleep(0.05)
        return "late"

    tasks.run(late, gone.setText)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not tasks.busy)


def test_after_closing_nobody_is_answered(qapp: QApplication) -> None:
    """What was asked for is done, and its answer comes too late for a window that is gone: no function is called."""
    tasks = Tasks()
    told: list[object] = []
    for signal in (tasks.refused, tasks.denied, tasks.broke):
        signal.connect(told.append)

    def refuse() -> None:
        raise Refused.because("date.unreadable", "day", text="x")

    tasks.run(lambda: 7, told.append)
    tasks.run(refuse)
    tasks.run(refuse, failed=told.append)
    tasks.run(lambda: 1 // 0)
    tasks.close()
    QApplication.processEvents()
    assert told == []
    assert not tasks.busy


def test_closing_waits_for_what_is_under_way(qapp: QApplication) -> None:
    """Nothing that was asked for is cut off."""
    tasks = Tasks()
    done: list[int] = []

    def slowly() -> None:
        time.sleep(0.02)
        done.append(len(done))

    for _ in range(3):
        tasks.run(slowly)
    tasks.close()
    assert done == [0, 1, 2]
