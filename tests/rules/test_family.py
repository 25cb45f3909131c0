"""Who counts as the family, by the clauses K-POV-1 to K-POV-5 and their readings."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sanad.domain.assessment import Outcome
from sanad.domain.household import Employment, MaritalStatus, Member, Relation, Sex
from tests.rules.families import HEAD, WIFE, a_case, a_child, a_member, found, reads

POOR = {"poor": True, "lives_with_family": True}


def excluded(*members: Member) -> dict[int, str]:
    """Who does not count, by which clause."""
    return dict(found(a_case(*members)).excluded)


def missing(*members: Member) -> tuple[str, ...]:
    """What is needed and not known."""
    assessment = found(a_case(*members))
    assert assessment.outcome is Outcome.INCOMPLETE
    assert "members" not in assessment.figures
    return assessment.missing


def test_head_wives_and_young_children_count() -> None:
    """Two wives and a child of each sex beside the head."""
    assessment = found(a_case(HEAD, WIFE, a_member(3, Relation.WIFE), a_child(4), a_child(5, Relation.DAUGHTER)))
    assert assessment.counted == (1, 2, 3, 4, 5)
    assert assessment.figures["members"] == 5


@pytest.mark.parametrize("status", [MaritalStatus.MARRIED, MaritalStatus.ENGAGED])
def test_a_daughter_who_is_married_or_engaged_leaves(status: MaritalStatus) -> None:
    """Even when her birth date is not known."""
    daughter = a_member(2, Relation.DAUGHTER, marital_status=status)
    assert excluded(HEAD, daughter) == {2: "K-POV-5"}
    assert reads(found(a_case(HEAD, daughter)), "engaged_daughter") == (status is MaritalStatus.ENGAGED)


@pytest.mark.parametrize(
    "status",
    [MaritalStatus.DIVORCED, MaritalStatus.WIDOWED, MaritalStatus.ABANDONED, MaritalStatus.SUSPENDED],
)
def test_a_daughter_left_without_a_husband_stays(status: MaritalStatus) -> None:
    """By a reading that the result names."""
    assessment = found(a_case(HEAD, a_child(2, Relation.DAUGHTER, 22, marital_status=status)))
    assert assessment.counted == (1, 2)
    assert reads(assessment, "formerly_married_daughter")


def test_an_engaged_or_married_son_stays_unless_he_lives_with_his_wife() -> None:
    """The contract takes out daughters only."""
    engaged = a_child(2, age=20, marital_status=MaritalStatus.ENGAGED)
    at_home = a_child(3, age=22, marital_status=MaritalStatus.MARRIED, married_in_house=True)
    away = a_child(4, age=23, marital_status=MaritalStatus.MARRIED, married_in_house=False)
    assert excluded(HEAD, engaged, at_home, away) == {3: "K-POV-5"}


def test_the_daughters_state_is_asked_from_the_age_at_which_it_matters() -> None:
    """A small girl is taken to be unmarried, and the result says so."""
    small = a_child(2, Relation.DAUGHTER, 14, marital_status=None)
    assert reads(found(a_case(HEAD, small)), "child_unmarried")
    assert missing(HEAD, a_child(2, Relation.DAUGHTER, 15, marital_status=None)) == (
        "household.members[1].marital_status",
    )


def test_a_married_son_who_works_is_asked_whether_he_lives_with_his_wife() -> None:
    """Where he is not known to work, he is counted and the result says so."""
    son = a_child(2, age=23, marital_status=MaritalStatus.MARRIED, employment=Employment.EMPLOYED)
    assert missing(HEAD, son) == ("household.members[1].married_in_house",)
    idle = replace(son, employment=Employment.STUDENT)
    assert reads(found(a_case(HEAD, idle)), "not_said_to_live_with_a_wife")


def test_a_birth_date_that_decides_is_needed() -> None:
    """Of a child; of a wife or a parent it decides nothing."""
    assert missing(HEAD, WIFE, a_member(3, Relation.SON)) == ("household.members[2].birth_date",)


@pytest.mark.parametrize(
    ("known", "place"),
    [({"lives_with_family": True}, "poor"), ({"poor": True}, "lives_with_family"), ({}, "poor")],
)
def test_what_is_not_known_of_a_parent_is_asked(known: dict[str, bool], place: str) -> None:
    """Poor, and in the same house: both have to be known, unless one of them is denied."""
    assert missing(HEAD, a_member(2, Relation.MOTHER, **known)) == (f"household.members[1].{place}",)


@pytest.mark.parametrize("known", [{"poor": False}, {"lives_with_family": False}])
def test_a_parent_who_fails_one_condition_does_not_count(known: dict[str, bool]) -> None:
    """Whatever is known of the other."""
    assert excluded(HEAD, a_member(2, Relation.FATHER, **known)) == {2: "K-POV-4"}


def test_poor_parents_in_the_house_count() -> None:
    """Grandparents do not, as long as the provider is their grandchild."""
    father, grandfather = a_member(2, Relation.FATHER, **POOR), a_member(3, Relation.GRANDFATHER, **POOR)
    assert excluded(HEAD, father, grandfather) == {3: "K-POV-3"}


def test_the_parents_of_a_father_who_provides_are_the_grandparents() -> None:
    """Parents of either: of the head, and of the provider."""
    father = a_member(2, Relation.FATHER, provider=True)
    grandmother = a_member(3, Relation.GRANDMOTHER, **POOR)
    assessment = found(a_case(HEAD, father, grandmother))
    assert assessment.counted == (1, 2, 3)
    assert reads(assessment, "provider_is_not_the_head")


@pytest.mark.parametrize("relation", [Relation.BROTHER, Relation.SISTER, Relation.GRANDCHILD, Relation.OTHER])
def test_other_relatives_do_not_count(relation: Relation) -> None:
    """By a reading that the result names."""
    assessment = found(a_case(HEAD, a_member(2, relation)))
    assert assessment.excluded == {2: "K-POV-3"}
    assert reads(assessment, "other_relatives")


def test_the_board_can_take_in_and_leave_out() -> None:
    """Whoever it is, even the head; the result names the persons and the reasons."""
    sister = a_member(2, Relation.SISTER, name="هناء", include=True, include_reason="يتيمة")
    son = a_child(3, include=False, include_reason="يعيش مع جده")
    assessment = found(a_case(HEAD, sister, son))
    assert assessment.counted == (1, 2)
    assert assessment.excluded == {3: "K-POV-3"}
    told = next(found for found in assessment.assumptions if "هناء" in found.label.ar)
    assert told.label.ar.endswith("هناء (يتيمة)، 3 (يعيش مع جده)")
    assert told.clause == "K-POV-3"


def test_a_family_of_nobody_is_incomplete() -> None:
    """No member yet, no head yet, or none that counts."""
    nobody = a_case()
    nobody = replace(nobody, household=replace(nobody.household, members=()))
    assert found(nobody).missing == ("household.members",)
    assert missing(replace(HEAD, include=False, include_reason="-")) == ("household.members",)


def test_a_head_or_provider_who_lives_with_a_wife_stays() -> None:
    """The clause means other persons of the house."""
    assessment = found(a_case(replace(HEAD, married_in_house=True)))
    assert assessment.counted == (1,)
    assert reads(assessment, "provider_lives_with_a_wife")


def test_a_husband_counts_where_the_wife_provides() -> None:
    """Married, she has the line of 65."""
    head = replace(HEAD, sex=Sex.FEMALE, marital_status=MaritalStatus.MARRIED)
    assessment = found(a_case(head, a_member(2, Relation.HUSBAND)))
    assert assessment.counted == (1, 2)
    assert reads(assessment, "husband_counted")
    assert assessment.figures["poverty_line"] == 65


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (MaritalStatus.SINGLE, 65),
        (MaritalStatus.MARRIED, 65),
        (MaritalStatus.ENGAGED, 65),
        (MaritalStatus.WIDOWED, 70),
        (MaritalStatus.DIVORCED, 70),
        (MaritalStatus.ABANDONED, 70),
        (MaritalStatus.SUSPENDED, 70),
    ],
)
def test_the_line_follows_the_provider(status: MaritalStatus, line: int) -> None:
    """Not the head: a widow who provides lifts the line though her father is the head."""
    woman = a_member(2, Relation.DAUGHTER, marital_status=status, provider=True)
    assert found(a_case(HEAD, woman)).figures["poverty_line"] == Fraction(line)
    man = replace(HEAD, marital_status=status)
    assert found(a_case(man)).figures["poverty_line"] == 65


def test_a_leap_day_child_ages_on_the_first_of_march() -> None:
    """Twenty-five on 1 March in a common year, still twenty-four the day before."""
    child = a_member(2, Relation.SON, birth_date=date(2000, 2, 29))
    assert found(a_case(HEAD, child, on=date(2025, 2, 28))).counted == (1, 2)
    assert found(a_case(HEAD, child, on=date(2025, 3, 1))).counted == (1,)
