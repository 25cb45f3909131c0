"""The sheet on which a formula works: the only place where it can read a figure, and where all it finds is written.

A figure read here leaves its clause on the sheet, so no number enters a computation without its source. Knowledge is
three-valued throughout: None is unknown, and an unknown that is needed is written down as missing.
"""

from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from sanad.domain.assessment import Assessment, Assumption, Check, Finding, Outcome, Step
from sanad.domain.case import Case
from sanad.domain.money import ZERO
from sanad.rules.policy import Bracket, Policy, Scale
from sanad.rules.telling import telling

Known = TypeVar("Known")

_ORDER = (
    "income",
    "obligations",
    "net_income",
    "members",
    "per_capita",
    "poverty_line",
    "need_per_person",
    "family_need",
    "ceiling",
)
"""The order of the figures in an assessment, whatever the order in which they were found."""

_FOUND = {True: Finding.MET, False: Finding.NOT_MET, None: Finding.UNKNOWN}


class Worksheet:
    """One computation being written. ``failed``, ``missing``, ``for_people`` decide the outcome when it closes.

    ``read`` are the names of the figures, scales, readings and figures of the office that it rests on.
    """

    def __init__(self, policy: Policy, case: Case) -> None:
        in_force = policy.at(case.on)
        self.policy = policy
        self.case = policy.completed(case) if in_force.office else case
        self.counted_ids: tuple[int, ...] = ()
        self.excluded: dict[int, str] = {}
        self.figures: dict[str, Fraction | int] = {}
        self.read: set[str] = set()
        self.failed = False
        self.for_people = False
        self.fund: str | None = None
        self.period_months: int | None = None
        self._redirect: str | None = None
        self._in_force = in_force
        self._currency = policy.currency
        self._steps: dict[str, Step] = {}
        self._checks: list[Check] = []
        self._missing: dict[str, None] = {}
        self._assumed: dict[str, Assumption] = {}

    # ------------------------------------------------------------ figures

    def figure(self, name: str) -> Fraction:
        """The figure in force on the day of the case; its value and clause are written down, once."""
        if name not in self._steps:
            self.read.add(name)
            self._steps[name] = self._in_force.steps.get(name) or self._first_read(name)
        return self._steps[name].exact

    def _first_read(self, name: str) -> Step:
        """The line for a figure, kept for the worksheets to come: it is the same in all of them."""
        figure = self._in_force.figures[name]
        wording = self.policy.clauses[figure.clause].wording
        step = Step(name, figure.clause, figure.label, wording, figure.value, figure.money)
        return self._in_force.steps.setdefault(name, step)

    def office(self, name: str, *, needed: bool = True) -> Any:
        """A figure that the guide leaves to the office, as the case or the office's revision carries it; None if unset.

        Unset, it is written down as missing, under its own name, where it is known to be ``needed``.
        """
        self.read.add(name)
        value = self.case.office.get(name)
        return self.needed(value, name) if needed else value

    def bracket(self, reading: str, need: Fraction, members: int) -> tuple[Bracket, Scale]:
        """The bracket for a need, on the scale that the office chose; the reading is written down."""
        chosen = self._in_force.choices.get(reading) or self.policy.readings[reading].chosen
        scale = self._in_force.scales[chosen]
        self.read.update((reading, chosen))
        self.assume(reading, choice=self.policy.readings[reading].choices[chosen])
        return scale.bracket(need, members), scale

    def whole(self, name: str) -> int:
        """A figure that counts something, as a whole number."""
        return self.figure(name).numerator

    # ------------------------------------------------------------ what is found

    def step(self, name: str, exact: Fraction, *, at: str = "", **values: object) -> Fraction:
        """Write an amount; ``at`` tells apart several steps of one name. Returns the amount."""
        self._write(name, exact, at, values, money=True)
        return exact

    def result(self, name: str, exact: Fraction, **values: object) -> Fraction:
        """Write an amount that is one of the figures of the assessment."""
        self.figures[name] = exact
        self._write(name, exact, "", values, money=True)
        return exact

    def persons(self, name: str, number: int, **values: object) -> int:
        """Write a count of persons that is one of the figures of the assessment."""
        self.figures[name] = number
        self._write(name, Fraction(number), "", values, money=False)
        return number

    def _write(self, name: str, exact: Fraction, at: str, values: dict[str, object], *, money: bool) -> None:
        wording = self.policy.wordings[name]
        label, note = wording.label, wording.note
        if wording.fills:
            values["value"] = exact
            label = telling(label, self._currency, values)
            note = telling(note, self._currency, values)
        self._steps[name + at] = Step(name + at, wording.clause, label, note, exact, money)

    # ------------------------------------------------------------ what is known

    def lacks(self, *places: str) -> None:
        """Write down facts, figures of the office, or paths that are needed and not known."""
        self._missing.update(dict.fromkeys(places))

    def needed(self, value: Known | None, place: str) -> Known | None:
        """The value itself; written down as missing when it is not known."""
        if value is None:
            self.lacks(place)
        return value

    def check(self, name: str, holds: bool | None, fact: str, clause: str | None = None) -> bool | None:
        """Write a condition with what was found of it, and return that.

        ``clause`` stands in for the wording's own, where several clauses ask for the same thing.
        """
        self._found(name, _FOUND[holds], fact, clause)
        return holds

    def waive(self, name: str, fact: str, clause: str) -> None:
        """Write a condition that is not known to be met, and that people let pass."""
        self._found(name, Finding.WAIVED, fact, clause)

    def _found(self, name: str, finding: Finding, fact: str, clause: str | None) -> None:
        wording = self.policy.wordings[name]
        self._checks.append(Check(clause or wording.clause, fact, finding, wording.label))

    def require(self, name: str, holds: bool | None, fact: str, clause: str | None = None) -> None:
        """A condition that has to be met: not met fails the request, unknown is missing."""
        if self.check(name, holds, fact, clause) is None:
            self.lacks(fact)
        elif not holds:
            self.failed = True

    def bring(self, name: str, holds: bool | None, fact: str, clause: str | None = None) -> None:
        """A paper or step that can still be brought: missing, whether absent or stated to be."""
        if not self.check(name, holds, fact, clause):
            self.lacks(fact)

    def assume(self, reading: str, **values: object) -> None:
        """Write down a reading that the result rests on, once."""
        if reading not in self._assumed:
            read = self.policy.readings[reading]
            self._assumed[reading] = Assumption(read.clause, telling(read.label, self._currency, values))

    def redirect(self, to: str) -> None:
        """Refuse here and point elsewhere; only the first thing that fails may point."""
        if not self.failed:
            self._redirect = to
        self.failed = True

    # ------------------------------------------------------------ closing

    def close(self, amount: Fraction | None = None) -> Assessment:
        """The assessment: a failure comes before what is missing, that before what people must decide."""
        if self.failed:
            outcome, granted = Outcome.NOT_ELIGIBLE, ZERO
        elif self._missing:
            outcome, granted = Outcome.INCOMPLETE, None
        elif self.for_people:
            outcome, granted = Outcome.NEEDS_BOARD, None
        else:
            outcome, granted = Outcome.ELIGIBLE, None if amount is None else self._currency.rounded(amount)
        return Assessment(
            policy=self.policy.id,
            revision=self._in_force.since.isoformat(),
            digest=self.policy.digest,
            aid=self.case.aid,
            on=self.case.on.isoformat(),
            currency=self._currency.code,
            outcome=outcome,
            amount=granted,
            period_months=self.period_months if outcome is Outcome.ELIGIBLE else None,
            fund=self.fund,
            redirect=self._redirect,
            figures=MappingProxyType({name: self.figures[name] for name in _ORDER if name in self.figures}),
            steps=tuple(self._steps.values()),
            checks=tuple(self._checks),
            missing=tuple(self._missing),
            assumptions=tuple(self._assumed.values()),
            counted=self.counted_ids,
            excluded=MappingProxyType(self.excluded),
        )
