"""The programme of the Muslims of Kansas City: conditions as examples (C-1 to C-5), and what the group decides."""

from sanad.rules.worksheet import Worksheet

FINANCIAL = "financial"
OTHER = "other"
READINGS = ("board_is_the_group",)
WORDINGS = ("resident", "category", "condition_met", "no_debt_relief", "documents", "application")


def of_every_aid(sheet: Worksheet) -> None:
    """C-0 to C-5, whatever the kind of support: a resident whose condition the group found to be met."""
    case, facts = sheet.case, sheet.case.facts
    for paper in ("documents", "application"):
        if facts.get(paper) is not None:
            sheet.bring(paper, facts[paper] is True, paper)
    sheet.require("resident", _known(facts.get("resident")), "resident")
    met = _known(facts.get("condition_met"))
    if case.category is None:
        sheet.require("category", None, "category")
    if case.category == OTHER and met is None:
        return  # the conditions are examples: whether another one is met is what the group decides
    clause = None if case.category is None else sheet.policy.categories[case.category].clause
    sheet.require("condition_met", met, "condition_met", clause)


def support(sheet: Worksheet) -> None:
    """C-S1 to C-S6, C-STUDY: the programme names no amount, so kind and period are the group's; no debts (C-NO)."""
    if sheet.case.aid == FINANCIAL:
        debts = _known(sheet.case.facts.get("debt_payment"))
        sheet.require("no_debt_relief", None if debts is None else not debts, "debt_payment")
    sheet.assume("board_is_the_group")
    sheet.for_people = True


def _known(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
