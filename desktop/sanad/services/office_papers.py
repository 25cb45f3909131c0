"""The papers of the office's own families, under its letterhead: read from the data folder, printed in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from sanad.domain.case import CaseStudy
from sanad.domain.changes import Changes, Subject
from sanad.domain.decision import Decision
from sanad.domain.errors import Refused
from sanad.domain.listing import Payment, RequestView
from sanad.domain.office import Office
from sanad.domain.staff import Permission
from sanad.exchange.files import write_whole
from sanad.rules.policy import Policy
from sanad.services.batch import Batch, Progress, gathered, go_on
from sanad.services.paper_facts import case_of, case_of_payment, case_of_receipt
from sanad.services.papers import CASE_STUDY, RECEIPT, VOUCHER, Papers, digest_of
from sanad.services.policies import Policies
from sanad.services.session import Session, needs, open_to_all
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.paper.form_page import Imprint
    from sanad.store.store import Records, Store


DISTRIBUTION_LIST = "distribution-list"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a paper of receipts was drawn from: its vouchers, how often each stands on its page.

    ``receipts`` are those among them that have a number, each with its family; ``by`` is who had it drawn.
    """

    vouchers: tuple[str, ...]
    copies: int
    receipts: tuple[tuple[str, str], ...]
    by: str


