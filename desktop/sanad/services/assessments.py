"""What the rules give: tried while typing, or made for a request and kept."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.assessment import Assessment
from sanad.domain.case import UNSAID, Case, CaseStudy, Particulars
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.comparison import Comparison, compare
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.questions import Questions
from sanad.domain.request import StoredAssessment
from sanad.domain.staff import Permission
from sanad.exchange.assessment_json import dump
from sanad.exchange.case_change import changed_case
from sanad.exchange.case_text import write_case
from sanad.exchange.particulars import read_particulars
from sanad.rules.asking import ask
from sanad.rules.assess import assess
from sanad.rules.overlay import supposing
from sanad.services.editions import office_figures_of
from sanad.services.office_policies import OfficePolicies
from sanad.services.packs import may_say
from sanad.services.policies import Policies
from sanad.services.recomputing import Recomputing
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store

NOTHING: Mapping[str, object] = MappingProxyType({})


class Preview:
    """What the rules would give; needs no data folder and writes nothing."""

    def __init__(self, *, policies: Policies) -> None:
        self._policies = policies

    def of_case(self, case: Case) -> Assessment:
        """A case assessed by the guide it names, on its day.

        Raises:
            Refused: there is no such guide or aid, or the day lies before the guide.
        """
        return assess(case, self._policies.get(case.policy))

    def of_file(self, path: Path) -> str:
        """The assessment of a case file, as one line of JSON.

        Raises:
            Refused: with every problem of the file.
        """
        return dump(self.of_case(self._policies.read_case(path)))


class Assessments(Preview):
    """Assessments of the office's own families."""

    def __init__(self, *, store: "Store", session: Session, policies: OfficePolicies) -> None:
        super().__init__(policies=policies)
        self._store = store
        self._session = session
        self._policies: OfficePolicies = policies

    @needs(Permission.SEE)
    def preview(
        self, study: CaseStudy, aid: str, on: date, asked: Money | None = None, particulars: Particulars = UNSAID
    ) -> Assessment:
        """What the office's guide would give a family as its file is typed now; nothing is written.

        ``particulars`` are those of the request that the family makes, if it makes one.

        Raises:
            Refused: the office is not set up; or as :meth:`of_case`.
        """
        with self._store.reading() as records:
            office = records.offices.read()
        if office is None:
            raise Refused.because("office.not_set_up")
        return self.of_case(study.case(policy=office.policy, aid=aid, on=on, asked=asked, particulars=particulars))

    @needs(Permission.SEE)
    def questions(
        self, household_id: str, aid: str, on: date, asked: Money | None = None, saying: Mapping[str, object] = NOTHING
    ) -> Questions:
        """What a family's request for an aid is to say, by the office's guide, and what that gives so far.

        ``saying`` is as in :meth:`sanad.services.requests.Requests.receive`; what cannot be read of it is not said.
        Nothing is written.

        Raises:
            Refused: the office is not set up, there is no such family; or as :meth:`of_case`.
        """
        with self._store.reading() as records:
            office = records.offices.read()
            study = records.households.get(household_id).study
        if office is None:
            raise Refused.because("office.not_set_up")
        policy = self._policies.get(office.policy)
        members = [member.id for member in study.household.members]
        particulars, _ = read_particulars(saying, may_say(policy), aid, members)
        case = study.case(policy=policy.id, aid=aid, on=on, asked=asked, particulars=particulars)
        return ask(case, policy)

    @needs(Permission.SEE)
    def what_if(
        self,
        family: str | CaseStudy,
        aid: str,
        on: date,
        *,
        facts: Mapping[str, object] = NOTHING,
        figures: Mapping[str, object] = NOTHING,
        asked: Money | None = None,
        particulars: Particulars = UNSAID,
    ) -> Comparison:
        """What the office's guide gives a family, known by its id or as it is typed, and what it would give otherwise.

        ``facts`` are said otherwise by their paths in the case file, ``figures`` of the guide by their names, with
        values as a case file or a revision has them. Nothing is written.

        Raises:
            Refused: the office is not set up, there is no such family; with every problem of what is said otherwise.
        """
        with self._store.reading() as records:
            office = records.offices.read()
            study = records.households.get(family).study if isinstance(family, str) else family
        if office is None:
            raise Refused.because("office.not_set_up")
        policy = self._policies.get(office.policy)
        case = study.case(policy=policy.id, aid=aid, on=on, asked=asked, particulars=particulars)
        changed = changed_case(case, facts, {policy.id: may_say(policy)}) if facts else case
        other = supposing(policy, on, figures, office_figures_of(policy)) if figures else policy
        return compare(assess(case, policy), assess(changed, other))

    @needs(Permission.SEE)
    def recompute(self, stored: StoredAssessment) -> Assessment:
        """An assessment made anew from the facts and by the edition of the guide that it was made from.

        Raises:
            Refused: that edition is not known any more.
        """
        return Recomputing(self._policies).made_anew(stored)

    @needs(Permission.ASSESS)
    def assess(self, request_id: str, on: date, *, key: str) -> Done[StoredAssessment]:
        """Assess a request by the family's file as it is saved, and keep steps, facts and the guide's digest.

        The guide itself is kept when it is first assessed by, so that this can be made anew by any later program.

        Raises:
            Refused: the request was already approved or refused; or as :meth:`of_case`.
        """
        with self._store.reading() as records:
            guide = records.requests.get(request_id).request.policy
        self._policies.keep_shipped(guide)
        with self._store.operation("assessments.assess", key=key, said=(request_id, on)) as act:
            view = act.requests.get(request_id)
            request = view.request
            changes = Changes(frozenset({Subject.REQUESTS}), frozenset({request.household}))
            if act.earlier is not None:
                return act.repeated(act.assessments.get(act.earlier), changes)
            if view.settled:
                raise Refused.because("request.settled", number=request.number)
            family = act.households.get(request.household)
            case = self._policies.get(request.policy).completed(request.case(family.study, on))
            facts = write_case(case, self._policies.get(case.policy).currency).decode()
            stored = StoredAssessment(str(uuid4()), request_id, self.of_case(case), facts)
            seal = act.assessments.add(stored, family.version)
            made = stored.assessment
            told: dict[str, object] = {
                "id": stored.id,
                "request": request_id,
                "outcome": made.outcome,
                "amount": made.amount,
            }
            told |= {"digest": made.digest, "on": on, "household_version": family.version, "seal": seal}
            return act.done(stored, stored.id, changes, after=told)
