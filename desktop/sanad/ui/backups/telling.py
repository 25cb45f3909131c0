"""How a fact of the data folder is shown: a dot in the colour of the care it wants, its title, its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sanad.domain.health import Fact, Standing
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import label, retone
from sanad.words.catalogue import Words

TONES = {Standing.FINE: "", Standing.CARE: "amber", Standing.STOP: "stop"}
"""The tone of the style sheet for each standing."""


def dot(tone: str = "") -> QLabel:
    """A dot in the colour of a tone; what it means is always said beside it."""
    return label("", "dot", tone=tone)


class FactRow(QWidget):
    """One fact: dot, title, sentence. Made once, told again whenever the folder was looked at."""

    def __init__(self, words: Words, name: str, *, role: str = "strong") -> None:
        super().__init__()
        self._words = words
        self.name = name
        inner = row(self, spacing=12)
        self._dot = dot("off")
        inner.addWidget(self._dot, alignment=Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(0, 2, 0, 2)
        texts = column(spacing=2)
        self.title = label(words.text(f"fact.{name}"), role)
        self.said = label("", "soft", wraps=True)
        texts.addWidget(self.title)
        texts.addWidget(self.said)
        inner.addLayout(texts, 1)

    def tell(self, fact: Fact) -> None:
        """Show how it stands now."""
        self.said.setText(self._words.fact(fact))
        self.setAccessibleName(f"{self.title.text()}: {self.said.text()}")
        retone(self._dot, tone=TONES[fact.standing])
        retone(self.said, role="problem" if fact.standing is Standing.STOP else "soft")
