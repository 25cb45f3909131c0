"""The window: the bar, the rail, and the page one is at. It only finds the way; pages do the work."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QPushButton, QStackedWidget, QWidget
from shiboken6 import isValid

from sanad.domain.errors import Problem
from sanad.ui.backups.banner import Banner
from sanad.ui.desk import Desk, Look
from sanad.ui.rail import Place, Rail
from sanad.ui.top_bar import TopBar
from sanad.ui.widgets.frames import Notice, column, row
from sanad.ui.widgets.labels import label

SAID_FOR = 8000
"""Milliseconds for which it is said that something was done."""


class MainWindow(QMainWindow):
    """Painted before the data is open; ``open_desk`` fills it.

    ``settled`` says that the office itself was changed, ``leaving`` that an open office is to be closed; the window
    goes when it is let go. ``restore_wanted`` names a backup and its passphrase, ``undo_wanted`` asks for the data of
    before the last one: both have the window made anew.
    """

    settled = Signal()
    adopted = Signal(str)
    leaving = Signal()
    restore_wanted = Signal(Path, str)
    undo_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.desk: Desk | None = None
        self._let_go = self._locked = False
        self.setWindowTitle(look.words.text("program.name"))
        self.setWindowIcon(look.icons.icon("house", "accent", 32))
        self.resize(1366, 768)
        self.bar = TopBar(look)
        self.rail = Rail(look)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(self._moved_on)
        self._notice: Notice | None = None
        self._lay_out()
        self._opening = label(look.words.text("program.opening"), "hint")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self._opening)
        self.bar.listen(self.ground)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        self._enable(on=False)

    def _lay_out(self) -> None:
        desk = self.ground = QWidget()
        desk.setObjectName("desk")
        whole = column(desk, spacing=0)
        whole.addWidget(self.bar)
        body = row(spacing=0)
        body.addWidget(self.rail)
        edge = QFrame()
        edge.setObjectName("railEdge")
        edge.setFixedWidth(1)
        body.addWidget(edge)
        content = column(spacing=0)
        self.banner = Banner(self._look)
        content.addWidget(self.banner)
        content.addWidget(self.pages, 1)
        body.addLayout(content, 1)
        whole.addLayout(body, 1)
        self._layers = QStackedWidget()
        self._layers.addWidget(desk)
        self.setCentralWidget(self._layers)

    def _enable(self, *, on: bool) -> None:
        self.rail.setEnabled(on)
        self.bar.search.setEnabled(on)

    def show_alone(self, page: QWidget) -> None:
        """Show a page with which the rail has nothing to do yet, such as the first run's."""
        self.uncover()
        self._enable(on=False)
        self._put(page)

    def cover(self, page: QWidget, *, locked: bool = False) -> None:
        """Lay a page over everything else; what is under it is neither seen, nor read aloud, nor reached by a key.

        One that is ``locked`` stays until :meth:`unlock`, or until another such takes its place: whatever else comes
        late, as the answer to a key that was pressed before, neither draws over it nor takes it away, nor does the
        cursor go under it.
        """
        if self._locked and not locked:
            page.deleteLater()
            return
        self._locked = locked
        self._bring_up(page)
        self.ground.setEnabled(False)

    def is_covered_by(self, page: QWidget | None) -> bool:
        """Whether that page is the one in sight; another one may have taken its place."""
        return self._layers.currentWidget() is page

    def unlock(self) -> None:
        """Somebody may be shown again what lies under the cover, which stays until something takes its place."""
        self._locked = False

    def uncover(self) -> None:
        """Show what lies under the cover again, unless that is locked."""
        if not self._locked:
            self.ground.setEnabled(True)
            self._bring_up(self.ground)

    def _bring_up(self, page: QWidget) -> None:
        """Show one page alone; of the others only the ground stays."""
        if self._layers.indexOf(page) < 0:
            self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        for other in [self._layers.widget(at) for at in range(self._layers.count())]:
            if other is not None and other not in (page, self.ground):
                self._layers.removeWidget(other)
                other.deleteLater()

    def show_desk(self) -> None:
        """Back to the pages of the office that is open."""
        self._enable(on=True)
        self.navigation.go(Place.TODAY)

    def open_desk(self, desk: Desk) -> None:
        """Fill the window with the pages of an open office."""
        from sanad.ui.navigation import Navigation  # the pages are not needed for the first paint

        self.desk = desk
        self.uncover()
        self.bar.show_person(desk.person)
        self.bar.office.setText(desk.office.name(desk.words.language))
        self.bar.show_day(desk.today())
        self._enable(on=True)
        self.navigation = Navigation(self, desk)
        desk.screen.turned.connect(self.bar.shared.setVisible)
        desk.keeper.looked.connect(self.bar.backup.tell)
        desk.keeper.looked.connect(self.banner.tell)
        desk.keeper.tried.connect(self.banner.show_problems)
        desk.keeper.checked.connect(self.banner.tell_checked)
        desk.keeper.begin()
        QShortcut(QKeySequence("F8"), self.ground, desk.screen.turn)
        self.navigation.go(Place.TODAY)

    def tell(self, text: str, tone: str = "", offer: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say one sentence over the foot of the page; it takes the place of the one before.

        What was done is said for a few seconds, what went wrong or offers a way until it is closed.
        """
        if self._notice is not None and isValid(self._notice):
            self._notice.deleteLater()
        notice = Notice(text, tone, self.ground)
        if offer is not None:
            notice.offer(*offer)
        notice.offer(self._look.words.text("notice.close"), lambda: None)
        passing = not tone and offer is None
        if passing:  # it goes by itself, so the cursor has no business there
            for each in notice.findChildren(QPushButton):
                each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._notice = notice
        notice.show()
        self._place_notice()
        if passing:
            QTimer.singleShot(SAID_FOR, notice, notice.deleteLater)

    def ask(self, text: str, answer: str, act: Callable[[], object]) -> None:
        """Say a sentence that stands until it is closed, or answered by the one button that does something about it."""
        self.tell(text, "amber")
        if self._notice is not None:
            self._notice.offer(answer, act)
            self._place_notice()

    def _moved_on(self) -> None:
        """What was done is not said over another page."""
        notice = self._notice
        if notice is not None and isValid(notice) and not notice.property("tone"):
            notice.deleteLater()
            self._notice = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is said at the foot of the page."""
        super().resizeEvent(event)
        self._place_notice()

    def _place_notice(self) -> None:
        notice, pages = self._notice, self.pages
        if notice is None or not isValid(notice):
            return
        most = min(720, pages.width() - 32)
        wide = min(most, max(360, notice.sizeHint().width()))
        notice.resize(wide, notice.heightForWidth(wide) if notice.hasHeightForWidth() else notice.sizeHint().height())
        corner = pages.mapTo(self.ground, pages.rect().bottomLeft())
        notice.move(corner.x() + (pages.width() - wide) // 2, corner.y() - notice.height() - 16)
        notice.raise_()

    def tell_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what was refused where no field can say it."""
        if problems:
            self.tell("\n".join(self._look.words.problem(problem) for problem in problems), "stop")

    def changeEvent(self, event: QEvent) -> None:
        """Tell the day anew when the window is looked at again: it may have been left open over midnight."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.desk is not None:
            self.bar.show_day(self.desk.today())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is typed; the window of an open office stays until it is let go."""
        if self.desk is not None:
            self.navigation.keep()
            if not self._let_go:
                self.leaving.emit()
        event.setAccepted(self._let_go or self.desk is None)

    def let_go(self) -> None:
        """Close the window whatever is under way."""
        self._let_go = True
        self.close()

    def _put(self, page: QWidget) -> None:
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
