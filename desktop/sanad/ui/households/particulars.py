"""What a request says beside its aid, as one line under its title."""

from sanad.domain.household import Household
from sanad.domain.money import Money
from sanad.domain.questions import Part
from sanad.domain.request import Request
from sanad.ui.desk import Desk
from sanad.ui.households.fact_boxes import YES_NO, fund_of, text_of
from sanad.ui.widgets.labels import embedded


def summary(request: Request, household: Household | None, desk: Desk) -> str:
    """Each thing that is said, named and in the words of the guide; nothing where nothing is."""
    words, said = desk.words, request.particulars
    lines = [(words.text("request.asked"), desk.priced(request.asked))] if request.asked else []
    for part in Part:
        if (value := getattr(said, part.value)) is not None:
            lines.append((_name(part.value, desk), _part(part, value, household, desk)))
    lines += [(_name(name, desk), _value(name, value, desk)) for name, value in said.facts.items()]
    for waiver in said.waivers:
        clause = desk.guide.clauses.get(waiver.clause)
        place = desk.said(clause.place) if clause else waiver.clause
        lines.append((words.text("request.waiver.clause"), f"{place}, {waiver.by}"))
    return " · ".join(f"{name}: {embedded(value)}" for name, value in lines)


def _name(where: str, desk: Desk) -> str:
    label = desk.guide.facts.get(where)
    return desk.said(label) if label else desk.words.text(f"request.{where}")


def _part(part: Part, value: object, household: Household | None, desk: Desk) -> str:
    if part is Part.FUND:
        return fund_of(str(value), desk)
    if part is Part.APPLICANT:
        members = household.members if household else ()
        return desk.screen.name(next((member.name for member in members if member.id == value), str(value)))
    return _word(part.value, str(value), desk)


def _value(name: str, value: object, desk: Desk) -> str:
    if isinstance(value, bool):
        return desk.words.choice("yes_no", next(word for word, meant in YES_NO.items() if meant is value))
    if isinstance(value, Money):
        return desk.priced(value)
    return _word(name, desk.words.digits_shown(text_of(value, desk)), desk)


def _word(name: str, slug: str, desk: Desk) -> str:
    word = desk.guide.choices.get(name, {}).get(slug)
    return desk.said(word) if word else slug