class OfficePapers(Papers):
    """Prints what the office's own data folder holds, under its letterhead."""

    def __init__(
        self, *, store: "Store", session: Session, policies: Policies, forms: Path, fonts: Path, locale: Path
    ) -> None:
        super().__init__(policies=policies, forms=forms, fonts=fonts, locale=locale)
        self._store = store
        self._session = session
        self._drawn: dict[str, _Drawn] = {}
        """By the digest of a paper that holds receipts."""

    @needs(Permission.PRINT)
    def case_study(self, household_id: str, on: date) -> bytes:
        """A family's case study as it was last saved, with the computation for its latest request.

        The assessment that was kept is printed as long as the file it was made from still stands; otherwise, and
        without a request, the guide is read for the file as it is now.
        """
        return self.of_family(CASE_STUDY, household_id, on)

    @needs(Permission.PRINT)
    def of_family(self, form_id: str, household_id: str, on: date, *, to: str = "") -> bytes:
        """A paper of a family's file and its latest request; ``to`` is whom a letter is written to.

        Raises:
            Refused: the office is not set up, or there is no such family or paper.
        """
        with self._store.reading() as records:
            requests = records.requests.of(household_id)
            paper = self._of(records, form_id, household_id, requests[0] if requests else None, on, to)
        return self._given_out(paper, form_id, household_id)

    @needs(Permission.PRINT)
    def of_request(self, form_id: str, request_id: str, on: date, *, to: str = "") -> bytes:
        """A paper of one request: its application, visit, computation, and the letters on what was decided.

        Raises:
            Refused: the office is not set up, or there is no such request or paper.
        """
        with self._store.reading() as records:
            view = records.requests.get(request_id)
            paper = self._of(records, form_id, view.request.household, view, on, to)
        return self._given_out(paper, form_id, view.request.household)

    @needs(Permission.PRINT)
    def voucher(self, voucher_id: str, on: date) -> bytes:
        """The payment order of a voucher; a void one says so across."""
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
            payment, decision, view, study = _payment(records, voucher_id)
            words = self._words_of(office)
            void = _voided(records, payment, words)
        guide = self._policies.get(view.request.policy)
        case = case_of_payment(case_of(study, view, guide, on), payment, decision)
        imprint = self._imprint(office, guide, words, on)
        form = self.form(VOUCHER, guide.id)
        overruled = None if decision.computed == payment.voucher.amount else decision.computed
        filling = self._filling(form, case, guide, void=void, overruled=overruled)
        paper = self._printed(form, imprint, [filling])
        return self._given_out(paper, VOUCHER, payment.voucher.household)

    @needs(Permission.PRINT)
    def receipt(self, voucher_or_receipt_id: str, on: date) -> bytes:
        """The receipt of a voucher, two copies; a draft without a number as long as nothing was received."""
        batch, households = self._receipts([voucher_or_receipt_id], on, 2, go_on)
        if batch.paper is None:
            raise Refused(batch.failed[0].problems)
        return self._given_out(batch.paper, RECEIPT, *households)

    @needs(Permission.PRINT_MANY)
    def receipts(
        self,
        voucher_ids: Sequence[str],
        on: date,
        *,
        copies: int = 2,
        progress: Progress = go_on,
        why: str = "",
    ) -> Batch:
        """The receipts of many vouchers in one PDF; one that cannot be printed is left out and named.

        Raises:
            Refused: the office is not set up; or they are many and no reason is given (``staff.reason_needed``).
        """
        self._session.refuse_many(len(voucher_ids), why)
        batch, households = self._receipts(voucher_ids, on, copies, progress)
        return self._all_given_out(batch, RECEIPT, households, why)

    @open_to_all
    def counts(self, paper: bytes) -> bool:
        """Whether of this paper every copy is counted: it was drawn here, and receipts with a number are in it."""
        return digest_of(paper) in self._drawn

    @open_to_all
    def given(self, paper: bytes, *, key: str) -> tuple[int, ...]:
        """Record that a paper which was drawn here was given out; of each receipt in it, which copy that was.

        It is given out when a printer took it, and when it is saved as a file, which is printed elsewhere. The first
        is 1. Other papers are not counted; of them nothing comes. Whoever had it drawn might print it: that it came out
        is told of him, even if the desk was locked meanwhile.
        """
        from sanad.store.payments import PRINT_RECEIPT

        copies: list[int] = []
        drawn = self._drawn.get(digest_of(paper))
        if drawn is None:
            return ()
        for receipt, household in drawn.receipts:
            with self._store.operation(PRINT_RECEIPT, key=f"{key}/{receipt}", said=receipt, by=drawn.by) as act:
                about = Changes(frozenset({Subject.PAYMENTS}), frozenset({household}))
                copy = act.payments.printed(receipt) + 1
                if act.earlier is not None:
                    copies.append(act.repeated(copy - 1, about).value)
                else:
                    told = {"receipt": receipt, "copy": copy}
                    copies.append(act.done(copy, receipt, about, after=told).value)
        return tuple(copies)

    @needs(Permission.PRINT)
    def save_counted(self, paper: bytes, path: Path, *, key: str) -> tuple[int, ...]:
        """Put a paper into a file, whole or not at all, and record that it was given out, as :meth:`given`.

        Raises:
            Refused: the folder is missing, full or not writable; or the act is refused. Nothing was saved then.
        """
        copies: tuple[int, ...] = ()

        def count() -> None:
            nonlocal copies
            copies = self.given(paper, key=key)

        write_whole(path, paper, count)
        return copies

    @needs(Permission.PRINT)
    def again(self, paper: bytes, on: date) -> bytes | None:
        """The receipts that were drawn as this paper, each as its next copy; None for any other paper.

        Whoever sees it has the paper before it, so no look is told; that it goes out, :meth:`given` records.

        Raises:
            Refused: one of them cannot be printed any more.
        """
        drawn = self._drawn.get(digest_of(paper))
        if drawn is None:
            return None
        batch, _households = self._receipts(drawn.vouchers, on, drawn.copies, go_on)
        if batch.failed:
            raise Refused(batch.failed[0].problems)
        return batch.paper

    def _receipts(
        self, voucher_ids: Sequence[str], on: date, copies: int, progress: Progress
    ) -> tuple[Batch, list[str]]:
        """The receipts, and the families that they are for."""
        households: list[str] = []
        vouchers: list[str] = []
        receipts: list[tuple[str, str]] = []
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
            journal = records.journal.head()
            of_office = self._policies.get(office.policy)
            form = self.form(RECEIPT, of_office.id)
            imprint = self._imprint(office, of_office, self._words_of(office), on)
            imprint = self._signed(imprint) if len(voucher_ids) > 1 else imprint
            press = self._press(form, imprint, copies)

            def add(voucher_id: str) -> None:
                payment, decision, view, study = _payment(records, voucher_id)
                guide = self._policies.get(view.request.policy)
                case = case_of_receipt(case_of(study, view, guide, on), payment, decision)
                void = _voided(records, payment, imprint.words)
                copy = _copied(records, payment, imprint.words)
                restored = _restored(records, payment, imprint.words)
                note = " · ".join(filter(None, [copy, restored]))
                filling = self._filling(form, case, guide, void=void, journal=journal, note=note)
                press.add(filling)
                households.append(payment.voucher.household)
                vouchers.append(voucher_id)
                if payment.receipt is not None:
                    receipts.append((payment.receipt.id, payment.voucher.household))

            batch = gathered(voucher_ids, add, partial(self._finished, press), progress)
        if batch.paper is not None and receipts:
            self._drawn[digest_of(batch.paper)] = _Drawn(tuple(vouchers), copies, tuple(receipts), self._store.seat.who)
        return batch, households

    @needs(Permission.PRINT_MANY)
    def distribution_list(
        self,
        household_ids: Sequence[str],
        aid: str,
        on: date,
        *,
        masked: bool = False,
        progress: Progress = go_on,
        why: str = "",
    ) -> Batch:
        """The families that an aid is handed out to, by their file numbers; ``masked`` without their names.

        Raises:
            Refused: the office is not set up, no family is named, or there is no such family; or they are many and no
                reason is given (``staff.reason_needed``).
        """
        self._session.refuse_many(len(household_ids), why)
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
            guide = self._policies.get(office.policy)
            cases = []
            for number, household_id in enumerate(household_ids, start=1):
                study = records.households.get(household_id).study
                cases.append(study.case(policy=guide.id, aid=aid, on=on))
                if not progress(number, len(household_ids)):
                    return Batch(None)
        if not cases:
            raise Refused.because("paper.no_case", "CASE")
        imprint = self._signed(self._imprint(office, guide, self._words_of(office), on))
        paper = self._listed(self.form(DISTRIBUTION_LIST, guide.id), imprint, guide, cases, masked=masked)
        return self._all_given_out(Batch(paper), DISTRIBUTION_LIST, household_ids, why)

    def _signed(self, imprint: "Imprint") -> "Imprint":
        """At the foot of what leaves the office of many families at once: who took it, and when."""
        person = self._session.person
        if person is None:
            return imprint
        words, now = imprint.words, self._store.now()
        time = words.digits_shown(f"{now:%H:%M}")
        return replace(imprint, program=words.text("paper.taken", program=imprint.program, who=person.name, time=time))

    @override
    def _imprint(
        self, office: Office | None, guide: Policy, words: Words, on: date, logo: bytes | None = None
    ) -> "Imprint":
        """Under the office's own picture, unless another is asked for."""
        if office is not None and logo is None:
            with self._store.reading() as records:
                logo = records.offices.logo()
        return super()._imprint(office, guide, words, on, logo)

    @needs(Permission.SET_UP)
    def recovery_sheet(self, letters: str, on: date) -> bytes:
        """The sheet that opens every backup, to be kept outside the office; ``letters`` are those of the key.

        Raises:
            Refused: the office is not set up, or the letters are no key (``backup.sheet_mistyped``).
        """
        from sanad.paper.recovery_sheet import print_recovery_sheet
        from sanad.store import vault

        identity = vault.of_sheet(letters)
        if identity is None:
            raise Refused.because("backup.sheet_mistyped")
        with self._store.reading() as records:
            office = _set_up(records.offices.read())
        words = self._words_of(office)
        imprint = self._imprint(office, self._policies.get(office.policy), words, on)
        return print_recovery_sheet(self._ink(words), imprint, str(identity), str(identity.to_public()))

    def _given_out(self, paper: bytes, form_id: str, *households: str) -> bytes:
        """The paper, once the journal tells that it was taken."""
        self._session.took("papers.print", households, {"form": form_id})
        return paper

    def _all_given_out(self, batch: Batch, form_id: str, households: Sequence[str], why: str) -> Batch:
        """The papers of many, once the journal tells of whom, and why."""
        if batch.paper is not None:
            families = sorted(set(households))
            self._session.took("papers.print_many", families, {"form": form_id, "count": len(families)}, why=why)
        return batch

    @needs(Permission.MANAGE_STAFF)
    def code_sheet(self, code: str, on: date) -> bytes:
        """The recovery code of the accounts on paper, to be kept outside the office.

        Raises:
            Refused: the office is not set up.
        """
        from sanad.paper.code_sheet import print_code_sheet

        with self._store.reading() as records:
            office = _set_up(records.offices.read())
        words = self._words_of(office)
        imprint = self._imprint(office, self._policies.get(office.policy), words, on)
        return print_code_sheet(self._ink(words), imprint, code)

    def _of(
        self, records: "Records", form_id: str, household_id: str, view: RequestView | None, on: date, to: str
    ) -> bytes:
        office = _set_up(records.offices.read())
        study = records.households.get(household_id).study
        guide = self._policies.get(view.request.policy if view else office.policy)
        case = case_of(study, view, guide, on)
        if to:
            case = replace(case, paper=replace(case.paper, to=to))
        kept = view.assessed.assessment if view and view.assessed and not view.outdated else None
        imprint = self._imprint(office, guide, self._words_of(office), on)
        form = self.form(form_id, guide.id)
        return self._printed(form, imprint, [self._filling(form, case, guide, kept=kept)])


