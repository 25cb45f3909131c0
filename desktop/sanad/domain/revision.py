"""What the office makes of its guide: the packs and revisions that it adopted, and what a revision would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sanad.domain.assessment import Outcome
from sanad.domain.money import ZERO, Money
from sanad.domain.text import Text


@dataclass(frozen=True, slots=True)
class AdoptedPack:
    """A pack of the office's own, as it was adopted: every file by its path in the pack's folder.

    ``digest`` is the SHA-256 over all files.
    """

    policy: str
    digest: str
    files: Mapping[str, str]
    adopted_at: datetime


@dataclass(frozen=True, slots=True)
class AdoptedRevision:
    """A revision that lies over the pack ``policy`` from ``since`` on. ``digest`` is the SHA-256 of ``text``."""

    id: str
    policy: str
    since: date
    title: Text
    digest: str
    text: str
    adopted_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What the rules give a family, in short."""

    outcome: Outcome
    amount: Money | None
    redirect: str | None


@dataclass(frozen=True, slots=True)
class FamilyChange:
    """A family to which a revision would give something else of one aid; ``name`` is the head's."""

    household: str
    file_number: str
    name: str
    aid: str
    before: Given
    after: Given

    @property
    def difference(self) -> Money:
        """How much more, or (negative) less, the rules give; an amount that is not known counts as nothing."""
        return (self.after.amount or ZERO) - (self.before.amount or ZERO)


@dataclass(frozen=True, slots=True)
class RevisionPreview:
    """What a revision would change on ``on``, the first day on which it could, of ``considered`` families.

    A family of which several aids change has a change for each of them.
    ``stood`` worked cases came out as they say; those named in ``set_aside`` rest on what the revision changes.
    """

    title: Text
    since: date
    on: date
    considered: int
    changes: tuple[FamilyChange, ...]
    stood: int
    set_aside: tuple[str, ...]

    @property
    def families(self) -> int:
        """How many families it changes."""
        return len({change.household for change in self.changes})

    @property
    def difference(self) -> Money:
        """How much more, or (negative) less, the rules would give all families together."""
        return Money(sum(change.difference.minor for change in self.changes))
