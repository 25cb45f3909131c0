"""Papers: the forms, blank or filled, and the receipts. A whole PDF comes back, or a refusal.

The PDF library is imported when the first paper is printed: whoever only opens the program does not wait for it.
"""

from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import sanad
from sanad.domain.assessment import Assessment, Text
from sanad.domain.case import Case, CaseStudy, Paper
from sanad.domain.errors import Refused
from sanad.domain.household import Household
from sanad.domain.listing import Payment, RequestView
from sanad.domain.office import Digits, Office
from sanad.domain.payment import Method
from sanad.domain.spelling import folded
from sanad.exchange.files import write_whole
from sanad.forms.definition import Form
from sanad.forms.reader import read_form
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.services.policies import Policies
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.paper.facts import Guide
    from sanad.paper.ink import Ink
    from sanad.paper.receipt_page import Receipt
    from sanad.store.store import Store

RECEIPT = "receipt"
"""The one paper that is no form: nothing on it is typed into boxes."""


class Papers:
    """Prints what needs no data folder: blanks, and papers of a case file. May be shared by threads."""

    def __init__(self, *, policies: Policies, forms: Path, fonts: Path, locale: Path) -> None:
        self._policies = policies
        self._folder = forms
        self._fonts = fonts
        self._locale = locale
        self._words = lru_cache(4)(self._read_words)
        self._laid_over = lru_cache(4)(self._read_forms)

    @cached_property
    def _shipped(self) -> dict[str, str]:
        return {file.name: file.read_text("utf-8") for file in sorted(self._folder.glob("*.toml"))}

    def _read_forms(self, own: tuple[tuple[str, str], ...]) -> dict[str, Form]:
        """The forms by their ids: the shipped ones, and laid over them those that a guide brings."""
        forms = (read_form(text, file) for file, text in {**self._shipped, **dict(own)}.items())
        return {form.id: form for form in forms}

    def _forms_of(self, policy: str) -> dict[str, Form]:
        return self._laid_over(tuple(self._policies.forms(policy).items()) if policy else ())

    def forms(self, policy: str = "") -> tuple[tuple[str, Text], ...]:
        """Each paper's id and title, as the guide ``policy`` has them where it brings its own."""
        titles = (self._words(language, Digits.WESTERN).text("paper.receipt.title") for language in ("ar", "en"))
        return (*((form.id, form.title) for form in self._forms_of(policy).values()), (RECEIPT, Text(*titles)))

    def form(self, form_id: str, policy: str = "") -> Form:
        """A form's definition, which also draws the screen, as the guide ``policy`` has it where it brings its own.

        Raises:
            Refused: there is no such form.
        """
        forms = self._forms_of(policy)
        if form_id not in forms:
            expected = ", ".join(id_ for id_, _title in self.forms(policy))
            raise Refused.because("paper.no_such_form", "form", value=form_id, expected=expected)
        return forms[form_id]

    def print_case(
        self,
        form_id: str,
        case: Case | None,
        *,
        on: date,
        policy: str = "",
        office: Office | None = None,
        language: str | None = None,
        digits: Digits = Digits.WESTERN,
    ) -> bytes:
        """The paper filled from a case, or blank, as a PDF; printed on the day ``on``.

        ``policy`` names the guide of a blank; ``language`` is the guide's own unless said.

        Raises:
            Refused: there is no such paper or guide, or the case cannot be read by its guide on its day.
        """
        guide = self._policies.get(case.policy if case else policy)
        words = self._words(language or guide.language, digits)
        if form_id == RECEIPT:
            return self._receipts([_receipt_of_case(case, guide)], guide, office, words, on)
        form = self.form(form_id, guide.id)
        return self._form(form, case, assess(case, guide) if case else None, guide, office, words, on)

    def save(self, paper: bytes, path: Path) -> None:
        """Put a paper into a file, whole or not at all.

        Raises:
            Refused: the folder is missing, full or not writable.
        """
        write_whole(path, paper)

    def _form(
        self,
        form: Form,
        case: Case | None,
        assessment: Assessment | None,
        guide: Policy,
        office: Office | None,
        words: Words,
        on: date,
    ) -> bytes:
        from sanad.paper.form_page import print_form

        return print_form(
            self._ink(words),
            form,
            case,
            office=office,
            guide=_guide(guide),
            currency=guide.currency,
            words=words,
            on=on,
            program=_program(words),
            assessment=assessment,
        )

    def _receipts(
        self, receipts: "list[Receipt]", guide: Policy, office: Office | None, words: Words, on: date
    ) -> bytes:
        from sanad.paper.receipt_page import print_receipts

        return print_receipts(
            self._ink(words),
            receipts,
            office=office,
            currency=guide.currency,
            words=words,
            on=on,
            program=_program(words),
        )

    def _ink(self, words: Words) -> "Ink":
        return self._right_to_left if words.right_to_left else self._left_to_right

    @cached_property
    def _right_to_left(self) -> "Ink":
        from sanad.paper.ink import Ink

        return Ink(self._fonts, right_to_left=True)

    @cached_property
    def _left_to_right(self) -> "Ink":
        from sanad.paper.ink import Ink

        return Ink(self._fonts, right_to_left=False)

    def _read_words(self, language: str, digits: Digits) -> Words:
        return Words(self._locale, language, digits)


