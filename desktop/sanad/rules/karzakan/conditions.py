"""What holds for every aid of the guide: travel that freezes it (K-FIN-2), and the papers of the request."""

from datetime import date

from sanad.rules.worksheet import Worksheet

FIGURES = ("freeze_years",)
WORDINGS = ("not_frozen", "documents", "application")


def of_every_aid(sheet: Worksheet) -> None:
    """Write the conditions that need not be stated to hold, where they were stated."""
    facts = sheet.case.facts
    travelled = facts.get("unaccepted_travel_on")
    if isinstance(travelled, date) and travelled <= sheet.case.on:
        sheet.require(
            "not_frozen", sheet.case.on >= _thawed(travelled, sheet.whole("freeze_years")), "unaccepted_travel_on"
        )
    for paper in ("documents", "application"):
        if facts.get(paper) is not None:
            sheet.bring(paper, facts[paper] is True, paper)


def _thawed(travelled: date, years: int) -> date:
    """K-FIN-2: the same date so many years later; 29 February is answered by 1 March."""
    later = travelled.year + years
    if (travelled.month, travelled.day) == (2, 29):
        return date(later, 3, 1)
    return travelled.replace(year=later)
