"""Aid for who is ill: treatment, medicine, glasses, hearing aids, fertility."""

from fractions import Fraction

from sanad.rules.karzakan.conditions import (
    asked,
    asked_within,
    ceiling,
    fact,
    granted,
    met,
    refused_if,
    registered_or_board,
    to_bring,
)
from sanad.rules.worksheet import Worksheet

FIGURES = (
    "medical_cap",
    "medicine_cap",
    "medicine_months",
    "glasses_cap",
    "hearing_cap",
    "fertility_cap",
    "fertility_years",
)
READINGS = ("letters_beyond_the_cap", "repeat_of_the_same")
WORDINGS = (
    "signed_letter",
    "medical_reports",
    "not_in_public_hospital",
    "not_in_public_pharmacy",
    "already_this_month",
    "months_in_a_row",
    "asked_within",
    "years_waiting",
    "critical_urgent",
)


def medical(sheet: Worksheet) -> Fraction | None:
    """K-MED: treatment that the public hospitals do not give; beyond the cap, letters to those who may help."""
    to_bring(sheet, "signed_letter", "K-MED")
    to_bring(sheet, "medical_reports", "K-MED")
    met(sheet, "not_in_public_hospital", "K-MED")
    registered_or_board(sheet, "K-MED")
    cap, stated = ceiling(sheet, "medical_cap"), asked(sheet)
    if stated is None:
        return None
    if stated > cap:
        sheet.assume("letters_beyond_the_cap", beyond=stated - cap)
    return granted(sheet, "granted", min(stated, cap))


def medicine(sheet: Worksheet) -> Fraction | None:
    """K-DRUG: medicine that the public pharmacies lack, once a month; from the fourth month the board decides."""
    to_bring(sheet, "documents", "K-DRUG")
    met(sheet, "not_in_public_pharmacy", "K-DRUG")
    refused_if(sheet, "already_this_month", "K-DRUG")
    months = sheet.needed(fact(sheet, "months_in_a_row"), "months_in_a_row")
    if months is not None and not sheet.check(
        "months_in_a_row", months < sheet.whole("medicine_months"), "months_in_a_row"
    ):
        sheet.for_people = True
    registered_or_board(sheet, "K-DRUG")
    return asked_within(sheet, "medicine_cap")


def glasses(sheet: Worksheet) -> Fraction | None:
    """K-GLASS: a pair of glasses."""
    to_bring(sheet, "documents", "K-GLASS")
    registered_or_board(sheet, "K-GLASS")
    return asked_within(sheet, "glasses_cap")


def hearing_aid(sheet: Worksheet) -> Fraction | None:
    """K-HEAR: a hearing aid; a dearer one is for the board."""
    to_bring(sheet, "documents", "K-HEAR")
    registered_or_board(sheet, "K-HEAR")
    cap, stated = ceiling(sheet, "hearing_cap"), asked(sheet)
    if stated is None:
        return None
    if not sheet.check("asked_within", stated <= cap, "asked"):
        sheet.for_people = True
        return None
    return granted(sheet, "granted", stated)


def fertility(sheet: Worksheet) -> Fraction | None:
    """K-FERT: after years of waiting for a child; a second time for the same only if it is critical and urgent."""
    to_bring(sheet, "documents", "K-FERT")
    years = fact(sheet, "years_waiting")
    waited = None if years is None else years >= sheet.whole("fertility_years")
    sheet.require("years_waiting", waited, "years_waiting")
    if sheet.needed(fact(sheet, "repeat_request"), "repeat_request"):
        sheet.assume("repeat_of_the_same")
        met(sheet, "critical_urgent", "K-FERT")
        sheet.for_people = True
    registered_or_board(sheet, "K-FERT")
    return asked_within(sheet, "fertility_cap")
