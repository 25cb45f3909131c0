"""One act is one transaction, one journal entry, one key; or nothing."""

from pathlib import Path

import pytest

from sanad.domain.changes import Changes, Subject
from sanad.domain.errors import Bug, Refused
from sanad.services import Services
from sanad.store.store import Operation, Store
from tests.builders import Clock, a_family, a_key, a_study

NOTHING = Changes(frozenset({Subject.OFFICE}))


@pytest.fixture
def store(services: Services) -> Store:
    """The open store under the services."""
    return services.health._store


def entries(store: Store) -> int:
    """How many acts the journal holds."""
    with store.reading() as records:
        last = records.journal.last()
    return last.seq if last else 0


def test_an_act_without_a_journal_entry_is_a_bug(store: Store) -> None:
    """It is undone: nothing is kept of which nobody was told."""

    def silent(act: Operation) -> None:
        act.numbers.next("voucher-2026")

    with pytest.raises(Bug, match=r"payments\.issue"), store.operation("payments.issue", key="k", said=()) as act:
        silent(act)
    with store.reading() as records:
        assert records.numbers.last() == {}


def test_an_act_that_fails_is_not_remembered(store: Store) -> None:
    """The same form can be sent again once it is mended."""
    before = entries(store)

    def failing(act: Operation) -> None:
        act.done("x", "x", NOTHING)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.operation("offices.set_up", key="k", said=()) as act:
        failing(act)
    assert entries(store) == before
    with store.operation("offices.set_up", key="k", said=()) as act:
        assert act.earlier is None
        act.done("x", "x", NOTHING)


def test_a_key_gives_back_what_was_done(store: Store) -> None:
    """The second time nothing is written, and the id of the first result is told."""
    with store.operation("offices.set_up", key="k", said=("a", 1)) as act:
        assert act.done("value", "the-id", NOTHING).repeated is False
    before = entries(store)
    with store.operation("offices.set_up", key="k", said=("a", 1)) as act:
        assert act.earlier == "the-id"
        assert act.repeated("value", NOTHING).repeated is True
    assert entries(store) == before


@pytest.mark.parametrize(("name", "said"), [("offices.set_up", ("b", 1)), ("payments.issue", ("a", 1))])
def test_a_key_with_other_words_is_refused(store: Store, name: str, said: tuple[str, int]) -> None:
    """A form that was recorded cannot say something else afterwards."""
    with store.operation("offices.set_up", key="k", said=("a", 1)) as act:
        act.done("value", "the-id", NOTHING)
    with pytest.raises(Refused) as refused, store.operation(name, key="k", said=said):
        pass
    assert refused.value.problems[0].code == "operation.said_otherwise"


def test_a_failing_disk_ends_all_writing(services: Services, store: Store) -> None:
    """Once the disk itself failed nothing more is acknowledged, though it may answer again."""
    a_family(services)
    store._database._failed = True
    with pytest.raises(Refused) as refused:
        services.households.register(a_study(), key=a_key())
    assert refused.value.problems[0].code == "data.disk_failing"
    assert services.households.count() == 1


def test_drafts_leave_no_entry(services: Services, store: Store) -> None:
    """What was only typed is kept, and is nobody's act."""
    before = entries(store)
    services.drafts.keep("new", "…")
    assert entries(store) == before


def test_the_clock_may_step_back_a_little(services: Services, store: Store, clock: Clock) -> None:
    """A time service at work is no reason to refuse money; a wrong clock is."""
    a_family(services)
    clock.move(minutes=-4)
    with store.operation("payments.issue", key="k", said=()) as act:
        act.refuse_wrong_clock()
        act.done("x", "x", NOTHING)
    clock.move(minutes=-7)
    with pytest.raises(Refused) as refused, store.operation("payments.issue", key="l", said=()) as act:
        act.refuse_wrong_clock()
    (problem,) = refused.value.problems
    assert problem.code == "clock.set_back"
    assert set(problem.values) == {"now", "last"}


def test_the_first_act_has_no_clock_to_keep(folder: Path, clock: Clock) -> None:
    """An empty journal holds nobody back."""
    opened = Store(folder, clock=clock, who="x", memory=folder.parent / "memory")
    with opened.operation("payments.issue", key="k", said=()) as act:
        act.refuse_wrong_clock()
        act.done("x", "x", NOTHING)
    opened.close()
