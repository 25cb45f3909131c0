"""What can hardly be true is told, and stands once somebody says why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.doubts import YOUNGEST_PARENT, doubts_of
from sanad.domain.household import Household, Member, Relation
from sanad.services import Services
from tests.builders import TODAY, a_family, a_household, a_key, a_member, a_study

BORN = date(1980, 5, 1)


def told(*members: Member) -> list[tuple[str, str]]:
    """The doubts about these members, and where."""
    return [(doubt.code, doubt.where) for doubt in doubts_of(Household(members=members))]


@pytest.mark.parametrize(
    ("civil_id", "born", "code"),
    [
        # Bahrain: nine digits, the year and the month of birth first
        ("800501234", BORN, None), ("٨٠٠٥٠١٢٣٤", BORN, None), ("8005 01234", BORN, None), ("800501234", None, None),
        ("810501234", BORN, "doubt.civil_id_and_birth"), ("800601234", BORN, "doubt.civil_id_and_birth"),
        ("801301234", None, "doubt.civil_id"), ("800001234", None, "doubt.civil_id"),
        # Kuwait: twelve digits, the century and the birth date first, a digit last that checks the others
        ("288020100004", date(1988, 2, 1), None), ("303011500009", date(2003, 1, 15), None),
        ("288020100004", date(1988, 2, 2), "doubt.civil_id_and_birth"), ("288020100004", None, None),
        ("288020100005", date(1988, 2, 1), "doubt.civil_id"), ("288020010004", None, "doubt.civil_id"),
        ("388020100004", None, "doubt.civil_id"),
        # of other lands: nothing is known of their shape
        ("12345", BORN, None), ("A1234567", BORN, None), ("", BORN, None), ("١٢٣-٤٥-٦٧٨٩٠", BORN, None),
    ],
)  # fmt: skip
def test_e8_a_civil_id_is_held_against_the_birth_date(civil_id: str, born: date | None, code: str | None) -> None:
    """By the rules of its country, which its length tells; in any digits and spaces."""
    expected = [] if code is None else [(code, "household.members[0].civil_id")]
    assert told(a_member(civil_id=civil_id, birth_date=born)) == expected


def settled(member: Member, why: str = "كذا في بطاقته") -> Member:
    """The member after somebody looked at each doubt, and said why it stands."""
    marks = [str(doubt.values["mark"]) for doubt in doubts_of(Household(members=(member,)))]
    return replace(member, notes=why, doubts_settled=" ".join((*member.doubts_settled.split(), *marks)))


def test_e8_a_doubt_stands_with_its_reason(services: Services) -> None:
    """Once somebody says why it is so, nothing more is told; the file is saved either way, the journal keeps both."""
    doubted = a_member(name="حسن", civil_id="810501234", birth_date=BORN)
    assert told(doubted) == [("doubt.civil_id_and_birth", "household.members[0].civil_id")]
    assert told(settled(doubted)) == []
    family = a_family(services, a_study(a_household(members=(doubted,))))
    household = replace(family.study.household, members=(settled(doubted),))
    services.households.correct(family.id, 1, replace(family.study, household=household), key=a_key())
    kept = services.households.open(family.id).study.household
    assert (kept.members[0].notes, doubts_of(kept)) == ("كذا في بطاقته", ())
    (after,) = [entry.after for entry in services.households.history(family.id) if entry.operation.endswith("correct")]
    assert after == {
        "household.members[0].notes": "كذا في بطاقته",
        "household.members[0].doubts_settled": "civil_id_and_birth:810501234/1980-05-01",
    }


def test_e8_e17_no_note_and_no_old_answer_hides_a_doubt() -> None:
    """A note about something else settles nothing, nor an answer without its reason, nor one about other facts."""
    doubted = a_member(name="حسن", civil_id="810501234", birth_date=BORN, notes="يعمل نجاراً")
    assert len(told(doubted)) == 1
    answered = settled(doubted)
    assert told(answered) == []
    assert len(told(replace(answered, notes=" "))) == 1
    assert len(told(replace(answered, civil_id="820501234"))) == 1
    assert len(told(replace(answered, birth_date=date(1981, 6, 1)))) == 1
    head = a_member(9, birth_date=date(1985, 1, 1))
    assert told(head, replace(answered, relation=Relation.SON)) == [
        ("doubt.child_too_old", "household.members[1].birth_date")
    ]
    again = settled(replace(answered, civil_id="820501234"))
    assert told(again) == told(replace(again, civil_id="810501234")) == []


@given(st.dates(date(1900, 1, 1), TODAY), st.dates(date(1900, 1, 1), TODAY))
def test_e17_a_child_is_younger_than_its_parent(one: date, other: date) -> None:
    """By a dozen years at least, whichever of the two is the head; others may be of any age."""
    head = a_member(birth_date=one)
    near = other.year - one.year < YOUNGEST_PARENT
    for child in (Relation.SON, Relation.DAUGHTER):
        doubts = told(head, a_member(2, child, birth_date=other))
        assert doubts == ([("doubt.child_too_old", "household.members[1].birth_date")] if near else [])
    near = one.year - other.year < YOUNGEST_PARENT
    for parent in (Relation.FATHER, Relation.MOTHER):
        doubts = told(head, a_member(2, parent, birth_date=other))
        assert doubts == ([("doubt.parent_too_young", "household.members[1].birth_date")] if near else [])
    assert told(head, a_member(2, Relation.WIFE, birth_date=other), a_member(3, Relation.SON)) == []


def test_the_made_up_families_raise_no_doubt(services: Services) -> None:
    """Who looks at the demonstration sees no warning that means nothing."""
    services.sample.settle(services, TODAY)
    for row in services.households.search("", 100):
        assert doubts_of(services.households.open(row.id).study.household) == ()
