"""A request from its first condition to its amount: ban, papers, fund, category, grade, and what is granted."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from sanad.domain.facts import FOR_GOOD
from sanad.domain.money import Money
from sanad.rules.balad_alkhair.examination import Examination
from sanad.rules.balad_alkhair.fund import choose_fund
from sanad.rules.balad_alkhair.heads import HEADS
from sanad.rules.balad_alkhair.poor import POOR, student
from sanad.rules.worksheet import Worksheet

READINGS = ("the_committee_sets_the_amount",)
WORDINGS = (
    "not_barred",
    "documents",
    "application",
    "category",
    "grade_admits",
    "fees",
    "fees_paid_by_others",
    "tuition",
    "something_due",
)


def of_every_aid(sheet: Worksheet) -> None:
    """What holds for every aid: no running ban (B-18), papers not stated to lack (B-14, B-16), a fund."""
    facts = sheet.case.facts
    until = facts.get("barred_until")
    if until is not None:
        over = until != FOR_GOOD and isinstance(until, date) and until <= sheet.case.on
        sheet.require("not_barred", over, "barred_until")
    for paper in ("documents", "application"):
        if facts.get(paper) is not None:
            sheet.bring(paper, facts[paper] is True, paper)
    choose_fund(sheet)


def set_by_the_committee(sheet: Worksheet) -> None:
    """An aid whose amount the committee sets: the category's conditions, and the grade."""
    _category(sheet)
    _grade(sheet)
    if not sheet.failed:
        sheet.assume("the_committee_sets_the_amount")


def monthly(sheet: Worksheet) -> Fraction | None:
    """The monthly aid of the poor: what they lack to the pension (B-P-8). Of the other heads the committee sets it."""
    about = _category(sheet)
    _grade(sheet)
    if about is None or sheet.failed:
        return None
    if sheet.case.category not in POOR:
        sheet.assume("the_committee_sets_the_amount")
        return None
    due = about.means_found(treated=sheet.case.category == "patient").due(sheet)
    if due is None or due:
        return due
    if about.means_failed:
        sheet.for_people = True  # let pass under khayrat, so what to give is for the committee as well
    else:
        sheet.require("something_due", False, "due")
    return None


def tuition(sheet: Worksheet) -> Fraction | None:
    """B-5-8 for the student, whatever the household's category: the fees, less what others pay."""
    student(Examination(sheet, sheet.policy.aids_offered[sheet.case.aid].clause))
    _grade(sheet)
    facts, exact = sheet.case.facts, sheet.policy.currency.exact
    fees, by_others = facts.get("fees"), facts.get("fees_paid_by_others")
    sheet.needed(fees, "fees")
    sheet.needed(by_others, "fees_paid_by_others")
    if not isinstance(fees, Money) or not isinstance(by_others, Money):
        return None
    asked = sheet.step("fees", exact(fees))
    paid = sheet.step("fees_paid_by_others", exact(by_others))
    left = sheet.step("tuition", max(asked - paid, Fraction(0)))
    if not left:
        sheet.require("something_due", False, "fees")
    return left


def _category(sheet: Worksheet) -> Examination | None:
    """The conditions of the category; None while it is not named."""
    slug = sheet.case.category
    if slug is None:
        sheet.require("category", None, "category")
        return None
    about = Examination(sheet, sheet.policy.categories[slug].clause)
    if slug in POOR:
        POOR[slug](about)
        return about
    if slug in HEADS:
        HEADS[slug](about)
    sheet.for_people = True  # B-4 names God's way without conditions; an office's own categories have none here
    return about


def _grade(sheet: Worksheet) -> None:
    """B-P-8: the visit's grade admits the aid."""
    grade = sheet.case.grade
    admits = None if grade is None else sheet.case.aid in sheet.policy.grades[grade].aids
    sheet.require("grade_admits", admits, "grade")


AIDS: dict[str, Callable[[Worksheet], Fraction | None]] = {"monthly": monthly, "tuition": tuition}
"""The aids with an amount by the rules."""
