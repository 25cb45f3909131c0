"""Two assessments side by side: what one change of facts or figures does to a family."""

from dataclasses import dataclass
from fractions import Fraction

from sanad.domain.assessment import Assessment, Step
from sanad.domain.text import Text


@dataclass(frozen=True, slots=True)
class MovedStep:
    """A step whose value is another, or that one side does not have (None). Values are those of :class:`Step`."""

    name: str
    label: Text
    clause: str
    before: Fraction | None
    after: Fraction | None
    money: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found, what would be found, and the steps that move, in their order."""

    before: Assessment
    after: Assessment
    moved: tuple[MovedStep, ...]


def compare(before: Assessment, after: Assessment) -> Comparison:
    """Both assessments, with the steps that differ in value; those that only one of them has stand with the other."""
    old = {step.name: step for step in before.steps}
    new = {step.name: step for step in after.steps}
    moved = tuple(
        _moved(old.get(name), new.get(name), shown)
        for name, shown in {**old, **new}.items()
        if name not in old or name not in new or old[name].exact != new[name].exact
    )
    return Comparison(before, after, moved)


def _moved(old: Step | None, new: Step | None, shown: Step) -> MovedStep:
    return MovedStep(
        name=shown.name,
        label=shown.label,
        clause=shown.clause,
        before=None if old is None else old.exact,
        after=None if new is None else new.exact,
        money=shown.money,
    )
