"""The user guide in the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sanad import places
from sanad.domain.office import Language
from sanad.ui.help_page import HelpPage

from .conftest import Open


@pytest.mark.parametrize(("language", "word"), [(Language.ARABIC, "أسرة جديدة"), (Language.ENGLISH, "A new family")])
def test_the_help_key_opens_the_guide_in_the_language_of_the_office(
    open_program: Open, sample: Callable[..., None], qtbot: QtBot, language: Language, word: str
) -> None:
    """From anywhere F1 shows the guide, headed and in the reader's direction."""
    sample(language)
    window = open_program(language).window
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), HelpPage))
    page = window.pages.currentWidget()
    assert isinstance(page, HelpPage)
    assert word in page.text.toPlainText()
    assert page.layoutDirection() == window.layoutDirection()


def test_both_guides_tell_of_the_same_things() -> None:
    """Every heading, step and key stands in both languages."""
    arabic, english = ((places.help_texts() / f"{language}.md").read_text("utf-8") for language in ("ar", "en"))
    for mark in ("## ", "1. ", "5. ", "- **", "**Ctrl+", "**F3", "**F8"):
        assert arabic.count(mark) == english.count(mark), mark
