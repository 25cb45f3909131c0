"""The office itself: its guide, name, phone, account, language and digits; the picture of its letterhead."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Problem, Refused
from sanad.domain.iban import read_iban
from sanad.domain.office import HIJRI_SHIFTS, Office
from sanad.domain.staff import Permission
from sanad.exchange.files import read_bytes
from sanad.services.cleaning import without_the_unseen
from sanad.services.office_policies import OfficePolicies
from sanad.services.session import Session, needs, open_to_all

if TYPE_CHECKING:
    from sanad.store.store import Store

_CHANGES = Changes(frozenset({Subject.OFFICE}))


class Offices:
    """Reads and sets what the office is."""

    def __init__(self, *, store: "Store", session: Session, policies: OfficePolicies) -> None:
        self._store = store
        self._session = session
        self._policies = policies

    @open_to_all
    def read(self) -> Office | None:
        """The office, or None as long as nobody has set it up."""
        with self._store.reading() as records:
            return records.offices.read()

    @needs(Permission.WRITE)
    def answer_for_clock(self, *, key: str) -> Done[datetime]:
        """Somebody says that the machine's date is right, though it lies more than a year after the last entry.

        The journal keeps that it was doubted. Should it turn out wrong, the same is said of the right date, which may
        lie before what was recorded meanwhile, but not before what stood there then.

        Raises:
            Refused: nothing about the date is to be doubted, or no answer makes it right (``clock.not_doubted``).
        """
        from sanad.store.condition import is_far_ahead, is_set_back
        from sanad.store.journal import ANSWER_FOR_CLOCK

        with self._store.operation(ANSWER_FOR_CLOCK, key=key, said=()) as act:
            if act.earlier is not None:
                return act.repeated(act.at, _CHANGES)
            last, doubted = act.journal.last(), act.journal.doubted_since()
            returns = doubted is not None and doubted <= act.at
            if last is None or not (is_far_ahead(act.at, last.at) or (returns and is_set_back(act.at, last.at))):
                raise Refused.because("clock.not_doubted")
            since = last.at if doubted is None or is_far_ahead(act.at, last.at) else doubted
            told = {"now": act.at.isoformat(), "last": since.isoformat()}
            return act.done(act.at, act.at.isoformat(), _CHANGES, after=told)

    @needs(Permission.SET_UP)
    def set_up(self, office: Office) -> Done[Office]:
        """Set what the office is; saying again what stands already writes nothing.

        A guide of the office's own, which lies in the data folder, is adopted first.

        Raises:
            Refused: it has no name, its guide is not known or does not prove itself, its currency is not the guide's,
                or not the one in which this data folder already counts, its account's number is mistyped, or its
                Hijri dates are too far from the printed table.
        """
        office, problems = _with_sound_iban(without_the_unseen(office))
        if office.hijri_shift not in HIJRI_SHIFTS:
            problems.append(Problem("office.hijri_shift", "hijri_shift", {"days": office.hijri_shift}))
        self._policies.adopt_own(office.policy)
        guide = self._policies.get(office.policy)
        with self._store.operation("offices.set_up", key=str(uuid4()), said=office) as act:
            before = act.offices.read()
            if before == office:
                return act.repeated(office, _CHANGES)
            if not office.name_ar and not office.name_en:
                problems.append(Problem("office.no_name", "name_ar"))
            if guide.currency != office.currency:
                values = {"code": office.currency.code, "expected": guide.currency.code}
                problems.append(Problem("office.currency_of_guide", "currency", values))
            if before is not None and before.currency != office.currency:
                values = {"code": office.currency.code, "expected": before.currency.code}
                problems.append(Problem("office.currency_fixed", "currency", values))
            if problems:
                raise Refused(problems)
            act.offices.write(office)
            return act.done(office, office.policy, _CHANGES, before=before, after=office)

    @open_to_all
    def logo(self) -> bytes | None:
        """The picture of the letterhead as a PNG, if the office has one."""
        with self._store.reading() as records:
            return records.offices.logo()

    @needs(Permission.SET_UP)
    def set_logo(self, path: Path) -> Done[bytes]:
        """Take the picture in a PNG or JPEG file for the letterhead; the journal tells it by its SHA-256.

        Only its pixels are kept, on white and no larger than paper needs. The value is what :meth:`logo` gives.

        Raises:
            Refused: the file cannot be read, is too large, is no sound PNG or JPEG, or has too many pixels; or the
                office is not set up.
        """
        from sanad.paper.logo import LARGEST_FILE, flat_picture

        picture = flat_picture(read_bytes(path, LARGEST_FILE, "logo"))
        with self._store.operation("offices.set_logo", key=str(uuid4()), said=_seal(picture)) as act:
            if act.offices.read() is None:
                raise Refused.because("office.not_set_up")
            before = act.offices.logo()
            if before == picture:
                return act.repeated(picture, _CHANGES)
            act.offices.write_logo(picture)
            seal = _seal(picture)
            return act.done(picture, seal["logo"], _CHANGES, before=_seal(before), after=seal)

    @needs(Permission.SET_UP)
    def remove_logo(self) -> Done[None]:
        """Print letterheads without a picture again; where there is none, nothing is written."""
        with self._store.operation("offices.remove_logo", key=str(uuid4()), said=None) as act:
            before = act.offices.logo()
            if before is None:
                return act.repeated(None, _CHANGES)
            act.offices.write_logo(None)
            return act.done(None, "", _CHANGES, before=_seal(before), after=_seal(None))


def _with_sound_iban(office: Office) -> tuple[Office, list[Problem]]:
    """The office with its account's number in one spelling, or the problem with it."""
    if not office.iban:
        return office, []
    try:
        return replace(office, iban=read_iban(office.iban)), []
    except ValueError:
        return office, [Problem("office.iban_mistyped", "iban", {"text": office.iban})]


def _seal(picture: bytes | None) -> dict[str, str]:
    """The picture as the journal tells it."""
    return {"logo": "" if picture is None else sha256(picture).hexdigest()}
