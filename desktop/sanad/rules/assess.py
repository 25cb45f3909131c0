"""The door of the room: one case, one pack, one assessment. Here stand the formulas that a pack can name."""

from collections.abc import Callable
from fractions import Fraction

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.rules.karzakan import conditions, family, means, regular
from sanad.rules.policy import Policy
from sanad.rules.worksheet import Worksheet

Formula = Callable[[Worksheet], Fraction | None]

_KARZAKAN: dict[str, Formula] = {"monthly": regular.monthly, "seasonal": regular.seasonal}
_PACKS = {"karzakan": (conditions.of_every_aid, _KARZAKAN)}

FORMULAS = {
    "karzakan": frozenset(
        (
            *conditions.FIGURES, *conditions.WORDINGS,
            *family.FIGURES, *family.READINGS, *family.WORDINGS,
            *means.FIGURES, *means.READINGS, *means.WORDINGS,
            *regular.FIGURES, *regular.READINGS, *regular.WORDINGS,
        )
    )
}  # fmt: skip
"""By the name of each set of formulas: every figure, reading and wording that a pack must bring for it."""


def assess(case: Case, policy: Policy) -> Assessment:
    """What the rules of ``policy`` find for ``case``, on the day that the case names. Same input, same answer.

    Raises:
        Refused: the pack has no such aid, or the day lies before its first.
    """
    conditions_of_all, aids = _PACKS[policy.formulas]
    if case.aid not in policy.aids_offered:
        raise Refused([Problem("case.unknown_aid", "aid", {"value": case.aid, "expected": ", ".join(policy.aids)})])
    sheet = Worksheet(policy, case)
    conditions_of_all(sheet)
    return sheet.close(aids[case.aid](sheet))
