"""The heads of zakat beside the poor (B-6 to B-10), and the afflicted (B-13): their amount is for the committee."""

from collections.abc import Callable
from datetime import date

from sanad.domain.money import Money
from sanad.rules.balad_alkhair.examination import Condition, Examination
from sanad.rules.days import months_later

FIGURES = ("years_a_new_muslim",)
FACTS = (
    "zakat_work",
    "going_wage",
    "longer_accepted",
    "needs_support",
    "hoped_for",
    "ransom",
    "captive_muslim",
    "public_interest",
    "lawful_debt",
    "essential_need",
    "cannot_pay",
    "debt_due",
    "away_from_residence",
    "travel_forbidden",
    "no_fare_home",
    "can_repay_at_home",
    "no_lender",
    "financial_calamity",
    "good_repute",
    "treatment_not_free",
    "treatment_unaffordable",
)
"""The facts that are conditions as they stand; each has a wording of its name."""
WORDINGS = (*FACTS, "new_muslim")


def zakat_worker(about: Examination) -> None:
    """B-6: for the work, even to the rich, and no more than the going wage."""
    sheet = about.sheet
    about.require(about.fact("zakat_work"))
    wage = sheet.case.facts.get("going_wage")
    if wage is not None:
        about.require(about.fact("going_wage"))
    if isinstance(wage, Money):
        sheet.figures["ceiling"] = sheet.policy.currency.exact(wage)


def reconciled(about: Examination) -> None:
    """B-7: a new Muslim who needs support; or one whose islam, or influence on others', is hoped for."""
    support = about.fact("needs_support")
    about.require_one_of(
        (_new_muslim(about), support), (about.fact("longer_accepted"), support), (about.fact("hoped_for"),)
    )


def _new_muslim(about: Examination) -> Condition:
    """Not more than so many years a Muslim."""
    converted = about.sheet.case.facts.get("converted_on")
    holds = None
    if isinstance(converted, date):
        last = months_later(converted, 12 * int(about.sheet.figure("years_a_new_muslim")))
        holds = converted <= about.sheet.case.on <= last
    return Condition("new_muslim", "converted_on", holds, ("converted_on",))


def captive(about: Examination) -> None:
    """B-8."""
    about.require(about.fact("ransom"), about.fact("captive_muslim"))


def debtor(about: Examination) -> None:
    """B-9: for the public good, even if rich; for the own good on four conditions."""
    about.require_one_of(
        (about.fact("public_interest"),),
        tuple(about.fact(name) for name in ("lawful_debt", "essential_need", "cannot_pay", "debt_due")),
    )


def wayfarer(about: Examination) -> None:
    """B-10: who could repay at home has to have looked for a lender."""
    about.require(
        about.fact("away_from_residence"), about.fact("travel_forbidden", wanted=False), about.fact("no_fare_home")
    )
    about.require_one_of((about.fact("can_repay_at_home", wanted=False),), (about.fact("no_lender"),))


def afflicted_financial(about: Examination) -> None:
    """B-13-1."""
    about.require(about.fact("financial_calamity"), about.fact("good_repute"))


def afflicted_health(about: Examination) -> None:
    """B-13-2: being able to work does not matter."""
    about.require(about.fact("treatment_not_free"), about.fact("treatment_unaffordable"))


HEADS: dict[str, Callable[[Examination], None]] = {
    "zakat_worker": zakat_worker,
    "reconciled": reconciled,
    "captive": captive,
    "debtor": debtor,
    "wayfarer": wayfarer,
    "afflicted_financial": afflicted_financial,
    "afflicted_health": afflicted_health,
}
