"""Aid for who learns: scholarships, books, tutoring, uniforms, bags, courses."""

from fractions import Fraction

from sanad.rules.karzakan.conditions import (
    amount_of,
    fact,
    granted,
    met,
    monthly_registered,
    refused_if,
    registered,
)
from sanad.rules.worksheet import Worksheet

FIGURES = (
    "scholarship_semester",
    "bti_semester",
    "failed_course",
    "least_gpa_of_4",
    "least_gpa_of_5",
    "semesters_most",
    "books_share",
    "uniform_each",
    "course_cap",
    "course_share",
)
READINGS = ("invoice_caps", "first_semester_waives", "course_without_cap")
WORDINGS = (
    "other_grant",
    "fee_waiver_refused",
    "above_bachelor",
    "abroad",
    "withdrew_last_semester",
    "gpa",
    "need_confirmed",
    "semesters_left",
    "accredited",
    "semester_fees",
    "programme_available",
    "already_this_year",
    "stock_available",
    "local_institute",
)
LEAST_GPA = {4: "least_gpa_of_4", 5: "least_gpa_of_5"}


def scholarship_public(sheet: Worksheet) -> Fraction | None:
    """K-SCH-1: a semester at the public university or polytechnic."""
    amount = _semester(sheet, "K-SCH-1", "scholarship_semester", by_gpa=True)
    _by_committee(sheet)
    return amount


def scholarship_bti(sheet: Worksheet) -> Fraction | None:
    """K-SCH-2: a semester at the Bahrain institute: as K-SCH-1 without the marks."""
    amount = _semester(sheet, "K-SCH-2", "bti_semester", by_gpa=False)
    _by_committee(sheet)
    return amount


def scholarship_private(sheet: Worksheet) -> Fraction | None:
    """K-SCH-3: a semester at an accredited private university, for families of the monthly list, two semesters."""
    amount = _semester(sheet, "K-SCH-3", "scholarship_semester", by_gpa=True)
    sheet.require("monthly_registered", monthly_registered(sheet), "monthly_registered", "K-SCH-3")
    met(sheet, "accredited", "K-SCH-3")
    sheet.require("semesters_left", _semesters_left(sheet), "semesters_used", "K-SCH-3")
    return amount


def books(sheet: Worksheet) -> Fraction | None:
    """K-BOOK: all of the invoice for an approved family, a share of it for two semesters for another."""
    invoice = amount_of(sheet, fact(sheet, "invoice"), "invoice")
    known = sheet.check("registered", registered(sheet), "registered", "K-BOOK")
    if known is None:
        sheet.lacks("registered")
        return None
    if not known:
        sheet.require("semesters_left", _semesters_left(sheet), "semesters_used", "K-BOOK")
    if invoice is None:
        return None
    return granted(sheet, "granted", invoice if known else invoice * sheet.figure("books_share"))


def tutoring(sheet: Worksheet) -> None:
    """K-TUTOR: a place, no money."""
    met(sheet, "resident", "K-TUTOR")
    sheet.require("registered", registered(sheet), "registered", "K-TUTOR")
    met(sheet, "programme_available", "K-TUTOR")


def school_uniform(sheet: Worksheet) -> Fraction | None:
    """K-UNIF: once a school year, for each student of an approved family."""
    sheet.require("registered", registered(sheet), "registered", "K-UNIF")
    refused_if(sheet, "already_this_year", "K-UNIF")
    students = sheet.needed(fact(sheet, "students"), "students")
    return None if students is None else granted(sheet, "granted", sheet.figure("uniform_each") * int(students))


def school_bag(sheet: Worksheet) -> None:
    """K-BAG: from what donors gave, for approved families; otherwise the board decides."""
    known = {"stock_available": fact(sheet, "stock_available"), "registered": registered(sheet)}
    for name, holds in known.items():
        sheet.check(name, holds, name, "K-BAG")
    if False in known.values():
        sheet.for_people = True
    else:
        sheet.lacks(*(name for name, holds in known.items() if holds is None))


