"""What was typed survives a kill, until it is said or thrown away."""

from pathlib import Path

from sanad.bootstrap import build
from sanad.services import Services
from sanad.services.drafts import NEW
from tests.builders import Clock


def test_the_latest_text_of_a_place_is_kept(services: Services, clock: Clock) -> None:
    """One draft a place, the latest first."""
    services.drafts.keep(NEW, "one")
    clock.move(minutes=1)
    services.drafts.keep("family", "x")
    clock.move(minutes=1)
    services.drafts.keep(NEW, "two")
    assert [(draft.place, draft.payload) for draft in services.drafts.kept()] == [(NEW, "two"), ("family", "x")]


def test_a_discarded_draft_is_gone(services: Services) -> None:
    """And discarding what is not there is no fault."""
    services.drafts.keep(NEW, "one")
    services.drafts.discard(NEW)
    services.drafts.discard(NEW)
    assert services.drafts.kept() == []


def test_a_draft_is_offered_after_a_restart(folder: Path, clock: Clock) -> None:
    """It lies in the data file from the moment it is kept."""
    with build(folder, clock) as services:
        services.drafts.keep(NEW, "حسن")
    with build(folder, clock) as services:
        assert [draft.payload for draft in services.drafts.kept()] == ["حسن"]
