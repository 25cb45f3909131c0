"""The editions of the guides by which anything was ever computed: each pack as it was kept, with what lay over it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sanad.domain.errors import Refused
from sanad.domain.revision import AdoptedRevision
from sanad.exchange.office_figure import read_office_figure
from sanad.rules.edition import digest_of, digest_over
from sanad.rules.overlay import ReadOffice, Revision, lay_over, read_revision
from sanad.rules.policy import Policy
from sanad.services.packs import POLICY, Files, Packed, unpack


class Editions:
    """Finds an edition by its digest; each is read when it is first asked for, and once."""

    def __init__(self, packs: Iterable[tuple[str, Files]], revisions: Sequence[AdoptedRevision]) -> None:
        self._made_of: dict[tuple[str, str], tuple[Files, tuple[AdoptedRevision, ...]]] = {}
        self._found: dict[tuple[str, str], Packed | None] = {}
        for policy, files in packs:
            if POLICY not in files:  # a row that was emptied behind our back; another check tells of it
                continue
            digest = digest_of(files[POLICY])
            over = [revision for revision in revisions if revision.policy == policy]
            self._made_of[policy, digest] = (files, ())
            for count, revision in enumerate(over, 1):
                digest = digest_over(digest, revision.digest)
                self._made_of[policy, digest] = (files, tuple(over[:count]))

    def find(self, policy: str, digest: str) -> Packed | None:
        """The edition of a guide; None where it is not known, or is of a kind that this program cannot compute."""
        named = (policy, digest)
        if named not in self._found:
            self._found[named] = self._read(policy, *self._made_of[named]) if named in self._made_of else None
        return self._found[named]

    def _read(self, policy: str, files: Files, revisions: tuple[AdoptedRevision, ...]) -> Packed | None:
        try:
            packed = unpack(files, policy)
            for revision in revisions:
                packed = replace(packed, policy=lay_over(packed.policy, read_adopted(revision, packed.policy)))
        except Refused:
            return None
        return packed


def read_adopted(revision: AdoptedRevision, policy: Policy) -> Revision:
    """A revision that was adopted, read for a pack.

    Raises:
        Refused: it was adopted for another edition of the pack, and does not fit this one.
    """
    return read_revision_text(revision.text, revision.title.en, policy, None)


def read_revision_text(text: str, file: str, policy: Policy, after: date | None) -> Revision:
    """The revision that a text defines, as :func:`sanad.rules.overlay.read_revision`."""
    return read_revision(text, file, policy, office_figures_of(policy), after=after)


def office_figures_of(policy: Policy) -> ReadOffice:
    """Reads the figures that a guide leaves to the office, by their names."""

    def read(name: str, value: object) -> object:
        return read_office_figure(value, policy.office_figures[name], policy.currency)

    return read
