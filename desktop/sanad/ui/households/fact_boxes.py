"""The box of each question that a request is asked: made, read as a case file has it, and shown again."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from sanad.domain.errors import Refused
from sanad.domain.facts import FOR_GOOD, FactKind
from sanad.domain.money import Money
from sanad.domain.questions import Part, Question
from sanad.domain.spelling import western
from sanad.ui.desk import Desk
from sanad.ui.fields.box import LineBox
from sanad.ui.fields.choice import ChoiceBox, Options
from sanad.ui.fields.date import DateBox
from sanad.ui.fields.money import MoneyBox
from sanad.ui.fields.number import NumberBox
from sanad.ui.fields.yes_no import YesNoBox
from sanad.words.catalogue import Words

AnyBox = LineBox | YesNoBox

YES_NO = {"yes": True, "no": False}
BETWEEN = ","
"""Between the clauses of a list."""

_WHOLE = (Part.GRADE, Part.APPLICANT)


def name_of(question: Question, desk: Desk) -> str:
    """How a question is asked: in the guide's words, or in ours where it has none."""
    return desk.said(question.label) if question.label else desk.words.text(f"request.{question.where}")


def box_of(question: Question, desk: Desk) -> AnyBox:
    """The box that a question is answered in."""
    words = desk.words
    match question.kind:
        case FactKind.YES_NO:
            return YesNoBox(words)
        case FactKind.COUNT | FactKind.NUMBER:
            return NumberBox(words, role="box")
        case FactKind.MONEY:
            return MoneyBox(words, desk.office.currency, role="box")
        case FactKind.DATE:
            return DateBox(words, role="box")
    options = _options(question, desk)
    return ChoiceBox(lambda: options, role="box") if options else LineBox(role="box")


def _options(question: Question, desk: Desk) -> Options:
    """The words that are offered. In a box of two kinds of answer, whatever else is typed is handed on."""
    words = desk.words
    plain = [(value, words.choice("yes_no", value)) for value in YES_NO]
    listed = [(slug, _word(question, slug, desk)) for slug in question.choices]
    match question.kind:
        case FactKind.YES_OR_KIND | FactKind.YES_OR_AMOUNT:
            return [*plain, *listed]
        case FactKind.UNTIL:
            return [(FOR_GOOD, words.text("request.for_good"))]
        case FactKind.CLAUSES:
            return [(id_, f"{desk.said(clause.place)} ({id_})") for id_, clause in desk.guide.clauses.items()]
        case _:
            return listed


def _word(question: Question, slug: str, desk: Desk) -> str:
    text = question.choices[slug]
    if text is None:
        return fund_of(slug, desk)
    return desk.screen.name(desk.said(text)) if question.where == Part.APPLICANT else desk.said(text)


def fund_of(slug: str, desk: Desk) -> str:
    """The name of a fund; an office's own pack may know others than ours."""
    return desk.words.choice("fund", slug) if desk.words.has(f"fund.{slug}") else slug


def read_box(question: Question, typed: str, words: Words) -> object:
    """What is typed, as a case file has it; nothing where nothing is. What cannot be read is handed on as it stands."""
    text = typed.strip()
    if not text:
        return None
    match question.kind:
        case FactKind.YES_NO | FactKind.YES_OR_KIND | FactKind.YES_OR_AMOUNT:
            return YES_NO.get(text, text)
        case FactKind.DATE | FactKind.UNTIL:
            return _iso(text, words)
        case FactKind.CLAUSES:
            return [part.strip() for part in text.split(BETWEEN) if part.strip()]
    if question.kind is FactKind.COUNT or question.where in _WHOLE:
        digits = western(text)
        return int(digits) if digits.isdecimal() else text
    return text


def _iso(text: str, words: Words) -> str:
    try:
        return text if text == FOR_GOOD else words.read_date(text).isoformat()
    except Refused:
        return text


def plain_of(value: object, desk: Desk) -> object:
    """A value that is kept, as a case file has it."""
    match value:
        case Money():
            return desk.office.currency.plain(value)
        case Fraction():
            return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def text_of(value: object, desk: Desk) -> str:
    """What a box shows of a value that is kept."""
    match value:
        case None:
            return ""
        case bool():
            return next(word for word, meant in YES_NO.items() if meant is value)
        case date():
            return desk.words.date(value)
        case tuple():
            return BETWEEN.join(map(str, value))
        case _:
            return str(plain_of(value, desk))
