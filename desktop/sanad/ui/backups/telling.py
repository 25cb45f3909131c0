"""How a fact of the data folder is shown: a dot in the colour of the care it wants, its title, its sentence."""

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sanad.domain.errors import Problem
from sanad.domain.health import Fact, Standing
from sanad.ui.widgets.frames import column, row
from sanad.ui.widgets.labels import close_fitting, isolated, label, retone
from sanad.words.catalogue import Words

TONES = {Standing.FINE: "", Standing.CARE: "amber", Standing.STOP: "stop"}
"""The tone of the style sheet for each standing."""


NUMBERS = frozenset({"number", "family"})
"""What a check tells that stands on papers: it is shown in the office's digits."""
DOT = 10
"""Pixels of a dot; the style sheet draws it round."""
BESIDE = 176
"""Pixels of the titles where sentences stand beside them."""


def dot(tone: str = "") -> QLabel:
    """A dot in the colour of a tone; what it means is always said beside it."""
    return label("", "dot", tone=tone)


def before(mark: QLabel, title: QLabel) -> QVBoxLayout:
    """A dot in the middle of the first line of what stands behind it."""
    made = column(spacing=0)
    made.setContentsMargins(0, (max(title.minimumHeight(), title.fontMetrics().height()) - DOT) // 2, 0, 0)
    made.addWidget(mark)
    made.addStretch(1)
    return made


def said(words: Words, fact: Fact) -> str:
    """How something stands; names and numbers in it read from left to right, wherever they stand."""
    values = {name: isolated(value) if isinstance(value, str) else value for name, value in fact.values.items()}
    return words.fact(replace(fact, values=values))


def told(words: Words, problem: Problem) -> str:
    """What a check found; the numbers of papers are written in the office's digits, from left to right."""
    values = {
        name: isolated(words.digits_shown(value) if name in NUMBERS else value) if isinstance(value, str) else value
        for name, value in problem.values.items()
        if not isinstance(value, Enum)
    }
    return words.problem(replace(problem, values={**problem.values, **values}))


class FactRow(QWidget):
    """One fact: dot, title, sentence. Made once, told again whenever the folder was looked at.

    The sentence stands under the title, or ``beside`` it where many facts stand under each other.
    """

    def __init__(self, words: Words, name: str, *, beside: bool = False) -> None:
        super().__init__()
        self._words = words
        inner = row(self, spacing=12)
        self.title = label(words.text(f"fact.{name}"), "" if beside else "strong")
        self.said = close_fitting(label("", "soft", wraps=True))
        self._dot = dot("off")
        inner.addLayout(before(self._dot, self.title))
        if beside:
            self.title.setFixedWidth(BESIDE)
            inner.addWidget(self.title, alignment=Qt.AlignmentFlag.AlignTop)
            inner.addWidget(self.said, 1)
            return
        texts = column(spacing=2)
        texts.addWidget(self.title)
        texts.addWidget(self.said)
        inner.addLayout(texts, 1)

    def tell(self, fact: Fact, text: str = "") -> None:
        """Show how it stands now, in words of its own where ``text`` gives none."""
        self.said.setText(text or said(self._words, fact))
        self.setAccessibleName(f"{self.title.text()}: {self.said.text()}")
        retone(self._dot, tone=TONES[fact.standing])
        retone(self.said, role="problem" if fact.standing is Standing.STOP else "soft")
