"""What holds of every screen, in both languages, at 1366 by 768: nothing cut off, every input named, keys suffice."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sanad.domain.office import Language
from sanad.ui.application import Program
from sanad.ui.fields.table import FormTable
from sanad.ui.fields.yes_no import YesNoBox
from sanad.ui.form_view import FormView
from sanad.ui.rail import Place
from sanad.ui.setup.pick import Pick
from tests.ui.conftest import Open, press, settle, type_text

Sample = Callable[..., None]
INPUTS = (QLineEdit, QPlainTextEdit, QTableView, QAbstractButton, YesNoBox, Pick)


def screens(program: Program, qtbot: QtBot) -> Iterator[str]:
    """Go from screen to screen; the name of the one that is shown."""
    ways = program.window.navigation
    for place in Place:
        ways.go(place)
        settle(qtbot, program)
        yield place
    assert program.services is not None
    family = next(row for row in program.services.households.search("", 50) if row.members == 5)
    ways.open_household(family.id)
    settle(qtbot, program)
    page = ways.household
    assert page is not None
    for tab in range(page.form.tabs.count()):
        page.form.show_page(tab)
        settle(qtbot, program)
        yield f"family {tab + 1}"
    for aid in ("monthly", "scholarship_public"):
        page.path.begin(aid)
        settle(qtbot, program)
        yield f"{aid} is asked for"
    page.print_file()
    settle(qtbot, program)
    yield "print"
    ways.new_household()
    settle(qtbot, program)
    page.sheet.put("head.birth_date", "31/02/1980")
    page.sheet.put_cell("household.members", 1, "birth_date", "2099-01-01")
    page.save()
    settle(qtbot, program)
    yield "problems"


def cut_off(window: QWidget) -> Iterator[str]:
    """Every text that has less room than it needs."""
    for words in window.findChildren(QLabel):
        if words.isVisible() and words.text() and not _fits(words):
            yield words.text()
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width():
            yield button.text()
    for bar in window.findChildren(QTabBar):
        if bar.isVisible():
            rects = [bar.tabRect(tab) for tab in range(bar.count())]
            yield from (
                bar.tabText(at) for at, rect in enumerate(rects) if rect.left() < 0 or rect.right() > bar.width()
            )
    for header in window.findChildren(QHeaderView):
        if header.isVisible() and header.orientation() is Qt.Orientation.Horizontal:
            yield from _cut_headings(header)


def _fits(each: QLabel) -> bool:
    room = each.contentsRect()
    flags = Qt.TextFlag.TextWordWrap if each.wordWrap() else Qt.TextFlag.TextSingleLine
    wide = room.width() + 1 if each.wordWrap() else 10_000
    needed = each.fontMetrics().boundingRect(QRect(0, 0, wide, 10_000), flags, each.text())
    return needed.width() <= room.width() + 2 and needed.height() <= room.height() + 6


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for section in range(header.count()):
        text = str(model.headerData(section, Qt.Orientation.Horizontal))
        if header.fontMetrics().horizontalAdvance(text) + 10 > header.sectionSize(section):
            yield text


def unnamed(window: QWidget) -> Iterator[str]:
    """Every input that a screen reader could not name."""
    for kind in INPUTS:
        for each in window.findChildren(kind):
            named = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
            if each.isVisible() and not named and each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                yield f"{type(each).__name__} in {type(each.parent()).__name__}"


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_off_and_every_input_has_a_name(
    language: Language, open_program: Open, sample: Sample, qtbot: QtBot
) -> None:
    """Each screen on the sample families, in the office's language."""
    sample(language)
    program = open_program()
    for screen in screens(program, qtbot):
        assert (screen, list(cut_off(program.window))) == (screen, [])
        assert (screen, list(unnamed(program.window))) == (screen, [])
        assert program.window.width() == 1366, f"{screen} makes the window wider than the office's screens"


@pytest.mark.parametrize("language", list(Language))
def test_the_first_page_fits(language: Language, open_program: Open, qtbot: QtBot) -> None:
    """The questions of the first run, in either language."""
    program = open_program(language)
    program.window.resize(1366, 768)
    settle(qtbot, program)
    assert list(cut_off(program.window)) == []
    assert list(unnamed(program.window)) == []


def test_the_form_is_walked_by_keys_in_the_order_of_the_paper(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Tab alone goes through every field of every page, and back again by Shift+Tab."""
    sample()
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    form = page.form
    wanted = [stop for tab in range(6) for stop in form._page(tab).stops]
    form._page(0).stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[str] = []
    for _ in wanted:
        seen.append(_stop(form).accessibleName())
        press(Qt.Key.Key_Tab)
        qtbot.wait(5)
    taken = [stop for stop in wanted if not isinstance(stop, FormTable) or stop.rows.rowCount()]
    assert seen[: len(taken)] == [stop.accessibleName() for stop in taken]


def _stop(form: FormView) -> QWidget:
    """The field that has the cursor, or the table in whose cell it stands."""
    focused = QApplication.focusWidget()
    assert focused is not None
    stops = form._page(form.pages.currentIndex()).stops
    return next((stop for stop in stops if stop is focused or stop.isAncestorOf(focused)), focused)


def test_a_member_is_added_by_keys_alone(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Name, relation, birth date and sex typed one after another, with Enter between them."""
    sample()
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    type_text("حسن علي")
    page.form.show_page(1)
    page.form._page(1).tables[0].view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.wait(20)
    for _ in range(8):  # through the head's row
        press(Qt.Key.Key_Return)
    for text in ("مريم عبدالله", "زوجة", "١٢/٠٩/١٩٨٤"):
        type_text(text)
        press(Qt.Key.Key_Return)
    row = page.sheet.rows("household.members")[1]
    assert (row["name"], row["relation"], row["birth_date"]) == ("مريم عبدالله", "wife", "12/09/1984")


def test_the_window_stays_quick_while_one_types(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """No key waits for a tenth of a second, though each asks for the assessment anew."""
    from time import perf_counter

    sample()
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    slowest = 0.0
    for letter in "حسن علي أحمد عبدالله":
        start = perf_counter()
        type_text(letter)
        slowest = max(slowest, perf_counter() - start)
    assert slowest < 0.1
