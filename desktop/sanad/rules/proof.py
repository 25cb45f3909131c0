"""Runs a pack's own worked cases: a pack that does not come out as it says itself is not adopted."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency
from sanad.domain.toml_text import read_toml
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.rules.tables import Strict, Words, shaped

ReadTree = Callable[[Mapping[str, object]], Case]
"""Reads a case from the tree of a case file, strictly; handed in, since reading files is another room's."""


NONE: Mapping[str, Any] = MappingProxyType({})


class WorkedCase(Strict, frozen=True):
    """``[[case]]``: a case and what has to come out.

    ``family`` is shorthand for a male provider, from two on a wife, and young sons; ``income`` for his salary and no
    obligations. ``household`` and ``file`` carry further keys of the case file, where members without an ``id``
    are numbered from 1. What is not expected of ``amount``, ``fund`` and ``redirect`` must be absent; ``figures`` are
    exact; ``findings`` tell what was found of a condition, by the fact it hangs on. ``without`` names keys, by their
    path in the case file, that this case leaves out of what the file gives every case.
    """

    name: str
    clauses: tuple[str, ...]
    aid: str
    outcome: str
    amount: str | None = None
    fund: str | None = None
    redirect: str | None = None
    period_months: int | None = None
    missing: tuple[str, ...] = ()
    figures: Mapping[str, str] = NONE
    findings: Mapping[str, str] = NONE
    counted: tuple[int, ...] | None = None
    family: int = 0
    income: str | None = None
    household: Mapping[str, Any] = NONE
    file: Mapping[str, Any] = NONE
    without: tuple[str, ...] = ()
    choices: Mapping[str, str] = NONE
    slip: Words | None = None
    """Why the guide prints something else."""


class Proof(Strict, frozen=True):
    """A whole ``cases.toml``; ``on`` is the day of every case that names none.

    ``file`` and ``household`` hold for every case, which adds to them key by key and in ``facts`` and ``office`` too.
    """

    on: str
    case: tuple[WorkedCase, ...]
    file: Mapping[str, Any] = NONE
    household: Mapping[str, Any] = NONE


def read_proof(text: str, file: str) -> Proof:
    """The worked cases in a text.

    Raises:
        Refused: with every mistake, by its key.
    """
    problems: list[Problem] = []
    try:
        tree = read_toml(text)
    except ValueError as error:
        raise Refused.because("policy.not_toml", file=file, detail=str(error)) from error
    proof = shaped(tree, Proof, "", problems)
    if proof is None or problems:
        raise Refused(Problem(found.code, found.where, {"file": file, **found.values}) for found in problems)
    return proof


def differences(proof: Proof, policy: Policy, read: ReadTree) -> tuple[Problem, ...]:
    """Where the rules come to something else than the cases say; nothing when the pack proves itself."""
    return tuple(problem for worked in proof.case for problem in _differences(worked, proof, policy, read))


def _differences(worked: WorkedCase, proof: Proof, policy: Policy, read: ReadTree) -> list[Problem]:
    for reading, choice in worked.choices.items():
        policy = policy.choosing(reading, choice)
    try:
        found = assess(read(tree_of(worked, proof, policy)), policy)
    except Refused as refused:
        return [Problem("policy.case_refused", worked.name, {"detail": str(refused)})]
    expected = {
        "outcome": worked.outcome,
        "amount": worked.amount,
        "fund": worked.fund,
        "redirect": worked.redirect,
        "period_months": worked.period_months,
        "missing": worked.missing,
        "figures": {name: Fraction(value) for name, value in worked.figures.items()},
        "findings": worked.findings,
        "counted": found.counted if worked.counted is None else worked.counted,
    }
    return [
        Problem("policy.case_differs", worked.name, {"what": name, "expected": _said(value), "found": _said(came)})
        for name, value in expected.items()
        if (came := _came(found, name, worked, policy.currency)) != value
    ]


def _came(found: Assessment, name: str, worked: WorkedCase, currency: Currency) -> object:
    match name:
        case "amount":
            return None if found.amount is None else currency.plain(found.amount)
        case "outcome":
            return found.outcome.value
        case "figures":
            return {name: found.figures[name] for name in worked.figures if name in found.figures}
        case "findings":
            return {check.fact: check.result.value for check in found.checks if check.fact in worked.findings}
        case _:
            return getattr(found, name)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {amount}" for name, amount in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def tree_of(worked: WorkedCase, proof: Proof, policy: Policy) -> Mapping[str, object]:
    """The tree of the case file that a worked case stands for."""
    household: dict[str, Any] = {"members": _family(worked.family), **proof.household, **worked.household}
    if worked.income is not None:
        line = {"member": 1, "kind": "salary", "monthly": worked.income}
        household = {"incomes": [line], "obligations": [], **household}
    household["members"] = [{"id": place, **member} for place, member in enumerate(household["members"], 1)]
    tree = {"policy": policy.id, "aid": worked.aid, "on": proof.on, **proof.file, **worked.file, "household": household}
    for key in ("facts", "office"):
        tree[key] = {**proof.file.get(key, {}), **worked.file.get(key, {})}
    for path in worked.without:
        *above, last = path.split(".")
        inner = tree
        for key in above:
            inner[key] = dict(inner[key])
            inner = inner[key]
        del inner[last]
    return tree


def _family(size: int) -> list[dict[str, object]]:
    wife: dict[str, object] = {"relation": "wife", "sex": "female", "marital_status": "married"}
    son: dict[str, object] = {"relation": "son", "sex": "male", "birth_date": "2015-01-01", "marital_status": "single"}
    head: dict[str, object] = {"relation": "head", "sex": "male", "marital_status": "married", "provider": True}
    return [head, wife, *[son] * (size - 2)][:size]
