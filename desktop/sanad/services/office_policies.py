"""The guides as the office follows them: shipped ones, its own, and its dated revisions laid over them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from typing_extensions import override

from sanad.domain.assessment import Assessment
from sanad.domain.case import UNSAID
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Problem, Refused
from sanad.domain.guide import GuideInForce
from sanad.domain.listing import Family
from sanad.domain.revision import AdoptedPack, AdoptedRevision, FamilyChange, Given, RevisionPreview
from sanad.domain.spelling import cleaned
from sanad.domain.staff import Permission
from sanad.rules.adoption import Trial, try_revision
from sanad.rules.assess import assess
from sanad.rules.overlay import Revision, lay_over
from sanad.rules.policy import Policy
from sanad.rules.review import settings_of, write_revision
from sanad.services.editions import Editions, read_adopted, read_revision_text
from sanad.services.packs import POLICY, Files, Packed, read_folder, read_text, unpack
from sanad.services.policies import Policies
from sanad.services.remembered import Remembered
from sanad.services.session import Session, needs, open_to_all

if TYPE_CHECKING:
    from sanad.store.store import Records, Store

_CHANGES = Changes(frozenset({Subject.POLICIES}))

Progress = Callable[[int, int], None]
"""Told how many of how many are done, now and then."""


class OfficePolicies(Policies):
    """The shipped packs, those of the data folder (``own``), and what the office adopted.

    An adopted pack is read from the record of its adoption: whoever edits its files afterwards changes nothing until
    it is adopted again.
    """

    def __init__(self, folder: Path, *, store: "Store", session: Session, own: Path) -> None:
        super().__init__(folder, own)
        self._store = store
        self._session = session
        self._own_folder = own
        self._known = Remembered(self._read_packs)
        self._editions = Remembered(self._read_editions)
        self._held: set[str] = set()

    @property
    @override
    def _packs(self) -> Mapping[str, Packed]:
        return self._known.get()

    def _read_packs(self) -> Mapping[str, Packed]:
        with self._store.reading() as records:
            return self._laid(records)

    def _laid(self, records: "Records") -> Mapping[str, Packed]:
        latest = {pack.policy: pack for pack in records.policies.packs() if pack.policy not in self._shipped}
        adopted = {id_: unpack(pack.files, id_) for id_, pack in latest.items()}
        self._stood |= adopted.keys()
        known = {**self._lying_there(), **adopted, **self._shipped}
        for revision in records.policies.revisions():
            packed = known[revision.policy]
            policy = lay_over(packed.policy, read_adopted(revision, packed.policy))
            known[revision.policy] = replace(packed, policy=policy)
        return known

    # ------------------------------------------------------------ packs of the office's own

    @needs(Permission.SET_UP)
    def adopt_own(self, policy_id: str) -> None:
        """Adopt the pack of that id from the data folder, unless it is shipped or was adopted before.

        Raises:
            Refused: there is none; or it does not prove itself.
        """
        if policy_id in self._shipped:
            return
        with self._store.reading() as records:
            adopted = records.policies.pack(policy_id)
        if adopted is None:
            self._keep(self._packed(policy_id), key=str(uuid4()))

    @needs(Permission.SET_UP)
    def adopt_pack(self, folder: Path, *, key: str) -> Done[AdoptedPack]:
        """Take the pack in ``folder`` into the data file, after its proof; from now on it is read from there.

        The files that are in force already are not taken twice.

        Raises:
            Refused: with every mistake; a worked case of its own comes out otherwise; its id is that of a shipped pack;
                its currency is not the office's; a revision that lies over it no longer fits.
        """
        return self._keep(self.check(folder).packed, key=key)

    @needs(Permission.ASSESS)
    def keep_shipped(self, policy_id: str) -> None:
        """Have the data file hold a shipped guide as it stands: a later program may come with another edition of it.

        Whatever is assessed by it can then be made anew for ever. Of an own guide, which is held since its adoption,
        and of an edition that is held already, nothing is written.
        """
        from sanad.store.policies import files_digest

        packed = self._shipped.get(policy_id)
        if packed is None or policy_id in self._held:
            return
        digest = files_digest(packed.files)
        with self._store.reading() as records:
            held = records.policies.holds(policy_id, digest)
        if not held:
            self._keep(packed, key=f"{policy_id}-{digest}")
        self._held.add(policy_id)

    @needs(Permission.SET_UP)
    def adopt_again(self, *, key: str) -> Done[AdoptedPack]:
        """Adopt the office's own guide as it lies in the data folder now, after its proof.

        Raises:
            Refused: the office is not set up; or as :meth:`adopt_pack`.
        """
        with self._store.reading() as records:
            id_ = _guide_of(records)
        return self.adopt_pack(self._own_folder / id_, key=key)

    def _keep(self, packed: Packed, *, key: str) -> Done[AdoptedPack]:
        from sanad.store.policies import files_digest

        policy, files = packed.policy, packed.files
        with self._store.operation("policies.adopt_pack", key=key, said=(policy.id, files_digest(files))) as act:
            pack = AdoptedPack(policy.id, files_digest(files), files, act.at)
            if act.earlier is not None:
                return act.repeated(pack, _CHANGES)
            if packed is not self._shipped.get(policy.id):
                in_force = act.policies.pack(policy.id)
                if in_force is not None and in_force.digest == pack.digest:
                    return act.repeated(in_force, _CHANGES)
                self._refuse_unfit(act, policy)
            act.policies.add_pack(pack)
            told = {"policy": pack.policy, "digest": pack.digest}
            done = act.done(pack, pack.digest, _CHANGES, after=told)
        self._forget()
        return done

    def _refuse_unfit(self, records: "Records", policy: Policy) -> None:
        """Refuse a pack of the office's own that cannot be followed here."""
        if policy.id in self._shipped:
            raise Refused.because("policy.id_taken", "id", value=policy.id)
        office = records.offices.read()
        if office is not None and office.currency != policy.currency:
            values = {"code": policy.currency.code, "expected": office.currency.code}
            raise Refused([Problem("office.currency_fixed", "currency", values)])
        for revision in records.policies.revisions():
            if revision.policy == policy.id:
                policy = lay_over(policy, read_adopted(revision, policy))

    @open_to_all
    def edited(self) -> tuple[Problem, ...]:
        """The adopted packs whose files in the data folder no longer read as they were adopted."""
        with self._store.reading() as records:
            packs = records.policies.packs()
        adopted = {pack.policy: pack.files for pack in packs if pack.policy not in self._shipped}
        return tuple(
            Problem("policy.edited", id_, {"id": id_})
            for id_, files in adopted.items()
            if (folder := self._own_folder / id_).is_dir() and _files_at(folder) != files
        )

    # ------------------------------------------------------------ dated revisions

    @needs(Permission.SEE)
    def revisions(self) -> tuple[AdoptedRevision, ...]:
        """The adopted revisions of the office's guide, in the order in which they were adopted."""
        with self._store.reading() as records:
            office = _guide_of(records)
            return tuple(revision for revision in records.policies.revisions() if revision.policy == office)

    @open_to_all
    def text_of(self, path: Path) -> str:
        """The text of a revision's file.

        Raises:
            Refused: it cannot be read, is no UTF-8, or far too large.
        """
        return read_text(path)

    @needs(Permission.SET_UP)
    def preview(self, text: str, today: date, *, file: str = "", progress: Progress | None = None) -> RevisionPreview:
        """What a revision would change, family by family, on its first day or today, whichever is later.

        Looked at are the registered families, by the guide's first aid, and whatever any family has asked for. Nothing
        is written.

        Raises:
            Refused: the office is not set up; with every mistake of the revision; or it does not prove itself.
        """
        with self._store.reading() as records:
            before, revision, trial = self._tried(records, text, file)
            after = lay_over(before, revision)
            on = max(revision.since, today)
            considered, of, changes = 0, records.households.count(), []
            for number, family in enumerate(records.households.every()):
                if progress is not None and number % 100 == 0:
                    progress(number, of)
                asked = records.requests.asked_of(family.id, before.id)
                if family.study.registered or family.study.monthly_registered:
                    asked = {next(iter(before.aids)): (None, UNSAID), **asked}
                considered += bool(asked)
                for aid, (amount, particulars) in asked.items():
                    case = family.study.case(policy=before.id, aid=aid, on=on, asked=amount, particulars=particulars)
                    if change := _change(family, aid, assess(case, before), assess(case, after)):
                        changes.append(change)
        return RevisionPreview(
            title=revision.title,
            since=revision.since,
            on=on,
            considered=considered,
            changes=tuple(changes),
            stood=trial.stood,
            set_aside=trial.set_aside,
        )

    @needs(Permission.SET_UP)
    def adopt(self, text: str, *, key: str, file: str = "") -> Done[AdoptedRevision]:
        """Lay a revision over the office's guide, after its proof. Days before its first are read as before.

        Raises:
            Refused: as :meth:`preview`; nothing is changed then.
        """
        with self._store.operation("policies.adopt", key=key, said=text) as act:
            if act.earlier is not None:
                return act.repeated(act.policies.revision(act.earlier), _CHANGES)
            before, revision, _ = self._tried(act, text, file)
            adopted = AdoptedRevision(
                id=str(uuid4()),
                policy=before.id,
                since=revision.since,
                title=revision.title,
                digest=revision.digest,
                text=text,
                adopted_at=act.at,
            )
            act.policies.add_revision(adopted)
            told = {name: getattr(adopted, name) for name in ("id", "policy", "since", "digest", "title")}
            done = act.done(adopted, adopted.id, _CHANGES, after=told)
        self._forget()
        return done

    def _tried(self, records: "Records", text: str, file: str) -> tuple[Policy, Revision, Trial]:
        """The office's guide as it stands, the revision read for it, and its proof; refused unless it stands that."""
        packed = self._laid(records)[_guide_of(records)]
        policy = packed.policy
        revision = read_revision_text(text, file, policy, _last_day(records, policy.id))
        trial = try_revision(revision, policy, packed.proof, packed.read_tree)
        if trial.problems:
            raise Refused(trial.problems)
        return policy, revision, trial

    # ------------------------------------------------------------ as the office reviews it

    @needs(Permission.SEE)
    def in_force(self, on: date) -> GuideInForce:
        """The office's guide as it stands on a day, and every value of it that may be set.

        Raises:
            Refused: the office is not set up.
        """
        revisions = self.revisions()
        with self._store.reading() as records:
            policy = self._packs[_guide_of(records)].policy
        today = max(on, policy.first_day)
        latest = max((today, *(revision.since for revision in revisions)))
        return GuideInForce(
            policy=policy.id,
            title=policy.title,
            digest=policy.digest,
            first_day=policy.first_day,
            since=policy.at(today).since,
            on=latest,
            revisions=revisions,
            groups=settings_of(policy, latest),
            edited=any(problem.where == policy.id for problem in self.edited()),
        )

    @needs(Permission.SET_UP)
    def draft(self, since: date, decision: str, changes: Mapping[str, str], *, file: str = "") -> str:
        """The text of the revision that sets values of the office's guide from a day on.

        ``changes`` go by the places of :class:`sanad.domain.guide.Setting`, with what was typed; ``decision`` says
        where it was decided. Problems call the revision ``file``.

        Raises:
            Refused: the office is not set up; with every problem of what was typed, each by its place.
        """
        decision = cleaned(decision)
        problems = [] if decision else [Problem("policy.decision_missing", "decision")]
        with self._store.reading() as records:
            id_ = _guide_of(records)
            last = _last_day(records, id_)
        policy = self._packs[id_].policy
        text = write_revision(policy, since, decision, changes)
        try:
            read_revision_text(text, file, policy, last)
        except Refused as refused:
            problems += refused.problems
        if problems:
            raise Refused(problems)
        return text

    # ------------------------------------------------------------ as it was

    @open_to_all
    def as_of(self, policy_id: str, digest: str) -> Policy:
        """A guide as it stood when something was computed by it.

        Raises:
            Refused: it is not known any more: the program came with another edition of it since.
        """
        found = self._edition(policy_id, digest)
        if found is None:
            raise Refused.because("policy.edition_unknown", "policy", value=policy_id)
        return found.policy

    @needs(Permission.SEE)
    def holds_still(self, made: Assessment, today: date) -> bool:
        """Whether an assessment went by what holds today: by the same text of the guide, and by the same figures."""
        now, then = self._packs.get(made.policy), self._edition(made.policy, made.digest)
        if now is None or then is None or now.files[POLICY] != then.files[POLICY]:
            return False
        on = date.fromisoformat(made.on)
        return then.policy.at(on) == now.policy.at(max(on, today))

    def _edition(self, policy_id: str, digest: str) -> Packed | None:
        """A guide as it stood under a digest; None where that is not known or cannot be computed any more."""
        now = self._packs.get(policy_id)
        if now is not None and now.policy.digest == digest:
            return now
        return self._editions.get().find(policy_id, digest)

    def _read_editions(self) -> Editions:
        with self._store.reading() as records:
            kept = [(pack.policy, pack.files) for pack in records.policies.packs()]
            shipped = [(id_, packed.files) for id_, packed in self._shipped.items()]
            return Editions((*kept, *shipped), records.policies.revisions())

    def _forget(self) -> None:
        """What was read of the guides is read anew, as something was adopted."""
        self._known.forget()
        self._editions.forget()


def _files_at(folder: Path) -> Files | None:
    try:
        return read_folder(folder)
    except Refused:
        return None


def _guide_of(records: "Records") -> str:
    office = records.offices.read()
    if office is None:
        raise Refused.because("office.not_set_up")
    return office.policy


def _last_day(records: "Records", policy: str) -> date | None:
    """The day of the last revision of a guide; the next one may begin on it, but not before."""
    days = [adopted.since for adopted in records.policies.revisions() if adopted.policy == policy]
    return max(days, default=None)


def _change(family: Family, aid: str, before: Assessment, after: Assessment) -> FamilyChange | None:
    old, new = (Given(found.outcome, found.amount, found.redirect) for found in (before, after))
    if old == new:
        return None
    head = family.study.household.head
    return FamilyChange(
        household=family.id,
        file_number=family.study.household.file_number,
        name=head.name if head else "",
        aid=aid,
        before=old,
        after=new,
    )
