"""A word out of a list, chosen by typing some of its letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from sanad.domain.spelling import folded
from sanad.ui.fields.box import LineBox

Options = Sequence[tuple[str, str]]
"""Slug and label of each word."""

MOST_LINES = 12
"""Words of a list that are seen at once; the others by scrolling."""


class WordList(QListView):
    """The words under a line, on the window itself: it never takes the cursor, nor is it a window of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = QStringListModel(self)
        self.setModel(self._words)

    def show_words(self, words: list[str], under: QWidget) -> None:
        """Stand under a line, or over it where there is no room below."""
        self._words.setStringList(words)
        line = self.sizeHintForRow(0) if words else 0
        wide = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0) + 48
        size = QSize(min(max(wide, under.width()), self._window.width()), line * min(len(words), MOST_LINES) + 8)
        corner = under.mapTo(self._window, QPoint(0, under.height()))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(corner.x() + under.width() - size.width())
        if corner.y() + size.height() > self._window.height():
            corner.setY(corner.y() - under.height() - size.height())
        left = min(max(0, corner.x()), self._window.width() - size.width())
        self.setGeometry(left, max(0, corner.y()), size.width(), size.height())
        self.show()
        self.raise_()

    def mark(self, number: int) -> None:
        """Mark a word by its number; the ends are joined."""
        if count := self._words.rowCount():
            self.setCurrentIndex(self._words.index(number % count))

    def marked(self) -> str | None:
        """The word that is marked."""
        index = self.currentIndex()
        return str(index.data()) if index.isValid() else None

    def step(self, by: int) -> None:
        """Mark the next word or the one before."""
        now = self.currentIndex().row()
        self.mark(0 if now < 0 and by > 0 else now + by)


class ChoiceBox(LineBox):
    """Letters narrow the list; Enter, Tab or a click take the marked word; a click or Down opens the whole list.

    ``also`` are other forms in which the words may be typed, such as the feminine. Its text is the slug of the word.
    What is no word of the list stays as it was typed and is handed on, so that the form can say so.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Callable[[], Options], also: Callable[[], Options] = lambda: (), *, role: str = "line"
    ) -> None:
        super().__init__(role=role)
        self._options = options
        self._also = also
        self._list: WordList | None = None
        self.textEdited.connect(self._narrow)
        self.editingFinished.connect(self._settle)
        self.edited = self.chosen

    def text(self) -> str:
        """The slug of the word, or what was typed if it is none."""
        return self.slug_of(self.displayText())

    def slug_of(self, typed: str) -> str:
        """The slug of the word that is meant by what is typed: the word itself, or the only one that it begins."""
        if not typed.strip():
            return ""
        wanted = folded(typed)
        options = self._options()
        for slug, words in (*options, *self._also()):
            if folded(words) == wanted:
                return slug
        begun = [slug for slug, words in options if folded(words).startswith(wanted)] if wanted else []
        return begun[0] if len(begun) == 1 else typed

    def show_text(self, text: str) -> None:
        """Show the word of a slug."""
        shown = dict(self._options()).get(text, text)
        if shown != self.displayText():
            self.setText(shown)

    def open_list(self, words: list[str] | None = None) -> None:
        """Show the words under the line, all of them unless some are given."""
        every = [word for _slug, word in self._options()]
        if self._list is None:
            self._list = WordList(self.window())
            self._list.clicked.connect(lambda index: self._take(str(index.data())))
        self._list.show_words(every if words is None else words, self)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what stands there, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the cursor."""
        super().focusOutEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with its line."""
        super().hideEvent(event)
        self.close_list()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list, another closes it."""
        super().mousePressEvent(event)
        if self.is_open():
            self.close_list()
        else:
            self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down or F4 opens the list, the arrows go through it, Enter takes the marked word and goes on."""
        key = event.key()
        if self._list is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif self._list is None and key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open_list()
            if self._list is not None:
                self._list.mark(0)
        elif self._list is not None and key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Enter take the marked word and go on."""
        marked = self._list.marked() if self._list is not None else None
        if marked is not None:
            self._take(marked)
        self.close_list()
        return super().focusNextPrevChild(forward)

    def _narrow(self, typed: str) -> None:
        wanted = folded(typed)
        words = [word for _slug, word in self._options()]
        found = [word for word in words if folded(word).startswith(wanted)]
        found += [word for word in words if wanted in folded(word) and word not in found]
        if wanted and found:
            self.open_list(found)
            if self._list is not None:
                self._list.mark(0)
        else:
            self.close_list()
        self.chosen.emit(self.text())

    def _take(self, words: str) -> None:
        self.setText(words)
        self.close_list()
        self.chosen.emit(self.text())

    def _settle(self) -> None:
        slug = self.slug_of(self.displayText())
        shown = dict(self._options()).get(slug)
        if shown is not None and shown != self.displayText():
            self.setText(shown)
            self.chosen.emit(slug)
