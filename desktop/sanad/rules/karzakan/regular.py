"""The aids that come back: monthly (K-MONTH-4, K-MONTH-5) and seasonal (K-SEAS-1)."""

from fractions import Fraction

from sanad.rules.karzakan.means import Means, means
from sanad.rules.worksheet import Worksheet

FIGURES = ("seasonal_limit", "monthly_floor", "monthly_cap")
READINGS = ("monthly_aid", "seasonal_above_womans_line")
WORDINGS = ("share_within_line", "share_above_line", "share_within_seasonal", "above_line", "above_seasonal", "aid")


def monthly(sheet: Worksheet) -> Fraction | None:
    """The monthly aid of a family whose share does not pass the line; beyond it, up to a limit, seasonal aid."""
    found = means(sheet)
    if found is None:
        return None
    within = found.share <= found.line
    sheet.check("share_within_line", within, "per_capita")
    if not within:
        _tell_excess(sheet, "above_line", found, found.line)
        if _within_season(sheet, found):
            sheet.redirect("seasonal")
        sheet.failed = True
        return None
    return aid(sheet, found)


def seasonal(sheet: Worksheet) -> Fraction | None:
    """Seasonal aid for a share above the line, up to a limit; its amount is set with each distribution."""
    found = means(sheet)
    if found is None:
        return None
    above = found.share > found.line
    sheet.check("share_above_line", above, "per_capita")
    if not above:
        sheet.redirect("monthly")
    elif not _within_season(sheet, found):
        sheet.failed = True
    return None


def aid(sheet: Worksheet, found: Means) -> Fraction:
    """K-MONTH-4: the amount for a need, by the brackets that the office reads where the guide's line is lost."""
    bracket, scale = sheet.bracket("monthly_aid", found.family_need, found.members)
    amount = found.family_need if bracket.pay is None else bracket.pay
    sheet.figure(scale.floor)
    sheet.figure(scale.cap)
    return sheet.step("aid", amount, need=found.family_need)


def _within_season(sheet: Worksheet, found: Means) -> bool:
    """K-SEAS-1: whether a share above the line still gives seasonal aid."""
    if found.woman_provider:
        sheet.assume("seasonal_above_womans_line")
    limit = sheet.figure("seasonal_limit")
    within = found.share <= limit
    sheet.check("share_within_seasonal", within, "per_capita")
    if not within:
        _tell_excess(sheet, "above_seasonal", found, limit)
    return within


def _tell_excess(sheet: Worksheet, name: str, found: Means, limit: Fraction) -> None:
    """What a refusal hangs on: how far the share lies above a limit, and how much less income would lift it."""
    excess = found.share - limit
    sheet.step(name, excess, limit=limit, less=excess * found.members)
