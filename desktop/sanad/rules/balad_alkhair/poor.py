"""B-5: the poor and needy, by the category that the visit named."""

from collections.abc import Callable
from datetime import date

from sanad.domain.household import MaritalStatus
from sanad.domain.money import Money
from sanad.rules.balad_alkhair.examination import Condition, Examination
from sanad.rules.days import months_later

UNIVERSITY = "university"
FEES = {"primary": "primary_fees", "intermediate": "intermediate_fees", "secondary": "secondary_fees"}
"""By the stage of study, the figure that holds the usual fees of a year; the stages not named here have none."""

WORKING_AGE = ("special_needs", "patient", "low_income", "unemployed")
"""The categories that ask for an age over one limit and not over another."""

FIGURES = (
    "orphan_age_up_to",
    "elderly_age_over",
    *(f"{category}_age_over" for category in WORKING_AGE),
    *(f"{category}_age_up_to" for category in WORKING_AGE),
    *FEES.values(),
    "months_missing",
)
READINGS = ("remarried_without_maintenance", "fees_of_a_year", "stage_without_fees", "abandoned_wife")
FACTS = (
    "father_absent",
    "no_supporter",
    "remarried",
    "iddah_over",
    "maintenance_due",
    "prevents_work",
    "medical_report",
    "cannot_earn_more",
    "enrolled",
    "income_insufficient",
    "fees_due",
    "field_objection",
    "fees_covered",
    "involuntary",
    "provider_imprisoned",
    "worked_before",
    "no_news",
    "residence_unknown",
)
"""The facts that are conditions as they stand; each has a wording of its name."""
WORDINGS = (*FACTS, "fees_usual", "fees_above", "absent_long_enough")


def orphan(about: Examination) -> None:
    """B-5-1."""
    about.require(
        about.fact("father_absent"),
        about.age(up_to="orphan_age_up_to"),
        about.means(),
        about.fact("no_supporter"),
    )


def widow(about: Examination) -> None:
    """B-5-2."""
    about.require(about.fact("remarried", wanted=False), about.means(), about.fact("no_supporter"))


def divorced(about: Examination) -> None:
    """B-5-3: who married again and is due no maintenance goes to the committee."""
    about.require(about.fact("iddah_over"))
    if about.known("remarried"):
        about.require(about.fact("maintenance_due", wanted=False))
        if not about.waived:
            about.sheet.assume("remarried_without_maintenance")
            about.sheet.for_people = True
    else:
        about.require(about.fact("remarried", wanted=False))
    about.require(about.means(), about.fact("no_supporter"))


def elderly(about: Examination) -> None:
    """B-5-4."""
    about.require(about.age(over="elderly_age_over"), about.means(), about.fact("no_supporter"))


def special_needs(about: Examination) -> None:
    """B-5-5."""
    about.require(
        about.fact("prevents_work"),
        _of_working_age(about, "special_needs"),
        about.means(),
        about.fact("no_supporter"),
    )


def patient(about: Examination) -> None:
    """B-5-6: the month's necessary treatment widens the limit."""
    about.require(
        about.fact("prevents_work"),
        about.paper("medical_report"),
        _of_working_age(about, "patient"),
        about.means(treated=True),
    )


def low_income(about: Examination) -> None:
    """B-5-7: below the pension, not at it."""
    about.require(
        about.means(below=True),
        _of_working_age(about, "low_income"),
        about.fact("cannot_earn_more"),
        about.fact("no_supporter"),
    )


def student(about: Examination) -> None:
    """B-5-8: income that does not suffice stands in the place of appendix 1."""
    about.require(about.fact("enrolled"), about.fact("income_insufficient"), about.fact("fees_due"))
    if _at_university(about):
        about.require(about.fact("field_objection", wanted=False))
    about.require(about.fact("fees_covered", wanted=False))
    _usual_fees(about)


def unemployed(about: Examination) -> None:
    """B-5-9."""
    about.require(about.fact("involuntary"), _of_working_age(about, "unemployed"), about.means())


def prisoner_family(about: Examination) -> None:
    """B-5-10."""
    about.require(about.fact("provider_imprisoned"), about.fact("worked_before"), about.means())


def missing_family(about: Examination) -> None:
    """B-5-11: without news for so many months; the abandoned wife as well."""
    sheet = about.sheet
    if any(member.marital_status is MaritalStatus.ABANDONED for member in sheet.case.household.members):
        sheet.assume("abandoned_wife")
    since = sheet.case.facts.get("absent_since")
    long_enough = None
    if isinstance(since, date):
        long_enough = months_later(since, int(sheet.figure("months_missing"))) <= sheet.case.on
    about.require(
        about.fact("no_news"),
        about.fact("residence_unknown"),
        Condition("absent_long_enough", "absent_since", long_enough, ("absent_since",)),
        about.means(),
    )


POOR: dict[str, Callable[[Examination], None]] = {
    "orphan": orphan,
    "widow": widow,
    "divorced": divorced,
    "elderly": elderly,
    "special_needs": special_needs,
    "patient": patient,
    "low_income": low_income,
    "student": student,
    "unemployed": unemployed,
    "prisoner_family": prisoner_family,
    "missing_family": missing_family,
}


def _of_working_age(about: Examination, category: str) -> Condition:
    return about.age(over=f"{category}_age_over", up_to=f"{category}_age_up_to")


def _at_university(about: Examination) -> bool:
    """Whether the field of study is one that B-5-8 asks about: told so, or by the stage, which is asked for anyway."""
    field = about.known("university_field")
    return about.sheet.case.facts.get("stage") == UNIVERSITY if field is None else field


def _usual_fees(about: Examination) -> None:
    """B-5-8: the fees keep within the usual average of the stage, where the regulation gives one."""
    sheet = about.sheet
    stage, fees = sheet.case.facts.get("stage"), sheet.case.facts.get("fees")
    if stage is not None and stage not in FEES:
        sheet.assume("stage_without_fees")
        return
    sheet.assume("fees_of_a_year")
    missing = tuple(name for name, value in (("stage", stage), ("fees", fees)) if value is None)
    holds = None
    if isinstance(stage, str) and isinstance(fees, Money):
        over = sheet.policy.currency.exact(fees) - sheet.figure(FEES[stage])
        holds = over <= 0
        if not holds:
            sheet.step("fees_above", over)
    about.require(Condition("fees_usual", "fees", holds, missing))