class OfficePapers(Papers):
    """Prints what the office's own data folder holds, under its letterhead."""

    def __init__(self, *, store: "Store", policies: Policies, forms: Path, fonts: Path, locale: Path) -> None:
        super().__init__(policies=policies, forms=forms, fonts=fonts, locale=locale)
        self._store = store

    def case_study(self, household_id: str, on: date) -> bytes:
        """A family's case study as it was last saved, with the computation for its latest request.

        The assessment that was kept is printed as long as the file it was made from still stands; otherwise, and
        without a request, the guide is read for the file as it is now.
        """
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
            study = records.households.get(household_id).study
            requests = records.requests.of(household_id)
        view = requests[0] if requests else None
        guide = self._policies.get(view.request.policy if view else office.policy)
        case = _case(study, view, guide, on)
        kept = view.assessed.assessment if view and view.assessed and not view.outdated else None
        words = self._words(office.language, office.digits)
        form = self.form("case-study", guide.id)
        return self._form(form, case, kept or assess(case, guide), guide, office, words, on)

    def receipt(self, voucher_or_receipt_id: str, on: date) -> bytes:
        """The receipt of a voucher, two copies; a draft without a number as long as nothing was received."""
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
            payment = records.payments.get(voucher_or_receipt_id)
            decision = records.decisions.get(payment.voucher.decision)
            request = records.requests.get(decision.request).request
            household = records.households.get(payment.voucher.household).study.household
            journal = records.journal.head()
        guide = self._policies.get(request.policy)
        receipt = _receipt(payment, decision.sitting, guide.aids.get(request.aid), household, journal)
        words = self._words(office.language, office.digits)
        return self._receipts([receipt], guide, office, words, on)


def _set_up(office: Office | None) -> Office:
    if office is None:
        raise Refused.because("office.not_set_up")
    return office


def _case(study: CaseStudy, view: RequestView | None, guide: Policy, on: date) -> Case:
    """The file read for its latest request, with what was decided on it; for the guide's first aid without one."""
    from dataclasses import replace

    if view is None:
        return study.case(policy=guide.id, aid=next(iter(guide.aids)), on=on)
    read_on = date.fromisoformat(view.assessed.assessment.on) if view.assessed and not view.outdated else on
    case = study.case(policy=guide.id, aid=view.request.aid, on=read_on, asked=view.request.asked)
    if view.decision is None:
        return case
    grant = view.decision.grant
    amount = grant.amount if grant else None
    return replace(case, paper=Paper(decision=view.decision.sitting, date=view.decision.decided_on, amount=amount))


def _receipt(payment: Payment, sitting: str, aid: Text | None, household: Household, journal: str) -> "Receipt":
    from sanad.paper.receipt_page import Receipt

    voucher, received = payment.voucher, payment.receipt
    payee = received.received_by if received else voucher.payee
    return Receipt(
        number=received.number if received else "",
        day=received.received_on if received else None,
        amount=voucher.amount,
        purpose=aid,
        months=(voucher.month,),
        file_number=household.file_number,
        decision=sitting,
        voucher=voucher.number,
        method=voucher.method,
        payee=payee,
        civil_id=_civil_id(household, payee),
        cancelled=not payment.live,
        journal=journal,
    )


def _receipt_of_case(case: Case | None, guide: Policy) -> "Receipt":
    from sanad.paper.receipt_page import Receipt

    if case is None:
        return Receipt()
    paper = case.paper
    return Receipt(
        number=paper.number,
        day=paper.date,
        amount=paper.amount,
        purpose=guide.aids.get(case.aid),
        months=paper.months,
        file_number=case.household.file_number,
        decision=paper.decision,
        voucher=paper.voucher,
        method=paper.method if paper.method in tuple(Method) else "",
        payee=paper.payee,
        civil_id=_civil_id(case.household, paper.payee),
    )


def _civil_id(household: Household, payee: str) -> str:
    """The civil id of the member who took the money; nothing for somebody from outside the family."""
    name = folded(payee)
    found = (member.civil_id for member in household.members if name and folded(member.name) == name)
    return next(found, "")


def _guide(policy: Policy) -> "Guide":
    from sanad.paper.facts import Guide

    return Guide(
        title=policy.title,
        places={clause.id: clause.place for clause in policy.clauses.values()},
        aids=policy.aids,
        documents=policy.documents,
        facts=policy.fact_labels,
    )


def _program(words: Words) -> str:
    return words.text("paper.program", version=sanad.__version__)
