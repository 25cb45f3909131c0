"""The backups that can be seen from here, as a list to choose from."""

from enum import IntEnum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from sanad.domain.backup import Offer
from sanad.ui.desk import Look
from sanad.ui.widgets.labels import embedded, isolated, tip

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is shown of a backup, in reading order."""

    MADE = 0
    WHERE = auto()
    SIZE = auto()
    NAME = auto()


class OffersModel(QAbstractTableModel):
    """Rows of :class:`Offer`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = look.words
        self._rows: tuple[Offer, ...] = ()
        self.useless: set[str] = set()
        """Where those lie that were found to be of no use."""

    def show(self, rows: tuple[Offer, ...]) -> None:
        """Show these backups."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def offer(self, row: int) -> Offer:
        """The backup of a row."""
        return self._rows[row]

    def where(self, offer: Offer) -> str:
        """In which place a backup lies."""
        return self._words.text("offer.own") if offer.own else embedded(offer.drive)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """What is shown of each."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        offer = self._rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(offer.path)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        words = self._words
        match Column(index.column()):
            case Column.MADE:
                made = offer.made_at.astimezone()
                return isolated(words.digits_shown(f"{made:%d/%m/%Y %H:%M}"))
            case Column.WHERE:
                return self.where(offer)
            case Column.SIZE:
                return words.size(offer.size)
            case Column.NAME:
                name = isolated(offer.name)
                return words.text("offer.useless", name=name) if offer.path in self.useless else name

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._words.text(f"offer.{Column(section).name.lower()}")


class OffersTable(QTableView):
    """One backup is chosen at a time. ``chosen`` tells that it is another one now."""

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._offers = OffersModel(look)
        self._sought: tuple[Offer, ...] = ()
        self._added: tuple[Offer, ...] = ()
        self.setModel(self._offers)
        self.setObjectName("list")
        self.setAccessibleName(look.words.text("offer.title"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for which, width in ((Column.MADE, 160), (Column.WHERE, 170), (Column.SIZE, 130)):
            self.setColumnWidth(which, width)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._told: Path | None = None
        self._drawing = False
        self.selectionModel().currentRowChanged.connect(self._turned)

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show what was found now; the choice stays where it can."""
        if offers != self._sought:
            self._sought = offers
            self._draw(self.choice())

    def add(self, offer: Offer) -> None:
        """Add a file that somebody chose, and choose it."""
        self._added = (offer,)
        self._draw(offer)

    def choose(self, row: int) -> None:
        """Choose the backup of a row; Qt's own way asks the header what stands at its edge, and may find nothing."""
        self.setCurrentIndex(self._offers.index(row, 0))

    def pass_over(self, path: Path) -> Offer | None:
        """The backup there is of no use: say so in its row, and choose the next one; None where every one is.

        Where another one is chosen by now, or its drive was pulled and it has no row any more, the choice stays.
        """
        self._offers.useless.add(str(path))
        self.viewport().update()
        chosen = self.choice()
        if chosen is not None and chosen.path not in self._offers.useless:
            return chosen
        at = self.currentIndex().row()
        rows = range(self._offers.rowCount())
        for row in (*rows[at + 1 :], *rows[:at]):
            if self._offers.offer(row).path not in self._offers.useless:
                self.choose(row)
                return self._offers.offer(row)
        return None

    def where(self, offer: Offer) -> str:
        """In which place a backup lies, as its row says it."""
        return self._offers.where(offer)

    def choice(self) -> Offer | None:
        """The one that is chosen."""
        row = self.currentIndex().row()
        return self._offers.offer(row) if 0 <= row < self._offers.rowCount() else None

    def path(self) -> Path | None:
        """Where the chosen one lies."""
        choice = self.choice()
        return None if choice is None else Path(choice.path)

    def _draw(self, wanted: Offer | None) -> None:
        known = {offer.path for offer in self._sought}
        rows = (*(offer for offer in self._added if offer.path not in known), *self._sought)
        self._drawing = True
        self._offers.show(rows)
        if rows:
            at = next((at for at, offer in enumerate(rows) if wanted and offer.path == wanted.path), 0)
            self.choose(at)
        self._drawing = False
        self._turned()

    def _turned(self) -> None:
        """Tell of another choice, and only of another: the list itself is drawn anew whenever a drive comes or goes."""
        if not self._drawing and self.path() != self._told:
            self._told = self.path()
            self.chosen.emit()
