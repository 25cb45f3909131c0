"""A guide as its office reviews it: what is in force, and every value of it that may be set from a day on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanad.domain.revision import AdoptedRevision
from sanad.domain.text import Text


class Unit(StrEnum):
    """What a value is counted in: the office's currency, whole ones of what its label says, hundredths of a whole."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"


class Part(StrEnum):
    """Which part of its group a value is; most are named by the guide itself."""

    WHOLE = "whole"
    PENSION = "pension"
    WEALTH_LIMIT = "wealth_limit"
    COMBINED_LIMIT = "combined_limit"
    MONTHLY_MAXIMUM = "monthly_maximum"
    NEED_UP_TO = "need_up_to"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that may be set. ``where`` is its place in a revision: ``amounts.rent_cap.value``.

    ``text`` is the value in force, in western digits, empty where there is none. Of a row of a table ``number`` is the
    size of the family or the place of the bracket, from 1.
    """

    where: str
    unit: Unit
    label: Text
    clause: str
    text: str
    part: Part = Part.WHOLE
    number: int = 0


class Kind(StrEnum):
    """What kind of values a group holds."""

    LEFT_TO_OFFICE = "left_to_office"
    """Figures that the guide leaves to the office, and for which nothing is shipped."""
    SCALE = "scale"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that are set together. ``name`` is theirs in a revision; figures have none and stand for themselves."""

    kind: Kind
    name: str
    label: Text | None
    clause: str
    settings: tuple[Setting, ...]

    @property
    def unset(self) -> bool:
        """Whether the office has set nothing of it."""
        return not any(setting.text for setting in self.settings)


@dataclass(frozen=True, slots=True)
class GuideInForce:
    """The office's guide. ``since`` is the first day of the figures that hold today, ``first_day`` that of the guide.

    ``groups`` hold the values from ``on`` on: of today, or of the last adopted revision where that is still to come.
    ``edited``: the files of the office's own guide are no longer those that were adopted.
    """

    policy: str
    title: Text
    digest: str
    first_day: date
    since: date
    on: date
    revisions: tuple[AdoptedRevision, ...]
    groups: tuple[Settings, ...]
    edited: bool

    @property
    def left_to_office(self) -> tuple[Settings, ...]:
        """What the guide leaves to the office."""
        return tuple(group for group in self.groups if group.kind is Kind.LEFT_TO_OFFICE)
