"""The look of the window: the tokens of ``resources/theme``, as a palette, a style sheet and colours to paint with."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

_ROLES = {
    QPalette.ColorRole.Window: "desk",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "pane",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_faint",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "paper",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "rule",
}


@dataclass(frozen=True)
class Theme:
    """One set of tokens, light or dark. Distances are in pixels, type sizes in points."""

    dark: bool
    rhythm: int
    family: str
    points: dict[str, float]
    colours: dict[str, str]
    rules: Template

    @classmethod
    def load(cls, folder: Path, *, dark: bool) -> "Theme":
        """The light or the dark theme of ``folder``."""
        tokens: dict[str, Any] = tomllib.loads((folder / "tokens.toml").read_text(encoding="utf-8"))
        rules = Template((folder / "window.qss").read_text(encoding="utf-8"))
        colours = tokens["dark" if dark else "light"]
        return cls(dark, tokens["rhythm"], tokens["family"], tokens["points"], colours, rules)

    def colour(self, name: str) -> QColor:
        """The colour of a token."""
        return QColor(self.colours[name])

    def font(self, size: str = "small", *, bold: bool = False) -> QFont:
        """The family at one of the four sizes."""
        font = QFont(self.family)
        font.setFeature(QFont.Tag("locl"), 0)  # else digits change their shape beside Arabic letters
        font.setPointSizeF(self.points[size])
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def palette(self) -> QPalette:
        """The tokens where Qt's own style looks for colours."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink_faint"))
        return palette

    def style_sheet(self) -> str:
        """The rules of ``window.qss`` with the tokens filled in."""
        sizes = {f"{name}_pt": f"{points}pt" for name, points in self.points.items()}
        return self.rules.substitute(self.colours, **sizes)


def load_fonts(folder: Path) -> None:
    """Make the shipped family known to Qt, in its three weights.

    A file that is missing or damaged is passed over here: the window has to open to say which one it is.
    """
    for weight in ("Regular", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(folder / f"IBMPlexSansArabic-{weight}.ttf"))
