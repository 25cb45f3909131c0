"""What the board decides."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.assessment import Outcome
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.decision import Decision, Grant, Verdict, is_month
from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import RequestView
from sanad.domain.spelling import cleaned
from sanad.domain.staff import Permission
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Store


class Decisions:
    """Records decisions; none is ever edited."""

    def __init__(self, *, store: "Store", session: Session) -> None:
        self._store = store
        self._session = session

    @needs(Permission.DECIDE)
    def decide(
        self,
        request_id: str,
        verdict: Verdict,
        decided_on: date,
        sitting: str,
        grant: Grant | None = None,
        reason: str = "",
        *,
        key: str,
    ) -> Done[Decision]:
        """Record what the board decided on a request that was assessed.

        Raises:
            Refused: with every problem: nothing was assessed, or what is approved was found incomplete; the request is
                settled; a reason or the sitting is missing; the day lies before the request or has not come; a month
                cannot be read. Whoever received or corrected the request is not the one who
                decides it.
        """
        said = (request_id, verdict, decided_on, sitting, grant, reason)
        with self._store.operation("decisions.decide", key=key, said=said) as act:
            act.refuse_wrong_clock()
            view = act.requests.get(request_id)
            changes = Changes(frozenset({Subject.REQUESTS, Subject.DECISIONS}), frozenset({view.request.household}))
            if act.earlier is not None:
                return act.repeated(act.decisions.get(act.earlier), changes)
            self._session.refuse_maker(
                act, "requests.receive", request_id, "decision.own_request", number=view.request.number
            )
            for correction in act.requests.corrections(request_id):
                self._session.refuse_maker(
                    act, "requests.correct", correction, "decision.own_request", number=view.request.number
                )
            if view.settled:
                raise Refused.because("request.settled", number=view.request.number)
            if view.assessed is None:
                raise Refused.because("decision.not_assessed", number=view.request.number)
            problems = [*_of_days(view, decided_on, act.today), *_of_months(grant)]
            assessment = view.assessed.assessment
            if verdict is Verdict.APPROVE and assessment.outcome is Outcome.INCOMPLETE:
                problems.append(Problem("decision.incomplete", "verdict", {"missing": len(assessment.missing)}))
            try:
                decision = Decision(
                    id=str(uuid4()),
                    request=request_id,
                    assessment=view.assessed.id,
                    verdict=verdict,
                    decided_on=decided_on,
                    sitting=cleaned(sitting),
                    computed=assessment.amount,
                    grant=grant,
                    reason=cleaned(reason),
                )
            except Refused as refused:
                raise Refused((*problems, *refused.problems)) from None
            if problems:
                raise Refused(problems)
            act.decisions.add(decision)
            return act.done(decision, decision.id, changes, why=decision.reason)


def _of_days(view: RequestView, decided_on: date, today: date) -> list[Problem]:
    if decided_on > today:
        return [Problem("date.in_future", "decided_on", {"day": decided_on})]
    if decided_on < view.request.received_on:
        return [Problem("decision.before_request", "decided_on", {"received_on": view.request.received_on})]
    return []


def _of_months(grant: Grant | None) -> list[Problem]:
    if grant is None:
        return []
    months = {"grant.first_month": grant.first_month, "grant.last_month": grant.last_month}
    return [
        Problem("date.month_unreadable", where, {"text": month})
        for where, month in months.items()
        if month is not None and not is_month(month)
    ]
