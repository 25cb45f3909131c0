"""What families ask for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import Outdated, RequestView
from sanad.domain.money import Money, problems_of_amount
from sanad.domain.request import Correction, Request, RequestState
from sanad.domain.staff import Permission
from sanad.exchange.particulars import read_particulars
from sanad.services.office_policies import OfficePolicies
from sanad.services.packs import may_say
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store

Saying = Mapping[str, object]
"""What a request says beside its aid and amount, by the keys of a case file and with values as that has them."""
NOTHING: Saying = MappingProxyType({})


class Requests:
    """Takes in requests, and shows what came of each."""

    def __init__(self, *, store: "Store", session: Session, policies: OfficePolicies) -> None:
        self._store = store
        self._session = session
        self._policies = policies

    @needs(Permission.WRITE)
    def receive(
        self,
        household_id: str,
        aid: str,
        received_on: date,
        asked: Money | None = None,
        *,
        saying: Saying = NOTHING,
        key: str,
    ) -> Done[Request]:
        """Record that a family asked for an aid of the office's guide; the request gets its number.

        ``saying`` is what it says beside: ``category``, ``grade``, ``fund``, ``applicant``, ``waivers`` and ``facts``,
        with values as a case file has them.

        Raises:
            Refused: the office is not set up; with every problem: the guide has no such aid, the amount is none, the
                day has not come, what it says cannot be read, or the family's request for the same aid still waits for
                its decision.
        """
        said = (household_id, aid, received_on, asked, saying)
        with self._store.operation("requests.receive", key=key, said=said) as act:
            changes = Changes(frozenset({Subject.REQUESTS}), frozenset({household_id}))
            if act.earlier is not None:
                return act.repeated(act.requests.get(act.earlier).request, changes)
            office = act.offices.read()
            if office is None:
                raise Refused.because("office.not_set_up")
            family = act.households.get(household_id)
            policy = self._policies.get(office.policy)
            members = [member.id for member in family.study.household.members]
            particulars, unreadable = read_particulars(saying, may_say(policy), aid, members)
            problems = [*unreadable]
            if aid not in policy.aids:
                problems.append(Problem("request.aid_unknown", "aid", {"aid": aid, "policy": office.policy}))
            if asked is not None:
                problems += problems_of_amount(asked, "asked")
            if received_on > act.today:
                problems.append(Problem("date.in_future", "received_on", {"day": received_on}))
            for view in act.requests.of(household_id):
                if view.request.aid == aid and not view.settled:
                    problems.append(Problem("request.still_open", "aid", {"number": view.request.number}))
            if problems:
                raise Refused(problems)
            request = Request(
                id=str(uuid4()),
                number=act.numbers.of_year("request", received_on),
                household=household_id,
                policy=office.policy,
                aid=aid,
                received_on=received_on,
                asked=asked,
                state=RequestState.RECEIVED,
                particulars=particulars,
            )
            act.requests.add(request)
            return act.done(request, request.id, changes)

    @needs(Permission.WRITE)
    def correct(self, request_id: str, asked: Money | None, saying: Saying, *, key: str) -> Done[Request]:
        """Record what a request says from now on, in the place of what it said; what it said before stays in history.

        ``saying`` is as in :meth:`receive`. An assessment that was made before is outdated.

        Raises:
            Refused: the request was already approved or refused; with every problem of what it says.
        """
        with self._store.operation("requests.correct", key=key, said=(request_id, asked, saying)) as act:
            view = act.requests.get(request_id)
            request = view.request
            changes = Changes(frozenset({Subject.REQUESTS}), frozenset({request.household}))
            if act.earlier is not None:
                return act.repeated(request, changes)
            if view.settled:
                raise Refused.because("request.settled", number=request.number)
            family = act.households.get(request.household)
            members = [member.id for member in family.study.household.members]
            pack = may_say(self._policies.get(request.policy))
            particulars, problems = read_particulars(saying, pack, request.aid, members)
            if asked is not None:
                problems = (*problems, *problems_of_amount(asked, "asked"))
            if problems:
                raise Refused(problems)
            made = view.assessed.id if view.assessed else None
            correction = Correction(str(uuid4()), request_id, made, asked, particulars)
            act.requests.correct(correction)
            corrected = replace(request, asked=asked, particulars=particulars)
            return act.done(corrected, correction.id, changes, after=correction)

    @needs(Permission.SEE)
    def of(self, household_id: str) -> list[RequestView]:
        """A family's requests with all that came of each, the latest first."""
        with self._store.reading() as records:
            found = records.requests.of(household_id)
        return [self._against_guide(view) for view in found]

    @needs(Permission.SEE)
    def open(self, request_id: str) -> RequestView:
        """One request with all that came of it."""
        with self._store.reading() as records:
            found = records.requests.get(request_id)
        return self._against_guide(found)

    def _against_guide(self, view: RequestView) -> RequestView:
        """The view, which also tells whether the guide is another than when the request was assessed."""
        if view.assessed is None or view.settled:
            return view
        if self._policies.holds_still(view.assessed.assessment, self._store.now().date()):
            return view
        return replace(view, outdated=(*view.outdated, Outdated.GUIDE))
