"""A family's file comes back exactly as it was saved, and no two families are one."""

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanad.bootstrap import build
from sanad.domain.case import CaseStudy, Document, FollowUp, Research
from sanad.domain.errors import Refused
from sanad.domain.household import (
    Dwelling,
    Household,
    Income,
    Member,
    Obligation,
    Relation,
    Sex,
)
from sanad.domain.listing import Likeness
from sanad.domain.money import LARGEST, Money
from sanad.domain.spelling import cleaned
from sanad.services import Services
from sanad.store import households
from tests.builders import Clock, a_family, a_household, a_key, a_member, a_study

TEXTS = st.text(max_size=20).map(cleaned)
AMOUNTS = st.builds(Money, st.integers(0, LARGEST - 1))
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
BIRTHS = st.dates(date(1920, 1, 1), date(2026, 1, 1))
MAYBE = st.none() | st.booleans()
_unique = count(1)


@st.composite
def members(draw: st.DrawFn) -> tuple[Member, ...]:
    """A head and up to four others, whose civil ids nobody else has."""
    listed = []
    for place in range(draw(st.integers(1, 5))):
        relation = Relation.HEAD if place == 0 else draw(st.sampled_from(sorted(set(Relation) - {Relation.HEAD})))
        member = draw(
            st.builds(
                Member,
                id=st.just(place * 7 + 1),
                relation=st.just(relation),
                name=TEXTS,
                civil_id=st.just(""),
                provider=st.none() | st.just(False),
                birth_date=st.none() | BIRTHS,
                occupation=TEXTS,
                workplace=TEXTS,
                work_phone=TEXTS,
                income_source=TEXTS,
                registered_on=st.none() | DAYS,
                notes=TEXTS,
                include_reason=TEXTS.filter(bool),
            )
        )
        listed.append(replace(member, civil_id=f"{next(_unique)}") if draw(st.booleans()) else member)
    return tuple(listed)


