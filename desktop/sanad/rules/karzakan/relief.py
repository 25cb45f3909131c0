"""Aid in distress: debt, shelter, funeral, rain damage, building, marriage, and what comes with the holy days."""

from calendar import monthrange
from datetime import date
from fractions import Fraction

from sanad.rules.karzakan.conditions import (
    amount_of,
    asked,
    asked_within,
    by_exception,
    ceiling,
    fact,
    granted,
    met,
    refused_if,
    registered,
    to_bring,
)
from sanad.rules.worksheet import Worksheet

FIGURES = (
    "debt_cap",
    "shelter_cap",
    "shelter_months",
    "funeral_floor",
    "funeral_cap",
    "rain_cap",
    "marriage_cap",
    "exam_months",
    "external_cap",
)
READINGS = ("approved_means_registered", "repair_cost_caps", "further_letter")
WORDINGS = (
    "granted",
    "ill_or_indebted",
    "sharia_opinion",
    "official_documents",
    "serious_harm",
    "neglected_bills",
    "misconduct",
    "relied_on_others",
    "emergency_loss",
    "studied",
    "receives_assistance_allowance",
    "months_left",
    "resident",
    "trusted_need",
    "inspected",
    "balance_within_need",
    "other_party_helps",
    "own_or_fathers_house",
    "valid_permit",
    "necessities_only",
    "surplus_spent_first",
    "contract_concluded",
    "exam_recent",
    "undertaking_signed",
    "other_marriage_funds",
    "ceiling",
    "certified",
    "within_budget",
    "studied_again",
)


def zakat_al_fitr(sheet: Worksheet) -> None:
    """K-ZFITR: approved families; the ill or indebted after a religious opinion, by the board."""
    sheet.assume("approved_means_registered")
    known = sheet.check("registered", registered(sheet), "registered", "K-ZFITR")
    if known is None:
        sheet.lacks("registered")
    elif not known:
        met(sheet, "ill_or_indebted", "K-ZFITR")
        if fact(sheet, "ill_or_indebted") is not False:
            met(sheet, "sharia_opinion", "K-ZFITR")
        sheet.for_people = True


def ramadan(sheet: Worksheet) -> None:
    """K-RAM: approved families."""
    sheet.assume("approved_means_registered")
    sheet.require("registered", registered(sheet), "registered", "K-RAM")


def debt(sheet: Worksheet) -> Fraction | None:
    """K-DEBT: only where serious harm threatens, within a ceiling, not for debts of neglect."""
    for name in ("official_documents", "serious_harm", "sharia_opinion"):
        met(sheet, name, "K-DEBT")
    for name in ("neglected_bills", "misconduct", "relied_on_others"):
        refused_if(sheet, name, "K-DEBT")
    return asked_within(sheet, "debt_cap")


def shelter(sheet: Worksheet) -> Fraction | None:
    """K-SHELTER: home and food lost in an emergency, monthly and for a few months; then monthly aid."""
    met(sheet, "emergency_loss", "K-SHELTER")
    to_bring(sheet, "studied", "K-SHELTER")
    refused_if(sheet, "receives_assistance_allowance", "K-SHELTER")
    received = sheet.needed(fact(sheet, "months_received"), "months_received")
    amount = asked_within(sheet, "shelter_cap")
    if received is None:
        return None
    left = sheet.whole("shelter_months") - int(received)
    if not sheet.check("months_left", left > 0, "months_received"):
        sheet.redirect("monthly")
    sheet.period_months = left
    return amount


def funeral(sheet: Worksheet) -> Fraction:
    """K-FUNERAL: the cost of mourning, held between a floor and a cap; the floor where nothing was asked."""
    met(sheet, "resident", "K-FUNERAL")
    known = {"registered": registered(sheet), "trusted_need": fact(sheet, "trusted_need")}
    either = True if True in known.values() else None if None in known.values() else False
    if sheet.check("trusted_need", either, "trusted_need") is None:
        sheet.lacks(*(name for name, value in known.items() if value is None))
    elif not either:
        sheet.failed = True
    floor, cap = sheet.figure("funeral_floor"), ceiling(sheet, "funeral_cap")
    stated = sheet.policy.currency.exact(sheet.case.asked) if sheet.case.asked else floor
    return granted(sheet, "granted", min(max(stated, floor), cap))


