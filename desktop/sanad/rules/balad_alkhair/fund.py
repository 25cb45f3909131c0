"""Which fund an assessment is made for: zakat, or khayrat where zakat may not go (B-1, B-2, B-11 to B-13)."""

from sanad.rules.worksheet import Worksheet

ZAKAT = "zakat"
KHAYRAT = "khayrat"

AFFLICTED = ("afflicted_financial", "afflicted_health")
"""B-12: those whom khayrat alone supports."""
HANDLING = ("collect", "distribute")
"""The work on zakat that B-1 keeps to Muslims."""

READINGS = ("moved_to_khayrat", "afflicted_by_khayrat", "waivers_under_khayrat_only")
WORDINGS = ("muslim", "prophets_house")


def choose_fund(sheet: Worksheet) -> None:
    """Name the fund: what was asked for, else zakat; khayrat for the afflicted, and where B-1 or B-2 stands against."""
    case = sheet.case
    afflicted = case.category in AFFLICTED
    sheet.fund = KHAYRAT if afflicted or case.fund == KHAYRAT else ZAKAT
    if afflicted and case.fund == ZAKAT:
        sheet.assume("afflicted_by_khayrat")
    if sheet.fund == ZAKAT:
        _zakat_may_go(sheet)
    if sheet.fund == ZAKAT and case.waivers:
        sheet.assume("waivers_under_khayrat_only")


def _zakat_may_go(sheet: Worksheet) -> None:
    """B-1, B-2: written down; one that fails moves the fund, and what is unknown of the other no longer matters."""
    found = {"muslim": _muslim(sheet), "prophets_house": _no_kin(sheet)}
    moved = any(holds is False for holds, _ in found.values())
    for fact, (holds, missing) in found.items():
        if holds is None and moved:
            continue
        sheet.check(fact, holds, fact)
        sheet.lacks(*missing)
    if moved:
        sheet.fund = KHAYRAT
        sheet.assume("moved_to_khayrat")


Found = tuple[bool | None, tuple[str, ...]]
"""What is known of a condition, and the facts to ask for while it is not."""


def _muslim(sheet: Worksheet) -> Found:
    """B-1: a Muslim; or a heart to be reconciled; or at work on zakat other than collecting and distributing it."""
    muslim = sheet.case.facts.get("muslim")
    work = sheet.case.facts.get("zakat_work") if sheet.case.category == "zakat_worker" else False
    if muslim is True or sheet.case.category == "reconciled" or (isinstance(work, str) and work not in HANDLING):
        return True, ()
    lacking = () if muslim is False else ("muslim",)
    if work in (None, True):
        lacking = (*lacking, "zakat_work")
    return (None, lacking) if lacking else (False, ())


def _no_kin(sheet: Worksheet) -> Found:
    """B-2: not of the Prophet's house."""
    kin = sheet.case.facts.get("prophets_house")
    return (None, ("prophets_house",)) if kin is None else (kin is False, ())