def skills_course(sheet: Worksheet) -> Fraction | None:
    """K-SKILL: a course at a local institute, whole within a cap for an approved family, half of it for another."""
    met(sheet, "need_confirmed", "K-SKILL")
    met(sheet, "local_institute", "K-SKILL")
    fee = amount_of(sheet, fact(sheet, "fee"), "fee")
    known = sheet.check("registered", registered(sheet), "registered", "K-SKILL")
    if known is None:
        sheet.lacks("registered")
        return None
    if fee is None:
        return None
    if known:
        return granted(sheet, "granted", min(fee, sheet.figure("course_cap")))
    sheet.assume("course_without_cap")
    return granted(sheet, "granted", fee * sheet.figure("course_share"))


def _semester(sheet: Worksheet, clause: str, most: str, *, by_gpa: bool) -> Fraction | None:
    """The fees of a semester within their cap, less so much for each course that was not passed."""
    met(sheet, "resident", clause)
    refused_if(sheet, "other_grant", clause)
    met(sheet, "fee_waiver_refused", clause)
    refused_if(sheet, "above_bachelor", clause)
    refused_if(sheet, "abroad", clause)
    failed = _last_semester(sheet, clause, by_gpa=by_gpa)
    cap = sheet.figure(most)
    sheet.figures["ceiling"] = cap
    invoice = amount_of(sheet, fact(sheet, "invoice"), "invoice")
    if invoice is None or failed is None:
        return None
    sheet.assume("invoice_caps")
    less = sheet.figure("failed_course") * failed if failed else Fraction(0)
    return granted(sheet, "semester_fees", min(cap, invoice) - less)


def _last_semester(sheet: Worksheet, clause: str, *, by_gpa: bool) -> int | None:
    """The courses not passed in the last semester, whose marks and withdrawals do not count in the first."""
    first = fact(sheet, "first_semester")
    if first:
        sheet.assume("first_semester_waives")
        return 0
    gpa = _gpa(sheet) if by_gpa else True
    withdrew, failed = fact(sheet, "withdrew_last_semester"), fact(sheet, "failed_courses")
    if first is None and (gpa is not True or withdrew is not False or failed != 0):
        sheet.lacks("first_semester")
        sheet.lacks(*(name for name in _marks(by_gpa) if fact(sheet, name) is None))
        return None
    refused_if(sheet, "withdrew_last_semester", clause)
    if by_gpa:
        if gpa is None and all(fact(sheet, name) is not None for name in ("gpa", "gpa_scale")):
            sheet.check("gpa", None, "gpa_scale")
            sheet.for_people = True
        else:
            sheet.check("gpa", gpa, "gpa")
            sheet.lacks(*(name for name in ("gpa", "gpa_scale") if fact(sheet, name) is None))
            sheet.failed = sheet.failed or gpa is False
    found = sheet.needed(failed, "failed_courses")
    return None if found is None else int(found)


def _marks(by_gpa: bool) -> tuple[str, ...]:
    return (*(("gpa", "gpa_scale") if by_gpa else ()), "withdrew_last_semester", "failed_courses")


def _gpa(sheet: Worksheet) -> bool | None:
    """Whether the marks reach the least of their scale; None while they are not known, or of another scale."""
    gpa, scale = fact(sheet, "gpa"), fact(sheet, "gpa_scale")
    if gpa is None or scale not in LEAST_GPA:
        return None
    return bool(gpa >= sheet.figure(LEAST_GPA[int(scale)]))


def _semesters_left(sheet: Worksheet) -> bool | None:
    used = fact(sheet, "semesters_used")
    return None if used is None else bool(used < sheet.whole("semesters_most"))


def _by_committee(sheet: Worksheet) -> None:
    """K-SCH-1: a student whose family is not on the monthly list: need confirmed by the committee, two semesters."""
    known = sheet.check("monthly_registered", monthly_registered(sheet), "monthly_registered", "K-SCH-1")
    if known is None:
        sheet.lacks("monthly_registered")
    elif not known:
        confirmed = sheet.check("need_confirmed", fact(sheet, "need_confirmed"), "need_confirmed", "K-SCH-1")
        sheet.failed = sheet.failed or confirmed is False
        left = sheet.check("semesters_left", _semesters_left(sheet), "semesters_used", "K-SCH-1")
        if left is None:
            sheet.lacks("semesters_used")
        if confirmed is None or left is False:
            sheet.for_people = True
