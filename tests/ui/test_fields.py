"""The boxes of a form: what one types into them, what they hand on, what they show."""

from collections.abc import Callable, Iterator
from datetime import date
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from sanad import places
from sanad.domain.money import BHD, Money
from sanad.domain.office import Digits
from sanad.forms.definition import Kind
from sanad.ui.fields import making
from sanad.ui.fields.box import LONGEST_LINE, LineBox
from sanad.ui.fields.choice import ChoiceBox
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.losses import tell_losses
from sanad.ui.fields.money import MoneyBox
from sanad.ui.fields.notes import LONGEST_NOTE, NotesBox
from sanad.ui.fields.yes_no import YesNoBox
from sanad.words.catalogue import Words
from tests.ui.conftest import press, type_text

WORDS = [("single", "أعزب"), ("married", "متزوج"), ("divorced", "مطلق"), ("widowed", "أرمل")]


@pytest.fixture
def words() -> Words:
    """Arabic with western digits."""
    return Words(places.locale(), "ar", Digits.WESTERN)


Show = Callable[[Any], Any]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Show]:
    """Puts a box into a window, with another to go on to, and the cursor into the box."""
    windows: list[QWidget] = []

    def show(box: Any) -> Any:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(400, 400)
        box.setParent(window)
        box.setGeometry(10, 10, 300, 30)
        LineBox(window).setGeometry(10, 200, 300, 30)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        box.setFocus()
        return box

    yield show
    windows.clear()


def test_every_kind_of_field_has_its_box() -> None:
    """A form may hold any kind, and the screen can draw it."""
    assert frozenset(Kind) == making.KINDS


@pytest.mark.parametrize("typed", ["21/11/2026", "٢١/١١/٢٠٢٦", "2026-11-21", "11/06/1448", "١١-٦-١٤٤٨"])
def test_a_date_is_typed_in_either_calendar_and_digits(typed: str, words: Words, shown: Show) -> None:
    """It settles into one way of writing when it is left, with the Hijri day beside it."""
    box = shown(DateBox(words))
    type_text(typed)
    assert box.day() == date(2026, 11, 21)
    press(Qt.Key.Key_Tab)
    assert box.text() == "21/11/2026"
    assert "11/06/1448" in box.hint()


def test_e16_a_hijri_date_is_said_to_have_been_read_as_one(words: Words, shown: Show, qtbot: QtBot) -> None:
    """While it is typed its Gregorian day stands beside it; left, the box says how it was read, and a word tells it."""
    box = shown(DateBox(words))
    box.resize(360, 30)
    tell_losses(box, words)
    type_text("01/05/1443")
    assert "05/12/2021" in box.hint()
    press(Qt.Key.Key_Tab)
    assert box.text() == "05/12/2021"
    assert box.hint() == words.text("date.read_as_hijri", date="\u206601/05/1443\u2069")
    qtbot.waitUntil(lambda: "01/05/1443" in QToolTip.text())
    assert "أم القرى" in box.toolTip()
    box.resize(190, 30)
    assert box.hint() == words.text("date.hijri", date="\u206601/05/1443\u2069")
    box.setFocus()
    box.selectAll()
    type_text("06/12/2021")
    press(Qt.Key.Key_Tab)
    assert box.hint() == words.text("date.hijri", date="\u206602/05/1443\u2069")


def test_j4_a_date_box_goes_by_the_day_that_the_office_sees(words: Words, shown: Show) -> None:
    """An office a day ahead of the table types the twelfth and means the day that the table calls the eleventh."""
    box = shown(DateBox(words.shifted(1)))
    type_text("12/06/1448")
    press(Qt.Key.Key_Tab)
    assert (box.text(), box.day()) == ("21/11/2026", date(2026, 11, 21))
    assert "12/06/1448" in box.hint()


def test_what_is_no_date_stays_as_typed(words: Words, shown: Show) -> None:
    """Nothing is guessed and nothing lost."""
    box = shown(DateBox(words))
    type_text("31/02/2020")
    press(Qt.Key.Key_Tab)
    assert (box.text(), box.day(), box.hint()) == ("31/02/2020", None, "")


@pytest.mark.parametrize(("typed", "settled"), [("١٢٥٠٫٥", "1,250.500"), ("1250.5", "1,250.500"), ("0", "0.000")])
def test_money_settles_with_all_its_places(typed: str, settled: str, words: Words, shown: Show) -> None:
    """Either kind of digits, and the places of the currency."""
    box = shown(MoneyBox(words, BHD))
    type_text(typed)
    press(Qt.Key.Key_Return)
    assert box.text() == settled


def test_money_with_too_many_places_is_left_alone(words: Words, shown: Show) -> None:
    """The form says what is wrong with it; the box does not round."""
    box = shown(MoneyBox(words, BHD))
    type_text("1.2345")
    press(Qt.Key.Key_Tab)
    assert (box.text(), box.money()) == ("1.2345", None)
    box.show_text("2.5")
    assert box.money() == Money(2500)


