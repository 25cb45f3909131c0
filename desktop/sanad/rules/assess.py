"""The door of the room: one case, one pack, one assessment. Here stand the formulas that a pack can name."""

from collections.abc import Callable
from fractions import Fraction

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.rules import kcmuslims
from sanad.rules.balad_alkhair import examination, fund, heads, poor, request
from sanad.rules.balad_alkhair import means as limits
from sanad.rules.karzakan import conditions, family, health, means, regular, relief, study
from sanad.rules.policy import Policy
from sanad.rules.worksheet import Worksheet

Formula = Callable[[Worksheet], Fraction | None]

_KARZAKAN: dict[str, Formula] = {
    "monthly": regular.monthly,
    "seasonal": regular.seasonal,
    "zakat_al_fitr": relief.zakat_al_fitr,
    "ramadan": relief.ramadan,
    "debt": relief.debt,
    "shelter": relief.shelter,
    "funeral": relief.funeral,
    "rain_damage": relief.rain_damage,
    "building": relief.building,
    "marriage": relief.marriage,
    "scholarship_public": study.scholarship_public,
    "scholarship_bti": study.scholarship_bti,
    "scholarship_private": study.scholarship_private,
    "books": study.books,
    "tutoring": study.tutoring,
    "school_uniform": study.school_uniform,
    "school_bag": study.school_bag,
    "skills_course": study.skills_course,
    "medical": health.medical,
    "medicine": health.medicine,
    "glasses": health.glasses,
    "hearing_aid": health.hearing_aid,
    "fertility": health.fertility,
    "external_request": relief.external_request,
    "attestation": relief.attestation,
}


def left_to_people(sheet: Worksheet) -> None:
    """An aid for which there is no formula, such as one that an office added to its own pack: people decide."""
    sheet.for_people = True


_PACKS: dict[str, tuple[Callable[[Worksheet], None], dict[str, Formula], Formula]] = {
    "karzakan": (conditions.of_every_aid, _KARZAKAN, left_to_people),
    "balad_alkhair": (request.of_every_aid, request.AIDS, request.set_by_the_committee),
    "kcmuslims": (kcmuslims.of_every_aid, {}, kcmuslims.support),
}
"""By the name of each set of formulas: what holds for every aid, the formula of each, and that of any other aid."""

FORMULAS = {
    "karzakan": frozenset(
        (
            *conditions.FIGURES, *conditions.READINGS, *conditions.WORDINGS,
            *family.FIGURES, *family.READINGS, *family.WORDINGS,
            *means.FIGURES, *means.READINGS, *means.WORDINGS,
            *regular.FIGURES, *regular.READINGS, *regular.WORDINGS,
            *relief.FIGURES, *relief.READINGS, *relief.WORDINGS,
            *study.FIGURES, *study.READINGS, *study.WORDINGS,
            *health.FIGURES, *health.READINGS, *health.WORDINGS,
        )
    ),
    "balad_alkhair": frozenset(
        (
            *fund.READINGS, *fund.WORDINGS,
            *examination.READINGS, *examination.WORDINGS,
            *limits.READINGS, *limits.WORDINGS,
            *poor.FIGURES, *poor.READINGS, *poor.WORDINGS,
            *heads.FIGURES, *heads.WORDINGS,
            *request.READINGS, *request.WORDINGS,
        )
    ),
    "kcmuslims": frozenset((*kcmuslims.READINGS, *kcmuslims.WORDINGS)),
}  # fmt: skip
"""By the name of each set of formulas: every figure, reading and wording that a pack must bring for it."""


def assess(case: Case, policy: Policy, read: set[str] | None = None) -> Assessment:
    """What the rules of ``policy`` find for ``case``, on the day that the case names. Same input, same answer.

    Into ``read`` go the names of the figures, scales, readings and figures of the office on which the answer rests.

    Raises:
        Refused: the pack has no such aid, category or grade, or the day lies before its first.
    """
    conditions_of_all, aids, any_other = _PACKS[policy.formulas]
    _known(case, policy)
    sheet = Worksheet(policy, case)
    conditions_of_all(sheet)
    found = sheet.close(aids.get(case.aid, any_other)(sheet))
    if read is not None:
        read |= sheet.read
    return found


def _known(case: Case, policy: Policy) -> None:
    """Refuse a case that names what the pack does not have."""
    problems = []
    if case.aid not in policy.aids_offered:
        problems.append(Problem("case.unknown_aid", "aid", {"value": case.aid, "expected": ", ".join(policy.aids)}))
    for key, value, known in (("category", case.category, policy.categories), ("grade", case.grade, policy.grades)):
        if known and value is not None and value not in known:
            expected = ", ".join(map(str, known))
            problems.append(Problem("case.not_one_of", key, {"value": value, "expected": expected}))
    if problems:
        raise Refused(problems)
