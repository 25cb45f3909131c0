"""The program was cut short: the next start says what was recorded last, what was left, and which data these are."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.office import Language
from sanad.services.drafts import Drafts
from sanad.store import swap
from sanad.store.folder import DataFolder
from sanad.store.store import Store
from sanad.ui.application import Program
from sanad.ui.households.page import HouseholdPage
from sanad.ui.preview import PreviewPage
from sanad.ui.widgets.inline_form import InlineForm
from sanad.ui.widgets.labels import embedded, isolated
from sanad.words.catalogue import Words
from tests.backups import PHRASE, cheap_keys
from tests.builders import TODAY, Clock, a_family, a_household, a_study, a_voucher, an_office
from tests.paper.printing import read_back
from tests.ui.backups import notices, press, texts
from tests.ui.conftest import Open, close, settle
from tests.ui.sheets import to_file

ROOT = Path(__file__).resolve().parents[2]

CUT_OFF = """
    import os, signal, sys
    from pathlib import Path
    from sanad.bootstrap import build
    from tests.builders import TODAY, Clock, a_voucher, an_office
    services = build(Path(sys.argv[1]), Clock())
    services.offices.set_up(an_office())
    services.payments.receive(a_voucher(services).id, "حسن", TODAY, key="once")
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""A receipt is recorded, and the process killed before it could be printed."""


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window is opened on the day of the acts: a receipt of long ago is offered no more."""
    monkeypatch.setattr(Program.__init__, "__defaults__", (lambda: TODAY,))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a1_a2_a3_whoever_starts_after_a_cut_sees_what_was_recorded_last(
    tmp_path: Path, open_program: Open, qtbot: QtBot
) -> None:
    """Killed between recording and printing: number, family, amount; the receipt is offered until it is printed."""
    script = [sys.executable, "-c", textwrap.dedent(CUT_OFF), str(tmp_path / "data")]
    assert subprocess.run(script, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    program = open_program()
    today, words = program.window.navigation.today, program.look.words
    assert program.window.desk is not None
    family = words.text("today.last.family", name=embedded("حسن علي أحمد"), file=isolated("1"))
    amount = embedded(program.window.desk.priced(Money(30_000)))
    assert f"{isolated('2026-000001')} · {family} · {amount}" in texts(today)
    assert words.text("today.ended.cut") in texts(today)
    program.screen.turn()
    settle(qtbot, program)
    assert not any("حسن" in text for text in texts(today))
    program.screen.turn()
    settle(qtbot, program)
    press(today, "today.to_print.open", program)
    settle(qtbot, program)
    page = program.window.pages.currentWidget()
    assert isinstance(page, PreviewPage)
    assert "2026-000001" in read_back(page._pdf)[0]
    page.print_on(to_file(tmp_path / "paper.pdf"))
    qtbot.waitUntil(page.send.isEnabled, timeout=20_000)
    settle(qtbot, program)
    page.left.emit()
    settle(qtbot, program)
    assert words.text("today.to_print.chip") not in texts(today)
    assert words.text("today.ended.cut") not in texts(today)  # that it was printed was recorded after the cut
    assert program.services is not None
    assert program.services.today.lines(TODAY).to_print.count == 0


def test_a1_a4_a_family_that_was_saved_before_the_cut_is_not_saved_twice(
    tmp_path: Path, open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut between the saving and the forgetting of its draft: saved again it is the same file."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
    program = open_program()
    program.window.navigation.new_household()
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("head.name", "سلمان جعفر")
    page.sheet.put("head.sex", "male")
    page.keep_draft()
    settle(qtbot, program)
    with monkeypatch.context() as cut:
        cut.setattr(Drafts, "discard", lambda *_: None)  # the power goes here
        page.save()
        settle(qtbot, program)
        assert page.family is not None
        close(program)
    program = open_program()
    words = program.look.words
    assert program.services is not None
    assert [draft.place for draft in program.services.drafts.kept()] == ["new"]
    press(program.window.navigation.today, "today.draft.open", program)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    assert page.family is None
    page.save()
    settle(qtbot, program)
    assert program.services.households.count() == 1
    assert page.family is not None
    number = isolated(page.family.study.household.file_number)
    assert words.text("household.repeated", number=number) in [text for text, _ in notices(program.window)]
    assert program.services.drafts.kept() == []
    page.sheet.put("head.name", "سلمان جعفر علي")
    page.save()
    settle(qtbot, program)
    assert words.text("household.corrected", number=number) in [text for text, _ in notices(program.window)]


@pytest.mark.parametrize("new", [True, False])
def test_a1_a4_what_is_typed_on_after_the_cut_goes_over_what_was_saved(
    tmp_path: Path, open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, new: bool
) -> None:
    """The draft outlived its own saving, and one more box is typed into it: one press saves it, as one file."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        known = None if new else a_family(services).id
    program = open_program()
    ways = program.window.navigation
    ways.new_household() if known is None else ways.open_household(known)
    settle(qtbot, program)
    page = ways.household
    assert page is not None
    page.sheet.put("head.name", "سلمان جعفر")
    page.sheet.put("head.sex", "male")
    page.sheet.put("request_date", "22/11/2026")
    page.keep_draft()
    settle(qtbot, program)
    with monkeypatch.context() as cut:
        cut.setattr(Drafts, "discard", lambda *_: None)  # the power goes here
        page.save()
        settle(qtbot, program)
        assert page.family is not None
        assert page.family.version == (1 if new else 2)
        close(program)
    program = open_program()
    assert program.services is not None
    program.window.navigation.open_draft(known or "new")
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.sheet.put("household.phone", "33445566")
    page.save()
    settle(qtbot, program)
    (row,) = program.services.households.search("", 5)
    household = program.services.households.open(row.id).study.household
    assert household.head is not None
    assert (household.head.name, household.phone) == ("سلمان جعفر", "33445566")
    assert page.family is not None
    assert page.family.id == row.id
    assert program.services.drafts.kept() == []
    number = isolated(household.file_number)
    assert program.look.words.text("household.corrected", number=number) in [
        text for text, _ in notices(program.window)
    ]


def cut_after_saving(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, household: str | None
) -> HouseholdPage:
    """Type a name and save; the power goes before the draft is forgotten."""
    ways = program.window.navigation
    ways.new_household() if household is None else ways.open_household(household)
    settle(qtbot, program)
    page = ways.household
    assert page is not None
    page.sheet.put("head.name", "سلمان جعفر")
    page.sheet.put("head.sex", "male")
    page.sheet.put("request_date", "22/11/2026")
    with monkeypatch.context() as cut:
        cut.setattr(Drafts, "discard", lambda *_: None)
        page.save()
        settle(qtbot, program)
        assert page.family is not None
        close(program)
    return page


@pytest.mark.parametrize("new", [True, False])
def test_a1_a4_whoever_turns_to_another_family_while_that_is_saved_leaves_it_as_it_is(
    tmp_path: Path, open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, new: bool
) -> None:
    """Saved over what was saved before the cut, and another file opened in the same breath: neither takes the other."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        other = a_family(services, a_study(a_household(head="مريم عيسى")))
        known = None if new else a_family(services).id
    page = cut_after_saving(open_program(), qtbot, monkeypatch, known)
    assert page.family is not None
    program = open_program()
    program.window.navigation.open_draft(known or "new")
    settle(qtbot, program)
    page_now = program.window.navigation.household
    assert page_now is not None
    page_now.sheet.put("household.phone", "33445566")
    page_now.save()
    program.window.navigation.open_household(other.id)
    settle(qtbot, program)
    assert page_now.family == other
    assert program.services is not None
    saved = program.services.households.open(page.family.id).study.household
    assert saved.head is not None
    assert (saved.head.name, saved.phone) == ("سلمان جعفر", "33445566")
    assert program.services.households.open(other.id) == other


def test_a1_a4_what_is_typed_on_lies_over_what_was_corrected_since_until_it_is_looked_through(
    tmp_path: Path, open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It becomes a draft of the recorded file, which says so; one that stands there already is not lost for it."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
    page = cut_after_saving(open_program(), qtbot, monkeypatch, None)
    assert page.family is not None
    id_ = page.family.id
    program = open_program()
    words, ways = program.look.words, program.window.navigation
    assert program.services is not None
    drafts, households = program.services.drafts, program.services.households
    assert [draft.place for draft in drafts.kept()] == ["new"], "it was kept before it was saved"
    study = page.family.study
    corrected = replace(study, household=replace(study.household, phone="17000000"))
    households.correct(id_, 1, corrected, key="correction")
    drafts.keep(id_, '{"version": 2, "values": {}}')

    def type_on() -> HouseholdPage:
        ways.open_draft("new")
        settle(qtbot, program)
        assert ways.household is not None
        ways.household.sheet.put("head.name", "سلمان جعفر علي")
        ways.household.save()
        settle(qtbot, program)
        return ways.household

    page = type_on()
    refused = words.text("problem.operation.said_otherwise")
    assert any(refused in text for text, _ in notices(page))
    page.keep_draft()
    settle(qtbot, program)
    assert {draft.place for draft in drafts.kept()} == {"new", id_}
    drafts.discard(id_)
    page = type_on()
    assert page.family is not None
    assert (page.family.id, page.family.version) == (id_, 2)
    assert page.sheet.cell("head.name") == "سلمان جعفر علي"
    assert any(text.endswith(told_since(words)) for text, _ in notices(page))
    assert [draft.place for draft in drafts.kept()] == [id_]
    page.save()
    settle(qtbot, program)
    saved = households.open(id_)
    assert saved.version == 3
    assert saved.study.household.head is not None
    assert saved.study.household.head.name == "سلمان جعفر علي"
    assert households.count() == 1
    assert drafts.kept() == []


def told_since(words: Words) -> str:
    """The end of the sentence that the file was saved since the draft was typed."""
    return words.text("draft.restored_over_newer", moment="|").partition("|")[2]


def test_a4_what_was_recorded_although_an_error_was_shown_is_told_with_its_number(
    tmp_path: Path, open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error came after the act was on the disk: the same press again records nothing, and says what is there."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        family = a_voucher(services).household
    program = open_program()
    words = program.look.words
    program.window.navigation.open_household(family)
    settle(qtbot, program)
    page = program.window.navigation.household
    assert page is not None
    page.show_path()
    press(page, "receipt.open", program)
    settle(qtbot, program)
    (form,) = (each for each in page.path.findChildren(InlineForm) if each.isVisible())

    def fails(*_: object, **__: object) -> None:
        raise Refused.because("data.held", folder="here")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "_note", fails)
        form.record.click()
        settle(qtbot, program)
    assert form.isVisible()
    form.record.click()
    settle(qtbot, program)
    said = [text for text, _ in notices(program.window)]
    assert words.text("path.repeated", number=isolated("2026-000001")) in said
    assert program.services is not None
    (view,) = program.services.requests.of(family)
    assert [payment.receipt is not None for payment in view.payments] == [True]


def test_a1_whoever_starts_after_a_good_end_is_told_of_no_cut(tmp_path: Path, open_program: Open) -> None:
    """What was recorded last stands there all the same."""
    with build(tmp_path / "data", Clock()) as services:
        services.offices.set_up(an_office())
        a_voucher(services)
    program = open_program()
    today, words = program.window.navigation.today, program.look.words
    assert any("2026-000001" in text for text in texts(today))
    assert words.text("today.ended.cut") not in texts(today)


@pytest.mark.parametrize("language", Language)
def test_a6_a_restore_that_was_finished_at_the_start_is_told(
    tmp_path: Path, open_program: Open, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power went while the sets changed places: the first page says which backup the data are, since when."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with cheap_keys():
        with build(tmp_path / "data", Clock(), who="علي") as services:
            services.offices.set_up(an_office(language=language))
            services.backups.make(stick, passphrase=PHRASE)
            a_voucher(services)
        (backup,) = stick.glob("sanad-*.age")
        with monkeypatch.context() as dying:
            dying.setattr(swap, "resume", _dying_after_the_mark(swap.resume))
            with pytest.raises(KeyboardInterrupt):
                build(None, Clock(), who="علي").restores.restore(backup, PHRASE, tmp_path / "data")
    program = open_program()
    today, words = program.window.navigation.today, program.look.words
    moment = isolated(words.digits_shown(f"{Clock().moment.astimezone():%H:%M %d/%m/%Y}"))
    assert words.text("today.ended.restored", made=moment, at=moment) in texts(today)
    assert program.services is not None
    assert program.services.households.count() == 0


def _dying_after_the_mark(resume: Callable[[DataFolder], None]) -> Callable[[DataFolder], None]:
    """The process ends as soon as the mark says what is to happen."""

    def dying(folder: DataFolder) -> None:
        if folder.swapping.exists():
            raise KeyboardInterrupt
        resume(folder)

    return dying
