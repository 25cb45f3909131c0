"""The people of the office at the window: the first account, all others, their rights, and what is kept from them."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanad.bootstrap import build
from sanad.domain.listing import JournalLine
from sanad.domain.office import Language
from sanad.domain.staff import Credentials, Role
from sanad.ui.application import Program
from sanad.ui.households.list_page import HouseholdsPage
from sanad.ui.rail import Place
from sanad.ui.settings.page import Tab
from sanad.ui.staff.code_page import CodePage
from sanad.ui.widgets.inline_form import InlineForm
from tests.ui.conftest import MANAGER, PASSWORD, Open, press, settle, type_text
from tests.ui.people import in_sight, people_page, pressed, sign_in, sign_in_page
from tests.ui.test_every_screen import cut_off, unnamed
from tests.ui.test_file import Sample, open_family

HEAD = "حسن علي أحمد"


def the_form(page: QWidget) -> InlineForm:
    """The questions that are open."""
    (form,) = (each for each in page.findChildren(InlineForm) if each.isVisible())
    return form


def answer(form: InlineForm, program: Program, qtbot: QtBot, **answers: str) -> None:
    """Answer some of the questions and record them."""
    for where, text in answers.items():
        box = form._boxes[where][0]
        assert isinstance(box, QLineEdit)
        box.setText(text)
    form.record.click()
    settle(qtbot, program)


def test_the_first_account_is_made_by_keys(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """From the plain invitation to the recovery code and the bar that says who sits there, without the mouse."""
    sample()
    program = open_program()
    assert not program.window.bar.lock.isVisible()
    page = people_page(program, qtbot)
    words = program.look.words
    assert words.text("people.none.now") in in_sight(program)
    start = next(each for each in page.people.findChildren(QPushButton) if each.isVisible())
    start.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    for text in ("صفاء محمد", "safaa", PASSWORD, PASSWORD):
        type_text(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    shown = program.window._layers.currentWidget()
    assert isinstance(shown, CodePage)
    assert len(shown._code.replace("-", "")) == 25
    shown.put_away.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert program.window.bar.who.isVisible()
    assert program.window.bar.lock.isVisible()
    assert program.services is not None
    assert program.services.staff.needed()


def test_a_password_that_will_not_do_is_told_at_its_question(open_program: Open, sample: Sample, qtbot: QtBot) -> None:
    """Short, or typed differently the second time: nothing is made, and what was typed stays."""
    sample()
    program = open_program()
    page = people_page(program, qtbot)
    pressed(page, program, "people.begin")
    settle(qtbot, program)
    form = the_form(page)
    answer(form, program, qtbot, name="صفاء", user="safaa", password="short", again="short")  # noqa: S106  # refused
    assert form._boxes["password"][1].text()
    answer(form, program, qtbot, password=PASSWORD, again="غيرها تماماً")
    assert form._boxes["again"][1].text()
    assert program.services is not None
    assert not program.services.staff.needed()


def test_the_manager_adds_changes_and_closes_accounts(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Each act asks for what it needs under its line; the list tells the outcome."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    page = people_page(program, qtbot)
    pressed(page, program, "people.add")
    settle(qtbot, program)
    said = {"name": "نور جاسم", "user": "noor", "password": PASSWORD, "again": PASSWORD}
    answer(the_form(page), program, qtbot, **said)
    assert "نور جاسم" in in_sight(program)

    def act(key: str, name: str) -> InlineForm:
        text = program.look.words.text(key)
        buttons = page.people.findChildren(QPushButton)
        next(each for each in buttons if each.accessibleName() == f"{text}: {name}").click()
        settle(qtbot, program)
        return the_form(page)

    form = act("people.role.change", "نور جاسم")
    form._boxes["role"][0].show_text(Role.TREASURER.value)
    answer(form, program, qtbot)
    answer(act("people.rename", "نور جاسم"), program, qtbot, name="نور علي")
    form = act("people.disable", "نور علي")
    answer(form, program, qtbot)
    assert form._boxes["why"][1].text(), "no account is closed without its reason"
    answer(form, program, qtbot, why="انتهى عقدها")
    assert program.look.words.text("people.disabled") in in_sight(program)
    assert program.services is not None
    (noor,) = (each for each in program.services.staff.people() if each.user == "noor")
    assert (noor.name, noor.role, noor.active) == ("نور علي", Role.TREASURER, False)
    next(b for b in page.people.findChildren(QPushButton) if b.accessibleName().endswith("نور علي")).click()
    settle(qtbot, program)
    (noor,) = (each for each in program.services.staff.people() if each.user == "noor")
    assert noor.active


def test_everybody_changes_his_own_password(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """The old one is asked for; the new one opens from then on."""
    program = open_program()
    sign_in(program, qtbot, "ali")
    page = people_page(program, qtbot)
    pressed(page, program, "people.password.own")
    settle(qtbot, program)
    new = "سبعة مراكب عند الفجر"
    form = the_form(page)
    answer(form, program, qtbot, old="شيء آخر تماماً", password=new, again=new)
    assert form._homeless.text()
    answer(form, program, qtbot, old=PASSWORD, password=new, again=new)
    program.door.lock()
    settle(qtbot, program)
    sign_in(program, qtbot, "ali", new)
    assert not program.door.closed


@pytest.mark.parametrize(
    ("user", "allowed"),
    [
        ("ali", {"household.new", "household.save", "request.new", "request.assess_again"}),
        ("mahdi", {"voucher.void", "voucher.open"}),
        ("huda", set[str]()),
    ],
)
def test_h4_what_a_role_may_not_do_is_off_with_the_reason(
    user: str, allowed: set[str], open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """Every button of the way is there for all; those of others' work are off, and their hints say whose it is."""
    program = open_program()
    sign_in(program, qtbot, user)
    text = program.look.words.text
    buttons = program.window.findChildren(QPushButton)
    new = next(each for each in buttons if each.isVisible() and each.accessibleName() == text("household.new"))
    page = open_family(program, qtbot, HEAD)
    page.show_path()
    settle(qtbot, program)
    acts = {
        "household.new": new,
        "household.save": page.head.save,
        "request.new": page.head.request,
        **{
            key: next(b for b in page.path.findChildren(QPushButton) if b.text() == text(key))
            for key in ("voucher.void", "voucher.open")
        },
    }
    for key, button in acts.items():
        assert button.isEnabled() == (key in allowed), key
        if key not in allowed:
            assert program.look.words.choice("role", Role.MANAGER) in button.toolTip(), key


