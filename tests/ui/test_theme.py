"""The look: enough contrast for every text, and no colour that is not a token."""

import re

import pytest
from PySide6.QtGui import QColor

from sanad import places
from sanad.ui.theme import Theme

LEAST = 4.5
GROUNDS = {
    "ink": ("paper", "pane", "desk", "typing", "accent_soft", "tab", "stop_soft"),
    "ink_soft": ("paper", "pane", "desk", "tab"),
    "ink_faint": ("paper", "pane", "desk", "tab"),
    "accent": ("paper", "pane", "accent_soft", "amber_soft"),
    "on_accent": ("accent", "accent_strong"),
    "amber_text": ("amber_soft", "paper"),
    "stop": ("paper", "stop_soft"),
    "paper": ("ink",),
}
"""On which grounds each colour carries text."""


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read(*, dark: bool) -> None:
    """Each colour of text has a contrast of 4.5 to 1 on each ground it stands on."""
    theme = Theme.load(places.theme(), dark=dark)
    pairs = [(text, ground) for text, grounds in GROUNDS.items() for ground in grounds]
    found = {pair: contrast(theme.colour(pair[0]), theme.colour(pair[1])) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < LEAST} == {}


def test_both_themes_answer_the_same_names() -> None:
    """A token of one theme is a token of the other."""
    light, dark = (Theme.load(places.theme(), dark=dark) for dark in (False, True))
    assert light.colours.keys() == dark.colours.keys()


def test_colours_are_named_in_the_tokens_alone() -> None:
    """Neither the style sheet nor the program holds a colour of its own."""
    files = [places.theme() / "window.qss", *places.shipped().glob("desktop/sanad/ui/**/*.py")]
    written = {file.name: re.findall(r"#[0-9A-Fa-f]{6}\b|rgba?\(", file.read_text("utf-8")) for file in files}
    assert {name: colours for name, colours in written.items() if colours} == {}
