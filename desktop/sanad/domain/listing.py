"""What screens list: a family's line, a request with all that came of it, what waits today. Read, never handed back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sanad.domain.case import CaseStudy
from sanad.domain.decision import Decision, Verdict
from sanad.domain.errors import Problem
from sanad.domain.money import Money
from sanad.domain.payment import Cancellation, Receipt, Voucher
from sanad.domain.request import Request, StoredAssessment


@dataclass(frozen=True, slots=True)
class Family:
    """A family's file as it was last saved. ``version`` counts the savings from 1, ``confidential``: few see it."""

    id: str
    version: int
    study: CaseStudy
    saved_at: datetime
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family in a list: ``name`` is the head's, ``members`` how many they are.

    Of a confidential one, whoever may not open it gets the file number and nothing else.
    """

    id: str
    file_number: str
    name: str
    phone: str
    area: str
    members: int
    saved_at: datetime
    confidential: bool = False


class Likeness(StrEnum):
    """Why a family may be the one that is being typed, the surest first. ``NAME``: a birth date is not known."""

    CIVIL_ID = "civil_id"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Similar:
    """A family that is known and may be the same. ``typed`` is the id of the member it was found by, as typed now.

    ``confidential``: its names are kept from whoever asks.
    """

    household: str
    file_number: str
    head: str
    member: str
    likeness: Likeness
    typed: int
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was typed and not yet said. ``place`` is ``new`` or a household's id."""

    place: str
    payload: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Payment:
    """A voucher and what became of it."""

    voucher: Voucher
    receipt: Receipt | None = None
    cancellation: Cancellation | None = None

    @property
    def live(self) -> bool:
        """Whether it still stands."""
        return self.cancellation is None


class Outdated(StrEnum):
    """What is another since an assessment was made."""

    FAMILY = "family"
    """The family's file."""
    REQUEST = "request"
    """What the request says."""
    GUIDE = "guide"
    """The guide, or the figures of it that are in force."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request and all that came of it. ``decisions`` are in the order in which they were made.

    ``outdated`` tells what is another since the assessment was made. Of the guide, services tell it, and only as long
    as nothing is decided: it does not make a decision wrong that was taken by the guide of its day.
    """

    request: Request
    assessed: StoredAssessment | None
    outdated: tuple[Outdated, ...]
    decisions: tuple[Decision, ...]
    payments: tuple[Payment, ...]

    @property
    def decision(self) -> Decision | None:
        """The decision that stands."""
        return self.decisions[-1] if self.decisions else None

    @property
    def settled(self) -> bool:
        """Whether it was approved or refused, so that nothing but payment can follow."""
        return self.decision is not None and self.decision.verdict is not Verdict.POSTPONE

    def paid_by(self, month: str) -> Payment | None:
        """The live voucher of ``month`` (``YYYY-MM``)."""
        return next((payment for payment in self.payments if payment.live and payment.voucher.month == month), None)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act of the office as history shows it. ``operation`` names it; ``after`` tells what it wrote, by path."""

    seq: int
    at: datetime
    who: str
    operation: str
    households: tuple[str, ...]
    after: Mapping[str, object]
    why: str


class Ending(StrEnum):
    """How the program ended the last time, as far as nothing was recorded since."""

    WELL = "well"
    CUT = "cut"
    """It was killed, or the power went."""
    RESTORED = "restored"
    """It went while a backup took the place of the data, which was finished at this start."""
    UNDONE = "undone"
    """It went while a restore was undone, which was finished at this start."""
    NOT_RESTORED = "not_restored"
    """It went before a backup could take the place of the data, which are as they were."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom an act was about: the family, the ``number`` of the paper (empty where there is none), the amount.

    ``confidential``: of the family its file number is told, and nothing else.
    """

    name: str
    file_number: str
    number: str = ""
    amount: Money | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing that waits: whose it is, under which ``number`` (of the request or voucher), since when.

    ``confidential``: the name is kept from whoever looks.
    """

    household: str
    name: str
    file_number: str
    id: str
    number: str
    aid: str
    since: date
    amount: Money | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of a kind wait, and the longest waiting of them."""

    count: int
    lines: tuple[TodayLine, ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """Where the office stands on a day. ``to_pay`` are grants without a voucher for that day's month.

    ``to_print`` are receipts of the last weeks that never went to a printer. ``last`` is what was recorded last, about
    whom it was, ``concerned``; ``ending`` tells what became of whatever came after it, ``restore`` of which backup the
    data are, where that is how it ended.
    """

    families: int
    to_assess: Waiting
    to_decide: Waiting
    to_pay: Waiting
    to_receive: Waiting
    to_print: Waiting
    drafts: tuple[Draft, ...]
    last: JournalLine | None
    concerned: Concerned | None
    ending: Ending
    restore: JournalLine | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the doctor. ``name`` is its word in the catalogue, ``values`` what it may tell beside."""

    name: str
    problems: tuple[Problem, ...]
    values: Mapping[str, object]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look through everything found, and when.

    ``agreed_at`` is the last verified backup, when every record agreed: None where none was made yet, and where guides
    or assessments are what differs, as no backup looks at those.
    """

    at: datetime
    lines: tuple[CheckLine, ...]
    agreed_at: datetime | None

    @property
    def wrong(self) -> tuple[CheckLine, ...]:
        """The checks that found something."""
        return tuple(line for line in self.lines if not line.ok)
