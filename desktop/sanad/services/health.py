"""The doctor: whether everything in the data folder still agrees."""

from typing import TYPE_CHECKING

from sanad.domain.listing import CheckLine
from sanad.services.office_policies import OfficePolicies

if TYPE_CHECKING:
    from sanad.store.store import Store


class Health:
    """Looks, and changes nothing."""

    def __init__(self, *, store: "Store", policies: OfficePolicies) -> None:
        self._store = store
        self._policies = policies

    def checks(self) -> tuple[CheckLine, ...]:
        """Every check, in their order."""
        return (*self._store.checks(), CheckLine("packs", self._policies.edited(), {}))