def rain_damage(sheet: Worksheet) -> Fraction | None:
    """K-RAIN: damage done or expected, for who has no more in the bank than the repair and a month's supplies."""
    to_bring(sheet, "documents", "K-RAIN")
    to_bring(sheet, "inspected", "K-RAIN")
    met(sheet, "resident", "K-RAIN")
    refused_if(sheet, "other_party_helps", "K-RAIN")
    repair = amount_of(sheet, fact(sheet, "repair_cost"), "repair_cost")
    supplies = amount_of(sheet, fact(sheet, "month_supplies"), "month_supplies")
    balance = amount_of(sheet, sheet.case.household.bank_balance, "household.bank_balance")
    if repair is not None and supplies is not None and balance is not None:
        sheet.require("balance_within_need", balance <= repair + supplies, "household.bank_balance")
    cap = ceiling(sheet, "rain_cap")
    if repair is None:
        return None
    sheet.assume("repair_cost_caps")
    stated = sheet.policy.currency.exact(sheet.case.asked) if sheet.case.asked else repair
    return granted(sheet, "granted", min(stated, repair, cap))


def building(sheet: Worksheet) -> Fraction | None:
    """K-BUILD: what is necessary in the family's own or the father's house, within a ceiling that the office sets."""
    for name in ("resident", "own_or_fathers_house", "valid_permit", "necessities_only"):
        met(sheet, name, "K-BUILD")
    for name in ("inspected", "documents"):
        to_bring(sheet, name, "K-BUILD")
    surplus = sheet.needed(fact(sheet, "surplus_deposits"), "surplus_deposits")
    if surplus:
        spent = fact(sheet, "surplus_spent_first")
        if sheet.check("surplus_spent_first", spent, "surplus_spent_first", "K-BUILD") is None:
            sheet.lacks("surplus_spent_first")
        elif not spent:
            sheet.for_people = True
    stated = asked(sheet)
    cap = amount_of(sheet, sheet.office("building.ceiling", needed=False), "building.ceiling")
    if cap is not None:
        sheet.figures["ceiling"] = sheet.step("ceiling", cap)
    return None if stated is None or cap is None else granted(sheet, "granted", min(stated, cap))


def marriage(sheet: Worksheet) -> Fraction | None:
    """K-MARR: before the contract, with a recent examination; once the contract is made, furnishing instead."""
    met(sheet, "resident", "K-MARR")
    to_bring(sheet, "undertaking_signed", "K-MARR")
    if fact(sheet, "second_marriage"):
        by_exception(sheet, "K-MARR")
    else:
        sheet.needed(fact(sheet, "second_marriage"), "second_marriage")
    others = fact(sheet, "other_marriage_funds")
    if sheet.check("other_marriage_funds", None if others is None else not others, "other_marriage_funds") is None:
        sheet.lacks("other_marriage_funds")
    elif others:
        sheet.for_people = True
    concluded = fact(sheet, "contract_concluded")
    sheet.check("contract_concluded", None if concluded is None else not concluded, "contract_concluded")
    if concluded:
        sheet.redirect("furnishing")
    elif sheet.needed(concluded, "contract_concluded") is False:
        examined = fact(sheet, "exam_date")
        since = _months_before(sheet.case.request_date or sheet.case.on, sheet.whole("exam_months"))
        sheet.require("exam_recent", None if examined is None else examined >= since, "exam_date")
    return asked_within(sheet, "marriage_cap")


def external_request(sheet: Worksheet) -> Fraction | None:
    """K-EXT: for a family that another charity vouches for; a family of the village is studied again."""
    met(sheet, "certified", "K-EXT")
    to_bring(sheet, "documents", "K-EXT")
    met(sheet, "within_budget", "K-EXT")
    resident = sheet.needed(fact(sheet, "resident"), "resident")
    if resident:
        sheet.check("studied_again", False, "resident")
        sheet.for_people = True
    return asked_within(sheet, "external_cap")


def attestation(sheet: Worksheet) -> None:
    """K-ATT: a letter and no money: at once for an approved family, by the board after a study for another."""
    known = sheet.check("registered", registered(sheet), "registered", "K-ATT")
    if known is None:
        sheet.lacks("registered")
    elif not known:
        to_bring(sheet, "studied", "K-ATT")
        sheet.for_people = True
    if fact(sheet, "letters_issued"):
        sheet.assume("further_letter", number=fact(sheet, "letters_issued"))


def _months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