def _copied(records: "Records", payment: Payment, words: Words) -> str:
    """That a receipt was printed before, and which copy this is; nothing of the first."""
    times = 0 if payment.receipt is None else records.payments.printed(payment.receipt.id)
    return words.text("paper.copy", number=times + 1) if times else ""


def _restored(records: "Records", payment: Payment, words: Words) -> str:
    """From which backup, by whom and when the data were restored, on the first receipt after that; else nothing."""
    from sanad.store.health import RESTORE
    from sanad.store.payments import RECEIVE

    if payment.receipt is None:
        return ""
    restore = records.journal.opened_by(RESTORE, RECEIVE, payment.receipt.id)
    if restore is None:
        return ""
    made = datetime.fromisoformat(str(restore.after["made_at"])).astimezone()
    return words.text("paper.restored", made=made.date(), who=restore.who, date=restore.at.astimezone().date())


def _voided(records: "Records", payment: Payment, words: Words) -> str:
    """By whom, when and why a payment was declared void; nothing of one that stands."""
    from sanad.paper.order import isolated

    void = payment.cancellation
    if void is None:
        return ""
    told = records.journal.of(payment.voucher.household)
    by = (
        line.who for line in told if line.operation == "payments.cancel" and line.after.get("voucher") == void.voucher
    )
    return words.text("paper.voided", who=isolated(next(by, "")), date=void.cancelled_on, reason=void.reason)


def _payment(records: "Records", voucher_id: str) -> tuple[Payment, Decision, RequestView, CaseStudy]:
    """A payment with all that it rests on."""
    payment = records.payments.get(voucher_id)
    decision = records.decisions.get(payment.voucher.decision)
    study = records.households.get(payment.voucher.household).study
    return payment, decision, records.requests.get(decision.request), study


def _set_up(office: Office | None) -> Office:
    if office is None:
        raise Refused.because("office.not_set_up")
    return office
