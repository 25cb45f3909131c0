"""A family is found by whatever is at hand."""

import pytest

from sanad.domain.household import Relation
from sanad.services import Services
from tests.builders import a_family, a_household, a_key, a_member, a_study

OTHER = Relation.OTHER
HEAD = "حسن علي أحمد عبد الله"


@pytest.fixture
def known(services: Services) -> str:
    """A family among others."""
    members = (
        a_member(name=HEAD, civil_id="800501234"),
        a_member(2, OTHER, name="فاطمة إبراهيم مصطفى أبو علي", civil_id="٨٥٠٢٠٣٤٥٦"),
        a_member(3, OTHER, name="ضياء الدين حسن"),
        a_member(4, OTHER, name="Maryam al-Bāqir"),
    )
    family = a_family(
        services,
        a_study(a_household(members=members, file_number="1042", phone="+973 3312 4455", resident_of="كرزكان")),
    )
    for name in ("سلمان داود", "جعفر منصور", "حسين"):
        a_family(services, a_study(a_household(head=name, children=0)))
    return family.id


@pytest.mark.parametrize(
    "typed",
    [
        "حسن علي",
        "احمد عبدالله",  # the grandfather's and great-grandfather's names, without hamza and as one word
        "أحمد عبد الله",
        "عبد ال",  # while it is being typed
        "الله",
        "فاطمه ابراهيم",
        "مصطفي",
        "أبو علي",
        "ضياءالدين",
        "ضياء",
        "حسَن عليّ",
        "الـله",
        "maryam BAQIR",
        "1042",
        "١٠٤٢",
        "800501234",
        "٨٠٠٥",
        "850203456",
        "33124455",
        "3312 4455",
        "+97333124455",
        "٣٣١٢ ٤٤٥٥",
    ],
)
def test_a_family_is_found(services: Services, known: str, typed: str) -> None:
    """By any member's name in any spelling, by the beginning of a word, by number or phone in either digits."""
    assert [row.id for row in services.households.search(typed)] == [known]


@pytest.mark.parametrize("typed", ["حسن سلمان", "9999", "!!!", "\"*'", "حسن NOT علي OR", "NEAR(حسن)"])
def test_what_is_nowhere_is_not_found(services: Services, known: str, typed: str) -> None:
    """Every word must be there; signs of the index's own language mean nothing."""
    assert services.households.search(typed) == []


def test_a_row_tells_whom_it_is(services: Services, known: str) -> None:
    """The head's name, the number, the phone, the place, and how many they are."""
    (row,) = services.households.search("1042")
    assert (row.file_number, row.name, row.phone, row.area) == ("1042", HEAD, "+973 3312 4455", "كرزكان")
    assert row.members == 4


def test_nothing_typed_lists_those_saved_last(services: Services, known: str) -> None:
    """The list opens on the latest work."""
    assert [row.name for row in services.households.search("", limit=2)] == ["حسين", "جعفر منصور"]
    assert len(services.households.search("  ")) == services.households.count() == 4


def test_a_correction_changes_what_is_found(services: Services, known: str) -> None:
    """The old name leads nowhere, the new one to the family."""
    services.households.correct(known, 1, a_study(a_household(head="يوسف خليل")), key=a_key())
    assert [row.id for row in services.households.search("يوسف")] == [known]
    assert services.households.search("فاطمة إبراهيم") == []