@st.composite
def studies(draw: st.DrawFn) -> CaseStudy:
    """Any family's file that can be true."""
    people = draw(members())
    whose = st.none() | st.sampled_from([member.id for member in people])
    lines: dict[str, Any] = {"monthly": AMOUNTS, "member": whose, "note": TEXTS}
    household = st.builds(
        Household,
        file_number=st.just(""),
        resident_of=TEXTS,
        phone=TEXTS,
        family_state=TEXTS,
        members=st.just(people),
        incomes=st.none() | st.lists(st.builds(Income, **lines), max_size=3).map(tuple),
        obligations=st.none() | st.lists(st.builds(Obligation, **lines), max_size=3).map(tuple),
        dwelling=st.builds(Dwelling, **dict.fromkeys(("flat", "block", "road", "area", "site"), TEXTS)),
        bank_balance=st.none() | AMOUNTS,
        wealth=st.none() | AMOUNTS,
    )
    return draw(
        st.builds(
            CaseStudy,
            household=household,
            request_date=st.none() | DAYS,
            registered=st.none() | st.just(True),
            research=st.builds(Research, TEXTS, TEXTS, st.none() | DAYS, TEXTS),
            follow_ups=st.lists(st.builds(FollowUp, st.none() | DAYS, TEXTS, TEXTS), max_size=3).map(tuple),
            documents=st.lists(
                st.builds(Document, TEXTS, TEXTS, st.none() | DAYS, st.none() | TEXTS, TEXTS), max_size=3
            ).map(tuple),
            facts=st.dictionaries(st.sampled_from(["orphans", "wealth", "since"]), MAYBE | AMOUNTS | DAYS),
        )
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(studies(), studies())
def test_a_file_is_read_back_as_it_was_saved(services: Services, first: CaseStudy, second: CaseStudy) -> None:
    """Every fact, known or not, in its order; after a correction as after the first saving."""
    family = services.households.register(first, key=a_key()).value
    assert services.households.open(family.id) == family
    assert _without_number(family.study) == first
    corrected = services.households.correct(family.id, family.version, second, key=a_key()).value
    assert services.households.open(family.id) == corrected
    assert _without_number(corrected.study) == second
    assert corrected.study.household.file_number == family.study.household.file_number


def _without_number(study: CaseStudy) -> CaseStudy:
    return replace(study, household=replace(study.household, file_number=""))


def test_facts_are_frozen_when_read(services: Services) -> None:
    """What comes out of the file cannot be changed by whoever reads it."""
    family = a_family(services, a_study(facts={"orphans": 2}))
    assert isinstance(services.households.open(family.id).study.facts, MappingProxyType)


def test_file_numbers_follow_each_other_around_those_given_by_hand(services: Services) -> None:
    """A blank number is the next one that no family has; what the office wrote itself is kept."""
    numbers = ["", "2", "", "١٠٤٢", ""]
    given_ = [
        a_family(services, a_study(a_household(file_number=number))).study.household.file_number for number in numbers
    ]
    assert given_ == ["1", "2", "3", "١٠٤٢", "4"]


@pytest.mark.parametrize(
    "typed", ["800501234", "٨٠٠٥٠١٢٣٤", " 800501234 ", "800\u200f501234", "۸۰۰۵۰۱۲۳۴", "800-501-234"]
)
def test_e7_a_civil_id_that_is_known_leads_to_its_family(services: Services, typed: str) -> None:
    """However it is typed, it is refused at its place with the family that has it."""
    known = a_family(services, a_study(a_household(members=(a_member(name="حسن", civil_id="800501234"),))))
    study = a_study(a_household(members=(a_member(name="علي"), a_member(2, Relation.SON, name="حسن", civil_id=typed))))
    with pytest.raises(Refused) as refused:
        services.households.register(study, key=a_key())
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == ("household.civil_id_known", "household.members[1].civil_id")
    assert problem.values["id"] == known.id
    assert problem.values["name"] == "حسن"
    assert services.households.count() == 1


def test_a_file_number_of_another_family_is_refused_with_all_else(services: Services) -> None:
    """Both slips are told at once."""
    members = (a_member(name="حسن", civil_id="1"),)
    a_family(services, a_study(a_household(file_number="1042", members=members)))
    with pytest.raises(Refused) as refused:
        services.households.register(a_study(a_household(file_number="١٠٤٢", members=members)), key=a_key())
    assert {problem.code for problem in refused.value.problems} == {
        "household.file_number_known",
        "household.civil_id_known",
    }


def test_a_family_may_keep_its_own_numbers(services: Services) -> None:
    """Correcting a file does not find the family in its own way."""
    study = a_study(a_household(file_number="7", members=(a_member(name="حسن", civil_id="1"),)))
    family = a_family(services, study)
    corrected = replace(study, registered=None, monthly_registered=None)
    assert services.households.correct(family.id, 1, corrected, key=a_key()).value.version == 2


def test_e9_similar_families_are_told(services: Services) -> None:
    """The same civil id, or the same name by any spelling with the same birth date; never the family itself."""
    born = date(1980, 5, 1)
    known = a_family(
        services,
        a_study(a_household(members=(a_member(name="أحمد عبد الله", civil_id="800501234", birth_date=born),))),
    )

    def likeness(own: str = "", **said: Any) -> list[tuple[Likeness, str]]:
        typed = a_study(a_household(members=(a_member(5, **said),)))
        return [(found.likeness, found.member) for found in services.households.similar(typed, own)]

    assert likeness(civil_id="٨٠٠٥٠١٢٣٤", name="آخر") == [(Likeness.CIVIL_ID, "أحمد عبد الله")]
    assert likeness(name="احمد عبدالله", birth_date=born) == [(Likeness.NAME_AND_BIRTH, "أحمد عبد الله")]
    assert likeness(name="احمد عبدالله", birth_date=born, civil_id="800501234") == [
        (Likeness.CIVIL_ID, "أحمد عبد الله")
    ]
    assert likeness(name="احمد عبدالله") == []  # without a birth date, two words are too common a name
    assert likeness(birth_date=born) == []
    assert likeness(own=known.id, civil_id="800501234") == []
    found = services.households.similar(a_study(a_household(members=(a_member(5, civil_id="800501234"),))))
    assert (found[0].household, found[0].file_number, found[0].head, found[0].typed) == (
        known.id,
        "1",
        "أحمد عبد الله",
        5,
    )


def test_e9_a_full_name_is_compared_alone_where_a_birth_date_is_not_known(services: Services) -> None:
    """On either side; two known birth dates that differ are two people. The surest likeness comes first."""
    born = date(1980, 5, 1)
    for birth_date, civil_id in ((born, "800501234"), (None, "")):
        member = a_member(name="أحمد عبد الله مكي", birth_date=birth_date, civil_id=civil_id)
        a_family(services, a_study(a_household(members=(member,))))

    def likeness(**said: Any) -> list[tuple[Likeness, str]]:
        typed = a_study(a_household(members=(a_member(5, name="احمد عبدالله مكى", **said),)))
        return [(found.likeness, found.file_number) for found in services.households.similar(typed)]

    assert likeness() == [(Likeness.NAME, "1"), (Likeness.NAME, "2")]
    assert likeness(birth_date=born) == [(Likeness.NAME_AND_BIRTH, "1"), (Likeness.NAME, "2")]
    assert likeness(birth_date=date(1990, 1, 1)) == [(Likeness.NAME, "2")]
    assert likeness(civil_id="800501234") == [(Likeness.CIVIL_ID, "1"), (Likeness.NAME, "2")]


def test_an_unknown_family_is_refused(services: Services) -> None:
    """An id that leads nowhere is said so."""
    with pytest.raises(Refused) as refused:
        services.households.open("nobody")
    assert refused.value.problems[0].code == "household.unknown"


def test_a_file_saved_meanwhile_is_not_overwritten(services: Services) -> None:
    """Who opened an older version is told so before his correction hides another's."""
    family = a_family(services)
    services.households.correct(family.id, 1, family.study, key=a_key())
    with pytest.raises(Refused) as refused:
        services.households.correct(family.id, 1, family.study, key=a_key())
    assert refused.value.problems[0].code == "household.changed_meanwhile"


def test_the_family_is_there_tomorrow(folder: Path, clock: Clock) -> None:
    """After closing and opening the same file shows the same family."""
    with build(folder, clock) as services:
        family = a_family(services)
    clock.move(days=1)
    with build(folder, clock) as services:
        assert services.households.open(family.id) == family


def test_sex_is_told_apart(services: Services) -> None:
    """A slug of the vocabulary comes back as its word."""
    family = a_family(services)
    assert [member.sex for member in services.households.open(family.id).study.household.members[:2]] == [
        Sex.MALE,
        Sex.FEMALE,
    ]


def test_all_families_are_read_in_pages(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, as it was saved, in the order of registration, whatever the size of a page."""
    families = [a_family(services, a_study(a_household(children=children))) for children in range(5)]
    store = services.health._store
    for page in (1, 2, 5, 200):
        monkeypatch.setattr(households, "PAGE", page)
        with store.reading() as records:
            assert list(records.households.every()) == families
