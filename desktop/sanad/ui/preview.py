"""A paper before it is printed: the very PDF that will be printed, in the window."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from sanad.ui.desk import Desk
from sanad.ui.printer import Sending, new_printer, sheet_of, too_small
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import Notice, column, emptied, row
from sanad.ui.widgets.labels import elided, isolated, label

ZOOM = 1.2
MOST_NAMED = 8
"""Letters that a notice names one by one."""


class PreviewPage(QWidget):
    """Shows a PDF with what can be done with it. ``left`` goes back to where one came from."""

    left = Signal()

    def __init__(self, desk: Desk, pdf: bytes, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._pdf = pdf
        self._name = name
        self._told_then: Notice | None = None
        self._bytes = QBuffer(self)
        self._bytes.setData(QByteArray(pdf))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._bytes)
        whole = column(self, spacing=8)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(self._head())
        self._letters: QVBoxLayout = column()
        whole.addLayout(self._letters)
        self._notices: QVBoxLayout = column(spacing=4)
        whole.addLayout(self._notices)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(name)
        around = self.view.palette()
        around.setColor(QPalette.ColorRole.Dark, desk.theme.colour("desk"))
        self.view.setPalette(around)
        whole.addWidget(self.view, 1)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self._tell_unprintable()

    def _head(self) -> QHBoxLayout:
        text = self._desk.words.text
        head = row()
        back = button(text("print.back"), icon=self._desk.icons.icon("arrow-left"))
        back.setToolTip(f"{back.text()} (Esc)")
        back.clicked.connect(self.left)
        head.addWidget(back)
        head.addWidget(elided(self._name, "page"))
        pages = self._desk.words.count("print.pages", self.document.pageCount())
        head.addWidget(label(pages, "hint"))
        head.addStretch(1)
        zooms = (("print.smaller", "zoom-out", "Ctrl+-", 1 / ZOOM), ("print.larger", "zoom-in", "Ctrl++", ZOOM))
        for key, icon, keys, by in zooms:
            zoom = button("", icon=self._desk.icons.icon(icon))
            zoom.setAccessibleName(text(key))
            zoom.setToolTip(f"{text(key)} ({keys})")
            zoom.setShortcut(QKeySequence(keys))
            zoom.clicked.connect(lambda _on=False, by=by: self._zoom(by))
            head.addWidget(zoom)
        self.keep = KeyButton(text("print.save"), "Ctrl+S")
        self.keep.clicked.connect(self._ask_where)
        head.addWidget(self.keep)
        self.send = KeyButton(text("print.print"), "Ctrl+P", "main")
        self.send.clicked.connect(self._ask_printer)
        head.addWidget(self.send)
        return head

    def save_to(self, path: Path) -> None:
        """Put the PDF into a file, whole or not at all; of a receipt that is a copy which was given out."""
        papers, pdf, key = self._desk.services.papers, self._pdf, str(uuid4())

        def save() -> tuple[int, ...]:
            if papers.counts(pdf):
                return papers.save_counted(pdf, path, key=key)
            papers.save(pdf, path)
            return ()

        self._hold(on=True)
        self._desk.tasks.run(save, self._saved, self._not_saved)

    def _saved(self, copies: tuple[int, ...]) -> None:
        if copies:
            self._draw_next(Notice(self._desk.words.text("print.saved")))
        else:
            self._hold(on=False)

    def _not_saved(self, problems: Problems) -> None:
        self._hold(on=False)
        if problems:
            self._desk.tasks.refused.emit(problems)

    def print_on(self, printer: QPrinter) -> None:
        """Hand the paper to a printer; the office's data wait for no printer, nor does the window.

        On a sheet that is too small nothing is printed. Of a receipt comes one paper at a time, so that each says which
        copy it is; what came out is counted even if this page was left meanwhile.
        """
        if too_small(printer):
            self._tell(Notice(self._too_small(printer), "stop"))
            return
        tasks, papers, pdf, key = self._desk.tasks, self._desk.services.papers, self._pdf, str(uuid4())
        counted = papers.counts(pdf)
        if counted:
            printer.setCopyCount(1)

        def record() -> None:
            tasks.run(lambda: papers.given(pdf, key=key), self._counted, not_recorded)

        def not_recorded(problems: Problems) -> None:
            if isValid(self):
                self._tell_stuck("print.not_counted", problems, record)
            elif problems:
                tasks.refused.emit(problems)

        def count(taken: bool) -> None:
            if taken and counted:
                record()

        emptied(self._notices)
        self._hold(on=True)
        sending = Sending(pdf, printer, tasks)
        sending.ended.connect(count)
        sending.ended.connect(self._sent)

    def _sent(self, taken: bool) -> None:
        if not taken:
            self._hold(on=False)
            self._tell(Notice(self._desk.words.text("print.failed"), "stop"))
        elif not self._desk.services.papers.counts(self._pdf):
            self._hold(on=False)

    def _counted(self, _copies: tuple[int, ...]) -> None:
        """A receipt came out: ask whether it came out well, its next copy before one's eyes."""
        text = self._desk.words.text
        notice = Notice(text("print.came_out"))
        notice.offer(text("print.well"), lambda: None)
        notice.offer(text("print.again"), self._ask_printer)
        self._draw_next(notice)

    def _draw_next(self, notice: Notice) -> None:
        """The next copy takes the place of the one that was given out; until then nothing is printed or saved."""
        papers, pdf, today = self._desk.services.papers, self._pdf, self._desk.today()
        self._told_then = notice

        def draw() -> None:
            self._desk.tasks.run(lambda: papers.again(pdf, today), self._show, failed)

        def failed(problems: Problems) -> None:
            if isValid(self):
                self._tell_stuck("print.not_drawn", problems, draw)

        draw()

    def _tell_stuck(self, key: str, problems: Problems, again: Callable[[], None]) -> None:
        """Why nothing can be printed or saved until that is tried again, as the next paper would be the same one."""
        words = self._desk.words
        why = " ".join(self._desk.problem(problem) for problem in problems)
        self._tell(Notice(words.text(key, why=why), "stop").offer(words.text("closed.again"), again))

    def _show(self, pdf: bytes | None) -> None:
        if pdf is not None:
            self._pdf = pdf
            self.document.close()
            self._bytes.close()
            self._bytes.setData(QByteArray(pdf))
            self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._bytes)
        self._hold(on=False)
        if self._told_then is not None:
            self._tell(self._told_then)

    def _hold(self, *, on: bool) -> None:
        """Neither print nor save this paper once more until what is under way has ended."""
        self.send.setDisabled(on)
        self.keep.setDisabled(on)

    def _too_small(self, printer: QPrinter) -> str:
        """Which printer it is, and what lies in it."""
        words, sheet = self._desk.words, sheet_of(printer)
        size = words.digits_shown(f"{sheet.width():.0f} × {sheet.height():.0f}")
        paper = printer.pageLayout().pageSize().name()
        return words.text(
            "print.too_small", printer=isolated(printer.printerName()), paper=isolated(paper), size=isolated(size)
        )

    def _tell_unprintable(self) -> None:
        """Which letters of the paper no face can print, before anybody prints it."""
        letters = self._desk.services.papers.unprintable(self._pdf)
        if letters:
            named = [isolated(f"{letter} (U+{ord(letter):04X})") for letter in letters[:MOST_NAMED]]
            named += ["…"] if len(letters) > MOST_NAMED else []
            said = self._desk.words.count("print.unprintable", len(letters), letters=named)
            self._letters.addWidget(Notice(said, "amber"))

    def _tell(self, notice: Notice) -> None:
        emptied(self._notices)
        self._notices.addWidget(notice)

    def _zoom(self, by: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            wide = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            now = (self.view.viewport().width() - 12) / wide
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(0.25, min(4.0, now * by)))

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        title = self._desk.words.text("print.save")
        chosen, _filter = QFileDialog.getSaveFileName(self, title, f"{folder}/{self._name}.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def _ask_printer(self) -> None:
        if not self.send.isEnabled():
            return
        printer, pages = new_printer(self._name), self.document.pageCount()
        dialog = QPrintDialog(printer, self)
        dialog.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
        dialog.setMinMax(1, pages)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)
