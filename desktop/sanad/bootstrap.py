"""The composition root: knows every room but the faces, and holds nothing after it has built.

Opened in the order data folder, services; closed in reverse. The database is imported only when a folder is opened.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import overload

from sanad import places
from sanad.services import Reference, Services
from sanad.services.assessments import Assessments, Preview
from sanad.services.backups import Backups, Restores
from sanad.services.papers import Papers
from sanad.services.policies import Policies
from sanad.services.sample import Sample


def now() -> datetime:
    """The moment, with the offset of the office's own wall clock."""
    return datetime.now(UTC).astimezone()


@overload
def build(
    data_folder: None, clock: Callable[[], datetime] = now, who: str | None = None, *, packs: Path | None = None
) -> Reference: ...
@overload
def build(data_folder: Path, clock: Callable[[], datetime] = now, who: str | None = None) -> Services: ...
def build(
    data_folder: Path | None,
    clock: Callable[[], datetime] = now,
    who: str | None = None,
    *,
    packs: Path | None = None,
) -> Reference | Services:
    """The services on a data folder, which is made where there is none; or those that need no folder.

    ``who`` sits at the desk; the name under which the person is signed in to the machine unless said.
    Without a data folder, the office's own guides are read from ``packs``, where that is named.

    Raises:
        Refused: another process holds the folder; its file is missing, foreign, damaged, or of a newer program; it
            cannot be written; the disk is full.
    """
    if data_folder is None:
        policies = Policies(places.policies(), own=packs)
        papers = Papers(policies=policies, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
        return Reference(
            policies=policies,
            assessments=Preview(policies=policies),
            papers=papers,
            sample=Sample(folder=places.sample(), policies=policies),
            restores=Restores(clock=clock, who=who),
        )
    return _on_data(data_folder, clock, who)


def _on_data(folder: Path, clock: Callable[[], datetime], who: str | None) -> Services:
    from sanad.services.decisions import Decisions
    from sanad.services.drafts import Drafts
    from sanad.services.health import Health
    from sanad.services.households import Households
    from sanad.services.office_papers import OfficePapers
    from sanad.services.office_policies import OfficePolicies
    from sanad.services.offices import Offices
    from sanad.services.payments import Payments
    from sanad.services.requests import Requests
    from sanad.services.today import Today
    from sanad.store.folder import login
    from sanad.store.store import Store

    with ExitStack() as opened:
        store = Store(folder, clock=clock, who=login() if who is None else who)
        opened.callback(store.close)
        policies = OfficePolicies(places.policies(), store=store, own=places.own_policies(folder))
        papers = OfficePapers(
            store=store, policies=policies, forms=places.forms(), fonts=places.fonts(), locale=places.locale()
        )
        return Services(
            policies=policies,
            papers=papers,
            sample=Sample(folder=places.sample(), policies=policies),
            restores=Restores(clock=clock, who=who),
            assessments=Assessments(store=store, policies=policies),
            offices=Offices(store=store, policies=policies),
            households=Households(store=store),
            drafts=Drafts(store=store),
            requests=Requests(store=store, policies=policies),
            decisions=Decisions(store=store),
            payments=Payments(store=store),
            today=Today(store=store),
            health=Health(store=store, policies=policies),
            backups=Backups(store=store, locale=places.locale()),
            closing=opened.pop_all().close,
        )
