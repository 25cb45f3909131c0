"""The present data and a backup side by side, what would be lost, and the word that goes on."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from sanad.domain.backup import Comparison, Manifest
from sanad.domain.money import CURRENCIES, Money
from sanad.domain.spelling import folded
from sanad.ui.desk import Look
from sanad.ui.fields.box import LineBox
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.frames import Notice, column, row
from sanad.ui.widgets.labels import divider, embedded, isolated, label

TABLE, ACT = 62, 38
"""Shares of the width for the two sides and for what is done."""


class Sides(QFrame):
    """``confirmed`` tells that the word was typed and the backup is to take the place of the data."""

    confirmed = Signal()

    def __init__(self, look: Look, found: Comparison, denied: str = "") -> None:
        super().__init__()
        self._look = look
        self._denied = denied
        self.setProperty("role", "card")
        body = row(self, margins=20, spacing=32)
        body.addLayout(self._table(found), TABLE)
        body.addLayout(self._act(found), ACT)

    def begin(self) -> None:
        """The cursor where the word is typed."""
        self.word.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self, found: Comparison) -> QVBoxLayout:
        text = self._look.words.text
        made = column(spacing=8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, share in enumerate((26, 37, 37)):
            grid.setColumnStretch(at, share)
        grid.addWidget(label(text("sides.present"), "strong"), 0, 1)
        grid.addWidget(label(text("sides.backup"), "strong"), 0, 2)
        grid.addWidget(divider(), 1, 0, 1, 3)
        theirs = dict(self._told(found.backup))
        ours = dict(self._told(found.present)) if found.present is not None else {}
        for line, (key, said) in enumerate(theirs.items(), start=1):
            grid.addWidget(label(text(f"sides.{key}"), "soft"), line * 2, 0)
            here = ours.get(key, "—")
            grid.addWidget(label(here, "strong" if here != said else "", wraps=True), line * 2, 1)
            grid.addWidget(label(said, "strong" if here != said else "", wraps=True), line * 2, 2)
        made.addLayout(grid)
        made.addStretch(1)
        return made

    def _told(self, manifest: Manifest) -> Iterator[tuple[str, str]]:
        words = self._look.words
        yield "office", embedded(manifest.office(words.language)) or "—"
        made = manifest.made_at.astimezone()
        yield "made", isolated(words.digits_shown(f"{made:%d/%m/%Y %H:%M}"))
        for key in ("households", "requests", "vouchers", "receipts"):
            yield key, words.number(manifest.counts.get(key, 0))
        yield "paid", self._paid(manifest)
        yield "last_receipt", isolated(words.digits_shown(manifest.last_receipt)) or "—"
        yield "entries", words.number(manifest.journal_entries)

    def _paid(self, manifest: Manifest) -> str:
        words, currency = self._look.words, CURRENCIES.get(manifest.currency)
        if currency is None:
            return "—"
        return f"{words.money(Money(manifest.totals.get('receipts', 0)), currency)} {words.symbol(currency)}"

    def _act(self, found: Comparison) -> QVBoxLayout:
        words = self._look.words
        made = column(spacing=8)
        for text, tone in self._losses(found):
            made.addWidget(Notice(text, tone))
        made.addWidget(label(words.text("sides.kept"), "soft", wraps=True))
        asked = words.text("sides.word")
        name = label(words.text("sides.type", word=asked), "strong", wraps=True)
        self.word = LineBox(role="box")
        self.word.setAccessibleName(name.text())
        self.word.textChanged.connect(self._typed)
        self.word.returnPressed.connect(self._confirm)
        name.setBuddy(self.word)
        made.addWidget(name)
        made.addWidget(self.word)
        self.go = button(words.text("sides.restore"), "main")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._confirm)
        made.addWidget(self.go)
        if self._denied:
            made.addWidget(label(self._denied, "problem", wraps=True))
            self.word.setEnabled(False)
        made.addStretch(1)
        return made

    def _losses(self, found: Comparison) -> Iterator[tuple[str, str]]:
        words = self._look.words
        if found.damaged:
            yield words.text("sides.damaged"), "amber"
        elif found.present is None:
            yield words.text("sides.nothing_here"), ""
        elif not found.lost_entries:
            yield words.text("sides.nothing_lost"), ""
        else:
            if not found.continues:
                yield words.text("sides.another"), "stop"
            said = words.text(
                "sides.lost",
                entries=found.lost_entries,
                families=found.lost_families,
                receipts=found.lost_receipts,
            )
            yield said, "stop"

    def _typed(self, text: str) -> None:
        self.go.setEnabled(folded(text) == folded(self._look.words.text("sides.word")))

    def _confirm(self) -> None:
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self.confirmed.emit()
