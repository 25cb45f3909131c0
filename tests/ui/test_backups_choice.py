"""Which backup is looked into: the list goes on to the next after a bad one, and stays the person's meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from pytestqt.qtbot import QtBot

from sanad.store.folder import DataFolder
from sanad.ui.application import Program
from sanad.ui.backups.offers_table import Column
from sanad.ui.backups.restore_page import RestorePage
from sanad.ui.widgets.labels import isolated
from tests.ui.backups import PHRASE, Sticks, carry, go_to_restore, notices, sticks
from tests.ui.conftest import Open, settle
from tests.ui.test_backups_restore import count, look_into, one_more_family, say_the_word

Sample = Callable[..., None]
__all__ = ["sticks"]


def names(page: RestorePage) -> list[str]:
    """What the list calls each backup."""
    shown = page.offers.model()
    return [shown.data(shown.index(row, Column.NAME)) for row in range(shown.rowCount())]


@contextmanager
def kept_waiting(program: Program) -> Iterator[None]:
    """Long work waits behind other work, as behind a slow drive."""
    going = Event()
    program.background.run(lambda: going.wait(20))
    yield
    going.set()


def test_c5_after_a_damaged_backup_the_next_one_is_chosen_and_named(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """A file that was cut is refused with words, its row says so, and the next in the list is at hand until none is."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    carry(program, qtbot)
    assert program.services is not None
    words = program.look.words
    page = go_to_restore(program, qtbot)
    offers = {offer.path: offer for offer in program.services.restores.offered(program.folder)}
    assert len(offers) == 3
    page.passphrase.setText(PHRASE)
    for left in (2, 1, 0):
        cut = page.offers.path()
        assert cut is not None
        cut.write_bytes(cut.read_bytes()[:4000])
        page.check.click()
        settle(qtbot, program)
        (told, tone), (hint, hint_tone) = notices(page)
        assert (tone, hint_tone) == ("stop", "amber")
        assert str(cut) in told
        if not left:
            assert hint == words.text("restore.no_other")
            continue
        following = page.offers.choice()
        assert following is not None
        assert following.path != str(cut)
        made = isolated(words.digits_shown(f"{following.made_at.astimezone():%H:%M %d/%m/%Y}"))
        assert hint == words.text("restore.next", made=made, where=page.offers.where(following))
    assert names(page) == [words.text("offer.useless", name=isolated(Path(path).name)) for path in offers]


def test_c5_of_two_backups_the_one_that_was_looked_into_is_of_no_use(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """Another was chosen while it was checked: that one keeps its name, and the choice."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    page = go_to_restore(program, qtbot)
    cut, before = page.offers.path(), names(page)
    assert cut is not None
    cut.write_bytes(cut.read_bytes()[:4000])
    page.passphrase.setText(PHRASE)
    with kept_waiting(program):
        page.check.click()
        page.offers.choose(1)
        other = page.offers.path()
        assert other not in (cut, None)
    settle(qtbot, program)
    (told, _), _named = notices(page)
    assert str(cut) in told
    assert page.offers.path() == other
    assert names(page) == [program.look.words.text("offer.useless", name=before[0]), *before[1:]]


def test_c5_a_damaged_backup_whose_stick_was_pulled_meanwhile_is_told_of(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """The list is empty by then: what was found is said, and that there is no other one."""
    sample()
    stick = sticks.plug()
    program = open_program()
    carry(program, qtbot)
    for own in DataFolder(tmp_path / "data").backups.glob("sanad-*.age"):
        own.unlink()
    page = go_to_restore(program, qtbot)
    cut = page.offers.path()
    assert cut is not None
    cut.write_bytes(cut.read_bytes()[:4000])
    page.passphrase.setText(PHRASE)
    qtbot.waitUntil(lambda: not page._seeking)
    with kept_waiting(program):
        sticks.pull(stick)
        page._seek()
        page.check.click()
    settle(qtbot, program)
    assert names(page) == []
    (told, _), (hint, _) = notices(page)
    assert str(cut) in told
    assert hint == program.look.words.text("restore.no_other")


def test_c10_another_file_that_is_not_there_leaves_the_sides_as_they_are(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot, tmp_path: Path
) -> None:
    """It is said why, once however often it is chosen; the word still restores what both sides show."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    before = count(program)
    one_more_family(program)
    page = go_to_restore(program, qtbot)
    page.offers.choose(page.offers.model().rowCount() - 1)
    look_into(page, program, qtbot)
    sides = page.sides
    for _ in range(2):
        page.choose(tmp_path / "sanad-2026-01-01-001.age")
        settle(qtbot, program)
        assert len([text for text, _ in notices(page) if "sanad-2026-01-01-001.age" in text]) == 1
    assert page.sides is sides
    assert sides is not None
    sides.begin()
    say_the_word(page, program, qtbot)
    assert count(program) == before


def test_c10_the_sides_are_those_of_the_chosen_backup(
    open_program: Open, sample: Sample, sticks: Sticks, qtbot: QtBot
) -> None:
    """Another was chosen while the first was looked into: nothing is shown that would restore the first."""
    sample()
    sticks.plug()
    program = open_program()
    carry(program, qtbot)
    page = go_to_restore(program, qtbot)
    page.passphrase.setText(PHRASE)
    with kept_waiting(program):
        page.look_in.click()
        page.offers.choose(1)
    settle(qtbot, program)
    assert page.sides is None
    look_into(page, program, qtbot)
    assert page.sides is not None
