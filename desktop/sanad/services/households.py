"""The families' files: registered, corrected, opened, found."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.case import CaseStudy
from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Refused
from sanad.domain.listing import Family, FamilyRow, JournalLine, Similar
from sanad.domain.soundness import problems_of
from sanad.domain.spelling import cleaned, western
from sanad.domain.staff import MANY, Permission
from sanad.services.cleaning import without_the_unseen
from sanad.services.session import Session, needs

if TYPE_CHECKING:
    from sanad.store.store import Operation, Store


class Households:
    """What the office knows of its families."""

    def __init__(self, *, store: "Store", session: Session) -> None:
        self._store = store
        self._session = session

    @needs(Permission.WRITE)
    def register(self, study: CaseStudy, why: str = "", *, key: str) -> Done[Family]:
        """Open a family's file; without a file number it gets the next one.

        ``why`` goes into the journal, such as that a family of the same name is another one.

        Raises:
            Refused: with every problem: what cannot be true, a civil id or file number that another family has.
        """
        study = without_the_unseen(study)
        with self._store.operation("households.register", key=key, said=(study, why) if why else study) as act:
            if act.earlier is not None:
                return act.repeated(act.households.get(act.earlier), _about(act.earlier))
            _refuse_unsound(study, act)
            family = act.households.add(str(uuid4()), study, act.at)
            return act.done(family, family.id, _about(family.id), after=family.study, why=cleaned(why))

    @needs(Permission.WRITE)
    def correct(
        self,
        id: str,  # noqa: A002  # the word of the domain
        version: int,
        study: CaseStudy,
        why: str = "",
        *,
        key: str,
    ) -> Done[Family]:
        """Write the file as it should read; the journal keeps what it said before, and ``why``.

        Raises:
            Refused: as :meth:`register`; or the file was saved by somebody else since ``version`` was opened.
        """
        study = without_the_unseen(study)
        said = (id, version, study, why) if why else (id, version, study)
        with self._store.operation("households.correct", key=key, said=said) as act:
            if act.earlier is not None:
                return act.repeated(act.households.get(act.earlier), _about(act.earlier))
            _refuse_unsound(study, act)
            before = act.households.get(id).study
            family = act.households.correct(id, version, study, act.at)
            return act.done(family, id, _about(id), before=before, after=family.study, why=cleaned(why))

    @needs(Permission.SEE)
    def open(self, id: str) -> Family:  # noqa: A002  # the word of the domain
        """A family's file as it was last saved; the journal tells of the look.

        Raises:
            Refused: there is none, or it is kept from whoever sits there (``household.confidential``).
        """
        with self._store.reading() as records:
            family = records.households.get(id)
        self._session.look("households.open", [id])
        return family

    @needs(Permission.SEE)
    def search(self, text: str, limit: int = 50) -> list[FamilyRow]:
        """The families in which every typed word begins a member's name or a number, best first.

        With nothing typed: those saved last. The journal tells of one that found many.
        """
        with self._store.reading() as records:
            found = list(records.search.find(text, limit))
        if len(found) >= MANY:
            self._session.look("households.search", (), {"count": len(found)})
        return found

    @needs(Permission.SEE)
    def count(self) -> int:
        """How many families are known."""
        with self._store.reading() as records:
            return records.households.count()

    @needs(Permission.WRITE)
    def similar(self, study: CaseStudy, own: str = "") -> list[Similar]:
        """Families but ``own`` with a member of the same civil id, or of the same name and birth date.

        Where a birth date is not known, those with a member of the same full name too; the surest come first.
        """
        with self._store.reading() as records:
            return list(records.households.similar(study, own=own))

    @needs(Permission.SEE)
    def history(self, id: str) -> list[JournalLine]:  # noqa: A002  # the word of the domain
        """What was done about a family, the latest first.

        Raises:
            Refused: its file is kept from whoever sits there.
        """
        with self._store.reading() as records:
            records.confidential.refuse(id)
            return list(records.journal.of(id))

    @needs(Permission.SEE_STAFF)
    def looks_at(self, id: str) -> list[JournalLine]:  # noqa: A002  # the word of the domain
        """Who opened and printed a family's file, the latest first, ``MOST_LOOKS`` at the most."""
        with self._store.reading() as records:
            return list(records.journal.looks([id]))

    @needs(Permission.SEE_STAFF)
    def looks(self, *, found: str = "", refused: bool | None = None) -> list[JournalLine]:
        """Who looked at any family, and signed in, the latest first; no more than ``MOST_LOOKS`` are told.

        ``found`` are letters of a user or the beginning of a file number. ``refused`` tells of those alone who were
        turned away, or of all others.
        """
        with self._store.reading() as records:
            if not (text := western(cleaned(found))):
                return list(records.journal.looks(refused=refused))
            return list(records.journal.looks(records.households.numbered(text), who=text, refused=refused))

    @needs(Permission.SEE)
    def file_numbers(self, ids: Collection[str]) -> dict[str, str]:
        """The file number of each of these families, which is no secret of the confidential ones either."""
        with self._store.reading() as records:
            return records.households.numbers(ids)

    @needs(Permission.KEEP_CONFIDENTIAL)
    def keep_confidential(self, id: str, why: str) -> Done[None]:  # noqa: A002  # the word of the domain
        """Keep a family's file from all but few: the others find its number, and nothing else.

        Raises:
            Refused: it is confidential already, or no reason is given.
        """
        with self._store.operation("households.keep_confidential", key=str(uuid4()), said=(id, why)) as act:
            kept = act.households.get(id).confidential
            why = _reason(why)
            if kept:
                raise Refused.because("household.confidential_already")
            act.confidential.keep(id, act.at)
            return act.done(None, id, _about(id), after={"confidential": True}, why=why)

    @needs(Permission.KEEP_CONFIDENTIAL)
    def open_up(self, id: str, why: str) -> Done[None]:  # noqa: A002  # the word of the domain
        """Let everybody who sees families see this one again.

        Raises:
            Refused: it is not confidential, or no reason is given.
        """
        with self._store.operation("households.open_up", key=str(uuid4()), said=(id, why)) as act:
            kept = act.households.get(id).confidential
            why = _reason(why)
            if not kept:
                raise Refused.because("household.not_confidential")
            act.confidential.open_up(id)
            return act.done(None, id, _about(id), after={"confidential": False}, why=why)


def _reason(why: str) -> str:
    """The reason as it is kept.

    Raises:
        Refused: there is none.
    """
    if not (why := cleaned(why)):
        raise Refused.because("household.reason_missing", "why")
    return why


def _about(id_: str) -> Changes:
    return Changes(frozenset({Subject.HOUSEHOLDS}), frozenset({id_}))


def _refuse_unsound(study: CaseStudy, act: "Operation") -> None:
    if problems := problems_of(study, act.today):
        raise Refused(problems)
