"""What somebody typed stands on the window as it was typed: no letter of it is taken for markup or for a key."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.household import Relation
from sanad.ui.households.alike import SimilarNotice
from sanad.ui.rail import Place
from sanad.ui.widgets.labels import elided, tip
from tests.builders import a_household, a_key, a_member, a_study
from tests.ui.conftest import Open, settle

Sample = Callable[..., None]
NAME = '<b>علي</b> & أولاده <img src="logo.png">'
PART = "logo"
"""A word of it that stands nowhere else."""


def shown(window: QWidget) -> Iterator[str]:
    """Every text of the window that can be seen, as whoever reads it sees it."""
    for words in window.findChildren(QLabel):
        if words.isVisible() and PART in words.text():
            # plain text is drawn as it stands, and only a buddy's label takes & for a key
            assert words.textFormat() is Qt.TextFormat.PlainText
            assert words.buddy() is None
            yield words.text()
    for each in window.findChildren(QAbstractButton):
        if each.isVisible() and PART in each.text():
            yield each.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    for table in window.findChildren(QTableView):
        model = table.model()
        if table.isVisible() and model is not None:
            cells = [model.index(row, at) for row in range(model.rowCount()) for at in range(model.columnCount())]
            yield from (said for cell in cells if PART in (said := str(cell.data())))
            yield from tips(str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells)
    yield from tips(each.toolTip() for each in window.findChildren(QWidget) if each.isVisible())


def tips(texts: Iterator[str]) -> Iterator[str]:
    """Tooltips as Qt draws them, which takes for markup whatever looks like it."""
    for text in texts:
        if PART in text:
            drawn = QTextDocument()
            if TextQt.mightBeRichText(text):
                drawn.setHtml(text)
            else:
                drawn.setPlainText(text)
            yield drawn.toPlainText()


def test_e13_a_name_with_markup_in_it_is_shown_as_it_was_typed(
    open_program: Open, sample: Sample, tmp_path: Path, qtbot: QtBot
) -> None:
    """In the list, over the file, on the form, in what is missing, on the first page, and in every tooltip."""
    sample()
    members = (
        a_member(name=NAME, birth_date=date(1980, 5, 1)),
        a_member(2, Relation.SON, name=NAME),
    )
    with build(tmp_path / "data") as services:
        study = a_study(a_household(members=members))
        family, _other = (services.households.register(study, key=a_key()).value for _ in range(2))
        services.requests.receive(family.id, "monthly", date.today(), key=a_key())  # noqa: DTZ011  # the window's day
    program = open_program()
    window = program.window
    seen: dict[str, list[str]] = {}

    def look(screen: str) -> None:
        settle(qtbot, program)
        seen[screen] = [" ".join(text.split()) for text in shown(window)]

    look("today")
    window.navigation.go(Place.HOUSEHOLDS)
    qtbot.wait(200)
    look("list")
    window.bar.search.setText("أولاده")
    window.bar.search.textEdited.emit("أولاده")
    qtbot.wait(200)
    look("found")
    window.navigation.open_household(family.id)
    settle(qtbot, program)
    page = window.navigation.household
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.findChildren(SimilarNotice)))
    for tab in range(page.form.tabs.count()):
        page.form.show_page(tab)
        look(f"tab {tab + 1}")
    page.sheet.put_cell("household.members", 1, "birth_date", NAME)
    page.save()
    look("problems")
    page.form.show_page(1)
    look("problems of members")
    page.sheet.remove_row("household.members", 1)
    look("removed")
    texts = [text for screen in seen.values() for text in screen]
    for screen in ("today", "list", "tab 1", "tab 2", "problems of members"):
        assert any(NAME in text for text in seen[screen]), screen
    assert [text for text in texts if PART in text and NAME not in text] == []


def test_e13_what_has_no_room_is_told_by_its_tooltip_as_it_was_typed(qapp: QApplication, qtbot: QtBot) -> None:
    """A name that is cut short is whole in its tooltip and for a screen reader, and short again where it fits."""
    made = elided(NAME * 4)
    qtbot.addWidget(made)
    made.resize(90, 30)
    made.show()
    assert made.text() == made.accessibleName() == NAME * 4
    assert QLabel.text(made).endswith("…")
    assert list(tips(iter([made.toolTip()]))) == [NAME * 4]
    made.resize(5000, 30)
    assert (QLabel.text(made), made.toolTip()) == (NAME * 4, "")
    assert tip("") == ""
