"""Widgets die on the window's thread, whatever thread fills the memory."""

import gc
import threading
import weakref
from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanad.ui.application import Program
from tests.ui.conftest import Open, close, settle
from tests.ui.test_file import open_family


class Ring:
    """A part of a cycle, which only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def _fill_memory() -> None:
    for _ in range(20_000):
        Ring()


def test_only_the_window_collects_while_it_is_open(open_program: Open, qtbot: QtBot) -> None:
    """The thread of the file makes garbage and frees none of it; the window does, and Python again after the end."""
    program: Program = open_program()
    freed: list[str] = []
    weakref.finalize(Ring(), lambda: freed.append(threading.current_thread().name))
    program.tasks.run(_fill_memory)
    settle(qtbot, program)
    assert not gc.isenabled()
    program.collecting.look()
    assert freed == [threading.main_thread().name]
    close(program)
    assert gc.isenabled()


def test_no_widget_outlives_the_program(open_program: Open, sample: Callable[..., None], qtbot: QtBot) -> None:
    """A family was open and no page told of the closing: nothing is left for another thread to delete later."""
    sample()
    program = open_program()
    open_family(program, qtbot, "حسن علي أحمد")
    close(program)
    assert QApplication.allWidgets() == []
