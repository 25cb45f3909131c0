"""What a request says: for which aid, since when, and whatever the guide asks of that aid; as it is asked."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal

from sanad.domain.errors import Refused
from sanad.domain.listing import RequestView
from sanad.domain.money import Money
from sanad.domain.questions import FACTS, Part, Question, Questions
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.money import MoneyBox
from sanad.ui.households.fact_boxes import AnyBox, box_of, name_of, plain_of, read_box, text_of
from sanad.ui.households.steps import day_of
from sanad.ui.widgets.buttons import button
from sanad.ui.widgets.inline_form import InlineForm

Done = Callable[[Any], None]

PAUSE = 150
"""Milliseconds without a key before the guide is asked anew."""
WAIVER = ("clause", "by", "reason")


def _place(part: str) -> str:
    return f"waivers[0].{part}"


class RequestForm(InlineForm):
    """Asks what the guide asks of the aid, as far as it is known which way the assessment goes.

    What it needs is shown, and whatever was said; what it would look at besides, on demand. ``assessed`` tells what the
    guide gives by what is said so far.
    """

    assessed = Signal(object)

    def __init__(self, desk: Desk, household: str, action: str, *, aid: str, view: RequestView | None) -> None:
        super().__init__(desk, action)
        self._household = household
        self._aid = aid
        self._view = view
        self._first: list[str] = []
        self._questions: dict[str, Question] = {}
        self._kept = _texts(view, desk) if view else {}
        self._asked_last: Questions | None = None
        self._all = False
        self._wanted = ""
        self._serial = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._more = button("", "link")
        self._more.clicked.connect(self._turn)
        self._more.hide()
        self.add_line(self._more)

    def begin(self) -> None:
        """The cursor in the first question, and the guide asked for the others."""
        super().begin()
        self._ask()

    def first(self, where: str, key: str, box: AnyBox, *, text: str = "") -> AnyBox:
        """Ask one thing that every request says, before what the guide asks."""
        self.ask(where, key, box, text=text)
        self._first.append(where)
        box.edited.connect(lambda _text: self._pause.start())
        return box

    def choose(self, aid: str) -> None:
        """Ask for another aid from now on."""
        self._aid = aid
        self._pause.start()

    def show_place(self, where: str) -> None:
        """Put the cursor into the box of a missing fact, which stands there as soon as the guide has asked for it."""
        self._wanted = where
        self._look_for_wanted()

    def saying(self) -> dict[str, object]:
        """What the boxes say, by the keys of a case file."""
        said: dict[str, object] = {}
        facts: dict[str, object] = {}
        for where, question in self._questions.items():
            value = read_box(question, self.text_at(where), self._desk.words)
            if value is None:
                continue
            if where.startswith(FACTS):
                facts[where.removeprefix(FACTS)] = value
            else:
                said[where] = value
        if facts:
            said["facts"] = facts
        waiver = {part: self.text_at(_place(part)).strip() for part in WAIVER if self.asks(_place(part))}
        others = self._view.request.particulars.waivers[1:] if self._view else ()
        if any(waiver.values()):
            rest = [{part: getattr(other, part) for part in WAIVER} for other in others]
            said["waivers"] = [waiver, *rest]
        return said

    def _ask(self) -> None:
        """Ask the guide, away from the window's thread."""
        self._serial += 1
        desk, serial, household, aid, saying = self._desk, self._serial, self._household, self._aid, self.saying()
        if self._asked_last is None:
            saying = _saying_of(self._view, desk)
        try:
            asked = _amount(self.text_at("asked"), desk)
        except Refused:
            asked = None
        if aid not in desk.guide.aids:
            return
        today, assessments = desk.today(), desk.services.assessments
        desk.tasks.run(
            lambda: (serial, assessments.questions(household, aid, today, asked, saying)),
            self._answered,
            lambda _problems: None,  # they are told when it is to be recorded
        )

    def _answered(self, answer: tuple[int, Questions]) -> None:
        serial, found = answer
        if serial == self._serial:
            self._asked_last = found
            self._show(found)

    def _show(self, found: Questions) -> None:
        for question in found.asked:
            if question.where not in self._questions:
                self._make(question)
            self._questions[question.where] = question
        if found.may_waive:
            self._make_waiver(found.may_waive)
        shown = [*self._first]
        shown += [each.where for each in found.asked if self._is_shown(each)]
        waived = [_place(part) for part in WAIVER if self.asks(_place(part))]
        if found.may_waive and (self._all or any(self.text_at(where) for where in waived)):
            shown += waived
        self.arrange(shown)
        hidden = any(not self._is_shown(each) for each in found.asked) or bool(found.may_waive)
        self._more.setText(self._desk.words.text("request.fewer" if self._all else "request.more"))
        self._more.setVisible(self._all or hidden)
        self.assessed.emit(found.found)
        self._look_for_wanted()

    def _is_shown(self, question: Question) -> bool:
        return self._all or question.needed or bool(self.text_at(question.where))

    def _make(self, question: Question) -> None:
        box = box_of(question, self._desk)
        self.ask_named(question.where, name_of(question, self._desk), box, text=self._kept.get(question.where, ""))
        box.edited.connect(lambda _text: self._pause.start())

    def _make_waiver(self, clauses: tuple[str, ...]) -> None:
        if self.asks(_place("clause")):
            return
        guide, desk = self._desk.guide, self._desk
        options = [(id_, f"{desk.said(guide.clauses[id_].place)} ({id_})") for id_ in clauses]
        for part in WAIVER:
            where = _place(part)
            box = ChoiceBox(lambda: options, role="box") if part == "clause" else LineBox(role="box")
            self.ask(where, f"request.waiver.{part}", box, text=self._kept.get(where, ""))
            box.edited.connect(lambda _text: self._pause.start())

    def _turn(self) -> None:
        self._all = not self._all
        if self._asked_last is not None:
            self._show(self._asked_last)

    def _look_for_wanted(self) -> None:
        for where in (self._wanted, f"{FACTS}{self._wanted}"):
            if self._wanted and (box := self.box_at(where)) is not None:
                self._wanted = ""
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def receive_form(desk: Desk, household: str, aid: str, done: Done) -> RequestForm:
    """Which aid is asked for, since when, whether for a certain amount, and what the guide asks of it."""
    text = desk.words.text
    form = RequestForm(desk, household, text("request.receive"), aid=aid, view=None)
    aids = [(slug, desk.said(title)) for slug, title in desk.guide.aids.items()]
    what = form.first("aid", "request.aid", ChoiceBox(lambda: aids, role="box"), text=aid)
    what.edited.connect(lambda _text: form.choose(what.text()))
    today = desk.words.date(desk.today())
    day = form.first("received_on", "request.received_on", DateBox(desk.words, role="box"), text=today)
    form.first("asked", "request.asked", MoneyBox(desk.words, desk.office.currency, role="box"))

    def call() -> Callable[[], Any]:
        slug, typed, amount, saying = what.text(), day.text(), form.text_at("asked"), form.saying()

        def record() -> Any:
            on, asked = day_of(desk.words, typed, "received_on"), _amount(amount, desk)
            return desk.services.requests.receive(household, slug, on, asked, saying=saying, key=form.key)

        return record

    form.on_record(call, done)
    return form


