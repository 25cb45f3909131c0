"""Use cases: one public method is one transaction and one journal entry.

Both faces receive them in one frozen bundle. Nothing here imports the database: whoever only names a service, or needs
no data folder, does not pay for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from typing_extensions import override

from sanad.services.assessments import Assessments, Preview
from sanad.services.backups import Backups
from sanad.services.decisions import Decisions
from sanad.services.drafts import Drafts
from sanad.services.encryption import Encryption
from sanad.services.health import Health
from sanad.services.households import Households
from sanad.services.office_papers import OfficePapers
from sanad.services.office_policies import OfficePolicies
from sanad.services.office_restores import OfficeRestores
from sanad.services.offices import Offices
from sanad.services.papers import Papers
from sanad.services.payments import Payments
from sanad.services.policies import Policies
from sanad.services.requests import Requests
from sanad.services.restores import Restores
from sanad.services.sample import Sample
from sanad.services.staff import Staff
from sanad.services.today import Today


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What works without a data folder: the guides, what they would give, and papers filled by hand."""

    policies: Policies
    assessments: Preview
    papers: Papers
    sample: Sample
    restores: Restores

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything that was opened."""


@dataclass(frozen=True, kw_only=True)
class Services(Reference):
    """Everything the office does, on one data folder."""

    folder: Path
    policies: OfficePolicies
    assessments: Assessments
    papers: OfficePapers
    restores: OfficeRestores
    offices: Offices
    households: Households
    drafts: Drafts
    requests: Requests
    decisions: Decisions
    payments: Payments
    staff: Staff
    encryption: Encryption
    today: Today
    health: Health
    backups: Backups
    closing: Callable[[], None] = field(repr=False)
    """Lets go of everything that was opened, the last first."""

    @override
    def close(self) -> None:
        self.closing()
