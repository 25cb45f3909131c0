"""The picture of the letterhead: chosen, seen at once, taken away again."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from sanad.domain.changes import Done
from sanad.domain.staff import Permission
from sanad.ui.desk import Desk
from sanad.ui.staff.rights import guard
from sanad.ui.tasks import Problems
from sanad.ui.widgets.buttons import button, keyed
from sanad.ui.widgets.frames import column, frame, row
from sanad.ui.widgets.labels import label, retone

WIDE, HIGH = 240, 88
"""Pixels within which the picture is shown."""


class LogoBox(QWidget):
    """Shows the logo as it stands on white paper. What is chosen is kept at once; a picture that is no good is said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.words.text
        whole = column(self, spacing=8)
        line = row(spacing=16)
        self._sheet = frame("logo")
        inner = column(self._sheet, margins=8)
        self.picture = label(text("office.logo.none"), "hint")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(WIDE, HIGH)
        inner.addWidget(self.picture)
        line.addWidget(self._sheet)
        self.choose = keyed(button(text("office.logo.choose")), "Ctrl+O")
        self.choose.clicked.connect(self._ask)
        self.remove = keyed(button(text("office.logo.remove"), "quiet"), "Ctrl+Shift+O")
        self.remove.clicked.connect(self._remove)
        self.remove.hide()
        for each in (self.choose, self.remove):
            guard(each, desk, Permission.SET_UP)
            line.addWidget(each, alignment=Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addWidget(label(text("office.logo.hint"), "hint", wraps=True))
        self._wrong = label("", "problem", wraps=True)
        self._wrong.hide()
        whole.addWidget(self._wrong)
        desk.tasks.run(desk.services.offices.logo, self._show)

    def take(self, path: Path) -> None:
        """Have the picture in a file on the letterhead from now on."""
        offices = self._desk.services.offices
        self._desk.tasks.run(lambda: offices.set_logo(path), self._taken, self._refused)

    def _ask(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        text = self._desk.words.text
        kinds = f"{text('office.logo.kinds')} (*.png *.jpg *.jpeg)"
        chosen, _kind = QFileDialog.getOpenFileName(self, text("office.logo.choose"), folder, kinds)
        if chosen:
            self.take(Path(chosen))

    def _remove(self) -> None:
        self._desk.tasks.run(self._desk.services.offices.remove_logo, self._taken, self._refused)

    def _taken(self, done: "Done[bytes | None]") -> None:
        self._show(done.value)
        self._desk.refresh.changed.emit(done.changes)

    def _refused(self, problems: Problems) -> None:
        self._wrong.setText("\n".join(self._desk.problem(problem) for problem in problems))
        self._wrong.show()

    def _show(self, logo: bytes | None) -> None:
        self._wrong.hide()
        self.remove.setVisible(logo is not None)
        retone(self._sheet, tone="" if logo is None else "filled")
        text = self._desk.words.text
        if logo is None:
            self.picture.setText(text("office.logo.none"))
            self.picture.setAccessibleName(text("office.logo.none"))
            return
        drawn = QPixmap()
        drawn.loadFromData(logo)
        scale = self.devicePixelRatioF()
        fitted = drawn.scaled(
            round(WIDE * scale),
            round(HIGH * scale),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(scale)
        self.picture.setPixmap(fitted)
        self.picture.setAccessibleName(text("office.logo.there"))
