"""What families ask for."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import RequestView
from sanad.domain.money import Money, problems_of_amount
from sanad.domain.request import Request, RequestState
from sanad.domain.staff import Permission
from sanad.services.policies import Policies
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store


class Requests:
    """Takes in requests, and shows what came of each."""

    def __init__(self, *, store: "Store", session: Session, policies: Policies) -> None:
        self._store = store
        self._session = session
        self._policies = policies

    @needs(Permission.WRITE)
    def receive(
        self, household_id: str, aid: str, received_on: date, asked: Money | None = None, *, key: str
    ) -> Done[Request]:
        """Record that a family asked for an aid of the office's guide; the request gets its number.

        Raises:
            Refused: the office is not set up, the guide has no such aid, the amount is none, the day has not come, or
                the family's request for the same aid still waits for its decision.
        """
        said = (household_id, aid, received_on, asked)
        with self._store.operation("requests.receive", key=key, said=said) as act:
            changes = Changes(frozenset({Subject.REQUESTS}), frozenset({household_id}))
            if act.earlier is not None:
                return act.repeated(act.requests.get(act.earlier).request, changes)
            office = act.offices.read()
            if office is None:
                raise Refused.because("office.not_set_up")
            act.households.get(household_id)
            problems = []
            if aid not in self._policies.get(office.policy).aids:
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
            )
            act.requests.add(request)
            return act.done(request, request.id, changes)

    @needs(Permission.SEE)
    def of(self, household_id: str) -> list[RequestView]:
        """A family's requests with all that came of each, the latest first."""
        with self._store.reading() as records:
            return list(records.requests.of(household_id))

    @needs(Permission.SEE)
    def open(self, request_id: str) -> RequestView:
        """One request with all that came of it."""
        with self._store.reading() as records:
            return records.requests.get(request_id)
