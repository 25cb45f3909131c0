"""A word out of a list, chosen by typing some of its letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from sanad.domain.spelling import folded
from sanad.ui.fields.box import LineBox

Options = Sequence[tuple[str, str]]
"""Slug and label of each word."""

_SLUG = Qt.ItemDataRole.UserRole
_FOLDED = Qt.ItemDataRole.UserRole + 1


class _Found(QCompleter):
    """Compares folded: ا finds أ and إ, ه finds ة."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCompletionRole(_FOLDED)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(12)

    def splitPath(self, path: str) -> list[str]:
        """What was typed, folded as the words are."""
        return [folded(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is written into the line when a word is taken."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ChoiceBox(LineBox):
    """Opens its list when it gets the cursor; letters narrow the list; Enter, Tab or a click take the word.

    Its text is the slug of the word. What is no word of the list stays as it was typed and is handed on, so that the
    form can say so.
    """

    chosen = Signal(str)

    def __init__(self, options: Callable[[], Options], parent: QWidget | None = None, *, role: str = "line") -> None:
        super().__init__(parent, role=role)
        self._options = options
        self._words = QStandardItemModel(self)
        self._list = _Found(self)
        self._list.setModel(self._words)
        popup = QListView()
        popup.setObjectName("choices")
        popup.setLayoutDirection(self.layoutDirection())
        popup.setUniformItemSizes(True)
        self._list.setPopup(popup)
        self._list.setWidget(self)
        self._list.activated[str].connect(self._take)
        self.textEdited.connect(self._narrow)
        self.editingFinished.connect(self._settle)
        self.edited = self.chosen
        self._fill()

    def text(self) -> str:
        """The slug of the word, or what was typed if it is none."""
        return self.slug_of(self.displayText())

    def slug_of(self, typed: str) -> str:
        """The slug of the word that is meant by what is typed: the word itself, or the only one that it begins."""
        if not typed.strip():
            return ""
        wanted = folded(typed)
        options = self._options()
        for slug, words in options:
            if folded(words) == wanted:
                return slug
        begun = [slug for slug, words in options if folded(words).startswith(wanted)] if wanted else []
        return begun[0] if len(begun) == 1 else typed

    def show_text(self, text: str) -> None:
        """Show the word of a slug."""
        shown = dict(self._options()).get(text, text)
        if shown != self.displayText():
            self.setText(shown)

    def open_list(self, everything: bool = True) -> None:
        """Show the list under the line."""
        self._fill()
        self._list.setCompletionPrefix("" if everything else self.displayText())
        popup = self._list.popup()
        wide = max((popup.fontMetrics().horizontalAdvance(label) for _, label in self._options()), default=0) + 48
        self._list.complete(self.rect().adjusted(0, 0, max(0, wide - self.width()), 0))
        if self._list.completionCount() and not everything:
            popup.setCurrentIndex(self._list.completionModel().index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what stands there, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list."""
        super().mousePressEvent(event)
        self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down or F4 opens the list; Enter takes the marked word and goes on."""
        popup = self._list.popup()
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_marked()
        elif not popup.isVisible() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open_list()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the marked word and goes on."""
        self._take_marked()
        return super().focusNextPrevChild(forward)

    def _take_marked(self) -> None:
        popup = self._list.popup()
        if popup.isVisible() and popup.currentIndex().isValid():
            self._take(str(popup.currentIndex().data(Qt.ItemDataRole.DisplayRole)))
        popup.hide()

    def _fill(self) -> None:
        self._words.clear()
        for slug, words in self._options():
            item = QStandardItem(words)
            item.setData(slug, _SLUG)
            item.setData(folded(words), _FOLDED)
            self._words.appendRow(item)

    def _narrow(self, typed: str) -> None:
        if typed.strip():
            self.open_list(everything=False)
        else:
            self._list.popup().hide()
        self.chosen.emit(self.text())

    def _take(self, words: str) -> None:
        self.setText(words)
        self.chosen.emit(self.text())

    def _settle(self) -> None:
        slug = self.slug_of(self.displayText())
        shown = dict(self._options()).get(slug)
        if shown is not None and shown != self.displayText():
            self.setText(shown)
            self.chosen.emit(slug)
