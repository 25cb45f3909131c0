"""Assessments made anew, each from the facts it was made from and by the edition of the guide that it went by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sanad.domain.assessment import Assessment
from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.health import STOPPED
from sanad.domain.listing import CheckLine
from sanad.domain.request import StoredAssessment
from sanad.exchange.case_file import Pack, read_case
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.services.office_policies import OfficePolicies
from sanad.services.packs import may_say

if TYPE_CHECKING:
    from sanad.store.store import Store


UNKNOWN = "policy.edition_unknown"
"""The code of an assessment by an edition that is not known any more."""


class Recomputing:
    """Makes many anew: each edition is looked for once."""

    def __init__(self, policies: OfficePolicies) -> None:
        self._policies = policies
        self._editions: dict[tuple[str, str], tuple[Policy, Pack] | None] = {}

    def made_anew(self, stored: StoredAssessment) -> Assessment:
        """The assessment as it comes out now; the same as it was, unless something is wrong.

        Raises:
            Refused: its edition of the guide is not known any more (``policy.edition_unknown``); its facts cannot be
                read any more.
        """
        edition = self.edition(stored.assessment)
        if edition is None:
            raise Refused.because(UNKNOWN, "policy", value=stored.assessment.policy)
        policy, pack = edition
        return assess(read_case(stored.facts.encode(), {policy.id: pack}), policy)

    def edition(self, made: Assessment) -> tuple[Policy, Pack] | None:
        """The edition by which something was assessed, and what it lets a case say; None where it is not known.

        Raises:
            Refused: what is kept of the guides cannot be read.
        """
        named = (made.policy, made.digest)
        if named not in self._editions:
            try:
                policy = self._policies.as_of(*named)
            except Refused as refused:
                if refused.problems[0].code != UNKNOWN:
                    raise
                self._editions[named] = None
            else:
                self._editions[named] = (policy, may_say(policy))
        return self._editions[named]


def check(store: "Store", policies: OfficePolicies, cancelled: Callable[[], bool] | None = None) -> CheckLine:
    """Whether every assessment that is kept comes out again as it was, to the last step. About a millisecond for each.

    They are read a page at a time, so that no reader stands in the way for long. Those by an edition that is not known
    any more are counted: programs before this one kept no shipped guide.

    Raises:
        Refused: it was ``cancelled`` (``health.stopped``).
    """
    recomputing = Recomputing(policies)
    problems: list[Problem] = []
    count = unknown = last = 0
    while True:
        try:
            with store.reading() as records:
                page = records.assessments.sound(last)
                if page is None:
                    break
                last = page.last
                for request, stored in page.found:
                    if cancelled is not None and cancelled():
                        raise Refused.because(STOPPED)
                    comes_out = stored is not None and _comes_out(stored, recomputing)
                    if comes_out is None:
                        unknown += 1
                        continue
                    count += 1
                    if not comes_out:
                        number = records.assessments.number(request)
                        problems.append(Problem("health.recomputed_otherwise", values={"number": number}))
        except Refused as refused:  # a page of the file that cannot be read
            if refused.problems[0].code == STOPPED:
                raise
            problems += refused.problems
            break
    return CheckLine("recomputed", tuple(problems), {"count": count, "unknown": unknown})


def _comes_out(stored: StoredAssessment, recomputing: Recomputing) -> bool | None:
    """Whether one comes out as it was; None where its edition is not known any more.

    Raises:
        Refused: what is kept of the guides cannot be read.
    """
    from sanad.store.columns import NONSENSE

    try:
        edition = recomputing.edition(stored.assessment)
    except NONSENSE:  # what stands for the guide's name is none
        return False
    if edition is None:
        return None
    try:
        return recomputing.made_anew(stored) == stored.assessment
    except (Refused, Bug, *NONSENSE):  # facts that no case has, or that no sum can be made of
        return False