def test_arabic_digits_are_shown_where_the_office_wants_them(qtbot: QtBot) -> None:
    """What was typed in western digits is shown in the office's."""
    words = Words(places.locale(), "ar", Digits.ARABIC)
    date_box, money = DateBox(words), MoneyBox(words, BHD)
    for box in (date_box, money):
        qtbot.addWidget(box)
    date_box.show_text("21/11/2026")
    money.show_text("1250.500")
    assert (date_box.text(), money.text()) == ("٢١/١١/٢٠٢٦", "١٬٢٥٠٫٥٠٠")
    assert (date_box.day(), money.money()) == (date(2026, 11, 21), Money(1250500))


@pytest.mark.parametrize(("typed", "slug"), [("متز", "married"), ("ارمل", "widowed"), ("مط", "divorced")])
def test_a_word_is_chosen_by_its_letters(typed: str, slug: str, shown: Show) -> None:
    """Letters narrow the list, and Tab takes the first; أ and ا are one letter."""
    box = shown(ChoiceBox(lambda: WORDS))
    type_text(typed)
    assert box.is_open()
    press(Qt.Key.Key_Tab)
    assert box.text() == slug
    assert not box.is_open()


def test_a_word_is_chosen_from_the_whole_list(shown: Show) -> None:
    """Down opens it, the arrows go through it, Enter takes the word."""
    box = shown(ChoiceBox(lambda: WORDS))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(key)
    assert box.text() == "married"


def test_escape_closes_the_list_and_loses_nothing(shown: Show) -> None:
    """What was typed stays, and is handed on as it is."""
    box = shown(ChoiceBox(lambda: WORDS))
    type_text("م")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert (box.is_open(), box.text()) == (False, "م")


def test_yes_or_no_is_ticked_by_its_letter(words: Words, shown: Show) -> None:
    """A letter, Space or Delete; nothing is neither."""
    box = shown(YesNoBox(words))
    seen = [box.text()]
    type_text("ن")
    seen.append(box.text())
    type_text("ل")
    seen.append(box.text())
    press(Qt.Key.Key_Delete)
    assert [*seen, box.text()] == ["", "yes", "no", ""]


def test_e18_a_paste_of_five_million_letters_is_cut(qtbot: QtBot, words: Words) -> None:
    """The window stays quick, the box keeps what it can hold, and says that it cut the rest."""
    line, notes = LineBox(), NotesBox(2)
    told: list[int] = []
    for box in (line, notes):
        qtbot.addWidget(box)
        box.shortened.connect(told.append)
        tell_losses(box, words)
    line.insert("ا" * 100)
    began = monotonic()
    line.insert("ا" * 5_000_000)
    assert monotonic() - began < 1  # a tenth of it, on a machine that does nothing else
    notes.insertPlainText("قبل ")
    QApplication.clipboard().setText("ا" * 5_000_000)
    began = monotonic()
    notes.paste()
    assert monotonic() - began < 0.5  # as above; laid out before it is cut, it takes more than a second
    assert (len(line.text()), len(notes.text())) == (LONGEST_LINE, LONGEST_NOTE)
    assert notes.text().startswith("قبل ا")
    assert told == [LONGEST_LINE, LONGEST_NOTE]
    assert "4,000" in QToolTip.text()
    notes.selectAll()
    QApplication.clipboard().setText("ب" * LONGEST_NOTE)
    notes.paste()
    assert notes.text() == "ب" * LONGEST_NOTE  # what is selected makes room
    notes.paste()
    assert (len(notes.text()), told[2:]) == (LONGEST_NOTE, [LONGEST_NOTE])


@pytest.mark.parametrize("made", [LineBox, lambda: NotesBox(2)])
def test_e10_a_pasted_override_is_taken_out_and_told(shown: Show, words: Words, made: Callable[[], Any]) -> None:
    """The sheet is handed only what is seen, the cursor stays where it was, and a note says so under the box."""
    box = shown(made())
    tell_losses(box, words)
    handed: list[str] = []
    box.edited.connect(handed.append)
    QApplication.clipboard().setText("حسن\u202e علي\u200f")
    box.paste()
    assert (box.text(), handed[-1]) == ("حسن علي", "حسن علي")
    assert QToolTip.text() == words.text("field.cleared")
    type_text(" أ")
    assert box.text() == "حسن علي أ"


def test_enter_goes_on_and_ctrl_enter_begins_a_line(shown: Show) -> None:
    """Notes walk like any other field."""
    box = shown(NotesBox(2))
    type_text("سطر")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_text("آخر")
    assert box.text() == "سطر\nآخر"
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not box
