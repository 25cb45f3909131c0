"""The family as the case-study form knows it: members, incomes, obligations, dwelling."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.money import Money


class Relation(StrEnum):
    """Relation to the head of the household."""

    HEAD = "head"
    HUSBAND = "husband"
    WIFE = "wife"
    SON = "son"
    DAUGHTER = "daughter"
    FATHER = "father"
    MOTHER = "mother"
    BROTHER = "brother"
    SISTER = "sister"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    GRANDCHILD = "grandchild"
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class MaritalStatus(StrEnum):
    SINGLE = "single"
    ENGAGED = "engaged"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"
    ABANDONED = "abandoned"
    SUSPENDED = "suspended"


class Employment(StrEnum):
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYED = "unemployed"
    STUDENT = "student"
    HOMEMAKER = "homemaker"
    RETIRED = "retired"
    UNABLE = "unable"


class Education(StrEnum):
    NONE = "none"
    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    INTERMEDIATE = "intermediate"
    SECONDARY = "secondary"
    DIPLOMA = "diploma"
    UNIVERSITY = "university"


class IncomeKind(StrEnum):
    SALARY = "salary"
    PENSION = "pension"
    VARIABLE = "variable"
    CHARITY_SUPPORT = "charity_support"
    RENT = "rent"
    COMMERCIAL_REGISTER = "commercial_register"
    INFLATION_ALLOWANCE = "inflation_allowance"
    LIVING_ALLOWANCE = "living_allowance"
    HOUSING_ALLOWANCE = "housing_allowance"
    WIDOW_ORPHAN_SUPPORT = "widow_orphan_support"
    OTHER = "other"


class ObligationKind(StrEnum):
    HOUSING_LOAN = "housing_loan"
    PERSONAL_LOAN = "personal_loan"
    RENT = "rent"
    CAR_LOAN = "car_loan"
    DOMESTIC_WORKER = "domestic_worker"
    UNIVERSITY_FEES = "university_fees"
    STUDENT_ALLOWANCE = "student_allowance"
    KINDERGARTEN_FEES = "kindergarten_fees"
    OTHER_DEBT = "other_debt"


class DwellingKind(StrEnum):
    OWNED_HOUSE = "owned_house"
    RENTED_HOUSE = "rented_house"
    FLAT = "flat"
    RENTED_FLAT = "rented_flat"
    FAMILY_HOUSE = "family_house"
    MINISTRY_HOUSE = "ministry_house"
    OTHER = "other"


def age_on(birth: date, day: date) -> int:
    """Completed years on ``day``; a 29 February birthday falls on 1 March in common years (K-POV-4)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the family. Whatever is ``None`` is not known.

    ``id`` is unique in the household and stays with the person. ``provider`` bears the family's spending (K-POV-3);
    not said of anybody, it is the head. ``married_in_house`` works and lives with a wife in the same house (K-POV-5).
    ``include`` overrides who is counted, by the board and with ``include_reason``.
    ``doubts_settled`` are the marks of the doubts (:mod:`sanad.domain.doubts`) that somebody looked at, a space between
    them; why they stand is said in the notes.
    """

    id: int
    relation: Relation
    sex: Sex
    name: str = ""
    civil_id: str = ""
    provider: bool | None = None
    birth_date: date | None = None
    marital_status: MaritalStatus | None = None
    employment: Employment | None = None
    education: Education | None = None
    occupation: str = ""
    workplace: str = ""
    work_phone: str = ""
    income_source: str = ""
    registered_on: date | None = None
    notes: str = ""
    lives_with_family: bool | None = None
    poor: bool | None = None
    married_in_house: bool | None = None
    include: bool | None = None
    include_reason: str = ""
    doubts_settled: str = ""


@dataclass(frozen=True, slots=True)
class Income:
    """A source of monthly income; without a member it is the household's."""

    kind: IncomeKind
    monthly: Money
    member: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A monthly obligation; ``justified`` is the researcher's finding where the guide asks for one (K-MONTH-3)."""

    kind: ObligationKind
    monthly: Money
    justified: bool | None = None
    member: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dwelling:
    """Where and how the family lives."""

    kind: DwellingKind | None = None
    flat: str = ""
    rooms: int | None = None
    block: str = ""
    road: str = ""
    building: str = ""
    area: str = ""
    municipality: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """A family's file. ``incomes`` or ``obligations`` of ``None`` were not asked yet; empty means stated to be none."""

    file_number: str = ""
    resident_of: str = ""
    phone: str = ""
    spouses_share: bool | None = None
    family_state: str = ""
    members: tuple[Member, ...] = ()
    incomes: tuple[Income, ...] | None = None
    obligations: tuple[Obligation, ...] | None = None
    dwelling: Dwelling = Dwelling()
    bank_balance: Money | None = None
    wealth: Money | None = None

    @property
    def head(self) -> Member | None:
        """The head of the household, exactly one in a file that was checked."""
        return next((member for member in self.members if member.relation is Relation.HEAD), None)

    @property
    def provider(self) -> Member | None:
        """Who bears the family's spending: the member so marked, otherwise the head (K-POV-3)."""
        return next((member for member in self.members if member.provider), self.head)
