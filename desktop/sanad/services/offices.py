"""The office itself: its guide, name, phone, language and digits."""

from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.changes import Changes, Done, Subject
from sanad.domain.errors import Problem, Refused
from sanad.domain.office import Office
from sanad.services.cleaning import without_the_unseen
from sanad.services.office_policies import OfficePolicies

if TYPE_CHECKING:
    from sanad.store.store import Store

_CHANGES = Changes(frozenset({Subject.OFFICE}))


class Offices:
    """Reads and sets what the office is."""

    def __init__(self, *, store: "Store", policies: OfficePolicies) -> None:
        self._store = store
        self._policies = policies

    def read(self) -> Office | None:
        """The office, or None as long as nobody has set it up."""
        with self._store.reading() as records:
            return records.offices.read()

    def set_up(self, office: Office) -> Done[Office]:
        """Set what the office is; saying again what stands already writes nothing.

        A guide of the office's own, which lies in the data folder, is adopted first.

        Raises:
            Refused: it has no name, its guide is not known or does not prove itself, or its currency is not the
                guide's, or not the one in which this data folder already counts.
        """
        office = without_the_unseen(office)
        self._policies.adopt_own(office.policy)
        guide = self._policies.get(office.policy)
        with self._store.operation("offices.set_up", key=str(uuid4()), said=office) as act:
            before = act.offices.read()
            if before == office:
                return act.repeated(office, _CHANGES)
            problems = []
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