def test_h4_the_keys_of_what_is_not_allowed_do_nothing_but_say_why(
    open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """A treasurer who asks for a new family by its key is told whose work it is."""
    program = open_program()
    sign_in(program, qtbot, "mahdi")
    program.window.navigation.new_household()
    assert program.window.navigation.household is None
    assert program.look.words.choice("role", Role.CLERK) in in_sight(program)


def test_a_confidential_family_is_a_number_to_most(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Marked with its reason; a clerk finds its number, and neither name nor file; the auditor still sees it."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    page = open_family(program, qtbot, HEAD)
    page.form.show_page(page._history_tab)
    settle(qtbot, program)
    pressed(page.history, program, "confidential.keep")
    settle(qtbot, program)
    form = the_form(page.history)
    answer(form, program, qtbot)
    assert form._boxes["why"][1].text(), "none is kept without its reason"
    answer(form, program, qtbot, why="طلب الأسرة الستر")
    assert program.look.words.text("confidential.chip") in in_sight(program)
    assert "طلب الأسرة الستر" in in_sight(program), "the journal of the family tells the reason"
    program.door.lock()
    settle(qtbot, program)

    sign_in(program, qtbot, "ali")
    program.window.navigation.go(Place.HOUSEHOLDS)
    qtbot.waitUntil(lambda: "1042" in in_sight(program))
    seen = in_sight(program)
    assert HEAD not in seen
    assert program.look.words.text("confidential.name") in seen
    assert "1041" in seen
    assert program.services is not None
    (row,) = (each for each in program.services.households.search("", 50) if each.confidential)
    program.window.navigation.open_household(row.id)
    settle(qtbot, program)
    assert isinstance(program.window.pages.currentWidget(), HouseholdsPage)
    assert HEAD not in in_sight(program)
    program.door.lock()
    settle(qtbot, program)

    sign_in(program, qtbot, "huda")
    assert open_family(program, qtbot, HEAD).family is not None


def test_h11_whoever_answers_for_the_office_sees_who_looked(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Who opened which family; found by the number, opened by Enter; and apart from it who was turned away."""
    program = open_program()
    sign_in(program, qtbot, "ali", "شيء آخر تماماً")
    sign_in(program, qtbot, "ali")
    open_family(program, qtbot, HEAD)
    assert Tab.LOOKS not in people_page(program, qtbot)._tabs, "a clerk does not"
    program.door.lock()
    settle(qtbot, program)
    sign_in(program, qtbot, MANAGER)
    page = people_page(program, qtbot, Tab.LOOKS)
    text = program.look.words.text
    looks = page.looks
    assert looks is not None

    def rows() -> list[list[str]]:
        qtbot.waitUntil(lambda: not looks._pause.isActive(), timeout=20_000)
        settle(qtbot, program)
        return [[str(looks.model.index(row, at).data()) for at in range(4)] for row in range(looks.model.rowCount())]

    every = rows()
    assert any(
        who == "ali" and what == text("operation.households.open") and "1041" in of for _, who, what, of in every
    )
    assert text("operation.staff.refuse") not in {what for _, _, what, _ in every}
    looks.refused.click()
    assert {(who, what) for _, who, what, _ in rows()} == {("ali", text("operation.staff.refuse"))}
    looks.refused.click()
    looks.wanted.setText("ali")
    assert {who for _, who, _, _ in rows()} == {"ali"}
    looks.wanted.setText("١٠٤١")
    assert 0 < len(rows()) < len(every)
    assert not looks.cut.isVisible()
    looks.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, program)
    assert program.window.navigation.household is program.window.pages.currentWidget()


def test_h11_letters_typed_in_a_row_are_looked_for_once(
    open_program: Open, peopled: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole journal is read for it: after a pause, and not at all for what somebody typed over meanwhile."""
    program = open_program()
    sign_in(program, qtbot, MANAGER)
    looks = people_page(program, qtbot, Tab.LOOKS).looks
    assert looks is not None
    assert program.services is not None
    households, asked = program.services.households, []
    read = households.looks

    def watched(*, found: str, refused: bool | None) -> list[JournalLine]:
        asked.append(found)
        return read(found=found, refused=refused)

    monkeypatch.setattr(households, "looks", watched)
    type_text("safaa", looks.wanted)
    settle(qtbot, program)
    qtbot.waitUntil(lambda: not looks._pause.isActive(), timeout=20_000)
    settle(qtbot, program)
    assert asked == ["safaa"]
    busy = Event()
    program.tasks.run(lambda: busy.wait(20))
    for text in ("a", "al", "ali"):
        looks.wanted.setText(text)
        looks.reload()
    busy.set()
    settle(qtbot, program)
    assert asked == ["safaa", "ali"]
    assert looks.model._looks.asked == ("ali", False)


def test_the_history_of_a_family_is_told_in_words(open_program: Open, peopled: Path, qtbot: QtBot) -> None:
    """Who did what: a correction names the fields it touched, a voucher its number."""
    program = open_program()
    sign_in(program, qtbot, "ali")
    page = open_family(program, qtbot, HEAD)
    page.sheet.put("household.phone", "39998888")
    page.save()
    settle(qtbot, program)
    page.form.show_page(page._history_tab)
    settle(qtbot, program)
    seen = in_sight(program)
    text = program.look.words.text
    phone = page.form.label_of("household.phone")
    assert f"{text('operation.households.correct')}: {phone}" in seen
    assert "ali" in seen
    assert "2026-000001" in seen or "000001" in seen


@pytest.mark.parametrize("language", list(Language))
def test_nothing_of_the_people_is_cut_off_and_every_input_has_a_name(
    language: Language, open_program: Open, peopled: Path, qtbot: QtBot
) -> None:
    """The door, the accounts, the forms about them, the looks and a family's history, in the office's language."""
    with build(peopled, credentials=Credentials(MANAGER, PASSWORD)) as services:
        services.offices.set_up(replace(services.sample.office(), language=language))
    program = open_program(language)

    def sound(screen: str) -> None:
        settle(qtbot, program)
        assert (screen, list(cut_off(program.window))) == (screen, [])
        assert (screen, list(unnamed(program.window))) == (screen, [])
        assert program.window.width() == 1366, screen

    sound("sign in")
    sign_in_page(program).forgotten.click()
    sound("recover")
    sign_in(program, qtbot, MANAGER)
    page = people_page(program, qtbot)
    sound("people")
    for key in ("people.add", "people.role.change", "people.password.set", "people.disable", "people.password.own"):
        pressed(page.people, program, key)
        sound(key)
    page.show_tab(Tab.LOOKS)
    sound("looks")
    page.show_tab(Tab.OFFICE)
    sound("office")
    family = open_family(program, qtbot, HEAD)
    family.form.show_page(family._history_tab)
    settle(qtbot, program)
    pressed(family.history, program, "confidential.keep")
    sound("history")
    program.door.tell_code("AG0YR-HGPPV-R6VPZ-1DM5Q-QBQ0V")
    sound("code")
