"""What the rules give: tried while typing, or made for a request and kept."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.assessment import Assessment
from sanad.domain.case import Case, CaseStudy
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.request import StoredAssessment
from sanad.exchange.assessment_json import dump
from sanad.exchange.case_text import write_case
from sanad.rules.assess import assess
from sanad.services.policies import Policies

if TYPE_CHECKING:
    from sanad.store.store import Store


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

    def __init__(self, *, store: "Store", policies: Policies) -> None:
        super().__init__(policies=policies)
        self._store = store

    def preview(self, study: CaseStudy, aid: str, on: date, asked: Money | None = None) -> Assessment:
        """What the office's guide would give a family as its file is typed now; nothing is written.

        Raises:
            Refused: the office is not set up; or as :meth:`of_case`.
        """
        with self._store.reading() as records:
            office = records.offices.read()
        if office is None:
            raise Refused.because("office.not_set_up")
        return self.of_case(study.case(policy=office.policy, aid=aid, on=on, asked=asked))

    def assess(self, request_id: str, on: date, *, key: str) -> Done[StoredAssessment]:
        """Assess a request by the family's file as it is saved, and keep steps, facts and the guide's digest.

        Raises:
            Refused: the request was already approved or refused; or as :meth:`of_case`.
        """
        with self._store.operation("assessments.assess", key=key, said=(request_id, on)) as act:
            view = act.requests.get(request_id)
            request = view.request
            changes = Changes(frozenset({Subject.REQUESTS}), frozenset({request.household}))
            if act.earlier is not None:
                return act.repeated(act.assessments.get(act.earlier), changes)
            if view.settled:
                raise Refused.because("request.settled", number=request.number)
            family = act.households.get(request.household)
            case = self._policies.get(request.policy).completed(
                family.study.case(policy=request.policy, aid=request.aid, on=on, asked=request.asked)
            )
            facts = write_case(case, self._policies.get(case.policy).currency).decode()
            stored = StoredAssessment(str(uuid4()), request_id, self.of_case(case), facts)
            act.assessments.add(stored, family.version)
            made = stored.assessment
            told = {"id": stored.id, "request": request_id, "outcome": made.outcome, "amount": made.amount}
            return act.done(stored, stored.id, changes, after={**told, "digest": made.digest, "on": on})
