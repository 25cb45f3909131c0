"""An assessment as the command line prints it: compact JSON, its keys in one fixed order."""

import json
from fractions import Fraction

from sanad.domain.assessment import Assessment, Step
from sanad.domain.money import CURRENCIES, Currency, half_up
from sanad.domain.text import Text


def dump(assessment: Assessment) -> str:
    """One line of JSON; the same assessment gives the same text, letter for letter."""
    currency = CURRENCIES[assessment.currency]
    tree = {
        "policy": assessment.policy,
        "revision": assessment.revision,
        "aid": assessment.aid,
        "on": assessment.on,
        "currency": assessment.currency,
        "outcome": assessment.outcome.value,
        "amount": None if assessment.amount is None else currency.plain(assessment.amount),
        "period_months": assessment.period_months,
        "fund": assessment.fund,
        "redirect": assessment.redirect,
        "figures": {
            name: value if isinstance(value, int) else _shown(value, currency)
            for name, value in assessment.figures.items()
        },
        "steps": [_step(step, currency) for step in assessment.steps],
        "checks": [
            {"clause": check.clause, "fact": check.fact, "result": check.result.value, "label": _text(check.label)}
            for check in assessment.checks
        ],
        "missing": list(assessment.missing),
        "assumptions": [{"clause": found.clause, "label": _text(found.label)} for found in assessment.assumptions],
    }
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _step(step: Step, currency: Currency) -> dict[str, object]:
    value = _shown(step.exact, currency) if step.money else _number(step.exact)
    exact = None if Fraction(value) == step.exact else str(step.exact)
    return {"clause": step.clause, "label": _text(step.label), "value": value, "exact": exact, "note": _text(step.note)}


def _shown(amount: Fraction, currency: Currency) -> str:
    return currency.plain(currency.rounded(amount))


def _number(value: Fraction) -> str:
    """A count as a whole number, a share or mark with two places."""
    if value.denominator == 1:
        return str(value.numerator)
    whole, hundredths = divmod(half_up(value * 100), 100)
    return f"{whole}.{hundredths:02}"


def _text(text: Text) -> dict[str, str]:
    return {"ar": text.ar, "en": text.en}
