"""What can hardly be true of a member, and yet may be: told while the file is typed, and never in the way of saving.

A doubt is settled by mending the slip, or by saying that it is so, and why. Each doubt has a mark, made of its kind and
of the very facts that raise it; whoever settles it adds the mark to the member's, and the reason to the member's notes.
Other facts make another doubt, which is told again.
"""

from collections.abc import Callable, Iterator
from datetime import date

from sanad.domain.errors import Problem
from sanad.domain.household import Household, Member, Relation
from sanad.domain.spelling import compact

YOUNGEST_PARENT = 12
"""Years between a parent and a child below which one of the two birth dates is a slip."""

_CHILDREN = frozenset({Relation.SON, Relation.DAUGHTER})
_PARENTS = frozenset({Relation.FATHER, Relation.MOTHER})
_WEIGHTS = (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_Doubt = tuple[str, str, str]
"""Its code, the field that it stands at, and the facts that raise it."""


def doubts_of(household: Household) -> tuple[Problem, ...]:
    """Every doubt that nobody has settled yet, by its path.

    ``values`` tell the ``member`` by id, the ``name``, and the ``mark`` that settles the doubt.
    """
    head = household.head
    return tuple(
        Problem(code, f"household.members[{index}].{field}", {"name": member.name, "member": member.id, "mark": mark})
        for index, member in enumerate(household.members)
        for code, field, facts in (*_of_civil_id(member), *_of_age(member, head))
        if (mark := f"{code.removeprefix('doubt.')}:{facts}") not in member.doubts_settled.split()
        or not member.notes.strip()
    )


def _of_civil_id(member: Member) -> Iterator[_Doubt]:
    number, born = compact(member.civil_id), member.birth_date
    country = _COUNTRIES.get(len(number)) if number.isascii() and number.isdigit() else None
    if country is None:
        return
    agrees, is_one = country
    if not is_one(number):
        yield "doubt.civil_id", "civil_id", number
    elif born is not None and not agrees(number, born):
        yield "doubt.civil_id_and_birth", "civil_id", f"{number}/{born}"


def _of_age(member: Member, head: Member | None) -> Iterator[_Doubt]:
    if head is None or head.birth_date is None or member.birth_date is None:
        return
    facts = f"{member.birth_date}/{head.birth_date}"
    if member.relation in _CHILDREN and not _may_be_parent(head.birth_date, member.birth_date):
        yield "doubt.child_too_old", "birth_date", facts
    if member.relation in _PARENTS and not _may_be_parent(member.birth_date, head.birth_date):
        yield "doubt.parent_too_young", "birth_date", facts


def _may_be_parent(parent: date, child: date) -> bool:
    return child.year - parent.year >= YOUNGEST_PARENT


def _bahrain_agrees(number: str, born: date) -> bool:
    """Nine digits, which begin with the year and the month of birth."""
    return number[:4] == f"{born:%y%m}"


def _is_of_bahrain(number: str) -> bool:
    return 1 <= int(number[2:4]) <= 12


def _kuwait_agrees(number: str, born: date) -> bool:
    """Twelve digits: the century (2 for 1900, 3 for 2000), then year, month and day of birth."""
    return number[:7] == f"{born.year // 100 - 17}{born:%y%m%d}"


def _is_of_kuwait(number: str) -> bool:
    """The last digit is what eleven lacks of the weighted sum of the others."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return int(number[-1]) == 11 - total % 11


_Country = tuple[Callable[[str, date], bool], Callable[[str], bool]]
_COUNTRIES: dict[int, _Country] = {9: (_bahrain_agrees, _is_of_bahrain), 12: (_kuwait_agrees, _is_of_kuwait)}
"""By the number of digits, which tells the country: whether a number agrees with a birth date, and is one at all."""
