"""The composition root: knows every room but the faces, and holds nothing after it has built.

Opened in the order data folder, services; closed in reverse. The database is imported only when a folder is opened.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import overload

from sanad import places
from sanad.domain.staff import Credentials
from sanad.services import Reference, Services
from sanad.services.assessments import Assessments, Preview
from sanad.services.backups import Backups
from sanad.services.papers import Papers
from sanad.services.policies import Policies
from sanad.services.restores import Restores
from sanad.services.sample import Sample
from sanad.services.shipped import refuse_changed


def now() -> datetime:
    """The moment, with the offset of the office's own wall clock."""
    return datetime.now(UTC).astimezone()


@overload
def build(
    data_folder: None, clock: Callable[[], datetime] = now, who: str | None = None, *, packs: Path | None = None
) -> Reference: ...
@overload
def build(
    data_folder: Path,
    clock: Callable[[], datetime] = now,
    who: str | None = None,
    *,
    credentials: Credentials | None = None,
    steady: Callable[[], float] = monotonic,
) -> Services: ...
def build(
    data_folder: Path | None,
    clock: Callable[[], datetime] = now,
    who: str | None = None,
    *,
    packs: Path | None = None,
    credentials: Credentials | None = None,
    steady: Callable[[], float] = monotonic,
) -> Reference | Services:
    """The services on a data folder, which is made where there is none; or those that need no folder.

    ``who`` sits at the desk; the name under which the person is signed in to the machine unless said.
    Without a data folder, the office's own guides are read from ``packs``, where that is named.
    ``credentials`` sign somebody in where the office has accounts; ``steady`` counts the seconds that wrong ones wait.
    They also open the folder, where it is encrypted. There the recovery code may stand for the password: it opens the
    folder for :meth:`Staff.recover`, and signs nobody in.

    Raises:
        Refused: a guide, form or font is not as it was shipped; another process holds the folder; it is encrypted and
            nobody said who he is (``data.sign_in_needed``), or what he said is not right (``staff.wrong``,
            ``staff.wait``); its file is missing, foreign, damaged, or of a newer program; it cannot be written; the
            disk is full.
    """
    refuse_changed(places.shipped())
    if data_folder is None:
        policies = Policies(places.policies(), own=packs)
        papers = Papers(policies=policies, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
        return Reference(
            policies=policies,
            assessments=Preview(policies=policies),
            papers=papers,
            sample=Sample(folder=places.sample(), policies=policies),
            restores=Restores(clock=clock, who=who, locale=places.locale(), memory=places.memory()),
        )
    return _on_data(data_folder, clock, who, credentials, steady)


def _on_data(
    folder: Path,
    clock: Callable[[], datetime],
    who: str | None,
    credentials: Credentials | None,
    steady: Callable[[], float],
) -> Services:
    from sanad.services.decisions import Decisions
    from sanad.services.door import Door
    from sanad.services.drafts import Drafts
    from sanad.services.encryption import Encryption
    from sanad.services.health import Health
    from sanad.services.households import Households
    from sanad.services.office_papers import OfficePapers
    from sanad.services.office_policies import OfficePolicies
    from sanad.services.office_restores import OfficeRestores
    from sanad.services.offices import Offices
    from sanad.services.password_rules import PasswordRules
    from sanad.services.payments import Payments
    from sanad.services.requests import Requests
    from sanad.services.session import Session
    from sanad.services.staff import Staff
    from sanad.services.today import Today
    from sanad.store.folder import login
    from sanad.store.store import Store

    with ExitStack() as opened:
        store = Store(
            folder,
            clock=clock,
            who=login() if who is None else who,
            memory=places.memory(),
            credentials=credentials,
        )
        closing = opened.enter_context(ExitStack())
        closing.callback(store.close)
        session = Session(store=store)
        door = Door(store=store, steady=steady)
        staff = Staff(store=store, session=session, rules=PasswordRules(places.common_passwords()), door=door)
        if credentials is not None and staff.needed() and not store.keys.by_code:
            staff.sign_in(credentials.user, credentials.password)
        policies = OfficePolicies(places.policies(), store=store, session=session, own=places.own_policies(folder))
        papers = OfficePapers(
            store=store,
            session=session,
            policies=policies,
            forms=places.forms(),
            fonts=places.fonts(),
            locale=places.locale(),
        )
        backups = Backups(store=store, session=session, locale=places.locale(), memory=places.memory())
        services = Services(
            folder=folder,
            policies=policies,
            papers=papers,
            sample=Sample(folder=places.sample(), policies=policies),
            restores=OfficeRestores(
                store=store,
                session=session,
                closing=closing.close,
                clock=clock,
                who=who,
                locale=places.locale(),
                memory=places.memory(),
            ),
            assessments=Assessments(store=store, session=session, policies=policies),
            offices=Offices(store=store, session=session, policies=policies),
            households=Households(store=store, session=session),
            drafts=Drafts(store=store, session=session),
            requests=Requests(store=store, session=session, policies=policies),
            decisions=Decisions(store=store, session=session),
            payments=Payments(store=store, session=session),
            staff=staff,
            encryption=Encryption(store=store, session=session, door=door),
            today=Today(store=store, session=session),
            health=Health(store=store, session=session, policies=policies, backups=backups, program=places.shipped()),
            backups=backups,
            closing=closing.close,
        )
        opened.pop_all()  # whoever has the services lets go of what they hold
        return services