def correct_form(desk: Desk, view: RequestView, done: Done) -> RequestForm:
    """What a request says, to be said otherwise."""
    request = view.request
    form = RequestForm(desk, request.household, desk.words.text("request.correct_record"), aid=request.aid, view=view)
    box = MoneyBox(desk.words, desk.office.currency, role="box")
    form.first("asked", "request.asked", box, text=text_of(request.asked, desk))

    def call() -> Callable[[], Any]:
        amount, saying = form.text_at("asked"), form.saying()
        return lambda: desk.services.requests.correct(request.id, _amount(amount, desk), saying, key=form.key)

    form.on_record(call, done)
    return form


def _amount(typed: str, desk: Desk) -> Money | None:
    return desk.office.currency.read(typed, "asked") if typed.strip() else None


def _texts(view: RequestView, desk: Desk) -> dict[str, str]:
    """What a request says, as its boxes show it, by their places."""
    said = view.request.particulars
    texts = {part.value: text_of(getattr(said, part.value), desk) for part in Part}
    texts |= {f"{FACTS}{name}": text_of(value, desk) for name, value in said.facts.items()}
    for waiver in said.waivers[:1]:
        texts |= {_place(part): getattr(waiver, part) for part in WAIVER}
    return texts


def _saying_of(view: RequestView | None, desk: Desk) -> dict[str, object]:
    """What a request says now, as a case file has it: before its boxes stand there."""
    if view is None:
        return {}
    said = view.request.particulars
    return {
        **{part.value: getattr(said, part.value) for part in Part},
        "waivers": [{part: getattr(waiver, part) for part in WAIVER} for waiver in said.waivers],
        "facts": {name: plain_of(value, desk) for name, value in said.facts.items()},
    }
