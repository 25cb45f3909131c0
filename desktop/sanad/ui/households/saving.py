"""Saves a family's file, also from a form that was saved before: the power went right after, its draft outlived it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sanad.domain.case import CaseStudy
from sanad.domain.changes import Done
from sanad.domain.errors import Refused
from sanad.domain.listing import Family

if TYPE_CHECKING:
    from sanad.services import Services

SAID_OTHERWISE = "operation.said_otherwise"
FIRST = 1
"""The version of a file that was registered and never corrected."""


@dataclass(frozen=True)
class Recorded:
    """What is typed as a new family was recorded before, as this one, which was corrected since."""

    family: Family


def save(
    services: "Services", family: Family | None, read: Callable[[CaseStudy | None], CaseStudy], why: str, key: str
) -> Done[Family] | Recorded:
    """Register what is typed, or correct ``family`` by it; ``read`` makes a case study of it, over one that was saved.

    What was typed on since the form was saved goes over what was saved then. All in one go: whoever turns to another
    family meanwhile does not find this one's text there.

    Raises:
        Refused: as :meth:`Households.register` and :meth:`Households.correct`; or the family was recorded before and
            corrected since, and a draft of that file stands in the way of this one (``operation.said_otherwise``).
    """
    households = services.households
    try:
        if family is None:
            return households.register(read(None), why, key=key)
        return households.correct(family.id, family.version, read(family.study), why, key=key)
    except Refused as refused:
        said = next((problem for problem in refused.problems if problem.code == SAID_OTHERWISE), None)
        if said is None:
            raise
        if family is None:
            family = households.open(str(said.values["result"]))
            if family.version != FIRST:
                if any(draft.place == family.id for draft in services.drafts.kept()):
                    raise
                return Recorded(family)
    return households.correct(family.id, family.version, read(family.study), why, key=str(uuid4()))
