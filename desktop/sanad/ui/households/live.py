"""What is read of a file while it is typed: the problems, what the guide gives, and families that may be the same."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sanad.domain.assessment import Assessment
from sanad.domain.case import UNSAID, CaseStudy
from sanad.domain.doubts import doubts_of
from sanad.domain.errors import Problem, Refused
from sanad.domain.listing import Similar
from sanad.domain.money import Currency
from sanad.domain.request import Request
from sanad.forms.definition import Form
from sanad.forms.filling import Values, read_leniently

if TYPE_CHECKING:
    from sanad.services import Services


@dataclass(frozen=True)
class Typed:
    """The boxes at one moment, and what they are read by. ``serial`` tells one moment from a later one.

    ``request`` is the one that waits for its decision, if there is one.
    ``compared``: families that may be the same are looked for, which is only for whoever writes files.
    """

    serial: int
    values: Values
    base: CaseStudy | None
    own: str
    aid: str
    today: date
    currency: Currency
    hijri_shift: int
    compared: bool
    request: Request | None


@dataclass(frozen=True)
class Read:
    """What was read of :class:`Typed`; without an assessment if the guide could not be asked."""

    serial: int
    problems: tuple[Problem, ...]
    assessment: Assessment | None
    similar: tuple[Similar, ...]
    doubts: tuple[Problem, ...]


def read(typed: Typed, form: Form, services: "Services") -> Read:
    """Read what is typed as far as it can be read; nothing is written."""
    study, problems = read_leniently(
        form,
        typed.values,
        currency=typed.currency,
        today=typed.today,
        base=typed.base,
        hijri_shift=typed.hijri_shift,
    )
    assessment = None
    if study.household.members:
        try:
            asked, particulars = (typed.request.asked, typed.request.particulars) if typed.request else (None, UNSAID)
            assessment = services.assessments.preview(study, typed.aid, typed.today, asked, particulars)
        except Refused as refused:
            problems = (*problems, *refused.problems)
    similar = services.households.similar(study, own=typed.own) if typed.compared else ()
    return Read(typed.serial, problems, assessment, tuple(similar), doubts_of(study.household))
