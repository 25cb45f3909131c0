"""Families are registered and corrected sound and clean, and each once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sanad.domain.case import CaseStudy
from sanad.domain.changes import Subject
from sanad.domain.errors import Refused
from sanad.domain.household import Relation
from sanad.domain.money import BHD
from sanad.forms.filling import fill
from sanad.services import Services
from sanad.services.papers import CASE_STUDY
from tests.builders import TODAY, a_family, a_household, a_key, a_member, a_study


def test_a_family_is_registered(services: Services) -> None:
    """It gets a number, a first version, the moment, and tells whom it touched."""
    done = services.households.register(a_study(), key=a_key())
    assert done.value.study.household.file_number == "1"
    assert (done.value.version, done.value.saved_at.isoformat()) == (1, "2026-11-22T09:00:00+00:00")
    assert done.changes.subjects == {Subject.HOUSEHOLDS}
    assert done.changes.households == {done.value.id}
    assert services.households.open(done.value.id) == done.value
    assert services.households.count() == 1


@pytest.mark.parametrize(("typed", "rooms"), [("000000000007", 7), ("٠٠٠", 0), ("999", 999)])
def test_e6_a_count_with_leading_zeros_is_kept_as_its_number(services: Services, typed: str, rooms: int) -> None:
    """From the box to the file and back."""
    known = a_family(services)
    done = services.households.register(_typed(services, typed), key=a_key())
    assert services.households.open(done.value.id).study.household.dwelling.rooms == rooms
    assert services.households.count() == 2
    assert services.households.open(known.id).study.household.dwelling.rooms is None


@pytest.mark.parametrize(
    "typed", ["000000000" + "9" * 30, "1000", "٠" * 12 + "١" * 20, "0" * 390 + "9" * 10, "²", "00x"]
)
def test_e6_a_count_beyond_all_measure_is_refused_at_its_box(services: Services, typed: str) -> None:
    """However many zeros stand before it; nothing of it reaches the file, nothing overflows."""
    with pytest.raises(Refused) as refused:
        services.households.register(_typed(services, typed), key=a_key())
    (problem,) = refused.value.problems
    assert (problem.code, problem.where, problem.values["text"]) == (
        "field.not_a_count",
        "household.dwelling.rooms",
        typed,
    )
    assert services.households.count() == 0


def _typed(services: Services, rooms: str) -> CaseStudy:
    """What is read of a family whose rooms were typed so."""
    head = {"id": 1, "relation": "head", "sex": "male", "name": "حسن"}
    values = {"request_date": "21/11/2026", "household.members": [head], "household.dwelling.rooms": rooms}
    return fill(services.papers.form(CASE_STUDY), values, currency=BHD, today=TODAY)


def test_everything_unsound_is_told_at_once(services: Services) -> None:
    """No head, a birth tomorrow, an income of nobody: one refusal with all of them, and nothing is kept."""
    born = TODAY + timedelta(days=1)
    household = a_household(members=(a_member(1, Relation.SON, birth_date=born),))
    line = replace(a_household().incomes[0], member=9)  # type: ignore[index]  # the builder gives one
    with pytest.raises(Refused) as refused:
        services.households.register(a_study(replace(household, incomes=(line,))), key=a_key())
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("household.no_head", "household.members"),
        ("member.born_in_future", "household.members[0].birth_date"),
        ("line.unknown_member", "household.incomes[0].member"),
    ]
    assert services.households.count() == 0


def test_what_nobody_sees_is_not_kept(services: Services) -> None:
    """Direction marks, control characters and lone surrogates are taken out of every text."""
    members = (a_member(name="حسن\u202e علي\x00 \ud800أحمد", notes="خط\u200f 1\nخط 2"),)
    family = a_family(services, a_study(a_household(members=members, phone=" 3312\u00a04455 ")))
    (member,) = family.study.household.members
    assert (member.name, member.notes) == ("حسن علي أحمد", "خط 1\nخط 2")
    assert family.study.household.phone == "3312 4455"


def test_a_correction_counts_the_version(services: Services) -> None:
    """The file reads as it should, under the same id and number."""
    family = a_family(services)
    done = services.households.correct(family.id, 1, a_study(a_household(head="محسن")), key=a_key())
    assert (done.value.id, done.value.version) == (family.id, 2)
    assert services.households.open(family.id).study.household.head == done.value.study.household.head


def test_a_correction_must_be_sound_too(services: Services) -> None:
    """A file cannot be corrected into one without a head."""
    family = a_family(services)
    with pytest.raises(Refused, match="no_head"):
        services.households.correct(family.id, 1, a_study(a_household(members=())), key=a_key())
    assert services.households.open(family.id) == family


def test_the_same_form_sent_again_changes_nothing(services: Services) -> None:
    """A click too many, or an error after the commit: registered once, corrected once."""
    key, other = a_key(), a_key()
    first = services.households.register(a_study(), key=key)
    again = services.households.register(a_study(), key=key)
    assert (again.repeated, again.value) == (True, first.value)
    study = a_study(a_household(head="محسن"))
    corrected = services.households.correct(first.value.id, 1, study, key=other)
    twice = services.households.correct(first.value.id, 1, study, key=other)
    assert (twice.repeated, twice.value) == (True, corrected.value)
    assert len(services.households.history(first.value.id)) == 2


def test_a_form_that_says_something_else_is_not_the_same(services: Services) -> None:
    """The key of a form that was recorded does not record another family."""
    key = a_key()
    services.households.register(a_study(), key=key)
    with pytest.raises(Refused, match="said_otherwise"):
        services.households.register(a_study(a_household(head="محسن")), key=key)
