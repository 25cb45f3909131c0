"""How the conditions of a clause are weighed: three-valued, let pass or left to people under khayrat (B-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sanad.domain.household import Member, age_on
from sanad.rules.balad_alkhair.fund import KHAYRAT
from sanad.rules.balad_alkhair.means import Means, ask_for, household_means
from sanad.rules.worksheet import Worksheet

READINGS = ("over_from_the_next_day",)
WORDINGS = ("age", "means")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that has to hold: the wording that says it, the fact or path it hangs on, and what is known of it.

    ``missing`` are the facts to ask for while it is not known. A ``paper`` is never known not to hold: it can still be
    brought.
    """

    name: str
    fact: str
    holds: bool | None
    missing: tuple[str, ...] = ()
    paper: bool = False


def both(known: Iterable[bool | None]) -> bool | None:
    """Whether all hold, three-valued."""
    values = list(known)
    if False in values:
        return False
    return None if None in values else True


class Examination:
    """The conditions of one clause, written down as they are weighed.

    ``waived``: what fails of them is let pass. ``means_failed``: income or wealth does not keep within appendix 1.
    """

    def __init__(self, sheet: Worksheet, clause: str) -> None:
        waivers = sheet.case.waivers if sheet.fund == KHAYRAT else ()
        self.sheet = sheet
        self.clause = clause
        self.waived = any(waiver.clause == clause for waiver in waivers)
        self._left_to_people = sheet.case.fund == KHAYRAT
        self._means: Means | None = None
        self.means_failed = False

    # ------------------------------------------------------------ what is known

    def known(self, fact: str) -> bool | None:
        """What is known of a fact; told by its kind or amount, it is so."""
        value = self.sheet.case.facts.get(fact)
        return None if value is None else value is not False

    def fact(self, name: str, *, wanted: bool = True) -> Condition:
        """The condition that a fact is so; or, not wanted, that it is not."""
        known = self.known(name)
        return Condition(name, name, None if known is None else known is wanted, (name,))

    def paper(self, name: str) -> Condition:
        """The condition that a paper is there."""
        return Condition(name, name, self.known(name) or None, (name,), paper=True)

    def age(self, *, over: str | None = None, up_to: str | None = None) -> Condition:
        """The applicant's age lies over one figure and not over another, where they are named."""
        place = next(
            (place for place, member in enumerate(self.sheet.case.household.members) if self._is_applicant(member)),
            None,
        )
        if place is None:
            return Condition("age", "applicant", None, ("applicant",))
        path = f"household.members[{place}].birth_date"
        born = self.sheet.case.household.members[place].birth_date
        if born is None:
            return Condition("age", path, None, (path,))
        self.sheet.assume("over_from_the_next_day")
        past = age_on(born, self.sheet.case.on - timedelta(days=1))
        holds = (over is None or past >= self.sheet.figure(over)) and (up_to is None or past < self.sheet.figure(up_to))
        return Condition("age", path, holds)

    def _is_applicant(self, member: Member) -> bool:
        return member.id == self.sheet.case.applicant

    # ------------------------------------------------------------ means

    def means_found(self, *, treated: bool = False) -> Means:
        """What the household lives on, beside the office's limits; reckoned once. ``treated``: for a patient."""
        if self._means is None:
            self._means = household_means(self.sheet, treated=treated)
        return self._means

    def means(self, *, treated: bool = False, below: bool = False) -> Condition:
        """Income and wealth keep within appendix 1; ``below``: the income lies below the pension, not at it."""
        found = self.means_found(treated=treated)
        within = found.within(below=below)
        self.means_failed = within is False
        if self.means_failed:
            found.tell_what_is_over(self.sheet)
        return Condition("means", "means", within, found.missing)

    # ------------------------------------------------------------ weighing

    def require(self, *conditions: Condition) -> None:
        """All of these have to hold."""
        for condition in conditions:
            self._weigh(condition)

    def require_one_of(self, *ways: tuple[Condition, ...]) -> None:
        """One of these ways has to hold whole.

        The first that does is written alone; while none does, those that still may; when none can, what spoke against.
        """
        found = [both(condition.holds for condition in way) for way in ways]
        if True in found:
            self.require(*ways[found.index(True)])
        elif None in found:
            still = [way for way, holds in zip(ways, found, strict=True) if holds is None]
            self.require(*dict.fromkeys(condition for way in still for condition in way))
        else:
            self.require(*dict.fromkeys(condition for way in ways for condition in way if condition.holds is False))

    def _weigh(self, condition: Condition) -> None:
        sheet = self.sheet
        if condition.holds is not True and self.waived:
            sheet.waive(condition.name, condition.fact, self.clause)
            return
        shown = self.known(condition.fact) if condition.paper else condition.holds
        sheet.check(condition.name, shown, condition.fact, self.clause)
        if condition.holds is None:
            ask_for(sheet, condition.missing)
        elif not condition.holds and self._left_to_people:
            sheet.for_people = True
        elif not condition.holds:
            sheet.failed = True
