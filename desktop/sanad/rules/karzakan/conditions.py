"""What holds for every aid: what freezes it (K-FIN-2), what is never supported (K-NO), whose case it is (K-ROUTE).

Also the ways in which an aid asks for its own conditions: met, refused if, still to bring, left to the board.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from sanad.domain.money import Money
from sanad.rules.worksheet import Worksheet

FIGURES = ("freeze_years",)
READINGS = ("assessed_without_the_head", "border_as_no_charity")
WORDINGS = (
    "not_frozen",
    "documents",
    "application",
    "not_unsupported",
    "head_advised",
    "opinion_heard",
    "in_our_area",
    "on_the_list",
    "registered",
    "monthly_registered",
)

SECOND_MARRIAGE = "K-NO-5"
UNWILLING_HEAD = "K-NO-6"
ANYWAY = ("documents", "application")
"""Papers that every aid looks at where something was said of them."""


def of_every_aid(sheet: Worksheet) -> None:
    """Write the conditions that need not be stated to hold, where they were stated."""
    if not sheet.case.facts:
        return
    travelled = fact(sheet, "unaccepted_travel_on")
    if travelled is not None and travelled <= sheet.case.on:
        thawed = _thawed(travelled, sheet.whole("freeze_years"))
        sheet.require("not_frozen", sheet.case.on >= thawed, "unaccepted_travel_on")
    _never_supported(sheet)
    _routed(sheet)
    for paper in ANYWAY:
        if fact(sheet, paper) is not None:
            sheet.bring(paper, fact(sheet, paper), paper)


def without_the_head(sheet: Worksheet) -> bool:
    """K-NO-6: whether the family is assessed without a head who can work, will not, and was advised in vain."""
    return UNWILLING_HEAD in (fact(sheet, "unsupported") or ()) and fact(sheet, "head_advised") is True


def fact(sheet: Worksheet, name: str) -> Any:
    """A further fact of the case, of the kind that the pack gives it; None while it is not known."""
    return sheet.case.facts.get(name)


def met(sheet: Worksheet, name: str, clause: str) -> None:
    """The fact has to be true."""
    sheet.require(name, fact(sheet, name), name, clause)


def refused_if(sheet: Worksheet, name: str, clause: str) -> None:
    """The fact has to be false."""
    found = fact(sheet, name)
    sheet.require(name, None if found is None else not found, name, clause)


def to_bring(sheet: Worksheet, name: str, clause: str) -> None:
    """A paper or step that is missing until it is there; what :func:`of_every_aid` wrote is not written again."""
    if name not in ANYWAY or fact(sheet, name) is None:
        sheet.bring(name, fact(sheet, name), name, clause)


def registered(sheet: Worksheet) -> bool | None:
    """Whether the board approved the family; being on the monthly list says so too."""
    return True if sheet.case.monthly_registered else sheet.case.registered


def monthly_registered(sheet: Worksheet) -> bool | None:
    """Whether the board put the family on the monthly list; a family that is not approved at all is not on it."""
    return False if sheet.case.registered is False else sheet.case.monthly_registered


def registered_or_board(sheet: Worksheet, clause: str) -> None:
    """A family that is not approved is studied first: the board decides."""
    if sheet.check("registered", registered(sheet), "registered", clause) is None:
        sheet.lacks("registered")
    elif not registered(sheet):
        sheet.for_people = True


def amount_of(sheet: Worksheet, money: Money | None, place: str) -> Fraction | None:
    """An amount in major units; written down as missing when it is not known."""
    found = sheet.needed(money, place)
    return None if found is None else sheet.policy.currency.exact(found)


def asked(sheet: Worksheet) -> Fraction | None:
    """What was asked for; nothing, or 0, is not stated."""
    return amount_of(sheet, sheet.case.asked or None, "asked")


def ceiling(sheet: Worksheet, figure: str) -> Fraction:
    """The cap of an aid; known even where the amount is not."""
    cap = sheet.figure(figure)
    sheet.figures["ceiling"] = cap
    return cap


def asked_within(sheet: Worksheet, cap: str) -> Fraction | None:
    """What was asked for, within the cap of the aid; None while it is not stated."""
    most, stated = ceiling(sheet, cap), asked(sheet)
    return None if stated is None else granted(sheet, "granted", min(stated, most))


def granted(sheet: Worksheet, wording: str, amount: Fraction) -> Fraction:
    """The amount, written down; where nothing is due, the aid is refused."""
    if amount <= 0:
        sheet.failed = True
    return sheet.step(wording, amount)


def _thawed(travelled: date, years: int) -> date:
    """K-FIN-2: the same date so many years later; 29 February is answered by 1 March."""
    later = travelled.year + years
    if (travelled.month, travelled.day) == (2, 29):
        return date(later, 3, 1)
    return travelled.replace(year=later)


def _never_supported(sheet: Worksheet) -> None:
    """K-NO: what the society never supports, but for a second marriage by exception and a head to be advised first."""
    for clause in fact(sheet, "unsupported") or ():
        if clause == SECOND_MARRIAGE:
            by_exception(sheet, clause)
        elif clause == UNWILLING_HEAD:
            sheet.bring("head_advised", fact(sheet, "head_advised"), "head_advised")
            if without_the_head(sheet):
                sheet.assume("assessed_without_the_head")
        else:
            sheet.require("not_unsupported", False, "unsupported", clause)


def by_exception(sheet: Worksheet, clause: str) -> None:
    """Refused, unless an exception or a permitting religious opinion brings it before the board."""
    excepted = fact(sheet, "exception") is True or fact(sheet, "sharia_opinion")
    sheet.check("not_unsupported", False if excepted is False else None, "sharia_opinion", clause)
    if excepted:
        sheet.for_people = True
    elif excepted is None:
        sheet.lacks("sharia_opinion")
    else:
        sheet.failed = True


def _routed(sheet: Worksheet) -> None:
    """K-ROUTE: who lives in another charity's area, or in nobody's, is sent on after being heard."""
    if fact(sheet, "other_charity_area") and not fact(sheet, "referral_impossible"):
        _sent_on(sheet, "K-ROUTE-1", "other_charity_area")
    border = fact(sheet, "border_area")
    if border:
        sheet.assume("border_as_no_charity")
    if border or fact(sheet, "no_charity_in_area"):
        clause = "K-ROUTE-4" if border else "K-ROUTE-2"
        if fact(sheet, "origin_charity_refused"):
            sheet.for_people = True
        else:
            _sent_on(sheet, clause, "border_area" if border else "no_charity_in_area")
    if fact(sheet, "newly_settled") and sheet.case.aid == "monthly" and not monthly_registered(sheet):
        sheet.check("on_the_list", False, "newly_settled")
        sheet.redirect("harm_relief")


def _sent_on(sheet: Worksheet, clause: str, place: str) -> None:
    if fact(sheet, "opinion_heard"):
        sheet.check("in_our_area", False, place, clause)
        sheet.redirect("other_charity")
    else:
        sheet.bring("opinion_heard", False, "opinion_heard", clause)
