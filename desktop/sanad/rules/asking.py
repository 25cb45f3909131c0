"""What the rules ask of a request: found by letting them assess it, and looking on at what they read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from typing_extensions import override

from sanad.domain.assessment import Assessment, Finding
from sanad.domain.case import Case, Waiver
from sanad.domain.facts import FactKind
from sanad.domain.questions import FACTS, Part, Question, Questions
from sanad.domain.text import Text
from sanad.rules.assess import assess
from sanad.rules.policy import Policy

_UNSAID: Mapping[Part, Callable[[Case], Case]] = {
    Part.CATEGORY: lambda case: replace(case, category=None),
    Part.GRADE: lambda case: replace(case, grade=None),
    Part.APPLICANT: lambda case: replace(case, applicant=None),
    Part.FUND: lambda case: replace(case, fund=None),
}
_OPEN = (Finding.NOT_MET, Finding.UNKNOWN)


class _Noted(Mapping[str, object]):
    """Facts that note which of them are asked for. They pass for some even where none is told, so that all are read."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts
        self.names: set[str] = set()

    @override
    def __getitem__(self, name: str) -> object:
        self.names.add(name)
        return self._facts[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    @override
    def __len__(self) -> int:
        return len(self._facts) or 1


def ask(case: Case, policy: Policy) -> Questions:
    """What is to be said of a request, as far as it is known which way its assessment goes.

    Raises:
        Refused: as :func:`sanad.rules.assess.assess`.
    """
    facts = _Noted(case.facts)
    found = assess(replace(case, facts=facts), policy)
    hung_on = {*found.missing, *(check.fact for check in found.checks)}
    kinds = policy.aids_offered[case.aid].facts
    asked = [
        Question(
            where=f"{FACTS}{name}",
            kind=kind,
            label=policy.fact_labels[name],
            choices=policy.choices.get(name, {}),
            needed=name in hung_on,
        )
        for name, kind in kinds.items()
        if name in facts.names or name in case.facts
    ]
    return Questions((*_parts(case, policy), *asked), _may_waive(case, policy, found), found)


def _parts(case: Case, policy: Policy) -> Iterator[Question]:
    """What the guide asks beside the facts. Whether it needs one shows when that one is not said."""
    members: dict[str, Text | None] = {
        str(member.id): Text(member.name, member.name) for member in case.household.members
    }
    may_be: dict[Part, Mapping[str, Text | None]] = {
        Part.CATEGORY: {slug: category.label for slug, category in policy.categories.items()},
        Part.GRADE: {str(number): grade.label for number, grade in policy.grades.items()},
        Part.APPLICANT: members if policy.categories else {},
        Part.FUND: dict.fromkeys(policy.funds),
    }
    for part, choices in may_be.items():
        if choices:
            unsaid = assess(_UNSAID[part](case), policy)
            yield Question(
                part.value, FactKind.CHOICE, policy.fact_labels.get(part), choices, needed=part in unsaid.missing
            )


def _may_waive(case: Case, policy: Policy, found: Assessment) -> tuple[str, ...]:
    """The clauses that a waiver would let pass."""
    clauses = dict.fromkeys(check.clause for check in found.checks if check.result in _OPEN)
    waived = (clause for clause in clauses if _lets_pass(case, policy, clause))
    return (*dict.fromkeys((*(waiver.clause for waiver in case.waivers), *waived)),)


def _lets_pass(case: Case, policy: Policy, clause: str) -> bool:
    """Whether a waiver of a clause makes any difference."""
    other = assess(replace(case, waivers=(*case.waivers, Waiver(clause, "", ""))), policy)
    return any(check.clause == clause and check.result is Finding.WAIVED for check in other.checks)
