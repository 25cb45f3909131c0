"""The recovery code over everything, until whoever sees it says that it was put away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sanad.ui.desk import Desk
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import card, column, frame, row
from sanad.ui.widgets.labels import isolated, label

WIDE = 560
"""Pixels of the card in the middle."""


class CodePage(QStackedWidget):
    """``kept`` says that the code was put away. It is printed from here, as the very paper that is shown."""

    kept = Signal()

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._desk = desk
        self._code = code
        text = desk.words.text
        ground = QWidget()
        whole = column(ground)
        whole.addStretch(1)
        middle = row()
        middle.addStretch(1)
        made, inner = card(spacing=12)
        made.setFixedWidth(WIDE)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(label(text("code.title"), "page"))
        inner.addWidget(label(text("code.text"), wraps=True))
        box = frame("inline")
        around = column(box, margins=16)
        self.code = label(isolated(code), "code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(f"{text('code.title')}: {code}")
        around.addWidget(self.code)
        inner.addWidget(box)
        inner.addWidget(label(text("code.warning"), "problem", wraps=True))
        feet = row()
        self.print = button(text("code.print"), "main", icon=desk.icons.icon("printer", "on_accent"))
        self.print.clicked.connect(self._print)
        keyed(self.print, "Ctrl+P")
        self.put_away = keyed(button(text("code.kept")), "Ctrl+Return")
        self.put_away.clicked.connect(self.kept)
        feet.addWidget(self.print)
        feet.addWidget(self.put_away)
        feet.addStretch(1)
        inner.addLayout(feet)
        middle.addWidget(made)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self.addWidget(ground)

    def begin(self) -> None:
        """The cursor on the button that prints it: whoever presses Enter at once loses nothing."""
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        desk, code = self._desk, self._code
        papers, today = desk.services.papers, desk.today()
        desk.tasks.run(lambda: papers.code_sheet(code, today), self._show)

    def _show(self, pdf: bytes) -> None:
        from sanad.ui.preview import PreviewPage  # QtPdf is loaded only when a paper is looked at

        page = PreviewPage(self._desk, pdf, self._desk.words.text("code.title"))

        def leave() -> None:
            self.setCurrentIndex(0)
            self.removeWidget(page)
            page.deleteLater()
            self.begin()

        page.left.connect(leave)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.view.setFocus()
