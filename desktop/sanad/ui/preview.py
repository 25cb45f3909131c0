"""A paper before it is printed: the very PDF that will be printed, in the window."""

from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanad.ui.desk import Desk
from sanad.ui.printer import Sending
from sanad.ui.widgets.buttons import KeyButton, button
from sanad.ui.widgets.frames import Notice, column, emptied, row
from sanad.ui.widgets.labels import label

ZOOM = 1.2


class PreviewPage(QWidget):
    """Shows a PDF with what can be done with it. ``left`` goes back to where one came from."""

    left = Signal()

    def __init__(self, desk: Desk, pdf: bytes, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._pdf = pdf
        self._name = name
        self._bytes = QBuffer(self)
        self._bytes.setData(QByteArray(pdf))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._bytes)
        whole = column(self, spacing=8)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(self._head())
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

    def _head(self) -> QHBoxLayout:
        text = self._desk.words.text
        head = row()
        back = button(text("print.back"), icon=self._desk.icons.icon("arrow-left"))
        back.setToolTip(f"{back.text()} (Esc)")
        back.clicked.connect(self.left)
        head.addWidget(back)
        head.addWidget(label(self._name, "page"))
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
        save = KeyButton(text("print.save"), "Ctrl+S")
        save.clicked.connect(self._ask_where)
        head.addWidget(save)
        self.send = KeyButton(text("print.print"), "Ctrl+P", "main")
        self.send.clicked.connect(self._ask_printer)
        head.addWidget(self.send)
        return head

    def save_to(self, path: Path) -> None:
        """Put the PDF into a file, whole or not at all."""
        papers, pdf = self._desk.services.papers, self._pdf
        self._desk.tasks.run(lambda: papers.save(pdf, path))

    def print_on(self, printer: QPrinter) -> None:
        """Hand the paper to a printer; the office's data wait for no printer, nor does the window."""
        self.send.setEnabled(False)
        sending = Sending(self._pdf, printer, self)
        sending.ended.connect(self._sent)

    def _sent(self, taken: bool) -> None:
        self.send.setEnabled(True)
        text = self._desk.words.text
        if not taken:
            self._tell(Notice(text("print.failed"), "stop"))
            return
        papers, pdf, key = self._desk.services.papers, self._pdf, str(uuid4())
        self._desk.tasks.run(lambda: papers.printed(pdf, key=key), self._counted)

    def _counted(self, copies: tuple[int, ...]) -> None:
        """A receipt was counted: ask whether it came out well, and draw it anew as a copy where it did not."""
        if copies:
            text = self._desk.words.text
            notice = Notice(text("print.came_out"))
            notice.offer(text("print.well"), lambda: None)
            if len(copies) == 1:
                notice.offer(text("print.again"), self._again)
            self._tell(notice)

    def _again(self) -> None:
        papers, pdf, today = self._desk.services.papers, self._pdf, self._desk.today()
        self._desk.tasks.run(lambda: papers.again(pdf, today), self._show)

    def _show(self, pdf: bytes | None) -> None:
        if pdf is not None:
            self._pdf = pdf
            self.document.close()
            self._bytes.close()
            self._bytes.setData(QByteArray(pdf))
            self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._bytes)

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
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)
