"""Who counts as the family (K-POV-3 to K-POV-5), and which poverty line holds for it (K-POV-1, K-POV-2)."""

from dataclasses import dataclass
from fractions import Fraction

from sanad.domain.household import Employment, MaritalStatus, Member, Relation, Sex, age_on
from sanad.rules.karzakan.conditions import without_the_head
from sanad.rules.worksheet import Worksheet

FIGURES = ("line_with_provider", "line_woman_provider", "child_age_limit", "marriageable_age")
READINGS = (
    "board_decided_who_counts",
    "child_unmarried",
    "formerly_married_daughter",
    "engaged_daughter",
    "husband_counted",
    "not_said_to_live_with_a_wife",
    "provider_lives_with_a_wife",
    "provider_is_not_the_head",
    "other_relatives",
)
WORDINGS = ("members", "nobody")

CHILDREN = (Relation.SON, Relation.DAUGHTER)
SPOUSES = (Relation.WIFE, Relation.HUSBAND)
PARENTS = (Relation.FATHER, Relation.MOTHER)
GRANDPARENTS = (Relation.GRANDFATHER, Relation.GRANDMOTHER)
GONE = (MaritalStatus.MARRIED, MaritalStatus.ENGAGED)
ALONE = (MaritalStatus.WIDOWED, MaritalStatus.DIVORCED, MaritalStatus.ABANDONED, MaritalStatus.SUSPENDED)
WORKING = (Employment.EMPLOYED, Employment.SELF_EMPLOYED)


@dataclass(frozen=True, slots=True)
class Family:
    """The counted family: its provider, the ids of those who count, and how many they are."""

    provider: Member
    counted: frozenset[int]

    @property
    def size(self) -> int:
        """The number by which net income is divided."""
        return len(self.counted)

    @property
    def woman_provided(self) -> bool:
        """K-POV-2: whether the provider is a woman left without a husband."""
        return self.provider.sex is Sex.FEMALE and self.provider.marital_status in ALONE


class Unknown(Exception):
    """A fact about a member that decides whether the person counts is not known; the field's name."""


def counted_family(sheet: Worksheet) -> Family | None:
    """K-POV-3 to 5: the provider and the dependants; None while it is not known who counts, or nobody does."""
    household = sheet.case.household
    provider = household.provider
    if provider is None:
        sheet.lacks("household.members")
        return None
    counted: list[Member] = []
    known = True
    for place, member in enumerate(household.members):
        try:
            clause = _left_out(sheet, member, provider)
        except Unknown as unknown:
            sheet.lacks(f"household.members[{place}].{unknown}")
            known = False
        else:
            if clause is None:
                counted.append(member)
            else:
                sheet.excluded[member.id] = clause
    sheet.counted_ids = tuple(member.id for member in counted)
    if provider.relation is not Relation.HEAD:
        sheet.assume("provider_is_not_the_head")
    _say_what_the_board_decided(sheet)
    if not known:
        return None
    if not counted:
        sheet.lacks("household.members")
        return None
    left_out = [member for member in household.members if member.id in sheet.excluded]
    nobody = sheet.policy.wordings["nobody"].label
    sheet.persons("members", len(counted), counted=counted, left_out=left_out or nobody)
    return Family(provider, frozenset(sheet.counted_ids))


def poverty_line(sheet: Worksheet, family: Family) -> Fraction | None:
    """K-POV-1, K-POV-2: the line per person; higher where the provider is a woman left without a husband."""
    if family.provider.sex is Sex.FEMALE and family.provider.marital_status is None:
        place = sheet.case.household.members.index(family.provider)
        sheet.lacks(f"household.members[{place}].marital_status")
        return None
    return sheet.figure("line_woman_provider" if family.woman_provided else "line_with_provider")


def _left_out(sheet: Worksheet, member: Member, provider: Member) -> str | None:
    """The clause by which a member does not count; None for one who does.

    Raises:
        Unknown: it hangs on a fact that is not known.
    """
    if member.include is not None:
        return None if member.include else "K-POV-3"
    if member.relation is Relation.HEAD and without_the_head(sheet):
        return "K-NO-6"
    if member is provider or member.relation is Relation.HEAD:
        if member.married_in_house:
            sheet.assume("provider_lives_with_a_wife")
        return None
    if member.married_in_house:
        return "K-POV-5"
    if member.relation in SPOUSES:
        if member.relation is Relation.HUSBAND:
            sheet.assume("husband_counted")
        return None
    if member.relation in CHILDREN:
        return _child_left_out(sheet, member)
    if member.relation in PARENTS or (member.relation in GRANDPARENTS and provider.relation in PARENTS):
        return _parent_left_out(sheet, member)
    sheet.assume("other_relatives")
    return "K-POV-3"


def _child_left_out(sheet: Worksheet, child: Member) -> str | None:
    """K-POV-4, K-POV-5: children under the limit count; daughters do not once married or engaged."""
    age = None if child.birth_date is None else age_on(child.birth_date, sheet.case.on)
    if age is not None and age >= sheet.whole("child_age_limit"):
        return "K-POV-4"
    if child.relation is Relation.DAUGHTER and child.marital_status in GONE:
        if child.marital_status is MaritalStatus.ENGAGED:
            sheet.assume("engaged_daughter")
        return "K-POV-5"
    if age is None:
        raise Unknown("birth_date")
    if child.relation is Relation.DAUGHTER:
        if child.marital_status is None:
            if age >= sheet.whole("marriageable_age"):
                raise Unknown("marital_status")
            sheet.assume("child_unmarried")
        elif child.marital_status is not MaritalStatus.SINGLE:
            sheet.assume("formerly_married_daughter")
    else:
        _lives_with_a_wife(sheet, child)
    return None


def _parent_left_out(sheet: Worksheet, parent: Member) -> str | None:
    """K-POV-4: a parent counts who is poor and lives with the provider in one house."""
    if parent.poor is False or parent.lives_with_family is False:
        return "K-POV-4"
    if parent.poor is None:
        raise Unknown("poor")
    if parent.lives_with_family is None:
        raise Unknown("lives_with_family")
    _lives_with_a_wife(sheet, parent)
    return None


def _lives_with_a_wife(sheet: Worksheet, member: Member) -> None:
    """K-POV-5 where nobody said whether he lives with a wife: asked of a married man who is known to work."""
    if member.married_in_house is None and member.sex is Sex.MALE and member.marital_status is MaritalStatus.MARRIED:
        if member.employment in WORKING:
            raise Unknown("married_in_house")
        sheet.assume("not_said_to_live_with_a_wife")


def _say_what_the_board_decided(sheet: Worksheet) -> None:
    members = [member for member in sheet.case.household.members if member.include is not None]
    if members:
        told = [f"{member.name or member.id} ({member.include_reason})" for member in members]
        sheet.assume("board_decided_who_counts", who=told)
