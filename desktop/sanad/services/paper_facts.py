"""What papers are filled from: a request with all that came of it as one case, a payment of it, a guide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sanad.domain.case import Case, CaseStudy, Paper
from sanad.domain.decision import Decision
from sanad.domain.listing import Payment, RequestView
from sanad.domain.money import Money
from sanad.forms.definition import Field, Form
from sanad.rules.policy import Policy

if TYPE_CHECKING:
    from sanad.paper.facts import Guide


def case_of(study: CaseStudy, view: RequestView | None, guide: Policy, on: date) -> Case:
    """The file read for a request, with what was decided on it; for the guide's first aid without one."""
    if view is None:
        return study.case(policy=guide.id, aid=next(iter(guide.aids)), on=on)
    read_on = date.fromisoformat(view.assessed.assessment.on) if view.assessed and not view.outdated else on
    case = view.request.case(study, read_on)
    if view.decision is None:
        return case
    grant = view.decision.grant
    amount = grant.amount if grant else None
    months = _span(grant.first_month, grant.last_month) if grant else ()
    paper = Paper(
        decision=view.decision.sitting,
        date=view.decision.decided_on,
        amount=amount,
        months=months,
        reason=view.decision.reason,
    )
    return replace(case, paper=paper)


def _span(first: str, last: str | None) -> tuple[str, ...]:
    """The months that a letter names: the only one of a grant, or none where it runs on."""
    return (first,) if last == first else ()


def case_of_payment(case: Case, payment: Payment, decision: Decision) -> Case:
    """The case with what its payment order says."""
    voucher = payment.voucher
    paper = Paper(
        number=payment.receipt.number if payment.receipt else "",
        voucher=voucher.number,
        date=voucher.issued_on,
        amount=voucher.amount,
        months=(voucher.month,),
        payee=voucher.payee,
        method=voucher.method,
        decision=decision.sitting,
        reason=decision.reason,
    )
    return replace(case, paper=paper)


def case_of_receipt(case: Case, payment: Payment, decision: Decision) -> Case:
    """The case with what was received of a voucher; without number and day as long as nothing was."""
    case, received = case_of_payment(case, payment, decision), payment.receipt
    day = received.received_on if received else None
    payee = received.received_by if received else case.paper.payee
    return replace(case, paper=replace(case.paper, date=day, payee=payee))


def guide_of(policy: Policy, case: Case | None, study: Form) -> "Guide":
    """What a paper says of a guide, and of the documents that it asks for the aid of the case.

    ``study`` is the form of the family's file, which names what the file may lack.
    """
    from sanad.paper.facts import Guide

    aid = policy.aids_offered.get(case.aid) if case else None
    category = policy.categories.get(case.category or "") if case else None
    asked = [each.documents for each in (policy.papers, category and category.papers) if each]
    paid = aid.papers if aid else None
    checklist = [slug for documents in asked for slug in documents] or list(policy.documents)
    return Guide(
        title=policy.title,
        formulas=policy.formulas,
        categories={slug: each.label for slug, each in policy.categories.items()},
        grades={number: each.label for number, each in policy.grades.items()},
        checklist=tuple(dict.fromkeys(checklist)),
        attachments=paid.documents if paid else (),
        payee=paid.payee if paid else None,
        labels={field.bind: field.label for field in _boxes(study)},
        places={clause.id: clause.place for clause in policy.clauses.values()},
        aids=policy.aids,
        documents=policy.documents,
        facts=policy.fact_labels,
    )


def _boxes(form: Form) -> Iterator[Field]:
    """Every field and column of a form, the first of a name last."""
    columns = [column for table in form.tables() for column in table.columns]
    return reversed([*form.fields(), *columns])


def negative(amount: Money | None) -> bool:
    """Whether an amount is less than nothing, which no paper orders or grants."""
    return amount is not None and amount.minor < 0
